//! Every call with all of its parameters, and without any: only fields that are set are sent.

use super::{icon, icon_part, sent, texts};
use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    BadgeUpdate, NewBadge, NewPass, NewProduct, PassUpdate, Payer, ProductUpdate,
};
use rblx_open_cloud::{AssetFile, Client, Error, ErrorKind, Result};

const PRODUCTS: &str = "/developer-products/v2/universes/5/developer-products";
const PASSES: &str = "/game-passes/v1/universes/5/game-passes";

fn create_product(product: NewProduct) -> impl FnOnce(&Client) {
    |client| {
        drop(
            client
                .universe(5)
                .create_developer_product(product)
                .unwrap(),
        );
    }
}

fn update_product(update: ProductUpdate) -> impl FnOnce(&Client) {
    |client| {
        client
            .universe(5)
            .developer_product(6)
            .update(update)
            .unwrap();
    }
}

fn create_pass(pass: NewPass) -> impl FnOnce(&Client) {
    |client| drop(client.universe(5).create_game_pass(pass).unwrap())
}

fn update_pass(update: PassUpdate) -> impl FnOnce(&Client) {
    |client| client.universe(5).game_pass(6).update(update).unwrap()
}

#[test]
fn a_full_new_product() {
    let product = NewProduct::new("Name\r\n--é \"x\"")
        .managed_pricing(false)
        .icon(icon())
        .price(50)
        .description("");
    let (line, parts) = sent(create_product(product));
    assert_eq!(line, format!("POST {PRODUCTS}"));
    let expected = [
        "name=Name\r\n--é \"x\"",
        "description=",
        "isForSale=true",
        "price=50",
        "isManagedPricingEnabled=false",
    ];
    assert_eq!(texts(&parts), expected);
    assert_eq!(icon_part(&parts), Some("imageFile"));
}

#[test]
fn only_what_is_set_is_sent() {
    let of = |call: Box<dyn FnOnce(&Client)>| {
        let (_, parts) = sent(call);
        assert_eq!(icon_part(&parts), None);
        texts(&parts)
    };
    assert_eq!(
        of(Box::new(create_product(NewProduct::new("n")))),
        ["name=n"]
    );
    assert_eq!(of(Box::new(create_pass(NewPass::new("n")))), ["name=n"]);
    let described = ProductUpdate::new().description("d");
    assert_eq!(of(Box::new(update_product(described))), ["description=d"]);
    let renamed = PassUpdate::new().name("n");
    assert_eq!(of(Box::new(update_pass(renamed))), ["name=n"]);
    let managed = PassUpdate::new().managed_pricing(true);
    assert_eq!(
        of(Box::new(update_pass(managed))),
        ["isManagedPricingEnabled=true"]
    );
}

#[test]
fn a_price_puts_on_sale_unless_it_is_taken_off() {
    let of = |call: Box<dyn FnOnce(&Client)>| texts(&sent(call).1);
    let priced = ["isForSale=true", "price=7"];
    let off = ["isForSale=false", "price=7"];
    assert_eq!(
        of(Box::new(update_product(ProductUpdate::new().price(7)))),
        priced
    );
    assert_eq!(
        of(Box::new(update_pass(PassUpdate::new().price(7)))),
        priced
    );
    for update in [
        ProductUpdate::new().price(7).off_sale(),
        ProductUpdate::new().off_sale().price(7),
    ] {
        assert_eq!(of(Box::new(update_product(update))), off, "in any order");
    }
    let update = ProductUpdate::new().off_sale();
    assert_eq!(of(Box::new(update_product(update))), ["isForSale=false"]);
    let update = PassUpdate::new().on_sale();
    assert_eq!(of(Box::new(update_pass(update))), ["isForSale=true"]);
    let pass = NewPass::new("n").price(u64::MAX).off_sale();
    let expected = ["name=n", "isForSale=false", "price=18446744073709551615"];
    assert_eq!(of(Box::new(create_pass(pass))), expected);
}

#[test]
fn icons_have_the_part_that_each_call_names() {
    let (line, parts) = sent(update_product(ProductUpdate::new().icon(icon())));
    assert_eq!(
        (line, icon_part(&parts)),
        (format!("PATCH {PRODUCTS}/6"), Some("imageFile"))
    );
    assert!(texts(&parts).is_empty());
    let (line, parts) = sent(create_pass(NewPass::new("n").icon(icon())));
    assert_eq!(
        (line, icon_part(&parts)),
        (format!("POST {PASSES}"), Some("imageFile"))
    );
    let (line, parts) = sent(update_pass(PassUpdate::new().icon(icon())));
    assert_eq!(
        (line, icon_part(&parts)),
        (format!("PATCH {PASSES}/6"), Some("imageFile"))
    );
    let badge = NewBadge::new("n", Payer::Group, 100)
        .icon(icon())
        .active(true)
        .description("d");
    let (line, parts) = sent(|client| drop(client.universe(5).create_badge(badge).unwrap()));
    assert_eq!(line, "POST /legacy-badges/v1/universes/5/badges");
    let expected = [
        "name=n",
        "description=d",
        "isActive=true",
        "expectedCost=100",
        "paymentSourceType=2",
    ];
    assert_eq!(
        (texts(&parts), icon_part(&parts)),
        (expected.map(str::to_owned).into(), Some("files"))
    );
    let (line, parts) = sent(|client| assert_eq!(client.badge(7).set_icon(icon()).unwrap(), 4));
    assert_eq!(
        (line.as_str(), icon_part(&parts)),
        ("POST /legacy-publish/v1/badges/7/icon", Some("Files"))
    );
    let badge = NewBadge::new("n", Payer::User, 0);
    let (_, parts) = sent(|client| drop(client.universe(5).create_badge(badge).unwrap()));
    assert_eq!(
        texts(&parts),
        ["name=n", "expectedCost=0", "paymentSourceType=1"]
    );
}

