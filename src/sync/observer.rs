//! Observes the upload of one file: records its steps in the ledger, and reports them to the circuit breaker.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::circuit_breaker::Trouble;
use super::ledger::{Entry, Key};
use super::shared::{Permit, Shared};
use super::steps;
use crate::endpoint::Method;
use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::file_io::is_out_of_files;
use crate::upload::{Failure, Observer};

/// Observes the upload of one file.
pub(super) struct FileObserver<'a> {
    shared: &'a Shared,
    key: &'a Key,
    path: &'a Path,
    permit: Option<Permit<'a>>,
    /// The number of times the file was sent.
    attempts: u32,
    /// Whether the content that was sent differs from the key.
    pub(super) is_other_content: bool,
}

impl<'a> FileObserver<'a> {
    pub(super) fn new(
        shared: &'a Shared,
        key: &'a Key,
        path: &'a Path,
        permit: Option<Permit<'a>>,
    ) -> Self {
        Self {
            shared,
            key,
            path,
            permit,
            attempts: 0,
            is_other_content: false,
        }
    }

    /// Reports a retry, if there is one.
    fn report(&self, error: &Error, delay: Option<Duration>) {
        if let Some(delay) = delay {
            let http = self.shared.plan.client.http();
            http.report_retry(Method::Post, error, self.attempts, delay);
        }
    }

    fn record(&self, entry: Entry) -> Result<()> {
        let recorded = self.shared.record(self.key, entry, self.path);
        recorded.inspect_err(|error| self.shared.stop_because(error))
    }
}

impl Observer for FileObserver<'_> {
    fn sending(&mut self) -> Result<()> {
        if self.permit.is_none() {
            self.permit = Some(self.shared.admit()?);
        }
        self.record(Entry::Sent)?;
        steps::pass("before a file");
        self.attempts = self.attempts.saturating_add(1);
        Ok(())
    }

    fn should_retry(&mut self, error: &Error) -> bool {
        let Some(permit) = self.permit.take() else {
            return false;
        };
        if is_fatal(error) {
            self.shared.stop_because(error);
            return false;
        }
        if let Some(trouble) = trouble(error) {
            let is_temporary = matches!(trouble, Trouble::Throttled(_) | Trouble::Unreachable);
            let delay = permit.failure(trouble, error).filter(|_| is_temporary);
            self.report(error, delay);
            return delay.is_some();
        }
        if error.status().is_some() {
            permit.success();
        }
        false
    }

    fn accepted(&mut self, operation: &str, sha256: Option<&str>) {
        steps::pass("after a file");
        if let Some(permit) = self.permit.take() {
            permit.success();
        }
        self.is_other_content = sha256 != Some(&*self.key.sha256);
        // The upload continues: an error of the ledger is reported at its end, with the id of the asset.
        if self.is_other_content {
            let _ = self.void("the file changed while it was sent");
        } else if !operation.is_empty() {
            let _ = self.record(Entry::Started(operation.to_owned()));
        }
    }

    fn void(&mut self, why: &str) -> Result<(), Failure> {
        let voided = self.shared.void(self.key, why, self.path);
        voided.map_err(|error| {
            self.shared.stop_because(&error);
            Failure::nothing_created(error)
        })
    }
}

/// Returns the trouble of a failure; `None` if it does not affect other files.
fn trouble(error: &Error) -> Option<Trouble> {
    let named_file = matches!(
        error.kind(),
        ErrorKind::InvalidAsset
            | ErrorKind::ModeratedText
            | ErrorKind::InvalidInput
            | ErrorKind::Shutdown
    );
    match error.retryability() {
        _ if is_out_of_descriptors(error) => None,
        Retryability::Throttled => Some(Trouble::Throttled(error.retry_after())),
        Retryability::NotSent => Some(Trouble::Unreachable),
        _ if named_file => None,
        _ if error.outcome_unknown() => Some(Trouble::Unclear),
        _ => Some(Trouble::Rejected(error.kind(), error.message().to_owned())),
    }
}

/// Whether the error would affect every file.
pub(super) fn is_fatal(error: &Error) -> bool {
    let text = || error.message().to_ascii_lowercase();
    match error.kind() {
        ErrorKind::InvalidKey
        | ErrorKind::Shutdown
        | ErrorKind::SignInRequired
        | ErrorKind::InvalidApp
        | ErrorKind::TokensNotSaved => true,
        ErrorKind::PermissionDenied => text().contains("user is moderated"),
        _ => false,
    }
}

/// Whether this process, or the system, has too many open files.
pub(super) fn is_out_of_descriptors(error: &Error) -> bool {
    let source =
        std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    source.is_some_and(is_out_of_files)
}
