//! Checks files before they are uploaded. Rejects certain mistakes: an empty, truncated or damaged file, a Git LFS
//! pointer, a file whose format differs from its extension. Everything else is sent.

#![cfg_attr(
    not(feature = "upload"),
    allow(dead_code, reason = "without uploads, only places are checked")
)]

mod formats;
mod gltf;
mod place;
mod signatures;

use crate::asset_file::AssetFile;
use crate::error::{Error, ErrorKind, Result};
use crate::file_io::unreadable;
use formats::{Format, format_of_content, format_of_extension};

pub(crate) use place::place_content_type;

/// The number of bytes that are inspected. The root of an XML model may follow a comment.
const PEEK_LENGTH: usize = 4096;
/// The maximum length of glTF files that are parsed for references to other files.
const MAX_GLTF_LENGTH: u64 = 64 * 1024 * 1024;

/// Rejects a file that is certainly a mistake. `what` accepts files with the extensions `accepted`.
pub(crate) fn check_content(file: &mut AssetFile, what: &str, accepted: &[&str]) -> Result<()> {
    let name = file.name().to_owned();
    let start = read_start(file)?;
    // The caller decides if the content type is set by hand or the formats of the type are unknown.
    if file.explicit_content_type().is_some() || accepted.is_empty() || start.is_empty() {
        return Ok(());
    }
    let extension = extension(&name);
    let why = match (format_of_content(&start), format_of_extension(extension)) {
        (Some(content), _) if !content.has_extension(extension) => {
            Some(format_mismatch(content, what, accepted))
        }
        (_, Some(named)) if !named.is_possible(&start) => Some(mismatch(named, &start)),
        (_, Some(named)) => content_fault(file, named, &start),
        _ => None,
    };
    why.map_or(Ok(()), |why| Err(rejected(&name, &why)))
}

/// Reads the first bytes. Rejects an empty file and a Git LFS pointer.
fn read_start(file: &mut AssetFile) -> Result<Vec<u8>> {
    let start = file.peek(PEEK_LENGTH);
    let start = start.map_err(|error| unreadable(file.name(), error))?;
    if file.length() == 0 {
        return Err(rejected(file.name(), "is empty"));
    }
    if signatures::is_lfs_pointer(&start) {
        let why = "is a Git LFS pointer, not the file itself; run `git lfs pull`, or check out with LFS in CI";
        return Err(rejected(file.name(), why));
    }
    Ok(start)
}

fn rejected(name: &str, why: &str) -> Error {
    // The message says what to do.
    Error::new(ErrorKind::InvalidAsset, format!("{name:?} {why}")).with_advice("")
}

/// Returns the part of a file name after the last dot, or an empty text.
pub(crate) fn extension(file_name: &str) -> &str {
    file_name
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
}

/// Returns the advice for an extension whose format cannot be uploaded.
pub(crate) fn advice_for_extension(extension: &str, accepted: &[&str]) -> Option<String> {
    let format = format_of_extension(extension)?;
    let target = conversion_target(format, accepted)?;
    Some(format!(
        "{} is not accepted; convert it to {target}",
        format.name
    ))
}

/// Describes a file whose format differs from its extension, and what to do about it.
fn format_mismatch(content: &Format, what: &str, accepted: &[&str]) -> String {
    let name = content.name;
    let extensions: Vec<&str> = content
        .extensions
        .iter()
        .filter(|extension| accepted.contains(extension))
        .copied()
        .collect();
    if !extensions.is_empty() {
        let extensions = extensions.join(" or ");
        return format!("is {name} by its content; give it the extension {extensions}");
    }
    match (content.family, conversion_target(content, accepted)) {
        (formats::Family::Other(advice), _) => format!("is {name} by its content; {advice}"),
        (_, Some(target)) => {
            format!(
                "is {name} by its content, which is not accepted for {what}; convert it to {target}"
            )
        }
        _ => format!(
            "is {name} by its content; {what} accepts {}",
            accepted.join(", ")
        ),
    }
}

/// Returns the format of the same family to convert a file to, with its article.
fn conversion_target(format: &Format, accepted: &[&str]) -> Option<String> {
    let extension = accepted.iter().find(|extension| {
        format_of_extension(extension).is_some_and(|known| known.family == format.family)
    })?;
    // "an mp3", "an fbx"
    let article = if extension.starts_with(['m', 'f']) {
        "an"
    } else {
        "a"
    };
    Some(format!("{article} {extension}"))
}

/// Describes a file whose first bytes do not match its extension.
fn mismatch(named: &Format, start: &[u8]) -> String {
    let name = named.name;
    let magic = named.magic;
    if !magic.is_empty() && magic.starts_with(start) {
        return format!(
            "is cut short: it has the first {} bytes of {name}",
            start.len()
        );
    }
    if converted_line_endings(magic).any(|changed| start.starts_with(&changed)) {
        return format!(
            "was {name} before its line endings were changed; mark the extension as `binary` in .gitattributes and \
             check it out again"
        );
    }
    format!("is not {name} by its content; it may be damaged, or of another format")
}

/// Returns the bytes of a magic number after a conversion of line endings.
fn converted_line_endings(magic: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let replaced = |from: &[u8], to: &[u8]| {
        let mut changed = Vec::new();
        let mut rest = magic;
        while let Some(first) = rest.first() {
            if let Some(next) = rest.strip_prefix(from) {
                changed.extend(to);
                rest = next;
            } else {
                changed.push(*first);
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        changed
    };
    let unix = replaced(b"\r\n", b"\n");
    let doubled = replaced(b"\n", b"\r\n");
    // CRLF stays as it is, and a single LF becomes one.
    let single = {
        let mut changed = Vec::new();
        let mut last = 0;
        for byte in magic {
            if *byte == b'\n' && last != b'\r' {
                changed.push(b'\r');
            }
            changed.push(*byte);
            last = *byte;
        }
        changed
    };
    let magic = magic.to_vec();
    [unix, doubled, single]
        .into_iter()
        .filter(move |changed| *changed != magic)
}

/// Finds faults beyond the first bytes: a length in the header, references to other files.
fn content_fault(file: &mut AssetFile, named: &Format, start: &[u8]) -> Option<String> {
    if named.has_extension("glb") {
        let declared = gltf::declared_length(start).filter(|length| *length > file.length())?;
        return Some(format!(
            "is cut short: it has {} of the {declared} bytes that its header declares",
            file.length()
        ));
    }
    if !named.has_extension("gltf") || file.length() > MAX_GLTF_LENGTH {
        return None;
    }
    Some(match file.inspect(gltf::find_fault)?? {
        gltf::Fault::Cut => "is cut short: its JSON is incomplete".to_owned(),
        gltf::Fault::NotJson => "is not a glTF model by its content: it is not JSON".to_owned(),
        gltf::Fault::External(uri) => format!(
            "refers to the file {uri:?}, which would not be uploaded with it; export it as glb, which holds everything"
        ),
    })
}

#[cfg(all(test, feature = "upload"))]
mod tests;
