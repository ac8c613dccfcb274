//! A download of 1 GiB holds no more than a small buffer. In a process of its own, for the peak is that of the process.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use crate::{peak_memory, ran_alone};
use allocation_counter::measure;
use rblx_open_cloud::{Client, DownloadOptions};

const GIBIBYTE: u64 = 1 << 30;
const MEBIBYTE: u64 = 1 << 20;

/// Reads a head, and returns its path.
fn path(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    Some(first.split(' ').nth(1)?.to_owned())
}

/// Starts a server that returns locations on itself, at which the piece is repeated as many times as the asset id says.
fn host(piece: Vec<u8>, encoding: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (here, piece) = (url.clone(), Arc::new(piece));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (here, piece) = (here.clone(), Arc::clone(&piece));
            thread::spawn(move || serve(stream, &here, &piece, encoding));
        }
    });
    url
}

fn serve(stream: TcpStream, here: &str, piece: &[u8], encoding: &str) {
    let mut reader = BufReader::new(stream);
    while let Some(path) = path(&mut reader) {
        let number = path.rsplit('/').next().unwrap().to_owned();
        let stream = reader.get_mut();
        if path.starts_with("/asset-delivery-api") {
            let body = format!(r#"{{"location":"{here}/cdn/{number}"}}"#);
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).unwrap();
            continue;
        }
        let times: u64 = number.parse().unwrap();
        let length = times * piece.len() as u64;
        let head = format!("HTTP/1.1 200 OK\r\n{encoding}content-length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..times {
            stream.write_all(piece).unwrap();
        }
    }
}

fn download(client: &Client, times: u64, length: u64) {
    let download = DownloadOptions::new().on_progress(|_, _| {});
    let got = client.asset(times).download_with(io::sink(), download);
    assert_eq!(got.unwrap(), length);
}

#[test]
fn a_gibibyte_takes_no_more_memory_than_a_mebibyte() {
    if ran_alone("download_memory::a_gibibyte_takes_no_more_memory_than_a_mebibyte") {
        return;
    }
    let url = host(vec![7; 1 << 20], "");
    let client = Client::builder("key").base_url(url).build().unwrap();
    download(&client, 1, MEBIBYTE);
    let before = peak_memory();
    let small = measure(|| download(&client, 1, MEBIBYTE));
    let large = measure(|| download(&client, 1024, GIBIBYTE));
    let grown = peak_memory() - before;
    assert!(grown < 2 * MEBIBYTE, "the peak grew by {grown} bytes");
    assert!(
        large.count_total <= small.count_total + 5,
        "{} allocations, and {} for a mebibyte",
        large.count_total,
        small.count_total
    );
    assert!(
        large.bytes_max < 200_000,
        "{} bytes at a time",
        large.bytes_max
    );

    #[cfg(feature = "gzip")]
    {
        // Several members in a row are one content.
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&vec![7; 1 << 20]).unwrap();
        let url = host(encoder.finish().unwrap(), "content-encoding: gzip\r\n");
        let client = Client::builder("key").base_url(url).build().unwrap();
        download(&client, 1, MEBIBYTE);
        let before = peak_memory();
        download(&client, 200, 200 * MEBIBYTE);
        let grown = peak_memory() - before;
        assert!(grown < 2 * MEBIBYTE, "the peak grew by {grown} bytes");
    }
}
