//! Tokens in a file: private, complete, and durable.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use rblx_open_cloud::oauth2::{App, Session, TokenFile, TokenSet, TokenStore};
use rblx_open_cloud::{ErrorKind, RetryPolicy};

use crate::flow::{app, sandbox, tokens};

/// The directory of one test, removed at its end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("rblx-oauth2-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self) -> TokenFile {
        TokenFile::new(self.0.join("session.json"))
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn set(name: &str) -> TokenSet {
    let json = format!(
        r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":899}}"#
    );
    TokenSet::from_json(&json).unwrap()
}

#[test]
fn saved_tokens_are_loaded_again() {
    let folder = Folder::new();
    let file = folder.file();
    assert!(file.load().unwrap().is_none(), "nothing is there yet");
    let sandbox = sandbox();
    let app = app(&sandbox);
    assert!(Session::load(&app, file.clone()).unwrap().is_none());
    let session = Session::new(&app, tokens(&app), file.clone());
    session.save().unwrap();
    let again = Session::load(&app, file.clone()).unwrap().unwrap();
    assert_eq!(again.tokens().to_json(), session.tokens().to_json());
    assert_eq!(again.tokens().user(), session.tokens().user());
    assert_eq!(again.tokens().expires_at(), session.tokens().expires_at());
    sandbox.clear_requests();
    again.client().unwrap().user(156).get().unwrap();
    assert_eq!(sandbox.requests().len(), 1, "it is fresh and saved");
    assert_eq!(folder.names(), [".session.json.lock", "session.json"]);
    file.remove().unwrap();
    file.remove().unwrap();
    assert_eq!(folder.names(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new();
    let file = folder.file();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    file.save(&set("1")).unwrap();
    assert_eq!(mode(file.path()), 0o600);
    // One that everybody could read is replaced, not written into.
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o666)).unwrap();
    let mut before = fs::File::open(file.path()).unwrap();
    file.save(&set("2")).unwrap();
    assert_eq!(mode(file.path()), 0o600);
    let mut old = String::new();
    std::io::Read::read_to_string(&mut before, &mut old).unwrap();
    assert!(
        old.contains("refresh-1"),
        "who had it open reads the old ones"
    );
    // A link is replaced as well: what it points to may be for others.
    let (link, target) = (
        TokenFile::new(folder.0.join("link")),
        folder.0.join("target"),
    );
    fs::write(&target, "theirs").unwrap();
    symlink(&target, link.path()).unwrap();
    link.save(&set("3")).unwrap();
    assert_eq!(fs::read_to_string(&target).unwrap(), "theirs");
    assert!(fs::symlink_metadata(link.path()).unwrap().is_file());
}

/// The temporary file is private from its first byte on.
#[cfg(unix)]
#[test]
fn temporary_files_are_private_as_well() {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::atomic::AtomicBool;

    let folder = Folder::new();
    let file = folder.file();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..200 {
                file.save(&set(&number.to_string())).unwrap();
            }
            done.store(true, Ordering::Release);
        });
        while !done.load(Ordering::Acquire) {
            for entry in fs::read_dir(&folder.0).unwrap().flatten() {
                if let Ok(data) = entry.metadata() {
                    assert_eq!(data.permissions().mode() & 0o777, 0o600, "{entry:?}");
                }
            }
            // Whoever reads it finds a whole one.
            assert!(file.load().is_ok());
        }
    });
}

#[test]
fn stale_temporary_files_are_removed() {
    let folder = Folder::new();
    let file = folder.file();
    let left = |name: &str, age: u64| {
        let path = folder.0.join(name);
        fs::write(&path, "half").unwrap();
        let opened = fs::File::options().write(true).open(path).unwrap();
        opened
            .set_modified(SystemTime::now() - Duration::from_secs(age))
            .unwrap();
    };
    left(".session.json.new-old", 3600);
    left(".session.json.new-just-now", 1);
    left(".session.json", 3600);
    left("other.json.new-1", 3600);
    file.save(&set("1")).unwrap();
    assert_eq!(
        folder.names(),
        [
            ".session.json",
            ".session.json.new-just-now",
            "other.json.new-1",
            "session.json"
        ]
    );
}

