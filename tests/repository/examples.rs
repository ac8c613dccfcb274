//! The examples, run as a user runs them: as programs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Once;
use std::time::Duration;

use rblx_open_cloud::models::LuauScript;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::Value;

/// The folder of this build, such as `target/debug`; this test is in `target/debug/deps`.
fn build_folder() -> PathBuf {
    let this = std::env::current_exe().unwrap();
    this.parent().and_then(Path::parent).unwrap().to_owned()
}

/// `cargo test` builds most examples as programs, but not one with `test = true`; `cargo test --examples` builds
/// them all as tests, and `--test examples` none. So they are built here, which takes no time if they are there.
fn build_programs() {
    let folder = build_folder();
    let mut target = folder.parent().unwrap();
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.args([
        "build",
        "--quiet",
        "--offline",
        "--examples",
        "--no-default-features",
    ]);
    build.current_dir(env!("CARGO_MANIFEST_DIR"));
    // Cargo sets these for a test; build scripts of dependencies look at them and would run once more.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            build.env_remove(&name);
        }
    }
    build.arg("--features").arg(features().join(","));
    match folder.file_name().unwrap().to_str() {
        Some("debug") => {}
        profile => {
            build.arg("--profile").arg(profile.unwrap());
        }
    }
    // With `--target` the path contains the name of the platform.
    if !target.join(".rustc_info.json").exists() {
        build.arg("--target").arg(target.file_name().unwrap());
        target = target.parent().unwrap();
    }
    let output = build.arg("--target-dir").arg(target).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo build --examples: {errors}");
}

fn features() -> Vec<&'static str> {
    let all = [
        ("default", cfg!(feature = "default")),
        ("full", cfg!(feature = "full")),
        ("gzip", cfg!(feature = "gzip")),
        ("localization", cfg!(feature = "localization")),
        ("oauth2", cfg!(feature = "oauth2")),
        ("platform-verifier", cfg!(feature = "platform-verifier")),
        ("redis", cfg!(feature = "redis")),
        ("rustls", cfg!(feature = "rustls")),
        ("sandbox", cfg!(feature = "sandbox")),
        ("secrets", cfg!(feature = "secrets")),
        ("sync", cfg!(feature = "sync")),
        ("upload", cfg!(feature = "upload")),
        ("webhooks", cfg!(feature = "webhooks")),
    ];
    all.into_iter()
        .filter_map(|(name, is_on)| is_on.then_some(name))
        .collect()
}

fn program(name: &str) -> PathBuf {
    static BUILT: Once = Once::new();
    BUILT.call_once(build_programs);
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    build_folder().join("examples").join(file)
}

/// Returns the command of an example without a key, and without other variables for the service.
pub(crate) fn example(name: &str) -> Command {
    let mut command = Command::new(program(name));
    command.stdin(Stdio::null());
    for variable in ["ROBLOX_API_KEY", "OUT_DIR", "CARGO_MANIFEST_DIR"] {
        command.env_remove(variable);
    }
    command
}

/// The output of a program.
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn new(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }

    #[track_caller]
    fn succeeds(self) -> Self {
        assert_eq!(self.status, Some(0), "{}", self.stderr);
        self
    }

    /// Ends with this status, nothing on stdout, and this text in the last line of stderr.
    #[track_caller]
    fn fails(self, status: i32, text: &str) {
        assert_eq!(self.status, Some(status), "{}", self.stderr);
        assert_eq!(self.stdout, "");
        let last = self.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: "), "{}", self.stderr);
        assert!(last.contains(text), "{last}");
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let run = Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }
}

#[track_caller]
fn run(name: &str, arguments: &[&str]) -> Run {
    Run::new(example(name).args(arguments))
}

/// A temporary folder, removed when it is dropped.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let name = format!("rblx-open-cloud-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn write(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";
const SANDBOX_ASSET: &str = "120000000001";

/// The first line of a run against the sandbox.
const OFFLINE: &str = "offline: this is the built-in sandbox; nothing here comes from Roblox or changes anything there\n";
const NOT_RUN: &str = "offline: the script is not run; these results are a demonstration";

#[test]
fn the_tour_is_a_page_without_control_characters() {
    // A key changes nothing: without a user id the tour is offline.
    for tour in [
        run("tour", &[]),
        Run::new(example("tour").env("ROBLOX_API_KEY", "none-of-their-business")),
    ] {
        let tour = tour.succeeds();
        for text in [
            "builderman (@builderman)",
            "since 2006-03-08",
            "https://www.roblox.com/users/156/profile",
            "joined group 7, now with role 99",
            "asset           1028595         HAT                  2020-01-01 -",
            "#2 HOLD",
            "150 items in all",
            "100 % of 1.0 MiB",
            "ready: decal 120000000001, moderation: approved",
            "ErrorKind::NotFound",
        ] {
            assert!(tour.stdout.contains(text), "{text}\n{}", tour.stdout);
        }
        assert!(!tour.stdout.contains(|c: char| c.is_control() && c != '\n'));
        let long = tour
            .lines()
            .into_iter()
            .find(|line| line.chars().count() > 80);
        assert_eq!(long, None, "a line fits a terminal of 80 columns");
        let trailing = tour.lines().into_iter().find(|line| line.ends_with(' '));
        assert_eq!(trailing, None);
        assert_eq!(tour.stderr, "");
    }
}

#[test]
fn the_tour_is_live_with_a_user_id_only() {
    run("tour", &["156"]).fails(1, "ROBLOX_API_KEY");
    run("tour", &["nobody"]).fails(2, "nobody");
    run("tour", &["1", "2"]).fails(2, "`2` is not expected here");
    run("tour", &["--offline"]).fails(2, "`--offline` is not expected here");
}

#[test]
fn every_example_explains_itself() {
    let names = ["tour", "inventory", "upload", "groups", "doctor"];
    let names = names
        .into_iter()
        .chain(["publish", "ban", "sync_products", "shards", "watch"]);
    let names = names.chain(["export_data_store", "erase_user_data"]);
    let names = names.chain(cfg!(feature = "sync").then_some("sync_assets"));
    for name in names.chain(cfg!(feature = "oauth2").then_some("login")) {
        let help = run(name, &["--help"]).succeeds();
        assert!(help.stdout.starts_with(&format!("usage: {name}")));
        assert_eq!(help.stderr, "");
        let wrong = run(name, &["--wrong"]);
        assert!(wrong.stderr.contains(&format!("usage: {name}")));
        wrong.fails(2, "`--wrong` is not expected here");
    }
    run("offline_test", &["--wrong"]).fails(2, "`--wrong` is not expected here");
}

/// Returns the output of a run on a terminal of this width.
fn on_a_terminal(columns: usize, name: &str, arguments: &[&str]) -> Run {
    Run::new(
        example(name)
            .args(arguments)
            .env("COLUMNS", columns.to_string()),
    )
}

#[track_caller]
fn fits(columns: usize, text: &str) {
    let long = text.lines().find(|line| line.chars().count() > columns);
    assert_eq!(long, None, "a line fits {columns} columns:\n{text}");
}

