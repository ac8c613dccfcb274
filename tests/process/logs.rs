//! No log line contains a key or content. In a process of its own, for the log is one for the whole process.

use crate::captured_log::CapturedLog;
use crate::ran_alone;
use crate::support::{KEY, MockServer, ok, response};

const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;

#[test]
fn the_most_verbose_log_does_not_hold_the_key() {
    if ran_alone("logs::the_most_verbose_log_does_not_hold_the_key") {
        return;
    }
    CapturedLog::start();
    let peer = MockServer::replying([
        ok(USER),
        response(500, "text/plain", "x"),
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
    let log = CapturedLog::stop();
    assert!(log.contains("ureq"), "something was logged");
    assert!(!log.contains(KEY), "the key is in the log");
    assert!(
        log.rows.contains("x-api-key:"),
        "the rows are read as they should: {}",
        log.rows
    );
    assert!(!log.contains("planted-file-content"), "no content either");
}

#[test]
fn the_most_verbose_log_does_not_hold_the_signed_urls_of_scripts() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::LuauScript;
    use std::time::Duration;
    const PATH: &str = "universes/5/places/6/versions/1/luau-execution-sessions/s/tasks/t";

    if ran_alone("logs::the_most_verbose_log_does_not_hold_the_signed_urls_of_scripts") {
        return;
    }
    CapturedLog::start();
    let peer = MockServer::new(|_, request| {
        let host = request.header("host").unwrap();
        let signed = format!("http://{host}/planted-name?X-Signature=planted-signature");
        match (request.method.as_str(), request.path()) {
            ("GET", "/cloud/v2/users/1") => ok(USER),
            ("GET", "/planted-name") => response(200, "x/y", "planted-output"),
            ("PUT", _) => response(200, "x/y", ""),
            (_, path) if path.ends_with("binary-inputs") => ok(format!(
                r#"{{"path":"universes/5/i/b","uploadUri":"{signed}"}}"#
            )),
            ("POST", _) => ok(format!(r#"{{"path":"{PATH}","state":"PROCESSING"}}"#)),
            _ => ok(format!(
                r#"{{"path":"{PATH}","state":"COMPLETE","binaryOutputUri":"{signed}"}}"#
            )),
        }
    });
    let client = peer.client();
    let universe = client.universe(5);
    let file = AssetFile::bytes("a.bin", b"planted-input".to_vec());
    let input = universe.luau_input(file).unwrap();
    let script = LuauScript::source("return {}")
        .input(&input)
        .binary_output();
    let run = universe.place(6).run(script);
    let result = run.wait(Duration::from_secs(5)).unwrap();
    // Also by somebody who does not know whether there is output.
    let again = client.luau_task(PATH).wait(Duration::from_secs(5)).unwrap();
    assert_eq!(result, again);
    client.luau_task(PATH).get().unwrap();
    let mut output = Vec::new();
    client
        .download_url(&result.binary_output.unwrap(), &mut output)
        .unwrap();
    assert_eq!(output, b"planted-output");
    // A call without a signed URL is logged as ever.
    let _ = client.user(1).get();
    let log = CapturedLog::stop();
    assert!(
        log.rows.contains("/cloud/v2/users/1"),
        "another call was logged"
    );
    for secret in [
        "planted-name",
        "planted-signature",
        "planted-input",
        "planted-output",
        KEY,
    ] {
        assert!(!log.contains(secret), "{secret}: {}", log.lines);
    }
}
