use rblx_open_cloud::models::{
    CommunityTierRequirementKey, GroupNotificationChange, GroupNotificationType, GroupSettings,
    GroupSettingsUpdate, NumberOrText,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{ErrorKind, Result};
use serde_json::{Value, json};

use super::{MockServer, assert_sent, attempts, ok, sent, with_response};

const GROUPS: &str = "/legacy-groups/v1/groups";

#[test]
fn requests_are_the_documented_ones() {
    let policies = sent(|client| client.group_policies([7, 8]));
    let target = format!("{GROUPS}/policies");
    assert_sent(&policies, "POST", &target, r#"{"groupIds":[7,8]}"#);
    let pending = sent(|client| client.pending_groups());
    assert_sent(&pending, "GET", "/legacy-groups/v1/user/groups/pending", "");
    let description = sent(|client| client.group(7).set_description("Say \"hi\""));
    let target = format!("{GROUPS}/7/description");
    assert_sent(
        &description,
        "PATCH",
        &target,
        r#"{"description":"Say \"hi\""}"#,
    );
    let status = sent(|client| client.group(7).set_status("Hello"));
    let target = format!("{GROUPS}/7/status");
    assert_sent(&status, "PATCH", &target, r#"{"message":"Hello"}"#);
    let settings = sent(|client| client.group(7).get_settings());
    assert_sent(&settings, "GET", &format!("{GROUPS}/7/settings"), "");
    for (kind, code) in [
        (GroupNotificationType::AnnouncementCreated, "0"),
        (GroupNotificationType::ForumPostCreated, "1"),
        (GroupNotificationType::ForumCommentCreated, "2"),
        (GroupNotificationType::ForumCommentReplyCreated, "3"),
        (GroupNotificationType::ForumSubscriber, "4"),
        ("5".into(), "5"),
        ("New".into(), "\"New\""),
    ] {
        let request = sent(|client| client.group(7).set_notification_preference(&kind, false));
        let target = format!("{GROUPS}/7/notification-preference");
        let body = format!(r#"{{"notificationsEnabled":false,"type":{code}}}"#);
        assert_sent(&request, "PATCH", &target, &body);
    }
}

#[test]
fn a_change_of_settings_sends_only_the_fields_that_are_set() {
    let body = |change: GroupSettingsUpdate| -> Value {
        let request = sent(|client| client.group(7).update_settings(&change));
        assert_eq!(request.method, "PATCH");
        assert_eq!(request.target, format!("{GROUPS}/7/settings"));
        serde_json::from_slice(&request.body).unwrap()
    };
    let one = GroupSettingsUpdate::new().approval_required(false);
    assert_eq!(body(one), json!({"isApprovalRequired": false}));
    let all = GroupSettingsUpdate::new()
        .approval_required(true)
        .enemies_allowed(false)
        .group_funds_visible(true)
        .group_games_visible(false)
        .verification_level(2)
        .account_tenure_requirement("OneWeek")
        .slowmode(0)
        .member_list_visible_to_public(true);
    assert_eq!(
        body(all),
        json!({
            "isApprovalRequired": true, "areEnemiesAllowed": false, "areGroupFundsVisible": true,
            "areGroupGamesVisible": false, "verificationLevel": 2, "accountTenureRequirement": "OneWeek",
            "slowmode": 0, "isMemberListVisibleToPublic": true,
        })
    );
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let nothing = client.group(7).update_settings(&GroupSettingsUpdate::new());
    assert_eq!(nothing.unwrap_err().kind(), ErrorKind::InvalidInput);
    let nothing = client.group_policies(Vec::<u64>::new());
    assert_eq!(nothing.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(peer.requests().is_empty());
}

#[test]
fn reads_and_settings_are_retried() {
    assert_eq!(attempts(|client| client.group_policies([7])), 4);
    assert_eq!(attempts(|client| client.pending_groups()), 4);
    assert_eq!(attempts(|client| client.group(7).get_settings()), 4);
    assert_eq!(attempts(|client| client.group(7).set_description("x")), 4);
}

#[test]
fn settings_with_numbers_names_and_missing_fields() {
    let read = |response: &str| -> GroupSettings {
        with_response(response, |client| client.group(7).get_settings()).unwrap()
    };
    let settings = read(
        r#"{"isApprovalRequired":true,"areEnemiesAllowed":false,"verificationLevel":2,"accountTenureRequirement":"OneWeek",
        "slowmode":null,"isAutoAssignRoleDisabled":null,"somethingNew":[1],
        "communityTier":{"groupId":"7","currentTier":2,"previousTier":1,"tierUpdatedTime":"2025-01-02T03:04:05Z",
        "lastEvaluatedTime":null,"requirements":[{"key":3,"satisfied":true},{"key":"OwnerTwoStepVerified"},{"key":9},{}],
        "capabilities":{"isEligibleForUnrestrictedMessages":true}}}"#,
    );
    assert_eq!(settings.is_approval_required, Some(true));
    assert_eq!(settings.are_enemies_allowed, Some(false));
    assert_eq!(settings.verification_level, Some(NumberOrText::Number(2)));
    let tenure = settings.account_tenure_requirement.as_ref();
    assert_eq!(tenure.map(ToString::to_string).as_deref(), Some("OneWeek"));
    assert_eq!(
        (settings.slowmode, settings.is_auto_assign_role_disabled),
        (None, None)
    );
    let tier = settings.community_tier.unwrap();
    assert_eq!(
        (tier.group_id, tier.current_tier),
        (Some(7.into()), Some(2))
    );
    let keys: Vec<_> = tier.requirements.into_iter().map(|one| one.key).collect();
    assert_eq!(
        keys,
        [
            Some(CommunityTierRequirementKey::OwnerIdVerified),
            Some(CommunityTierRequirementKey::OwnerTwoStepVerified),
            Some("9".into()),
            None
        ]
    );
    let capabilities = tier.capabilities.unwrap();
    assert_eq!(
        capabilities.is_eligible_for_unrestricted_messages,
        Some(true)
    );
    assert_eq!(read("{}"), GroupSettings::default());
    let no_requirements = read(r#"{"communityTier":{"requirements":null}}"#);
    assert!(
        no_requirements
            .community_tier
            .unwrap()
            .requirements
            .is_empty()
    );
}

#[test]
fn a_change_of_a_preference_is_reported_by_number_or_name() {
    let set = |response: &str| -> Result<GroupNotificationChange> {
        with_response(response, |client| {
            let kind = GroupNotificationType::ForumSubscriber;
            client.group(7).set_notification_preference(&kind, true)
        })
    };
    for (response, change) in [
        ("0", GroupNotificationChange::Unchanged),
        ("1", GroupNotificationChange::Created),
        ("2", GroupNotificationChange::Deleted),
        ("3", GroupNotificationChange::Updated),
        ("\"Updated\"", GroupNotificationChange::Updated),
        ("\"2\"", GroupNotificationChange::Deleted),
        ("17", "17".into()),
    ] {
        assert_eq!(set(response).unwrap(), change);
    }
    for malformed in ["{}", "null", "1.5"] {
        assert_eq!(set(malformed).unwrap_err().kind(), ErrorKind::Decode);
    }
}

#[test]
fn policies_and_pending_groups_come_whole() {
    let policies =
        |response: &str| with_response(response, |client| client.group_policies([7])).unwrap();
    let found = policies(r#"{"groups":[{"canViewGroup":true,"groupId":7},{"groupId":"8"}]}"#);
    let found: Vec<_> = found
        .iter()
        .map(|one| (one.group_id.get(), one.can_view_group))
        .collect();
    assert_eq!(found, [(7, Some(true)), (8, None)]);
    assert!(policies(r#"{"groups":null}"#).is_empty());
    assert!(policies("{}").is_empty());

    let user = json!({"userId": 156, "username": "builderman", "displayName": "builderman",
        "hasVerifiedBadge": true, "buildersClubMembershipType": "None"});
    let groups = json!({"data": [
        {"id": 7, "name": "Roblox", "description": "", "owner": user, "memberCount": 3, "isBuildersClubOnly": false,
         "publicEntryAllowed": true, "isLocked": false, "hasVerifiedBadge": true, "hasSocialModules": false,
         "shout": {"body": "Hi", "poster": user, "created": "2020-01-02T03:04:05.67-05:00", "updated": null},
         "communityTier": {"currentTier": 1}},
        {"id": "8", "owner": null, "shout": null, "communityTier": null},
    ]});
    let found = with_response(groups.to_string(), |client| client.pending_groups()).unwrap();
    let (full, bare) = (&found[0], &found[1]);
    let owner = full.owner.as_ref().unwrap();
    assert_eq!(
        (owner.user_id, owner.has_verified_badge),
        (156.into(), Some(true))
    );
    assert_eq!(owner.builders_club_membership_type, Some("None".into()));
    let shout = full.shout.as_ref().unwrap();
    assert_eq!(
        (shout.body.as_deref(), shout.poster.as_ref()),
        (Some("Hi"), Some(owner))
    );
    assert!(shout.created.is_some() && shout.updated.is_none());
    assert_eq!(
        (full.member_count, full.public_entry_allowed),
        (Some(3), Some(true))
    );
    assert_eq!(
        (bare.id, &bare.owner, &bare.shout),
        (8.into(), &None, &None)
    );
    let none = with_response(r#"{"data":[]}"#, |client| client.pending_groups());
    assert!(none.unwrap().is_empty());
}

#[test]
fn the_sandbox_stores_what_was_set() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let group = client.group(7);
    let before = group.get_settings().unwrap();
    let change = GroupSettingsUpdate::new()
        .approval_required(true)
        .slowmode(2);
    group.update_settings(&change).unwrap();
    let after = group.get_settings().unwrap();
    assert_eq!(after.is_approval_required, Some(true));
    assert_eq!(after.slowmode, Some(2.into()));
    assert_eq!(after.verification_level, before.verification_level);
    let too_high = GroupSettingsUpdate::new().enemies_allowed(true).slowmode(4);
    let rejected = group.update_settings(&too_high).unwrap_err();
    assert_eq!(rejected.kind(), ErrorKind::BadRequest);
    assert_eq!(group.get_settings().unwrap(), after, "all or nothing");

    assert_eq!(group.set_description("New").unwrap(), "New");
    assert_eq!(group.get().unwrap().description.as_deref(), Some("New"));
    let error = group.set_description("").unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::BadRequest, Some("29"))
    );
    let shout = group.set_status("Hello").unwrap();
    assert_eq!(shout.body.as_deref(), Some("Hello"));
    assert_eq!(shout.poster.unwrap().user_id, 156.into());
    let kind = GroupNotificationType::AnnouncementCreated;
    let changes = [true, true, false].map(|yes| group.set_notification_preference(&kind, yes));
    assert_eq!(
        changes.map(Result::unwrap),
        [
            GroupNotificationChange::Created,
            GroupNotificationChange::Unchanged,
            GroupNotificationChange::Updated
        ]
    );

    assert!(client.pending_groups().unwrap().is_empty());
    sandbox.add_group(20, "Twenty");
    sandbox.add_join_request(20, 156);
    let pending = client.pending_groups().unwrap();
    assert_eq!((pending.len(), pending[0].id), (1, 20.into()));
    let policies = client.group_policies([7, 20, 12345]).unwrap();
    assert_eq!(policies.len(), 2);
    let missing = client.group(12345).get_settings().unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::BadRequest);
}
