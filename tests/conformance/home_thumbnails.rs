//! Every call about thumbnails of the home page, with every parameter.

use rblx_open_cloud::models::PersonalizationStatus;
use rblx_open_cloud::{AssetFile, Client};

use crate::universes::{accepted, some};

/// The proxies read bodies as text, so the content is text.
fn file(name: &str) -> AssetFile {
    AssetFile::bytes(name, b"an image".to_vec()).content_type("image/png")
}

pub(crate) fn call(client: &Client) {
    let home = client.universe(123).home_thumbnails();
    some(home.list().starting_at("t"));
    accepted(home.upload([file("a.png"), file("b.png")]));
    accepted(home.resume_upload(["o1", "o2"]).poll());
    accepted(home.delete(["h1", "h2"]));
    some(
        home.personalizations(PersonalizationStatus::Active)
            .starting_at("t"),
    );
    some(home.personalizations(PersonalizationStatus::Inactive));
    accepted(home.create_personalization(["h1", "h2"]));
    accepted(home.update_personalization("p", ["h1"]));
}
