//! The files that are sent and those that are rejected, as a table.
#![allow(
    clippy::panic,
    clippy::too_many_lines,
    reason = "a failed test is a panic, and a table is long"
)]

use super::{AssetFile, check_content};
use crate::models::AssetType;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const RBXM: &[u8] = b"<roblox!\x89\xff\r\n\x1a\n\0\0";

/// The reason why a file is rejected; empty if it is sent.
fn reason(asset_type: &AssetType, name: &str, content: &[u8]) -> String {
    let accepted = asset_type.extensions();
    let mut file = AssetFile::bytes(name, content);
    match check_content(&mut file, asset_type.as_str(), &accepted) {
        Ok(()) => String::new(),
        Err(error) => error.message().to_owned(),
    }
}

#[test]
fn everything_else_is_sent() {
    let comment = format!("<!-- {} --><roblox version=\"4\">", "x".repeat(5000));
    let rows: &[(AssetType, &str, &[u8])] = &[
        (AssetType::Image, "a.png", PNG),
        (AssetType::Image, "a.PNG", PNG),
        (AssetType::Decal, "a.jpg", b"\xFF\xD8\xFF\xE0"),
        (AssetType::Decal, "a.jpeg", b"\xFF\xD8\xFF"),
        (AssetType::Image, "a.bmp", b"BM"),
        (AssetType::Image, "a.tga", b"\0\0\x02"),
        (AssetType::Audio, "a.mp3", b"ID3"),
        (AssetType::Audio, "a.mp3", b"\xFF\xFB\x90"),
        (AssetType::Audio, "a.mp3", b"BMore bytes, not a bitmap"),
        (AssetType::Audio, "a.flac", b"ID3\x04\0\0\0\0\0\0fLaC"),
        (AssetType::Audio, "a.flac", b"fLaC"),
        (AssetType::Audio, "a.ogg", b"OggS"),
        (AssetType::Audio, "a.wav", b"RIFF\0\0\0\0WAVEfmt "),
        (AssetType::Audio, "a.wav", b"RF64\xFF\xFF\xFF\xFFWAVEds64"),
        (AssetType::Model, "a.fbx", b"; FBX 7.4.0"),
        (AssetType::Model, "a.fbx", b"Kaydara FBX Binary  \0"),
        (AssetType::Model, "a.fbx", &[1, 2, 3]),
        (AssetType::Model, "a.glb", b"glTF\x02\0\0\0\x0C\0\0\0"),
        (AssetType::Model, "a.gltf", b"\n {\"asset\":{}}"),
        (
            AssetType::Model,
            "a.gltf",
            b"{\"buffers\":[{\"uri\":\"data:application/octet-stream;base64,AA==\"}]}",
        ),
        (AssetType::Model, "a.gltf", b"{\"buffers\":{\"odd\":1}}"),
        (AssetType::Model, "a.rbxm", RBXM),
        (AssetType::Animation, "a.rbxm", RBXM),
        (AssetType::Model, "a.rbxmx", b"\xEF\xBB\xBF<roblox xmlns"),
        (AssetType::Model, "a.rbxmx", b"<roblox>"),
        (AssetType::Model, "a.rbxmx", b"<roblox\n version=\"4\">"),
        (
            AssetType::Model,
            "a.rbxmx",
            b"\r\n<?xml version=\"1.0\"?>\n\n<!-- by hand --><!-- > -->\n<roblox version=\"4\">",
        ),
        (AssetType::Model, "a.rbxmx", comment.as_bytes()),
        (
            AssetType::Model,
            "a.rbxmx",
            b"<?xml version=\"1.0\"?><!DOCTYPE roblox><roblox>",
        ),
        (
            AssetType::Model,
            "a.rbxmx",
            b"<!DOCTYPE roblox [<!ELEMENT a (b)> <!ENTITY c \">\">]>\n<roblox>",
        ),
        (
            AssetType::Model,
            "a.rbxmx",
            b"<!DOCTYPE roblox SYSTEM \"a>b\"><?pi > ?><roblox/>",
        ),
        (AssetType::Video, "a.mp4", b"\0\0\0\x18ftypmp42"),
        (AssetType::Video, "a.mp4", b"\0\0\0\x18ftypM4A "),
        (AssetType::Video, "a.mov", b"\0\0\0\x14ftypqt  "),
        (AssetType::Video, "a.mov", b"\0\0\0\x14moov"),
        (AssetType::Mesh, "a.mesh", b"version 4.01\n\0\0"),
        (AssetType::Mesh, "a.mesh", b"version 1.00\r\n"),
        (AssetType::Image, "a.hologram", b"?"),
        (AssetType::from("Hat"), "a.png", b"?"),
    ];
    for (asset_type, name, content) in rows {
        assert_eq!(reason(asset_type, name, content), "", "{name} {content:?}");
    }
}

