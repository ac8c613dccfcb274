//! Bans users or lifts their bans, also many of them from a file; lists who is banned, and exports the log.
//!
//! `cargo run -F sandbox --example ban -- 13058 1001 1002 --days 2 --reason "Spamming" --offline`
//! `cargo run -F sandbox --example ban -- 13058 --file users.txt --permanent`
//! `cargo run -F sandbox --example ban -- 13058 --log --offline`

mod support;

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Write, stdout};
use std::num::NonZeroU32;
use std::process::ExitCode;

use rblx_open_cloud::models::{Ban, PlaceId, RestrictionLogFilter, UniverseId, UserId};
use rblx_open_cloud::resource::Universe;
use rblx_open_cloud::{ErrorKind, Result};
use serde::Serialize;
use support::{Arguments, Failure, Outcome, Service, finish, note, parse, read_text, unknown};

const USAGE: &str = "\
usage: ban UNIVERSE-ID USER-ID... --days DAYS|--permanent [OPTION]...
       ban UNIVERSE-ID --file FILE --days DAYS|--permanent [OPTION]...
       ban UNIVERSE-ID USER-ID...|--file FILE --unban [OPTION]...
       ban UNIVERSE-ID --list|--log [OPTION]...

  --file FILE            user ids, one per line; `#` starts a comment. Finished users are recorded in a file next to it,
                         so that the same command continues where it was stopped
  --days DAYS            the length of the ban
  --permanent            a ban without an end
  --unban                lift bans
  --reason TEXT          the reason that the users see
  --note TEXT            the reason that only moderators see
  --only-this-account    do not ban other accounts of the same person
  --place PLACE-ID       in one place instead of the whole universe
  --list                 print the banned users, as JSON lines
  --log                  print all bans and unbans, the newest first, as JSON lines
  --offline              use the built-in sandbox (universe 13058); no key is needed
  --help                 print this

Without --offline the API key is read from ROBLOX_API_KEY.
exit status: 0 done, 1 a user could not be banned or something else failed, 2 wrong arguments";

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
struct Options {
    file: Option<String>,
    unban: bool,
    days: Option<NonZeroU32>,
    permanent: bool,
    reason: Option<String>,
    note: Option<String>,
    only_this_account: bool,
    place: Option<PlaceId>,
    print: Option<Print>,
    offline: bool,
}

#[derive(Clone, Copy)]
enum Print {
    Banned,
    Log,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--file" => options.file = Some(arguments.value(option)?),
            "--unban" => options.unban = true,
            "--permanent" => options.permanent = true,
            "--days" => options.days = Some(arguments.parsed(option)?),
            "--reason" => options.reason = Some(arguments.value(option)?),
            "--note" => options.note = Some(arguments.value(option)?),
            "--only-this-account" => options.only_this_account = true,
            "--place" => options.place = Some(arguments.parsed(option)?),
            "--list" => options.print = Some(Print::Banned),
            "--log" => options.print = Some(Print::Log),
            "--offline" => options.offline = true,
            _ if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let Some((universe, users)) = words.split_first() else {
        return usage("which universe?");
    };
    let universe: UniverseId = parse("UNIVERSE-ID", universe)?;
    let users: Vec<UserId> = users
        .iter()
        .map(|user| parse("USER-ID", user))
        .collect::<Outcome<_>>()?;
    let is_change = !users.is_empty() || options.file.is_some();
    if is_change == options.print.is_some() || (!users.is_empty() && options.file.is_some()) {
        return usage("USER-ID..., --file, or one of --list and --log");
    }
    let lengths = [options.unban, options.days.is_some(), options.permanent];
    if is_change && lengths.into_iter().filter(|is_set| *is_set).count() != 1 {
        return usage("how long? one of --days DAYS, --permanent and --unban");
    }
    let service = Service::choose(options.offline)?;
    let universe = service.client.universe(universe);
    if is_change {
        check(&universe, &options)?;
    }
    match (options.print, &options.file) {
        (Some(Print::Banned), _) => print_banned(&universe, options.place),
        (Some(Print::Log), _) => print_log(&universe, options.place),
        (None, Some(file)) => change_file(&universe, file, &options),
        (None, None) => change(&universe, &users, &options, |_| Ok(())),
    }
}

/// Requests the universe or place once: if that does not exist, a 404 is not about a user.
fn check(universe: &Universe, options: &Options) -> Outcome {
    let found = match options.place {
        Some(place) => universe.place(place).get().map(drop),
        None => universe.get().map(drop),
    };
    match found {
        Err(error) if error.kind() == ErrorKind::NotFound => Err(error.into()),
        // A key that may not read it can still be allowed to ban.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        other => Ok(other?),
    }
}

