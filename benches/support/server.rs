//! A server that costs as little as it can, for it shares the machine with what is measured: pages are rendered once.
//!
//! User `n` owns `n` items and is in `n` groups; nobody has the id 404. Uploads are read and thrown away.
//! `/connections` returns the number of connections so far, including its own.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const PAGE: usize = 100;
const TIME: &str = r#""addTime":"2023-07-05T12:34:56.123Z""#;
pub const USER: &str = r#"{"path":"users/156","createTime":"2006-03-08T14:01:02Z","id":"156","name":"builderman","displayName":"builderman","about":"Welcome to the Roblox profile!","locale":"en_us","premium":true}"#;
pub const NOT_FOUND: &str =
    r#"{"code":"NOT_FOUND","message":"The user does not exist.","details":[]}"#;
const OPERATION: &str = r#"{"path":"operations/173413781720","done":false}"#;

/// Items of a page: of ten, one badge, one game pass, one collectible and seven other assets.
pub fn inventory(count: usize) -> String {
    let item = |number: usize| {
        let path = format!(r#""path":"users/156/inventory-items/QVNTRVQ6MTIzNDU2Nzg5{number:06}""#);
        let id = 1_028_595 + number;
        let asset = |kind: &str, more: &str| {
            format!(
                r#"{{{path},"assetDetails":{{"assetId":"{id}","inventoryItemAssetType":"{kind}","instanceId":"173413781720"{more}}},{TIME}}}"#
            )
        };
        match number % 10 {
            0 => format!(r#"{{{path},"badgeDetails":{{"badgeId":"{id}"}},{TIME}}}"#),
            1 => format!(r#"{{{path},"gamePassDetails":{{"gamePassId":"{id}"}}}}"#),
            2 => asset(
                "HAT",
                r#","collectibleDetails":{"itemId":"521cca19-75bb-4e05-a0af-633b1532c24d","instanceId":"a8a27d38-ee51-4cf4-8b0a-485d0dfd8607","instanceState":"AVAILABLE","serialNumber":160}"#,
            ),
            _ => asset("CLASSIC_TSHIRT", ""),
        }
    };
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

pub fn memberships(count: usize) -> String {
    let item = |number: usize| {
        format!(
            r#"{{"path":"groups/{number}/memberships/MTU2","createTime":"2015-03-01T07:05:27Z","updateTime":"2023-07-05T12:34:56.123Z","user":"users/156","role":"groups/{number}/roles/99"}}"#
        )
    };
    (1..=count).map(item).collect::<Vec<_>>().join(",")
}

struct Bodies {
    inventory: String,
    memberships: String,
    connections: AtomicUsize,
}

/// Prints its URL and serves until it is killed.
pub fn run() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut output = std::io::stdout();
    writeln!(output, "http://{}", listener.local_addr()?)?;
    output.flush()?;
    let bodies = Arc::new(Bodies {
        inventory: inventory(PAGE),
        memberships: memberships(PAGE),
        connections: AtomicUsize::new(0),
    });
    for stream in listener.incoming().flatten() {
        bodies.connections.fetch_add(1, Ordering::Relaxed);
        let bodies = Arc::clone(&bodies);
        // The other side may leave in the middle of anything.
        std::thread::spawn(move || drop(serve(stream, &bodies)));
    }
    Ok(())
}

fn serve(stream: TcpStream, bodies: &Bodies) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::with_capacity(256 * 1024, stream);
    let (mut line, mut response) = (String::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = 0;
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length: ") {
                length = value.parse().unwrap_or_default();
            }
            // curl waits a second without it.
            if header == "expect: 100-continue" {
                writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            }
        }
        discard(&mut reader, length)?;
        respond(&target, bodies, &mut response);
        writer.write_all(response.as_bytes())?;
    }
}

fn discard(reader: &mut impl BufRead, mut length: usize) -> std::io::Result<()> {
    while length > 0 {
        let read = reader.fill_buf()?.len().min(length);
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        reader.consume(read);
        length -= read;
    }
    Ok(())
}

fn respond(target: &str, bodies: &Bodies, response: &mut String) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let user = || path.split('/').nth(4).and_then(|id| id.parse().ok());
    if path.ends_with("/inventory-items") {
        let total = user().unwrap_or_default();
        list(response, "inventoryItems", &bodies.inventory, query, total);
    } else if path.ends_with("/memberships") {
        // filter=user%20%3D%3D%20%27users%2F156%27
        let digits = |text: &str| text.split('%').next().and_then(|id| id.parse().ok());
        let total = query
            .split("users%2F")
            .nth(1)
            .and_then(digits)
            .unwrap_or_default();
        list(
            response,
            "groupMemberships",
            &bodies.memberships,
            query,
            total,
        );
    } else if path.starts_with("/assets/") {
        finish(response, "200 OK", &[OPERATION]);
    } else if path == "/connections" {
        let count = bodies.connections.load(Ordering::Relaxed).to_string();
        finish(response, "200 OK", &[&count]);
    } else if user() == Some(404) {
        finish(response, "404 Not Found", &[NOT_FOUND]);
    } else {
        finish(response, "200 OK", &[USER]);
    }
}

/// Writes whole pages: a list of 50 items is one of 100.
fn list(response: &mut String, key: &str, items: &str, query: &str, total: usize) {
    let start: usize = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("pageToken="))
        .and_then(|token| token.parse().ok())
        .unwrap_or_default();
    let next = start + PAGE;
    let token = if next < total {
        format!("{next:09}")
    } else {
        String::new()
    };
    let (begin, end) = (
        format!(r#"{{"{key}":["#),
        format!(r#"],"nextPageToken":"{token}"}}"#),
    );
    finish(response, "200 OK", &[&begin, items, &end]);
}

fn finish(response: &mut String, status: &str, body: &[&str]) {
    let length: usize = body.iter().map(|part| part.len()).sum();
    response.clear();
    // Writing into a text cannot fail.
    let _ = write!(
        response,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    for part in body {
        response.push_str(part);
    }
}
