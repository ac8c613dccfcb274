//! The list of revisions, which is paged by the number of items to skip.

use std::collections::BTreeMap;

use serde::Serialize;
use time::OffsetDateTime;

use super::{raw, repository};
use crate::models::RawJson;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::exact_json;
use crate::sandbox::api::rejection::{Rejection, problem};
use crate::sandbox::api::values::number;
use crate::sandbox::clock::{parse_timestamp, timestamp};
use crate::sandbox::server::Response;
use crate::sandbox::state::universe::config::{Content, Revision, differences};

const DEFAULT_SIZE: u64 = 10;
const MAX_SIZE: u64 = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RevisionJson<'r> {
    revision_id: &'r str,
    version: u64,
    time: String,
    published_by: String,
    message: Option<&'r str>,
    deployment_result: &'static str,
    auto_restore_to_version: i64,
    changes: BTreeMap<String, Change<RawJson>>,
    conditional_rules_changes: Option<RulesChange>,
}

#[derive(Serialize)]
struct Change<T> {
    before: Option<T>,
    after: Option<T>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RulesChange {
    rules_order: Option<Change<Vec<String>>>,
    rules: BTreeMap<String, Change<RawJson>>,
}

#[derive(Serialize)]
struct Page<'r> {
    revisions: Vec<RevisionJson<'r>>,
}

/// The query parameters of a request.
struct Query {
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
    search: String,
    is_ascending: bool,
    skip: u64,
    size: u64,
}

impl Query {
    fn read(call: &Call<'_>) -> Result<Self, Rejection> {
        let invalid = |message: &str| problem(400, message);
        let time = |name: &str| call.parsed_query(name, parse_timestamp, invalid);
        let count = |name: &str| call.parsed_query(name, number, invalid);
        let is_ascending = |order: &str| match order {
            "SORT_ORDER_ASCENDING" => Some(true),
            "SORT_ORDER_DESCENDING" => Some(false),
            _ => None,
        };
        let is_ascending = call.parsed_query("SortOrder", is_ascending, invalid)?;
        Ok(Self {
            since: time("startTime")?,
            until: time("endTime")?,
            search: call.query("SearchKey").unwrap_or_default().to_lowercase(),
            is_ascending: is_ascending.unwrap_or_default(),
            skip: count("Skip")?.unwrap_or_default(),
            size: count("MaxPageSize")?.unwrap_or(DEFAULT_SIZE).min(MAX_SIZE),
        })
    }

    fn selects(&self, before: &Content, revision: &Revision) -> bool {
        let is_in_time = self.since.is_none_or(|since| revision.time >= since)
            && self.until.is_none_or(|until| revision.time <= until);
        let changes = differences(&before.entries, &revision.content.entries);
        let mut keys = changes.keys();
        let is_found =
            self.search.is_empty() || keys.any(|key| key.to_lowercase().contains(&self.search));
        is_in_time && is_found
    }
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let query = Query::read(call)?;
    let mut state = call.state();
    let repository = repository(&mut state, call)?;
    let mut selected: Vec<_> = repository
        .history()
        .filter(|(before, revision)| query.selects(before, revision))
        .collect();
    if !query.is_ascending {
        selected.reverse();
    }
    let to_count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = selected.iter().skip(to_count(query.skip));
    let page = page.take(to_count(query.size));
    exact_json(&Page {
        revisions: page
            .map(|(before, revision)| to_json(before, revision))
            .collect(),
    })
}

fn to_json<'r>(before: &Content, revision: &'r Revision) -> RevisionJson<'r> {
    let after = &revision.content;
    let (old, new) = (&before.rules, &after.rules);
    let order = (old.order != new.order).then(|| Change {
        before: Some(old.order.clone()),
        after: Some(new.order.clone()),
    });
    let rules = RulesChange {
        rules_order: order,
        rules: changes(&old.by_id, &new.by_id),
    };
    RevisionJson {
        revision_id: &revision.id,
        version: revision.version,
        time: timestamp(revision.time),
        published_by: revision.user.to_string(),
        message: revision.message.as_deref(),
        deployment_result: "Success",
        auto_restore_to_version: -1,
        changes: changes(&before.entries, &after.entries),
        conditional_rules_changes: (old != new).then_some(rules),
    }
}

fn changes(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> BTreeMap<String, Change<RawJson>> {
    let changes = differences(before, after).into_iter();
    changes
        .map(|(key, [before, after])| {
            let before = before.as_deref().map(raw);
            let after = after.as_deref().map(raw);
            (key, Change { before, after })
        })
        .collect()
}
