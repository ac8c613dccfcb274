use rblx_open_cloud::models::{GroupAuditLogAction, GroupAuditLogEntry, GroupAuditLogFilter};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{ErrorKind, Result};
use serde_json::{from_value, json, to_value};

use super::{MockServer, assert_sent, ok, sent, with_response};
use crate::support::Received;

const LOG: &str = "/legacy-groups/v1/groups/7/audit-log";

fn entry(action: &str) -> serde_json::Value {
    json!({
        "actor": {
            "user": {"hasVerifiedBadge": false, "userId": 156, "username": "builderman", "displayName": "Builder"},
            "role": {"id": 99, "name": "Owner", "rank": 255},
        },
        "actionType": action,
        "description": {"TargetId": 2, "TargetName": "private", "Actions": [0, 3]},
        "created": "2020-05-18T12:06:34Z",
    })
}

#[test]
fn requests_are_the_documented_ones() {
    let asked = |filter| {
        sent(|client| {
            let mut list = client.group(7).list_audit_log(filter);
            list.next().transpose()
        })
    };
    let all = asked(GroupAuditLogFilter::all());
    assert_sent(&all, "GET", &format!("{LOG}?limit=100"), "");
    let filter = GroupAuditLogFilter::all()
        .action(GroupAuditLogAction::ChangeRank)
        .user(156)
        .oldest_first();
    assert_sent(
        &asked(filter.clone()),
        "GET",
        &format!("{LOG}?actionType=ChangeRank&userId=156&sortOrder=Asc&limit=100"),
        "",
    );
    let newest = asked(filter.newest_first());
    assert_eq!(newest.query("sortOrder").as_deref(), Some("Desc"));
    let unknown = GroupAuditLogFilter::all().action("Do & Undo".into());
    let unknown = asked(unknown).query("actionType");
    assert_eq!(unknown.as_deref(), Some("Do & Undo"));
}

#[test]
fn pages_are_followed_by_cursor_in_sizes_that_the_service_takes() {
    let peer = MockServer::new(|_, request: &Received| {
        let next = match request.query("cursor").as_deref() {
            None => json!("a=b&c"),
            Some("a=b&c") => json!("3"),
            _ => json!(null),
        };
        let data = [entry("Change Rank"), entry("Lock")];
        ok(json!({"previousPageCursor": null, "nextPageCursor": next, "data": data}).to_string())
    });
    let list = |limit, size| {
        let list = peer
            .client()
            .group(7)
            .list_audit_log(GroupAuditLogFilter::all());
        list.page_size(size)
            .limit(limit)
            .map(Result::unwrap)
            .count()
    };
    assert_eq!(list(100, 20), 6);
    let sizes: Vec<_> = peer
        .requests()
        .iter()
        .map(|one| one.query("limit"))
        .collect();
    assert_eq!(sizes, vec![Some("25".to_owned()); 3]);
    assert_eq!(list(3, 100), 3);
    let asked = peer.requests();
    assert_eq!(asked[3].query("limit").as_deref(), Some("10"));
    assert_eq!(asked.len(), 5);
}

