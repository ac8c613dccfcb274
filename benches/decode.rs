//! Decoding: items and pages by the public models, compared with those of a hand-written client; and the bodies of errors.
#![allow(
    clippy::expect_used,
    reason = "support of a benchmark: a failure is a panic"
)]

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use rblx_open_cloud::models::{GroupMembership, InventoryItem, User};
use serde::de::DeserializeOwned;
use serde::de::IgnoredAny;
use serde_json::Value;
use support::{Server, by_hand, server};

fn decode<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("what the server sends")
}

fn pages(criterion: &mut Criterion) {
    let text = format!("[{}]", server::inventory(100));
    let mut group = criterion.benchmark_group("decode/inventory of 100");
    group.throughput(Throughput::Elements(100));
    group.bench_function("models", |bencher| {
        bencher.iter(|| decode::<Vec<InventoryItem>>(black_box(&text)));
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| decode::<Vec<by_hand::Item>>(black_box(&text)));
    });
    group.bench_function("Value", |bencher| {
        bencher.iter(|| decode::<Value>(black_box(&text)));
    });
    group.bench_function("ignored", |bencher| {
        bencher.iter(|| decode::<IgnoredAny>(black_box(&text)));
    });
    group.finish();

    let text = format!("[{}]", server::memberships(100));
    let mut group = criterion.benchmark_group("decode/memberships of 100");
    group.throughput(Throughput::Elements(100));
    group.bench_function("models", |bencher| {
        bencher.iter(|| decode::<Vec<GroupMembership>>(black_box(&text)));
    });
    group.finish();

    let mut group = criterion.benchmark_group("decode/user");
    group.bench_function("models", |bencher| {
        bencher.iter(|| decode::<User>(black_box(server::USER)));
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| decode::<by_hand::User>(black_box(server::USER)));
    });
    group.finish();
}

/// Errors are decoded inside a call, so the call is measured.
fn errors(criterion: &mut Criterion) {
    let server = Server::start();
    let client = server.client();
    criterion.bench_function("decode/error of a call", |bencher| {
        bencher.iter(|| client.user(404).get().expect_err("nobody has this id"));
    });
}

fn main() {
    support::run(|criterion| {
        pages(criterion);
        errors(criterion);
    });
}
