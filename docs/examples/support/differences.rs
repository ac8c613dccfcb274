//! Programs that update a universe from a file: their arguments, and their last line.

use rblx_open_cloud::models::UniverseId;

use super::{Failure, Outcome, note, parse, unknown};

/// The universe and the file of the command line. An export has no file.
pub(crate) fn universe_and_file(
    words: &[String],
    export: bool,
) -> Outcome<(UniverseId, Option<&str>)> {
    let (universe, path) = match words {
        [universe] if export => (universe, None),
        [universe, path] if !export => (universe, Some(path.as_str())),
        [_, _, third, ..] => return unknown(third),
        _ => {
            let text = "which universe, and which file? (or --export)";
            return Err(Failure::Usage(text.to_owned()));
        }
    };
    Ok((parse("UNIVERSE-ID", universe)?, path))
}

/// Says how many differences there were. A dry run ends with status 3 if it found any.
pub(crate) fn conclude(count: usize, dry_run: bool) -> Outcome {
    let (differences, are) = match count {
        1 => ("1 difference".to_owned(), "is"),
        _ => (format!("{count} differences"), "are"),
    };
    match (count, dry_run) {
        (0, _) => note("nothing to do"),
        (_, true) => return Err(Failure::Status(3, differences)),
        (_, false) => note(&format!("{differences} {are} gone")),
    }
    Ok(())
}
