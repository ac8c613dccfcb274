//! Prints the inventory of a user, filtered by type or by id, as a table or as JSON lines.
//!
//! `cargo run -F sandbox --example inventory -- 156 --offline --type HAT,DYNAMIC_HEAD --collectibles --limit 10`

mod support;

use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

use rblx_open_cloud::models::{
    AssetId, BadgeId, GamePassId, InventoryAssetType, InventoryFilter, PrivateServerId, UserId,
};
use support::{
    Arguments, Failure, HEADS, Outcome, Service, cells, finish, note, row, screen, unknown,
};

const USAGE: &str = "\
usage: inventory USER-ID [OPTION]...

by type; without any of these, everything:
  --type HAT,DECAL,...       assets of these types
  --assets-all               assets of all types
  --collectibles             only collectibles, among the assets
  --badges                   badges
  --game-passes              game passes
  --private-servers          private servers

by id, instead:
  --assets 1,2,...           these assets
  --badge-ids 1,2,...        these badges
  --game-pass-ids 1,2,...    these game passes
  --private-server-ids ...   these private servers

  --limit N                  the first N items
  --json                     one JSON object per line, instead of a table
  --offline                  use the built-in sandbox; no key is needed
  --help                     print this

Without --offline the API key is read from ROBLOX_API_KEY.";

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
struct Options {
    user: Option<UserId>,
    limit: Option<usize>,
    json: bool,
    offline: bool,
}

fn run() -> Outcome {
    let (options, filter) = read(&mut Arguments::from_env())?;
    let user = options
        .user
        .ok_or_else(|| Failure::Usage("whose inventory? USER-ID is missing".to_owned()))?;
    let service = Service::choose(options.offline)?;
    let items = service.client.user(user).list_inventory(filter);

    let mut out = BufWriter::new(stdout().lock());
    let mut count = 0_usize;
    for item in items.limit(options.limit.unwrap_or(usize::MAX)) {
        // After an error too, what came before it is printed: `out` is flushed when it is dropped.
        let item = item?;
        if options.json {
            writeln!(out, "{}", serde_json::to_string(&item)?)?;
        } else {
            if count == 0 {
                writeln!(out, "{}", screen::cut(&row(&HEADS), 0))?;
            }
            writeln!(out, "{}", screen::cut(&row(&cells(&item)), 0))?;
        }
        count += 1;
    }
    out.flush()?;
    if !options.json {
        note(&format!("{count} items"));
    }
    Ok(())
}

fn read(arguments: &mut Arguments) -> Outcome<(Options, InventoryFilter)> {
    let mut options = Options::default();
    let (mut by_type, mut by_id) = (InventoryFilter::by_type(), InventoryFilter::by_id());
    let (mut first_type, mut first_id) = (None, None);
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--type" => {
                let types: Vec<String> = arguments.list(option)?;
                let types = types.iter().map(|name| name.to_uppercase());
                by_type = by_type.asset_types(types.map(|name| InventoryAssetType::from(&*name)));
            }
            "--assets-all" => by_type = by_type.all_assets(),
            "--collectibles" => by_type = by_type.only_collectibles(),
            "--badges" => by_type = by_type.badges(),
            "--game-passes" => by_type = by_type.game_passes(),
            "--private-servers" => by_type = by_type.private_servers(),
            "--assets" => by_id = by_id.assets(arguments.list::<AssetId>(option)?),
            "--badge-ids" => by_id = by_id.badges(arguments.list::<BadgeId>(option)?),
            "--game-pass-ids" => by_id = by_id.game_passes(arguments.list::<GamePassId>(option)?),
            "--private-server-ids" => {
                by_id = by_id.private_servers(arguments.list::<PrivateServerId>(option)?);
            }
            "--limit" => options.limit = Some(arguments.parsed(option)?),
            "--json" => options.json = true,
            "--offline" => options.offline = true,
            _ if option.starts_with('-') || options.user.is_some() => return unknown(option),
            _ => options.user = Some(support::parse("USER-ID", option)?),
        }
        match option {
            "--assets" | "--badge-ids" | "--game-pass-ids" | "--private-server-ids" => {
                first_id.get_or_insert(argument);
            }
            "--type" | "--assets-all" | "--collectibles" | "--badges" | "--game-passes"
            | "--private-servers" => {
                first_type.get_or_insert(argument);
            }
            _ => {}
        }
    }
    let filter = match (first_type, first_id) {
        (Some(by_type), Some(by_id)) => {
            return Err(Failure::Usage(format!(
                "`{by_type}` lists by type and `{by_id}` by id; the service accepts one or the other"
            )));
        }
        (Some(_), None) => by_type.into(),
        (None, Some(_)) => by_id.into(),
        (None, None) => InventoryFilter::all(),
    };
    Ok((options, filter))
}
