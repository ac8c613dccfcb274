//! Start and stop: ports, threads, clients that hang on. Threads and files are counted where `/proc` shows them.

use std::io::Read as _;
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::common::{FORM_TYPE, Raw};
use crate::ran_alone;
use rblx_open_cloud::sandbox::{Fault, Sandbox};

/// Threads of sandboxes are counted for the whole process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn threads() -> usize {
    let names = std::fs::read_dir("/proc/self/task").unwrap();
    let names =
        names.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.filter(|name| name.starts_with("sandbox-")).count()
}

/// The system forgets a thread a moment after it was joined.
fn assert_no_threads() {
    let deadline = Instant::now() + Duration::from_secs(20);
    while threads() > 0 && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert_eq!(threads(), 0);
}

fn stop_quickly(sandbox: Sandbox) {
    let start = Instant::now();
    drop(sandbox);
    let took = start.elapsed();
    // About 10 ms with 40 clients; the rest is for a machine that is busy. A client that is waited for takes longer.
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_no_threads();
}

#[test]
fn stops_without_clients() {
    let _alone = ALONE.lock();
    stop_quickly(Sandbox::start().unwrap());
}

#[test]
fn stops_with_idle_clients() {
    let _alone = ALONE.lock();
    let sandbox = Sandbox::start().unwrap();
    let mut clients: Vec<Raw> = (0..40).map(|_| Raw::connect(&sandbox)).collect();
    for client in clients.iter_mut().take(20) {
        assert_eq!(client.get("/cloud/v2/users/156").status, 200);
    }
    stop_quickly(sandbox);
    for mut client in clients {
        assert!(matches!(client.stream.read(&mut [0; 10]), Ok(0) | Err(_)));
    }
}

#[test]
fn stops_in_the_middle_of_requests() {
    let _alone = ALONE.lock();
    let sandbox = Sandbox::start().unwrap();
    let mut half_head = Raw::connect(&sandbox);
    half_head.send("GET /cloud/v2/us");
    let mut half_body = Raw::connect(&sandbox);
    let head = half_body.head(
        "POST",
        "/assets/v1/assets",
        &["content-length: 1000", FORM_TYPE],
    );
    half_body.send(head + "--xx");
    let mut half_chunk = Raw::connect(&sandbox);
    let head = half_chunk.head(
        "POST",
        "/assets/v1/assets",
        &["transfer-encoding: chunked", FORM_TYPE],
    );
    half_chunk.send(head + "ff\r\nabc");
    let mut lingering = Raw::connect(&sandbox);
    let head = lingering.head("POST", "/nowhere", &["content-length: 100000000"]);
    lingering.send(head);
    assert_eq!(lingering.reply().status, 404);
    sandbox.fail_next(Fault::never_respond());
    let mut silent = Raw::connect(&sandbox);
    silent.send(silent.head("GET", "/cloud/v2/users/156", &[]));
    while sandbox.requests().len() < 4 {
        std::thread::yield_now();
    }
    stop_quickly(sandbox);
}

#[test]
fn stops_while_a_client_floods_it_and_another_reads_nothing() {
    let _alone = ALONE.lock();
    let sandbox = Sandbox::start().unwrap();
    let mut flood = Raw::connect(&sandbox);
    flood.send(flood.head(
        "POST",
        "/assets/v1/assets",
        &[
            "content-length: 4000000000",
            "content-type: multipart/form-data; boundary=b",
        ],
    ));
    let flooding = std::thread::spawn(move || while flood.send(vec![b'x'; 65536]) {});
    let mut deaf = Raw::connect(&sandbox);
    let request = deaf.head(
        "GET",
        "/cloud/v2/users/156/inventory-items?maxPageSize=100",
        &[],
    );
    deaf.stream
        .set_write_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    while deaf.send(&request) {}
    stop_quickly(sandbox);
    flooding.join().unwrap();
}

#[test]
fn two_at_once_do_not_share() {
    let _alone = ALONE.lock();
    let (one, two) = (Sandbox::start().unwrap(), Sandbox::start().unwrap());
    assert_ne!(one.url(), two.url());
    assert_ne!(one.api_key(), two.api_key());
    one.add_group(77, "only here");
    assert_eq!(
        Raw::connect(&one)
            .get("/cloud/v2/groups/77/memberships")
            .status,
        200
    );
    assert_eq!(
        Raw::connect(&two)
            .get("/cloud/v2/groups/77/memberships")
            .status,
        404
    );
    assert_eq!((one.requests().len(), two.requests().len()), (1, 1));
}

#[test]
fn starts_again_and_again_without_leaks() {
    if ran_alone("sandbox_lifecycle::starts_again_and_again_without_leaks") {
        return;
    }
    let files = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let before = files();
    for _ in 0..50 {
        let sandbox = Sandbox::start().unwrap();
        assert_eq!(
            Raw::connect(&sandbox).get("/cloud/v2/users/156").status,
            200
        );
    }
    assert_no_threads();
    assert!(files() <= before + 1);
}

#[test]
fn ended_connections_free_their_descriptors() {
    if ran_alone("sandbox_lifecycle::ended_connections_free_their_descriptors") {
        return;
    }
    let sandbox = Sandbox::start().unwrap();
    let files = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let before = files();
    for _ in 0..100 {
        Raw::connect(&sandbox).get("/cloud/v2/users/156");
    }
    let deadline = Instant::now() + Duration::from_secs(20);
    while files() > before + 3 && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert!(files() <= before + 3, "{} then {}", before, files());
}

#[test]
fn port_and_key_can_be_chosen() {
    let _alone = ALONE.lock();
    let port: u16 = {
        let free = Sandbox::start().unwrap();
        free.url().rsplit(':').next().unwrap().parse().unwrap()
    };
    let sandbox = Sandbox::start_with_key(port, "my-key").unwrap();
    assert_eq!(sandbox.url(), format!("http://127.0.0.1:{port}"));
    assert_eq!(sandbox.api_key(), "my-key");
    assert!(Sandbox::start_on(port).is_err(), "the port is taken");
    assert!(!format!("{sandbox:?}").contains("my-key"));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
}

#[test]
fn is_send_and_sync() {
    fn check<T: Send + Sync + std::fmt::Debug>() {}
    check::<Sandbox>();
}
