//! The routes of the sandbox: methods, templates, verbs, and the errors for other requests.

use std::collections::BTreeMap;

use crate::common::Raw;
use rblx_open_cloud::sandbox::Sandbox;

fn operations() -> Vec<(&'static str, &'static str)> {
    let rows = crate::official::rows();
    rows.iter().map(crate::official::Row::call).collect()
}

/// Fills in the parameters of a template.
fn path(template: &str) -> String {
    let mut parts = template.split('{');
    let mut path = parts.next().unwrap().to_owned();
    for part in parts {
        path.push('7');
        path.push_str(part.split_once('}').unwrap().1);
    }
    path
}

#[test]
fn every_official_operation_is_supported_or_named() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let mut unsupported = 0;
    for (method, template) in operations() {
        let reply = raw.bare(method, &path(template));
        assert_ne!(reply.status, 405, "{method} {template}");
        assert_ne!(reply.status, 500, "{method} {template}: {}", reply.text());
        if reply.text().contains("does not support") {
            unsupported += 1;
            assert_eq!(reply.status, 404);
            // Two templates that differ only in a name are one.
            let named = reply.text().replace("{assetId}", "{tableId}");
            let operation = format!("{method} {template}").replace("{assetId}", "{tableId}");
            assert!(named.contains(&operation), "{operation}: {named}");
        }
    }
    assert!(unsupported > 0 && unsupported < operations().len() - 40);
}

#[test]
fn other_methods_are_rejected_with_the_allowed_ones() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let mut methods: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (method, template) in operations() {
        methods.entry(path(template)).or_default().push(method);
    }
    for (path, mut documented) in methods {
        documented.sort_unstable();
        documented.dedup();
        let reply = raw.bare("BREW", &path);
        assert_eq!(reply.status, 405, "{path}");
        let mut allowed: Vec<_> = reply.header("allow").unwrap().split(", ").collect();
        allowed.sort_unstable();
        assert_eq!(allowed, documented, "{path}");
    }
}

#[test]
fn verbs_and_parameters() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let user = "/cloud/v2/users/156";
    assert_eq!(raw.get("/cloud/v2/users/%31%35%36").status, 200);
    assert_eq!(raw.get("/cloud/%76%32/users/156").status, 200);
    assert_eq!(raw.get(&format!("{user}:generateThumbnail")).status, 200);
    for (target, status) in [
        // An encoded colon belongs to the id.
        (format!("{user}%3AgenerateThumbnail"), 400),
        (format!("{user}:generate"), 404),
        (format!("{user}:generateThumbnail:"), 400),
        ("/cloud/v2/users/:generateThumbnail".to_owned(), 404),
        ("/cloud/v2/users/".to_owned(), 404),
        (format!("{user}/"), 404),
        ("/cloud/v2/users%2F156".to_owned(), 404),
        ("cloud/v2/users/156".to_owned(), 404),
        ("/cloud/v2/nothing".to_owned(), 404),
    ] {
        assert_eq!(raw.get(&target).status, status, "{target}");
    }
}
