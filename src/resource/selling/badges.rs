//! Badges. Their calls name no universe, except for the one that creates them.

#[cfg(feature = "upload")]
use super::form;
#[cfg(feature = "upload")]
use crate::asset_file::AssetFile;
use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{CodeMeaning, Endpoint, UserContent};
use crate::error::Result;
#[cfg(feature = "upload")]
use crate::http::Form;
#[cfg(feature = "upload")]
use crate::models::{self, NewBadge, UploadedIcon, validated_icon};
use crate::models::{BadgeId, BadgeUpdate};
#[cfg(feature = "upload")]
use crate::resource::Universe;

#[cfg(feature = "upload")]
const CREATE: Endpoint = Endpoint::post("/legacy-badges/v1/universes/{universeId}/badges")
    .scopes(&["legacy-universe.badge:manage-and-spend-robux"])
    .user_content(UserContent::File)
    .error_codes(&[
        ("6", CodeMeaning::ModeratedText),
        ("11", CodeMeaning::InvalidFile),
        ("17", CodeMeaning::InsufficientFunds),
        ("18", CodeMeaning::UnexpectedCost),
    ]);
const UPDATE: Endpoint = Endpoint::patch("/legacy-badges/v1/badges/{badgeId}")
    .scopes(&["legacy-universe.badge:write"])
    .user_content(UserContent::Text)
    .error_codes(&[("6", CodeMeaning::ModeratedText)]);
#[cfg(feature = "upload")]
const SET_ICON: Endpoint = Endpoint::post("/legacy-publish/v1/badges/{badgeId}/icon")
    .scopes(&["legacy-badge:manage"])
    .user_content(UserContent::File)
    .error_codes(&[
        ("2", CodeMeaning::InvalidFile),
        ("12", CodeMeaning::ModeratedText),
    ]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    #[cfg(feature = "upload")]
    &CREATE,
    &UPDATE,
    #[cfg(feature = "upload")]
    &SET_ICON,
];

#[cfg(feature = "upload")]
impl Universe {
    /// Creates a badge that the root place of the universe awards, and returns it. **This can cost Robux.**
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{NewBadge, Payer};
    ///
    /// let badge = NewBadge::new("Explorer", Payer::User, 0).description("You have seen every island");
    /// let badge = client.universe(13_058).create_badge(badge)?;
    /// println!("badge {}", badge.id);
    /// # assert_eq!(badge.name, "Explorer");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the badge may have been created already.
    ///
    /// # Errors
    /// `BadRequest` with the code `18` if the cost is not the expected one; `PermissionDenied` with the code `17` if the payer
    /// has too few Robux; `ModeratedText` if the name or the description is moderated; `InvalidInput` if the name is empty,
    /// and `InvalidAsset` if the icon is certainly not an image (both before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#post_legacy_badges_v1_universes__universeId__badges) ·
    /// scope `legacy-universe.badge:manage-and-spend-robux` · 100 requests per minute · experimental
    pub fn create_badge(&self, badge: NewBadge) -> Result<models::Badge> {
        let form = form(badge.into_parts()?, "files");
        self.call(&CREATE).upload(form)
    }
}

impl Client {
    /// Returns a handle for a badge. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::BadgeUpdate;
    ///
    /// client.badge(111_111).update(BadgeUpdate::new().enabled(false))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn badge(&self, id: impl Into<BadgeId>) -> Badge {
        Badge {
            client: self.clone(),
            id: id.into(),
        }
    }
}

/// A handle for a badge. Created by [`Client::badge`].
///
/// The operations that read badges take no API key, and are not part of Open Cloud.
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Badge {
    pub(in crate::resource) client: Client,
    pub(in crate::resource) id: BadgeId,
}

impl Badge {
    /// Returns the id of the badge. Sends no request.
    #[must_use]
    pub fn id(&self) -> BadgeId {
        self.id
    }

    /// Changes the badge. The service returns nothing.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::BadgeUpdate;
    ///
    /// client.badge(111_111).update(BadgeUpdate::new().name("Welcome back"))?;
    /// # assert_eq!(sandbox.badge(111_111).unwrap().name, "Welcome back");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set (before anything is sent); `ModeratedText` if a text is moderated; `NotFound` if the
    /// badge does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#patch_legacy_badges_v1_badges__badgeId_) ·
    /// scope `legacy-universe.badge:write` · 100 requests per minute · experimental
    pub fn update(&self, update: BadgeUpdate) -> Result<()> {
        let body = update.validated();
        self.call(&UPDATE).json_checked(body).send_no_content()
    }

    /// Uploads a new icon of the badge: a png, jpg, bmp or tga file. Returns the id that the service gives to the uploaded
    /// image.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::AssetFile;
    ///
    /// let icon = AssetFile::bytes("welcome.png", b"\x89PNG\r\n\x1a\n".to_vec());   // or AssetFile::open("welcome.png")?
    /// let target = client.badge(111_111).set_icon(icon)?;
    /// # assert!(target > 0);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidAsset` if the file is certainly not an image (before anything is sent), or the service rejects it; `NotFound` if
    /// the badge does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#post_legacy_publish_v1_badges__badgeId__icon) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · legacy
    #[cfg(feature = "upload")]
    pub fn set_icon(&self, icon: AssetFile) -> Result<u64> {
        let (file, content_type) = validated_icon(icon)?;
        let form = Form::new().file("Files", file, content_type);
        let uploaded: UploadedIcon = self.call(&SET_ICON).upload(form)?;
        Ok(uploaded.target_id)
    }

    /// Starts a call about the badge.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}
