//! Base64 with the URL-safe alphabet, without padding.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| {
            bits << 8 | usize::from(group.get(at).copied().unwrap_or_default())
        });
        for at in 0..=group.len() {
            let letter = ALPHABET.get(bits >> (18 - 6 * at) & 63);
            text.extend(letter.map(|&letter| char::from(letter)));
        }
    }
    text
}

/// Returns `None` unless the text is exactly what [`encode`] produces.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for at in 0..4 {
            let letter = group.get(at).copied().unwrap_or(b'A');
            let value = ALPHABET.iter().position(|&known| known == letter)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        let [_, three @ ..] = bits.to_be_bytes();
        bytes.extend(three.iter().take(group.len().checked_sub(1)?));
    }
    (encode(&bytes) == text).then_some(bytes)
}

/// Returns the text that was encoded, if it was text.
pub(crate) fn decode_text(text: &str) -> Option<String> {
    String::from_utf8(decode(text)?).ok()
}
