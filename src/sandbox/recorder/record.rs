//! Forwards requests to another server, and records requests and responses.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::exchange::Exchange;
use crate::error::{Error, Result};
use crate::http::Forwarder;
use crate::sandbox::error_body;
use crate::sandbox::server::{Handler, Head, Reply, RequestBody, Response};

/// Maximum size of a body that is forwarded.
const MAX_BODY_SIZE: u64 = 64 << 20;

/// A handler that records.
#[derive(Debug)]
pub(crate) struct Recorder {
    folder: PathBuf,
    upstream: Forwarder,
    next: AtomicUsize,
}

impl Recorder {
    pub(crate) fn new(folder: &Path, upstream: &str) -> Result<Self> {
        let prepared = std::fs::create_dir_all(folder).and_then(|()| std::fs::read_dir(folder));
        let files = prepared.map_err(|error| {
            let folder = folder.display();
            Error::invalid_input(format!("nothing can be recorded in the folder {folder}"))
                .with_source(error)
        })?;
        if files
            .flatten()
            .any(|file| file.path().extension().is_some_and(|end| end == "json"))
        {
            let folder = folder.display();
            return Err(Error::invalid_input(format!(
                "the folder {folder} holds a recording already; name another one"
            )));
        }
        Ok(Self {
            folder: folder.to_owned(),
            upstream: Forwarder::new(upstream)?,
            next: AtomicUsize::new(1),
        })
    }

    fn forward(&self, head: &Head, body: &[u8]) -> Response {
        let (path, query) = head.path_and_query();
        let target = if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        };
        match self
            .upstream
            .send((&head.method, &target), &head.headers, body)
        {
            Ok(forwarded) => {
                Response::from_parts(forwarded.status, forwarded.headers, forwarded.body)
            }
            Err(error) => error_body::gateway(502, &error.to_string()),
        }
    }
}

impl Handler for Recorder {
    fn handle(&self, head: &Head, body: &mut dyn RequestBody) -> io::Result<Reply> {
        let mut bytes = Vec::new();
        body.take(MAX_BODY_SIZE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BODY_SIZE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let response = self.forward(head, &bytes);
        let exchange = Exchange::new(head, &bytes, &response);
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let file = self.folder.join(exchange.file_name(number));
        let text = serde_json::to_string_pretty(&exchange).map_err(io::Error::from)?;
        match std::fs::write(&file, text + "\n") {
            Ok(()) => Ok(response.into()),
            // A response that cannot be recorded is not delivered either, so that no client relies on half a recording.
            Err(error) => {
                let message = format!("The recording cannot be written: {error}");
                Ok(error_body::gateway(500, &message).into())
            }
        }
    }

    fn reject(&self, status: u16, message: &str) -> Response {
        error_body::gateway(status, message)
    }
}