#[test]
fn help_and_tables_fit_narrow_terminals() {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut names = vec![
        "tour",
        "inventory",
        "upload",
        "groups",
        "doctor",
        "publish",
        "ban",
    ];
    names.extend(["sync_products", "luau_tests"]);
    names.extend(cfg!(feature = "localization").then_some("translate_table"));
    names.extend(cfg!(feature = "sync").then_some("sync_assets"));
    names.extend(cfg!(feature = "oauth2").then_some("login"));
    for name in names {
        let piped = run(name, &["--help"]).succeeds();
        fits(80, &piped.stdout);
        for columns in [60, 80] {
            let help = on_a_terminal(columns, name, &["--help"]).succeeds();
            fits(columns, &help.stdout);
            assert_eq!(words(&help.stdout), words(&piped.stdout), "{name}");
            fits(columns, &on_a_terminal(columns, name, &["--wrong"]).stderr);
        }
    }
    let offline = ["156", "--offline", "--limit", "61"];
    for (name, arguments) in [
        ("tour", &[][..]),
        ("inventory", &offline),
        ("doctor", &["--offline"]),
    ] {
        let narrow = on_a_terminal(60, name, arguments).succeeds();
        fits(60, &narrow.stdout);
        assert!(
            !narrow.stdout.contains('\u{1b}'),
            "only a terminal is drawn on"
        );
    }
    // Without a terminal there is a line for each scope.
    let scopes = run("doctor", &["--offline"]).succeeds();
    assert!(
        scopes.lines()[3..]
            .iter()
            .all(|line| line.starts_with("may "))
    );
}

#[test]
fn shards_list_all_keys_once() {
    let shards = run("shards", &["--offline", "--page", "4"]).succeeds();
    let mut keys = shards.lines();
    keys.sort_unstable();
    assert_eq!(keys.len(), 100);
    assert_eq!((keys[0], keys[99]), ("a00", "d24"));
    keys.dedup();
    assert_eq!(keys.len(), 100, "each key comes once");
    run("shards", &["13058"]).fails(2, "which universe, and which store?");
    let folder = Folder::new("shards");
    let path = folder.0.to_str().unwrap();
    let failed = run(
        "shards",
        &["--offline", "--limits", path, "--prefixes", "a,b"],
    );
    assert_eq!(failed.status, Some(1));
    assert!(
        failed.stderr.contains("it is a directory"),
        "{}",
        failed.stderr
    );
    assert!(
        failed
            .stderr
            .ends_with("error: these shards failed: a, b\n"),
        "{}",
        failed.stderr
    );
    if !cfg!(feature = "redis") {
        let url = "redis://127.0.0.1:1/";
        let failed = run("shards", &["--offline", "--limits", url, "--prefixes", "a"]);
        assert!(
            failed.stderr.contains("needs the feature `redis`"),
            "{}",
            failed.stderr
        );
    }
}

#[test]
fn the_log_shows_a_retry() {
    let watch = run("watch", &[]).succeeds();
    assert_eq!(watch.stdout, "builderman\n");
    let lines: Vec<_> = watch.stderr.lines().collect();
    let starts = [
        "TRACE GET /cloud/v2/users/156: attempt 1",
        "DEBUG GET /cloud/v2/users/156: 503, ",
        "WARN  GET /cloud/v2/users/156: attempt 1 failed (service unavailable, 503); next attempt in ",
        "TRACE GET /cloud/v2/users/156: attempt 2",
        "DEBUG GET /cloud/v2/users/156: 200, ",
    ];
    assert_eq!(lines.len(), starts.len(), "{}", watch.stderr);
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn without_a_key_both_ways_out_are_reported() {
    let folder = Folder::new("key");
    let file = folder.write("icon.png", PNG);
    for (name, arguments) in [
        ("inventory", &["156"][..]),
        ("groups", &["156"]),
        ("upload", &["user:156", &file, "--type", "Decal"]),
    ] {
        run(name, arguments).fails(1, "ROBLOX_API_KEY");
        run(name, arguments).fails(1, "--offline");
    }
}

#[test]
fn the_inventory_as_a_table() {
    let table = run("inventory", &["156", "--offline", "--limit=61"]).succeeds();
    let lines = table.lines();
    assert_eq!(lines.len(), 62);
    assert!(lines[0].starts_with("KIND "));
    assert!(lines[1].contains("1028595") && lines[61].contains("DYNAMIC_HEAD"));
    assert_eq!(lines[0].find("TYPE"), lines[61].find("DYNAMIC_HEAD"));
    assert_eq!(table.stderr, format!("{OFFLINE}61 items\n"));
    let none = run("inventory", &["156", "--offline", "--assets", "5"]).succeeds();
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("", format!("{OFFLINE}0 items\n").as_str())
    );
}

#[track_caller]
fn json(name: &str, arguments: &[&str]) -> Vec<Value> {
    let run = Run::new(example(name).args(arguments).args(["--offline", "--json"])).succeeds();
    assert_eq!(run.stderr, OFFLINE);
    let parse = |line| serde_json::from_str(line).unwrap();
    run.stdout.lines().map(parse).collect()
}

#[test]
fn the_inventory_as_json_lines() {
    assert_eq!(json("inventory", &["156"]).len(), 150);
    assert_eq!(json("inventory", &["156", "--assets-all"]).len(), 110);
    let some = [
        "156",
        "--type",
        "hat, DYNAMIC_HEAD",
        "--collectibles",
        "--badges",
        "--game-passes",
        "--private-servers",
        "--limit",
        "50",
    ];
    let items = json("inventory", &some);
    assert_eq!(items.len(), 50);
    assert_eq!(items[0]["kind"], "asset");
    assert_eq!(items[0]["assetType"], "HAT");
    assert_eq!(items[0]["collectible"]["serialNumber"], 1);
    assert_eq!(items[20]["kind"], "badge");
    assert_eq!(items[40]["kind"], "gamePass");

    let ids = [
        "156",
        "--assets",
        "1028595,7",
        "--badge-ids",
        "111111",
        "--game-pass-ids=777777,777778",
        "--private-server-ids",
        "999999",
    ];
    let items = json("inventory", &ids);
    let kinds: Vec<&str> = items
        .iter()
        .filter_map(|item| item["kind"].as_str())
        .collect();
    assert_eq!(
        kinds,
        ["asset", "badge", "gamePass", "gamePass", "privateServer"]
    );
    assert_eq!(items[0]["assetId"], "1028595");
}

