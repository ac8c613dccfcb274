//! Base64: the standard alphabet with padding for bytes in JSON, and the URL-safe one without padding for ids and tokens.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
#[cfg(feature = "sandbox")]
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Encodes bytes with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = encode_with(STANDARD, bytes);
    let padding = text.len().next_multiple_of(4).saturating_sub(text.len());
    text.extend(std::iter::repeat_n('=', padding));
    text
}

/// Encodes bytes in the alphabet for URLs.
#[cfg(feature = "sandbox")]
pub(crate) fn encode_url_safe(bytes: &[u8]) -> String {
    encode_with(URL_SAFE, bytes)
}

/// Decodes the output of [`encode`]. Returns `None` for anything else.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = decode_with(STANDARD, text.trim_end_matches('='))?;
    (encode(&bytes) == text).then_some(bytes)
}

/// Decodes the output of [`encode_url_safe`]. Returns `None` for anything else.
#[cfg(feature = "sandbox")]
pub(crate) fn decode_url_safe(text: &str) -> Option<Vec<u8>> {
    let bytes = decode_with(URL_SAFE, text)?;
    (encode_url_safe(&bytes) == text).then_some(bytes)
}

fn decode_with(alphabet: &[u8; 64], text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for at in 0..4 {
            let letter = group.get(at).copied().unwrap_or(b'A');
            let value = alphabet.iter().position(|&known| known == letter)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        let [_, three @ ..] = bits.to_be_bytes();
        bytes.extend(three.iter().take(group.len().checked_sub(1)?));
    }
    Some(bytes)
}

fn encode_with(alphabet: &[u8; 64], bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| {
            bits << 8 | usize::from(group.get(at).copied().unwrap_or_default())
        });
        for at in 0..=group.len() {
            let letter = alphabet.get(bits >> (18 - 6 * at) & 63);
            text.extend(letter.map(|&letter| char::from(letter)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn padding() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("\u{fb}\u{ff}", "w7vDvw=="),
        ] {
            assert_eq!(super::encode(bytes.as_bytes()), text);
            assert_eq!(super::decode(text).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn other_texts_are_not_decoded() {
        for text in [
            "Zg",
            "Zg=",
            "Zg===",
            "Zh==",
            "Z",
            "=",
            "Zm9v\n",
            "Zm9_",
            "Zm9v Zm9v",
        ] {
            assert_eq!(super::decode(text), None, "{text:?}");
        }
    }
}
