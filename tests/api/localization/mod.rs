//! Localization: requests, responses, and partial failures.

mod errors;
mod requests;
mod responses;
mod tables;

use rblx_open_cloud::AssetFile;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0binary \r\n--x\r\n";

fn image() -> AssetFile {
    AssetFile::bytes("a.png", PNG.to_vec())
}