#[test]
fn contradictory_inventory_arguments() {
    let mixed = ["156", "--badges", "--badge-ids", "1", "--offline"];
    run("inventory", &mixed).fails(2, "`--badges` lists by type and `--badge-ids` by id");
    run("inventory", &[]).fails(2, "USER-ID is missing");
    run("inventory", &["156", "7"]).fails(2, "`7`");
    run("inventory", &["-156"]).fails(2, "`-156`");
    run("inventory", &["156", "--assets"]).fails(2, "`--assets` needs a value");
    run("inventory", &["156", "--assets", "1,x"]).fails(2, "`--assets` cannot be \"x\"");
    run("inventory", &["156", "--json=yes"]).fails(2, "`--json` takes no value");
    run("inventory", &["156", "--limit", "-1"]).fails(2, "`--limit` cannot be \"-1\"");
    run("inventory", &["156", "--offline", "--type", "HAT;x"]).fails(1, "no inventory asset type");
    run("inventory", &["2", "--offline"]).fails(1, "permission denied");
}

#[test]
fn groups_as_a_table_and_as_json_lines() {
    let table = run("groups", &["156", "--offline"]).succeeds();
    assert_eq!(
        table.lines()[1],
        "7             99            2020-01-01  99, 9"
    );
    assert_eq!(table.stderr, format!("{OFFLINE}3 groups\n"));
    let groups = json("groups", &["156"]);
    assert_eq!(groups.len(), 3);
    assert_eq!(groups[0]["groupId"], "7");
    assert_eq!(groups[0]["roleIds"], serde_json::json!(["99", "9"]));
    run("groups", &[]).fails(2, "USER-ID is missing");
}

#[test]
fn members_of_a_group_and_what_was_done_to_it() {
    let table = run("groups", &["--members", "7", "--offline"]).succeeds();
    let lines = table.lines();
    assert_eq!(lines[1], "156           255           2020-01-01  Owner");
    assert_eq!(lines[2], "1001          1             2020-01-01  Member");
    assert_eq!(table.stderr, format!("{OFFLINE}25 members\n"));
    assert_eq!(json("groups", &["--members=7"]).len(), 25);
    let log = run("groups", &["--log", "7", "--offline"]).succeeds();
    assert!(log.lines()[1].contains(r#"AcceptJoinRequest {"TargetId":1024"#));
    assert_eq!(log.stderr, format!("{OFFLINE}24 entries\n"));
    assert_eq!(
        json("groups", &["--log=7"])[0]["actionType"],
        "AcceptJoinRequest"
    );
    run("groups", &["--members", "x"]).fails(2, "`--members` cannot be \"x\"");
    run("groups", &["156", "--members", "7"]).fails(2, "`--members` is not expected here");
}

#[test]
fn an_upload_prints_the_id_alone() {
    let folder = Folder::new("upload");
    let file = folder.write("icon.png", PNG);
    let mut arguments = vec!["user:156", &file, "--type", "Decal", "--offline"];
    let upload = run("upload", &arguments).succeeds();
    assert_eq!(upload.stdout, format!("{SANDBOX_ASSET}\n"));
    assert!(
        upload.stderr.contains("as Decal \"icon\""),
        "{}",
        upload.stderr
    );
    assert!(upload.stderr.contains("100 % of 18 bytes"));
    assert!(
        !upload
            .stderr
            .contains(|c: char| c.is_control() && c != '\n')
    );

    // Without a type the extension determines it.
    let inferred = run("upload", &["user:156", &file, "--offline"]).succeeds();
    assert!(
        inferred.stderr.contains("as Image \"icon\""),
        "{}",
        inferred.stderr
    );

    arguments.extend(["--name", "moderated-name"]);
    run("upload", &arguments).fails(1, "text moderated");
    let wrong = ["user:156", &file, "--type", "Audio", "--offline"];
    run("upload", &wrong).fails(1, "mp3, ogg, wav, flac");
    let by_hand = [
        "user:156",
        &file,
        "--type",
        "Decal",
        "--offline",
        "--content-type",
        "image/gif",
    ];
    run("upload", &by_hand).fails(1, "");
}

#[test]
fn an_upload_from_stdin() {
    let arguments = [
        "group:7",
        "-",
        "--file-name",
        "a.png",
        "--type",
        "Decal",
        "--offline",
        "--price",
        "10",
        "--description",
        "d",
    ];
    let mut child = example("upload")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(PNG).unwrap();
    let upload = Run::from(child.wait_with_output().unwrap()).succeeds();
    assert_eq!(upload.stdout, format!("{SANDBOX_ASSET}\n"));
}

#[test]
fn contradictory_upload_arguments() {
    run("upload", &[]).fails(2, "which file?");
    let folder = Folder::new("upload-type");
    let malformed = folder.write("notes.txt", b"text");
    run("upload", &["user:156", &malformed, "--offline"]).fails(2, "say it with --type");
    run("upload", &["156", "a.png", "--type", "Decal"]).fails(2, "neither user:ID nor group:ID");
    run("upload", &["group:x", "a.png", "--type", "Decal"]).fails(2, "`group:ID` cannot be \"x\"");
    run("upload", &["user:156", "a.png", "b.png"]).fails(2, "`b.png` is not expected here");
    run("upload", &["user:156", "a.png", "--type", "Picture"]).fails(2, "add --content-type");
    run("upload", &["user:156", "-", "--type", "Decal"]).fails(2, "--file-name");
    let missing = [
        "user:156",
        "no-such-file.png",
        "--type",
        "Decal",
        "--offline",
    ];
    run("upload", &missing).fails(1, "no-such-file.png");
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = Folder::new("pipe");
    let file = folder.write("icon.png", PNG);
    for (name, arguments) in [
        ("tour", &[][..]),
        ("inventory", &["156", "--offline"]),
        ("inventory", &["--help"]),
        ("groups", &["156", "--offline", "--json"]),
        ("export_data_store", &["Inventory", "--offline"]),
        ("erase_user_data", &["15", "--offline"]),
        (
            "upload",
            &["user:156", &file, "--type", "Decal", "--offline"],
        ),
        ("offline_test", &[]),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Run::new(example(name).args(arguments).stdout(writer));
        assert_eq!(run.status, Some(0), "{name}: {}", run.stderr);
        assert!(!run.stderr.contains("error"), "{name}: {}", run.stderr);
    }
}

#[test]
fn programs_that_change_something_go_on_when_nobody_reads() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::new("nobody-reads");
    let unread = |name: &str, arguments: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = example(name);
        command
            .env("ROBLOX_API_KEY", sandbox.api_key())
            .env("ROBLOX_OPEN_CLOUD_URL", sandbox.url());
        Run::new(command.args(arguments).stdout(writer))
    };
    let store = folder.write(
        "store.json",
        br#"{"products": [{"name": "A"}, {"name": "B"}]}"#,
    );
    let sync = unread("sync_products", &["13058", &store]).succeeds();
    let last = sync.stderr.lines().last();
    assert_eq!(last, Some("2 differences are gone"), "{}", sync.stderr);

    let erase = ["5", "--universe", "13058", "--delete"];
    let erased = unread("erase_user_data", &erase).succeeds();
    assert_eq!(erased.stderr, "1 of 1 entries deleted\n");

    let script = folder.write("tests.luau", b"failing()");
    let tests = unread("luau_tests", &["13058", "90", &script, "--offline"]);
    assert_eq!(tests.status, Some(1), "{}", tests.stderr);
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let malformed = std::ffi::OsStr::from_bytes(b"\xff");
    for name in ["tour", "inventory", "upload", "groups"] {
        Run::new(example(name).arg(malformed)).fails(2, "is not Unicode text");
    }
}

