//! The calls about names and icons of badges, developer products and game passes.

use super::CODES;
use crate::endpoint::{Endpoint, UserContent};
use crate::models::NamedContent;

/// The calls about one kind of item.
#[derive(Debug)]
pub(super) struct ItemCalls {
    pub(super) content: NamedContent,
    pub(super) list_names: Endpoint,
    pub(super) set_names: Endpoint,
    pub(super) set_name: Endpoint,
    pub(super) set_description: Endpoint,
    pub(super) remove_names: Endpoint,
    pub(super) list_icons: Endpoint,
    pub(super) set_icon: Endpoint,
    pub(super) remove_icon: Endpoint,
}

impl ItemCalls {
    /// Returns all of them.
    const fn all(&'static self) -> [&'static Endpoint; 8] {
        [
            &self.list_names,
            &self.set_names,
            &self.set_name,
            &self.set_description,
            &self.remove_names,
            &self.list_icons,
            &self.set_icon,
            &self.remove_icon,
        ]
    }
}

/// Creates an endpoint of an item: its method, the scope, and its path, which consists of literals.
macro_rules! endpoint {
    ($method:ident, $scope:literal, $($path:literal)+) => {
        Endpoint::$method(concat!("/legacy-game-internationalization/v1/", $($path),+))
            .scopes(&[$scope])
            .error_codes(CODES)
    };
}

/// Creates the calls about one kind of item: its part of the path, the scope, and its name in histories.
macro_rules! item_calls {
    ($item:literal, $scope:literal, $content:literal) => {
        ItemCalls {
            content: NamedContent {
                names: concat!($content, "DisplayName"),
                descriptions: concat!($content, "DisplayDescription"),
            },
            list_names: endpoint!(get, $scope, $item "/name-description"),
            set_names: endpoint!(patch, $scope, $item "/name-description/language-codes/{languageCode}"),
            set_name: endpoint!(patch, $scope, $item "/name/language-codes/{languageCode}"),
            set_description: endpoint!(patch, $scope, $item "/description/language-codes/{languageCode}"),
            remove_names: endpoint!(delete, $scope, $item "/name-description/language-codes/{languageCode}"),
            list_icons: endpoint!(get, $scope, $item "/icons"),
            set_icon: endpoint!(post, $scope, $item "/icons/language-codes/{languageCode}")
                .user_content(UserContent::File),
            remove_icon: endpoint!(delete, $scope, $item "/icons/language-codes/{languageCode}"),
        }
    };
}

pub(super) static BADGES: ItemCalls =
    item_calls!("badges/{badgeId}", "legacy-badge:manage", "Badge");
pub(super) static PRODUCTS: ItemCalls = item_calls!(
    "developer-products/{developerProductId}",
    "legacy-developer-product:manage",
    "DeveloperProduct"
);
pub(super) static PASSES: ItemCalls = item_calls!(
    "game-passes/{gamePassId}",
    "legacy-game-pass:manage",
    "GamePass"
);

pub(super) const BADGE_ENDPOINTS: &[&Endpoint] = &BADGES.all();
pub(super) const PRODUCT_ENDPOINTS: &[&Endpoint] = &PRODUCTS.all();
pub(super) const PASS_ENDPOINTS: &[&Endpoint] = &PASSES.all();
