//! An upload of 1 GiB, and a place of 200 MiB, hold no more than a small buffer. In a process of its own, for the peak is that of the process.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use crate::{peak_memory, ran_alone};
use rblx_open_cloud::models::{AssetType, AssetUpload};
use rblx_open_cloud::{AssetFile, Client};

const GIBIBYTE: u64 = 1 << 30;
const MEBIBYTE: u64 = 1 << 20;

/// Receives one upload, responds with this body, and returns the declared and the received number of bytes.
fn sink(body: &'static str) -> (String, JoinHandle<(u64, u64)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::with_capacity(1 << 16, stream);
        let mut declared = 0;
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap() > 2 {
            if let Some(length) = line.to_lowercase().strip_prefix("content-length: ") {
                declared = length.trim().parse().unwrap();
            }
            line.clear();
        }
        let came = io::copy(&mut reader.by_ref().take(declared), &mut io::sink()).unwrap();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        reader
            .get_mut()
            .write_all(format!("{head}{body}").as_bytes())
            .unwrap();
        // Bytes after the declared length would belong to another request.
        let surplus = io::copy(&mut reader, &mut io::sink()).unwrap();
        (declared, came + surplus)
    });
    (url, thread)
}

fn upload(length: u64) {
    let (url, sink) = sink(r#"{"path":"operations/1","done":false}"#);
    let client = Client::builder("key").base_url(url).build().unwrap();
    let file = AssetFile::reader("video.mp4", length, io::repeat(7).take(length));
    let upload = AssetUpload::new(AssetType::Video, "n", "d", file);
    client.user(1).upload_asset(upload).map(drop).unwrap();
    let (declared, came) = sink.join().unwrap();
    assert_eq!(declared, came, "the length was exact");
    assert!(declared > length && declared < length + 1000);
}

#[test]
fn a_gibibyte_takes_no_more_memory_than_a_mebibyte() {
    if ran_alone("upload_memory::a_gibibyte_takes_no_more_memory_than_a_mebibyte") {
        return;
    }
    upload(MEBIBYTE);
    let before = peak_memory();
    upload(GIBIBYTE);
    let grown = peak_memory() - before;
    assert!(grown < 2 * MEBIBYTE, "the peak grew by {grown} bytes");
}

fn publish(length: u64) {
    let (url, sink) = sink(r#"{"versionNumber":7}"#);
    let client = Client::builder("key").base_url(url).build().unwrap();
    let start = io::Cursor::new(b"<roblox!\x89\xFF\r\n\x1A\n");
    let file = AssetFile::reader("game.rbxl", length, start.chain(io::repeat(7)).take(length));
    let version = client.universe(1).place(2).publish(file).unwrap();
    assert_eq!(version, 7);
    assert_eq!(
        sink.join().unwrap(),
        (length, length),
        "the length was exact"
    );
}

#[test]
fn a_place_of_200_mebibytes_takes_no_more_memory_than_a_small_one() {
    if ran_alone("upload_memory::a_place_of_200_mebibytes_takes_no_more_memory_than_a_small_one") {
        return;
    }
    publish(MEBIBYTE);
    let before = peak_memory();
    publish(200 * MEBIBYTE);
    let grown = peak_memory() - before;
    assert!(grown < 2 * MEBIBYTE, "the peak grew by {grown} bytes");
}