#[test]
fn the_checks_of_a_script_pass() {
    let checks = run("offline_test", &[]).succeeds();
    assert!(
        checks
            .stdout
            .contains("ok  waits out a rate limit and a failure")
    );
    assert!(checks.lines().iter().all(|line| line.starts_with("  ok  ")));
}

#[test]
fn the_doctor_reports_missing_scopes_by_its_status_too() {
    let good = [
        "--offline",
        "--user=156",
        "--need=asset:write",
        "--call",
        "PATCH /cloud/v2/groups/{group_id}/memberships/{membership_id}",
    ];
    let good = run("doctor", &good).succeeds();
    assert!(
        good.stdout
            .starts_with("key      sandbox\nacts for user 156\nexpires  never\n")
    );
    assert!(
        good.stdout
            .contains("may      asset read, write for every user, every group")
    );
    let bad = run(
        "doctor",
        &[
            "--offline",
            "--group=7",
            "--need",
            "group.vault:write",
            "--need=x:y",
        ],
    );
    assert_eq!(bad.status, Some(1));
    assert!(
        bad.stderr.contains(
            "the key lacks group.vault:write for group 7; add `group.vault` with `write`"
        )
    );
    assert!(
        bad.stderr
            .ends_with("error: the key is not sufficient, for 2 reasons\n"),
        "{}",
        bad.stderr
    );
    let calls = run("doctor", &["--calls", "--offline"]).succeeds();
    for line in [
        "calls    /cloud/v2/users: 6 of 6",
        "  yes    POST /cloud/v2/users/{user_id}/notifications",
    ] {
        assert!(calls.lines().contains(&line), "{line}: {}", calls.stdout);
    }
    run("doctor", &["--need", "asset", "--offline"]).fails(2, "\"asset\" is not a scope");
    run("doctor", &["--call", "GET /nowhere", "--offline"])
        .fails(2, "no method of this crate calls GET");
    run("doctor", &["--call", "nowhere", "--offline"]).fails(2, "does not start with a method");
}

#[cfg(feature = "sync")]
#[test]
fn a_folder_is_synced_once() {
    let folder = Folder::new("sync");
    folder.write("icon.png", b"\x89PNG\r\n\x1a\n");
    folder.write("song.ogg", b"OggS");
    folder.write("broken.png", b"no picture");
    let path = folder.0.to_str().unwrap();
    let plan = run("sync_assets", &["user:156", path, "--offline", "--dry-run"]);
    assert_eq!((plan.status, plan.stdout.as_str()), (Some(1), ""));
    assert!(
        plan.stderr
            .contains("icon.png: would be uploaded as \"icon\""),
        "{}",
        plan.stderr
    );
    let sync = || {
        run(
            "sync_assets",
            &["user:156", path, "--offline", "--threads=1"],
        )
    };
    let first = sync();
    assert_eq!(first.status, Some(1));
    let ids = |run: &Run| -> Vec<(String, String)> {
        let lines = run
            .lines()
            .into_iter()
            .map(|line| line.split_once('\t').unwrap());
        let mut ids: Vec<_> = lines
            .map(|(id, path)| (path.to_owned(), id.to_owned()))
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&first).len(), 2);
    assert!(
        first.stderr.contains("broken.png: asset rejected"),
        "{}",
        first.stderr
    );
    assert!(
        first.stderr.ends_with("error: one file was not uploaded\n"),
        "{}",
        first.stderr
    );
    assert!(!first.stderr.contains('\x1b'), "no bars into a pipe");
    fs::remove_file(folder.0.join("broken.png")).unwrap();
    // Each run has its own sandbox, whose ids must not be mistaken for those of another one or of the live service.
    let second = sync().succeeds();
    assert_eq!(ids(&second).len(), 2);
    assert!(
        second.stderr.contains("icon.png: uploaded as"),
        "{}",
        second.stderr
    );
    assert!(!folder.0.join("assets.ledger").exists());
    let ledger = folder.0.join("offline.ledger");
    let kept = format!("--ledger={}", ledger.display());
    run("sync_assets", &["user:156", path, "--offline", &kept]).succeeds();
    run("sync_assets", &["user:156", path, "--offline", &kept]).fails(1, "another");
}

/// A package whose files were uploaded according to its ledger.
#[cfg(feature = "sync")]
fn package(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::create_dir_all(folder.0.join("assets/menu")).unwrap();
    folder.write("assets/icon.png", PNG);
    folder.write(
        "assets/menu/close-button.png",
        &[PNG, &b"close"[..]].concat(),
    );
    folder.write("assets/notes.txt", b"not an asset");
    // With a sandbox that is said to be the live service.
    let sandbox = Sandbox::start().unwrap();
    let ledger = folder.0.join("assets/assets.ledger");
    let files = rblx_open_cloud::sync::files_in(folder.0.join("assets")).unwrap();
    let all = sandbox.client().user(156).upload_all(files).threads(1);
    assert!(all.ledger(&ledger).all(|file| file.is_ok()));
    let text = fs::read_to_string(&ledger).unwrap();
    let head = "{\"assetLedger\":2,\"service\":\"https://apis.roblox.com\"}";
    let rest = text.split_once('\n').unwrap().1;
    fs::write(&ledger, format!("{head}\n{rest}")).unwrap();
    folder
}

/// Runs the build script of a package, where nothing can be connected to and there is no key.
#[cfg(feature = "sync")]
fn build(folder: &Folder) -> Run {
    let mut command = example("build_script");
    command
        .env("CARGO_MANIFEST_DIR", &folder.0)
        .env("OUT_DIR", &folder.0)
        .env("HTTPS_PROXY", "http://127.0.0.1:1")
        .env_remove("ROBLOX_API_KEY");
    Run::new(&mut command)
}

#[cfg(feature = "sync")]
#[test]
fn a_build_script_reads_the_ids_of_the_ledger() {
    let folder = package("build");
    let built = build(&folder).succeeds();
    let assets = folder.0.join("assets");
    assert_eq!(
        built.stdout,
        format!("cargo::rerun-if-changed={}\n", assets.display())
    );
    let code = fs::read_to_string(folder.0.join("assets.rs")).unwrap();
    assert_eq!(
        code,
        format!(
            "/// `icon.png`\npub const ICON: u64 = {SANDBOX_ASSET};\n\
             /// `menu/close-button.png`\npub const MENU_CLOSE_BUTTON: u64 = {};\n",
            SANDBOX_ASSET.parse::<u64>().unwrap() + 1
        )
    );
    // Under another name it is the same asset.
    fs::rename(assets.join("icon.png"), assets.join("2nd icon.png")).unwrap();
    build(&folder).succeeds();
    let code = fs::read_to_string(folder.0.join("assets.rs")).unwrap();
    assert!(
        code.contains(&format!("pub const _2ND_ICON: u64 = {SANDBOX_ASSET};")),
        "{code}"
    );
}

