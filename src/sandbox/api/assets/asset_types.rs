//! Asset types: the allowed content, and the names in inventories.

/// The message for an unusable picture. The quotes are part of it.
const INVALID_IMAGE: &str = "\"InvalidImage\"";
const UNSUPPORTED: &str = "Unsupported file type";

/// Returns the content types that an asset type allows; `None` for a type without a documented list.
fn content_types(asset_type: &str) -> Option<&'static [&'static str]> {
    Some(match asset_type {
        "Decal" | "Image" => &["image/png", "image/jpeg", "image/bmp", "image/tga"],
        "Audio" => &["audio/mpeg", "audio/ogg", "audio/wav", "audio/flac"],
        "Model" => &[
            "model/fbx",
            "model/gltf+json",
            "model/gltf-binary",
            "model/x-rbxm",
        ],
        "Animation" => &["model/x-rbxm"],
        "Video" => &["video/mp4", "video/mov"],
        "Mesh" => &["model/x-file-mesh-data"],
        _ => return None,
    })
}

/// Checks whether a file can be the content of an asset type. The error is the message of the service.
pub(super) fn check_file(
    asset_type: &str,
    content_type: &str,
    start: &[u8],
) -> Result<(), &'static str> {
    let needs_picture = matches!(asset_type, "Decal" | "Image");
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let is_allowed = match content_types(asset_type) {
        Some(types) => types.contains(&kind.as_str()),
        None => !kind.is_empty(),
    };
    match (needs_picture, is_allowed) {
        (true, false) => Err(INVALID_IMAGE),
        (true, true) if !is_picture(&kind, start) => Err(INVALID_IMAGE),
        (false, false) => Err(UNSUPPORTED),
        _ if start.is_empty() => Err("The file is empty"),
        _ => Ok(()),
    }
}

/// Returns whether a file has the signature of its content type. TGA files have no signature.
fn is_picture(content_type: &str, start: &[u8]) -> bool {
    match content_type {
        "image/png" => start.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg" => start.starts_with(b"\xff\xd8\xff"),
        "image/bmp" => start.starts_with(b"BM"),
        _ => !start.is_empty(),
    }
}

/// Returns whether an asset of this type can be uploaded.
pub(super) fn is_asset_type(text: &str) -> bool {
    content_types(text).is_some() || OTHER_TYPES.contains(&text)
}

/// The names of the asset types without a documented list of content types.
const OTHER_TYPES: [&str; 59] = [
    "AdsVideo",
    "App",
    "BackAccessory",
    "ClimbAnimation",
    "Code",
    "CodeSnippet",
    "DeathAnimation",
    "DressSkirtAccessory",
    "DynamicHead",
    "EmoteAnimation",
    "EyebrowAccessory",
    "EyelashAccessory",
    "Face",
    "FaceAccessory",
    "FallAnimation",
    "FontFace",
    "FontFamily",
    "FrontAccessory",
    "Gear",
    "HairAccessory",
    "Hat",
    "Head",
    "IdleAnimation",
    "JacketAccessory",
    "JumpAnimation",
    "LeftArm",
    "LeftLeg",
    "LeftShoeAccessory",
    "LocalizationTableManifest",
    "LocalizationTableTranslation",
    "Lua",
    "MeshHiddenSurfaceRemoval",
    "MeshPart",
    "MoodAnimation",
    "NeckAccessory",
    "Package",
    "Pants",
    "PantsAccessory",
    "Place",
    "Plugin",
    "PoseAnimation",
    "RightArm",
    "RightLeg",
    "RightShoeAccessory",
    "RunAnimation",
    "Shirt",
    "ShirtAccessory",
    "ShortsAccessory",
    "ShoulderAccessory",
    "SolidModel",
    "SweaterAccessory",
    "SwimAnimation",
    "TShirt",
    "TShirtAccessory",
    "TexturePack",
    "Torso",
    "WaistAccessory",
    "WalkAnimation",
    "YouTubeVideo",
];

/// Returns whether the first bytes can be those of an image. TGA has no signature.
pub(crate) fn is_image(start: &[u8]) -> bool {
    let kinds = ["image/png", "image/jpeg", "image/bmp"];
    let is_text = start
        .iter()
        .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    kinds.iter().any(|kind| is_picture(kind, start)) || !is_text
}

/// Returns the name of an uploaded asset's type in the inventory of its creator.
pub(super) fn inventory_type(asset_type: &str) -> Option<&'static str> {
    Some(match asset_type {
        "Decal" => "DECAL",
        "Audio" => "AUDIO",
        "Model" => "MODEL",
        "Animation" => "ANIMATION",
        "Video" => "VIDEO",
        _ => return None,
    })
}

/// The names that an inventory filter may contain.
pub(crate) const INVENTORY_TYPES: [&str; 53] = [
    "INVENTORY_ITEM_ASSET_TYPE_UNSPECIFIED",
    "CLASSIC_TSHIRT",
    "AUDIO",
    "HAT",
    "MODEL",
    "CLASSIC_SHIRT",
    "CLASSIC_PANTS",
    "DECAL",
    "CLASSIC_HEAD",
    "FACE",
    "GEAR",
    "ANIMATION",
    "TORSO",
    "RIGHT_ARM",
    "LEFT_ARM",
    "LEFT_LEG",
    "RIGHT_LEG",
    "PACKAGE",
    "PLUGIN",
    "MESH_PART",
    "HAIR_ACCESSORY",
    "FACE_ACCESSORY",
    "NECK_ACCESSORY",
    "SHOULDER_ACCESSORY",
    "FRONT_ACCESSORY",
    "BACK_ACCESSORY",
    "WAIST_ACCESSORY",
    "CLIMB_ANIMATION",
    "DEATH_ANIMATION",
    "FALL_ANIMATION",
    "IDLE_ANIMATION",
    "JUMP_ANIMATION",
    "RUN_ANIMATION",
    "SWIM_ANIMATION",
    "WALK_ANIMATION",
    "POSE_ANIMATION",
    "EMOTE_ANIMATION",
    "VIDEO",
    "TSHIRT_ACCESSORY",
    "SHIRT_ACCESSORY",
    "PANTS_ACCESSORY",
    "JACKET_ACCESSORY",
    "SWEATER_ACCESSORY",
    "SHORTS_ACCESSORY",
    "LEFT_SHOE_ACCESSORY",
    "RIGHT_SHOE_ACCESSORY",
    "DRESS_SKIRT_ACCESSORY",
    "EYEBROW_ACCESSORY",
    "EYELASH_ACCESSORY",
    "MOOD_ANIMATION",
    "DYNAMIC_HEAD",
    "CREATED_PLACE",
    "PURCHASED_PLACE",
];
