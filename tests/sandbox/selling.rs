//! Products, passes and badges of the sandbox: through the client, and as other clients write to it.

use crate::common::{BOUNDARY, PNG, Raw, Reply};
use rblx_open_cloud::models::{
    BadgeUpdate, NewBadge, NewPass, NewProduct, PassUpdate, Payer, ProductUpdate,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, ErrorKind};

const PRODUCTS: &str = "/developer-products/v2/universes/13058/developer-products";
const PASSES: &str = "/game-passes/v1/universes/13058/game-passes";

/// A form as urllib3 writes it: files without a content type of an image.
fn form(
    raw: &mut Raw,
    method: &str,
    target: &str,
    texts: &[(&str, &str)],
    file: Option<&str>,
) -> Reply {
    let mut body = Vec::new();
    for (name, text) in texts {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
        );
        body.extend(part.into_bytes());
    }
    if let Some(name) = file {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(PNG);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    raw.form(method, target, BOUNDARY, &body)
}

fn icon() -> AssetFile {
    AssetFile::bytes("a.png", PNG.to_vec())
}

#[test]
fn a_product_lives_as_the_service_lets_it() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let product = NewProduct::new("Gems")
        .description("Shiny")
        .price(5)
        .icon(icon());
    let product = universe.create_developer_product(product).unwrap();
    assert_eq!(
        (product.name.as_str(), product.description.as_str()),
        ("Gems", "Shiny")
    );
    assert_eq!(
        (product.is_for_sale, product.default_price_in_robux),
        (true, Some(5))
    );
    assert!(product.icon_asset_id.is_some() && product.universe_id == Some(13_058.into()));

    let handle = universe.developer_product(product.product_id);
    handle
        .update(ProductUpdate::new().off_sale().name("Jewels"))
        .unwrap();
    let off = handle.get().unwrap();
    assert_eq!(
        (
            off.name.as_str(),
            off.is_for_sale,
            off.default_price_in_robux
        ),
        ("Jewels", false, None)
    );
    assert_eq!(
        (off.description, off.icon_asset_id),
        (product.description, product.icon_asset_id)
    );
    handle.update(ProductUpdate::new().on_sale()).unwrap();
    assert_eq!(
        handle.get().unwrap().default_price_in_robux,
        Some(5),
        "the price was kept"
    );
    handle
        .update(ProductUpdate::new().icon(icon()).managed_pricing(true))
        .unwrap();
    let changed = handle.get().unwrap();
    assert_ne!(changed.icon_asset_id, product.icon_asset_id);
    assert_eq!(changed.is_managed_pricing_enabled, Some(true));

    let names: Vec<_> = universe
        .list_developer_products()
        .page_size(2)
        .map(|product| product.unwrap().name)
        .collect();
    assert_eq!(names, ["100 Coins", "500 Coins", "Starter Pack", "Jewels"]);
}

#[test]
fn names_of_products_are_unique_in_a_universe() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let universe = client.universe(13_058);
    let taken = universe
        .create_developer_product(NewProduct::new("100 Coins"))
        .unwrap_err();
    assert_eq!(
        (taken.kind(), taken.status()),
        (ErrorKind::Conflict, Some(400))
    );
    let update = ProductUpdate::new().name("100 Coins");
    let product = universe.developer_product(1_200_002);
    let taken = product.update(update).unwrap_err();
    assert_eq!(
        (taken.kind(), taken.status()),
        (ErrorKind::Conflict, Some(409))
    );
    let same = ProductUpdate::new().name("500 Coins");
    product.update(same).unwrap();
    client
        .universe(13_059)
        .create_developer_product(NewProduct::new("100 Coins"))
        .unwrap();
    universe.create_game_pass(NewPass::new("VIP")).unwrap();
}

#[test]
fn what_the_service_rejects() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let universe = client.universe(13_058);
    let error = universe.developer_product(1).get().unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("NotFound"))
    );
    let error = universe.game_pass(1).get().unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("PassNotFound"))
    );
    let error = client
        .universe(1)
        .list_game_passes()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.code(), Some("UniverseNotFound"));
    let moderated = universe
        .create_developer_product(NewProduct::new("a moderated-name"))
        .unwrap_err();
    assert_eq!(moderated.kind(), ErrorKind::ModeratedText, "{moderated}");
    let product = NewProduct::new("n").description("moderated-description");
    let moderated = universe.create_developer_product(product).unwrap_err();
    assert_eq!(moderated.kind(), ErrorKind::ModeratedText, "{moderated}");
    let unpriced = universe.game_pass(777_777);
    let free = universe
        .developer_product(1_200_003)
        .update(ProductUpdate::new().on_sale())
        .unwrap_err();
    assert!(
        free.to_string().contains("needs a price (field: price)"),
        "{free}"
    );
    let zero = unpriced.update(PassUpdate::new().price(0)).unwrap_err();
    assert_eq!(zero.kind(), ErrorKind::BadRequest);

    let censored = universe
        .create_developer_product(NewProduct::new("censored-name"))
        .unwrap();
    assert!(
        censored.is_name_censored("censored-name"),
        "{}",
        censored.name
    );
}

