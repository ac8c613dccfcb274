//! Social links of an asset, and the fields in which the service holds them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::scalar_text;
use crate::models::PlaceId;
use crate::models::serde_helpers::{id_in_path, id_or_path, is_none, non_empty};

/// The suffix of a field that holds a link, after the name of the platform.
const FIELD_SUFFIX: &str = "SocialLink";
/// The field of a link without a platform.
const FIELD_WITHOUT_PLATFORM: &str = "socialLink";
/// The field of the place in which an asset can be tried. It has the form of a link.
pub(super) const TRY_FIELD: &str = "tryAssetSocialLink";

open_enum! {
    /// The platform of a social link.
    SocialPlatform,
    /// Facebook.
    Facebook = "facebook",
    /// Twitter, also known as X.
    Twitter = "twitter",
    /// YouTube.
    YouTube = "youtube",
    /// Twitch.
    Twitch = "twitch",
    /// Discord.
    Discord = "discord",
    /// GitHub.
    GitHub = "github",
    /// A group on Roblox.
    Roblox = "roblox" | "robloxGroup",
    /// Guilded.
    Guilded = "guilded",
    /// The developer forum.
    DevForum = "devForum",
    /// Not specified by the service.
    Unspecified = "",
}

impl SocialPlatform {
    /// Returns the field that holds the link to this platform.
    #[cfg(feature = "upload")]
    pub(super) fn into_field(self) -> String {
        match self.as_str() {
            "" => FIELD_WITHOUT_PLATFORM.to_owned(),
            name => format!("{name}{FIELD_SUFFIX}"),
        }
    }

    /// Returns the platform whose link a field holds.
    pub(super) fn from_field(field: &str) -> Option<Self> {
        match field {
            FIELD_WITHOUT_PLATFORM => Some(Self::Unspecified),
            TRY_FIELD => None,
            _ => field.strip_suffix(FIELD_SUFFIX).map(Self::from),
        }
    }
}

/// A link from an asset or a universe to a page on another platform.
///
/// ```
/// use rblx_open_cloud::models::SocialLink;
///
/// let link = SocialLink::new("https://twitch.tv/your-channel").title("Watch it being built");
/// assert_eq!(SocialLink::from("https://twitch.tv/your-channel").title, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SocialLink {
    /// Text to show.
    #[serde(skip_serializing_if = "is_none")]
    pub title: Option<String>,
    /// URL in the form of the platform: `https://twitch.tv/your-channel`.
    pub uri: String,
}

impl SocialLink {
    /// Creates a link to a URL.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            title: None,
            uri: uri.into(),
        }
    }

    /// Sets the text to show. The Creator Hub does not use it.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
}

impl From<&str> for SocialLink {
    fn from(uri: &str) -> Self {
        Self::new(uri)
    }
}

impl From<String> for SocialLink {
    fn from(uri: String) -> Self {
        Self::new(uri)
    }
}

impl<'de> Deserialize<'de> for SocialLink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let missing = || serde::de::Error::custom("a social link without `title` or `uri`");
        link(&value).ok_or_else(missing)
    }
}

/// Reads a link. A platform without one may come as null or with empty texts.
pub(super) fn link(value: &Value) -> Option<SocialLink> {
    let text = |name| non_empty(scalar_text(value.get(name)?));
    let (title, uri) = (text("title"), text("uri"));
    (title.is_some() || uri.is_some()).then(|| SocialLink {
        title,
        uri: uri.unwrap_or_default(),
    })
}

/// Reads the links of a resource: from the object that is written here, and from the service's field for each platform.
pub(crate) fn links(
    flat: Option<&BTreeMap<String, Value>>,
    nested: &BTreeMap<String, Value>,
) -> Vec<(SocialPlatform, SocialLink)> {
    let mut links: Vec<(SocialPlatform, SocialLink)> = Vec::new();
    let mut add = |platform: SocialPlatform, value| {
        if let Some(link) = link(value) {
            let comes_before =
                |(known, _): &(SocialPlatform, _)| known.as_str() <= platform.as_str();
            links.insert(links.partition_point(comes_before), (platform, link));
        }
    };
    if let Some(flat) = flat {
        for (name, value) in flat {
            add(SocialPlatform::from(name.as_str()), value);
        }
    }
    for (field, value) in nested {
        if let Some(platform) = SocialPlatform::from_field(field) {
            add(platform, value);
        }
    }
    links
}

/// Returns the place of a link: the service accepts a bare id as its URL, and may return the URL of its page.
pub(super) fn place(link: &SocialLink) -> Option<PlaceId> {
    id_or_path(&link.uri, "places")
        .or_else(|| id_in_path(&link.uri, "games"))
        .map(PlaceId::from)
}

/// Writes links as an object by platform.
pub(crate) fn serialize<S: Serializer>(
    links: &[(SocialPlatform, SocialLink)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(links.iter().map(|(platform, link)| (platform, link)))
}
