//! The contents of a ledger: the state of each upload, from its lines.

use std::collections::BTreeMap;

use super::record::{Entry, Key, Record, Service, Step, VERSION};

/// The contents of a ledger.
#[derive(Debug, Default)]
pub(in crate::sync) struct Contents {
    pub(super) service: Option<Service>,
    entries: BTreeMap<Key, History>,
    /// The length of the lines that count, in bytes. What follows was cut off by a crash.
    pub(super) length: usize,
    /// Whether the last line lacks its line break.
    pub(super) lacks_line_break: bool,
    has_head: bool,
}

/// The history of one content.
#[derive(Debug, Default)]
struct History {
    /// The number of times it was sent without a line with the outcome. Branches that were merged count together, so
    /// that the outcome of one does not hide that of another.
    sent: u32,
    /// `Started` or `Done`, if it is either.
    reached: Option<Entry>,
    file: Option<String>,
}

static SENT: Entry = Entry::Sent;

impl History {
    fn entry(&self) -> Option<&Entry> {
        self.reached.as_ref().or((self.sent > 0).then_some(&SENT))
    }

    /// Applies a step. A finished upload stays finished, and a step of one branch does not undo one of another.
    fn replay(&mut self, step: Step) {
        match (&self.reached, step) {
            (_, Step::Reached(Entry::Sent)) => self.sent = self.sent.saturating_add(1),
            (_, Step::Void(None)) => self.sent = self.sent.saturating_sub(1),
            (Some(Entry::Done(_)), Step::Reached(Entry::Started(_))) => {}
            (_, Step::Reached(entry)) => {
                self.sent = self.sent.saturating_sub(1);
                self.reached = Some(entry);
            }
            (Some(Entry::Started(known)), Step::Void(Some(ended))) if *known == ended => {
                self.reached = None;
            }
            (_, Step::Void(Some(_))) => {}
        }
    }
}

/// A line that cannot be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadLine {
    pub(super) number: usize,
    pub(super) why: String,
}

/// The start of the first line of every ledger.
const HEAD_START: &[u8] = b"{\"assetLedger\":";

/// The reason for rejecting a file that is not a ledger.
const NOT_A_LEDGER: &str = "it is not a line of a ledger; choose another path";

