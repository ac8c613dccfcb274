//! The values that the creator store knows, and may extend.

open_enum! {
    /// What kind of asset the creator store sells or finds.
    StoreAssetType,
    /// A sound.
    Audio = "Audio",
    /// A model.
    Model = "Model",
    /// A picture.
    Decal = "Decal",
    /// A plugin of Studio.
    Plugin = "Plugin",
    /// A mesh part.
    MeshPart = "MeshPart",
    /// A video.
    Video = "Video",
    /// A font family.
    FontFamily = "FontFamily",
}

open_enum! {
    /// What to sort search results by.
    StoreSort,
    /// How well they match; what the service does by itself.
    Relevance = "Relevance",
    /// What is used more and more.
    Trending = "Trending",
    /// What is used most.
    Top = "Top",
    /// How long a sound is.
    AudioDuration = "AudioDuration",
    /// When it was made.
    CreateTime = "CreateTime",
    /// When it last changed.
    UpdatedTime = "UpdatedTime",
    /// How it is rated.
    Ratings = "Ratings",
}

open_enum! {
    /// What to sort saves by.
    StoreSaveSort,
    /// The name.
    Name = "Name",
    /// Who made it.
    Creator = "Creator",
    /// How it is rated.
    Ratings = "Ratings",
    /// The kind of asset.
    TargetType = "TargetType",
    /// When it was saved; what the service does by itself.
    DateSaved = "DateSaved",
    /// When it last changed.
    LastModified = "LastModified",
    /// The price.
    Price = "Price",
}

open_enum! {
    /// In which direction to sort.
    StoreSortDirection,
    /// As the service likes.
    None = "None",
    /// The least first.
    Ascending = "Ascending",
    /// The most first.
    Descending = "Descending",
}

open_enum! {
    /// How much to tell of each search result. Less is quicker.
    StoreSearchView,
    /// The ids.
    Ids = "IDs",
    /// What is needed most; what the service does by itself.
    Core = "Core",
    /// Everything.
    Full = "Full",
}

open_enum! {
    /// What kind of sound.
    StoreAudioType,
    /// Music.
    Music = "Music",
    /// A sound effect.
    SoundEffect = "SoundEffect",
    /// The service does not know. Not the same as a value that this version does not know.
    Other = "Unknown",
}

open_enum! {
    /// Which music chart to search.
    StoreMusicChart,
    /// None.
    None = "None",
    /// The current one.
    Current = "Current",
    /// That of the week.
    Week = "Week",
    /// That of the month.
    Month = "Month",
    /// That of the year.
    Year = "Year",
}

open_enum! {
    /// What a model is besides a model.
    StoreModelSubType,
    /// An advertisement.
    Ad = "Ad",
    /// A pack of materials.
    MaterialPack = "MaterialPack",
    /// A package.
    Package = "Package",
}

open_enum! {
    /// What a model may contain.
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
    /// Where a social link leads.
    StoreLinkType,
    /// Nowhere that the service knows.
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
    /// An experience in which it can be tried.
    TryInExperience = "TryInExperience" | "10",
}
