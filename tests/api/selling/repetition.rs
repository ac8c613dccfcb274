//! The calls that are sent again: a table of all operations.

use super::{SUCCESS, icon};
use crate::repetition::Repetition;
use crate::support::{MockServer, json, ok, response, with_headers};
use rblx_open_cloud::models::{
    BadgeUpdate, NewBadge, NewPass, NewProduct, PassUpdate, Payer, ProductUpdate,
};
use rblx_open_cloud::{AssetFile, Client, Result};

type Call = fn(&Client) -> Result<()>;

/// Each call, and whether it is sent again if its outcome is unknown.
const TABLE: &[(&str, bool, Call)] = &[
    ("list products", true, |client| {
        let mut products = client.universe(5).list_developer_products();
        products.next().transpose().map(drop)
    }),
    ("create product", false, |client| {
        let product = NewProduct::new("n");
        client
            .universe(5)
            .create_developer_product(product)
            .map(drop)
    }),
    ("get product", true, |client| {
        client.universe(5).developer_product(6).get().map(drop)
    }),
    ("update product", true, |client| {
        let update = ProductUpdate::new().price(5);
        client.universe(5).developer_product(6).update(update)
    }),
    ("update product with an icon", false, |client| {
        let update = ProductUpdate::new().price(5).icon(icon());
        client.universe(5).developer_product(6).update(update)
    }),
    ("list passes", true, |client| {
        let mut passes = client.universe(5).list_game_passes();
        passes.next().transpose().map(drop)
    }),
    ("create pass", false, |client| {
        client
            .universe(5)
            .create_game_pass(NewPass::new("n"))
            .map(drop)
    }),
    ("get pass", true, |client| {
        client.universe(5).game_pass(6).get().map(drop)
    }),
    ("update pass", true, |client| {
        client
            .universe(5)
            .game_pass(6)
            .update(PassUpdate::new().off_sale())
    }),
    ("update pass with an icon", false, |client| {
        client
            .universe(5)
            .game_pass(6)
            .update(PassUpdate::new().icon(icon()))
    }),
    ("create badge", false, |client| {
        let badge = NewBadge::new("n", Payer::User, 0);
        client.universe(5).create_badge(badge).map(drop)
    }),
    ("update badge", true, |client| {
        client.badge(7).update(BadgeUpdate::new().enabled(true))
    }),
    ("set icon", false, |client| {
        client.badge(7).set_icon(icon()).map(drop)
    }),
];

/// Sends a call to a peer that fails once, and returns whether it was sent again.
fn is_repeated(name: &str, call: Call, failure: &[u8]) -> bool {
    let repetition = Repetition::after(failure, SUCCESS, name, call);
    repetition.assert_outcome(true, name).is_repeated()
}

#[test]
fn calls_are_repeated_as_the_table_says() {
    let page = response(400, "text/html", "<html><h1>400 Bad request</h1></html>");
    let unavailable = json(503, r#"{"errorCode":"Unavailable","errorMessage":"later"}"#);
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    for (name, repeat, call) in TABLE {
        for (what, failure) in [
            ("a loss", &b""[..]),
            ("a page", &page),
            ("a 503", &unavailable),
        ] {
            assert_eq!(
                is_repeated(name, *call, failure),
                *repeat,
                "{name} after {what}"
            );
        }
        assert!(is_repeated(name, *call, &throttled), "{name} after a 429");
    }
}

#[test]
fn a_stream_is_not_sent_again_even_after_a_429() {
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    let peer = MockServer::replying([throttled, ok(SUCCESS)]);
    let content = super::PNG;
    let stream = AssetFile::reader("a.png", content.len() as u64, content);
    let update = ProductUpdate::new().icon(stream);
    let error = peer
        .retrying_client()
        .universe(5)
        .developer_product(6)
        .update(update)
        .unwrap_err();
    assert_eq!(peer.requests().len(), 1, "{error}");
}

#[test]
fn updates_return_nothing() {
    for success in [
        b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n".to_vec(),
        ok(""),
        ok("{}"),
    ] {
        let peer = MockServer::replying([success]);
        let universe = peer.client().universe(5);
        universe
            .developer_product(6)
            .update(ProductUpdate::new().price(1))
            .unwrap();
        universe
            .game_pass(6)
            .update(PassUpdate::new().price(1))
            .unwrap();
        peer.client()
            .badge(6)
            .update(BadgeUpdate::new().enabled(true))
            .unwrap();
    }
}