/// Whether git wrote this line between the two sides of a conflict.
fn is_conflict_marker(line: &[u8]) -> bool {
    let markers: [&[u8]; 4] = [b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"];
    markers.iter().any(|marker| line.starts_with(marker))
}

impl Contents {
    /// Parses a ledger.
    pub(super) fn parse(text: &[u8]) -> Result<Self, BadLine> {
        let mut contents = Self::default();
        // A power failure can leave zeros at the end of a file.
        let end = text.iter().rposition(|byte| *byte != 0);
        let text = text.get(..end.map_or(0, |end| end.saturating_add(1)));
        let mut position: usize = 0;
        for (index, line) in text
            .unwrap_or_default()
            .split_inclusive(|byte| *byte == b'\n')
            .enumerate()
        {
            let is_whole = line.ends_with(b"\n");
            let next = position.saturating_add(line.len());
            // Some editors put one at the start of a file.
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            if !line.trim_ascii().is_empty() {
                let bad = |why: String| BadLine {
                    number: index.saturating_add(1),
                    why,
                };
                match serde_json::from_slice::<Record>(line) {
                    Ok(record) => contents.apply(record).map_err(bad)?,
                    Err(error) if !is_whole && error.is_eof() && contents.is_ours(line) => break,
                    Err(_) if is_conflict_marker(line) => {
                        let why = "it is a merge conflict marker: keep the lines of both sides, and delete the markers";
                        return Err(bad(why.to_owned()));
                    }
                    Err(_) if !contents.has_head => return Err(bad(NOT_A_LEDGER.to_owned())),
                    Err(error) => return Err(bad(error.to_string())),
                }
                contents.lacks_line_break = !is_whole;
            }
            position = next;
            contents.length = next;
        }
        Ok(contents)
    }

    /// Whether this crate wrote a truncated line.
    fn is_ours(&self, line: &[u8]) -> bool {
        self.has_head || HEAD_START.starts_with(line) || line.starts_with(HEAD_START)
    }

    fn apply(&mut self, record: Record) -> Result<(), String> {
        if let Some(version) = record.asset_ledger {
            return self.apply_head(version, record);
        }
        if !self.has_head {
            return Err(NOT_A_LEDGER.to_owned());
        }
        let file = record.file.clone();
        let (key, step) = record.step()?;
        self.replay(key, step, file);
        Ok(())
    }

    /// Applies a line that names the service. It is the first line; merged branches and runs of a sandbox have several.
    fn apply_head(&mut self, version: u32, record: Record) -> Result<(), String> {
        if version > VERSION {
            return Err("it was written by a newer version of this crate".to_owned());
        }
        self.has_head = true;
        let Some(origin) = record.service else {
            return Ok(());
        };
        let named = Service {
            origin,
            run: record.run,
        };
        self.service = match self.service.take() {
            Some(known) if known.origin != named.origin => {
                return Err(format!(
                    "{} is another service than {}",
                    named.origin, known.origin
                ));
            }
            Some(known) if known.run.is_some() && named.run.is_some() && known.run != named.run => {
                return Err("it belongs to another run of the sandbox".to_owned());
            }
            Some(known) if known.run.is_some() => Some(known),
            _ => Some(named),
        };
        Ok(())
    }

    /// Applies a step of an upload.
    pub(super) fn replay(&mut self, key: Key, step: Step, file: Option<String>) {
        let history = self.entries.entry(key).or_default();
        if matches!(step, Step::Reached(_)) {
            history.file = file;
        }
        history.replay(step);
    }

    pub(in crate::sync) fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key).and_then(History::entry)
    }

    /// Returns all entries, in the order of the keys.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Key, Entry, Option<String>)> {
        self.entries.into_iter().filter_map(|(key, history)| {
            let entry = history.entry()?.clone();
            Some((key, entry, history.file))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Contents, Entry, Key};
    use crate::models::AssetId;
    use crate::sync::ledger::KnownAsset;

    const HEAD: &str = "{\"assetLedger\":2,\"service\":\"https://apis.roblox.com\"}\n";

    fn line(rest: &str) -> String {
        format!("{{\"sha256\":\"a\",\"creator\":\"users/1\",\"type\":\"Image\",{rest}}}\n")
    }

    fn entry(lines: &[&str]) -> Option<Entry> {
        let text: String = lines.iter().map(|rest| line(rest)).collect();
        let key = Key {
            sha256: "a".to_owned(),
            creator: "users/1".to_owned(),
            asset_type: "Image".to_owned(),
        };
        let contents = Contents::parse(format!("{HEAD}{text}").as_bytes());
        contents
            .ok()
            .and_then(|contents| contents.get(&key).cloned())
    }

    #[test]
    fn steps_follow_each_other_and_branches_do_not_undo_each_other() {
        let (sent, started) = ("\"sent\":true", "\"operation\":\"operations/1\"");
        let (done, void) = ("\"asset\":\"5\"", "\"void\":\"rejected\"");
        let ended = "\"operation\":\"operations/1\",\"void\":\"failed\"";
        let other = "\"operation\":\"operations/2\",\"void\":\"failed\"";
        let done_entry = Entry::Done(KnownAsset {
            id: AssetId::from(5),
            moderation: None,
        });
        let started_entry = Entry::Started("operations/1".to_owned());
        for (lines, expected) in [
            (&[][..], None),
            (&[sent], Some(Entry::Sent)),
            (&[sent, void], None),
            (&[sent, started], Some(started_entry.clone())),
            (&[sent, started, ended], None),
            (&[sent, started, done], Some(done_entry.clone())),
            // One branch succeeded or is still running, and the other one differs.
            (&[sent, started, done, sent, void], Some(done_entry.clone())),
            (&[done, sent, started], Some(done_entry)),
            (&[sent, started, sent, void], Some(started_entry.clone())),
            (&[sent, started, other], Some(started_entry)),
            // One branch was rejected, and the outcome of the other is unknown.
            (&[sent, sent, void], Some(Entry::Sent)),
            (&[sent, sent, started, ended], Some(Entry::Sent)),
            (&[sent, started, ended, sent], Some(Entry::Sent)),
            (&[sent, sent, void, void], None),
        ] {
            assert_eq!(entry(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn editors_may_change_invisible_characters() {
        let lines = format!("{HEAD}{}", line("\"asset\":\"5\""));
        let spaced = line("\"asset\":\"5\"")
            .replace(',', " , ")
            .replace(':', " : ");
        for text in [
            format!("\u{feff}{lines}"),
            lines.replace('\n', "\r\n"),
            format!("\u{feff}{}", lines.replace('\n', "\r\n\r\n")),
            format!("\n\n{}\n \n", lines.replace('\n', "\n\n")),
            format!("{HEAD}  {spaced}"),
            lines.trim_end().to_owned(),
        ] {
            let contents = Contents::parse(text.as_bytes());
            let entries = contents.map(|contents| contents.into_entries().count());
            assert_eq!(entries, Ok(1), "{text:?}");
        }
    }

    #[test]
    fn the_end_of_a_file_is_cut_only_at_a_truncated_line() {
        let whole = format!("{HEAD}{}", line("\"sent\":true"));
        let length = |text: &[u8]| {
            Contents::parse(text).map(|contents| (contents.length, contents.lacks_line_break))
        };
        for cut in 1..whole.len() {
            let text = whole.as_bytes().get(..cut).unwrap_or_default();
            // A complete line is valid, with or without its line break.
            let expected = match cut {
                _ if cut < HEAD.len() - 1 => (0, false),
                _ if cut == HEAD.len() - 1 => (cut, true),
                _ if cut == whole.len() - 1 => (cut, true),
                _ => (HEAD.len(), false),
            };
            assert_eq!(length(text), Ok(expected), "{cut}");
            let zeros = [text, &[0; 100]].concat();
            assert_eq!(length(&zeros), Ok(expected), "{cut} and zeros");
        }
        for (text, number) in [
            ("precious", 1),
            ("{\"name\":", 1),
            ("[package]\nname", 1),
            (&format!("{HEAD}<<<<<<< HEAD"), 2),
            (&format!("{HEAD}precious text"), 2),
            (&format!("{HEAD}{{}}\n"), 2),
            (&format!("{HEAD}{}", line("\"asset\":\"0\"")), 2),
            (&format!("{HEAD}{{\"assetLedger\":3}}\n"), 2),
            (
                &format!("{HEAD}{{\"assetLedger\":2,\"service\":\"http://127.0.0.1:1\"}}"),
                2,
            ),
        ] {
            let bad = Contents::parse(text.as_bytes()).err();
            assert_eq!(bad.map(|bad| bad.number), Some(number), "{text}");
        }
    }
}