#[cfg(feature = "sync")]
#[test]
fn a_build_script_says_what_has_no_id() {
    let folder = package("changed");
    folder.write("assets/icon.png", &[PNG, &b"changed"[..]].concat());
    let built = build(&folder).succeeds();
    let error = "cargo::error=icon.png is not uploaded, or has changed since; run sync_assets";
    assert!(built.stdout.contains(error), "{}", built.stdout);
    let code = fs::read_to_string(folder.0.join("assets.rs")).unwrap();
    assert!(!code.contains("ICON:"), "no wrong id: {code}");

    let ledger = folder.0.join("assets/assets.ledger");
    let text = fs::read_to_string(&ledger).unwrap();
    let rejected = text.replace("\"Approved\"", "\"Rejected\"");
    fs::write(&ledger, rejected).unwrap();
    let built = build(&folder).succeeds();
    let warning = "cargo::warning=menu/close-button.png was rejected by moderation";
    assert!(built.stdout.contains(warning), "{}", built.stdout);

    folder.write(
        "assets/menu/close_button.png",
        &[PNG, &b"close"[..]].concat(),
    );
    let built = build(&folder).succeeds();
    assert!(
        built.stdout.contains("would have the same name"),
        "{}",
        built.stdout
    );

    fs::write(
        &ledger,
        text.replace("https://apis.roblox.com", "http://127.0.0.1:1"),
    )
    .unwrap();
    let other = build(&folder);
    let error = "cargo::error=the ids of the ledger belong to http://127.0.0.1:1";
    assert!(
        other.status == Some(1) && other.stdout.contains(error),
        "{}",
        other.stdout
    );
    fs::remove_file(&ledger).unwrap();
    let missing = build(&folder);
    let error = "assets.ledger cannot be opened: there is no such file";
    assert!(
        missing.status == Some(1) && missing.stdout.contains(error),
        "{}",
        missing.stdout
    );
}

#[cfg(feature = "sync")]
#[test]
fn a_build_script_by_hand_makes_its_own_icon() {
    let folder = Folder::new("hand");
    let mut command = example("build_script");
    for variable in ["TMPDIR", "TMP", "TEMP"] {
        command.env(variable, &folder.0);
    }
    for variable in ["OUT_DIR", "CARGO_MANIFEST_DIR"] {
        command.env_remove(variable);
    }
    let by_hand = Run::new(&mut command).succeeds();
    assert_eq!(
        by_hand.lines().last().unwrap(),
        &format!("pub const ICON: u64 = {SANDBOX_ASSET};")
    );
}

#[cfg(feature = "oauth2")]
#[test]
fn the_login_signs_in_comes_back_and_signs_out() {
    let mut command = example("login");
    for variable in [
        "ROBLOX_CLIENT_ID",
        "ROBLOX_CLIENT_SECRET",
        "ROBLOX_REDIRECT_URI",
    ] {
        command.env_remove(variable);
    }
    let login = Run::new(&mut command).succeeds();
    for text in [
        "You can close this page and go back to the program.",
        "user name       builderman",
        "id              156",
        "since           2006-03-08",
        "granted         openid, profile",
        "still builderman",
    ] {
        assert!(login.stdout.contains(text), "{text} in {}", login.stdout);
    }
    assert!(login.stderr.contains("signed out"), "{}", login.stderr);
    if !cfg!(feature = "rustls") {
        return;
    }
    // With an app it is the live service; an unusable redirect URI is reported before a request is sent.
    let folder = Folder::new("login");
    let file = folder.0.join("session.json");
    let file = file.to_str().unwrap();
    let mut live = example("login");
    live.args(["--session", file]).env("ROBLOX_CLIENT_ID", "1");
    live.env("ROBLOX_REDIRECT_URI", "https://example.com/callback");
    Run::new(&mut live).fails(1, "cannot listen on the redirect URI");
    live.arg("--sign-out");
    let nobody = Run::new(&mut live).succeeds();
    assert!(nobody.stderr.contains("no user is signed in"));
}

const PLACE: &[u8] = b"<roblox version=\"4\"></roblox>";

/// An example that calls a sandbox of the test.
fn example_of(sandbox: &Sandbox, name: &str, arguments: &[&str]) -> Run {
    let mut command = example(name);
    command
        .env("ROBLOX_API_KEY", sandbox.api_key())
        .env("ROBLOX_OPEN_CLOUD_URL", sandbox.url());
    Run::new(command.args(arguments))
}

#[test]
fn publish_prints_the_version_and_restarts_servers() {
    let folder = Folder::new("publish");
    let file = folder.write("game.rbxlx", PLACE);
    let published = run("publish", &["13058", "90", &file, "--restart", "--offline"]).succeeds();
    assert_eq!(published.stdout, "2\n");
    for text in ["100 % of 29 bytes", "3 servers with 6 players", "restarted"] {
        assert!(
            published.stderr.contains(text),
            "{text}\n{}",
            published.stderr
        );
    }
    let saved = run("publish", &["13058", "91", &file, "--save", "--offline"]).succeeds();
    assert_eq!(saved.stdout, "2\n");
}

#[cfg(feature = "webhooks")]
#[test]
fn the_receiver_of_webhooks_responds_and_erases() {
    let arguments = ["--offline", "--erase", "90=13058/Inventory"];
    let run = Run::new(example("webhook_receiver").args(arguments)).succeeds();
    let expected = [
        "a test: 200",
        "an erasure: 200",
        "the same again: 200",
        "the same, formatted: 403",
        "a new type of event: 200",
        "forged: 403",
    ];
    assert_eq!(run.lines(), expected);
    assert!(
        run.stderr.contains("Inventory: 1 entries deleted"),
        "{}",
        run.stderr
    );
}

