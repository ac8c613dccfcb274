//! Universes and their places.

mod condition;
pub(crate) mod configs;
pub(crate) mod history;
pub(crate) mod instances;
pub(crate) mod language;
mod lookup;
pub(crate) mod luau;
mod mask;
pub(crate) mod memory_stores;
pub(crate) mod messages;
pub(crate) mod ordered_stores;
pub(crate) mod places;
pub(crate) mod publishing;
pub(crate) mod restarts;
pub(crate) mod restrictions;
pub(crate) mod servers;

use serde_json::Value;

use super::call::Call;
use super::rejection::Rejection;
use lookup::{find, find_mut};

/// The fields that an update can set.
const FIELDS: [&str; 14] = [
    "consoleEnabled",
    "desktopEnabled",
    "discordSocialLink",
    "facebookSocialLink",
    "guildedSocialLink",
    "mobileEnabled",
    "privateServerPriceRobux",
    "robloxGroupSocialLink",
    "tabletEnabled",
    "twitchSocialLink",
    "twitterSocialLink",
    "voiceChatEnabled",
    "vrEnabled",
    "youtubeSocialLink",
];

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("universe_id")?;
    Ok(find(&call.state().store, id)?.to_json())
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("universe_id")?;
    let changes = mask::changes(call, &FIELDS)?;
    let mut state = call.state();
    let now = state.now();
    let universe = find_mut(&mut state.store, id)?;
    for (path, value) in changes {
        mask::apply(&mut universe.settings, &path, value);
    }
    universe.updated = now;
    Ok(universe.to_json())
}
