//! Types and states of inventory assets, with the numbers that the Python client gives them.

open_enum! {
    /// The asset type of an inventory item.
    ///
    /// ```
    /// use rblx_open_cloud::models::InventoryAssetType;
    ///
    /// assert_eq!(InventoryAssetType::from("DYNAMIC_HEAD"), InventoryAssetType::DynamicHead);
    /// assert_eq!(InventoryAssetType::Hat.to_string(), "HAT");
    /// assert_eq!(InventoryAssetType::Hat.code(), 3);
    /// ```
    #[derive(Default)]
    InventoryAssetType,
    /// Not specified by the service.
    #[default]
    Unspecified = "INVENTORY_ITEM_ASSET_TYPE_UNSPECIFIED",
    /// Classic T-shirt.
    ClassicTShirt = "CLASSIC_TSHIRT",
    /// Audio.
    Audio = "AUDIO",
    /// Hat.
    Hat = "HAT",
    /// Model.
    Model = "MODEL",
    /// Classic shirt.
    ClassicShirt = "CLASSIC_SHIRT",
    /// Classic pants.
    ClassicPants = "CLASSIC_PANTS",
    /// Decal.
    Decal = "DECAL",
    /// Classic head.
    ClassicHead = "CLASSIC_HEAD",
    /// Face.
    Face = "FACE",
    /// Gear.
    Gear = "GEAR",
    /// Animation.
    Animation = "ANIMATION",
    /// Torso.
    Torso = "TORSO",
    /// Right arm.
    RightArm = "RIGHT_ARM",
    /// Left arm.
    LeftArm = "LEFT_ARM",
    /// Left leg.
    LeftLeg = "LEFT_LEG",
    /// Right leg.
    RightLeg = "RIGHT_LEG",
    /// Package.
    Package = "PACKAGE",
    /// Plugin.
    Plugin = "PLUGIN",
    /// Mesh part.
    MeshPart = "MESH_PART",
    /// Hair accessory.
    HairAccessory = "HAIR_ACCESSORY",
    /// Face accessory.
    FaceAccessory = "FACE_ACCESSORY",
    /// Neck accessory.
    NeckAccessory = "NECK_ACCESSORY",
    /// Shoulder accessory.
    ShoulderAccessory = "SHOULDER_ACCESSORY",
    /// Front accessory.
    FrontAccessory = "FRONT_ACCESSORY",
    /// Back accessory.
    BackAccessory = "BACK_ACCESSORY",
    /// Waist accessory.
    WaistAccessory = "WAIST_ACCESSORY",
    /// Climb animation.
    ClimbAnimation = "CLIMB_ANIMATION",
    /// Death animation.
    DeathAnimation = "DEATH_ANIMATION",
    /// Fall animation.
    FallAnimation = "FALL_ANIMATION",
    /// Idle animation.
    IdleAnimation = "IDLE_ANIMATION",
    /// Jump animation.
    JumpAnimation = "JUMP_ANIMATION",
    /// Run animation.
    RunAnimation = "RUN_ANIMATION",
    /// Swim animation.
    SwimAnimation = "SWIM_ANIMATION",
    /// Walk animation.
    WalkAnimation = "WALK_ANIMATION",
    /// Pose animation.
    PoseAnimation = "POSE_ANIMATION",
    /// Emote animation.
    EmoteAnimation = "EMOTE_ANIMATION",
    /// Video.
    Video = "VIDEO",
    /// T-shirt accessory.
    TShirtAccessory = "TSHIRT_ACCESSORY",
    /// Shirt accessory.
    ShirtAccessory = "SHIRT_ACCESSORY",
    /// Pants accessory.
    PantsAccessory = "PANTS_ACCESSORY",
    /// Jacket accessory.
    JacketAccessory = "JACKET_ACCESSORY",
    /// Sweater accessory.
    SweaterAccessory = "SWEATER_ACCESSORY",
    /// Shorts accessory.
    ShortsAccessory = "SHORTS_ACCESSORY",
    /// Left shoe accessory.
    LeftShoeAccessory = "LEFT_SHOE_ACCESSORY",
    /// Right shoe accessory.
    RightShoeAccessory = "RIGHT_SHOE_ACCESSORY",
    /// Dress skirt accessory.
    DressSkirtAccessory = "DRESS_SKIRT_ACCESSORY",
    /// Eyebrow accessory.
    EyebrowAccessory = "EYEBROW_ACCESSORY",
    /// Eyelash accessory.
    EyelashAccessory = "EYELASH_ACCESSORY",
    /// Mood animation.
    MoodAnimation = "MOOD_ANIMATION",
    /// Dynamic head.
    DynamicHead = "DYNAMIC_HEAD",
    /// Created place.
    CreatedPlace = "CREATED_PLACE",
    /// Purchased place.
    PurchasedPlace = "PURCHASED_PLACE",
}