#[test]
fn luau_tests_print_the_results_as_tap_and_junit() {
    let folder = Folder::new("luau-tests");
    let file = folder.write("game.rbxlx", PLACE);
    let junit = folder.0.join("tests.xml").to_str().unwrap().to_owned();
    let run = |script: &str, more: &[&str]| {
        let common = ["13058", "90", script, "--junit", &junit, "--offline"];
        let run = run("luau_tests", &[&common, more].concat());
        (run, fs::read_to_string(&junit).unwrap_or_default())
    };
    let script = folder.write("tests.luau", b"return require(game.Tests)()");
    let (passed, xml) = run(&script, &["--place", &file, "--save", "--timeout", "60"]);
    let passed = passed.succeeds();
    assert_eq!(
        passed.stdout,
        format!("TAP version 13\n1..2\nok 1 - coins are added\nok 2 - doors open\n# {NOT_RUN}\n")
    );
    let log: Vec<&str> = passed.stderr.lines().collect();
    assert_eq!(
        (log[0], log[2], log[4], log[5]),
        (NOT_RUN, "testing version 2", "loading 3 suites", "running")
    );
    assert!(log[3].starts_with("task universes/13058/places/90/versions/2/"));
    assert!(
        xml.contains("tests=\"2\" failures=\"0\" time=\"0.500\""),
        "{xml}"
    );
    assert!(
        xml.contains(&format!(
            "<system-out>{NOT_RUN}&#10;loading 3 suites&#10;running</system-out>"
        )),
        "{xml}"
    );

    let script = folder.write("tests.luau", b"failing()");
    let (failed, xml) = run(&script, &[]);
    assert_eq!(failed.status, Some(1));
    assert!(
        failed
            .stdout
            .contains("not ok 2 - doors <open>\n# expected 3, got 2\n")
    );
    assert!(failed.stderr.ends_with("error: 1 of 2 tests failed\n"));
    assert!(xml.contains("name=\"doors &lt;open&gt;\""), "{xml}");
    assert!(
        xml.contains("<failure message=\"expected 3, got 2\"/>"),
        "{xml}"
    );

    let script = folder.write("tests.luau", b"error('x')");
    let (raised, xml) = run(&script, &[]);
    assert_eq!(raised.status, Some(1));
    assert!(
        raised
            .stdout
            .contains("# tests:3: attempt to index nil with 'Coins'\n")
    );
    assert!(xml.contains("failures=\"1\" time=\"0.000\""), "{xml}");
}

#[test]
fn luau_tests_exit_with_what_went_wrong() {
    let folder = Folder::new("luau-tests-status");
    let script = folder.write("tests.luau", b"return true");
    let file = folder.write("game.rbxlx", PLACE);
    let sandbox = Sandbox::start().unwrap();
    let run_of = |more: &[&str]| {
        let common = ["13058", "90", script.as_str()];
        example_of(&sandbox, "luau_tests", &[&common, more].concat())
    };
    sandbox.script_result("", Value::Bool(true));
    let all = run_of(&[]).succeeds();
    assert_eq!(all.stdout, "TAP version 13\n1..1\nok 1 - all tests\n");
    sandbox.script_result("", serde_json::json!([]));
    let none = run_of(&[]);
    assert_eq!(
        (none.status, &*none.stdout),
        (Some(1), "TAP version 13\n1..0\n")
    );
    assert!(none.stderr.contains("the script returned no tests"));
    let none = run_of(&["--allow-none"]).succeeds();
    assert_eq!(none.stdout, "TAP version 13\n1..0\n");
    sandbox.script_result("", Value::from("neither"));
    run_of(&[]).fails(8, "true, false, or a list of tests");
    sandbox.open_in_studio(90, true);
    run_of(&["--place", &file]).fails(3, "Roblox Studio");
    sandbox.open_in_studio(90, false);
    run_of(&["--version", "9"]).fails(8, "not found");
    sandbox.fail_next_times(Fault::status(403, "PERMISSION_DENIED", "no"), 1);
    run_of(&[]).fails(
        4,
        "needs the scope: universe.place.luau-execution-session:write",
    );
    sandbox.operations_take(Duration::from_secs(600));
    run_of(&["--wait", "0"]).fails(7, "its state is PROCESSING");
    let client = sandbox.client();
    let place = client.universe(13_058).place(90);
    while place.run(LuauScript::source("x")).start().is_ok() {}
    run_of(&[]).fails(3, "not a rate limit");
    let common = ["13058", "90", "no-such-file", "--place", &file, "--offline"];
    run("luau_tests", &common).fails(5, "no-such-file cannot be opened: there is no such file");
    run("luau_tests", &["13058", "90"]).fails(2, "which script");
    run("luau_tests", &["1", "2", &script, "--save"]).fails(2, "--save is for --place");
}

#[test]
fn publish_reports_failures_by_its_status() {
    let folder = Folder::new("publish-status");
    let file = folder.write("game.rbxlx", PLACE);
    let bad = folder.write("game.rbxl", b"game");
    let sandbox = Sandbox::start().unwrap();
    sandbox.open_in_studio(90, true);
    example_of(&sandbox, "publish", &["13058", "90", &file]).fails(3, "Roblox Studio");
    sandbox.open_in_studio(90, false);
    run("publish", &["13058", "95", &file, "--offline"]).fails(3, "Place not part of the universe");
    run("publish", &["13058", "90", &bad, "--offline"]).fails(5, "is not a Roblox place");
    run("publish", &["1", "90", &file, "--offline"]).fails(1, "not found");
    run("publish", &["13058", "90", "no-such-file", "--offline"]).fails(1, "there is no such file");
    run("publish", &["13058", "90", &file]).fails(1, "ROBLOX_API_KEY");
    let mut wrong_key = example("publish");
    wrong_key
        .env("ROBLOX_API_KEY", "wrong")
        .env("ROBLOX_OPEN_CLOUD_URL", sandbox.url());
    Run::new(wrong_key.args(["13058", "90", &file])).fails(4, "401");
    sandbox.fail_next(Fault::unavailable());
    example_of(&sandbox, "publish", &["13058", "90", &file]).fails(6, "503");

    // The version is printed although the restart fails.
    sandbox.fail_next(Fault::raw(
        200,
        "application/json",
        r#"{"versionNumber":8}"#,
    ));
    sandbox.fail_next(Fault::raw(403, "application/json", "{}"));
    let half = example_of(&sandbox, "publish", &["13058", "90", &file, "--restart"]);
    assert_eq!((half.status, half.stdout.as_str()), (Some(7), "8\n"));
    assert!(
        half.stderr.contains("error: version 8 was published, but"),
        "{}",
        half.stderr
    );

    run("publish", &["13058", "90"]).fails(2, "which file?");
    run("publish", &["13058", "90", &file, "x"]).fails(2, "`x`");
    run("publish", &["13058", "x", &file]).fails(2, "`PLACE-ID` cannot be \"x\"");
    run("publish", &["13058", "90", &file, "--save", "--restart"]).fails(2, "--save or --restart");
    run("publish", &["13058", "90", &file, "--bleed-off", "5"])
        .fails(2, "--bleed-off is for --restart");
}

