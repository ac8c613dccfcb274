//! No log line contains a key or content. In a process of its own, for the log is one for the whole process.

use std::sync::Mutex;

use crate::ran_alone;
use crate::support::{KEY, MockServer, answer, ok};

const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps every line of the log facade, at the most verbose level.
struct Keeper;

impl log::Log for Keeper {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LOG.lock()
            .unwrap()
            .push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

#[test]
fn the_most_verbose_log_does_not_hold_the_key() {
    if ran_alone("logs::the_most_verbose_log_does_not_hold_the_key") {
        return;
    }
    log::set_logger(&Keeper).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let peer = MockServer::replying([
        ok(USER),
        answer(500, "text/plain", "x"),
        Vec::new(),
        ok(r#"{"path":"operations/1"}"#),
    ]);
    let client = peer.client();
    client.user(1).get().unwrap();
    client.user(1).get().unwrap_err();
    client.user(1).get().unwrap_err();
    #[cfg(feature = "upload")]
    {
        use rblx_open_cloud::AssetFile;
        use rblx_open_cloud::models::{AssetType, AssetUpload};

        let file = AssetFile::bytes("a.tga", b"planted-file-content".to_vec());
        client
            .user(1)
            .upload_asset(AssetUpload::new(AssetType::Decal, "n", "d", file))
            .map(drop)
            .unwrap();
    }
    log::set_max_level(log::LevelFilter::Off);
    let log = LOG.lock().unwrap().clone().join("\n");
    assert!(log.contains("ureq"), "something was logged");
    assert!(!log.contains(KEY), "the key is in the log");
    // ureq logs what it sends in rows of 16 bytes, as hexadecimal and as text.
    let rows = LOG
        .lock()
        .unwrap()
        .iter()
        .filter_map(|line| line.strip_prefix("ureq_proto::util ").map(str::to_owned))
        .collect::<Vec<_>>();
    let text: String = rows
        .iter()
        .filter_map(|row| row.rsplit(' ').next())
        .collect();
    assert!(
        text.contains("x-api-key:"),
        "the rows are read as they should: {text}"
    );
    assert!(!text.contains(KEY), "the key is in the rows of the log");
    let hexadecimal: String = rows
        .iter()
        .filter_map(|row| row.rsplit_once("  "))
        .map(|(hex, _)| hex.replace(' ', ""))
        .collect();
    let key: String = KEY
        .bytes()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat();
    assert!(
        !hexadecimal.contains(&key),
        "the key is in the rows of the log"
    );
    assert!(!log.contains("planted-file-content"), "no content either");
}