#[test]
fn lists_and_details() {
    type Call = fn(&Client);
    let calls: [(&str, Call); 5] = [
        (
            "GET /developer-products/v2/universes/5/developer-products/creator?pageSize=50",
            |client| {
                client.universe(5).list_developer_products().next();
            },
        ),
        (
            "GET /developer-products/v2/universes/5/developer-products/creator?pageSize=2&pageToken=t",
            |client| {
                client
                    .universe(5)
                    .list_developer_products()
                    .page_size(2)
                    .starting_at("t")
                    .next();
            },
        ),
        (
            "GET /developer-products/v2/universes/5/developer-products/6/creator",
            |client| {
                client.universe(5).developer_product(6).get().unwrap();
            },
        ),
        (
            "GET /game-passes/v1/universes/5/game-passes/creator?pageSize=50",
            |client| {
                client.universe(5).list_game_passes().page_size(1000).next();
            },
        ),
        (
            "GET /game-passes/v1/universes/5/game-passes/6/creator",
            |client| {
                client.universe(5).game_pass(6).get().unwrap();
            },
        ),
    ];
    for (line, call) in calls {
        let peer = MockServer::replying([ok(super::SUCCESS)]);
        call(&peer.client());
        let request = &peer.requests()[0];
        assert_eq!(format!("{} {}", request.method, request.target), line);
    }
}

#[test]
fn a_badge_is_updated_with_json() {
    let peer = MockServer::replying([ok("{}")]);
    let update = BadgeUpdate::new().enabled(false).name("n");
    peer.client().badge(7).update(update).unwrap();
    let request = &peer.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PATCH", "/legacy-badges/v1/badges/7")
    );
    assert_eq!(request.body, br#"{"enabled":false,"name":"n"}"#);
}

#[test]
fn invalid_input_is_rejected_before_anything_is_sent() {
    fn rejected<T: std::fmt::Debug>(result: Result<T>, kind: ErrorKind, words: &str) -> Error {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, 0), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        error
    }
    use ErrorKind::{InvalidAsset, InvalidInput};

    let peer = MockServer::replying([ok(super::SUCCESS)]);
    let client = peer.client();
    let universe = client.universe(5);
    let product = universe.developer_product(6);
    let create = |product| universe.create_developer_product(product);
    rejected(
        create(NewProduct::new("")),
        InvalidInput,
        "the name in a new developer product is empty",
    );
    rejected(
        product.update(ProductUpdate::new()),
        InvalidInput,
        "changes nothing",
    );
    rejected(
        product.update(ProductUpdate::new().name("")),
        InvalidInput,
        "is empty",
    );
    rejected(
        universe.create_game_pass(NewPass::new("")),
        InvalidInput,
        "is empty",
    );
    rejected(
        universe.game_pass(6).update(PassUpdate::new()),
        InvalidInput,
        "changes nothing",
    );
    rejected(
        client.badge(7).update(BadgeUpdate::new()),
        InvalidInput,
        "changes nothing",
    );
    rejected(
        universe.create_badge(NewBadge::new("", Payer::User, 0)),
        InvalidInput,
        "is empty",
    );

    let file = |name: &str, content: &[u8]| AssetFile::bytes(name, content.to_vec());
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    for (icon, kind, words) in [
        (file("a.png", b""), InvalidAsset, "is empty"),
        (file("a.png", pointer), InvalidAsset, "Git LFS"),
        (
            file("a.png", b"\xff\xd8\xff\xe0"),
            InvalidAsset,
            "give it the extension jpg or jpeg",
        ),
        (
            file("a.gif", b"GIF89a"),
            InvalidAsset,
            "an icon accepts png",
        ),
        (file("a.mp3", b"ID3"), InvalidAsset, "an icon accepts png"),
        (file("a", b"x"), InvalidInput, "has no extension"),
    ] {
        let copy = file(icon.name(), &[]);
        let error = client.badge(7).set_icon(icon).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (kind, 0),
            "{}: {error}",
            copy.name()
        );
        assert!(error.to_string().contains(words), "{error}");
    }
    let update = ProductUpdate::new().icon(file("a.png", pointer));
    rejected(product.update(update), InvalidAsset, "Git LFS");
    assert!(peer.requests().is_empty());
}