#[test]
fn certain_mistakes_are_rejected_with_advice() {
    let lfs: &[u8] = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let rows: &[(AssetType, &str, &[u8], &str)] = &[
        (AssetType::Image, "a.png", b"", "is empty"),
        (AssetType::from("Hat"), "a", b"", "is empty"),
        (AssetType::Image, "a.png", lfs, "is a Git LFS pointer"),
        (AssetType::Mesh, "rock.mesh", lfs, "run `git lfs pull`"),
        (AssetType::Model, "a.fbx", lfs, "is a Git LFS pointer"),
        (AssetType::Audio, "a.mp3", lfs, "is a Git LFS pointer"),
        (AssetType::from("Hat"), "a", lfs, "is a Git LFS pointer"),
        (
            AssetType::Image,
            "a.png",
            b"\xFF\xD8\xFF",
            "is a JPEG picture by its content; give it the extension jpg or jpeg",
        ),
        (
            AssetType::Image,
            "a.tga",
            PNG,
            "is a PNG picture by its content; give it the extension png",
        ),
        (
            AssetType::Image,
            "a.png",
            b"GIF89a",
            "is a GIF picture by its content, which is not accepted for Image; convert it to a png",
        ),
        (
            AssetType::Decal,
            "a.jpg",
            b"RIFF\0\0\0\0WEBPVP8 ",
            "is a WebP picture",
        ),
        (
            AssetType::Decal,
            "a.png",
            b"\0\0\0\x20ftypavif",
            "is an AVIF picture",
        ),
        (
            AssetType::Decal,
            "a.png",
            b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf",
            "is an AVIF picture",
        ),
        (
            AssetType::Decal,
            "a.jpg",
            b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic",
            "is a HEIC picture by its content, which is not accepted for Decal; convert it to a png",
        ),
        (
            AssetType::Video,
            "a.mp4",
            b"\0\0\0\x14ftypmif1\0\0\0\0mif1avif",
            "is a HEIF picture",
        ),
        (
            AssetType::Decal,
            "a.png",
            b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom",
            "is a camera's raw picture",
        ),
        (
            AssetType::Audio,
            "a.mp3",
            b"\0\0\0\x1Cftypisom\0\0\x02\0isomiso2mp41",
            "is an MP4 or MOV video by its content; Audio accepts mp3, ogg, wav, flac",
        ),
        (
            AssetType::Image,
            "a.png",
            b"hello",
            "is not a PNG picture by its content",
        ),
        (
            AssetType::Image,
            "a.png",
            b"\x89PN",
            "is cut short: it has the first 3 bytes",
        ),
        (
            AssetType::Image,
            "a.png",
            b"\x89PNG\n\x1a\n\0",
            "line endings were changed",
        ),
        (
            AssetType::Image,
            "a.png",
            b"OggS",
            "is an Ogg file by its content; Image accepts png, jpeg, jpg, bmp, tga",
        ),
        (
            AssetType::Audio,
            "a.mp3",
            b"OggS",
            "is an Ogg file by its content; give it the extension ogg",
        ),
        (
            AssetType::Audio,
            "a.mp3",
            b"\0\0\0\x18ftypM4A ",
            "is an M4A sound by its content, which is not accepted for Audio; convert it to an mp3",
        ),
        (AssetType::Audio, "a.wav", b"OggS", "is an Ogg file"),
        (
            AssetType::Audio,
            "a.wav",
            b"RIFF\0\0\0\0AVI LIST",
            "is an AVI video",
        ),
        (
            AssetType::Video,
            "a.mp4",
            b"\x1A\x45\xDF\xA3",
            "is a WebM or Matroska video by its content, which is not accepted for Video; convert it to an mp4",
        ),
        (
            AssetType::Video,
            "a.mp4",
            b"\0\0\0\x20ftypheic",
            "is a HEIC picture",
        ),
        (
            AssetType::Model,
            "a.rbxm",
            b"<roblox xmlns",
            "is an XML Roblox model by its content; give it the extension rbxmx",
        ),
        (
            AssetType::Model,
            "a.rbxmx",
            RBXM,
            "give it the extension rbxm",
        ),
        (
            AssetType::Model,
            "a.rbxm",
            b"<roblox!\x89\xff\n\x1a\n\0\0\0\0",
            "line endings were changed",
        ),
        (
            AssetType::Model,
            "a.rbxm",
            b"<roblox!\x89\xff\r\r\n\x1a\r\n\0\0",
            "line endings were changed",
        ),
        (
            AssetType::Model,
            "a.rbxm",
            b"<roblox!\x89\xff\r\n\x1a\r\n\0\0",
            "line endings were changed",
        ),
        (
            AssetType::Model,
            "a.rbxm",
            b"<roblox!",
            "is cut short: it has the first 8 bytes",
        ),
        (
            AssetType::Model,
            "a.rbxm",
            b"<roblox!\xEF\xBF\xBD\xEF\xBF\xBD\r\n",
            "may be damaged",
        ),
        (
            AssetType::Model,
            "a.rbxmx",
            b"<?xml version=\"1.0\"?><svg>",
            "is not an XML Roblox model",
        ),
        (
            AssetType::Model,
            "a.rbxmx",
            b"<robloxes>",
            "is not an XML Roblox model",
        ),
        (
            AssetType::Model,
            "a.glb",
            b"glTF\x02\0\0\0\x0D\0\0\0",
            "has 12 of the 13 bytes",
        ),
        (
            AssetType::Model,
            "a.gltf",
            b"{\"buffers\":[{\"uri\":\"rock.bin\"}]}",
            "export it as glb",
        ),
        (
            AssetType::Model,
            "a.gltf",
            b"{\"images\":[{\"uri\":\"rock.png\"}]}",
            "\"rock.png\"",
        ),
        (
            AssetType::Model,
            "a.gltf",
            b"{\"buffers\":[",
            "is cut short",
        ),
        (AssetType::Model, "a.gltf", b"{buffers}", "it is not JSON"),
        (AssetType::Model, "a.gltf", b"scene", "is not a glTF model"),
        (
            AssetType::Model,
            "a.fbx",
            b"PK\x03\x04",
            "is a ZIP archive by its content; unpack it first",
        ),
        (
            AssetType::Model,
            "a.fbx",
            b"\n<!DOCTYPE HTML><html>",
            "is an HTML page",
        ),
        (
            AssetType::Mesh,
            "a.mesh",
            b"version https",
            "is not a Roblox mesh",
        ),
        (
            AssetType::Mesh,
            "a.mesh",
            b"version 4.0",
            "is not a Roblox mesh",
        ),
    ];
    for (asset_type, name, content, why) in rows {
        let reason = reason(asset_type, name, content);
        assert!(reason.contains(why), "{name} {content:?}: {reason:?}");
    }
}

#[test]
fn a_reader_is_not_read_beyond_its_length() {
    let mut file = AssetFile::reader("a.png", 8, PNG.chain_endless());
    assert!(check_content(&mut file, "Image", &["png"]).is_ok());
}

trait Endless {
    /// These bytes, then a reader that must not be read.
    fn chain_endless(&'static self) -> Box<dyn std::io::Read + Send>;
}

impl Endless for [u8] {
    fn chain_endless(&'static self) -> Box<dyn std::io::Read + Send> {
        struct Never;
        impl std::io::Read for Never {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                panic!("read beyond the length")
            }
        }
        Box::new(std::io::Read::chain(self, Never))
    }
}
