//! Uploads to a server in another process that throws them away.
#![allow(
    clippy::expect_used,
    reason = "support of a benchmark: a failure is a panic"
)]

mod support;

use std::io::Read;

use criterion::{Criterion, Throughput};
use rblx_open_cloud::AssetFile;
use rblx_open_cloud::models::{AssetType, AssetUpload};
use support::Server;

fn uploads(criterion: &mut Criterion) {
    let server = Server::start();
    let client = server.client();
    for mebibytes in [1, 64_u64] {
        let length = mebibytes << 20;
        let mut group = criterion.benchmark_group(format!("upload/{mebibytes} MiB"));
        group.throughput(Throughput::Bytes(length));
        group.bench_function("reader", |bencher| {
            bencher.iter(|| {
                let content = std::io::repeat(7).take(length);
                let file = AssetFile::reader("video.mp4", length, content);
                let upload = AssetUpload::new(AssetType::Video, "Name", "Description", file);
                let operation = client.user(156).upload_asset(upload);
                operation.map(drop).expect("an operation");
            });
        });
        group.finish();
    }
}

fn main() {
    support::run(uploads);
}
