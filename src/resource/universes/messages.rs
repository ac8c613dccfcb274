//! Messages to the running servers of a universe.

use serde::Serialize;
use serde_json::json;

use super::Universe;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::models::names::validated_name;
use crate::models::validate_message;

const PUBLISH: Endpoint = Endpoint::post("/cloud/v2/universes/{universe_id}:publishMessage")
    .scopes(&["universe-messaging-service:publish"])
    .user_content(UserContent::None);
const PUBLISH_V1: Endpoint =
    Endpoint::post("/messaging-service/v1/universes/{universeId}/topics/{topic}")
        .scopes(&["universe-messaging-service:publish"])
        .user_content(UserContent::None);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&PUBLISH, &PUBLISH_V1];

impl Universe {
    /// Publishes a message to all running servers of the universe. Scripts receive it with
    /// `MessagingService:SubscribeAsync(topic, …)`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// client.universe(13_058).publish_message("announcements", "The winter update is here!")?;
    /// # assert_eq!(sandbox.messages().len(), 1);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The service does not report whether a server has received it. The request is not retried if the message may have
    /// been published.
    ///
    /// # Errors
    /// `InvalidInput` if the topic is empty or longer than 80 characters, or the message longer than 1024 (before anything is
    /// sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Cloud_PublishUniverseMessage) ·
    /// scope `universe-messaging-service:publish` · 5,000 requests per minute · stable
    #[doc(alias = "MessagingService")]
    pub fn publish_message(
        &self,
        topic: impl Into<String>,
        message: impl Into<String>,
    ) -> Result<()> {
        let (topic, message) = (topic.into(), message.into());
        validate_message(&topic, &message)?;
        let body = json!({ "topic": topic, "message": message });
        self.call(&PUBLISH).json(&body).send_no_content()
    }

    /// Publishes a value as JSON to all running servers of the universe. Scripts decode it with
    /// `HttpService:JSONDecode(message.Data)`.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use serde_json::json;
    ///
    /// client.universe(13_058).publish_message_json("moderation", &json!({"kick": 156, "reason": "AFK"}))?;
    /// # assert_eq!(sandbox.messages()[0].message(), r#"{"kick":156,"reason":"AFK"}"#);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`publish_message`](Self::publish_message), and `InvalidInput` if the value cannot be written as JSON. The
    /// length of the JSON counts.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Cloud_PublishUniverseMessage) ·
    /// scope `universe-messaging-service:publish` · 5,000 requests per minute · stable
    pub fn publish_message_json(
        &self,
        topic: impl Into<String>,
        value: &impl Serialize,
    ) -> Result<()> {
        let message = serde_json::to_string(value).map_err(|error| {
            Error::invalid_input("the message cannot be written as JSON").with_source(error)
        })?;
        self.publish_message(topic, message)
    }

    /// Publishes a message through the first version of the messaging service. The official document recommends
    /// [`publish_message`](Self::publish_message).
    ///
    /// # Errors
    /// Those of [`publish_message`](Self::publish_message).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#CrossServerMessaging_Publish) ·
    /// scope `universe-messaging-service:publish` · 5,000 requests per minute · beta · superseded by `POST /cloud/v2/universes/{universe_id}:publishMessage`
    pub fn publish_message_v1(
        &self,
        topic: impl Into<String>,
        message: impl Into<String>,
    ) -> Result<()> {
        let (topic, message) = (topic.into(), message.into());
        validate_message(&topic, &message)?;
        // `.` and `..` would be another path.
        let topic = validated_name("the topic of a message", &topic, usize::MAX);
        let call = self.call(&PUBLISH_V1).path_param_checked(topic);
        call.json(&json!({ "message": message })).send_no_content()
    }
}
