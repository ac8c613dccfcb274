//! Ads: requests, money without rounding, idempotency keys of creations, and failures inside of a success.

use crate::support::{MockServer, json, ok};
use rblx_open_cloud::models::{
    AdAgeGroup, AdDevice, CampaignBudget, CampaignPayment, CampaignSchedule, CampaignState,
    CampaignTargeting, CampaignUpdate, DeliveryReason, DeliveryStatus, MicroUsd, NewCampaign,
};
use rblx_open_cloud::{Client, ErrorKind, Result};
use time::{OffsetDateTime, UtcOffset};

const ADS: &str = "/ads-management/v1";

/// 2026-08-01.
fn start() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_785_542_400).unwrap()
}

fn campaign() -> NewCampaign {
    NewCampaign::new(
        "Summer promo",
        13_058,
        [9_876_543_210],
        CampaignBudget::daily(MicroUsd::dollars(5)),
        CampaignSchedule::new(start(), 7),
        CampaignPayment::CreditCard,
    )
}

/// The request of a call with its body.
fn sent<T>(call: impl FnOnce(Client) -> Result<T>) -> String {
    let peer = MockServer::replying([ok("{}")]);
    let _ = call(peer.client());
    let requests = peer.requests();
    assert_eq!(requests.len(), 1);
    let body = String::from_utf8_lossy(&requests[0].body);
    let line = format!("{} {} {body}", requests[0].method, requests[0].target);
    line.trim_end().to_owned()
}

#[test]
fn reading() {
    for (line, expected) in [
        (
            sent(|client| client.ads().universes()),
            "GET /advertisable-universes",
        ),
        (
            sent(|client| client.ads().options(None)),
            "GET /campaign-options",
        ),
        (
            sent(|client| client.ads().options(Some(5.into()))),
            "GET /campaign-options?universeId=5",
        ),
        (
            sent(|client| client.ads().list_billing_accounts().next().transpose()),
            "GET /billing-accounts?maxPageSize=100",
        ),
        (
            sent(|client| client.ads().billing_account("a/b")),
            "GET /billing-accounts/a%2Fb",
        ),
        (
            sent(|client| {
                client
                    .ads()
                    .list_campaigns()
                    .page_size(5)
                    .next()
                    .transpose()
            }),
            "GET /campaigns?maxPageSize=5",
        ),
        (
            sent(|client| client.ads().list_creatives(None).next().transpose()),
            "GET /creatives?maxPageSize=100",
        ),
        (
            sent(|client| {
                let creatives = client.ads().list_creatives(Some(false));
                creatives.starting_at("t").next().transpose()
            }),
            "GET /creatives?isArchived=false&maxPageSize=100&pageToken=t",
        ),
        (
            sent(|client| client.ads().campaign("12").get()),
            "GET /campaigns/12",
        ),
        (
            sent(|client| client.ads().statuses(["12", "13"])),
            r#"POST /campaigns:batchGetStatus {"campaignIds":["12","13"]}"#,
        ),
    ] {
        let (method, rest) = expected.split_once(' ').unwrap();
        assert_eq!(line, format!("{method} {ADS}{rest}"));
    }
}

