//! Whole lists from a server in another process, compared with the hand-written loop. The time includes the server;
//! `benches/peers` compares the time on the processor of this side alone.
#![allow(
    clippy::expect_used,
    reason = "support of a benchmark: a failure is a panic"
)]

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use rblx_open_cloud::models::InventoryFilter;
use support::{Server, by_hand};

fn lists(criterion: &mut Criterion) {
    let server = Server::start();
    let client = server.client();
    let agent = ureq::Agent::new_with_defaults();
    for items in [1_000, 20_000_u64] {
        let mut group = criterion.benchmark_group(format!("paging/inventory of {items}"));
        group.throughput(Throughput::Elements(items));
        group.bench_function("items", |bencher| {
            bencher.iter(|| {
                for item in client.user(items).list_inventory(InventoryFilter::all()) {
                    black_box(item.expect("an item"));
                }
            });
        });
        group.bench_function("pages", |bencher| {
            bencher.iter(|| {
                let list = client.user(items).list_inventory(InventoryFilter::all());
                for page in list.pages() {
                    black_box(page.expect("a page"));
                }
            });
        });
        group.bench_function("by hand", |bencher| {
            bencher.iter(|| by_hand::list(&agent, &server.url, items).expect("a list"));
        });
        group.finish();
    }
    let mut group = criterion.benchmark_group("paging/groups of 1000");
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("items", |bencher| {
        bencher.iter(|| {
            for membership in client.user(1_000).list_groups() {
                black_box(membership.expect("a membership"));
            }
        });
    });
    group.finish();
}

fn main() {
    support::run(lists);
}
