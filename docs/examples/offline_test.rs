//! Tests a script with the sandbox: the script takes a `Client`, and each test passes the client of a sandbox with the
//! users, items and faults that it needs.
//!
//! `cargo run -F sandbox --example offline_test` runs the checks one after the other, `cargo test -F sandbox --example
//! offline_test` as tests. In your own crate the sandbox is for tests only:
//!
//! ```toml
//! [dev-dependencies]
//! rblx-open-cloud = { version = "0.1", features = ["sandbox"] }
//! ```

mod support;

use std::process::ExitCode;
use std::time::Duration;

use rblx_open_cloud::models::{
    AssetId, AssetType, AssetUpload, InventoryAssetType, InventoryFilter, UserId,
};
use rblx_open_cloud::sandbox::{Fault, Sandbox, SandboxItem, SandboxUser};
use rblx_open_cloud::{AssetFile, Client, ErrorKind, Result};

// The script: functions that do not use the sandbox.

/// Returns the number of collectible hats that the user owns.
fn collectible_hats(client: &Client, user: UserId) -> Result<usize> {
    let filter = InventoryFilter::by_type()
        .asset_types([InventoryAssetType::Hat])
        .only_collectibles();
    let items = client.user(user).list_inventory(filter);
    // Not `count()`, which would count an error as an item.
    items.map(|item| item.map(|_| 1)).sum()
}

/// Returns the icon that was uploaded before if the user still owns it, else uploads a new one.
fn icon(client: &Client, user: UserId, before: Option<AssetId>, png: &[u8]) -> Result<AssetId> {
    let user = client.user(user);
    if let Some(id) = before {
        let owned = user
            .list_inventory(InventoryFilter::by_id().assets([id]))
            .next();
        if owned.transpose()?.is_some() {
            return Ok(id);
        }
    }
    let file = AssetFile::bytes("icon.png", png);
    let upload = AssetUpload::new(AssetType::Decal, "Icon", "The icon of the game", file);
    let asset = user.upload_asset(upload)?.wait(Duration::from_secs(60))?;
    Ok(asset.asset_id)
}

// Its tests.

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n, as much of a picture as the sandbox looks at";

fn counts_what_the_user_owns() -> Result<()> {
    let sandbox = Sandbox::start()?;
    sandbox.add_user(SandboxUser::new(5, "collector"));
    sandbox.add_item(5, SandboxItem::asset(10, "HAT"));
    sandbox.add_item(
        5,
        SandboxItem::asset(11, "HAT").collectible("i", "c", "HOLD", 1),
    );
    sandbox.add_item(5, SandboxItem::badge(12));
    assert_eq!(collectible_hats(&sandbox.client(), 5.into())?, 1);
    assert_eq!(
        collectible_hats(&sandbox.client(), 156.into())?,
        20,
        "of the initial resources"
    );
    Ok(())
}

fn waits_out_a_rate_limit_and_a_failure() -> Result<()> {
    let sandbox = Sandbox::start()?;
    sandbox.fail_next(Fault::rate_limited(0));
    sandbox.fail_next(Fault::unavailable());
    assert_eq!(collectible_hats(&sandbox.client(), 156.into())?, 20);
    assert_eq!(sandbox.requests().len(), 3, "the client retried by itself");
    Ok(())
}

fn gives_up_when_the_service_stays_down() -> Result<()> {
    let sandbox = Sandbox::start()?;
    sandbox.fail_next_times(Fault::unavailable(), 100);
    let outcome = collectible_hats(&sandbox.client(), 156.into());
    let kind = outcome.err().map(|error| error.kind());
    assert_eq!(kind, Some(ErrorKind::ServiceUnavailable));
    Ok(())
}

fn a_private_inventory_is_an_error_and_not_zero() -> Result<()> {
    let sandbox = Sandbox::start()?;
    let outcome = collectible_hats(&sandbox.client(), 2.into());
    let kind = outcome.err().map(|error| error.kind());
    assert_eq!(kind, Some(ErrorKind::PermissionDenied));
    Ok(())
}

fn uploads_the_icon_once() -> Result<()> {
    let sandbox = Sandbox::start()?;
    let first = icon(&sandbox.client(), 156.into(), None, PNG)?;
    let again = icon(&sandbox.client(), 156.into(), Some(first), PNG)?;
    assert_eq!(first, again);
    let sent: Vec<_> = sandbox
        .uploads()
        .iter()
        .map(|upload| upload.content().to_vec())
        .collect();
    assert_eq!(sent, [PNG]);
    Ok(())
}

fn a_failed_upload_is_not_sent_twice() -> Result<()> {
    let sandbox = Sandbox::start()?;
    sandbox.fail_next(Fault::unavailable());
    let outcome = icon(&sandbox.client(), 156.into(), None, PNG);
    assert!(
        outcome.is_err(),
        "the outcome is unknown, so it is not retried"
    );
    assert_eq!(sandbox.requests().len(), 1);
    Ok(())
}

/// Runs the checks in `main`, and makes a test of each.
macro_rules! checks {
    ($($check:ident)*) => {
        fn main() -> ExitCode {
            support::finish("usage: offline_test", run())
        }

        fn run() -> support::Outcome {
            if let Some(argument) = support::Arguments::from_env().next()? {
                return support::unknown(&argument);
            }
            $(
                $check()?;
                support::page::say(&format!("ok  {}", stringify!($check).replace('_', " ")))?;
            )*
            Ok(())
        }

        #[cfg(test)]
        mod tests {
            $(#[test] fn $check() -> rblx_open_cloud::Result<()> { super::$check() })*
        }
    };
}

checks! {
    counts_what_the_user_owns
    waits_out_a_rate_limit_and_a_failure
    gives_up_when_the_service_stays_down
    a_private_inventory_is_an_error_and_not_zero
    uploads_the_icon_once
    a_failed_upload_is_not_sent_twice
}
