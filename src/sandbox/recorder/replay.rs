//! Responds to requests from a recording.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::exchange::{Exchange, RecordedResponse};
use crate::error::{Error, Result};
use crate::sandbox::error_body;
use crate::sandbox::mask;
use crate::sandbox::server::{Handler, Head, Reply, RequestBody, Response};

/// A handler that responds from files.
#[derive(Debug)]
pub(crate) struct Replayer(Mutex<BTreeMap<(String, String), Recorded>>);

/// The responses to one request, in the order of the recording.
#[derive(Debug, Default)]
struct Recorded {
    responses: Vec<RecordedResponse>,
    next: usize,
}

impl Replayer {
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        let listed = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        let mut files: Vec<_> = listed.flatten().map(|file| file.path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "json"));
        files.sort();
        if files.is_empty() {
            let folder = folder.display();
            return Err(Error::invalid_input(format!(
                "the folder {folder} does not contain a recording"
            )));
        }
        let mut recorded: BTreeMap<_, Recorded> = BTreeMap::new();
        for file in files {
            let text = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
            let exchange: Exchange = serde_json::from_slice(&text).map_err(|error| {
                let file = file.display();
                Error::invalid_input(format!("{file} is not a recorded exchange: {error}"))
            })?;
            let key = (exchange.request.method, exchange.request.target);
            recorded
                .entry(key)
                .or_default()
                .responses
                .push(exchange.response);
        }
        Ok(Self(Mutex::new(recorded)))
    }
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    let path = path.display();
    Error::invalid_input(format!("the recording {path} cannot be read")).with_source(error)
}

impl Handler for Replayer {
    fn handle(&self, head: &Head, body: &mut dyn RequestBody) -> io::Result<Reply> {
        io::copy(body, &mut io::sink())?;
        let key = (head.method.clone(), mask::target(&head.target));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(recorded) = all.get_mut(&key) else {
            let message = format!("Not recorded: {} {}", key.0, key.1);
            return Ok(error_body::gateway(404, &message).into());
        };
        // The last response is repeated.
        let last = recorded.responses.len().saturating_sub(1);
        let response = recorded.responses.get(recorded.next.min(last));
        let response = response.map_or_else(|| Response::empty(500), RecordedResponse::response);
        recorded.next += 1;
        Ok(response.into())
    }

    fn reject(&self, status: u16, message: &str) -> Response {
        error_body::gateway(status, message)
    }
}
