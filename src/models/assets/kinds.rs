//! Asset types with their file formats, and the states of an asset.

open_enum! {
    /// The type of an asset.
    ///
    /// The named types can be uploaded. Others occur in responses as `Unknown`; `AssetType::from("Hat")` creates one.
    ///
    /// ```
    /// use rblx_open_cloud::models::AssetType;
    ///
    /// assert_eq!(AssetType::from("ASSET_TYPE_MODEL"), AssetType::Model);
    /// assert_eq!(AssetType::Decal.to_string(), "Decal");
    /// assert_eq!(AssetType::Audio.extensions(), ["mp3", "ogg", "wav", "flac"]);
    ///
    /// let error = AssetType::parse_known("decal").unwrap_err();
    /// assert!(error.to_string().contains("did you mean \"Decal\"?"));
    /// ```
    AssetType,
    /// A picture whose id user interfaces can use directly.
    Image = "Image" | "ASSET_TYPE_IMAGE",
    /// A picture on a surface. The service creates a separate image for it.
    Decal = "Decal" | "ASSET_TYPE_DECAL",
    /// A sound, up to 7 minutes long.
    Audio = "Audio" | "ASSET_TYPE_AUDIO",
    /// A model. The only type whose content can be updated.
    Model = "Model" | "ASSET_TYPE_MODEL",
    /// An animation.
    Animation = "Animation" | "ASSET_TYPE_ANIMATION",
    /// A video, up to 5 minutes long and 3.75 GB large.
    Video = "Video" | "ASSET_TYPE_VIDEO",
    /// A mesh, in the format in which the service delivers it.
    Mesh = "Mesh" | "ASSET_TYPE_MESH",
}

open_enum! {
    /// The state of an asset's moderation.
    ModerationState,
    /// Under review.
    Reviewing = "Reviewing" | "MODERATION_STATE_REVIEWING",
    /// Rejected.
    Rejected = "Rejected" | "MODERATION_STATE_REJECTED",
    /// Approved.
    Approved = "Approved" | "MODERATION_STATE_APPROVED",
}

open_enum! {
    /// Whether an asset is active or archived.
    AssetState,
    /// Not specified by the service.
    Unspecified = "Unspecified" | "STATE_UNSPECIFIED",
    /// Active.
    Active = "Active" | "STATE_ACTIVE",
    /// Archived.
    Archived = "Archived" | "STATE_ARCHIVED",
}

/// File extensions in lower case, with their content types.
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
    /// Returns the file extensions that an upload of this type can have, in lower case. Empty for types that are not
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
    /// Who can use an asset.
    AssetPrivacy,
    /// The default of the asset type.
    Default = "default",
    /// The creator, and those who are granted permission.
    Restricted = "restricted",
    /// Everyone. This cannot be undone.
    OpenUse = "openUse",
}

open_enum! {
    /// A field of an asset that is returned only on request.
    AssetField,
    /// Description.
    Description = "description",
    /// Display name.
    DisplayName = "displayName",
    /// Asset type.
    AssetType = "assetType",
    /// Icon.
    Icon = "icon",
    /// Preview pictures.
    Previews = "previews",
    /// Whether the asset is active or archived.
    State = "state",
    /// State of moderation.
    ModerationResult = "moderationResult",
    /// Link to a page on Facebook.
    FacebookSocialLink = "facebookSocialLink",
    /// Link to a page on Twitter.
    TwitterSocialLink = "twitterSocialLink",
    /// Link to a channel on YouTube.
    YouTubeSocialLink = "youtubeSocialLink",
    /// Link to a channel on Twitch.
    TwitchSocialLink = "twitchSocialLink",
    /// Link to a server on Discord.
    DiscordSocialLink = "discordSocialLink",
    /// Link to a page on GitHub.
    GitHubSocialLink = "githubSocialLink",
    /// Link to a group on Roblox.
    RobloxSocialLink = "robloxSocialLink",
    /// Link to a server on Guilded.
    GuildedSocialLink = "guildedSocialLink",
    /// Link to a topic on the developer forum.
    DevForumSocialLink = "devForumSocialLink",
    /// Place in which the asset can be tried.
    TryAssetSocialLink = "tryAssetSocialLink",
}
