//! The example that synchronizes a table with a file, with a server that stores the table.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::examples::{Folder, example};
use crate::support::{self, MockServer, Received, ok};

const TABLE: &str = "/legacy-localization-tables/v1/localization-table/tables/5f0e1d3c";

/// A service with one table.
struct Service {
    server: MockServer,
    entries: Arc<Mutex<Vec<Value>>>,
}

impl Service {
    fn new(entries: Value) -> Self {
        let entries = Arc::new(Mutex::new(entries.as_array().unwrap().clone()));
        let kept = Arc::clone(&entries);
        let server = MockServer::new(move |_, request| {
            let response = respond(request, &mut kept.lock().unwrap());
            response.map_or_else(
                || support::json(404, "{}"),
                |response| ok(response.to_string()),
            )
        });
        Self { server, entries }
    }

    /// Status, standard output, and the last line of the standard error.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut program = example("translate_table");
        program
            .env("ROBLOX_API_KEY", support::KEY)
            .env("ROBLOX_OPEN_CLOUD_URL", &self.server.url)
            .args(arguments);
        let output = program.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert!(!stderr.contains("panicked"), "{stderr}");
        let last = stderr.lines().last().unwrap_or_default().to_owned();
        (output.status.code(), stdout, last)
    }

    fn updates(&self) -> usize {
        let requests = self.server.requests();
        requests
            .iter()
            .filter(|request| request.method == "PATCH")
            .count()
    }
}

/// Responds like the service: two entries on a page; a request with a failure changes nothing.
fn respond(request: &Received, entries: &mut Vec<Value>) -> Option<Value> {
    let path = request.path();
    if path.ends_with("/autolocalizationtable") {
        return Some(json!({"autoLocalizationTableId": "5f0e1d3c"}));
    }
    if path.ends_with("/limits") {
        return Some(json!({"tableOperationLimits": {"maxEntriesPerUpdate": 2}}));
    }
    if path == format!("{TABLE}/entries") {
        let start: usize = request
            .query("cursor")
            .map_or(0, |cursor| cursor.parse().unwrap());
        let end = entries.len().min(start + 2);
        let next = (end < entries.len()).then(|| end.to_string());
        return Some(json!({"data": entries[start..end], "nextPageCursor": next}));
    }
    (path == TABLE && request.query("gameId")? == "13058").then(|| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let updates = body["entries"].as_array().unwrap();
        let failed = updates.iter().filter(|update| update.to_string().contains("forbidden"));
        let failed: Vec<_> = failed
            .map(|update| json!({"identifier": update["identifier"], "error": {"errorCode": 43, "errorMessage": "No."}}))
            .collect();
        if failed.is_empty() {
            for update in updates {
                apply(update, entries);
            }
        }
        json!({"failedEntriesAndTranslations": failed})
    })
}

fn apply(update: &Value, entries: &mut Vec<Value>) {
    let id = &update["identifier"];
    if update["delete"] == true {
        entries.retain(|entry| entry["identifier"] != *id);
        return;
    }
    if !entries.iter().any(|entry| entry["identifier"] == *id) {
        let is_taken = entries
            .iter()
            .any(|entry| id["key"] != "" && entry["identifier"]["key"] == id["key"]);
        assert!(!is_taken, "a key is in a table once: {id}");
        entries.push(json!({"identifier": id, "translations": []}));
    }
    let entry = entries
        .iter_mut()
        .find(|entry| entry["identifier"] == *id)
        .unwrap();
    if !update["metadata"].is_null() {
        entry["metadata"] = update["metadata"].clone();
    }
    let known = entry["translations"].as_array_mut().unwrap();
    for new in update["translations"].as_array().into_iter().flatten() {
        known.retain(|translation| translation["locale"] != new["locale"]);
        known.push(new.clone());
    }
}

fn entry(key: &str, source: &str, translations: &[(&str, &str)]) -> Value {
    let translations = translations.iter();
    let translations: Vec<_> = translations
        .map(|(locale, text)| json!({"locale": locale, "translationText": text}))
        .collect();
    json!({"identifier": {"key": key, "context": "", "source": source}, "translations": translations})
}

