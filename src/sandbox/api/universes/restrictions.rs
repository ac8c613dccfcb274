//! Bans of users, and their log.

use std::time::Duration;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::lookup::{find, find_mut, place};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::JsonObject;
use crate::sandbox::api::page::Paging;
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::api::users;
use crate::sandbox::api::values::{boolean, field_and_value, quoted_id, seconds};
use crate::sandbox::state::universe::restriction::{Ban, Log, Scope};

const MAX_DISPLAY_REASON_LENGTH: usize = 400;
const MAX_PRIVATE_REASON_LENGTH: usize = 1000;
const MAX_DURATION: Duration = Duration::from_secs(315_576_000_000);

/// Returns the universe, the place if the path names one, and checks that both exist.
fn scope(call: &Call<'_>) -> Result<(u64, Scope), Rejection> {
    let universe = call.id("universe_id")?;
    let id = call.param("place_id").is_ok().then(|| call.id("place_id"));
    let id = id.transpose()?;
    let state = call.state();
    let found = find(&state.store, universe)?;
    if let Some(id) = id {
        place(found, id)?;
    }
    Ok((universe, id))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, place) = scope(call)?;
    let user = call.id("user_restriction_id")?;
    let state = call.state();
    users::find(&state.store, user)?;
    let restrictions = &find(&state.store, universe)?.restrictions;
    Ok(restrictions.to_json(universe, place, user, state.now()))
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, place) = scope(call)?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    let restrictions = &find(&state.store, universe)?.restrictions;
    let users = restrictions.users(place).into_iter();
    let items = users.map(|user| restrictions.to_json(universe, place, user, state.now()));
    Ok(page.respond("userRestrictions", items))
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (universe, place) = scope(call)?;
    let user = call.id("user_restriction_id")?;
    let body = call.json()?;
    let mask = call.query("updateMask").unwrap_or("gameJoinRestriction");
    if !["gameJoinRestriction", "game_join_restriction"].contains(&mask) {
        return Err(invalid(
            "updateMask: only gameJoinRestriction can be set, as a whole.",
        ));
    }
    let restriction = body.object("gameJoinRestriction")?;
    let key = call.query("idempotencyKey.key").map(str::to_owned);
    let moderator = call.acting_user();
    let mut state = call.state();
    let now = state.now();
    users::find(&state.store, user)?;
    let restrictions = &mut find_mut(&mut state.store, universe)?.restrictions;
    if let Some(response) = key.as_ref().and_then(|key| restrictions.responses.get(key)) {
        return Ok(response.clone());
    }
    let ban = ban(&restriction, now)?;
    restrictions.bans.insert((user, place), ban.clone());
    restrictions.logs.push(Log {
        user,
        place,
        moderator,
        ban,
    });
    let response = restrictions.to_json(universe, place, user, now);
    if let Some(key) = key {
        restrictions.responses.insert(key, response.clone());
    }
    Ok(response)
}

/// Returns the ban that a request describes.
fn ban(body: &JsonObject, now: OffsetDateTime) -> Result<Ban, Rejection> {
    let reason = |name: &str, max: usize| {
        let text = body.text(name)?.unwrap_or_default();
        let message = || format!("{name} has more than {max} characters.");
        let is_short = text.chars().count() <= max;
        is_short
            .then(|| text.to_owned())
            .ok_or_else(|| invalid(&message()))
    };
    Ok(Ban {
        active: flag(body, "active")?,
        start: now,
        duration: duration(body)?,
        private_reason: reason("privateReason", MAX_PRIVATE_REASON_LENGTH)?,
        display_reason: reason("displayReason", MAX_DISPLAY_REASON_LENGTH)?,
        exclude_alt_accounts: flag(body, "excludeAltAccounts")?,
    })
}

fn flag(body: &JsonObject, name: &str) -> Result<bool, Rejection> {
    let value = body.get(name).unwrap_or(&Value::Bool(false));
    let text = value.as_str().and_then(boolean);
    let wrong = || invalid(&format!("{name} is not a Boolean value."));
    value.as_bool().or(text).ok_or_else(wrong)
}

fn duration(body: &JsonObject) -> Result<Option<Duration>, Rejection> {
    let Some(text) = body.text("duration")? else {
        return Ok(None);
    };
    let is_allowed =
        |duration: &Duration| duration.subsec_nanos() == 0 && *duration <= MAX_DURATION;
    let duration = seconds(text).filter(is_allowed);
    let wrong = || invalid("duration is not a number of whole seconds such as 3600s.");
    duration.map(Some).ok_or_else(wrong)
}

pub(crate) fn list_logs(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let wrong = || invalid("The filter is not valid.");
    let (user, place) = parse_filter(call.filter()).ok_or_else(wrong)?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    let logs = &find(&state.store, universe)?.restrictions.logs;
    let logs = logs.iter().rev().filter(|log| {
        user.is_none_or(|user| user == log.user)
            && place.is_none_or(|place| Some(place) == log.place)
    });
    Ok(page.respond("logs", logs.map(|log| json!(log.to_json()))))
}

/// Returns user and place in `user == 'users/1' && place == 'places/2'`.
fn parse_filter(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (mut user, mut place) = (None, None);
    for condition in text.split("&&").filter(|_| !text.is_empty()) {
        let (field, value) = field_and_value(condition)?;
        match field {
            "user" => user = Some(quoted_id(value, "users")?),
            "place" => place = Some(quoted_id(value, "places")?),
            _ => return None,
        }
    }
    Some((user, place))
}
