//! Checks files before they are published as places.

use super::formats::{BINARY_PLACE, Format, XML_PLACE, format_of_content};
use super::{extension, mismatch, read_start, rejected};
use crate::asset_file::AssetFile;
use crate::error::Result;

/// Returns the content type of a place by its first bytes, not by its name.
///
/// Rejects files that are certainly not places, and files with the extension of another format.
pub(crate) fn place_content_type(file: &mut AssetFile) -> Result<&'static str> {
    let start = read_start(file)?;
    let name = file.name();
    let (content, content_type) = if BINARY_PLACE.is_possible(&start) {
        (BINARY_PLACE, "application/octet-stream")
    } else if XML_PLACE.is_possible(&start) {
        (XML_PLACE, "application/xml")
    } else {
        return Err(rejected(name, &fault(&start)));
    };
    match name_fault(extension(name), &content) {
        Some(why) => Err(rejected(name, &why)),
        None => Ok(content_type),
    }
}

fn name_fault(extension: &str, content: &Format) -> Option<String> {
    let extension = extension.to_ascii_lowercase();
    match extension.as_str() {
        // Only the extension distinguishes a model from a place.
        "rbxm" | "rbxmx" => Some(
            "is a model by its extension, not a place; export the place as rbxl or rbxlx"
                .to_owned(),
        ),
        "rbxl" | "rbxlx" if !content.has_extension(&extension) => Some(format!(
            "is {} by its content; give it the extension {}",
            content.name,
            content.extensions.join(" or ")
        )),
        _ => None,
    }
}

/// Describes a file that is not a place.
fn fault(start: &[u8]) -> String {
    match format_of_content(start) {
        Some(other) => format!("is {} by its content; a place is rbxl or rbxlx", other.name),
        None if start.starts_with(b"<roblox") => mismatch(&BINARY_PLACE, start),
        None => "is not a Roblox place by its content: rbxl or rbxlx is expected".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{AssetFile, place_content_type};

    const BINARY: &[u8] = b"<roblox!\x89\xFF\r\n\x1A\n\0\0";
    const XML: &[u8] = b"<roblox version=\"4\">";

    fn check(name: &str, content: &[u8]) -> Result<&'static str, String> {
        let mut file = AssetFile::bytes(name, content);
        place_content_type(&mut file).map_err(|error| error.to_string())
    }

    #[test]
    fn the_content_type_follows_from_the_content() {
        for (name, content, content_type) in [
            ("game.rbxl", BINARY, "application/octet-stream"),
            ("GAME.RBXL", BINARY, "application/octet-stream"),
            ("build.tmp", BINARY, "application/octet-stream"),
            ("game.rbxlx", XML, "application/xml"),
            ("game", XML, "application/xml"),
            (
                "game.rbxlx",
                b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- a --><roblox>",
                "application/xml",
            ),
        ] {
            assert_eq!(check(name, content), Ok(content_type), "{name}");
        }
    }

    #[test]
    fn files_that_are_not_places_are_rejected_with_a_reason() {
        let changed: &[u8] = b"<roblox!\x89\xFF\n\x1A\n\0\0";
        for (name, content, why) in [
            ("game.rbxl", &b""[..], "is empty"),
            (
                "game.rbxl",
                b"version https://git-lfs.github.com/spec/v1\n",
                "Git LFS pointer",
            ),
            (
                "game.rbxl",
                XML,
                "is an XML Roblox place by its content; give it the extension rbxlx",
            ),
            (
                "game.rbxlx",
                BINARY,
                "is a binary Roblox place by its content; give it the extension rbxl",
            ),
            ("tree.rbxm", BINARY, "is a model by its extension"),
            ("tree.rbxmx", XML, "is a model by its extension"),
            ("game.rbxl", changed, "before its line endings were changed"),
            ("game.rbxl", b"<roblox!\x89", "is cut short"),
            (
                "game.rbxl",
                b"<!DOCTYPE html><html>",
                "is an HTML page by its content",
            ),
            (
                "game.rbxl",
                b"\x89PNG\r\n\x1a\n",
                "is a PNG picture by its content",
            ),
            ("game.rbxlx", b"<xml>", "is not a Roblox place"),
            ("game.rbxl", b"game", "is not a Roblox place"),
        ] {
            let error = check(name, content).err().unwrap_or_default();
            assert!(error.contains(why), "{name}: {error}");
        }
    }
}
