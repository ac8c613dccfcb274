//! Which universes users follow.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::number;
use crate::sandbox::server::Response;
use crate::sandbox::state::Shared;
use crate::sandbox::store::timestamp;

/// How many universes a user may follow.
const LIMIT: usize = 200;

/// An endpoint of this family, with user and universe.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'a> {
    List(&'a str),
    ListWithDates(&'a str),
    Following(&'a str, &'a str),
    Status(&'a str, &'a str),
}

impl<'a> Route<'a> {
    pub(super) fn from_segments(segments: &[&'a str]) -> Option<Self> {
        Some(match *segments {
            ["v1", "users", user, "universes"] => Self::List(user),
            ["v2", "users", user, "universes"] => Self::ListWithDates(user),
            ["v1", "users", user, "universes", universe] => Self::Following(user, universe),
            ["v1", "users", user, "universes", universe, "status"] => Self::Status(user, universe),
            _ => return None,
        })
    }

    pub(super) fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Following(..) => &["POST", "DELETE"],
            _ => &["GET"],
        }
    }

    pub(super) fn response(self, shared: &Shared, method: &str) -> Result<Value, Response> {
        let mut state = shared.state();
        let (user, universe) = self.arguments()?;
        if !state.store.users.contains_key(&user) {
            return Err(Response::gateway_error(404, "The user was not found."));
        }
        let followed = state.store.followings.entry(user).or_default();
        Ok(match self {
            Self::List(_) => followed.keys().map(|id| following(user, *id)).collect(),
            Self::ListWithDates(_) => with_dates(user, followed),
            Self::Status(..) => status(user, universe, followed),
            Self::Following(..) => {
                change(method == "POST", universe, followed)?;
                following(user, universe)
            }
        })
    }

    fn arguments(self) -> Result<(u64, u64), Response> {
        let (user, universe) = match self {
            Self::List(user) | Self::ListWithDates(user) => (user, "0"),
            Self::Following(user, universe) | Self::Status(user, universe) => (user, universe),
        };
        let numbers = number(user).zip(number(universe));
        numbers.ok_or_else(|| Response::gateway_error(400, "The id is not a number."))
    }
}

/// Follows, or ceases to; to do it twice changes nothing.
fn change(
    follow: bool,
    universe: u64,
    followed: &mut BTreeMap<u64, OffsetDateTime>,
) -> Result<(), Response> {
    if !follow {
        followed.remove(&universe);
    } else if followed.len() < LIMIT || followed.contains_key(&universe) {
        let now = OffsetDateTime::now_utc();
        followed.entry(universe).or_insert(now);
    } else {
        let message = "The user has reached the limit of number of followed universes.";
        return Err(Response::gateway_error(400, message));
    }
    Ok(())
}

fn following(user: u64, universe: u64) -> Value {
    json!({ "universeId": universe, "userId": user })
}

fn with_dates(user: u64, followed: &BTreeMap<u64, OffsetDateTime>) -> Value {
    let sources: Map<String, Value> = followed
        .iter()
        .map(|(universe, since)| (universe.to_string(), json!(timestamp(*since))))
        .collect();
    json!({ "followerType": 1, "followerId": user, "sourceType": 1, "followedSources": sources })
}

fn status(user: u64, universe: u64, followed: &BTreeMap<u64, OffsetDateTime>) -> Value {
    json!({
        "UniverseId": universe,
        "UserId": user,
        "CanFollow": followed.len() < LIMIT,
        "IsFollowing": followed.contains_key(&universe),
        "FollowingCountByType": followed.len(),
        "FollowingLimitByType": LIMIT,
    })
}