#[test]
fn changing() {
    let targeting = CampaignTargeting::new()
        .age_groups([AdAgeGroup::From13To17, AdAgeGroup::From25])
        .countries(["US", "DE"])
        .devices([AdDevice::Phone]);
    let most = r#"{"name":"Summer promo","objective":"ENGAGEMENT","paymentType":"CREDIT_CARD","targetUniverseId":"13058","creativeAssetIds":["9876543210"],"budget":{"type":"DAILY","amountMicros":"5000000"},"schedule":{"startTime":"2026-08-01T00:00:00Z","durationInDays":7}"#;
    let whole = CampaignUpdate::new()
        .name("n")
        .status(CampaignState::Active)
        .budget(MicroUsd::cents(550))
        .start(start())
        .days(3650);
    for (line, expected) in [
        (
            sent(|client| client.ads().create_campaign(campaign())),
            format!("POST {ADS}/campaigns {most}}}"),
        ),
        (
            sent(|client| {
                client
                    .ads()
                    .create_campaign(campaign().targeting(targeting))
            }),
            format!(
                r#"POST {ADS}/campaigns {most},"targeting":{{"ageGroups":["AGE_13_17","AGE_25_PLUS"],"countries":["US","DE"],"devices":["PHONE"]}}}}"#
            ),
        ),
        (
            sent(|client| client.ads().campaign("12").update(whole)),
            format!(
                r#"PATCH {ADS}/campaigns/12 {{"budget":{{"amountMicros":"5500000"}},"name":"n","schedule":{{"durationInDays":3650,"startTime":"2026-08-01T00:00:00Z"}},"status":"ACTIVE"}}"#
            ),
        ),
        (
            sent(|client| {
                let cancel = CampaignUpdate::new().status(CampaignState::Cancelled);
                client.ads().campaign("12").update(cancel)
            }),
            format!(r#"PATCH {ADS}/campaigns/12 {{"status":"CANCELLED"}}"#),
        ),
    ] {
        assert_eq!(line, expected);
    }
}

/// The document allows times in UTC only.
#[test]
fn starts_are_sent_in_utc() {
    let summer = UtcOffset::from_hms(2, 0, 0).unwrap();
    let start = start().to_offset(summer);
    let new = NewCampaign::new(
        "n",
        5,
        [1],
        CampaignBudget::daily(MicroUsd::dollars(5)),
        CampaignSchedule::new(start, 7),
        CampaignPayment::CreditCard,
    );
    let update = CampaignUpdate::new().start(start);
    for sent in [
        sent(|client| client.ads().create_campaign(new)),
        sent(|client| client.ads().campaign("12").update(update)),
    ] {
        assert!(
            sent.contains(r#""startTime":"2026-08-01T00:00:00Z""#),
            "{sent}"
        );
    }
}

#[test]
fn wrong_requests_are_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let ads = peer.client().ads();
    let budget = || CampaignBudget::lifetime(MicroUsd::dollars(5));
    let schedule = |days| CampaignSchedule::new(start(), days);
    let new = |images: Vec<u64>, days| {
        NewCampaign::new("n", 5, images, budget(), schedule(days), "INVOICE".into())
    };
    let paid = |payment: &str| NewCampaign::new("n", 5, [1], budget(), schedule(7), payment.into());
    let phones = CampaignTargeting::new().devices(["phone".into()]);
    let adults = CampaignTargeting::new().age_groups(["age_25_plus".into()]);
    let update = |update| ads.campaign("12").update(update).map(drop);
    let ids = |count: usize| vec!["12"; count];
    for (result, why) in [
        (
            ads.create_campaign(new(vec![], 7)).map(drop),
            "at least one image",
        ),
        (
            ads.create_campaign(new(vec![1], 0)).map(drop),
            "1 to 3650 days, not 0",
        ),
        (
            ads.create_campaign(new(vec![1], 3651)).map(drop),
            "not 3651",
        ),
        (
            ads.create_campaign(paid("invoice")).map(drop),
            "did you mean \"INVOICE\"?",
        ),
        (
            ads.create_campaign(campaign().targeting(phones)).map(drop),
            "did you mean \"PHONE\"?",
        ),
        (
            ads.create_campaign(campaign().targeting(adults)).map(drop),
            "did you mean \"AGE_25_PLUS\"?",
        ),
        (update(CampaignUpdate::new()), "changes nothing"),
        (
            update(CampaignUpdate::new().days(0)),
            "1 to 3650 days, not 0",
        ),
        (
            update(CampaignUpdate::new().status("paused".into())),
            "did you mean \"PAUSED\"?",
        ),
        (ads.statuses(ids(0)).map(drop), "1 to 100 campaigns"),
        (ads.statuses(ids(101)).map(drop), "not of 101"),
        (ads.statuses([""]).map(drop), "cannot be empty"),
        (ads.campaign("").get().map(drop), "cannot be empty"),
        (ads.billing_account("..").map(drop), "cannot be \"..\""),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn dollars_are_exact() {
    for (text, micros, display) in [
        ("5", 5_000_000, "5.00 USD"),
        ("5.50", 5_500_000, "5.50 USD"),
        ("0.1", 100_000, "0.10 USD"),
        ("0.29", 290_000, "0.29 USD"),
        ("1.15", 1_150_000, "1.15 USD"),
        ("4.000001", 4_000_001, "4.000001 USD"),
        ("4.1250", 4_125_000, "4.125 USD"),
        ("0", 0, "0.00 USD"),
        // As a floating-point number it would become 40.98 dollars.
        (
            "9007199254740.993",
            9_007_199_254_740_993_000,
            "9007199254740.993 USD",
        ),
    ] {
        let amount: MicroUsd = text.parse().unwrap();
        assert_eq!(
            (amount.micros(), amount.to_string().as_str()),
            (micros, display)
        );
        let json = serde_json::to_string(&amount).unwrap();
        assert_eq!(json, format!("\"{micros}\""), "a text on the wire");
        assert_eq!(serde_json::from_str::<MicroUsd>(&json).unwrap(), amount);
        let number = serde_json::from_str::<MicroUsd>(&micros.to_string()).unwrap();
        assert_eq!(number, amount);
    }
    assert_eq!(MicroUsd::dollars(u32::MAX).to_string(), "4294967295.00 USD");
    assert_eq!(MicroUsd::cents(1999), "19.99".parse().unwrap());
    assert_eq!(format!("{:>10}", MicroUsd::cents(5)), "  0.05 USD");
    for text in [
        "",
        "-1",
        "5 USD",
        "0.0000001",
        "1e3000",
        "18446744073709551615",
        "$5",
    ] {
        let error = text.parse::<MicroUsd>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{text}");
    }
    for json in ["5.5", "\"5.5\"", "-5", "null", "\"\"", "5e6", "5000000.0"] {
        assert!(serde_json::from_str::<MicroUsd>(json).is_err(), "{json}");
    }
}

#[test]
fn a_retry_has_the_same_key_and_the_next_call_another() {
    let created = ok(r#"{"id":"12","status":"ACTIVE","deliveryStatus":"IN_REVIEW"}"#);
    let lost = json(503, r#"{"status":503,"title":"Unavailable","errors":[]}"#);
    let peer = MockServer::replying([lost.clone(), lost, created]);
    let ads = peer.retrying_client().ads();
    let new = campaign();
    let first = ads.create_campaign(new.clone()).unwrap();
    assert_eq!(first.delivery_status, Some(DeliveryStatus::InReview));
    ads.create_campaign(new).unwrap();
    let requests = peer.requests();
    let keys: Vec<_> = requests
        .iter()
        .map(|request| request.header("x-idempotency-key").unwrap())
        .collect();
    assert_eq!(keys.len(), 4);
    assert_eq!((keys[0], keys[1]), (keys[1], keys[2]), "retries");
    assert_ne!(
        keys[2], keys[3],
        "another call, though of the same campaign"
    );
    for key in &keys {
        let parts: Vec<_> = key.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{key}");
    }
    for request in &requests {
        assert_eq!(request.body, requests[0].body);
    }
    // Other calls do not have a key.
    let peer = MockServer::replying([ok("{}")]);
    let update = CampaignUpdate::new().name("n");
    peer.client().ads().campaign("12").update(update).unwrap();
    assert_eq!(peer.requests()[0].header("x-idempotency-key"), None);
}

#[test]
fn a_campaign_that_may_have_been_created_has_an_unknown_outcome() {
    let peer = MockServer::replying([json(503, "{}")]);
    let error = peer
        .retrying_client()
        .ads()
        .create_campaign(campaign())
        .unwrap_err();
    assert!(error.outcome_unknown());
    assert!(
        error.to_string().contains("check before you send it again"),
        "{error}"
    );
    let peer = MockServer::replying([json(
        409,
        r#"{"status":409,"title":"Conflict","detail":"d","errors":[{"code":"CONFLICT","message":"under way"}]}"#,
    )]);
    let error = peer
        .retrying_client()
        .ads()
        .create_campaign(campaign())
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Conflict, Some("CONFLICT"))
    );
    assert!(error.to_string().contains("under way"), "{error}");
    assert!(
        error.to_string().contains("Another change of the account"),
        "{error}"
    );
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn responses() {
    let campaign = r#"{"id":"1122334455","name":"Summer promo","objective":"ENGAGEMENT","paymentType":"BARTER",
        "targetUniverseId":"1234567890","creativeAssetIds":["9876543210"],"budget":{"type":"DAILY","amountMicros":"5000000",
        "scheduledAmountMicros":"4000000","scheduledEffectiveTime":"2026-08-02T07:00:00Z"},"schedule":{"startTime":
        "2026-08-01T00:00:00Z","durationInDays":7},"status":"ACTIVE","deliveryStatus":"NOT_SERVING",
        "deliveryStatusReasons":["SCHEDULED","RAINING"],"targeting":{},"createTime":"2026-07-27T00:00:00Z"}"#;
    let peer = MockServer::replying([ok(campaign)]);
    let read = peer.client().ads().campaign("1122334455").get().unwrap();
    let budget = read.budget.unwrap();
    assert_eq!(budget.amount, Some(MicroUsd::dollars(5)));
    assert_eq!(budget.scheduled_amount, Some(MicroUsd::dollars(4)));
    assert_eq!(read.payment_type, Some("BARTER".into()));
    assert_eq!(read.creative_asset_ids, [9_876_543_210.into()]);
    assert_eq!(
        read.delivery_status_reasons,
        [DeliveryReason::Scheduled, "RAINING".into()]
    );
    assert_eq!(read.schedule.unwrap().start_time, Some(start()));

    let universes = r#"{"advertisableUniverses":[{"universeId":"5"},{"universeId":6}]}"#;
    let peer = MockServer::replying([ok(universes), ok("{}")]);
    let ads = peer.client().ads();
    assert_eq!(ads.universes().unwrap(), [5.into(), 6.into()]);
    assert_eq!(ads.universes().unwrap(), []);

    let peer = MockServer::replying([
        ok(format!(
            r#"{{"campaigns":[{campaign}],"nextPageToken":"t"}}"#
        )),
        ok(r#"{"campaigns":[{"id":"2"}]}"#),
    ]);
    let names = peer.client().ads().list_campaigns();
    let ids: Vec<_> = names
        .map(|one| one.unwrap().id.unwrap().to_string())
        .collect();
    assert_eq!(ids, ["1122334455", "2"]);
}

const PARTIAL: &str = r#"{"statuses":[{"id":"12","status":"ACTIVE","deliveryStatus":"SERVING","deliveryStatusReasons":["LEARNING"]}],
    "failures":[{"id":"13","reason":"NOT_FOUND"}]}"#;

#[test]
fn failures_inside_of_a_success_are_errors_or_values() {
    let peer = MockServer::replying([ok(PARTIAL)]);
    let ads = peer.client().ads();
    let error = ads.statuses(["12", "13"]).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("NOT_FOUND"))
    );
    assert!(
        error
            .to_string()
            .contains("1 of 2 campaigns have no status: 13 (NOT_FOUND)"),
        "{error}"
    );
    let outcome = ads.each_status(["12", "13", "14", "14"]).unwrap();
    assert_eq!(
        outcome.statuses[0].delivery_status,
        Some(DeliveryStatus::Serving)
    );
    let failures: Vec<_> = outcome.failures.iter().map(ToString::to_string).collect();
    assert_eq!(
        failures,
        ["13 (NOT_FOUND)", "14 (the service did not report it)"]
    );
    let error = outcome.into_result().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected, "{error}");

    let all = r#"{"statuses":[{"id":"12"},{"id":"13","status":"PAUSED"}]}"#;
    let peer = MockServer::replying([ok(all)]);
    let statuses = peer.client().ads().statuses(["12", "13"]).unwrap();
    assert_eq!(statuses[1].status, Some(CampaignState::Paused));
    let peer = MockServer::replying([ok("{}")]);
    assert!(peer.client().ads().statuses(["12"]).is_err());
}

#[test]
fn everything_can_be_sent_again() {
    type Call = fn(&Client) -> Result<()>;
    let table: [(&str, Call); 4] = [
        ("create", |client| {
            client.ads().create_campaign(campaign()).map(drop)
        }),
        ("update", |client| {
            let update = CampaignUpdate::new().name("n");
            client.ads().campaign("12").update(update).map(drop)
        }),
        ("statuses", |client| {
            client.ads().each_status(["12"]).map(drop)
        }),
        ("options", |client| client.ads().options(None).map(drop)),
    ];
    for (name, call) in table {
        let peer = MockServer::replying([json(503, "{}"), ok("{}")]);
        call(&peer.retrying_client()).unwrap();
        assert_eq!(peer.requests().len(), 2, "{name}");
    }
}
