//! Prints the groups of a user, the members of a group, or its audit log, as a table or as JSON lines.
//!
//! `cargo run -F sandbox --example groups -- 156 --offline`
//! `cargo run -F sandbox --example groups -- --members 7 --offline`
//! `cargo run -F sandbox --example groups -- --log 7 --offline`

mod support;

use std::collections::HashMap;
use std::io::{StdoutLock, Write, stdout};
use std::process::ExitCode;

use rblx_open_cloud::models::{
    GroupAuditLogFilter, GroupId, GroupRole, MembershipFilter, RoleId, UserId,
};
use rblx_open_cloud::{Client, Result};
use serde::Serialize;
use support::{Arguments, Failure, Outcome, Service, finish, note, unknown};

const USAGE: &str = "\
usage: groups USER-ID [OPTION]...
       groups --members GROUP-ID [OPTION]...
       groups --log GROUP-ID [OPTION]...

  --members    the members of a group with their highest roles
  --log        the audit log of a group, the newest entry first
  --json       one JSON object per line, instead of a table
  --offline    use the built-in sandbox; no key is needed
  --help       print this

Without --offline the API key is read from ROBLOX_API_KEY.";

/// The requested list.
enum Subject {
    Groups(UserId),
    Members(GroupId),
    Log(GroupId),
}

fn main() -> ExitCode {
    finish(USAGE, run())
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let (mut subject, mut json, mut offline) = (None, false, false);
    while let Some(argument) = arguments.next()? {
        match argument.as_str() {
            "--json" => json = true,
            "--offline" => offline = true,
            other if subject.is_some() => return unknown(other),
            "--members" => subject = Some(Subject::Members(arguments.parsed("--members")?)),
            "--log" => subject = Some(Subject::Log(arguments.parsed("--log")?)),
            other if other.starts_with('-') => return unknown(other),
            id => subject = Some(Subject::Groups(support::parse("USER-ID", id)?)),
        }
    }
    let subject =
        subject.ok_or_else(|| Failure::Usage("whose groups? USER-ID is missing".to_owned()))?;
    let service = Service::choose(offline)?;
    let table = Table::new(json);
    match subject {
        Subject::Groups(user) => groups(&service.client, user, table),
        Subject::Members(group) => members(&service.client, group, table),
        Subject::Log(group) => log(&service.client, group, table),
    }
}

fn groups(client: &Client, user: UserId, mut table: Table) -> Outcome {
    for membership in client.user(user).list_groups() {
        let membership = membership?;
        let joined = membership.create_time.map(|time| time.date().to_string());
        let roles: Vec<String> = membership
            .role_ids
            .iter()
            .map(ToString::to_string)
            .collect();
        let cells = [
            membership.group_id.to_string(),
            membership.role_id.to_string(),
            joined.unwrap_or_else(|| "-".to_owned()),
            roles.join(", "),
        ];
        table.row(
            ["GROUP", "HIGHEST ROLE", "JOINED", "ALL ROLES"],
            cells,
            &membership,
        )?;
    }
    table.end("groups");
    Ok(())
}

fn members(client: &Client, group: GroupId, mut table: Table) -> Outcome {
    let group = client.group(group);
    // A membership names its roles by id, so their names and ranks are read once before.
    let roles: Vec<GroupRole> = group.list_roles().collect::<Result<_>>()?;
    let roles: HashMap<RoleId, GroupRole> = roles.into_iter().map(|role| (role.id, role)).collect();
    for membership in group.list_memberships(MembershipFilter::all()) {
        let membership = membership?;
        let role = roles.get(&membership.role_id);
        let rank = role.and_then(|role| role.rank);
        let name = role.and_then(|role| role.display_name.clone());
        let joined = membership.create_time.map(|time| time.date().to_string());
        let cells = [
            membership.user_id.to_string(),
            rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string()),
            joined.unwrap_or_else(|| "-".to_owned()),
            name.unwrap_or_else(|| membership.role_id.to_string()),
        ];
        table.row(["USER", "RANK", "JOINED", "ROLE"], cells, &membership)?;
    }
    table.end("members");
    Ok(())
}

fn log(client: &Client, group: GroupId, mut table: Table) -> Outcome {
    let filter = GroupAuditLogFilter::all().newest_first();
    for entry in client.group(group).list_audit_log(filter) {
        let entry = entry?;
        let user = entry.actor.as_ref().and_then(|actor| actor.user.as_ref());
        let cells = [
            user.map_or_else(|| "-".to_owned(), |user| user.user_id.to_string()),
            entry.created.time().to_string(),
            entry.created.date().to_string(),
            format!("{} {}", entry.action_type, entry.description),
        ];
        table.row(["BY USER", "TIME", "DATE", "WHAT"], cells, &entry)?;
    }
    table.end("entries");
    Ok(())
}

/// Lines of four columns, or of JSON.
struct Table {
    out: StdoutLock<'static>,
    is_json: bool,
    count: usize,
}

impl Table {
    fn new(is_json: bool) -> Self {
        Self {
            out: stdout().lock(),
            is_json,
            count: 0,
        }
    }

    /// Prints a line, and the heads of the columns before the first one.
    fn row(&mut self, heads: [&str; 4], cells: [String; 4], item: &impl Serialize) -> Outcome {
        if self.is_json {
            writeln!(self.out, "{}", serde_json::to_string(item)?)?;
            return Ok(());
        }
        if self.count == 0 {
            let [first, second, third, last] = heads;
            writeln!(self.out, "{first:<13} {second:<13} {third:<11} {last}")?;
        }
        let [first, second, third, last] = cells;
        writeln!(self.out, "{first:<13} {second:<13} {third:<11} {last}")?;
        self.count += 1;
        Ok(())
    }

    fn end(self, what: &str) {
        if !self.is_json {
            note(&format!("{} {what}", self.count));
        }
    }
}