#[test]
fn failed_reads_and_writes_are_errors() {
    let folder = Folder::new();
    let sandbox = sandbox();
    let app = app(&sandbox);
    fs::write(folder.0.join("file"), "").unwrap();
    for path in ["missing/session.json", "file/session.json", ".."] {
        let file = TokenFile::new(folder.0.join(path));
        let session = Session::new(&app, tokens(&app), file);
        let error = session.save().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TokensNotSaved, "{path}");
        assert!(
            app.introspect(session.tokens().access_token())
                .unwrap()
                .active
        );
    }
    fs::create_dir(folder.0.join("session.json")).unwrap();
    assert!(
        folder.file().save(&set("1")).is_err(),
        "a folder is in the way"
    );
    assert_eq!(
        folder.names(),
        ["file", "session.json"],
        "nothing is left behind"
    );
    assert!(folder.file().load().is_err());
    fs::remove_dir(folder.0.join("session.json")).unwrap();
    for text in [
        "",
        "planted",
        "{}",
        r#"{"access_token":"planted secret"}"#,
        r#"{"access_token":7}"#,
    ] {
        fs::write(folder.file().path(), text).unwrap();
        let error = Session::load(&app, folder.file()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{text}");
        assert!(!format!("{error:?}").contains("planted"), "{error:?}");
    }
}

/// Errors say which file, what happened, and what to do.
#[test]
fn errors_name_the_file_and_the_remedy() {
    let folder = Folder::new();
    let sandbox = sandbox();
    let app = app(&sandbox);
    fs::write(folder.0.join("file"), "").unwrap();
    fs::write(folder.0.join("odd.json"), "{}").unwrap();
    fs::create_dir(folder.0.join("directory")).unwrap();
    let saving = |path: &Path| {
        let session = Session::new(&app, tokens(&app), TokenFile::new(path));
        session.save().unwrap_err()
    };
    let loading = |path: &Path| Session::load(&app, TokenFile::new(path)).unwrap_err();
    for (name, remedy, is_load) in [
        ("missing/session.json", "create the directory", false),
        ("directory", "choose the path of a file", false),
        ("directory", "choose the path of a file", true),
        ("odd.json", "delete the file and sign in again", true),
    ] {
        let path = folder.0.join(name);
        let error = if is_load {
            loading(&path)
        } else {
            saving(&path)
        };
        let text = error.to_string();
        assert!(text.contains(&path.display().to_string()), "{text}");
        assert!(text.contains(remedy), "{name}: {text}");
        assert_eq!(
            text.matches("cannot ").count(),
            1 + usize::from(is_load),
            "{text}"
        );
    }
}

/// Whoever opens a FIFO waits for the other end; some files never end.
#[cfg(unix)]
#[test]
fn special_files_do_not_block() {
    let folder = Folder::new();
    let make = |name: &str| {
        let path = folder.0.join(name);
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
    };
    make("fifo");
    let error = TokenFile::new(folder.0.join("fifo")).load().unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    make(".session.json.lock");
    let error = folder.file().lock().err().unwrap();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    std::os::unix::fs::symlink("/dev/zero", folder.0.join("endless")).unwrap();
    let error = TokenFile::new(folder.0.join("endless")).load().unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    let large = TokenFile::new(folder.0.join("large"));
    let file = fs::File::create(large.path()).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = large.load().unwrap_err();
    assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
}

/// The directory can be written to and not be opened, as some file systems have it. Root can open all of them.
#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_synced_does_not_fail_the_save() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o300)).unwrap();
    let saved = folder.file().save(&set("1"));
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700)).unwrap();
    saved.unwrap();
    assert!(folder.file().load().unwrap().is_some());
}

/// Renews in a child process of another test; on its own it does nothing.
#[test]
fn renews_in_a_child_process() {
    let variable = |name: &str| std::env::var(name).ok();
    let (Some(url), Some(path)) = (variable("OAUTH2_RENEW"), variable("OAUTH2_FILE")) else {
        return;
    };
    let app = App::builder("app-1", "https://example.com/callback").base_url(url);
    let app = app.retry(RetryPolicy::none()).build().unwrap();
    let session = Session::load(&app, TokenFile::new(path)).unwrap().unwrap();
    session.client().unwrap().user(156).get().unwrap();
}