#[test]
fn ban_continues_with_a_file_where_it_was_stopped() {
    let folder = Folder::new("ban");
    let users = folder.write(
        "users.txt",
        b"1001\n\n# a comment\n1002 # another\n1\n1003\n",
    );
    let sandbox = Sandbox::start().unwrap();
    let ban = |arguments: &[&str]| {
        example_of(
            &sandbox,
            "ban",
            &[&["13058", "--file", &users], arguments].concat(),
        )
    };
    let rejection = Fault::status(501, "NOT_IMPLEMENTED", "not now");
    sandbox.fail_on(
        "PATCH /cloud/v2/universes/13058/user-restrictions/1003",
        rejection,
    );
    let stopped = ban(&["--days", "2", "--reason", "Spamming"]);
    assert_eq!(
        (stopped.status, stopped.stdout.as_str()),
        (Some(1), "1001\n1002\n")
    );
    assert!(
        stopped.stderr.contains("user 1: not found"),
        "{}",
        stopped.stderr
    );
    let before = sandbox.requests().len();
    let rest = ban(&["--days", "2", "--reason", "Spamming"]);
    assert_eq!((rest.status, rest.stdout.as_str()), (Some(1), "1003\n"));
    assert!(
        rest.stderr.contains("2 of 4 users are done already"),
        "{}",
        rest.stderr
    );
    assert_eq!(
        sandbox.requests().len() - before,
        3,
        "users who are done are not banned again"
    );

    let banned = example_of(&sandbox, "ban", &["13058", "--list"]).succeeds();
    let banned: Vec<Value> = banned
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(banned.len(), 4);
    assert_eq!(
        banned[1]["gameJoinRestriction"]["displayReason"],
        "Spamming"
    );
    assert_eq!(banned[1]["gameJoinRestriction"]["duration"], "172800s");
    // An unban has a separate file.
    let lifted = ban(&["--unban"]);
    assert_eq!(lifted.stdout, "1001\n1002\n1003\n");
    let log = example_of(&sandbox, "ban", &["13058", "--log"]).succeeds();
    assert_eq!(log.stdout.lines().count(), 7);
}

#[test]
fn ban_arguments() {
    let one = run(
        "ban",
        &[
            "13058",
            "1001",
            "--place",
            "91",
            "--only-this-account",
            "--permanent",
            "--offline",
        ],
    )
    .succeeds();
    assert_eq!(
        (one.stdout.as_str(), one.stderr.as_str()),
        ("1001\n", format!("{OFFLINE}1 user banned\n").as_str())
    );
    let none = run("ban", &["13058", "--list", "--place", "95", "--offline"]);
    none.fails(1, "The place was not found");
    run("ban", &[]).fails(2, "which universe?");
    run("ban", &["13058"]).fails(2, "--list and --log");
    run("ban", &["13058", "1001", "--log"]).fails(2, "--list and --log");
    run("ban", &["13058", "x"]).fails(2, "`USER-ID` cannot be \"x\"");
    let one = |more: &[&str]| run("ban", &[&["13058", "1001", "--offline"], more].concat());
    one(&[]).fails(2, "how long? one of --days DAYS, --permanent and --unban");
    one(&["--days", "2", "--permanent"]).fails(2, "how long?");
    one(&["--days", "2", "--unban"]).fails(2, "how long?");
    one(&["--days", "0"]).fails(2, "`--days` cannot be \"0\"");
    let folder = Folder::new("ban-arguments");
    let file = folder.write("users.txt", b"1001\nbuilderman\n");
    run("ban", &["13058", "--file", &file, "--unban", "--offline"])
        .fails(1, "line 2: \"builderman\"");
}

#[test]
fn ban_checks_once_whether_the_universe_exists() {
    let folder = Folder::new("ban-universe");
    let users = folder.write("users.txt", b"1001\n1002\n1003\n");
    let sandbox = Sandbox::start().unwrap();
    for (universe, more, text) in [
        ("5", &[][..], "universe"),
        ("13058", &["--place", "95"], "place"),
    ] {
        let before = sandbox.requests().len();
        let arguments = [&[universe, "--file", &users, "--days", "1"], more].concat();
        let run = example_of(&sandbox, "ban", &arguments);
        assert!(!run.stderr.contains("user 1001"), "{}", run.stderr);
        run.fails(1, text);
        assert_eq!(sandbox.requests().len() - before, 1, "{universe}");
    }
}

/// A file of the store that the sandbox starts with.
fn exported(sandbox: &Sandbox) -> Value {
    let export = example_of(sandbox, "sync_products", &["13058", "--export"]).succeeds();
    serde_json::from_str(&export.stdout).unwrap()
}

#[test]
fn sync_products_makes_the_store_look_like_a_file() {
    let folder = Folder::new("sync-products");
    let sandbox = Sandbox::start().unwrap();
    let mut store = exported(&sandbox);
    let write = |store: &Value| folder.write("store.json", store.to_string().as_bytes());
    let file = write(&store);
    let same = example_of(&sandbox, "sync_products", &["13058", &file]).succeeds();
    assert_eq!(
        (same.stdout.as_str(), same.stderr.as_str()),
        ("", "nothing to do\n")
    );

    folder.write("gems.png", PNG);
    store["products"][0]["price"] = 12.into();
    store["products"][1]["name"] = "Many Coins".into();
    store["products"][2] = serde_json::json!({"name": "Starter Pack", "price": 99});
    let gems =
        serde_json::json!({"name": "Gems", "description": "Shiny", "price": 3, "icon": "gems.png"});
    store["products"].as_array_mut().unwrap().push(gems);
    let vip = serde_json::json!([{"name": "VIP", "for_sale": false}, {"name": "Draft"}]);
    store["passes"] = vip;
    let file = write(&store);
    let lines = [
        "~ product 1200001 \"100 Coins\": price 10 -> 12",
        "~ product 1200002 \"Many Coins\": name \"500 Coins\" -> \"Many Coins\"",
        "~ product 1200003 \"Starter Pack\": price none -> 99, put on sale",
        "+ product \"Gems\": 3 Robux",
        "~ pass 777777 \"VIP\": taken off sale",
        "+ pass \"Draft\": off sale",
        "? pass 777778 \"Double Coins\"",
    ];
    let dry = example_of(&sandbox, "sync_products", &["13058", &file, "--dry-run"]);
    assert_eq!(
        (dry.status, dry.lines()),
        (Some(3), lines.to_vec()),
        "{}",
        dry.stderr
    );
    assert_eq!(
        exported(&sandbox)["products"][0]["price"],
        10,
        "nothing was changed"
    );

    let real = example_of(&sandbox, "sync_products", &["13058", &file]).succeeds();
    assert_eq!(
        (real.lines(), real.stderr.as_str()),
        (lines.to_vec(), "6 differences are gone\n")
    );
    let again = example_of(&sandbox, "sync_products", &["13058", &file, "--dry-run"]).succeeds();
    assert_eq!(again.lines(), [lines[6]]);
    let gems = sandbox
        .client()
        .universe(13_058)
        .list_developer_products()
        .last()
        .unwrap()
        .unwrap();
    assert_eq!(
        (gems.name.as_str(), gems.description.as_str()),
        ("Gems", "Shiny")
    );
    assert!(gems.icon_asset_id.is_some());
    let icons = example_of(
        &sandbox,
        "sync_products",
        &["13058", &file, "--icons", "--off-sale"],
    )
    .succeeds();
    let id = gems.product_id;
    let expected = [
        format!("~ product {id} \"Gems\": icon"),
        "- pass 777778 \"Double Coins\"".to_owned(),
    ];
    assert_eq!(icons.lines(), expected);
}

