//! Makes requests to a running sandbox fail.

use crate::sandbox::fault::Fault;
use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::faults::Target;

impl Sandbox {
    /// Makes the next request fail. Faults queue up, and each request takes one.
    pub fn fail_next(&self, fault: Fault) {
        self.fail_next_times(fault, 1);
    }

    /// Makes the next `times` requests fail.
    pub fn fail_next_times(&self, fault: Fault, times: usize) {
        self.shared.state().faults.push(fault, times);
    }

    /// Makes the next request of one call fail: a documented path template or a path, optionally after a method.
    ///
    /// Such faults go before those of [`fail_next`](Self::fail_next), which stay in the queue. The names of template
    /// parameters do not matter. A path that the sandbox does not have is met by no request:
    /// [`faults_left`](Self::faults_left) shows it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::sandbox::Fault;
    ///
    /// sandbox.fail_on("PATCH /cloud/v2/groups/{group_id}/memberships/{membership_id}", Fault::lost_answer());
    /// sandbox.fail_on("/cloud/v2/users/2", Fault::status(500, "INTERNAL", "Broken."));
    ///
    /// assert!(sandbox.client().user(156).get().is_ok());
    /// assert_eq!(sandbox.faults_left(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn fail_on(&self, call: &str, fault: Fault) {
        self.fail_on_times(call, fault, 1);
    }

    /// Makes the next `times` requests of one call fail. See [`fail_on`](Self::fail_on).
    pub fn fail_on_times(&self, call: &str, fault: Fault, times: usize) {
        let target = Target::parse(call);
        self.shared.state().faults.push_for(target, fault, times);
    }

    /// Removes all faults that no request has met yet.
    pub fn clear_faults(&self) {
        self.shared.state().faults.clear();
    }

    /// Returns the number of faults that no request has met yet.
    #[must_use]
    pub fn faults_left(&self) -> usize {
        self.shared.state().faults.left()
    }

    /// Makes the next operation end with this error, such as that of an upload. Thumbnails of users do not fail. A code in
    /// digits is returned as a number.
    pub fn fail_next_operation(&self, code: &str, message: &str) {
        let error = (code.to_owned(), message.to_owned());
        self.shared.state().operation_errors.push_back(error);
    }
}
