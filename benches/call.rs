//! One call: on an open connection and with a new client, compared with bare ureq and serde.
#![allow(
    clippy::expect_used,
    reason = "support of a benchmark: a failure is a panic"
)]

mod support;

use criterion::Criterion;
use support::{Server, by_hand};

fn calls(criterion: &mut Criterion) {
    let server = Server::start();
    let client = server.client();
    let agent = ureq::Agent::new_with_defaults();
    let mut group = criterion.benchmark_group("call/warm");
    group.bench_function("user.get", |bencher| {
        bencher.iter(|| client.user(156).get().expect("a user"));
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| by_hand::user(&agent, &server.url).expect("a user"));
    });
    group.finish();

    let mut group = criterion.benchmark_group("call/new client");
    group.bench_function("user.get", |bencher| {
        bencher.iter(|| server.client().user(156).get().expect("a user"));
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| {
            let agent = ureq::Agent::new_with_defaults();
            by_hand::user(&agent, &server.url).expect("a user")
        });
    });
    group.finish();
}

fn main() {
    support::run(calls);
}
