//! A group of 100,000 members takes the memory of one page.

use std::fmt::Write as _;

use allocation_counter::{AllocationInfo, measure};
use rblx_open_cloud::models::MembershipFilter;

use super::ok;
use crate::support::{MockServer, Received};

const PAGE: u64 = 100;
/// Users are numbered from here, so that every id has the same number of digits.
const FIRST: u64 = 1_000_000;

/// The page that begins at this member. Its tokens have one length, for the buffer of responses grows in steps.
fn page(start: u64, members: u64) -> String {
    let mut json = String::with_capacity(16 * 1024);
    json.push_str(r#"{"groupMemberships":["#);
    let end = members.min(start + PAGE);
    for user in (start..end).map(|number| FIRST + number) {
        let comma = if user == FIRST + start { "" } else { "," };
        let _ = write!(
            json,
            r#"{comma}{{"path":"groups/7/memberships/{user}","createTime":"2015-03-01T07:05:27Z","updateTime":"2023-07-05T12:34:56.123Z","user":"users/{user}","role":"groups/7/roles/99","roles":["groups/7/roles/99"]}}"#
        );
    }
    let token = if end < members {
        format!("{end:06}")
    } else {
        String::new()
    };
    let _ = write!(json, r#"],"nextPageToken":"{token}"}}"#);
    json
}

/// Lists a group of this many members, and looks at each.
fn list(members: u64) -> AllocationInfo {
    let peer = MockServer::new(move |_, request: &Received| {
        let token = request.query("pageToken");
        ok(page(
            token.map_or(0, |token| token.parse().unwrap()),
            members,
        ))
    });
    let measured = measure(|| {
        let group = peer.client().group(7);
        let mut expected = FIRST;
        for membership in group.list_memberships(MembershipFilter::all()) {
            assert_eq!(membership.unwrap().user_id.get(), expected);
            expected += 1;
        }
        assert_eq!(expected - FIRST, members, "each came, once, in order");
    });
    assert_eq!(peer.requests().len() as u64, members / PAGE);
    measured
}

#[test]
fn memory_does_not_grow_with_the_group() {
    let (small, large) = (list(2_000), list(100_000));
    println!(
        "peak: {} bytes for 2,000 members, {} for 100,000; left at the end: {} and {}",
        small.bytes_max, large.bytes_max, small.bytes_current, large.bytes_current
    );
    assert!(large.bytes_max.abs_diff(small.bytes_max) <= 1024);
    assert!(large.bytes_max <= 512 * 1024, "{} bytes", large.bytes_max);
    assert_eq!(large.bytes_current, 0, "something was left behind");
}
