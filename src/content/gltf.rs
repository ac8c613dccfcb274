//! Checks glTF models: everything that a model refers to must be in its file.

use std::io::Read;

use serde::Deserialize;

use crate::asset_file::AssetFile;
use crate::file_io::read_up_to;
use crate::json;

/// The parts of a glTF file that may be in other files.
#[derive(Deserialize)]
struct Gltf {
    #[serde(default)]
    buffers: Vec<Resource>,
    #[serde(default)]
    images: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    uri: Option<String>,
}

/// A fault of a glTF file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It ends in the middle of its JSON.
    Cut,
    NotJson,
    /// It refers to this file.
    External(String),
}

/// Finds a certain fault of a glTF file. Unknown structures are accepted.
pub(super) fn find_fault(content: &mut AssetFile) -> Option<Fault> {
    let mut text = Vec::new();
    // A file that cannot be read is reported when it is sent.
    read_up_to(usize::MAX, &mut text, &mut |buffer| content.read(buffer)).ok()?;
    let content = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    match json::from_str::<Gltf>(&String::from_utf8_lossy(content)) {
        Ok(gltf) => find_external_file(gltf),
        Err(error) if error.is_eof() => Some(Fault::Cut),
        Err(error) if error.is_syntax() && !error.to_string().contains("recursion") => {
            Some(Fault::NotJson)
        }
        Err(_) => None,
    }
}

fn find_external_file(gltf: Gltf) -> Option<Fault> {
    let resources = gltf.buffers.into_iter().chain(gltf.images);
    let mut files = resources
        .filter_map(|resource| resource.uri)
        .filter(|uri| !uri.trim_start().to_ascii_lowercase().starts_with("data:"));
    files.next().map(Fault::External)
}

/// Returns the length in the header of a binary glTF file, in bytes.
pub(super) fn declared_length(start: &[u8]) -> Option<u64> {
    let length: [u8; 4] = start.get(8..12)?.try_into().ok()?;
    Some(u64::from(u32::from_le_bytes(length)))
}
