//! Game servers and their logs.

use std::time::Duration;

use super::{read, utc, with_response};
use crate::support::{MockServer, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    GameServer, GameServerLog, GameServerStatus, LogSeverity, NumberOrText, ServerFilter,
    ServerFilterField, ServerFilterOption, ServerFilterType,
};
use serde_json::{Value, json};

fn full_server() -> Value {
    json!({
        "placeId": "90", "placeVersion": "12", "jobId": "a-b", "engineVersion": "0.700.0.7000700",
        "createTime": "2026-01-02T03:04:05Z", "uptime": "1.02:03:04", "memoryUsageBytes": 1_073_741_824_u64,
        "frameRate": 59.5, "occupancy": 3, "maxOccupancy": 30, "type": 1, "full": false, "shutDown": true,
        "status": "out_of_memory", "terminationTime": "2026-01-03T05:07:09Z", "playerIds": [156, 1001],
    })
}

#[test]
fn a_server() {
    let server: GameServer = read(&full_server());
    assert_eq!(
        (server.place_id, server.place_version),
        (Some(90.into()), Some(12))
    );
    assert_eq!(server.job_id.unwrap().as_str(), "a-b");
    assert_eq!(
        server.uptime,
        Some(Duration::from_secs(26 * 3600 + 3 * 60 + 4))
    );
    assert_eq!(
        (server.memory_usage_bytes, server.frame_rate),
        (Some(1 << 30), Some(59.5))
    );
    assert_eq!(
        (server.occupancy, server.max_occupancy),
        (Some(3), Some(30))
    );
    assert_eq!(server.server_type, Some(NumberOrText::Number(1)));
    assert_eq!(server.status, Some(GameServerStatus::OutOfMemory));
    assert_eq!(server.termination_time, Some(utc("2026-01-03T05:07:09Z")));
    assert_eq!(server.player_ids, [156.into(), 1001.into()]);

    let sparse: GameServer = read(
        &json!({"jobId": null, "frameRate": null, "playerIds": null, "uptime": "PT3S",
        "terminationTime": null, "status": "Active", "type": "Standard"}),
    );
    assert_eq!(sparse.status, Some(GameServerStatus::Active));
    assert_eq!(sparse.uptime, Some(Duration::from_secs(3)));
    let unknown: GameServer = read(&json!({"status": "hibernated"}));
    assert_eq!(unknown.status.unwrap().as_str(), "hibernated");
}

#[test]
fn an_incomplete_page_of_servers_contains_an_error() {
    let page = json!({"gameServers": [full_server()], "nextPageToken": "t", "totalCount": null,
        "activeServersFetchError": true, "shutdownServersFetchError": null});
    let peer = MockServer::replying([
        ok(page.to_string()),
        ok(r#"{"gameServers":[{}],"activeServersFetchError":false}"#),
    ]);
    let servers = || {
        peer.client()
            .universe(5)
            .place(90)
            .list_servers(12, ServerFilter::all())
    };
    let items: Vec<_> = servers().collect();
    assert_eq!(items.len(), 3);
    assert!(items[0].is_ok() && items[2].is_ok());
    let error = items[1].as_ref().unwrap_err();
    assert!(error.is_item(), "{error}");
    assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
    assert!(
        error.to_string().contains("activeServersFetchError"),
        "{error}"
    );

    let malformed =
        json!({"gameServers": [{"uptime": "soon"}], "shutdownServersFetchError": true}).to_string();
    let errors: Vec<_> = with_response(malformed, |client| {
        let servers = client
            .universe(5)
            .place(90)
            .list_servers(12, ServerFilter::all());
        servers
            .map(|server| server.unwrap_err().to_string())
            .collect()
    });
    assert_eq!(
        errors.len(),
        2,
        "a malformed item, and the missing servers: {errors:?}"
    );
    assert!(errors[0].contains("soon") && errors[1].contains("shutdownServersFetchError"));
}

#[test]
fn servers_are_counted_without_being_listed() {
    let count = |body: &str| {
        with_response(body, |client| {
            client
                .universe(5)
                .place(90)
                .count_servers(12, ServerFilter::all())
        })
    };
    assert_eq!(
        count(r#"{"gameServers":[],"totalCount":17}"#).unwrap(),
        Some(17)
    );
    assert_eq!(
        count(r#"{"totalCount":null,"activeServersFetchError":true}"#).unwrap(),
        None
    );
    let error = count(r#"{"errors":[{"code":403,"message":"no"}]}"#).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[test]
fn a_log_line_in_all_spellings() {
    let line: GameServerLog = read(&json!({
        "messageTimestampMs": "2026-01-02T03:04:05.123Z", "universeId": 5, "placeId": "90", "placeVersion": "12",
        "jobId": "a-b", "severity": 3, "message": "attempt to index nil", "stackTrace": "Script:1",
        "messageTemplate": "t", "context": "{}", "skippedCount": 4, "rateLimitedCount": 0,
    }));
    assert_eq!(line.message_time, Some(utc("2026-01-02T03:04:05.123Z")));
    assert_eq!(line.severity, Some(LogSeverity::Error));
    assert_eq!(
        (line.universe_id, line.place_version),
        (Some(5.into()), Some(12))
    );
    assert_eq!(
        (line.skipped_count, line.rate_limited_count),
        (Some(4), Some(0))
    );
    for time in [json!(1_767_323_045_123_i64), json!("1767323045123")] {
        let line: GameServerLog = read(&json!({"messageTimestampMs": time, "severity": "Warning"}));
        assert_eq!(line.message_time, Some(utc("2026-01-02T03:04:05.123Z")));
        assert_eq!(line.severity, Some(LogSeverity::Warning));
    }
    let sparse: GameServerLog =
        read(&json!({"messageTimestampMs": null, "severity": 9, "stackTrace": null}));
    assert_eq!(sparse.severity.unwrap().as_str(), "9");
    for time in [json!("soon"), json!(1.5), json!(i64::MAX)] {
        let line = json!({"messageTimestampMs": time});
        assert!(serde_json::from_value::<GameServerLog>(line).is_err());
    }
}

#[test]
fn filters_keep_the_order_of_the_service() {
    let body = r#"{"filters":{"PlaceVersion":{"field":"PlaceVersion","type":"Number","values":[12,11]},
        "EngineVersion":{"type":"String","values":["0.700"]},"Region":{"field":null,"type":"Map","values":null}}}"#;
    let options = with_response(body, |client| {
        client.universe(5).place(90).server_filters().unwrap()
    });
    let fields: Vec<_> = options.iter().map(|option| option.field.as_str()).collect();
    assert_eq!(fields, ["PlaceVersion", "EngineVersion", "Region"]);
    assert_eq!(options[0].values, [json!(12), json!(11)]);
    assert_eq!(options[1].field, ServerFilterField::EngineVersion);
    assert_eq!(options[1].value_type, Some(ServerFilterType::String));
    assert_eq!(options[2].value_type.as_ref().unwrap().as_str(), "Map");
    for option in &options {
        read::<ServerFilterOption>(&serde_json::to_value(option).unwrap());
    }
    assert!(
        with_response("{}", |client| client.universe(5).place(90).server_filters())
            .unwrap()
            .is_empty()
    );
}