impl InventoryAssetType {
    /// Returns the number of this type in the Python client `rblx-open-cloud`, 1 to 52; 0 for an unknown one.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Unspecified | Self::Unknown(_) => 0,
            Self::ClassicTShirt => 1,
            Self::Audio => 2,
            Self::Hat => 3,
            Self::Model => 4,
            Self::ClassicShirt => 5,
            Self::ClassicPants => 6,
            Self::Decal => 7,
            Self::ClassicHead => 8,
            Self::Face => 9,
            Self::Gear => 10,
            Self::Animation => 11,
            Self::Torso => 12,
            Self::RightArm => 13,
            Self::LeftArm => 14,
            Self::LeftLeg => 15,
            Self::RightLeg => 16,
            Self::Package => 17,
            Self::Plugin => 18,
            Self::MeshPart => 19,
            Self::HairAccessory => 20,
            Self::FaceAccessory => 21,
            Self::NeckAccessory => 22,
            Self::ShoulderAccessory => 23,
            Self::FrontAccessory => 24,
            Self::BackAccessory => 25,
            Self::WaistAccessory => 26,
            Self::ClimbAnimation => 27,
            Self::DeathAnimation => 28,
            Self::FallAnimation => 29,
            Self::IdleAnimation => 30,
            Self::JumpAnimation => 31,
            Self::RunAnimation => 32,
            Self::SwimAnimation => 33,
            Self::WalkAnimation => 34,
            Self::PoseAnimation => 35,
            Self::EmoteAnimation => 36,
            Self::Video => 37,
            Self::TShirtAccessory => 38,
            Self::ShirtAccessory => 39,
            Self::PantsAccessory => 40,
            Self::JacketAccessory => 41,
            Self::SweaterAccessory => 42,
            Self::ShortsAccessory => 43,
            Self::LeftShoeAccessory => 44,
            Self::RightShoeAccessory => 45,
            Self::DressSkirtAccessory => 46,
            Self::EyebrowAccessory => 47,
            Self::EyelashAccessory => 48,
            Self::MoodAnimation => 49,
            Self::DynamicHead => 50,
            Self::CreatedPlace => 51,
            Self::PurchasedPlace => 52,
        }
    }
}

open_enum! {
    /// Whether a collectible can be sold or traded at the moment.
    InventoryItemState,
    /// Not specified by the service.
    Unspecified = "COLLECTIBLE_ITEM_INSTANCE_STATE_UNSPECIFIED",
    /// It can be sold and traded.
    Available = "AVAILABLE",
    /// It cannot be sold or traded.
    Hold = "HOLD",
}

impl InventoryItemState {
    /// Returns the number of this state: 2 available, 3 on hold, 1 unknown. These are the numbers of the reference page
    /// of the Python client `rblx-open-cloud`; some of its releases count from 0.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Unspecified | Self::Unknown(_) => 1,
            Self::Available => 2,
            Self::Hold => 3,
        }
    }
}
