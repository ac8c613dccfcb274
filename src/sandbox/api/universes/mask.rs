//! The fields that an update sets.

use serde_json::{Map, Value};

use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::rejection::{Rejection, invalid};

/// Returns the path of each field to set, and its value; `None` removes it.
///
/// The parameter `updateMask` names the fields, also fields of fields. Without it, the fields of the body count.
pub(super) fn changes(
    call: &mut Call<'_>,
    known: &[&str],
) -> Result<Vec<(String, Option<Value>)>, Rejection> {
    let body = call.json()?;
    let names: Vec<String> = match call.query("updateMask") {
        Some(mask) => mask
            .split(',')
            .map(|name| camel_case(name.trim()))
            .collect(),
        None => body.fields.keys().map(|name| camel_case(name)).collect(),
    };
    let is_known = |name: &String| {
        let field = name.split('.').next().unwrap_or_default();
        known.contains(&field)
    };
    // Without a mask, the service ignores fields that only it sets.
    let is_masked = call.query("updateMask").is_some();
    if let Some(unknown) = names.iter().find(|name| is_masked && !is_known(name)) {
        return Err(invalid(&format!("updateMask: {unknown} cannot be set.")));
    }
    let names = names.into_iter().filter(is_known);
    names
        .map(|name| Ok((name.clone(), value_at(&body, &name)?)))
        .collect()
}

fn value_at(body: &JsonObject, path: &str) -> Result<Option<Value>, Rejection> {
    match path.split_once('.') {
        Some((field, rest)) => value_at(&body.object(field)?, rest),
        None => Ok(body.get(path).cloned()),
    }
}

/// Sets or removes the field behind a path.
pub(super) fn apply(fields: &mut Map<String, Value>, path: &str, value: Option<Value>) {
    match (path.split_once('.'), value) {
        (None, Some(value)) => {
            fields.insert(path.to_owned(), value);
        }
        (None, None) => {
            fields.remove(path);
        }
        (Some((field, rest)), value) => {
            let inner = fields.entry(field).or_insert_with(|| Map::new().into());
            if let Value::Object(inner) = inner {
                apply(inner, rest, value);
            }
        }
    }
}

/// Masks may name fields in both spellings.
fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    let mut is_upper = false;
    for letter in name.chars() {
        if letter == '_' {
            is_upper = true;
            continue;
        }
        camel.push(if is_upper {
            letter.to_ascii_uppercase()
        } else {
            letter
        });
        is_upper = false;
    }
    camel
}
