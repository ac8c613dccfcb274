//! Enums of the creator store.

open_enum! {
    /// The type of an asset in the creator store.
    StoreAssetType,
    /// A sound.
    Audio = "Audio",
    /// A model.
    Model = "Model",
    /// A decal.
    Decal = "Decal",
    /// A Studio plugin.
    Plugin = "Plugin",
    /// A mesh part.
    MeshPart = "MeshPart",
    /// A video.
    Video = "Video",
    /// A font family.
    FontFamily = "FontFamily",
}

open_enum! {
    /// The order of search results.
    StoreSort,
    /// Relevance; the default.
    Relevance = "Relevance",
    /// Growth in use.
    Trending = "Trending",
    /// Use.
    Top = "Top",
    /// Duration of a sound.
    AudioDuration = "AudioDuration",
    /// Creation time.
    CreateTime = "CreateTime",
    /// Time of the last change.
    UpdatedTime = "UpdatedTime",
    /// Rating.
    Ratings = "Ratings",
}

open_enum! {
    /// The order of saves.
    StoreSaveSort,
    /// Name.
    Name = "Name",
    /// Creator.
    Creator = "Creator",
    /// Rating.
    Ratings = "Ratings",
    /// Asset type.
    TargetType = "TargetType",
    /// Time of the save; the default.
    DateSaved = "DateSaved",
    /// Time of the last change.
    LastModified = "LastModified",
    /// Price.
    Price = "Price",
}

open_enum! {
    /// The direction of an order.
    StoreSortDirection,
    /// Unspecified.
    None = "None",
    /// Ascending.
    Ascending = "Ascending",
    /// Descending.
    Descending = "Descending",
}

open_enum! {
    /// The amount of detail in search results. Less is faster.
    StoreSearchView,
    /// Ids alone.
    Ids = "IDs",
    /// The most important fields; the default.
    Core = "Core",
    /// All fields.
    Full = "Full",
}

open_enum! {
    /// The type of a sound.
    StoreAudioType,
    /// Music.
    Music = "Music",
    /// A sound effect.
    SoundEffect = "SoundEffect",
    /// Unknown to the service: `Unknown` on the wire. Not to be confused with a value that this version does not know.
    Other = "Unknown",
}

open_enum! {
    /// The music chart to search.
    StoreMusicChart,
    /// No chart.
    None = "None",
    /// Current chart.
    Current = "Current",
    /// Chart of the week.
    Week = "Week",
    /// Chart of the month.
    Month = "Month",
    /// Chart of the year.
    Year = "Year",
}

open_enum! {
    /// A subtype of models.
    StoreModelSubType,
    /// An advertisement.
    Ad = "Ad",
    /// A pack of materials.
    MaterialPack = "MaterialPack",
    /// A package.
    Package = "Package",
}

open_enum! {
    /// An instance type that a model can contain.
    StoreInstanceType,
    /// Scripts.
    Script = "Script",
    /// Mesh parts.
    MeshPart = "MeshPart",
    /// Decals.
    Decal = "Decal",
    /// Animations.
    Animation = "Animation",
    /// Sounds.
    Audio = "Audio",
    /// Tools.
    Tool = "Tool",
}

open_enum! {
    /// The platform of a social link.
    StoreLinkType,
    /// No platform that the service knows.
    Invalid = "Invalid" | "0",
    /// Facebook.
    Facebook = "Facebook" | "1",
    /// Twitter.
    Twitter = "Twitter" | "2",
    /// YouTube.
    Youtube = "Youtube" | "3",
    /// Twitch.
    Twitch = "Twitch" | "4",
    /// Discord.
    Discord = "Discord" | "5",
    /// GitHub.
    Github = "Github" | "6",
    /// Guilded.
    Guilded = "Guilded" | "7",
    /// Roblox.
    Roblox = "Roblox" | "8",
    /// The developer forum.
    Devforum = "Devforum" | "9",
    /// An experience in which the asset can be tried.
    TryInExperience = "TryInExperience" | "10",
}
