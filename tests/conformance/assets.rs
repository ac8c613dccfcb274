//! Every call about assets, with every parameter.

use rblx_open_cloud::Client;
use rblx_open_cloud::models::{Asset, AssetField, AssetType, AssetUpdate, AssetUpload};

use crate::model;

pub(crate) fn call(client: &Client) {
    let user = client.user(156);
    let upload =
        || AssetUpload::new(AssetType::Model, "Name", "Description", model()).expected_price(10);
    let everything = || {
        AssetUpdate::new()
            .display_name("n")
            .description("d")
            .file(model())
            .expected_price(1)
    };
    let asset = client.asset(42);
    asset.get().unwrap();
    asset
        .get_with([AssetField::Description, AssetField::Previews])
        .unwrap();
    asset
        .list_versions()
        .page_size(2)
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    asset.get_version(2).unwrap();
    asset.roll_back(1).unwrap();
    asset.archive().unwrap();
    asset.restore().unwrap();

    user.upload_asset(upload()).map(drop).unwrap();
    client.group(7).upload_asset(upload()).map(drop).unwrap();
    client
        .group(7)
        .update_asset(42, everything())
        .map(drop)
        .unwrap();
    let mut operation = user.update_asset(42, everything()).unwrap();
    // What comes back is random: it may be done, failed or still running.
    let polled = operation.poll();
    println!("the operation polled: {polled:?}");
    let polled = client.operation::<Asset>("operations/1").poll();
    println!("another one: {polled:?}");
}