#[test]
fn forms_of_other_clients() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let texts = [
        ("name", "Gems"),
        ("isForSale", "True"),
        ("price", "5"),
        ("isRegionalPricingEnabled", "true"),
    ];
    let created = form(&mut raw, "POST", PRODUCTS, &texts, Some("imageFile"));
    assert_eq!(created.status, 200, "{}", created.text());
    let price = &created.json()["priceInformation"];
    assert_eq!(price["defaultPriceInRobux"], 5);
    assert_eq!(
        price["enabledFeatures"],
        serde_json::json!(["RegionalPricing"])
    );

    // A pass takes its icon under two names.
    for icon in ["file", "imageFile"] {
        let before = raw.get(&format!("{PASSES}/777777/creator")).json()["iconAssetId"].clone();
        let updated = form(
            &mut raw,
            "PATCH",
            &format!("{PASSES}/777777"),
            &[("isForSale", "false")],
            Some(icon),
        );
        assert_eq!(
            (updated.status, updated.header("content-type")),
            (204, None)
        );
        let pass = raw.get(&format!("{PASSES}/777777/creator")).json();
        assert_ne!(pass["iconAssetId"], before, "{icon}");
        assert_eq!(
            (&pass["isForSale"], &pass["priceInformation"]),
            (&false.into(), &serde_json::Value::Null)
        );
    }

    let wrong = form(
        &mut raw,
        "PATCH",
        &format!("{PASSES}/777777"),
        &[("isForSale", "maybe")],
        None,
    );
    let body = wrong.json();
    assert_eq!(
        (wrong.status, &body["errorCode"], &body["field"]),
        (400, &"BadRequest".into(), &"isForSale".into())
    );
    let wrong = raw.get(&format!("{PRODUCTS}/creator?pageSize=51"));
    assert_eq!(wrong.status, 400);
}

#[test]
fn badges_have_a_cost() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let universe = client.universe(13_058);
    let badge = NewBadge::new("Explorer", Payer::User, 0)
        .active(false)
        .icon(icon());
    let badge = universe.create_badge(badge).unwrap();
    assert_eq!(
        (badge.enabled, badge.place_id),
        (Some(false), Some(90.into()))
    );
    assert_eq!(sandbox.badge(badge.id), Some(badge.clone()));

    sandbox.badge_cost(100);
    for expected in [0, 99, 101] {
        let badge = NewBadge::new("Winner", Payer::User, expected);
        let error = universe.create_badge(badge).unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::BadRequest, Some("18")),
            "{expected}"
        );
    }
    universe
        .create_badge(NewBadge::new("Winner", Payer::User, 100))
        .unwrap();
    let wrong_payer = universe.create_badge(NewBadge::new("Winner", Payer::Group, 100));
    assert_eq!(wrong_payer.unwrap_err().code(), Some("16"));
    client
        .universe(13_059)
        .create_badge(NewBadge::new("Winner", Payer::Group, 100))
        .unwrap();

    let handle = client.badge(badge.id);
    handle
        .update(BadgeUpdate::new().enabled(true).description("d"))
        .unwrap();
    let target = handle.set_icon(icon()).unwrap();
    let changed = sandbox.badge(badge.id).unwrap();
    assert_eq!(
        (changed.enabled, changed.description.as_str()),
        (Some(true), "d")
    );
    assert_eq!(changed.icon_image_id, Some(target.into()));
    let moderated = handle
        .update(BadgeUpdate::new().name("moderated-name"))
        .unwrap_err();
    assert_eq!(moderated.kind(), ErrorKind::ModeratedText);
    assert_eq!(
        client.badge(1).set_icon(icon()).unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

#[test]
fn a_wrong_key_gets_the_error_of_the_service() {
    let sandbox = Sandbox::start().unwrap();
    let wrong = rblx_open_cloud::Client::builder("wrong")
        .base_url(sandbox.url())
        .build()
        .unwrap();
    let error = wrong
        .universe(13_058)
        .list_developer_products()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::InvalidKey, Some("NotAuthenticated"))
    );
}