#[test]
fn sync_products_reports_failures_by_its_status() {
    let folder = Folder::new("sync-products-status");
    let sandbox = Sandbox::start().unwrap();
    let sync = |name: &str, content: &str| {
        let file = folder.write(name, content.as_bytes());
        example_of(&sandbox, "sync_products", &["13058", &file])
    };
    sync("a.json", r#"{"products": [{"name": "A"}, {"name": "A"}]}"#)
        .fails(1, "two product entries are named \"A\"");
    sync("b.json", r#"{"passes": [{"name": "A", "id": 1}]}"#).fails(1, "there is no pass 1");
    sync("c.json", r#"{"passes": [{"name": "A", "prize": 1}]}"#).fails(1, "unknown field `prize`");
    sync("d.json", r#"{"passes": [{"name": "A", "icon": "no.png"}]}"#)
        .fails(1, "there is no such file");
    sync("e.json", r#"{"products": [{"name": "moderated-name"}]}"#).fails(5, "is moderated");
    sync(
        "f.json",
        r#"{"products": [{"name": "100 Coins", "id": 1200002}]}"#,
    )
    .fails(5, "Choose another name");
    let products = "/developer-products/v2/universes/{universeId}/developer-products";
    sandbox.fail_on(products, Fault::unavailable());
    let lost = sync("g.json", r#"{"products": [{"name": "A"}]}"#);
    lost.fails(6, "check before you send it again");
    let censored = sync("h.json", r#"{"products": [{"name": "censored-name"}]}"#).succeeds();
    assert!(
        censored
            .stderr
            .contains("moderation changed the name \"censored-name\" to \"####"),
        "{}",
        censored.stderr
    );
    let products = sandbox.client().universe(13_058).list_developer_products();
    let id = products.last().unwrap().unwrap().product_id;
    assert!(
        censored
            .stderr
            .contains(&format!("add \"id\": {id} to FILE")),
        "{}",
        censored.stderr
    );

    run("sync_products", &["13058"]).fails(2, "which file?");
    run("sync_products", &["13058", "a", "b"]).fails(2, "`b`");
    run("sync_products", &["x", "a"]).fails(2, "`UNIVERSE-ID` cannot be \"x\"");
    let missing = "no-such-file cannot be read: there is no such file";
    run("sync_products", &["13058", "no-such-file", "--offline"]).fails(1, missing);
    let folder = Folder::new("array");
    let array = folder.write("array.json", b"[{\"name\": \"100 Coins\"}]");
    run("sync_products", &["13058", &array, "--offline"]).fails(1, "a JSON object is expected");
    run("sync_products", &["13058", "--export"]).fails(1, "ROBLOX_API_KEY");
}

#[test]
fn a_killed_export_is_continued_without_a_gap() {
    let sandbox = Sandbox::start().unwrap();
    let store = sandbox.data_store(13_058, "Inventory");
    // A fourth page, so that there are several places to continue at.
    for number in 0..500 {
        store.insert(&format!("z{number:03}"), serde_json::json!(number));
    }
    let folder = Folder::new("export");
    let file = folder.0.join("out.jsonl");
    let place = folder.0.join("out.jsonl.checkpoint");
    let command = || {
        let mut command = example("export_data_store");
        command
            .env("ROBLOX_API_KEY", sandbox.api_key())
            .env("ROBLOX_OPEN_CLOUD_URL", sandbox.url())
            .args(["Inventory", "--universe", "13058", "--rate", "30000"])
            .arg("--out")
            .arg(&file);
        command
    };
    let mut kept = String::new();
    for _ in 0..2 {
        let mut child = command().stderr(Stdio::null()).spawn().unwrap();
        // Until it has passed one more checkpoint.
        while fs::read_to_string(&place).unwrap_or_default() == kept {
            std::thread::sleep(Duration::from_millis(2));
            assert!(child.try_wait().unwrap().is_none(), "over too early");
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kept = fs::read_to_string(&place).unwrap();
        assert!(!file.exists(), "not complete");
    }
    let last = Run::new(&mut command()).succeeds();
    assert!(last.stderr.contains("continues after"), "{}", last.stderr);
    let lines = fs::read_to_string(&file).unwrap();
    let keys: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| line["key"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(keys, store.keys(), "each once, in order");
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!(left.len(), 1, "no checkpoint and no partial file are left");

    // An export that was killed at its very end leaves a checkpoint without the partial file.
    fs::write(&place, &kept).unwrap();
    Run::new(command().arg("--overwrite")).succeeds();
    assert_eq!(fs::read_to_string(&file).unwrap(), lines);

    Run::new(&mut command()).fails(1, "--overwrite replaces it");
    run("export_data_store", &["--offline"]).fails(2, "NAME is missing");
    run("export_data_store", &["X"]).fails(2, "--universe");
    run("export_data_store", &["X", "--offline"]).fails(1, "not found");
}

#[test]
fn exported_lines_are_all_that_stdout_gets() {
    let run = run(
        "export_data_store",
        &["Inventory", "--offline", "--all-scopes", "--unlimited"],
    );
    let run = run.succeeds();
    assert_eq!(run.lines().len(), 303);
    assert!(run.lines().iter().all(|line| line.starts_with("{\"key\":")));
    let rest = run.stderr.strip_prefix(OFFLINE).unwrap();
    assert!(rest.starts_with("303 entries, "), "{}", run.stderr);
    assert_eq!(rest.lines().count(), 1, "no terminal, no redrawing");
}

#[test]
fn a_user_is_erased_only_on_request() {
    let sandbox = Sandbox::start().unwrap();
    let store = sandbox.data_store(13_058, "Inventory");
    sandbox
        .data_store(13_058, "Mail")
        .insert("inbox_15", serde_json::json!([]));
    let arguments = [
        &["15", "--universe", "13058", "--rate", "60000"][..],
        &[
            "--key",
            "player_{user}",
            "--key",
            "inbox_{user}",
            "--ordered",
            "Points",
        ],
        &["--ordered", "None"],
    ];
    let mut arguments = arguments.concat();
    let dry = example_of(&sandbox, "erase_user_data", &arguments).succeeds();
    let found = [
        "Inventory\tglobal\tplayer_15",
        "Mail\tglobal\tinbox_15",
        "Points\tglobal\tplayer_15",
    ];
    assert_eq!(dry.lines(), found);
    assert!(dry.stderr.contains("3 entries found"), "{}", dry.stderr);
    assert!(store.get("player_15").is_some());
    arguments.push("--delete");
    let erased = example_of(&sandbox, "erase_user_data", &arguments).succeeds();
    assert_eq!(erased.lines(), found);
    assert!(erased.stderr.contains("3 of 3 entries deleted"));
    assert!(store.get("player_15").is_none() && store.get("player_150").is_some());
    let again = example_of(&sandbox, "erase_user_data", &arguments).succeeds();
    assert_eq!(again.stdout, "");
    run("erase_user_data", &["--offline"]).fails(2, "USER-ID is missing");
    run("erase_user_data", &["15"]).fails(2, "--universe");
    let others = ["15", "--offline", "--key", "player_"];
    run("erase_user_data", &others).fails(2, "player_ has neither {user} nor 15");
}
