//! Erases the data that the data stores of a universe hold about a user, as a right-to-erasure message requests.
//! Without `--delete` it only lists them.
//!
//! `cargo run -F sandbox --example erase_user_data -- 15 --offline`

mod support;

use std::fmt::Write as _;
use std::process::ExitCode;

use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{DataStoreFilter, UniverseId, UserId};
use rblx_open_cloud::resource::Universe;
use support::{Arguments, Failure, Outcome, Service, finish, note, print, unknown};

const USAGE: &str = "\
usage: erase_user_data USER-ID [OPTION]...

  --universe ID     the universe (default with --offline: that of the sandbox)
  --key TEXT        keys that begin with this, where {user} is the id (default: player_{user}); may be repeated
  --store NAME      only this data store, instead of all; may be repeated
  --ordered NAME    also the entry of this ordered data store; may be repeated, since these cannot be listed
  --delete          delete the entries; without it they are only listed
  --rate N          maximum number of requests per minute (default: 300)
  --offline         use the built-in sandbox; no key is needed
  --help            print this

A key that continues with a digit belongs to another user: player_15 is not player_156.
The earlier revisions of a deleted entry are kept for 30 days.

Without --offline the API key is read from ROBLOX_API_KEY.";

/// The universe of the sandbox that has a data store.
const SANDBOX_UNIVERSE: u64 = 13_058;

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
struct Options {
    user: Option<UserId>,
    universe: Option<UniverseId>,
    keys: Vec<String>,
    stores: Vec<String>,
    ordered: Vec<String>,
    delete: bool,
    rate: Option<u32>,
    offline: bool,
}

#[derive(Default)]
struct Total {
    found: u64,
    deleted: u64,
}

fn run() -> Outcome {
    let options = read(&mut Arguments::from_env())?;
    let Some(user) = options.user else {
        return Err(Failure::Usage("whose data? USER-ID is missing".to_owned()));
    };
    let universe = match (options.universe, options.offline) {
        (Some(universe), _) => universe,
        (None, true) => SANDBOX_UNIVERSE.into(),
        (None, false) => return Err(Failure::Usage("`--universe` is missing".to_owned())),
    };
    let id = user.to_string();
    let of_others = |key: &&String| !key.contains("{user}") && !key.contains(&id);
    if let Some(key) = options.keys.iter().find(of_others) {
        let text =
            format!("`--key` {key} has neither {{user}} nor {id}: it would match other users, too");
        return Err(Failure::Usage(text));
    }
    let service = Service::choose(options.offline)?;
    let universe = service.client.universe(universe);
    let keys = options.keys.iter().map(String::as_str);
    let keys: Vec<String> = if options.keys.is_empty() {
        vec![format!("player_{user}")]
    } else {
        keys.map(|key| key.replace("{user}", &id)).collect()
    };
    let mut total = Total::default();
    for store in stores(&universe, &options)? {
        for key in &keys {
            erase(&universe, &store, key, &options, &mut total)?;
        }
    }
    for store in &options.ordered {
        for key in &keys {
            erase_ordered(&universe, store, key, &options, &mut total)?;
        }
    }
    note(&match (options.delete, total.found) {
        (_, 0) => "nothing found".to_owned(),
        (true, _) => format!("{} of {} entries deleted", total.deleted, total.found),
        (false, 1) => "1 entry found; --delete deletes it".to_owned(),
        (false, found) => format!("{found} entries found; --delete deletes them"),
    });
    Ok(())
}

/// The data stores to look at: those that are named, or all.
fn stores(universe: &Universe, options: &Options) -> Outcome<Vec<String>> {
    if !options.stores.is_empty() {
        return Ok(options.stores.clone());
    }
    let stores = universe.list_data_stores(DataStoreFilter::all());
    let names = stores.map(|store| Ok(store?.id.to_string()));
    names.collect()
}

fn erase(
    universe: &Universe,
    store: &str,
    key: &str,
    options: &Options,
    total: &mut Total,
) -> Outcome {
    let erase = universe.data_store(store).all_scopes().erase(key);
    let erase = match options.rate {
        Some(rate) => erase.rate_per_minute(rate),
        None => erase,
    };
    let mut lines = String::new();
    let erase = erase.dry_run(!options.delete).on_entry(|key| {
        let scope = key.scope.as_ref().map_or("global", |scope| scope.as_str());
        let _ = writeln!(lines, "{store}\t{scope}\t{}", key.id);
    });
    let erased = erase.run();
    // What was deleted before an error is printed, too.
    print(&lines)?;
    let erased = erased?;
    total.found += erased.found;
    total.deleted += erased.deleted;
    Ok(())
}

/// Erases one entry of an ordered data store.
fn erase_ordered(
    universe: &Universe,
    store: &str,
    key: &str,
    options: &Options,
    total: &mut Total,
) -> Outcome {
    let ordered = universe.ordered_data_store(store);
    if ordered.find(key)?.is_none() {
        return Ok(());
    }
    print(&format!("{store}\tglobal\t{key}\n"))?;
    total.found += 1;
    if options.delete {
        match ordered.delete(key) {
            Ok(()) => total.deleted += 1,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn read(arguments: &mut Arguments) -> Outcome<Options> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--universe" => options.universe = Some(arguments.parsed(option)?),
            "--key" => options.keys.push(arguments.value(option)?),
            "--store" => options.stores.push(arguments.value(option)?),
            "--ordered" => options.ordered.push(arguments.value(option)?),
            "--delete" => options.delete = true,
            "--rate" => options.rate = Some(arguments.parsed(option)?),
            "--offline" => options.offline = true,
            _ if option.starts_with("--") || options.user.is_some() => return unknown(option),
            _ => options.user = Some(support::parse("USER-ID", option)?),
        }
    }
    Ok(options)
}
