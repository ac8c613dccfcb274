//! Links from an asset to pages elsewhere, and how the service names them.

use serde::Serialize;

/// What the field of a link ends with, after the name of its platform.
const FIELD_END: &str = "SocialLink";
/// The field of a link whose platform the service does not tell.
const BARE_FIELD: &str = "socialLink";
/// The field of the place in which an asset can be tried; it has the form of a link.
pub(super) const TRY_FIELD: &str = "tryAssetSocialLink";

open_enum! {
    /// Where a social link leads.
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
    Roblox = "roblox",
    /// Guilded.
    Guilded = "guilded",
    /// The developer forum.
    DevForum = "devForum",
    /// The service does not tell.
    Unspecified = "",
}

impl SocialPlatform {
    /// The field that holds the link to this platform.
    #[cfg(feature = "upload")]
    pub(super) fn into_field(self) -> String {
        match self.as_str() {
            "" => BARE_FIELD.to_owned(),
            name => format!("{name}{FIELD_END}"),
        }
    }

    /// The platform whose link a field holds.
    pub(super) fn from_field(field: &str) -> Option<Self> {
        match field {
            BARE_FIELD => Some(Self::Unspecified),
            TRY_FIELD => None,
            _ => field.strip_suffix(FIELD_END).map(Self::from),
        }
    }
}

/// A link from an asset to a page elsewhere.
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
    /// The text to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The address, of the form that the platform has: `https://twitch.tv/your-channel`.
    pub uri: String,
}

impl SocialLink {
    /// A link to this address.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            title: None,
            uri: uri.into(),
        }
    }

    /// Gives it a text to show. The Creator Hub does not use it.
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
