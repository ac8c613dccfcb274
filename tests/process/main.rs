//! Tests of things that a whole process shares: its log, its peak memory, its threads, its allocator.
#![allow(
    clippy::items_after_statements,
    clippy::similar_names,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a failed test is a panic, and the numbers are for people"
)]

#[path = "../support/call_processes.rs"]
mod call_processes;
#[cfg(all(feature = "sandbox", target_os = "linux"))]
#[path = "../sandbox/common.rs"]
mod common;
#[path = "../support/mod.rs"]
mod support;

mod allocations;
mod captured_log;
#[cfg(target_os = "linux")]
mod download_memory;
mod limits;
mod logs;
#[cfg(feature = "oauth2")]
mod oauth2_logs;
#[cfg(all(feature = "sandbox", target_os = "linux"))]
mod sandbox_lifecycle;
#[cfg(all(feature = "sandbox", target_os = "linux"))]
mod sandbox_memory;
#[cfg(feature = "secrets")]
mod secret_logs;
#[cfg(all(feature = "upload", target_os = "linux"))]
mod upload_memory;

/// Returns the peak memory of this process, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.unwrap().split_whitespace().next().unwrap();
    kibibytes.parse::<u64>().unwrap() * 1024
}

/// Runs a test in a separate process and returns true; in that process, returns false, and the test goes on.
fn ran_alone(test: &str) -> bool {
    const ALONE: &str = "TEST_IS_ALONE";
    if std::env::var_os(ALONE).is_some() {
        return false;
    }
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{errors}");
    assert!(
        printed.contains("1 passed"),
        "no test is named {test}: {printed}"
    );
    true
}
