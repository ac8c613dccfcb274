//! The revision of an entry that a path selects.

use std::time::Duration;

use time::OffsetDateTime;

use super::filter::parse_time;
use crate::sandbox::clock::later;
use crate::sandbox::state::data_store::Problem;
use crate::sandbox::state::data_store::entry::{Entry, Revision};

/// Maximum distance of a time of `@latest:` from the present.
const MAX_FUTURE: Duration = Duration::from_secs(600);

/// Selects a revision of an entry.
pub(super) enum RevisionSelector {
    Latest,
    At(OffsetDateTime),
    Id(String),
}

impl RevisionSelector {
    /// Splits an id at its last `@`, whether that is encoded or not.
    pub(super) fn parse(id: &str, now: OffsetDateTime) -> Result<(String, Self), Problem> {
        let Some((key, revision)) = id.rsplit_once('@') else {
            return Ok((id.to_owned(), Self::Latest));
        };
        let wrong = || Problem::Invalid("Invalid version id.".to_owned());
        let selector = match revision.strip_prefix("latest") {
            Some("") => Self::Latest,
            Some(time) => {
                let time = time.strip_prefix(':').and_then(parse_time);
                let is_allowed = |time: &OffsetDateTime| {
                    *time > OffsetDateTime::UNIX_EPOCH && *time <= later(now, MAX_FUTURE)
                };
                Self::At(time.filter(is_allowed).ok_or_else(wrong)?)
            }
            None if is_revision(revision) => Self::Id(revision.to_owned()),
            None => return Err(wrong()),
        };
        Ok((key.to_owned(), selector))
    }

    pub(super) fn find<'e>(
        &self,
        entry: &'e Entry,
        now: OffsetDateTime,
    ) -> Result<&'e Revision, Problem> {
        let kept = entry.kept(now);
        match self {
            Self::Latest => entry.current(now).ok_or(Problem::NoEntry),
            Self::At(time) => {
                let mut revisions = kept.iter().rev();
                let found = revisions.find(|revision| revision.time <= *time);
                let found = found.filter(|revision| revision.content.is_some());
                found.ok_or(Problem::NoRevision)
            }
            Self::Id(id) => {
                let found = kept.iter().find(|revision| revision.id == *id);
                found.ok_or(Problem::NoRevision)
            }
        }
    }
}

/// Returns whether a text has the form of a revision id: hexadecimal numbers between dots.
fn is_revision(text: &str) -> bool {
    let is_hex = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_hexdigit());
    text.contains('.') && text.split('.').all(is_hex)
}
