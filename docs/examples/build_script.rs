//! Shows a `build.rs` that uploads an icon when it has changed, and writes its id to a file that the program includes:
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/assets.rs")); // pub const ICON: u64 = 123;
//! ```
//!
//! Builds without a key stay offline and use the id of the last upload, which is kept in `icon.png.id`; commit that
//! file. By hand: `cargo run -F sandbox --example build_script -- --offline`, twice.

use std::error::Error;
use std::fs;
use std::io::{self, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use rblx_open_cloud::models::{AssetId, AssetType, AssetUpload, UserId};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client};

/// Who will own the icon.
const OWNER: u64 = 156;

/// A picture of one pixel, for a run by hand.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut offline = false;
    for argument in std::env::args_os().skip(1) {
        if argument != "--offline" {
            let text = argument.display();
            return Err(format!("`{text}` is unknown; usage: build_script [--offline]").into());
        }
        offline = true;
    }
    let (icon, out) = places()?;
    let ledger = Ledger::beside(&icon, offline);
    tell(&format!("cargo:rerun-if-changed={}", icon.display()))?;
    tell("cargo:rerun-if-env-changed=ROBLOX_API_KEY")?;
    // Cargo treats a missing file as changed.
    if ledger.path.exists() {
        tell(&format!("cargo:rerun-if-changed={}", ledger.path.display()))?;
    }

    let id = current_id(&icon, &ledger, offline)?;
    let target = out.join("assets.rs");
    fs::write(
        &target,
        format!("/// The icon of the game.\npub const ICON: u64 = {id};\n"),
    )?;
    if std::env::var_os("OUT_DIR").is_none() {
        tell(&format!("{}: ICON = {id}", target.display()))?;
    }
    Ok(())
}

/// The icon and the folder for `assets.rs`; when not run by Cargo, both in a temporary folder.
fn places() -> io::Result<(PathBuf, PathBuf)> {
    if let (Some(package), Some(out)) = (
        std::env::var_os("CARGO_MANIFEST_DIR"),
        std::env::var_os("OUT_DIR"),
    ) {
        return Ok((Path::new(&package).join("icon.png"), out.into()));
    }
    let folder = std::env::temp_dir().join("rblx-open-cloud-build-script");
    fs::create_dir_all(&folder)?;
    let icon = folder.join("icon.png");
    if !icon.exists() {
        fs::write(&icon, PIXEL)?;
    }
    Ok((icon, folder))
}

/// The id for this content of the icon: kept, or new. Without a key the kept one even if the icon has changed.
fn current_id(icon: &Path, ledger: &Ledger, offline: bool) -> Result<AssetId, Box<dyn Error>> {
    let content = fs::read(icon).map_err(|error| format!("{}: {error}", icon.display()))?;
    let kept = ledger.read()?;
    if let Some((_, id)) = kept
        .as_ref()
        .filter(|(mark, _)| *mark == fingerprint(&content))
    {
        return Ok(*id);
    }
    let sandbox = if offline {
        Some(Sandbox::start()?)
    } else {
        None
    };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client(),
        None if std::env::var_os("ROBLOX_API_KEY").is_none() => {
            let (id, what) = match kept {
                Some((_, id)) => (id, "the last one uploaded is used"),
                None => (AssetId::from(0), "id 0 is used"),
            };
            tell(&format!(
                "cargo:warning=the icon is not uploaded, since ROBLOX_API_KEY is not set; {what}"
            ))?;
            return Ok(id);
        }
        None => Client::from_env()?,
    };
    let file = AssetFile::bytes("icon.png", content.clone());
    let upload = AssetUpload::new(AssetType::Decal, "Icon", "The icon of the game", file);
    let owner = client.user(UserId::from(OWNER));
    let asset = owner.upload_asset(upload)?.wait(Duration::from_secs(120))?;
    ledger.write(&fingerprint(&content), asset.asset_id)?;
    tell(&format!(
        "cargo:warning=the icon was uploaded as {}",
        asset.asset_id
    ))?;
    Ok(asset.asset_id)
}

/// A file of one line: which content has which id.
struct Ledger {
    path: PathBuf,
}

impl Ledger {
    fn beside(icon: &Path, offline: bool) -> Self {
        // Ids of a sandbox must not be used as real ones.
        let path = icon.with_extension(if offline { "png.sandbox-id" } else { "png.id" });
        Self { path }
    }

    fn read(&self) -> Result<Option<(String, AssetId)>, Box<dyn Error>> {
        let text = match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let parts = text.trim().split_once(' ');
        let (mark, id) =
            parts.ok_or_else(|| format!("{}: not `fingerprint id`", self.path.display()))?;
        Ok(Some((mark.to_owned(), id.parse()?)))
    }

    fn write(&self, mark: &str, id: AssetId) -> io::Result<()> {
        fs::write(&self.path, format!("{mark} {id}\n"))
    }
}

/// Length and FNV-1a. It has to notice an edit, not an attack, and to be the same with every compiler, which the
/// hashes of the standard library do not promise.
fn fingerprint(content: &[u8]) -> String {
    let hash = content
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{}-{hash:016x}", content.len())
}

/// Cargo reads what a build script prints.
fn tell(line: &str) -> io::Result<()> {
    writeln!(stdout(), "{line}")
}
