//! Responses: complete ones, sparse ones, and unknown values.

use crate::read;
use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{Badge, DeveloperProduct, GamePass, PricingFeature};
use serde_json::json;

#[test]
fn a_product() {
    let product: DeveloperProduct = read(&json!({
        "productId": 1_200_001, "name": "100 Coins", "description": "d", "iconImageAssetId": 42, "universeId": 13_058,
        "isForSale": true, "storePageEnabled": false, "isImmutable": true, "isManagedPricingEnabled": false,
        "priceInformation": {"defaultPriceInRobux": 10, "enabledFeatures": ["RegionalPricing", "Tomorrow"]},
        "createdTimestamp": "2026-01-02T03:04:05Z", "updatedTimestamp": "2026-01-02T03:04:05.1234567Z",
        "aFieldOfTomorrow": {"x": 1},
    }));
    assert_eq!(
        (product.product_id.get(), product.universe_id),
        (1_200_001, Some(13_058.into()))
    );
    assert_eq!(
        (product.name.as_str(), product.description.as_str()),
        ("100 Coins", "d")
    );
    assert_eq!(product.icon_asset_id, Some(42.into()));
    assert_eq!(
        (product.is_for_sale, product.default_price_in_robux),
        (true, Some(10))
    );
    assert_eq!(
        (product.store_page_enabled, product.is_immutable),
        (Some(false), Some(true))
    );
    assert_eq!(product.is_managed_pricing_enabled, Some(false));
    assert_eq!(product.pricing_features[0], PricingFeature::RegionalPricing);
    assert_eq!(product.pricing_features[1].as_str(), "Tomorrow");
    assert!(product.created.unwrap() < product.updated.unwrap());
}

#[test]
fn things_off_sale_have_no_price() {
    for price in [
        json!(null),
        json!({"defaultPriceInRobux": null, "enabledFeatures": null}),
        json!({}),
    ] {
        let product: DeveloperProduct = read(&json!({
            "productId": "1", "name": null, "iconImageAssetId": null, "isForSale": false, "priceInformation": price,
        }));
        assert_eq!(
            (product.default_price_in_robux, product.is_for_sale),
            (None, false)
        );
        assert!(product.pricing_features.is_empty() && product.icon_asset_id.is_none());
        let pass: GamePass =
            read(&json!({"gamePassId": 1, "iconAssetId": 0, "priceInformation": price}));
        assert_eq!(
            (pass.default_price_in_robux, pass.icon_asset_id),
            (None, None)
        );
    }
    assert!(serde_json::from_value::<DeveloperProduct>(json!({"name": "n"})).is_err());
}

#[test]
fn a_pass() {
    let pass: GamePass = read(&json!({
        "gamePassId": 777_777, "name": "VIP", "description": "d", "isForSale": true, "iconAssetId": 43,
        "createdTimestamp": "2026-01-02T03:04:05Z", "updatedTimestamp": "2026-01-02T03:04:05Z",
        "priceInformation": {"defaultPriceInRobux": 250, "enabledFeatures": ["UserFixedPrice"]},
        "isManagedPricingEnabled": true,
    }));
    assert_eq!(
        (pass.game_pass_id.get(), pass.default_price_in_robux),
        (777_777, Some(250))
    );
    assert_eq!(pass.pricing_features, [PricingFeature::UserFixedPrice]);
    assert_eq!(
        (pass.icon_asset_id, pass.is_managed_pricing_enabled),
        (Some(43.into()), Some(true))
    );
}

#[test]
fn a_badge() {
    let badge: Badge = read(&json!({
        "id": 111_111, "name": "Welcome", "description": "d", "displayName": "Willkommen", "displayDescription": "e",
        "enabled": true, "iconImageId": 44, "displayIconImageId": 0,
        "awarder": {"id": 90, "type": 1, "name": "Arena"}, "statistics": {"awardedCount": 0},
        "created": "2026-01-02T03:04:05Z", "updated": "2026-01-02T03:04:05Z",
    }));
    assert_eq!((badge.id.get(), badge.place_id), (111_111, Some(90.into())));
    assert_eq!(badge.place_name.as_deref(), Some("Arena"));
    assert_eq!(
        (badge.icon_image_id, badge.display_icon_image_id),
        (Some(44.into()), None)
    );
    assert_eq!(badge.display_name.as_deref(), Some("Willkommen"));
}

#[test]
fn a_censored_name_is_recognized() {
    let body = r#"{"productId":1,"gamePassId":1,"id":1,"name":"Best ####"}"#;
    let client = MockServer::replying([ok(body)]).client();
    let product = client.universe(5).developer_product(1).get().unwrap();
    let pass = client.universe(5).game_pass(1).get().unwrap();
    let badge: Badge = serde_json::from_str(body).unwrap();
    for is_censored in [
        |product: &DeveloperProduct, _: &GamePass, _: &Badge, asked: &str| {
            product.is_name_censored(asked)
        },
        |_: &DeveloperProduct, pass: &GamePass, _: &Badge, asked: &str| {
            pass.is_name_censored(asked)
        },
        |_: &DeveloperProduct, _: &GamePass, badge: &Badge, asked: &str| {
            badge.is_name_censored(asked)
        },
    ] {
        assert!(is_censored(&product, &pass, &badge, "Best word"));
        assert!(!is_censored(&product, &pass, &badge, "Best ####"));
    }
}

#[test]
fn lists_go_on_until_the_token_ends() {
    let peer = MockServer::replying([
        ok(r#"{"developerProducts":[{"productId":1}],"nextPageToken":"a"}"#),
        ok(r#"{"developerProducts":[],"nextPageToken":"b"}"#),
        ok(r#"{"developerProducts":[{"productId":2},{"name":"odd"}],"nextPageToken":null}"#),
    ]);
    let products: Vec<_> = peer
        .client()
        .universe(5)
        .list_developer_products()
        .collect();
    assert_eq!(products.len(), 3);
    assert!(products[2].as_ref().unwrap_err().is_item());
    assert_eq!(peer.requests()[2].query("pageToken").as_deref(), Some("b"));
}
