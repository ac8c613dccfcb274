//! Uploads a file, or stdin, and prints the id of the asset once it is processed.
//!
//! `id=$(cargo run -q -F sandbox --example upload -- user:156 icon.png --offline)`

mod support;

use std::io::{Read, Write, stderr, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use rblx_open_cloud::AssetFile;
use rblx_open_cloud::models::{AssetType, AssetUpload, GroupId, UserId};
use support::progress::{Progress, size};
use support::{Arguments, Failure, Outcome, Service, finish, note, parse, unknown};

const USAGE: &str = "\
usage: upload user:ID|group:ID FILE [OPTION]...

FILE may be `-`, for stdin.

  --type TYPE            Decal, Image, Audio, Model, Animation, Video, ...; by default it follows from the
                         extension, and a picture becomes an Image
  --name TEXT            the asset's name (default: the file name without the extension)
  --description TEXT     the asset's description
  --file-name NAME       a name for stdin, with the extension of the format
  --content-type TYPE    the format, such as image/png, instead of that of the extension
  --price ROBUX          the maximum price of the upload (default: 0)
  --offline              upload to the built-in sandbox; no key is needed
  --help                 print this

The id goes to stdout, everything else to stderr.
Without --offline the API key is read from ROBLOX_API_KEY.";

const MAX_WAIT: Duration = Duration::from_secs(300);

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Clone, Copy)]
enum Owner {
    User(UserId),
    Group(GroupId),
}

#[derive(Default)]
struct Options {
    asset_type: Option<String>,
    name: Option<String>,
    description: String,
    file_name: Option<String>,
    content_type: Option<String>,
    price: u64,
    offline: bool,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--type" => options.asset_type = Some(arguments.value(option)?),
            "--name" => options.name = Some(arguments.value(option)?),
            "--description" => options.description = arguments.value(option)?,
            "--file-name" => options.file_name = Some(arguments.value(option)?),
            "--content-type" => options.content_type = Some(arguments.value(option)?),
            "--price" => options.price = arguments.parsed(option)?,
            "--offline" => options.offline = true,
            _ if option.len() > 1 && option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let (owner, path) = match words.as_slice() {
        [owner, path] => (owner_from(owner)?, path.as_str()),
        [_, _, third, ..] => return unknown(third),
        _ => return usage("which owner, and which file?"),
    };
    let asset_type = match options.asset_type.as_deref() {
        Some(text) => Some(match AssetType::parse_known(text) {
            Ok(known) => known,
            Err(_) if options.content_type.is_some() => AssetType::from(text),
            Err(error) => {
                let why = error.message();
                return usage(&format!("{why} (for other types add --content-type)"));
            }
        }),
        None => None,
    };

    let file = source(path, &options)?;
    let Some(asset_type) = asset_type.or_else(|| type_of(file.name())) else {
        let text = format!("what is {}? say it with --type", file.name());
        return usage(&text);
    };
    let service = Service::choose(options.offline)?;
    let (file_name, length) = (file.name().to_owned(), file.length());
    let stem = Path::new(&file_name)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let name = options.name.or(stem).unwrap_or_else(|| file_name.clone());
    note(&format!(
        "{file_name}, {}, as {asset_type} {name:?}",
        size(length)
    ));

    let mut bar = Progress::new(stderr());
    let file = file.on_progress(move |sent, total| bar.show(sent, total));
    let upload =
        AssetUpload::new(asset_type, name, options.description, file).expected_price(options.price);
    let mut operation = match owner {
        Owner::User(id) => service.client.user(id).upload_asset(upload)?,
        Owner::Group(id) => service.client.group(id).upload_asset(upload)?,
    };
    // The path identifies the upload if this program is stopped while it waits.
    if !operation.is_done() {
        note(&format!("waiting for {}", operation.path()));
    }
    let asset = operation.wait(MAX_WAIT)?;
    if let Some(state) = &asset.moderation_state {
        note(&format!("moderation: {state}"));
    }
    writeln!(stdout(), "{}", asset.asset_id)?;
    Ok(())
}

/// The type that [`User::upload`](rblx_open_cloud::resource::User::upload) would choose. That call is shorter; this
/// program shows the steps, to print the path of the operation before it waits.
fn type_of(file_name: &str) -> Option<AssetType> {
    let extension = Path::new(file_name).extension()?.to_str()?.to_lowercase();
    let types = [
        AssetType::Image,
        AssetType::Audio,
        AssetType::Model,
        AssetType::Video,
        AssetType::Mesh,
    ];
    types
        .into_iter()
        .find(|one| one.extensions().contains(&extension.as_str()))
}

fn source(path: &str, options: &Options) -> Outcome<AssetFile> {
    let file = match (path, &options.file_name) {
        ("-", Some(name)) => AssetFile::bytes(name, from_stdin()?),
        ("-", None) => return usage("stdin has no name; set one with --file-name"),
        (path, None) => AssetFile::open(path)?,
        (_, Some(_)) => return usage("--file-name is for stdin; a file has its own name"),
    };
    Ok(match &options.content_type {
        Some(content_type) => file.content_type(content_type),
        None => file,
    })
}

/// Reads all of it: the length is part of the request.
fn from_stdin() -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn owner_from(text: &str) -> Outcome<Owner> {
    match text.split_once(':') {
        Some(("user", id)) => Ok(Owner::User(parse("user:ID", id)?)),
        Some(("group", id)) => Ok(Owner::Group(parse("group:ID", id)?)),
        _ => usage(&format!("{text:?} is neither user:ID nor group:ID")),
    }
}

fn usage<T>(text: &str) -> Outcome<T> {
    Err(Failure::Usage(text.to_owned()))
}
