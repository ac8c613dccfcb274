//! Updates of universes.

use crate::models::{SocialLink, SocialPlatform};

const PRIVATE_SERVER_PRICE: &str = "privateServerPriceRobux";

change! {
    /// An update of a universe. Only the fields that are set change.
    ///
    /// The name and the description of a universe are those of its root place: set them with
    /// [`PlaceUpdate`](super::PlaceUpdate).
    ///
    /// ```
    /// use rblx_open_cloud::models::{SocialPlatform, UniverseUpdate};
    ///
    /// let update = UniverseUpdate::new()
    ///     .voice_chat_enabled(true)
    ///     .vr_enabled(false)
    ///     .social_link(SocialPlatform::Discord, "https://discord.gg/your-server")
    ///     .remove_social_link(SocialPlatform::Twitch);
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq)]
    UniverseUpdate: "the update of a universe",
    /// Sets whether voice chat is enabled. Running servers do not change.
    voice_chat_enabled = "voiceChatEnabled": bool,
    /// Sets the price of a private server in Robux; 0 makes private servers free.
    ///
    /// **A new price cancels every subscription of a private server.**
    private_server_price_robux = "privateServerPriceRobux": u32,
    /// Sets whether players can join on a desktop computer.
    desktop_enabled = "desktopEnabled": bool,
    /// Sets whether players can join on a phone.
    mobile_enabled = "mobileEnabled": bool,
    /// Sets whether players can join on a tablet.
    tablet_enabled = "tabletEnabled": bool,
    /// Sets whether players can join on a console.
    console_enabled = "consoleEnabled": bool,
    /// Sets whether players can join in VR.
    vr_enabled = "vrEnabled": bool,
}

impl UniverseUpdate {
    /// Turns private servers off. **All active private servers are disabled.**
    pub fn no_private_servers(mut self) -> Self {
        self.fields.set_absent(PRIVATE_SERVER_PRICE);
        self
    }

    /// Sets the link to a page on a platform: Facebook, Twitter, YouTube, Twitch, Discord, Guilded, or a group on Roblox.
    pub fn social_link(mut self, platform: SocialPlatform, link: impl Into<SocialLink>) -> Self {
        match field(platform) {
            Ok(field) => self.fields.set(field, link.into()),
            Err(reason) => self.fields.set_invalid(UNSUPPORTED_LINK, reason),
        }
        self
    }

    /// Removes the link to a page on a platform.
    pub fn remove_social_link(mut self, platform: SocialPlatform) -> Self {
        match field(platform) {
            Ok(field) => self.fields.set_absent(field),
            Err(reason) => self.fields.set_invalid(UNSUPPORTED_LINK, reason),
        }
        self
    }
}

/// The field of a link to a platform that universes do not support.
const UNSUPPORTED_LINK: &str = "socialLink";

/// Returns the field of a universe that holds the link to a platform, or the reason why universes do not have it.
fn field(platform: SocialPlatform) -> Result<&'static str, String> {
    Ok(match platform {
        SocialPlatform::Facebook => "facebookSocialLink",
        SocialPlatform::Twitter => "twitterSocialLink",
        SocialPlatform::YouTube => "youtubeSocialLink",
        SocialPlatform::Twitch => "twitchSocialLink",
        SocialPlatform::Discord => "discordSocialLink",
        SocialPlatform::Roblox => "robloxGroupSocialLink",
        SocialPlatform::Guilded => "guildedSocialLink",
        other => {
            let name = other.as_str();
            return Err(format!(
                "a universe has no social link to the platform {name:?}"
            ));
        }
    })
}
