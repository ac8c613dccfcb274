//! Revisions of entries.

use serde_json::{Value, json};

use super::entries::{Naming, entry_address};
use super::filter::Period;
use super::lock;
use super::problem::v2;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::Paging;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::state::data_store::Problem;

/// Lists the revisions of an entry, the newest first.
pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let address = entry_address(call, call.param("entry_id")?)?;
    let period = Period::parse(call.filter()).map_err(v2)?;
    let naming = Naming::new(call)?;
    let page = call.page(&Paging::TOKENS)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let kept = stores.entry(&address).map_err(v2)?.kept(now);
    if kept.is_empty() {
        return Err(v2(Problem::NoEntry));
    }
    let revisions = kept.iter().rev();
    let revisions = revisions.filter(|revision| period.contains(revision.time));
    let items = revisions.map(|revision| json!(naming.revision(&address.key, revision)));
    Ok(page.respond("dataStoreEntries", items))
}
