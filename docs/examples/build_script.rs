//! A `build.rs`: it writes the ids of the files in `assets` to a file that the program can include.
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/assets.rs")); // pub const ICON: u64 = 123;
//! ```
//!
//! It needs no client and no key, and sends nothing. The files are uploaded by a command, `sync_assets`, whose ledger
//! belongs into the repository. By hand: `cargo run -F sandbox,sync --example build_script`, which makes a folder with
//! an icon, uploads it to a sandbox, and then does the same.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rblx_open_cloud::models::ModerationState;
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::sync::{Ledger, LedgerState, files_in};

/// The service that the ids of the program belong to.
const LIVE: &str = "https://apis.roblox.com";

/// A picture of one pixel, for a run by hand.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";

fn main() -> ExitCode {
    let variables = ["CARGO_MANIFEST_DIR", "OUT_DIR"].map(std::env::var_os);
    let written = match variables {
        [Some(package), Some(out)] => constants(
            &Path::new(&package).join("assets"),
            Path::new(&out),
            Some(LIVE),
        ),
        _ => by_hand(),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line: Cargo reads each line as a separate instruction.
            let line = error.to_string().replace('\n', " ");
            let _ = print_line(&format!("cargo::error={line}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a constant for each file in `assets` to `assets.rs` in `out`.
fn constants(assets: &Path, out: &Path, service: Option<&str>) -> Result<(), Box<dyn Error>> {
    // Cargo watches everything in a folder, so this includes the ledger.
    print_line(&format!("cargo::rerun-if-changed={}", assets.display()))?;
    let ledger = Ledger::read(assets.join("assets.ledger"))?;
    if service.is_some_and(|service| service != ledger.service()) {
        return Err(format!("the ids of the ledger belong to {}", ledger.service()).into());
    }
    let mut names = BTreeMap::new();
    let mut code = String::new();
    for file in files_in(assets)? {
        let shown = file.strip_prefix(assets).unwrap_or(&file).to_owned();
        let name = constant_name(&shown);
        match ledger.find(&file)?.map(|entry| &entry.state) {
            Some(LedgerState::Done {
                asset_id,
                moderation_state,
                ..
            }) => {
                if *moderation_state == Some(ModerationState::Rejected) {
                    print_line(&format!(
                        "cargo::warning={} was rejected by moderation",
                        shown.display()
                    ))?;
                }
                writeln!(code, "/// `{}`", shown.display())?;
                writeln!(code, "pub const {name}: u64 = {asset_id};")?;
            }
            _ => print_line(&format!(
                "cargo::error={} is not uploaded, or has changed since; run sync_assets and commit the ledger",
                shown.display()
            ))?,
        }
        if let Some(other) = names.insert(name, shown.clone()) {
            let (one, other) = (shown.display(), other.display());
            print_line(&format!(
                "cargo::error={one} and {other} would have the same name; rename one"
            ))?;
        }
    }
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}

/// `menu/close-button.png` becomes `MENU_CLOSE_BUTTON`.
fn constant_name(file: &Path) -> String {
    let name = file.with_extension("").to_string_lossy().to_uppercase();
    let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
    if name.starts_with(|letter: char| letter.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

/// Does what the command and the build script do, in a temporary folder.
fn by_hand() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::temp_dir().join("rblx-open-cloud-build-script");
    print_line("By hand this is a demonstration: the id below is that of a sandbox.")?;
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let icon = folder.join("icon.png");
    fs::write(&icon, PIXEL)?;
    let sandbox = Sandbox::start()?;
    let uploads = sandbox.client().user(156).upload_all([&icon]);
    for file in uploads.ledger(folder.join("assets.ledger")) {
        file?;
    }
    constants(&folder, &folder, None)?;
    let code = folder.join("assets.rs");
    print_line(&format!("{}:", code.display()))?;
    print_line(fs::read_to_string(&code)?.trim_end())?;
    Ok(())
}

/// Cargo reads what a build script prints.
fn print_line(line: &str) -> io::Result<()> {
    writeln!(stdout(), "{line}")
}
