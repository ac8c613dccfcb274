//! A strict parser of multipart/form-data by RFC 7578 and RFC 2046, independent of the writer.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "support of tests: a failure is a panic"
)]

#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
    pub content: Vec<u8>,
}

/// The parts of a body, by name.
pub fn parts(content_type: &str, body: &[u8]) -> Vec<Part> {
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap()
        .trim_matches('"');
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter may be at the very beginning.
    let mut rest = [b"\r\n", body].concat();
    let mut parts = Vec::new();
    let start = find(&rest, delimiter.as_bytes()).unwrap();
    assert!(
        rest[..start].iter().all(u8::is_ascii_whitespace),
        "nothing before the first part"
    );
    rest.drain(..start + delimiter.len());
    while !rest.starts_with(b"--") {
        assert!(rest.starts_with(b"\r\n"), "a delimiter ends its line");
        let end = find(&rest, delimiter.as_bytes()).expect("a closing delimiter");
        let part: Vec<u8> = rest.drain(..end).collect();
        rest.drain(..delimiter.len());
        let head_end = find(&part, b"\r\n\r\n").unwrap();
        let head = String::from_utf8(part[2..head_end].to_vec()).unwrap();
        parts.push(part_of(&head, part[head_end + 4..].to_vec()));
    }
    assert!(
        rest == b"--" || rest == b"--\r\n",
        "nothing after the last part"
    );
    parts
}

fn part_of(head: &str, content: Vec<u8>) -> Part {
    let header = |name: &str| {
        head.split("\r\n").find_map(|line| {
            let (known, value) = line.split_once(':').unwrap();
            known
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let disposition = header("content-disposition").unwrap();
    let parameter = |name: &str| {
        let (_, value) = disposition.split_once(&format!("; {name}=\""))?;
        Some(value.split_once('"').unwrap().0.to_owned())
    };
    assert!(disposition.starts_with("form-data; "));
    Part {
        name: parameter("name").unwrap(),
        file_name: parameter("filename"),
        content_type: header("content-type"),
        content,
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
