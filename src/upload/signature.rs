//! What the first bytes of a file say about its format.

use super::AssetFile;
use crate::error::{Error, ErrorKind, Result};

/// As many bytes are looked at.
const PEEK_LENGTH: usize = 16;

/// A format that its first bytes give away: its name, its extensions, and whether every such file begins so.
struct Format {
    name: &'static str,
    extensions: &'static [&'static str],
    is_certain: bool,
    matches: fn(&[u8]) -> bool,
}

const FORMATS: [Format; 15] = [
    certain("PNG picture", &["png"], |start| {
        start.starts_with(b"\x89PNG\r\n\x1a\n")
    }),
    certain("JPEG picture", &["jpg", "jpeg"], |start| {
        start.starts_with(b"\xFF\xD8\xFF")
    }),
    certain("BMP picture", &["bmp"], |start| start.starts_with(b"BM")),
    // No asset type takes these, but they are taken for those above.
    certain("GIF picture", &["gif"], |start| start.starts_with(b"GIF8")),
    certain("WebP picture", &["webp"], |start| is_riff(start, b"WEBP")),
    // Files without tags may begin with anything.
    Format {
        is_certain: false,
        ..certain("MP3 sound", &["mp3"], |start| start.starts_with(b"ID3"))
    },
    certain("Ogg sound", &["ogg"], |start| start.starts_with(b"OggS")),
    certain("WAV sound", &["wav"], |start| is_riff(start, b"WAVE")),
    certain("FLAC sound", &["flac"], |start| start.starts_with(b"fLaC")),
    // There is one of text as well.
    Format {
        is_certain: false,
        ..certain("FBX model", &["fbx"], |start| {
            start.starts_with(b"Kaydara FBX")
        })
    },
    certain("binary glTF model", &["glb"], |start| {
        start.starts_with(b"glTF")
    }),
    certain("Roblox model", &["rbxm"], |start| {
        start.starts_with(b"<roblox!")
    }),
    certain("Roblox XML model", &["rbxmx"], |start| {
        start.starts_with(b"<roblox ") || start.starts_with(b"<roblox>")
    }),
    // A film may begin with other boxes.
    Format {
        is_certain: false,
        ..certain("MP4 or MOV video", &["mp4", "mov"], |start| {
            start.get(4..8) == Some(b"ftyp")
        })
    },
    certain("Roblox mesh", &["mesh"], |start| {
        start.starts_with(b"version ")
    }),
];

const fn certain(
    name: &'static str,
    extensions: &'static [&'static str],
    matches: fn(&[u8]) -> bool,
) -> Format {
    Format {
        name,
        extensions,
        is_certain: true,
        matches,
    }
}

fn is_riff(start: &[u8], of: &[u8]) -> bool {
    start.starts_with(b"RIFF") && start.get(8..12) == Some(of)
}

/// Refuses a file that is empty, or whose content does not fit the extension of its name.
pub(super) fn check(file: &mut AssetFile) -> Result<()> {
    let start = file.peek(PEEK_LENGTH).map_err(|error| {
        Error::invalid_input(format!("{:?} cannot be read", file.name())).with_source(error)
    })?;
    let name = file.name();
    let refused = |why: String| {
        Err(Error::new(
            ErrorKind::InvalidAsset,
            format!("{name:?} {why}"),
        ))
    };
    if start.is_empty() {
        return refused("is empty".to_owned());
    }
    let has = |format: &&Format| {
        let extension = super::extension(name);
        let mut known = format.extensions.iter();
        known.any(|known| known.eq_ignore_ascii_case(extension))
    };
    // The mark of a byte order before a text.
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start);
    let content = FORMATS.iter().find(|format| (format.matches)(text));
    let expected = FORMATS.iter().find(has);
    match (expected, content) {
        (_, Some(content)) if !has(&content) => refused(format!(
            "is {} {} by its content; give it the extension {}",
            article(content.name),
            content.name,
            content.extensions.join(" or ")
        )),
        (Some(expected), None) if expected.is_certain => refused(format!(
            "is no {} by its content; it may be damaged, or of another format",
            expected.name
        )),
        _ => Ok(()),
    }
}

fn article(name: &str) -> &'static str {
    let has_vowel = ["Ogg", "MP", "FBX"]
        .iter()
        .any(|start| name.starts_with(start));
    if has_vowel { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::{AssetFile, check};

    #[test]
    fn extension_and_content_must_agree() {
        let good: [(&str, &[u8]); 16] = [
            ("a.png", b"\x89PNG\r\n\x1a\n----"),
            ("a.PNG", b"\x89PNG\r\n\x1a\n----"),
            ("a.jpg", b"\xFF\xD8\xFF\xE0"),
            ("a.jpeg", b"\xFF\xD8\xFF"),
            ("a.bmp", b"BM"),
            ("a.tga", b"\0\0\x02"),
            ("a.mp3", b"ID3"),
            ("a.mp3", b"\xFF\xFB\x90"),
            ("a.wav", b"RIFF\0\0\0\0WAVEfmt "),
            ("a.fbx", b"; FBX 7.4.0"),
            ("a.fbx", b"Kaydara FBX Binary"),
            ("a.gltf", b"{\"asset\":{}}"),
            ("a.rbxm", b"<roblox!\x89\xFF"),
            ("a.rbxmx", b"\xEF\xBB\xBF<roblox xmlns"),
            ("a.mov", b"\0\0\0\x14moov"),
            ("a.hologram", b"?"),
        ];
        for (name, content) in good {
            let result = check(&mut AssetFile::bytes(name, content));
            assert!(result.is_ok(), "{name} {content:?} {result:?}");
        }
        let bad: [(&str, &[u8], &str); 9] = [
            (
                "a.png",
                b"\xFF\xD8\xFF",
                "is a JPEG picture by its content; give it the extension jpg or jpeg",
            ),
            ("a.png", b"GIF89a", "is a GIF picture"),
            ("a.jpg", b"RIFF\0\0\0\0WEBPVP8 ", "is a WebP picture"),
            ("a.png", b"hello", "is no PNG picture by its content"),
            ("a.png", b"\x89PNG", "is no PNG picture"),
            ("a.tga", b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
            ("a.rbxm", b"<roblox xmlns", "is a Roblox XML model"),
            ("a.mp3", b"OggS", "is an Ogg sound"),
            ("a.png", b"", "is empty"),
        ];
        for (name, content, why) in bad {
            let error = check(&mut AssetFile::bytes(name, content)).err();
            let told = error
                .map(|error| error.message().to_owned())
                .unwrap_or_default();
            assert!(told.contains(why), "{name} {content:?} {told}");
        }
    }
}
