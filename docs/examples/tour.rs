//! A tour of the crate: a user, their groups, what they own, an upload, an error.
//!
//! `cargo run -F sandbox --example tour` needs neither key nor network: it uses a sandbox. With an API key in
//! `ROBLOX_API_KEY`, `cargo run -F sandbox --example tour -- 156` reads from the live service.

mod support;

use std::collections::BTreeMap;
use std::io::stdout;
use std::process::ExitCode;
use std::time::Duration;

use rblx_open_cloud::models::{AssetType, AssetUpload, InventoryFilter, UserId};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client};
use support::page::{self, bold, field, say, section, title};
use support::picture::picture;
use support::progress::{Progress, size};
use support::{Arguments, Failure, HEADS, Outcome, cells, finish, row};

const USAGE: &str = "\
usage: tour [USER-ID]

Without a user id the tour is offline: it uses a sandbox, and needs no key.
With one it reads from the live service, with the API key in ROBLOX_API_KEY.";

const NAME: &str = "rblx-open-cloud, a tour";

fn main() -> ExitCode {
    finish(USAGE, tour())
}

fn tour() -> Outcome {
    let mut arguments = Arguments::from_env();
    let user = arguments.next()?;
    if let Some(argument) = arguments.next()? {
        return support::unknown(&argument);
    }
    match user {
        None => offline(),
        Some(option) if option.starts_with('-') => support::unknown(&option),
        Some(id) => live(support::parse("USER-ID", &id)?),
    }
}

fn offline() -> Outcome {
    let sandbox = Sandbox::start()?;
    let client = sandbox.client();
    title(NAME, "offline, with a sandbox")?;
    user(&client, 156.into())?;
    groups(&client, 156.into())?;
    inventory(&client, 156.into(), None)?;
    upload(&client, 156.into())?;
    error(&client)?;
    section("Next", "")?;
    say("cargo run -F sandbox --example inventory -- 156 --offline --json")?;
    say("cargo run -F sandbox --example doctor -- --user 156 --offline")?;
    say("cargo run -F sandbox --example tour -- 156   live, key in ROBLOX_API_KEY")?;
    say("cargo doc --open                             the documentation")?;
    say("")?;
    Ok(())
}

fn live(id: UserId) -> Outcome {
    let client = Client::from_env().map_err(|error| {
        Failure::Other(format!("{error} (without a user id the tour needs none)"))
    })?;
    title(NAME, "live, read only")?;
    user(&client, id)?;
    groups(&client, id)?;
    inventory(&client, id, Some(20))
}

fn user(client: &Client, id: UserId) -> Outcome {
    section("A user", &format!("client.user({id}).get()"))?;
    let handle = client.user(id);
    let user = handle.get()?;
    say(&format!("{} (@{})", bold(&user.display_name), user.name))?;
    let premium = match user.premium {
        Some(true) => ", with Premium",
        _ => "",
    };
    say(&format!("since {}{premium}", user.create_time.date()))?;
    say(&handle.profile_uri())?;
    Ok(())
}

fn groups(client: &Client, id: UserId) -> Outcome {
    section("Their groups", &format!("client.user({id}).list_groups()"))?;
    for membership in client.user(id).list_groups().limit(20) {
        let membership = membership?;
        let (group, role) = (membership.group_id, membership.role_id.to_string());
        let joined = membership.create_time.map(|time| time.date().to_string());
        let joined = joined.unwrap_or_else(|| "an unknown day".to_owned());
        say(&format!(
            "{joined}  joined group {group}, now with role {role}"
        ))?;
    }
    Ok(())
}

/// Shows the first items; without a limit, the first two of each kind.
fn inventory(client: &Client, id: UserId, limit: Option<usize>) -> Outcome {
    let call = format!("client.user({id}).list_inventory(InventoryFilter::all())");
    section("What they own", &call)?;
    page::heads(&row(&HEADS))?;
    let mut seen = BTreeMap::new();
    let items = client.user(id).list_inventory(InventoryFilter::all());
    for item in items.limit(limit.unwrap_or(usize::MAX)) {
        let cells = cells(&item?);
        let [kind, _, asset_type, _, collectible] = cells.clone();
        let count = seen
            .entry((kind, asset_type, collectible == "-"))
            .or_insert(0_usize);
        *count += 1;
        if limit.is_some() || *count <= 2 {
            page::row(&row(&cells))?;
        }
    }
    let total: usize = seen.values().sum();
    say("")?;
    match limit {
        Some(limit) if total == limit => say(&format!("the first {total} items"))?,
        Some(_) => say(&format!("{total} items in all"))?,
        None => say(&format!(
            "{total} items in all; these are the first two of each kind"
        ))?,
    }
    Ok(())
}

fn upload(client: &Client, id: UserId) -> Outcome {
    section(
        "An upload",
        &format!("client.user({id}).upload_asset(upload)?.wait(minute)"),
    )?;
    let picture = picture();
    say(&format!("sun.png, {}", size(picture.len() as u64)))?;
    let mut bar = Progress::new(stdout());
    let file =
        AssetFile::bytes("sun.png", picture).on_progress(move |sent, total| bar.show(sent, total));
    let upload = AssetUpload::new(AssetType::Decal, "Sun", "A sun over a blue sky", file);
    let mut operation = client.user(id).upload_asset(upload)?;
    say("sent; the service is processing it …")?;
    let asset = operation.wait(Duration::from_secs(60))?;
    let moderation = asset
        .moderation_state
        .as_ref()
        .map_or("unknown", |state| state.as_str());
    let number = bold(&asset.asset_id.to_string());
    say(&format!(
        "ready: decal {number}, moderation: {}",
        moderation.to_lowercase()
    ))?;
    Ok(())
}

fn error(client: &Client) -> Outcome {
    section("An error", "client.user(1).get()")?;
    match client.user(1).get() {
        Ok(user) => say(&user.name)?,
        Err(error) => {
            field("to match on", &format!("ErrorKind::{:?}", error.kind()))?;
            field("for people", &error.to_string())?;
        }
    }
    Ok(())
}
