//! Makes the developer products and game passes of a universe look like a JSON file: prints the differences, then applies them.
//!
//! `cargo run -q -F sandbox --example sync_products -- 13058 --export --offline > store.json`
//! `cargo run -q -F sandbox --example sync_products -- 13058 store.json --dry-run --offline`

mod support;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{Write, stdout};
use std::path::Path;
use std::process::ExitCode;

use rblx_open_cloud::models::{NewPass, NewProduct, PassUpdate, ProductUpdate};
use rblx_open_cloud::resource::Universe;
use rblx_open_cloud::{AssetFile, Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use support::differences::{conclude, universe_and_file};
use support::{
    Arguments, Failure, Outcome, Service, finish, note, print, read_text, status, unknown,
};

const USAGE: &str = "\
usage: sync_products UNIVERSE-ID FILE [OPTION]...
       sync_products UNIVERSE-ID --export [--offline]

FILE is JSON: {\"products\": [THING...], \"passes\": [THING...]}, where a THING is
{\"name\": \"100 Coins\", \"description\": \"...\", \"price\": 10, \"for_sale\": true, \"icon\": \"coins.png\", \"id\": 1200001}.
Only the name is needed. Fields that are left out do not change. Things are found by their id, or else by their name; with an
id, a name can be changed. Paths of icons begin at the folder of FILE.

  --dry-run              print the differences and change nothing
  --off-sale             take off sale what FILE does not name
  --icons                upload the icons of things that exist, too; those of new things are always uploaded
  --export               print what the universe sells as such a FILE
  --offline              use the built-in sandbox (universe 13058); no key is needed
  --help                 print this

The differences go to stdout, one per line: + is created, ~ is changed, - is taken off sale, ? is not in FILE.
Without --offline the API key is read from ROBLOX_API_KEY.

exit status: 0 done, or nothing to do; 2 wrong arguments, 3 a dry run found differences, 4 the key is rejected,
5 a name or an icon is rejected, 6 the service is unavailable or busy: try again later, 1 anything else";

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches")]
struct Options {
    dry_run: bool,
    off_sale: bool,
    icons: bool,
    export: bool,
    offline: bool,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument.as_str() {
            "--dry-run" => options.dry_run = true,
            "--off-sale" => options.off_sale = true,
            "--icons" => options.icons = true,
            "--export" => options.export = true,
            "--offline" => options.offline = true,
            option if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let (universe, path) = universe_and_file(&words, options.export)?;
    let wanted = path.map(Store::open).transpose()?;
    let service = Service::choose(options.offline)?;
    let universe = service.client.universe(universe);
    let current = Store::fetch(&universe).map_err(failure)?;
    let (Some(wanted), Some(path)) = (wanted, path) else {
        return Ok(writeln!(
            stdout(),
            "{}",
            serde_json::to_string_pretty(&current)?
        )?);
    };
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let mut changes = compare(Kind::Product, wanted.products, &current.products, &options)?;
    changes.extend(compare(
        Kind::Pass,
        wanted.passes,
        &current.passes,
        &options,
    )?);
    // What is only reported comes last.
    changes.sort_by_key(|change| matches!(change, Change::Unknown(..)));
    apply(&universe, &changes, folder, options.dry_run)
}

/// The products and passes of a universe.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Store {
    #[serde(default)]
    products: Vec<Thing>,
    #[serde(default)]
    passes: Vec<Thing>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    price: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    for_sale: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
}

impl Store {
    fn open(path: &str) -> Outcome<Self> {
        let wrong = |error: &dyn std::fmt::Display| Failure::Other(format!("{path}: {error}"));
        let text = read_text(path)?;
        if !text.trim_start().starts_with('{') {
            return Err(wrong(
                &"a JSON object is expected, such as {\"products\": []}",
            ));
        }
        serde_json::from_str(&text).map_err(|error| wrong(&error))
    }

    fn fetch(universe: &Universe) -> Result<Self> {
        let products = universe.list_developer_products().map(|product| {
            product.map(|product| Thing {
                id: Some(product.product_id.get()),
                name: product.name,
                description: Some(product.description),
                price: product.default_price_in_robux,
                for_sale: Some(product.is_for_sale),
                icon: None,
            })
        });
        let passes = universe.list_game_passes().map(|pass| {
            pass.map(|pass| Thing {
                id: Some(pass.game_pass_id.get()),
                name: pass.name,
                description: Some(pass.description),
                price: pass.default_price_in_robux,
                for_sale: Some(pass.is_for_sale),
                icon: None,
            })
        });
        Ok(Self {
            products: products.collect::<Result<_>>()?,
            passes: passes.collect::<Result<_>>()?,
        })
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Product,
    Pass,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Pass => "pass",
        }
    }
}

/// One difference between the file and the store.
enum Change {
    Create(Kind, Thing),
    /// The id, and what is set.
    Update(Kind, u64, Thing, Changed),
    TakeOffSale(Kind, Thing),
    /// It is for sale, and the file does not name it.
    Unknown(Kind, Thing),
}

/// The differences between a thing of the file and the one in the store.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "one for each field")]
struct Changed {
    name: bool,
    description: bool,
    price: bool,
    for_sale: bool,
    icon: bool,
    /// The same for people.
    text: String,
}

impl Changed {
    fn new(wanted: &Thing, current: &Thing, icons: bool) -> Self {
        let mut changed = Self {
            name: wanted.name != current.name,
            description: differs(wanted.description.as_ref(), current.description.as_ref()),
            // The price of what is off sale is not known.
            price: wanted.for_sale != Some(false)
                && differs(wanted.price.as_ref(), current.price.as_ref()),
            // A price means for sale, unless the file says otherwise.
            for_sale: differs(
                wanted.for_sale.or(wanted.price.map(|_| true)).as_ref(),
                current.for_sale.as_ref(),
            ),
            icon: icons && wanted.icon.is_some(),
            text: String::new(),
        };
        let mut text = String::new();
        if changed.name {
            let _ = write!(text, ", name {:?} -> {:?}", current.name, wanted.name);
        }
        if changed.description {
            let (old, new) = (
                current.description.as_deref(),
                wanted.description.as_deref(),
            );
            let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
            let _ = write!(text, ", description {old:?} -> {new:?}");
        }
        if changed.price {
            let (old, new) = (robux(current.price), robux(wanted.price));
            let _ = write!(text, ", price {old} -> {new}");
        }
        if changed.for_sale {
            text.push_str(match wanted.for_sale {
                Some(false) => ", taken off sale",
                _ => ", put on sale",
            });
        }
        if changed.icon {
            text.push_str(", icon");
        }
        text.trim_start_matches(", ").clone_into(&mut changed.text);
        changed
    }
}

fn differs<T: PartialEq>(wanted: Option<&T>, current: Option<&T>) -> bool {
    wanted.is_some() && wanted != current
}

fn robux(price: Option<u64>) -> String {
    price.map_or_else(|| "none".to_owned(), |price| price.to_string())
}

/// Finds each thing of the file in the store, by its id or else by its name.
fn compare(
    kind: Kind,
    wanted: Vec<Thing>,
    current: &[Thing],
    options: &Options,
) -> Outcome<Vec<Change>> {
    let word = kind.word();
    let mut names = HashSet::new();
    let mut seen = HashSet::new();
    let mut changes = Vec::new();
    for thing in wanted {
        let name = &thing.name;
        if !names.insert(name.clone()) {
            return Err(Failure::Other(format!(
                "two {word} entries are named {name:?}"
            )));
        }
        let found: Vec<&Thing> = match thing.id {
            Some(id) => current
                .iter()
                .filter(|known| known.id == Some(id))
                .collect(),
            None => current.iter().filter(|known| known.name == *name).collect(),
        };
        match (found.as_slice(), thing.id) {
            ([], None) => changes.push(Change::Create(kind, thing)),
            ([], Some(id)) => return Err(Failure::Other(format!("there is no {word} {id}"))),
            ([known], _) => {
                let id = known.id.unwrap_or_default();
                if !seen.insert(id) {
                    return Err(Failure::Other(format!("two entries are the {word} {id}")));
                }
                let fields = Changed::new(&thing, known, options.icons);
                if !fields.text.is_empty() {
                    changes.push(Change::Update(kind, id, thing, fields));
                }
            }
            _ => {
                let text =
                    format!("several {word} entries of the store are named {name:?}: add the id");
                return Err(Failure::Other(text));
            }
        }
    }
    let others = current.iter().filter(|known| known.for_sale == Some(true));
    let others = others.filter(|known| known.id.is_some_and(|id| !seen.contains(&id)));
    changes.extend(others.cloned().map(|known| {
        if options.off_sale {
            Change::TakeOffSale(kind, known)
        } else {
            Change::Unknown(kind, known)
        }
    }));
    Ok(changes)
}

impl Change {
    /// The line for people.
    fn line(&self) -> String {
        match self {
            Self::Create(kind, thing) => {
                let price = match thing.price {
                    Some(price) if thing.for_sale != Some(false) => format!("{price} Robux"),
                    _ => "off sale".to_owned(),
                };
                format!("+ {} {:?}: {price}", kind.word(), thing.name)
            }
            Self::Update(kind, id, thing, changed) => {
                format!("~ {} {id} {:?}: {}", kind.word(), thing.name, changed.text)
            }
            Self::TakeOffSale(kind, thing) => {
                format!(
                    "- {} {} {:?}",
                    kind.word(),
                    thing.id.unwrap_or_default(),
                    thing.name
                )
            }
            Self::Unknown(kind, thing) => {
                format!(
                    "? {} {} {:?}",
                    kind.word(),
                    thing.id.unwrap_or_default(),
                    thing.name
                )
            }
        }
    }

    fn apply(&self, universe: &Universe, folder: &Path) -> Result<()> {
        match self {
            Self::Create(Kind::Product, thing) => {
                let mut product = NewProduct::new(&thing.name);
                if let Some(description) = &thing.description {
                    product = product.description(description);
                }
                if let Some(price) = thing.price {
                    product = product.price(price);
                }
                if thing.for_sale == Some(false) {
                    product = product.off_sale();
                }
                if let Some(icon) = &thing.icon {
                    product = product.icon(AssetFile::open(folder.join(icon))?);
                }
                let product = universe.create_developer_product(product)?;
                if product.is_name_censored(&thing.name) {
                    warn_of_censorship(thing, &product.name, product.product_id.get());
                }
                Ok(())
            }
            Self::Create(Kind::Pass, thing) => {
                let mut pass = NewPass::new(&thing.name);
                if let Some(description) = &thing.description {
                    pass = pass.description(description);
                }
                if let Some(price) = thing.price {
                    pass = pass.price(price);
                }
                if thing.for_sale == Some(false) {
                    pass = pass.off_sale();
                }
                if let Some(icon) = &thing.icon {
                    pass = pass.icon(AssetFile::open(folder.join(icon))?);
                }
                let pass = universe.create_game_pass(pass)?;
                if pass.is_name_censored(&thing.name) {
                    warn_of_censorship(thing, &pass.name, pass.game_pass_id.get());
                }
                Ok(())
            }
            Self::Update(Kind::Product, id, thing, changed) => {
                let update = product_update(thing, changed, folder)?;
                universe.developer_product(*id).update(update)
            }
            Self::Update(Kind::Pass, id, thing, changed) => {
                let update = pass_update(thing, changed, folder)?;
                universe.game_pass(*id).update(update)
            }
            Self::TakeOffSale(Kind::Product, thing) => {
                let product = universe.developer_product(thing.id.unwrap_or_default());
                product.update(ProductUpdate::new().off_sale())
            }
            Self::TakeOffSale(Kind::Pass, thing) => {
                let pass = universe.game_pass(thing.id.unwrap_or_default());
                pass.update(PassUpdate::new().off_sale())
            }
            Self::Unknown(..) => Ok(()),
        }
    }
}

/// Products and passes have different builders with the same settings.
macro_rules! update_function {
    ($name:ident, $update:ident) => {
        fn $name(thing: &Thing, changed: &Changed, folder: &Path) -> Result<$update> {
            let mut update = $update::new();
            if changed.name {
                update = update.name(&thing.name);
            }
            if let Some(description) = thing.description.as_ref().filter(|_| changed.description) {
                update = update.description(description);
            }
            // An item that is put on sale is sent with its price, which the service may not have kept.
            let is_priced = changed.price || changed.for_sale;
            if let Some(price) = thing.price.filter(|_| is_priced) {
                update = update.price(price);
            }
            if thing.for_sale == Some(false) {
                update = update.off_sale();
            } else if changed.for_sale {
                update = update.on_sale();
            }
            if let Some(icon) = thing.icon.as_ref().filter(|_| changed.icon) {
                update = update.icon(AssetFile::open(folder.join(icon))?);
            }
            Ok(update)
        }
    };
}

update_function!(product_update, ProductUpdate);
update_function!(pass_update, PassUpdate);

/// The next run looks for the name in the file, and finds nothing with that name.
fn warn_of_censorship(thing: &Thing, kept: &str, id: u64) {
    note(&format!(
        "moderation changed the name {:?} to {kept:?}; add \"id\": {id} to FILE, or the next run creates it again",
        thing.name
    ));
}

/// Prints each difference, and applies it. Changes that were applied before an error are not repeated in the next run.
fn apply(universe: &Universe, changes: &[Change], folder: &Path, dry_run: bool) -> Outcome {
    let mut count = 0_usize;
    for change in changes {
        if !dry_run {
            change.apply(universe, folder).map_err(failure)?;
        }
        print(&format!("{}\n", change.line()))?;
        count += usize::from(!matches!(change, Change::Unknown(..)));
    }
    conclude(count, dry_run)
}

fn failure(error: Error) -> Failure {
    let rejected = [
        ErrorKind::Conflict,
        ErrorKind::ModeratedText,
        ErrorKind::InvalidAsset,
    ];
    status(error, &rejected.map(|kind| (kind, 5)))
}