#[test]
fn a_table_says_what_the_file_says() {
    let service = Service::new(json!([
        entry("menu.play", "Play", &[("es-es", "Jugar"), ("fr", "Jouer")]),
        entry("menu.quit", "Quit", &[("es", "Salir")]),
        entry("menu.shop", "Shop now", &[("es", "Comprar")]),
        entry("", "Old", &[]),
    ]));
    let folder = Folder::new("translate-table");
    let file = "\u{feff}key,source,context,example,es,fr\r\n\
        menu.play,Play,,,Jugar,\r\n\
        menu.quit,Quit,,\"The \"\"red\"\" button, below\",Abandonar,\r\n\
        \r\n\
        menu.shop,Shop,,,Tienda,Boutique\r\n\
        ,\"Two\nlines\",,,\"Dos\nl\u{ed}neas\",";
    let file = folder.write("texts.csv", file.as_bytes());
    let lines = "~ \"menu.quit\" (source \"Quit\"): es \"Salir\" -> \"Abandonar\", example\n\
        + \"menu.shop\" (source \"Shop\"): es, fr\n\
        + \"Two\\nlines\": es\n\
        - \"menu.shop\" (source \"Shop now\")\n\
        ? \"Old\"\n";
    let before = service.entries.lock().unwrap().clone();
    let (status, stdout, last) = service.run(&["13058", &file, "--dry-run"]);
    assert_eq!(
        (status, stdout.as_str(), last.as_str()),
        (Some(3), lines, "error: 4 differences")
    );
    assert_eq!(
        (service.updates(), &before),
        (0, &*service.entries.lock().unwrap())
    );

    let (status, stdout, last) = service.run(&["13058", &file]);
    assert_eq!(
        (status, stdout.as_str(), last.as_str()),
        (Some(0), lines, "4 differences are gone")
    );
    assert_eq!(
        service.updates(),
        3,
        "the deletion, and three entries in two requests"
    );
    let (status, stdout, last) = service.run(&["13058", &file]);
    assert_eq!(
        (status, stdout.as_str(), last.as_str()),
        (Some(0), "? \"Old\"\n", "nothing to do")
    );
    let (status, stdout, _) = service.run(&["13058", &file, "--delete"]);
    assert_eq!((status, stdout.as_str()), (Some(0), "- \"Old\"\n"));

    let (status, exported, _) = service.run(&["13058", "--export"]);
    assert_eq!(status, Some(0));
    assert_eq!(
        exported,
        "key,source,context,example,es,es-es,fr\n\
        menu.play,Play,,,,Jugar,Jouer\n\
        menu.quit,Quit,,\"The \"\"red\"\" button, below\",Abandonar,,\n\
        menu.shop,Shop,,,Tienda,,Boutique\n\
        ,\"Two\nlines\",,,\"Dos\nl\u{ed}neas\",,\n"
    );
    let copy = folder.write("copy.csv", exported.as_bytes());
    let (status, stdout, last) = service.run(&["13058", &copy]);
    assert_eq!(
        (status, stdout.as_str(), last.as_str()),
        (Some(0), "", "nothing to do")
    );
}

#[test]
fn what_is_rejected_is_an_error() {
    let service = Service::new(json!([]));
    let folder = Folder::new("translate-table-errors");
    let run = |content: &str| {
        let file = folder.write("texts.csv", content.as_bytes());
        let (status, _, last) = service.run(&["13058", &file]);
        (status.unwrap(), last)
    };
    let (status, last) = run("key,source,es\na,A,x\nb,B,forbidden\n");
    assert_eq!(status, 5, "{last}");
    assert!(
        last.contains(r#"1 entry was not saved: "b" (source "B"): No (code 43)"#),
        "{last}"
    );
    assert!(service.entries.lock().unwrap().is_empty());
    for (content, words) in [
        ("", "the file is empty"),
        ("key,es\n", "no column is named source"),
        ("source,es,es\n", "each column needs a different name"),
        ("source,es\nA\n", "line 2 has 1 cells, not 2"),
        ("source,es\n\"A\nB\",x\n,x\n", "line 4 has no source"),
        ("source,es\nA,\"x\n", "the quote of line 2 has no end"),
        ("source,es\nA,x\nA,y\n", "two rows have \"A\""),
        ("key,source\na,A\na,B\n", "two rows have the key \"a\""),
    ] {
        let (status, last) = run(content);
        assert_eq!(status, 1, "{content:?}: {last}");
        assert!(last.contains(words), "{content:?}: {last}");
    }
    for (arguments, words) in [
        (&["13058"][..], "which file?"),
        (&["x", "a"], "`UNIVERSE-ID` cannot be \"x\""),
        (&["1", "a", "b"], "`b` is not expected here"),
        (&["1", "--wrong"], "`--wrong` is not expected here"),
    ] {
        let (status, _, last) = service.run(arguments);
        assert_eq!(status, Some(2), "{last}");
        assert!(last.contains(words), "{last}");
    }
    let (status, stdout, _) = service.run(&["--help"]);
    assert_eq!(status, Some(0));
    assert!(stdout.starts_with("usage: translate_table"), "{stdout}");
}
