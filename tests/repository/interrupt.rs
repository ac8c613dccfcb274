//! Ctrl-C in the middle of a batch.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::examples::{Folder, example};
use rblx_open_cloud::sandbox::{Fault, Sandbox};

/// Starts the example on this folder, with the ledger in it.
fn sync(sandbox: &Sandbox, folder: &Folder, options: &[&str]) -> Command {
    let mut command = example("sync_assets");
    command
        .env("ROBLOX_API_KEY", sandbox.api_key())
        .env("ROBLOX_OPEN_CLOUD_URL", sandbox.url())
        .args(["user:156", folder.0.to_str().unwrap()])
        .args(options);
    command
}

fn kill(child: Child) -> Child {
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(killed.success());
    child
}

/// Sends the first Ctrl-C, and waits until the program says that it completes the uploads in progress.
fn interrupt(child: Child) -> (Child, String) {
    let mut child = kill(child);
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut text = String::new();
    while !text.contains("completing the uploads in progress") {
        assert!(errors.read_line(&mut text).unwrap() > 0, "{text}");
    }
    // The program waits for the uploads in progress, and starts no others.
    assert!(errors.buffer().is_empty());
    child.stderr = Some(errors.into_inner());
    (child, text)
}

#[test]
fn the_first_ctrl_c_completes_the_uploads_in_progress() {
    let folder = Folder::new("interrupt-gently");
    for number in 0..5 {
        let content = [b"\x89PNG\r\n\x1a\n".as_slice(), &[number]].concat();
        folder.write(&format!("{number}.png"), &content);
    }
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    sandbox.operations_take(Duration::from_secs(60));
    let child = sync(&sandbox, &folder, &["--threads=1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while sandbox.uploads().is_empty() {
        assert!(started.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(1));
    }
    let (child, said) = interrupt(child);
    sandbox.advance(Duration::from_secs(60));
    let output = child.wait_with_output().unwrap();
    let errors = format!("{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(130), "{errors}");
    assert!(
        errors.contains("interrupted; 4 files were not sent") && !errors.contains("unclear"),
        "{errors}"
    );
    let done = String::from_utf8_lossy(&output.stdout).lines().count();
    assert_eq!(done, 1, "{errors}");
}

#[test]
fn a_second_ctrl_c_cuts_a_batch_and_leaves_a_complete_ledger() {
    let folder = Folder::new("interrupt");
    let write = |number: u32| {
        let content = format!("\u{89}PNG\r\n\u{1a}\n {number}");
        let content: Vec<u8> = content.chars().map(|char| char as u8).collect();
        folder.write(&format!("{number:02}.png"), &content);
    };
    (0..2).for_each(write);
    let sandbox = Sandbox::start().unwrap();
    let first = sync(&sandbox, &folder, &[]).output().unwrap();
    assert!(first.status.success());
    // 18 more, and the service does not respond.
    (2..20).for_each(write);
    sandbox.fail_on_times("POST /assets/v1/assets", Fault::never_respond(), 20);
    let child = sync(&sandbox, &folder, &["--threads=1", "--verbose"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let uploads = || {
        sandbox
            .requests()
            .iter()
            .filter(|request| request.method() == "POST")
            .count()
    };
    let started = Instant::now();
    while uploads() < 3 {
        assert!(started.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(1));
    }
    let (child, mut errors) = interrupt(child);
    let interrupted = Instant::now();
    let output = kill(child).wait_with_output().unwrap();
    errors.push_str(&String::from_utf8_lossy(&output.stderr));
    assert!(interrupted.elapsed() < Duration::from_secs(20), "{errors}");
    assert_eq!(output.status.code(), Some(130), "{errors}");
    assert!(
        errors.contains("error: interrupted; 17 files were not sent"),
        "{errors}"
    );
    assert!(
        errors.contains("POST /assets/v1/assets: attempt 1"),
        "{errors}"
    );
    assert!(
        errors.contains("the client was shut down during the call")
            && !errors.contains("the server closed"),
        "{errors}"
    );
    assert!(
        errors.contains("one file is unclear") && errors.contains("--resend-unclear"),
        "{errors}"
    );
    // The ledger knows the two, and of the third that it was sent.
    let ledger = std::fs::read_to_string(folder.0.join("assets.ledger")).unwrap();
    assert!(ledger.ends_with('\n'));
    assert_eq!(ledger.matches("\"asset\":").count(), 2, "{ledger}");
    assert_eq!(ledger.matches("\"sent\":true").count(), 3, "{ledger}");
    sandbox.clear_faults();
    let again = sync(&sandbox, &folder, &[]).output().unwrap();
    let errors = String::from_utf8_lossy(&again.stderr);
    assert_eq!(
        String::from_utf8_lossy(&again.stdout).lines().count(),
        19,
        "{errors}"
    );
    assert!(
        errors.contains("ended before there was a response"),
        "{errors}"
    );
    assert_eq!(again.status.code(), Some(1));
}