/// Bans or unbans each user. Skips users who do not exist; any other error ends it.
fn change(
    universe: &Universe,
    users: &[UserId],
    options: &Options,
    mut done: impl FnMut(UserId) -> Outcome,
) -> Outcome {
    let mut missing = 0_usize;
    for user in users {
        match change_one(universe, *user, options) {
            Ok(()) => {
                done(*user)?;
                writeln!(stdout(), "{user}")?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                missing += 1;
                note(&format!("user {user}: {error}"));
            }
            Err(error) => return Err(Failure::Other(format!("user {user}: {error}"))),
        }
    }
    let changed = users.len() - missing;
    note(&format!(
        "{changed} user{} {}",
        if changed == 1 { "" } else { "s" },
        if options.unban { "unbanned" } else { "banned" }
    ));
    match missing {
        0 => Ok(()),
        1 => Err(Failure::Other("1 user was not found".to_owned())),
        missing => Err(Failure::Other(format!("{missing} users were not found"))),
    }
}

fn change_one(universe: &Universe, user: UserId, options: &Options) -> Result<()> {
    let place = options.place.map(|place| universe.place(place));
    let changed = match (options.unban, place) {
        (true, Some(place)) => place.unban(user),
        (true, None) => universe.unban(user),
        (false, Some(place)) => place.ban(user, ban(options)),
        (false, None) => universe.ban(user, ban(options)),
    };
    changed.map(drop)
}

fn ban(options: &Options) -> Ban {
    let mut ban = match options.days {
        Some(days) => Ban::for_days(days.get()),
        None => Ban::permanent(),
    };
    if let Some(reason) = &options.reason {
        ban = ban.display_reason(reason);
    }
    if let Some(note) = &options.note {
        ban = ban.private_reason(note);
    }
    if options.only_this_account {
        ban = ban.exclude_alt_accounts();
    }
    ban
}

/// Continues with the users of a file who are not done yet.
fn change_file(universe: &Universe, path: &str, options: &Options) -> Outcome {
    let users = users_in(path)?;
    let what = if options.unban { "unbanned" } else { "banned" };
    let place = options
        .place
        .map(|place| format!("-{place}"))
        .unwrap_or_default();
    let offline = if options.offline { "-offline" } else { "" };
    let done_path = format!("{path}.{what}-{}{place}{offline}", universe.id());
    let done: HashSet<UserId> = if fs::exists(&done_path)? {
        users_in(&done_path)?.into_iter().collect()
    } else {
        HashSet::new()
    };
    let left: Vec<UserId> = users
        .iter()
        .filter(|user| !done.contains(user))
        .copied()
        .collect();
    if left.len() < users.len() {
        note(&format!(
            "{} of {} users are done already",
            users.len() - left.len(),
            users.len()
        ));
    }
    let mut log: File = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&done_path)?;
    // A ban that is done but not recorded yet is set again, which does no harm.
    change(universe, &left, options, |user| {
        Ok(writeln!(log, "{user}")?)
    })
}

fn users_in(path: &str) -> Outcome<Vec<UserId>> {
    let text = read_text(path)?;
    let ids = text.lines().zip(1..).filter_map(|(line, number)| {
        let id = line.split('#').next().unwrap_or_default().trim();
        (!id.is_empty()).then_some((id, number))
    });
    ids.map(|(id, number)| {
        let wrong = |_| Failure::Other(format!("{path}, line {number}: {id:?} is not a user's id"));
        id.parse().map_err(wrong)
    })
    .collect()
}

fn print_banned(universe: &Universe, place: Option<PlaceId>) -> Outcome {
    match place {
        Some(place) => print_lines(universe.place(place).list_active_restrictions()),
        None => print_lines(universe.list_active_restrictions()),
    }
}

fn print_log(universe: &Universe, place: Option<PlaceId>) -> Outcome {
    let all = RestrictionLogFilter::all();
    match place {
        Some(place) => print_lines(universe.place(place).list_restriction_logs(all)),
        None => print_lines(universe.list_restriction_logs(all)),
    }
}

/// Prints each item as a line of JSON. Skips items that cannot be decoded.
fn print_lines<T: Serialize>(items: impl Iterator<Item = Result<T>>) -> Outcome {
    let mut out = stdout().lock();
    for item in items {
        match item {
            Ok(item) => writeln!(out, "{}", serde_json::to_string(&item)?)?,
            Err(error) if error.is_item() => note(&format!("skipped: {error}")),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn usage<T>(text: &str) -> Outcome<T> {
    Err(Failure::Usage(text.to_owned()))
}
