//! The form of an upload: the part `request` and the part `fileContent`.

use serde_json::{Map, Value};

use super::super::server::{Body, Response};
use super::kinds::MAGIC_LENGTH;
use super::multipart::{Multipart, PartHead, boundary};
use super::{Call, Rejection, invalid, json_number};

/// A file up to this size is kept; of a larger one only the length.
const KEPT_SIZE: u64 = 32 << 20;
/// The JSON text may be this long.
const JSON_SIZE: usize = 1 << 20;
/// Other parts are read and dropped, this many of them.
const PARTS: usize = 32;

/// An uploaded file.
#[derive(Debug, Default)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) content_type: String,
    /// The first bytes, for the checks.
    pub(super) start: Vec<u8>,
    pub(super) content: Vec<u8>,
    pub(super) length: u64,
}

impl Upload {
    fn take(&mut self, piece: &[u8], keep: bool) {
        let missing = MAGIC_LENGTH.saturating_sub(self.start.len());
        self.start.extend(piece.iter().take(missing));
        self.length += piece.len() as u64;
        if keep && self.length <= KEPT_SIZE {
            self.content.extend_from_slice(piece);
        } else {
            self.content = Vec::new();
        }
    }
}

#[derive(Debug)]
pub(super) struct Form {
    pub(super) text: String,
    pub(super) request: Map<String, Value>,
    pub(super) file: Option<Upload>,
}

impl Form {
    pub(super) fn read(call: &Call<'_>, body: &mut Body<'_>) -> Result<Self, Rejection> {
        let boundary = boundary(call.head.header("content-type").unwrap_or_default());
        let boundary = boundary
            .ok_or_else(|| invalid("The body must be multipart/form-data with a boundary."))?;
        // A file that is too large to be kept need not be kept until that shows.
        let keep = body
            .declared_length()
            .is_none_or(|length| length <= KEPT_SIZE + JSON_SIZE as u64);
        let mut parts = Multipart::new(body, &boundary);
        let (mut text, mut file) = (None, None);
        for count in 0.. {
            let Some(head) = parts.next_part(count == 0)? else {
                break;
            };
            match head.name.as_str() {
                _ if count == PARTS => return Err(invalid("The form has too many parts.").into()),
                "request" if text.is_none() => text = Some(read_text(&mut parts)?),
                "fileContent" if file.is_none() => file = Some(read_file(&mut parts, head, keep)?),
                "request" | "fileContent" => {
                    return Err(invalid("A part of the form is given twice.").into());
                }
                _ => parts.read_content(&mut |_| {})?,
            }
        }
        let text = text.ok_or_else(|| invalid("The part request is missing."))?;
        let request = serde_json::from_slice(&text)
            .map_err(|_| invalid("The part request is not a JSON object."))?;
        Ok(Self {
            text: String::from_utf8_lossy(&text).into_owned(),
            request,
            file,
        })
    }

    /// A field that is there and not null.
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        self.request.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be text if it is there.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Response> {
        let field = self.field(name);
        field
            .map(|value| {
                value
                    .as_str()
                    .ok_or_else(|| invalid(&format!("{name} is not text.")))
            })
            .transpose()
    }

    pub(super) fn context(&self, name: &str) -> Option<&Value> {
        self.field("creationContext")?
            .get(name)
            .filter(|value| !value.is_null())
    }

    /// The price that the client would pay.
    pub(super) fn expected_price(&self) -> Result<Option<u64>, Response> {
        let price = self.context("expectedPrice").map(json_number);
        price
            .map(|price| price.ok_or_else(|| invalid("expectedPrice is not a number.")))
            .transpose()
    }

    /// Checks name and description, as far as they are there.
    pub(super) fn check_texts(&self) -> Result<(), Response> {
        let name = self.text("displayName")?.unwrap_or_default();
        let description = self.text("description")?.unwrap_or_default();
        match () {
            () if name.chars().count() > 50 => {
                Err(invalid("displayName is longer than 50 characters."))
            }
            () if description.chars().count() > 1000 => {
                Err(invalid("description is longer than 1000 characters."))
            }
            () if name.contains("moderated-name") => Err(invalid("AssetName is moderated.")),
            () if description.contains("moderated-description") => {
                Err(invalid("AssetDescription is moderated."))
            }
            () => Ok(()),
        }
    }
}

fn read_text(parts: &mut Multipart<&mut Body<'_>>) -> Result<Vec<u8>, Rejection> {
    let mut text = Vec::new();
    parts.read_content(&mut |piece| {
        let room = (JSON_SIZE + 1).saturating_sub(text.len());
        text.extend(piece.iter().take(room));
    })?;
    if text.len() > JSON_SIZE {
        return Err(invalid("The part request is too long.").into());
    }
    Ok(text)
}

fn read_file(
    parts: &mut Multipart<&mut Body<'_>>,
    head: PartHead,
    keep: bool,
) -> Result<Upload, Rejection> {
    let name = head
        .file_name
        .ok_or_else(|| invalid("The part fileContent has no filename."))?;
    let content_type = head
        .content_type
        .ok_or_else(|| invalid("The part fileContent has no Content-Type."))?;
    let mut upload = Upload {
        name,
        content_type,
        ..Upload::default()
    };
    parts.read_content(&mut |piece| upload.take(piece, keep))?;
    Ok(upload)
}
