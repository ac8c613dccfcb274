//! Asset types, the formats that each takes, and the states of an asset.

open_enum! {
    /// What kind of asset something is.
    ///
    /// Those named here can be uploaded. Further ones occur in answers and come as `Unknown`;
    /// `AssetType::from("Hat")` makes one by hand.
    ///
    /// ```
    /// use rblx_open_cloud::models::AssetType;
    ///
    /// assert_eq!(AssetType::from("ASSET_TYPE_MODEL"), AssetType::Model);
    /// assert_eq!(AssetType::Decal.to_string(), "Decal");
    /// assert_eq!(AssetType::Audio.extensions(), ["mp3", "ogg", "wav", "flac"]);
    /// ```
    AssetType,
    /// A picture whose id a user interface can use directly.
    Image = "Image" | "ASSET_TYPE_IMAGE",
    /// A picture to put on a surface; the service makes an image of its own for it.
    Decal = "Decal" | "ASSET_TYPE_DECAL",
    /// A sound, up to 7 minutes long.
    Audio = "Audio" | "ASSET_TYPE_AUDIO",
    /// A model; the only type whose content can be updated.
    Model = "Model" | "ASSET_TYPE_MODEL",
    /// An animation.
    Animation = "Animation" | "ASSET_TYPE_ANIMATION",
    /// A video, up to 5 minutes long and 3.75 GB large.
    Video = "Video" | "ASSET_TYPE_VIDEO",
    /// A mesh, in the form in which the service delivers it.
    Mesh = "Mesh" | "ASSET_TYPE_MESH",
}

open_enum! {
    /// How far the moderation of an asset is.
    ModerationState,
    /// It is being looked at.
    Reviewing = "Reviewing" | "MODERATION_STATE_REVIEWING",
    /// It was refused.
    Rejected = "Rejected" | "MODERATION_STATE_REJECTED",
    /// It may be used.
    Approved = "Approved" | "MODERATION_STATE_APPROVED",
}

open_enum! {
    /// Whether an asset is in use.
    AssetState,
    /// The service does not tell.
    Unspecified = "Unspecified" | "STATE_UNSPECIFIED",
    /// It is.
    Active = "Active" | "STATE_ACTIVE",
    /// It was archived.
    Archived = "Archived" | "STATE_ARCHIVED",
}

/// Extensions, in lower case, with their content types.
type Formats = &'static [(&'static str, &'static str)];

const PICTURES: Formats = &[
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("bmp", "image/bmp"),
    ("tga", "image/tga"),
];
const SOUNDS: Formats = &[
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
];
const MODELS: Formats = &[
    ("fbx", "model/fbx"),
    ("gltf", "model/gltf+json"),
    ("glb", "model/gltf-binary"),
    ("rbxm", "model/x-rbxm"),
    ("rbxmx", "model/x-rbxm"),
];
const ANIMATIONS: Formats = &[("rbxm", "model/x-rbxm"), ("rbxmx", "model/x-rbxm")];
const VIDEOS: Formats = &[("mp4", "video/mp4"), ("mov", "video/mov")];
const MESHES: Formats = &[("mesh", "model/x-file-mesh-data")];

impl AssetType {
    /// The file extensions that an upload of this type may have, in lower case; none for types that are not
    /// documented as uploads.
    #[must_use]
    pub fn extensions(&self) -> Vec<&'static str> {
        self.formats()
            .iter()
            .map(|(extension, _)| *extension)
            .collect()
    }

    pub(crate) const fn formats(&self) -> Formats {
        match self {
            Self::Image | Self::Decal => PICTURES,
            Self::Audio => SOUNDS,
            Self::Model => MODELS,
            Self::Animation => ANIMATIONS,
            Self::Video => VIDEOS,
            Self::Mesh => MESHES,
            Self::Unknown(_) => &[],
        }
    }
}

open_enum! {
    /// Who may use an asset.
    AssetPrivacy,
    /// What the service sets for assets of its type.
    Default = "default",
    /// The creator, and those who are given permission.
    Restricted = "restricted",
    /// Everybody. It cannot be taken back.
    OpenUse = "openUse",
}

open_enum! {
    /// A field of an asset that is given on request.
    AssetField,
    /// The description.
    Description = "description",
    /// The name.
    DisplayName = "displayName",
    /// What kind of asset it is.
    AssetType = "assetType",
    /// The icon.
    Icon = "icon",
    /// The pictures that show it.
    Previews = "previews",
    /// Whether it is in use.
    State = "state",
    /// How far moderation is.
    ModerationResult = "moderationResult",
    /// The link to a page on Facebook.
    FacebookSocialLink = "facebookSocialLink",
    /// The link to a page on Twitter.
    TwitterSocialLink = "twitterSocialLink",
    /// The link to a channel on YouTube.
    YouTubeSocialLink = "youtubeSocialLink",
    /// The link to a channel on Twitch.
    TwitchSocialLink = "twitchSocialLink",
    /// The link to a server on Discord.
    DiscordSocialLink = "discordSocialLink",
    /// The link to a page on GitHub.
    GitHubSocialLink = "githubSocialLink",
    /// The link to a group on Roblox.
    RobloxSocialLink = "robloxSocialLink",
    /// The link to a server on Guilded.
    GuildedSocialLink = "guildedSocialLink",
    /// The link to a topic on the developer forum.
    DevForumSocialLink = "devForumSocialLink",
    /// The place in which it can be tried.
    TryAssetSocialLink = "tryAssetSocialLink",
}