#[test]
fn full_and_sparse_entries() {
    let read = |entries: serde_json::Value| -> Result<Vec<GroupAuditLogEntry>> {
        let response = json!({ "data": entries }).to_string();
        with_response(response, |client| {
            let list = client.group(7).list_audit_log(GroupAuditLogFilter::all());
            list.collect()
        })
    };
    let mut full = entry("Accept Join Request");
    full["actor"]["role"]["color"] = json!(3);
    full["actor"]["role"]["memberCount"] = json!("5");
    let found = read(json!([
        full,
        {"actionType": "Hug", "created": "2020-05-18T12:06:34.1234567Z", "actor": null, "description": null},
        {"actionType": "Lock", "created": "2020-05-18T12:06:34Z", "actor": {"user": null, "role": null}, "description": "x"},
    ]));
    let found = found.unwrap();
    assert_eq!(found[0].action_type, GroupAuditLogAction::AcceptJoinRequest);
    assert_eq!(found[0].description["TargetId"], 2);
    let actor = found[0].actor.as_ref().unwrap();
    assert_eq!(actor.user.as_ref().unwrap().user_id, 156.into());
    let role = actor.role.as_ref().unwrap();
    assert_eq!(
        (role.id, role.rank, role.member_count),
        (99.into(), Some(255), Some(5))
    );
    assert_eq!(role.color, Some(3.into()));
    assert_eq!(found[1].action_type, "Hug".into());
    assert_eq!(
        (&found[1].actor, &found[1].description),
        (&None, &json!(null))
    );
    assert_eq!(found[2].description, "x");
    let again: GroupAuditLogEntry = from_value(to_value(&found[0]).unwrap()).unwrap();
    assert_eq!(again, found[0]);
    let error = read(json!([{"actionType": "Lock"}])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("created"), "{error}");
}

#[test]
fn actions_are_read_in_both_spellings() {
    for (spelled, action) in [
        ("Change Rank", GroupAuditLogAction::ChangeRank),
        ("ChangeRank", GroupAuditLogAction::ChangeRank),
        ("Create Role Set", GroupAuditLogAction::CreateRoleset),
        (
            "Update Roleset Rank",
            GroupAuditLogAction::UpdateRolesetRank,
        ),
        ("Invite to Clan", GroupAuditLogAction::InviteToClan),
        (
            "AdjustCurrencyAmounts",
            GroupAuditLogAction::AdjustCurrencyAmounts,
        ),
        (
            "Adjust Currency Amounts",
            GroupAuditLogAction::AdjustCurrencyAmounts,
        ),
        ("Delete", GroupAuditLogAction::Delete),
    ] {
        assert_eq!(GroupAuditLogAction::from(spelled), action);
        assert!(!action.as_str().contains(' '), "as filters spell it");
    }
}

#[test]
fn the_sandbox_records_changes_in_the_audit_log() {
    let sandbox = Sandbox::start().unwrap();
    let group = sandbox.client().group(7);
    let all = |filter| -> Vec<_> {
        let list = group.list_audit_log(filter).page_size(10);
        list.collect::<Result<_>>().unwrap()
    };
    let before = all(GroupAuditLogFilter::all());
    assert_eq!(before.len(), 24);
    group.accept_join_request(2).unwrap();
    group.set_role(2, 98).unwrap();
    group.set_status("Hello").unwrap();
    sandbox.fail_next(Fault::empty_page());
    let after = all(GroupAuditLogFilter::all());
    let actions: Vec<_> = after.iter().map(|one| one.action_type.as_str()).collect();
    assert_eq!(
        actions[..3],
        ["PostStatus", "ChangeRank", "AcceptJoinRequest"]
    );
    assert_eq!(after[3..], before);
    let promoted = all(GroupAuditLogFilter::all().action(GroupAuditLogAction::ChangeRank));
    assert_eq!(promoted.len(), 1);
    assert_eq!(promoted[0].description["TargetName"], "private");
    let actor = promoted[0].actor.as_ref().unwrap();
    assert_eq!(actor.role.as_ref().unwrap().rank, Some(255));
    let oldest = all(GroupAuditLogFilter::all().oldest_first());
    assert_eq!(oldest[0].description["TargetId"], 1001);
    assert!(all(GroupAuditLogFilter::all().user(2)).is_empty());

    let mut list = group
        .list_audit_log(GroupAuditLogFilter::all())
        .page_size(10);
    list.by_ref().take(15).for_each(drop);
    let token = list.resume_token().unwrap().clone();
    let other = group.list_audit_log(GroupAuditLogFilter::all().oldest_first());
    let error = other.page_size(10).starting_at(&token).next().unwrap();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::BadRequest);
    let rest = group
        .list_audit_log(GroupAuditLogFilter::all())
        .page_size(10);
    assert_eq!(rest.starting_at(token).count(), 17);
}
