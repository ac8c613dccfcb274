//! Forms of the type `multipart/form-data`: texts and files.

use super::multipart::{Multipart, PartHead, boundary};
use super::rejection::{Rejection, invalid};
use crate::sandbox::server::RequestBody;

/// Maximum size of a file whose content is kept. Only the length of a larger file is kept.
pub(super) const MAX_KEPT_SIZE: u64 = 32 << 20;
/// Maximum length of a text.
const MAX_TEXT_SIZE: usize = 1 << 20;
/// Maximum number of parts.
const MAX_PARTS: usize = 32;
/// The number of bytes at the start of a file that are always kept.
pub(crate) const MAGIC_SIZE: usize = 8;

#[derive(Debug, Default)]
pub(crate) struct Form {
    /// The parts without a file name, in the order sent.
    pub(crate) texts: Vec<(String, String)>,
    /// The parts with a file name, in the order sent.
    pub(crate) files: Vec<FormFile>,
}

/// An uploaded file.
#[derive(Debug, Default)]
pub(crate) struct FormFile {
    /// The name of the part.
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    /// The first bytes.
    pub(crate) start: Vec<u8>,
    /// The whole content, unless it is too large to keep.
    pub(crate) content: Vec<u8>,
    pub(crate) length: u64,
}

impl Form {
    pub(crate) fn read(content_type: &str, body: &mut dyn RequestBody) -> Result<Self, Rejection> {
        let boundary = boundary(content_type)
            .ok_or_else(|| invalid("The body must be multipart/form-data with a boundary."))?;
        // If the declared length shows that the file is too large to keep, no part of it is kept in between.
        let max_size = MAX_KEPT_SIZE + MAX_TEXT_SIZE as u64;
        let keep = body
            .declared_length()
            .is_none_or(|length| length <= max_size);
        let mut parts = Multipart::new(body, &boundary);
        let mut form = Self::default();
        for count in 0.. {
            let Some(head) = parts.next_part(count == 0)? else {
                break;
            };
            if count == MAX_PARTS {
                return Err(invalid("The form has too many parts."));
            }
            form.read_part(&mut parts, head, keep)?;
        }
        Ok(form)
    }

    fn read_part(
        &mut self,
        parts: &mut Multipart<&mut dyn RequestBody>,
        head: PartHead,
        keep: bool,
    ) -> Result<(), Rejection> {
        if let Some(name) = head.file_name {
            let mut file = FormFile {
                part: head.name,
                name,
                content_type: head.content_type,
                ..FormFile::default()
            };
            parts.read_content(&mut |piece| file.append(piece, keep))?;
            self.files.push(file);
        } else {
            let text = read_text(parts, &head.name)?;
            self.texts.push((head.name, text));
        }
        Ok(())
    }

    /// Returns the text of the only part with this name. A part with a file name counts, too.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Rejection> {
        let texts = self.texts.iter().filter(|(known, _)| known == name);
        let files = self.files.iter().filter(|file| file.part == name);
        let files = files.map(|file| String::from_utf8_lossy(&file.content).into_owned());
        let mut found = texts.map(|(_, text)| text.clone()).chain(files);
        let text = found.next();
        match found.next() {
            None => Ok(text),
            Some(_) => Err(invalid(&format!("The form contains {name} twice."))),
        }
    }

    /// Takes the file of the only part with this name.
    pub(crate) fn take_file(&mut self, name: &str) -> Result<Option<FormFile>, Rejection> {
        if self.texts.iter().any(|(known, _)| known == name) {
            return Err(invalid(&format!("The part {name} has no file name.")));
        }
        let mut found = self.files.extract_if(.., |file| file.part == name);
        let file = found.next();
        match found.next() {
            None => Ok(file),
            Some(_) => Err(invalid(&format!("The form contains {name} twice."))),
        }
    }
}

impl FormFile {
    fn append(&mut self, piece: &[u8], keep: bool) {
        let missing = MAGIC_SIZE.saturating_sub(self.start.len());
        self.start.extend(piece.iter().take(missing));
        self.length += piece.len() as u64;
        if keep && self.length <= MAX_KEPT_SIZE {
            self.content.extend_from_slice(piece);
        } else {
            self.content = Vec::new();
        }
    }
}

fn read_text(parts: &mut Multipart<&mut dyn RequestBody>, name: &str) -> Result<String, Rejection> {
    let mut text = Vec::new();
    parts.read_content(&mut |piece| {
        let room = (MAX_TEXT_SIZE + 1).saturating_sub(text.len());
        text.extend(piece.iter().take(room));
    })?;
    if text.len() > MAX_TEXT_SIZE {
        return Err(invalid(&format!("The part {name} is too long.")));
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}
