//! The settings of a batch.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::circuit_breaker::BreakerSettings;
use super::ledger::Service;
use crate::client::Client;
use crate::models::Creator;
use crate::upload::Upload;

/// The default number of uploads at once. The service accepts 120 a minute.
const DEFAULT_THREADS: usize = 4;
/// The default time without a success: three windows of the service's rate limits.
const DEFAULT_RETRY_TIMEOUT: Duration = Duration::from_secs(180);

/// Settings of a batch.
pub(super) struct Plan {
    pub(super) client: Client,
    pub(super) creator: Creator,
    pub(super) paths: Vec<PathBuf>,
    pub(super) ledger: Option<PathBuf>,
    pub(super) threads: usize,
    pub(super) is_dry: bool,
    pub(super) resends_unclear: bool,
    pub(super) retry_timeout: Duration,
    pub(super) each: Option<Each>,
    pub(super) on_progress: Option<OnProgress>,
    pub(super) stop_when: Option<StopWhen>,
}

pub(super) type Each = Arc<dyn Fn(&Path, Upload) -> Upload + Send + Sync>;
pub(super) type StopWhen = Arc<dyn Fn() -> bool + Send + Sync>;
pub(super) type OnProgress = Arc<dyn Fn(&Path, u64, u64) + Send + Sync>;

impl Plan {
    pub(super) fn new(client: Client, creator: Creator, paths: Vec<PathBuf>) -> Self {
        Self {
            client,
            creator,
            paths,
            ledger: None,
            threads: DEFAULT_THREADS,
            is_dry: false,
            resends_unclear: false,
            retry_timeout: DEFAULT_RETRY_TIMEOUT,
            each: None,
            on_progress: None,
            stop_when: None,
        }
    }

    /// Returns the upload of a file, with its settings. It does not retry: the batch decides about that.
    pub(super) fn upload(&self, path: &Path) -> Upload {
        let client = self.client.http().clone().without_retries().into();
        let upload = Upload::new(client, self.creator, path.into());
        let upload = match &self.on_progress {
            Some(report) => {
                let (report, path) = (Arc::clone(report), path.to_owned());
                upload.on_progress(move |sent, total| report(&path, sent, total))
            }
            None => upload,
        };
        match &self.each {
            Some(change) => change(path, upload),
            None => upload,
        }
    }

    pub(super) fn breaker_settings(&self) -> BreakerSettings {
        let (first_delay, max_delay) = self.client.http().retry_policy().backoff();
        BreakerSettings {
            first_delay,
            max_delay,
            limit: self.retry_timeout,
        }
    }

    /// Returns the service that the client talks to, as far as it is known.
    pub(super) fn service(&self) -> Service {
        let http = self.client.http();
        Service::from_base_url(http.base_url(), http.sandbox_run())
    }

    /// Takes the plan, which is then empty.
    pub(super) fn take(&mut self) -> Self {
        Self {
            client: self.client.clone(),
            creator: self.creator,
            paths: std::mem::take(&mut self.paths),
            ledger: self.ledger.take(),
            threads: self.threads,
            is_dry: self.is_dry,
            resends_unclear: self.resends_unclear,
            retry_timeout: self.retry_timeout,
            each: self.each.take(),
            on_progress: self.on_progress.take(),
            stop_when: self.stop_when.take(),
        }
    }
}
