//! Developer products, game passes, badges and subscriptions.

mod badge;
mod developer_product;
mod game_pass;
mod pricing;
mod subscription;

#[cfg(feature = "upload")]
mod form;
#[cfg(feature = "upload")]
mod new_badge;
#[cfg(feature = "upload")]
mod new_pass;
#[cfg(feature = "upload")]
mod new_product;

#[cfg(feature = "upload")]
pub(crate) use badge::UploadedIcon;
pub use badge::{Badge, BadgeUpdate};
pub use developer_product::DeveloperProduct;
#[cfg(feature = "localization")]
pub(crate) use form::validated_image;
#[cfg(feature = "upload")]
pub(crate) use form::{FormParts, validated_icon};
pub use game_pass::GamePass;
#[cfg(feature = "upload")]
pub use new_badge::{NewBadge, Payer};
#[cfg(feature = "upload")]
pub use new_pass::{NewPass, PassUpdate};
#[cfg(feature = "upload")]
pub use new_product::{NewProduct, ProductUpdate};
pub use pricing::PricingFeature;
pub use subscription::{
    PaymentProvider, PurchasePlatform, Subscription, SubscriptionExpirationReason,
    SubscriptionState,
};
