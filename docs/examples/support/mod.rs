//! The parts that the examples share: arguments, the choice of service or sandbox, rows of a table, a progress bar.

#![allow(dead_code, reason = "no example needs all of it")]

pub(crate) mod bars;
pub(crate) mod differences;
pub(crate) mod page;
pub(crate) mod picture;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod screen;

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::str::FromStr;

use rblx_open_cloud::models::InventoryItem;
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{Client, ClientBuilder, Error, ErrorKind};

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// The reason why an example ends early.
pub(crate) enum Failure {
    /// The arguments are wrong, for the reason in the text.
    Usage(String),
    /// `--help`.
    Help,
    /// A failure with an exit status that a script can act on.
    Status(u8, String),
    /// Everything else, as a text for people.
    Other(String),
    /// The output was closed (`… | head -1`), which is not an error.
    ClosedPipe,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

/// Gives an error the status that scripts can act on: 4 if the key is rejected, 6 if the service is unavailable or busy, and
/// that of its kind in `others`.
pub(crate) fn status(error: Error, others: &[(ErrorKind, u8)]) -> Failure {
    let kind = error.kind();
    let of_kind = others.iter().find(|(other, _)| *other == kind);
    let status = match kind {
        ErrorKind::InvalidKey | ErrorKind::PermissionDenied => Some(4),
        ErrorKind::RateLimited
        | ErrorKind::ServiceUnavailable
        | ErrorKind::Timeout
        | ErrorKind::Transport => Some(6),
        _ => of_kind.map(|(_, status)| *status),
    };
    match status {
        Some(status) => Failure::Status(status, error.to_string()),
        None => error.into(),
    }
}

/// The end of every example: prints the failure, and returns the exit status.
pub(crate) fn finish(usage: &str, outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Help) => {
            let _ = writeln!(io::stdout(), "{}", screen::page(usage));
            ExitCode::SUCCESS
        }
        Err(Failure::Usage(text)) => {
            note(&screen::page(usage));
            note(&format!("\nerror: {text}"));
            ExitCode::from(2)
        }
        Err(Failure::Status(status, text)) => {
            note(&format!("error: {text}"));
            ExitCode::from(status)
        }
        Err(Failure::Other(text)) => {
            note(&format!("error: {text}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line on the standard error. Unlike `eprintln!`, it does not panic if that is closed.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", screen::line(text));
}

/// Prints a text on the standard output, for a program that does more than print: it continues if that is closed.
pub(crate) fn print(text: &str) -> io::Result<()> {
    match write!(io::stdout(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// The reason why a file cannot be read, in the words of this crate's errors.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads a file of text.
pub(crate) fn read_text(path: &str) -> Outcome<String> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::Other(format!("{path} cannot be read: {}", why(&error))))
}

/// The first line of a run against a sandbox, so that a demonstration is not taken for a result.
pub(crate) fn demonstration() {
    note(
        "offline: this is the built-in sandbox; nothing here comes from Roblox or changes anything there",
    );
}

/// The arguments of the command line, one after the other. `--name value` and `--name=value` are the same.
pub(crate) struct Arguments {
    rest: VecDeque<OsString>,
    /// The option given last, with the value behind its `=`.
    inline: Option<(String, String)>,
}

impl Arguments {
    pub(crate) fn from_env() -> Self {
        Self {
            rest: std::env::args_os().skip(1).collect(),
            inline: None,
        }
    }

    /// The next option or word. `--help` ends everything.
    pub(crate) fn next(&mut self) -> Outcome<Option<String>> {
        if let Some((option, _)) = self.inline.take() {
            return Err(Failure::Usage(format!("`{option}` takes no value")));
        }
        let Some(argument) = self.pop()? else {
            return Ok(None);
        };
        match argument.split_once('=') {
            _ if argument == "--help" || argument == "-h" => Err(Failure::Help),
            Some((option, value)) if option.starts_with("--") => {
                self.inline = Some((option.to_owned(), value.to_owned()));
                Ok(Some(option.to_owned()))
            }
            _ => Ok(Some(argument)),
        }
    }

    /// The value of the option that `next` gave.
    pub(crate) fn value(&mut self, option: &str) -> Outcome<String> {
        if let Some((_, value)) = self.inline.take() {
            return Ok(value);
        }
        self.pop()?
            .ok_or_else(|| Failure::Usage(format!("`{option}` needs a value")))
    }

    /// The same as a number or an id.
    pub(crate) fn parsed<T: FromStr>(&mut self, option: &str) -> Outcome<T> {
        parse(option, &self.value(option)?)
    }

    /// The same as a list with commas.
    pub(crate) fn list<T: FromStr>(&mut self, option: &str) -> Outcome<Vec<T>> {
        let text = self.value(option)?;
        text.split(',')
            .map(|part| parse(option, part.trim()))
            .collect()
    }

    fn pop(&mut self) -> Outcome<Option<String>> {
        let argument = self.rest.pop_front().map(OsString::into_string);
        argument
            .transpose()
            .map_err(|text| Failure::Usage(format!("`{}` is not Unicode text", text.display())))
    }
}

/// An argument that no option or place is left for.
pub(crate) fn unknown<T>(argument: &str) -> Outcome<T> {
    Err(Failure::Usage(format!("`{argument}` is not expected here")))
}

pub(crate) fn parse<T: FromStr>(what: &str, text: &str) -> Outcome<T> {
    text.parse()
        .map_err(|_| Failure::Usage(format!("`{what}` cannot be {text:?}")))
}

/// A client, with the sandbox that it talks to, which ends when it is dropped.
pub(crate) struct Service {
    pub(crate) client: Client,
    sandbox: Option<Sandbox>,
}

impl Service {
    /// The sandbox, if there is one.
    pub(crate) fn sandbox(&self) -> Option<&Sandbox> {
        self.sandbox.as_ref()
    }

    /// The live service with the key in `ROBLOX_API_KEY`, or a sandbox, which is announced first.
    pub(crate) fn choose(offline: bool) -> Outcome<Self> {
        Self::choose_with(offline, |builder| builder)
    }

    /// The same with settings of the client.
    pub(crate) fn choose_with(
        offline: bool,
        settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Outcome<Self> {
        if offline {
            demonstration();
            let sandbox = Sandbox::start()?;
            return Ok(Self {
                client: settings(sandbox.client_builder()).build()?,
                sandbox: Some(sandbox),
            });
        }
        let client = ClientBuilder::from_env().and_then(|builder| settings(builder).build());
        let client = client.map_err(|error| {
            Failure::Other(format!("{error} (or try it without a key: --offline)"))
        })?;
        Ok(Self {
            client,
            sandbox: None,
        })
    }
}

/// The heads of the columns that [`row`] fills.
pub(crate) const HEADS: [&str; 5] = ["KIND", "ID", "TYPE", "ADDED", "COLLECTIBLE"];

/// The cells of an item in the table of an inventory.
pub(crate) fn cells(item: &InventoryItem) -> [String; 5] {
    let (kind, id, asset_type, collectible) = match item {
        InventoryItem::Asset(asset) => {
            let collectible = asset.collectible.as_ref().map(|collectible| {
                let state = collectible
                    .state
                    .as_ref()
                    .map_or("", |state| state.as_str());
                match collectible.serial_number {
                    Some(number) => format!("#{number} {state}"),
                    None => state.to_owned(),
                }
            });
            let asset_type = asset.asset_type.to_string();
            (
                "asset",
                asset.asset_id.to_string(),
                Some(asset_type),
                collectible,
            )
        }
        InventoryItem::Badge(badge) => ("badge", badge.badge_id.to_string(), None, None),
        InventoryItem::GamePass(pass) => ("game pass", pass.game_pass_id.to_string(), None, None),
        InventoryItem::PrivateServer(server) => (
            "private server",
            server.private_server_id.to_string(),
            None,
            None,
        ),
        _ => ("unknown", "-".to_owned(), None, None),
    };
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let added = item.add_time().map(|time| time.date().to_string());
    [
        kind.to_owned(),
        id,
        or_dash(asset_type),
        or_dash(added),
        or_dash(collectible),
    ]
}

/// A line of an inventory's table. Its widths are fixed, so that the first line need not wait for the last; a narrow
/// terminal gets narrow columns.
pub(crate) fn row(cells: &[impl AsRef<str>; 5]) -> String {
    let [kind, id, asset_type, added, collectible] = cells.each_ref().map(AsRef::as_ref);
    let (gap, id_width, type_width) = match screen::columns() {
        ..72 => (1, 12, 12),
        _ => (2, 15, 20),
    };
    format!(
        "{kind:<14}{:gap$}{id:<id_width$} {asset_type:<type_width$} {added:<10} {collectible}",
        ""
    )
}
