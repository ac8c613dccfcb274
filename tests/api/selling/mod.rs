//! Products, passes and badges: forms and responses.

mod errors;
mod forms;
mod repetition;
mod responses;

use crate::form::{self, Part};
use crate::support::{MockServer, ok};
use rblx_open_cloud::{AssetFile, Client};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0binary \r\n--x\r\n";

/// A response that every call can decode.
const SUCCESS: &str = r#"{"productId":1,"gamePassId":2,"id":3,"name":"n","targetId":4}"#;

fn icon() -> AssetFile {
    AssetFile::bytes("a \"b\".png", PNG.to_vec())
}

/// Returns the request of a call: method and path, and the parts of its form as an independent parser reads them.
fn sent(call: impl FnOnce(&Client)) -> (String, Vec<Part>) {
    let peer = MockServer::replying([ok(SUCCESS)]);
    call(&peer.client());
    let requests = peer.requests();
    assert_eq!(requests.len(), 1, "one request");
    let request = &requests[0];
    let content_type = request.header("content-type").unwrap();
    let parts = form::parts(content_type, &request.body);
    (format!("{} {}", request.method, request.target), parts)
}

/// The text parts of a form, in one line each.
fn texts(parts: &[Part]) -> Vec<String> {
    let texts = parts.iter().filter(|part| part.file_name.is_none());
    texts
        .map(|part| {
            assert_eq!(part.content_type, None, "{}", part.name);
            let text = String::from_utf8(part.content.clone()).unwrap();
            format!("{}={text}", part.name)
        })
        .collect()
}

/// The name of the part that holds the icon, which arrives as it is.
fn icon_part(parts: &[Part]) -> Option<&str> {
    let mut files = parts.iter().filter(|part| part.file_name.is_some());
    let file = files.next()?;
    assert!(files.next().is_none(), "one file");
    assert_eq!(file.file_name.as_deref(), Some("a %22b%22.png"));
    assert_eq!(file.content_type.as_deref(), Some("image/png"));
    assert_eq!(file.content, PNG);
    Some(&file.name)
}
