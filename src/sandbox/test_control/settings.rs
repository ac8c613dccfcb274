//! Changes the clock and the settings of a running sandbox.

use std::time::Duration;

use time::OffsetDateTime;

use crate::sandbox::instance::Sandbox;

impl Sandbox {
    /// Returns the time of the sandbox's clock, which all times in responses come from.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.shared.state().now()
    }

    /// Moves the sandbox's clock forward: operations finish, rate limits reset, and access tokens expire without
    /// waiting.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use std::time::Duration;
    /// let before = sandbox.now();
    /// sandbox.advance(Duration::from_secs(3600));
    /// assert!(sandbox.now() - before >= Duration::from_secs(3600));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn advance(&self, by: Duration) {
        self.shared.state().clock.advance(by);
    }

    /// Sets the time that operations take that start from now on, on the sandbox's clock. The default is a tenth of a second.
    /// They take effect then, whether they are polled or not, and polls do not finish them earlier.
    pub fn operations_take(&self, time: Duration) {
        let settings = &mut self.shared.state().settings;
        settings.operation_time = Some(time);
        settings.operation_polls = None;
    }

    /// Sets the number of polls that return an unfinished operation, in place of a time, for operations that start from now
    /// on. With 0 the response that starts the operation contains the result.
    pub fn polls_until_done(&self, polls: u32) {
        let settings = &mut self.shared.state().settings;
        settings.operation_time = None;
        settings.operation_polls = Some(polls);
    }

    /// Sets the number of polls that return an unfinished thumbnail of a user, for thumbnails that are requested from now
    /// on. The default is 0: the response that starts the operation contains the thumbnail.
    pub fn thumbnails_take_polls(&self, polls: u32) {
        self.shared.state().settings.thumbnail_polls = polls;
    }

    /// Sets a delay of every response. The default is zero.
    pub fn latency(&self, latency: Duration) {
        self.shared.state().settings.latency = latency;
    }

    /// Sets how many bytes per second pass in each direction of a connection. The default, `None`, is no limit.
    pub fn bandwidth(&self, bytes_per_second: Option<u64>) {
        self.shared.state().settings.bandwidth = bytes_per_second;
    }

    /// Sets the price of an upload in Robux. The default is 0.
    pub fn price(&self, robux: u64) {
        self.shared.state().settings.price = robux;
    }

    /// Sets whether an update of an asset's metadata returns an operation instead of the changed fields.
    pub fn updates_as_operations(&self, yes: bool) {
        self.shared.state().settings.updates_as_operations = yes;
    }
}
