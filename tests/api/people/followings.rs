use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{FollowingStatus, UserId};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{assert_sent, attempts, sent, with_response};

#[test]
fn requests_are_the_documented_ones() {
    let v1 = "/legacy-followings/v1/users/156/universes";
    let one = format!("{v1}/9");
    let get = |request, target: &str| assert_sent(&request, "GET", target, "");
    get(sent(|client| client.user(156).followed_universes_v1()), v1);
    get(
        sent(|client| client.user(156).followed_universes()),
        "/legacy-followings/v2/users/156/universes",
    );
    get(
        sent(|client| client.user(156).following_status(9)),
        &format!("{one}/status"),
    );
    let follow = sent(|client| client.user(156).follow_universe(9));
    assert_sent(&follow, "POST", &one, "");
    let unfollow = sent(|client| client.user(156).unfollow_universe(9));
    assert_sent(&unfollow, "DELETE", &one, "");
    assert_eq!(attempts(|client| client.user(156).follow_universe(9)), 1);
    assert_eq!(attempts(|client| client.user(156).unfollow_universe(9)), 4);
}

#[test]
fn the_list_is_bare() {
    let listed = |response: &str| {
        with_response(response, |client| client.user(156).followed_universes_v1()).map(
            |followings| {
                let pairs = followings.iter();
                pairs
                    .map(|one| (one.universe_id.get(), one.user_id.map(UserId::get)))
                    .collect::<Vec<_>>()
            },
        )
    };
    let both = r#"[{"universeId":9,"userId":156},{"universeId":"8"}]"#;
    assert_eq!(listed(both).unwrap(), [(9, Some(156)), (8, None)]);
    assert_eq!(listed("[]").unwrap(), []);
    assert_eq!(listed("null").unwrap(), []);
    assert_eq!(listed("{}").unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn dates_come_as_a_map_in_the_order_of_the_service() {
    let listed =
        |response: &str| with_response(response, |client| client.user(156).followed_universes());
    let response = json!({"followerType": 1, "followerId": 156, "sourceType": 1}).to_string();
    let map = r#","followedSources":{"9":"2023-07-05T12:34:56.1234567Z","10":null,"8":"2020-01-01T00:00:00+01:00"}}"#;
    let universes = listed(&response.replace('}', map)).unwrap();
    let found: Vec<_> = universes
        .iter()
        .map(|one| (one.universe_id.get(), one.follow_time))
        .collect();
    let time = |text| Some(OffsetDateTime::parse(text, &Rfc3339).unwrap());
    assert_eq!(
        found,
        [
            (9, time("2023-07-05T12:34:56.1234567Z")),
            (10, None),
            (8, time("2019-12-31T23:00:00Z")),
        ]
    );
    for empty in [
        "{}",
        r#"{"followedSources":null}"#,
        r#"{"followedSources":{}}"#,
    ] {
        assert!(listed(empty).unwrap().is_empty(), "{empty}");
    }
    let malformed = listed(r#"{"followedSources":{"x":null}}"#).unwrap_err();
    assert_eq!(malformed.kind(), ErrorKind::Decode);
}

#[test]
fn the_status_is_read_in_both_spellings() {
    let pascal = r#"{"UniverseId":9,"UserId":156,"CanFollow":true,"IsFollowing":false,"FollowingCountByType":3,"FollowingLimitByType":"200"}"#;
    let camel = r#"{"universeId":9,"userId":156,"canFollow":true,"isFollowing":false,"followingCountByType":3,"followingLimitByType":200}"#;
    let read = |response: &str| -> FollowingStatus {
        with_response(response, |client| client.user(156).following_status(9)).unwrap()
    };
    assert_eq!(read(pascal), read(camel));
    let status = read(pascal);
    assert!(status.can_follow && !status.is_following);
    assert_eq!(status.following_count_by_type, Some(3));
    assert_eq!(status.following_limit_by_type, Some(200));
    let least = read(r#"{"CanFollow":false,"IsFollowing":true,"FollowingCountByType":null}"#);
    assert_eq!(least.following_count_by_type, None);
}

#[test]
fn the_sandbox_stores_followed_universes() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let user = client.user(156);
    assert!(user.followed_universes_v1().unwrap().is_empty());
    for universe in [9, 8, 9] {
        user.follow_universe(universe).unwrap();
    }
    let ids = || -> Vec<u64> {
        let found = user.followed_universes_v1().unwrap();
        found.iter().map(|one| one.universe_id.get()).collect()
    };
    assert_eq!(ids(), [8, 9]);
    let dated = user.followed_universes().unwrap();
    assert_eq!(dated.len(), 2);
    assert!(dated.iter().all(|one| one.follow_time.is_some()));
    assert!(user.following_status(9).unwrap().is_following);
    user.unfollow_universe(9).unwrap();
    user.unfollow_universe(9).unwrap();
    assert_eq!(ids(), [8]);
    assert!(!user.following_status(9).unwrap().is_following);

    for universe in 1000..1199 {
        user.follow_universe(universe).unwrap();
    }
    let status = user.following_status(5).unwrap();
    assert!(!status.can_follow);
    let error = user.follow_universe(5).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    assert!(error.message().contains("limit"), "{error}");
    let nobody = client.user(1).followed_universes_v1().unwrap_err();
    assert_eq!(nobody.kind(), ErrorKind::NotFound);
}
