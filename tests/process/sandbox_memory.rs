//! Memory use of a large upload. In a process of its own, as the memory is measured.

use std::time::Duration;

use crate::common::{BOUNDARY, FORM_TYPE, Raw, decal, form};
use crate::{peak_memory, ran_alone};
use rblx_open_cloud::sandbox::Sandbox;

#[test]
fn a_large_file_is_counted_and_not_kept() {
    if ran_alone("sandbox_memory::a_large_file_is_counted_and_not_kept") {
        return;
    }
    let sandbox = Sandbox::start().unwrap();
    sandbox.polls_until_done(0);
    let mut raw = Raw::connect(&sandbox);
    raw.stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let size = 200 << 20;
    let around = form(
        &decal("big").replace("Decal", "Video"),
        Some(("v.mp4", "video/mp4", b"")),
    );
    let end = format!("\r\n--{BOUNDARY}--\r\n").len();
    let (start, end) = around.split_at(around.len() - end);
    let before = peak_memory();
    raw.send(raw.head(
        "POST",
        "/assets/v1/assets",
        &[
            &format!("content-length: {}", around.len() + size),
            FORM_TYPE,
        ],
    ));
    raw.send(start);
    let piece = vec![b'-'; 1 << 20];
    for _ in 0..size / piece.len() {
        assert!(raw.send(&piece));
    }
    raw.send(end);
    let reply = raw.reply();
    assert_eq!(reply.status, 200);
    let upload = &sandbox.uploads()[0];
    assert_eq!(
        (upload.content_length(), upload.content().len()),
        (size as u64, 0)
    );
    let id = reply.json()["response"]["assetId"].clone();
    let target = format!("/asset-delivery-api/v1/assetId/{}", id.as_str().unwrap());
    let location = raw.get(&target).json();
    assert_eq!(
        location["errors"][0]["code"], 404,
        "the content was not kept"
    );
    let grown = peak_memory() - before;
    assert!(grown < 24 << 20, "{grown} bytes more");
}
