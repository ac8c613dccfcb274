//! Universes and their places: settings, published versions, translation and speech.

mod universe;
mod universe_update;

mod place;
mod place_file;
mod place_history;

mod message;
mod restart_servers;

mod speech;
mod translation;

pub(crate) use message::validate_message;
pub use place::{Place, PlaceUpdate};
pub use place_file::PlaceFile;
pub(crate) use place_history::VersionNotesResponse;
pub use place_history::{PlaceHistoryFilter, PlaceVersion, VersionNotes};
pub use restart_servers::RestartServers;
pub use speech::{Speech, SpeechAsset};
pub use translation::{Translated, Translation};
pub use universe::{AgeRating, Universe, UniverseVisibility};
pub use universe_update::UniverseUpdate;
