//! Making requests: a list that is not fetched shows what path template, filter and query cost; an upload of a byte
//! and an update without a file show what a form costs, over a new connection each time.
#![allow(
    clippy::expect_used,
    reason = "support of a benchmark: a failure is a panic"
)]

mod support;

use std::hint::black_box;

use criterion::Criterion;
use rblx_open_cloud::AssetFile;
use rblx_open_cloud::models::{
    AssetType, AssetUpdate, AssetUpload, InventoryAssetType, InventoryFilter,
};
use support::Server;

fn targets(criterion: &mut Criterion) {
    let client = rblx_open_cloud::Client::new("key").expect("a client");
    let mut group = criterion.benchmark_group("request/target");
    group.bench_function("no filter", |bencher| {
        bencher.iter(|| client.user(156).list_inventory(InventoryFilter::all()));
    });
    group.bench_function("filter by type", |bencher| {
        bencher.iter(|| {
            let filter = InventoryFilter::by_type()
                .asset_types([InventoryAssetType::Hat])
                .badges();
            client.user(156).list_inventory(filter.only_collectibles())
        });
    });
    group.bench_function("filter by 100 ids", |bencher| {
        bencher.iter(|| {
            let filter = InventoryFilter::by_id().assets(black_box(1_000_000..1_000_100_u64));
            client.user(156).list_inventory(filter)
        });
    });
    group.finish();
}

fn forms(criterion: &mut Criterion) {
    let server = Server::start();
    let client = server.client();
    let mut group = criterion.benchmark_group("request/form");
    group.bench_function("upload of a byte", |bencher| {
        bencher.iter(|| {
            let file = AssetFile::bytes("icon.tga", vec![7]);
            let upload = AssetUpload::new(AssetType::Decal, "Name", "Description", file);
            let operation = client.user(156).upload_asset(upload);
            operation.map(drop).expect("an operation");
        });
    });
    group.bench_function("update of a name", |bencher| {
        bencher.iter(|| {
            let update = AssetUpdate::new().display_name("Name");
            let operation = client.user(156).update_asset(7, update);
            operation.map(drop).expect("an operation");
        });
    });
    group.finish();
}

fn main() {
    support::run(|criterion| {
        targets(criterion);
        forms(criterion);
    });
}
