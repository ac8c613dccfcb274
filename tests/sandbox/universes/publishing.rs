//! Published versions of a place.

use std::time::Duration;

use super::{file, versions};
use crate::common::Raw;
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{PlaceHistoryFilter, VersionNotes};
use rblx_open_cloud::sandbox::{Fault, Sandbox};

#[test]
fn versions_are_numbered_and_equal_content_keeps_its_number() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    assert_eq!(place.save(file("a")).unwrap(), 2);
    assert_eq!(place.save(file("a")).unwrap(), 2);
    assert_eq!(
        versions(&place, PlaceHistoryFilter::all().published(true)),
        [1]
    );
    assert_eq!(
        place.publish(file("a")).unwrap(),
        2,
        "publishing what was saved makes no version"
    );
    assert_eq!(place.publish(file("b")).unwrap(), 3);
    assert_eq!(place.publish(file("a")).unwrap(), 4, "going back does");
    assert_eq!(versions(&place, PlaceHistoryFilter::all()), [4, 3, 2, 1]);
    assert_eq!(
        sandbox
            .client()
            .universe(13_058)
            .place(91)
            .publish(file("a"))
            .unwrap(),
        2
    );

    let noted = place
        .set_version_notes(3, VersionNotes::new("Winter").description("Snow"))
        .unwrap();
    assert_eq!(
        (noted.has_notes, noted.description.as_deref()),
        (Some(true), Some("Snow"))
    );
    for (filter, expected) in [
        (PlaceHistoryFilter::all().has_notes(true), vec![3]),
        (PlaceHistoryFilter::all().text("SNOW"), vec![3]),
        (PlaceHistoryFilter::all().text("rain"), vec![]),
        (
            PlaceHistoryFilter::all()
                .contributor(156)
                .until(sandbox.now() - Duration::from_secs(3600)),
            vec![1],
        ),
        (PlaceHistoryFilter::all().contributor(2), vec![]),
    ] {
        assert_eq!(versions(&place, filter), expected);
    }
    let users: Vec<_> = place
        .list_contributors()
        .map(|user| user.unwrap().get())
        .collect();
    assert_eq!(users, [156]);
    let error = place
        .set_version_notes(9, VersionNotes::new("x"))
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("404"))
    );
}

#[test]
fn a_lost_publish_is_repeated_and_makes_one_version() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    sandbox.fail_next(Fault::lost_answer());
    assert_eq!(place.publish(file("a")).unwrap(), 2);
    assert_eq!(sandbox.requests().len(), 2);
    assert_eq!(versions(&place, PlaceHistoryFilter::all()), [2, 1]);
}

#[test]
fn files_that_cannot_be_published() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let locks: [fn(&Sandbox, bool); 2] = [
        |sandbox, yes| sandbox.open_in_studio(90, yes),
        |sandbox, yes| sandbox.open_in_team_create(90, yes),
    ];
    for lock in locks {
        lock(&sandbox, true);
        let error = universe.place(90).publish(file("a")).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Conflict, Some(409))
        );
        lock(&sandbox, false);
    }
    let other = universe.place(95).publish(file("a")).unwrap_err();
    assert!(
        other.to_string().contains("Place not part of the universe"),
        "{other}"
    );
    let gone = sandbox
        .client()
        .universe(1)
        .place(90)
        .publish(file("a"))
        .unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
    universe.place(90).publish(file("a")).unwrap();

    let mut raw = Raw::connect(&sandbox);
    let target = "/universes/v1/13058/places/90/versions";
    for (query, body, status) in [
        ("?versionType=Published", "<roblox!\u{89}", 400),
        ("?versionType=Published", "game", 400),
        ("?versionType=Published", "", 400),
        ("?versionType=Draft", "<roblox></roblox>", 400),
        ("", "<roblox></roblox>", 400),
        ("?versionType=Saved", "<roblox></roblox>", 200),
    ] {
        assert_eq!(
            raw.json("POST", &format!("{target}{query}"), body).status,
            status,
            "{query} {body}"
        );
    }
    let reply = raw.json(
        "POST",
        &format!("{target}?versionType=Saved"),
        "<roblox>2</roblox>",
    );
    assert_eq!(reply.header("content-type"), Some("application/json"));
}
