//! Secrets of universes.

use serde_json::{Value, json};

use super::call::Call;
use super::json::JsonObject;
use super::page::{Paging, Sizes};
use super::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::state::universe::secret::{Secret, Secrets};

const MAX_SECRETS: usize = 500;
const MAX_ID_LENGTH: usize = 64;
const PAGING: Paging = Paging::CURSORS.sizes(Sizes::Within {
    default: 10,
    max: 500,
});

/// Rejects a request in the shape of this service, whose status is a text.
fn rejected(status: u16, title: &str, detail: &str) -> Rejection {
    let body = json!({ "title": title, "status": status.to_string(), "detail": detail });
    Response::json(status, &body).into()
}

fn invalid(detail: &str) -> Rejection {
    rejected(400, "Bad Request", detail)
}

fn secrets(state: &mut State, universe: u64) -> Result<&mut Secrets, Rejection> {
    let universe = state.store.universes.get_mut(&universe);
    let denied = || rejected(403, "Forbidden", "The universe cannot be accessed.");
    Ok(&mut universe.ok_or_else(denied)?.secrets)
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universeId")?;
    let page = call.page(&PAGING)?;
    let mut state = call.state();
    let secrets = secrets(&mut state, universe)?;
    let items = secrets.by_id.iter().map(|(id, secret)| secret.to_json(id));
    Ok(page.respond("secrets", items))
}

pub(crate) fn get_public_key(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universeId")?;
    let mut state = call.state();
    let key = &mut secrets(&mut state, universe)?.key;
    Ok(json!({ "id": "public-key", "secret": key.public_key(), "key_id": key.id() }))
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let universe = call.id("universeId")?;
    let body = call.json()?;
    let id = body.text("id")?.unwrap_or_default().to_owned();
    if !is_id(&id) {
        return Err(invalid("The id of the secret is not valid."));
    }
    let mut state = call.state();
    let now = state.now();
    let secrets = secrets(&mut state, universe)?;
    if secrets.by_id.contains_key(&id) {
        return Err(rejected(409, "Conflict", "The secret already exists."));
    }
    if secrets.by_id.len() >= MAX_SECRETS {
        return Err(invalid("The universe has too many secrets."));
    }
    let content = content(&body, secrets)?;
    let secret = Secret::new(&content, body.text("domain")?, now);
    let response = secret.to_json(&id);
    secrets.by_id.insert(id, secret);
    Ok(Response::json(201, &response))
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, id) = (call.id("universeId")?, call.param("secretId")?);
    let body = call.json()?;
    let mut state = call.state();
    let now = state.now();
    let secrets = secrets(&mut state, universe)?;
    if !secrets.by_id.contains_key(&id) {
        return Err(no_secret());
    }
    let content = content(&body, secrets)?;
    let secret = secrets.by_id.get_mut(&id).ok_or_else(no_secret)?;
    secret.content = content;
    if let Some(domain) = body.get("domain").and_then(Value::as_str) {
        secret.domain = Some(domain.to_owned());
    }
    secret.updated = now;
    Ok(secret.to_json(&id))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let (universe, id) = (call.id("universeId")?, call.param("secretId")?);
    let mut state = call.state();
    let removed = secrets(&mut state, universe)?.by_id.remove(&id);
    removed.map(|_| Response::empty(200)).ok_or_else(no_secret)
}

/// Opens the sealed content of a request.
fn content(body: &JsonObject, secrets: &mut Secrets) -> Result<Vec<u8>, Rejection> {
    if body.text("keyId")? != Some(secrets.key.id()) {
        return Err(invalid(
            "The key_id does not identify the current public key.",
        ));
    }
    let sealed = body.text("secret")?.unwrap_or_default();
    let opened = secrets.key.open(sealed);
    opened.ok_or_else(|| invalid("The secret cannot be decrypted."))
}

fn no_secret() -> Rejection {
    rejected(404, "Not Found", "The secret does not exist.")
}

fn is_id(id: &str) -> bool {
    let is_word = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_';
    let first = id.bytes().next();
    first.is_some_and(|first| !first.is_ascii_digit())
        && id.len() <= MAX_ID_LENGTH
        && id.bytes().all(is_word)
}
