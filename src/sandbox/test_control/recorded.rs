//! The requests that a running sandbox has recorded.

use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::notification::ReceivedNotification;
use crate::sandbox::state::received::{ReceivedRequest, ReceivedUpload};
use crate::sandbox::state::universe::message::ReceivedMessage;

impl Sandbox {
    /// Returns the requests received so far, including rejected ones.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.state().requests.clone()
    }

    /// Returns the accepted uploads and updates of assets.
    #[must_use]
    pub fn uploads(&self) -> Vec<ReceivedUpload> {
        self.shared.state().uploads.clone()
    }

    /// Returns the accepted notifications.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::models::Notification;
    ///
    /// let notification = Notification::new(96_623_001, "message").parameter("count", 3);
    /// sandbox.client().user(156).send_notification(&notification)?;
    /// let received = sandbox.notifications().remove(0);
    /// assert_eq!((received.user_id().get(), received.message_id()), (156, "message"));
    /// assert_eq!(received.parameter("count"), Some(&3.into()));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn notifications(&self) -> Vec<ReceivedNotification> {
        self.shared.state().notifications.clone()
    }

    /// Returns the accepted messages to the servers of universes.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// sandbox.client().universe(13_058).publish_message("news", "hello")?;
    /// let message = sandbox.messages().remove(0);
    /// assert_eq!((message.universe_id().get(), message.topic(), message.message()), (13_058, "news", "hello"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn messages(&self) -> Vec<ReceivedMessage> {
        self.shared.state().messages.clone()
    }

    /// Removes all recorded requests, uploads, notifications, messages and scripts.
    pub fn clear_requests(&self) {
        self.shared.state().clear_received();
    }
}
