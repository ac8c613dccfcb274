//! Notifications to users.

use super::User;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{Notification, SentNotification};

const SEND: Endpoint = Endpoint::post("/cloud/v2/users/{user_id}/notifications")
    .scopes(&["user.user-notification:write"]);

pub(super) const ENDPOINTS: super::Endpoints = &[&[&SEND]];

impl User {
    /// Sends the user a notification from a universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::Notification;
    ///
    /// let notification = Notification::new(96_623_001, "5dd7024b-68e3-ac4d-8232-4217f86ca244")
    ///     .parameter("egg_name", "royal egg");
    /// for user in [156, 1001] {
    ///     let sent = client.user(user).send_notification(&notification)?;
    ///     println!("{:?}", sent.id);
    /// }
    /// # assert_eq!(sandbox.notifications().len(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The service delivers notifications only to users who opted in, and only a few a day.
    ///
    /// # Errors
    /// `InvalidInput` if the message id is empty or the launch data has more than 200 bytes; `BadRequest` if the message
    /// does not exist or a parameter is missing, `NotFound` if the user does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/notifications#Cloud_CreateUserNotification) ·
    /// scope `user.user-notification:write` · 4,000 requests per second · stable
    pub fn send_notification(&self, notification: &Notification) -> Result<SentNotification> {
        self.call(&SEND).json(&notification.body()?).send()
    }
}
