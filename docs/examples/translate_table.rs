//! Updates the localization table of a universe from a CSV file: prints the differences, then applies them.
//!
//! `cargo run -q -F sandbox,localization --example translate_table -- 13058 --export > texts.csv`
//! `cargo run -q -F sandbox,localization --example translate_table -- 13058 texts.csv --dry-run`

mod support;

use std::collections::{BTreeSet, HashMap};
use std::io::{Write, stdout};
use std::process::ExitCode;

use rblx_open_cloud::models::{EntryFormat, TableEntry, TableEntryId, TableEntryUpdate};
use rblx_open_cloud::resource::LocalizationTable;
use rblx_open_cloud::{Error, ErrorKind};
use support::differences::{conclude, universe_and_file};
use support::{Arguments, Failure, Outcome, Service, finish, read_text, status, unknown};

const USAGE: &str = "\
usage: translate_table UNIVERSE-ID FILE [OPTION]...
       translate_table UNIVERSE-ID --export

FILE is CSV. Its first line names the columns: source, and optionally key, context and example; every other column is
a language, such as es or pt-br. An empty cell changes nothing. Key, context and source together identify an
entry. If the source of a key is changed, the old entry is deleted.

  --dry-run              print the differences and change nothing
  --delete               delete entries that FILE does not have
  --export               print the table as such a FILE
  --help                 print this

The differences go to stdout, one per line: + is created, ~ is changed, - is deleted, ? is not in FILE.
The API key is read from ROBLOX_API_KEY; it needs legacy-universe:manage.

exit status: 0 done, or nothing to do; 2 wrong arguments, 3 a dry run found differences, 4 the key is rejected,
5 the service rejects some entries, 6 the service is unavailable or busy: try again later, 1 anything else";

/// The columns that are not languages.
const COLUMNS: [&str; 4] = ["key", "source", "context", "example"];

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
struct Options {
    dry_run: bool,
    delete: bool,
    export: bool,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument.as_str() {
            "--dry-run" => options.dry_run = true,
            "--delete" => options.delete = true,
            "--export" => options.export = true,
            option if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let (universe, path) = universe_and_file(&words, options.export)?;
    let rows = path.map(open).transpose()?;
    let localization = Service::choose(false)?
        .client
        .universe(universe)
        .localization();
    let created = localization.create_table().map_err(failure)?;
    let id = created
        .table_id
        .ok_or_else(|| Failure::Other(format!("universe {universe} has no table")))?;
    let table = localization.table(id);
    let entries = table.list_entries(EntryFormat::Legacy);
    let entries: Vec<TableEntry> = entries.collect::<Result<_, _>>().map_err(failure)?;
    match rows {
        Some(rows) => apply(
            &table,
            &compare(&rows, &entries, options.delete)?,
            options.dry_run,
        ),
        None => export(&entries),
    }
}

/// A line of the file.
struct Row {
    id: TableEntryId,
    example: String,
    /// Languages and texts, without empty ones.
    translations: Vec<(String, String)>,
}

fn open(path: &str) -> Outcome<Vec<Row>> {
    let text = read_text(path)?;
    rows(&text).map_err(|why| Failure::Other(format!("{path}: {why}")))
}

/// Reads the rows below the line with the names of the columns.
fn rows(text: &str) -> Result<Vec<Row>, String> {
    let mut records = records(text.trim_start_matches('\u{feff}'))?.into_iter();
    let (_, heads) = records.next().ok_or("the file is empty")?;
    let heads: Vec<String> = heads
        .iter()
        .map(|head| head.trim().to_lowercase())
        .collect();
    if !heads.iter().any(|head| head == "source") {
        return Err("no column is named source".to_owned());
    }
    let names: BTreeSet<&String> = heads.iter().collect();
    if names.len() < heads.len() || names.iter().any(|name| name.is_empty()) {
        return Err("each column needs a different name".to_owned());
    }
    let mut rows = Vec::new();
    for (line, cells) in records {
        if cells.len() != heads.len() {
            let (has, needs) = (cells.len(), heads.len());
            return Err(format!("line {line} has {has} cells, not {needs}"));
        }
        let mut row: HashMap<&str, String> = heads.iter().map(String::as_str).zip(cells).collect();
        let [key, source, context, example] =
            COLUMNS.map(|name| row.remove(name).unwrap_or_default());
        if source.is_empty() {
            return Err(format!("line {line} has no source"));
        }
        row.retain(|_, text| !text.is_empty());
        let mut translations: Vec<_> = row
            .into_iter()
            .map(|(language, text)| (language.to_owned(), text))
            .collect();
        translations.sort();
        rows.push(Row {
            id: TableEntryId::new(key, context, source),
            example,
            translations,
        });
    }
    Ok(rows)
}

/// Reads CSV (RFC 4180): each record with the number of its first line.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let mut records = Vec::new();
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let (mut line, mut start) = (1, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted => is_quoted = false,
            letter if is_quoted => cell.push(letter),
            '"' if cell.is_empty() => is_quoted = true,
            ',' => cells.push(std::mem::take(&mut cell)),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                let record = std::mem::take(&mut cells);
                records.push((std::mem::replace(&mut start, line), record));
            }
            letter => cell.push(letter),
        }
    }
    if is_quoted {
        return Err(format!("the quote of line {start} has no end"));
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        records.push((start, cells));
    }
    // Empty lines are not records.
    records.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    Ok(records)
}

/// A difference, with the update that removes it.
struct Change {
    line: String,
    update: Option<TableEntryUpdate>,
}

