//! The versions of places.

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, gateway};
use crate::sandbox::api::values::{boolean, number};
use crate::sandbox::clock::parse_timestamp;
use crate::sandbox::object::set_field;
use crate::sandbox::server::Response;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::place::{Place, Version};

const PAGING: Paging = Paging {
    size: "pageSize",
    token: "cursor",
    next: "nextCursor",
    sizes: Sizes::Clamped {
        default: 50,
        max: 100,
    },
    ends_with_empty_page: false,
};

pub(crate) fn list_versions(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("placeId")?;
    let filter = Filter::parse(call)?;
    let page = call.page(&PAGING)?;
    let mut state = call.state();
    let versions = place_mut(&mut state.store, id)?.numbered_versions();
    let versions = versions
        .into_iter()
        .filter(|(_, version)| filter.matches(version));
    let versions = versions.map(|(number, version)| version.to_json(number));
    Ok(with_has_more(page.respond("placeVersions", versions)))
}

pub(crate) fn list_contributors(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("placeId")?;
    let page = call.page(&PAGING)?;
    let mut state = call.state();
    let versions = &place_mut(&mut state.store, id)?.versions;
    let mut users: Vec<u64> = versions.iter().map(|version| version.user).collect();
    users.sort_unstable();
    users.dedup();
    let users = users.into_iter().map(Value::from);
    Ok(with_has_more(page.respond("contributors", users)))
}

pub(crate) fn set_notes(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, number) = (call.legacy_id("placeId")?, call.legacy_id("version")?);
    let body = call.json()?;
    let text = |name: &str| Ok::<_, Rejection>(body.text(name)?.map(str::to_owned));
    let (title, description) = (text("title")?, text("description")?);
    let mut state = call.state();
    let version = place_mut(&mut state.store, id)?.version_mut(number);
    let version = version.ok_or_else(|| error(404, "The version was not found."))?;
    (version.title, version.description) = (title, description);
    Ok(json!({ "placeVersion": version.to_json(number) }))
}

fn place_mut(store: &mut Store, id: u64) -> Result<&mut Place, Rejection> {
    let place = store.place_mut(id);
    place.ok_or_else(|| error(404, "The place was not found."))
}

/// Rejects a request in the shape of this service.
fn error(status: u16, message: &str) -> Rejection {
    let body = json!({ "code": status, "error": "Error", "message": message });
    Response::json(status, &body).into()
}

fn with_has_more(mut page: Value) -> Value {
    let next = page.get("nextCursor").and_then(Value::as_str);
    let has_more = next.is_some_and(|next| !next.is_empty());
    set_field(&mut page, "hasMore", has_more);
    if !has_more {
        set_field(&mut page, "nextCursor", Value::Null);
    }
    page
}

struct Filter {
    is_published: Option<bool>,
    has_notes: Option<bool>,
    save_type: Option<u64>,
    text: Option<String>,
    contributor: Option<u64>,
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
}

impl Filter {
    fn parse(call: &Call<'_>) -> Result<Self, Rejection> {
        Ok(Self {
            is_published: parameter(call, "isPublished", boolean)?,
            has_notes: parameter(call, "hasNotes", boolean)?,
            save_type: parameter(call, "saveType", number)?,
            text: parameter(call, "searchTerm", |text| Some(text.to_lowercase()))?,
            contributor: parameter(call, "contributor", number)?,
            since: parameter(call, "startTime", parse_timestamp)?,
            until: parameter(call, "endTime", parse_timestamp)?,
        })
    }

    fn matches(&self, version: &Version) -> bool {
        let texts = [&version.title, &version.description];
        let mut texts = texts.into_iter().flatten();
        let has_notes = version.title.is_some() || version.description.is_some();
        let contains = |wanted: &String| texts.any(|text| text.to_lowercase().contains(wanted));
        self.is_published
            .is_none_or(|wanted| wanted == version.is_published)
            && self.has_notes.is_none_or(|wanted| wanted == has_notes)
            && self.save_type.is_none_or(|wanted| wanted == 0)
            && self.contributor.is_none_or(|wanted| wanted == version.user)
            && self.since.is_none_or(|since| since <= version.time)
            && self.until.is_none_or(|until| version.time <= until)
            && self.text.as_ref().is_none_or(contains)
    }
}

fn parameter<T>(
    call: &Call<'_>,
    name: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Rejection> {
    call.parsed_query(name, parse, |message| gateway(400, message))
}
