//! The groups that a user is in, as a table or as JSON lines.
//!
//! `cargo run --example groups -- 156 --offline`

mod support;

use std::io::{Write, stdout};
use std::process::ExitCode;

use rblx_open_cloud::models::UserId;
use support::{Arguments, Failure, Outcome, Service, finish, note, unknown};

const USAGE: &str = "\
usage: groups USER-ID [OPTION]...

  --json       one JSON object a line, instead of a table
  --offline    ask the built-in sandbox; no key is needed
  --help       print this

Without --offline the API key is read from ROBLOX_API_KEY.";

fn main() -> ExitCode {
    finish(USAGE, run())
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let (mut user, mut json, mut offline) = (None, false, false);
    while let Some(argument) = arguments.next()? {
        match argument.as_str() {
            "--json" => json = true,
            "--offline" => offline = true,
            other if other.starts_with('-') || user.is_some() => return unknown(other),
            id => user = Some(support::parse::<UserId>("USER-ID", id)?),
        }
    }
    let user = user.ok_or_else(|| Failure::Usage("whose groups? USER-ID is missing".to_owned()))?;
    let service = Service::choose(offline)?;

    let mut out = stdout().lock();
    let mut count = 0_usize;
    for membership in service.client.user(user).list_groups() {
        let membership = membership?;
        if json {
            writeln!(out, "{}", serde_json::to_string(&membership)?)?;
            continue;
        }
        if count == 0 {
            writeln!(out, "GROUP         HIGHEST ROLE  JOINED      ALL ROLES")?;
        }
        let joined = membership.create_time.map(|time| time.date().to_string());
        let roles: Vec<String> = membership
            .role_ids
            .iter()
            .map(ToString::to_string)
            .collect();
        writeln!(
            out,
            "{:<13} {:<13} {:<11} {}",
            membership.group_id.to_string(),
            membership.role_id.to_string(),
            joined.as_deref().unwrap_or("-"),
            roles.join(", "),
        )?;
        count += 1;
    }
    if !json {
        note(&format!("{count} groups"));
    }
    Ok(())
}
