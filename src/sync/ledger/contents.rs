//! The contents of a ledger: the state of each upload, from its lines.

use std::collections::BTreeMap;

use super::record::{Entry, Key, Record, Service, Step, VERSION};

/// The contents of a ledger.
#[derive(Debug, Default)]
pub(in crate::sync) struct Contents {
    pub(super) service: Option<Service>,
    entries: BTreeMap<Key, (Entry, Option<String>)>,
    /// The length of the valid lines, in bytes. The rest was cut off by a crash.
    pub(super) length: usize,
    /// Whether the last line lacks its line break.
    pub(super) lacks_line_break: bool,
    has_head: bool,
}

/// A line that could not be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadLine {
    pub(super) number: usize,
    pub(super) why: String,
}

/// The start of the first line of every ledger.
const HEAD_START: &[u8] = b"{\"assetLedger\":";

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
            if !line.trim_ascii().is_empty() {
                let bad = |why: String| BadLine {
                    number: index.saturating_add(1),
                    why,
                };
                match serde_json::from_slice::<Record>(line) {
                    Ok(record) => contents.take(record).map_err(bad)?,
                    Err(error) if !is_whole && error.is_eof() && contents.is_ours(line) => break,
                    Err(_) if !contents.has_head => {
                        return Err(bad("it is not a ledger".to_owned()));
                    }
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

    fn take(&mut self, record: Record) -> Result<(), String> {
        if let Some(version) = record.asset_ledger {
            return self.take_head(version, record);
        }
        if !self.has_head {
            return Err("it is not a ledger".to_owned());
        }
        let file = record.file.clone();
        let (key, step) = record.step()?;
        self.replay(key, step, file);
        Ok(())
    }

    /// Applies a line that names the service. It is the first line; merged branches and runs of a sandbox have several.
    fn take_head(&mut self, version: u32, record: Record) -> Result<(), String> {
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
                return Err("it is of another run of the sandbox".to_owned());
            }
            Some(known) if known.run.is_some() => Some(known),
            _ => Some(named),
        };
        Ok(())
    }

    /// Applies a step. Two branches of a repository may have been merged: a step of one branch does not undo a step of
    /// the other.
    pub(super) fn replay(&mut self, key: Key, step: Step, file: Option<String>) {
        let known = self.entries.get(&key).map(|(entry, _)| entry);
        match (known, step) {
            (Some(Entry::Done(_)), step) if !matches!(step, Step::Reached(Entry::Done(_))) => {}
            (Some(Entry::Started(_)), Step::Reached(Entry::Sent)) => {}
            (_, Step::Reached(entry)) => {
                self.entries.insert(key, (entry, file));
            }
            (Some(Entry::Sent), Step::Void(None)) => {
                self.entries.remove(&key);
            }
            (Some(Entry::Started(known)), Step::Void(Some(ended))) if *known == ended => {
                self.entries.remove(&key);
            }
            (_, Step::Void(_)) => {}
        }
    }

    pub(in crate::sync) fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key).map(|(entry, _)| entry)
    }

    /// Returns all entries, in the order of the keys.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Key, Entry, Option<String>)> {
        self.entries
            .into_iter()
            .map(|(key, (entry, file))| (key, entry, file))
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
        ] {
            assert_eq!(entry(lines), expected, "{lines:?}");
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
