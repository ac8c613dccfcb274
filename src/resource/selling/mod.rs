//! What a universe sells and awards: developer products, game passes, badges, subscriptions.

mod developer_products;

mod game_passes;

mod badges;

mod subscriptions;

pub use badges::Badge;
pub use developer_products::DeveloperProduct;
pub use game_passes::GamePass;

#[cfg(feature = "upload")]
use crate::http::Form;
#[cfg(feature = "upload")]
use crate::models::FormParts;

pub(super) const ENDPOINTS: super::Endpoints = &[
    developer_products::ENDPOINTS,
    game_passes::ENDPOINTS,
    badges::ENDPOINTS,
    subscriptions::ENDPOINTS,
];

/// Returns the form with these parts; the icon is the part of this name.
#[cfg(feature = "upload")]
fn form(parts: FormParts, icon: &'static str) -> Form {
    let texts = parts.texts.into_iter();
    texts
        .fold(Form::new(), |form, (field, text)| form.text(field, text))
        .file_opt(icon, parts.icon)
}
