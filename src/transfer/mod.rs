//! Many entries of data stores at once: exports, imports, and the erasure of a player's data.
//!
//! ```
//! # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
//! # let client = sandbox.client();
//! let store = client.universe(13_058).data_store("Inventory");
//! let mut file = Vec::new();
//! let exported = store.export(&mut file).unlimited().run()?;
//! assert_eq!(exported.entries, 302);
//!
//! let copy = client.universe(13_059).data_store("Inventory");
//! let imported = copy.import(&file[..]).unlimited().run()?;
//! assert_eq!(imported.written, 302);
//! # Ok::<(), rblx_open_cloud::Error>(())
//! ```
//!
//! # Lines
//!
//! An export has one JSON object per line, and an import reads the same format:
//!
//! ```json
//! {"key":"player_5","scope":"global","value":{"coins":50},"users":[5],"attributes":{"level":5},"revision":"08D9…"}
//! ```
//!
//! The value is the text that the data store holds, with every digit and the order of its keys; only line breaks between
//! its tokens become spaces. An import needs `key` and `value`, and ignores `revision`.
//!
//! # Rate
//!
//! Requests count toward the budget of the universe's game servers. So an export, import or erasure sends 300 requests
//! per minute by default, at even intervals.

mod checkpoint;
mod erase;
mod export;
mod import;
mod import_lines;
mod in_order;
mod pace;

pub use checkpoint::ExportCheckpoint;
pub use erase::{Erase, Erased};
pub use export::{Export, ExportProgress, Exported};
pub use import::{Import, ImportProgress, Imported};

/// The number of requests at once.
const DEFAULT_THREADS: usize = 4;
const MAX_THREADS: usize = 32;
