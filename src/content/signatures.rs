//! Recognizes formats whose first bytes need more than one comparison.

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether it is a RIFF or IFF file of this form type.
pub(super) fn has_form(start: &[u8], form: &[u8]) -> bool {
    let is_container = start.starts_with(b"RIFF") || start.starts_with(b"FORM");
    is_container && start.get(8..).is_some_and(|rest| rest.starts_with(form))
}

/// Whether it is a WAV file, also one for more than 4 GiB (RF64, BW64) or with the other byte order (RIFX).
pub(super) fn is_wave(start: &[u8]) -> bool {
    let is_container = [b"RIFF", b"RF64", b"BW64", b"RIFX"]
        .iter()
        .any(|magic| start.starts_with(*magic));
    is_container && start.get(8..12) == Some(b"WAVE")
}

/// Whether it starts with an ID3 tag, which may precede sounds of any format.
pub(super) fn has_id3_tag(start: &[u8]) -> bool {
    start.starts_with(b"ID3")
}

/// Whether it is a Windows bitmap: `BM`, four bytes that are zero, and a header of one of the known lengths.
pub(super) fn is_bitmap(start: &[u8]) -> bool {
    let header = start.get(14).copied().unwrap_or_default();
    start.starts_with(b"BM")
        && start.get(6..10) == Some(&[0; 4])
        && [12, 16, 40, 52, 56, 64, 108, 124].contains(&header)
}

pub(super) fn is_tiff(start: &[u8]) -> bool {
    start.starts_with(b"II*\0") || start.starts_with(b"MM\0*")
}

/// Whether it is a file of the ISO media family (MP4, MOV, M4A, HEIC, AVIF).
pub(super) fn is_iso_media(start: &[u8]) -> bool {
    start.get(4..8) == Some(b"ftyp")
}

/// Whether it is one whose major brand is among these.
pub(super) fn has_brand(start: &[u8], brands: &[&[u8; 4]]) -> bool {
    let brand = start.get(8..12);
    is_iso_media(start) && brands.iter().any(|known| brand == Some(*known))
}

/// Whether it is a picture in the general container for pictures, whose major brand does not say what is inside.
pub(super) fn is_heif(start: &[u8]) -> bool {
    has_brand(start, &[b"mif1", b"msf1"])
}

/// Whether it is a picture with this brand, or a general one that is compatible with it.
pub(super) fn is_picture_of(start: &[u8], brand: &[u8], others: &[&[u8; 4]]) -> bool {
    let length = start.first_chunk().copied().map_or(0, u32::from_be_bytes);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let ftyp = start.get(..length.min(start.len())).unwrap_or_default();
    let compatible = ftyp.get(16..).unwrap_or_default();
    let is_compatible = compatible.chunks_exact(4).any(|other| other == brand);
    (is_iso_media(start) && start.get(8..12) == Some(brand))
        || has_brand(start, others)
        || (is_heif(start) && is_compatible)
}

/// Whether it is one that contains only sound, which may be called `mp4` as well.
pub(super) fn is_m4a(start: &[u8]) -> bool {
    has_brand(start, &[b"M4A ", b"M4B "])
}

/// Whether it is a mesh as the service writes it: `version 4.01`, then the end of the line.
pub(super) fn is_mesh(start: &[u8]) -> bool {
    match start.strip_prefix(b"version ") {
        Some([major, b'.', minor, patch, rest @ ..]) => {
            [major, minor, patch]
                .iter()
                .all(|digit| digit.is_ascii_digit())
                && rest.first().is_none_or(u8::is_ascii_whitespace)
        }
        _ => false,
    }
}

pub(super) fn is_html(start: &[u8]) -> bool {
    let text = after_byte_order_mark(start);
    [&b"<!doctype html"[..], b"<html"].iter().any(|tag| {
        text.get(..tag.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
    })
}

/// Whether it can be JSON whose outermost value is an object.
pub(super) fn starts_json_object(start: &[u8]) -> bool {
    after_byte_order_mark(start).starts_with(b"{")
}

/// Whether it is a pointer that Git LFS stores in place of a file.
pub(super) fn is_lfs_pointer(start: &[u8]) -> bool {
    // The second name is that of the first versions.
    start.starts_with(b"version https://git-lfs.") || start.starts_with(b"version https://hawser.")
}

/// The root element of an XML file, as far as the first bytes show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Xml {
    /// Its root is `roblox`.
    Model,
    /// It is not XML, or has another root.
    Other,
    /// The root comes later, or the encoding is not supported.
    Unknown,
}

/// Looks for the root after a declaration, comments and blank lines.
pub(super) fn xml_model(start: &[u8]) -> Xml {
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return Xml::Unknown;
    }
    let mut rest = after_byte_order_mark(start);
    loop {
        let next = if rest.starts_with(b"<?") {
            text_after(rest, b"?>")
        } else if rest.starts_with(b"<!--") {
            text_after(rest, b"-->")
        } else if rest.starts_with(b"<!") {
            after_declaration(rest)
        } else {
            return xml_root(rest);
        };
        match next {
            Some(next) => rest = next.trim_ascii_start(),
            None => return Xml::Unknown,
        }
    }
}

/// Returns the text after a document type, which may contain quoted texts and further declarations in brackets.
fn after_declaration(text: &[u8]) -> Option<&[u8]> {
    let (mut quote, mut depth) = (None, 0_u32);
    let end = text.iter().position(|byte| {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'[') => depth = depth.saturating_add(1),
            (None, b']') => depth = depth.saturating_sub(1),
            (None, b'>') => return depth == 0,
            _ => {}
        }
        false
    })?;
    text.get(end.saturating_add(1)..)
}

fn xml_root(rest: &[u8]) -> Xml {
    let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    match rest.strip_prefix(b"<roblox") {
        Some(rest) if rest.first().is_some_and(ends_name) => Xml::Model,
        Some([]) => Xml::Unknown,
        None if rest.is_empty() => Xml::Unknown,
        _ => Xml::Other,
    }
}

fn text_after<'a>(text: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(end.len()).position(|window| window == end)?;
    text.get(at.saturating_add(end.len())..)
}

/// Returns the text without a byte order mark and leading white space.
fn after_byte_order_mark(start: &[u8]) -> &[u8] {
    start
        .strip_prefix(BYTE_ORDER_MARK)
        .unwrap_or(start)
        .trim_ascii_start()
}
