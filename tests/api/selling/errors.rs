//! Error bodies and codes of the three services.

use super::icon;
use crate::support::{MockServer, json};
use rblx_open_cloud::models::{BadgeUpdate, NewBadge, NewProduct, Payer, ProductUpdate};
use rblx_open_cloud::{Client, Error, ErrorKind};

fn error(status: u16, body: &str, call: impl FnOnce(Client) -> Option<Error>) -> Error {
    let peer = MockServer::replying([json(status, body)]);
    call(peer.client()).unwrap()
}

fn create_product(client: Client) -> Option<Error> {
    client
        .universe(5)
        .create_developer_product(NewProduct::new("n"))
        .err()
}

#[test]
fn field_and_hint_are_shown() {
    let body = r#"{"errorCode":"InvalidPrice","errorMessage":"The price is invalid.","field":"price","hint":"Use 1 to 1,000,000."}"#;
    let invalid = error(400, body, create_product);
    assert_eq!(
        (invalid.kind(), invalid.code()),
        (ErrorKind::BadRequest, Some("InvalidPrice"))
    );
    assert_eq!(
        invalid.to_string(),
        "bad request: POST /developer-products/v2/universes/5/developer-products returned 400 (InvalidPrice): \
         The price is invalid (field: price). Use 1 to 1,000,000"
    );
    assert_eq!(invalid.details().unwrap()["field"], "price");
    assert_eq!(invalid.message(), "The price is invalid.");
    for (body, text) in [
        (
            r#"{"errorCode":"X","errorMessage":"m.","field":null,"hint":null}"#,
            "(X): m",
        ),
        (
            r#"{"errorCode":"X","errorMessage":"m","field":"f"}"#,
            "(X): m (field: f)",
        ),
        (
            r#"{"errorCode":"X","errorMessage":"","hint":"h."}"#,
            "(X): the service gave no reason. h",
        ),
        // Other services have such fields, too.
        (r#"{"message":"m","field":"f","hint":"h"}"#, "400: m"),
    ] {
        let error = error(400, body, create_product);
        assert!(error.to_string().ends_with(text), "{error}");
    }
    let long = format!(
        r#"{{"errorCode":"X","errorMessage":"m","field":"{}"}}"#,
        "planted-secret-key"
    );
    let error = error(400, &long, create_product);
    assert!(error.to_string().contains("(field: [redacted])"), "{error}");
}

#[test]
fn a_taken_name_is_a_conflict() {
    let body = r#"{"errorCode":"DuplicateProductName","errorMessage":"A product has this name.","field":"name","hint":null}"#;
    for status in [400, 409] {
        let create = error(status, body, create_product);
        let update = error(status, body, |client| {
            let update = ProductUpdate::new().name("n");
            client.universe(5).developer_product(6).update(update).err()
        });
        for error in [create, update] {
            assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
            let text = error.to_string();
            assert!(
                text.contains("(field: name). Choose another name"),
                "{text}"
            );
        }
    }
}

#[test]
fn access_is_about_the_universe_and_not_about_assets() {
    let body = r#"{"errorCode":"UnauthorizedUniverseAccess","errorMessage":"No access.","field":null,"hint":null}"#;
    let error = error(403, body, create_product);
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    let text = error.to_string();
    assert!(
        text.contains("has no right to change this") && !text.contains("asset"),
        "{text}"
    );
    assert!(
        text.contains("This call needs the scope: developer-product:write"),
        "{text}"
    );
}

#[test]
fn an_icon_that_the_service_rejects_is_an_invalid_asset() {
    let body =
        r#"{"errorCode":"InvalidImageFile","errorMessage":"No.","field":"imageFile","hint":null}"#;
    let product = error(400, body, |client| {
        let product = NewProduct::new("n").icon(icon());
        client.universe(5).create_developer_product(product).err()
    });
    assert_eq!(product.kind(), ErrorKind::InvalidAsset, "{product}");
}

#[test]
fn codes_of_badges() {
    let create = |client: Client| {
        client
            .universe(5)
            .create_badge(NewBadge::new("n", Payer::User, 0))
            .err()
    };
    let update = |client: Client| client.badge(7).update(BadgeUpdate::new().name("n")).err();
    let set_icon = |client: Client| client.badge(7).set_icon(icon()).err();
    type Call<'a> = &'a dyn Fn(Client) -> Option<Error>;
    use ErrorKind::{
        BadRequest, InvalidAsset, ModeratedText, NotFound, PermissionDenied, RateLimited,
    };
    for (call, status, code, message, kind, words) in [
        (
            &create as Call<'_>,
            400,
            11,
            "The badge icon is invalid.",
            InvalidAsset,
            "file is intact",
        ),
        (
            &create,
            400,
            14,
            "Invalid badge name.",
            BadRequest,
            "Invalid badge name",
        ),
        (
            &create,
            400,
            16,
            "Payment source is invalid.",
            BadRequest,
            "Payment source",
        ),
        (
            &create,
            400,
            18,
            "Expected badge cost is different from the actual badge cost.",
            BadRequest,
            "Look up the current cost",
        ),
        (
            &create,
            403,
            6,
            "Text moderated.",
            ModeratedText,
            "Choose another name or description",
        ),
        (
            &create,
            403,
            12,
            "You do not have permission to manage this game's badges.",
            PermissionDenied,
            "no right to change",
        ),
        (
            &create,
            403,
            17,
            "Insufficient funds.",
            PermissionDenied,
            "needs more Robux",
        ),
        (
            &create,
            404,
            3,
            "The game is invalid or does not exist.",
            NotFound,
            "Check the id",
        ),
        (
            &create,
            429,
            13,
            "Too many requests, try again later.",
            RateLimited,
            "Wait",
        ),
        (
            &update,
            400,
            6,
            "Text moderated.",
            ModeratedText,
            "Choose another text",
        ),
        (
            &update,
            404,
            1,
            "Badge is invalid or does not exist.",
            NotFound,
            "Check the id",
        ),
        (
            &set_icon,
            400,
            2,
            "File not present in request.",
            InvalidAsset,
            "file is intact",
        ),
        (
            &set_icon,
            400,
            12,
            "Name or description is moderated.",
            ModeratedText,
            "Choose another",
        ),
        (
            &set_icon,
            403,
            5,
            "You do not have permission to manage this item.",
            PermissionDenied,
            "no right to change",
        ),
    ] {
        let body = format!(
            r#"{{"errors":[{{"code":{code},"message":"{message}","userFacingMessage":"Something went wrong"}}]}}"#
        );
        let error = error(status, &body, call);
        assert_eq!(
            (error.kind(), error.code()),
            (kind, Some(&*code.to_string())),
            "{error}"
        );
        assert!(error.to_string().contains(words), "{error}");
    }
}