#[test]
fn processes_that_share_a_file_refresh_once() {
    let (sandbox, folder) = (sandbox(), Folder::new());
    let app = app(&sandbox);
    sandbox.access_tokens_live(Duration::ZERO);
    folder.file().save(&tokens(&app)).unwrap();
    sandbox.access_tokens_live(Duration::from_secs(899));
    sandbox.clear_requests();
    let run = |_| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "file::renews_in_a_child_process"])
            .env("OAUTH2_RENEW", sandbox.url())
            .env("OAUTH2_FILE", folder.file().path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let processes: Vec<_> = (0..6).map(run).collect();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
    let requests = sandbox.requests();
    let count = |path: &str| {
        requests
            .iter()
            .filter(|request| request.path() == path)
            .count()
    };
    assert_eq!(
        (count("/oauth/v1/token"), count("/cloud/v2/users/156")),
        (1, 6)
    );
}

/// The steps of a renewal at which a process can die.
const STEPS: [&str; 5] = [
    "before the refresh",
    "before the save",
    "in the save",
    "after the save",
    "after the call",
];

/// Dies at one step, in a child process of another test; on its own it does nothing.
#[test]
fn dies_in_a_child_process() {
    let variable = |name: &str| std::env::var(name).ok();
    let (Some(step), Some(url), Some(path)) = (
        variable("OAUTH2_DIE"),
        variable("OAUTH2_URL"),
        variable("OAUTH2_FILE"),
    ) else {
        return;
    };
    let app = App::builder("app-1", "https://example.com/callback").base_url(url);
    let app = app.retry(RetryPolicy::none()).build().unwrap();
    let file = TokenFile::new(path);
    let kept = file.load().unwrap().unwrap();
    let dies = step.clone();
    let session = Session::new(&app, kept, move |tokens: &TokenSet| {
        match dies.as_str() {
            "before the save" => std::process::abort(),
            "in the save" => {
                let half = file.path().with_file_name(".session.json.new-half");
                fs::write(half, &tokens.to_json()[..40]).unwrap();
                std::process::abort()
            }
            _ => file.save(tokens)?,
        }
        if dies == "after the save" {
            std::process::abort();
        }
        Ok(())
    });
    if step == "before the refresh" {
        std::process::abort();
    }
    session.client().unwrap().user(156).get().unwrap();
    std::process::abort();
}

#[test]
fn after_a_death_at_any_step_it_works_or_says_sign_in_again() {
    for step in STEPS {
        let (sandbox, folder) = (sandbox(), Folder::new());
        let app = app(&sandbox);
        sandbox.access_tokens_live(Duration::ZERO);
        folder.file().save(&tokens(&app)).unwrap();
        sandbox.access_tokens_live(Duration::from_secs(899));
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "file::dies_in_a_child_process"])
            .envs([("OAUTH2_DIE", step), ("OAUTH2_URL", &sandbox.url())])
            .env("OAUTH2_FILE", folder.file().path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!status.success(), "it died {step}");
        let session = Session::load(&app, folder.file()).unwrap().unwrap();
        let result = session.client().unwrap().user(156).get();
        let is_lost = matches!(step, "before the save" | "in the save");
        match result {
            Ok(user) => assert!(!is_lost && user.name == "builderman", "{step}"),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::SignInRequired, "{step}: {error}");
                assert!(is_lost, "{step}");
            }
        }
    }
}

#[test]
fn a_session_that_is_dropped_at_any_point_is_picked_up_again() {
    let (sandbox, folder) = (sandbox(), Folder::new());
    let app = app(&sandbox);
    let session = Session::new(&app, tokens(&app), folder.file());
    session.save().unwrap();
    drop(session);
    for round in 0..4 {
        let session = Session::load(&app, folder.file()).unwrap().unwrap();
        if round > 0 {
            session.refresh().unwrap();
        }
        if round > 1 {
            session.client().unwrap().user(156).get().unwrap();
        }
        drop(session);
    }
}