/// Finds each row among the entries.
fn compare(rows: &[Row], entries: &[TableEntry], delete: bool) -> Outcome<Vec<Change>> {
    let known: HashMap<_, _> = entries
        .iter()
        .map(|entry| (texts(&entry.identifier), entry))
        .collect();
    let mut wanted = HashMap::new();
    let mut keys = HashMap::new();
    for row in rows {
        let [key, ..] = texts(&row.id);
        if wanted.insert(texts(&row.id), row).is_some() {
            return Err(Failure::Other(format!("two rows have {}", row.id)));
        }
        if !key.is_empty() && keys.insert(key, row).is_some() {
            return Err(Failure::Other(format!("two rows have the key {key:?}")));
        }
    }
    let mut changes = Vec::new();
    for row in rows {
        let entry = known.get(&texts(&row.id)).copied();
        changes.extend(change(row, entry));
    }
    let others = entries
        .iter()
        .filter(|entry| !wanted.contains_key(&texts(&entry.identifier)));
    for TableEntry { identifier, .. } in others {
        // Its key belongs to an entry with another source now.
        let is_replaced = keys.contains_key(texts(identifier)[0]);
        let is_deleted = delete || is_replaced;
        let sign = if is_deleted { '-' } else { '?' };
        changes.push(Change {
            line: format!("{sign} {identifier}"),
            update: is_deleted.then(|| TableEntryUpdate::of(identifier.clone()).delete()),
        });
    }
    // What is only reported comes last.
    changes.sort_by_key(|change| change.update.is_none());
    Ok(changes)
}

/// Key, context and source; what is absent is empty.
fn texts(id: &TableEntryId) -> [&str; 3] {
    [&id.key, &id.context, &id.source].map(|text| text.as_deref().unwrap_or_default())
}

/// The difference between a row and its entry, if there is one.
fn change(row: &Row, entry: Option<&TableEntry>) -> Option<Change> {
    let id = entry.map_or(&row.id, |entry| &entry.identifier);
    let mut update = TableEntryUpdate::of(id.clone());
    let mut parts = Vec::new();
    for (language, text) in &row.translations {
        let old = entry.and_then(|entry| translation(entry, language));
        match old {
            Some(old) if old == text => continue,
            Some(old) => parts.push(format!("{language} {old:?} -> {text:?}")),
            None => parts.push(language.clone()),
        }
        update = update.translation(language, text);
    }
    let metadata = entry.and_then(|entry| entry.metadata.as_ref());
    let old = metadata.and_then(|metadata| metadata.example.as_deref());
    if !row.example.is_empty() && old != Some(&row.example) {
        parts.push("example".to_owned());
        update = update.example(&row.example);
    }
    let sign = if entry.is_some() { '~' } else { '+' };
    if entry.is_some() && parts.is_empty() {
        return None;
    }
    let parts = if parts.is_empty() {
        "no translation".to_owned()
    } else {
        parts.join(", ")
    };
    Some(Change {
        line: format!("{sign} {}: {parts}", row.id),
        update: Some(update),
    })
}

/// The translation into a language. The service may write `es-es` for `es`.
fn translation<'a>(entry: &'a TableEntry, language: &str) -> Option<&'a str> {
    let find = |is_it: &dyn Fn(&str) -> bool| {
        let mut found = entry.translations.iter().filter(|translation| {
            let locale = translation.locale.as_ref();
            locale.is_some_and(|locale| is_it(&locale.as_str().to_lowercase().replace('_', "-")))
        });
        found.find_map(|translation| translation.translation_text.as_deref())
    };
    find(&|locale| locale == language)
        .or_else(|| find(&|locale| locale.split('-').next() == Some(language)))
}

fn apply(table: &LocalizationTable, changes: &[Change], dry_run: bool) -> Outcome {
    for change in changes {
        writeln!(stdout(), "{}", change.line)?;
    }
    let updates: Vec<_> = changes
        .iter()
        .filter_map(|change| change.update.clone())
        .collect();
    let count = updates.len();
    if count > 0 && !dry_run {
        let outcome = table.update_all(updates).map_err(failure)?;
        let rejected = |error: Error| Failure::Status(5, error.to_string());
        outcome.into_result().map_err(rejected)?;
    }
    conclude(count, dry_run)
}

fn export(entries: &[TableEntry]) -> Outcome {
    let locales = entries.iter().flat_map(|entry| &entry.translations);
    let locales: BTreeSet<&str> = locales
        .filter_map(|translation| Some(translation.locale.as_ref()?.as_str()))
        .collect();
    let heads = COLUMNS.into_iter().chain(locales.iter().copied());
    writeln!(stdout(), "{}", record(heads))?;
    for entry in entries {
        let [key, context, source] = texts(&entry.identifier);
        let metadata = entry.metadata.as_ref();
        let example = metadata.and_then(|metadata| metadata.example.as_deref());
        let cells = [key, source, context, example.unwrap_or_default()].into_iter();
        let translations = locales
            .iter()
            .map(|locale| entry.translation(locale).unwrap_or_default());
        writeln!(stdout(), "{}", record(cells.chain(translations)))?;
    }
    Ok(())
}

/// Writes a line of CSV.
fn record<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| match cell {
        cell if cell.contains([',', '"', '\n', '\r']) => {
            format!("\"{}\"", cell.replace('"', "\"\""))
        }
        cell => cell.to_owned(),
    };
    cells.map(quoted).collect::<Vec<_>>().join(",")
}

fn failure(error: Error) -> Failure {
    status(error, &[(ErrorKind::ModeratedText, 5)])
}
