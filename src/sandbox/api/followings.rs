//! The universes that users follow.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::call::Call;
use super::rejection::{Rejection, gateway};
use crate::sandbox::clock::timestamp;
use crate::sandbox::state::State;

/// The number of universes that a user may follow.
const MAX_FOLLOWED: usize = 200;

type Followed = BTreeMap<u64, OffsetDateTime>;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let user = call.legacy_id("userId")?;
    let mut state = call.state();
    let followed = followed_by(&mut state, user)?;
    Ok(followed.keys().map(|id| following(user, *id)).collect())
}

pub(crate) fn list_with_dates(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let user = call.legacy_id("userId")?;
    let mut state = call.state();
    let followed = followed_by(&mut state, user)?.iter();
    let sources: Map<String, Value> = followed
        .map(|(universe, since)| (universe.to_string(), json!(timestamp(*since))))
        .collect();
    Ok(
        json!({ "followerType": 1, "followerId": user, "sourceType": 1, "followedSources": sources }),
    )
}

/// Following a universe twice changes nothing.
pub(crate) fn follow(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (user, universe) = (call.legacy_id("userId")?, call.legacy_id("universeId")?);
    let mut state = call.state();
    let now = state.now();
    let followed = followed_by(&mut state, user)?;
    if followed.len() >= MAX_FOLLOWED && !followed.contains_key(&universe) {
        let message = "The user has reached the limit of number of followed universes.";
        return Err(gateway(400, message));
    }
    followed.entry(universe).or_insert(now);
    Ok(following(user, universe))
}

/// Unfollowing a universe twice changes nothing.
pub(crate) fn unfollow(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (user, universe) = (call.legacy_id("userId")?, call.legacy_id("universeId")?);
    followed_by(&mut call.state(), user)?.remove(&universe);
    Ok(following(user, universe))
}

pub(crate) fn status(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (user, universe) = (call.legacy_id("userId")?, call.legacy_id("universeId")?);
    let mut state = call.state();
    let followed = followed_by(&mut state, user)?;
    Ok(json!({
        "UniverseId": universe,
        "UserId": user,
        "CanFollow": followed.len() < MAX_FOLLOWED,
        "IsFollowing": followed.contains_key(&universe),
        "FollowingCountByType": followed.len(),
        "FollowingLimitByType": MAX_FOLLOWED,
    }))
}

fn followed_by(state: &mut State, user: u64) -> Result<&mut Followed, Rejection> {
    if !state.store.users.contains_key(&user) {
        return Err(gateway(404, "The user was not found."));
    }
    Ok(state.store.followings.entry(user).or_default())
}

fn following(user: u64, universe: u64) -> Value {
    json!({ "universeId": universe, "userId": user })
}
