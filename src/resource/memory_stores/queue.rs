//! The handle for a queue.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::names::validated_name;
use crate::models::{
    QueueBatch, QueueItem, QueueRead, QueueReadResponse, QueuedItem, RawJson, ReadId, UniverseId,
};
use crate::resource::Universe;

const ADD: Endpoint =
    Endpoint::post("/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items")
        .scopes(&["memory-store.queue:add"])
        .user_content(UserContent::None)
        .error_fields_are_data();
// The items of a read are invisible for a while, so a repeated read would skip them.
const READ: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:read")
        .scopes(&["memory-store.queue:dequeue"])
        .not_idempotent()
        .error_fields_are_data();
const DISCARD: Endpoint = Endpoint::post(
    "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:discard",
)
.scopes(&["memory-store.queue:discard"])
.user_content(UserContent::None)
.idempotent()
.retried_404_is_success();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&ADD, &READ, &DISCARD];

impl Universe {
    /// Returns a handle for a queue of the universe's memory store. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::QueueItem;
    ///
    /// client.universe(13_058).memory_queue("Jobs").add(QueueItem::new("restart"))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn memory_queue(&self, name: impl Into<String>) -> MemoryQueue {
        MemoryQueue {
            client: self.client.clone(),
            universe: self.id,
            name: name.into(),
        }
    }
}

/// A handle for a queue of a memory store. Created by [`Universe::memory_queue`].
///
/// Scripts use the same queue with `MemoryStoreService:GetQueue(name)`. The service keeps numbers as floating-point
/// numbers: integers are exact up to 2^53.
#[doc(alias = "MemoryStoreQueue")]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct MemoryQueue {
    client: Client,
    universe: UniverseId,
    name: String,
}

impl MemoryQueue {
    /// Returns the name of the queue. Sends no request.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds an item to the queue.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::QueueItem;
    /// use serde_json::json;
    ///
    /// let queue = client.universe(13_058).memory_queue("Jobs");
    /// let job = json!({"kind": "refund", "user": 156});
    /// let item = queue.add(QueueItem::new(&job).priority(2.0).ttl(Duration::from_secs(3600)))?;
    /// println!("expires at {:?}", item.expire_time);
    /// # assert!(item.expire_time.is_some());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the item may have been added already: then
    /// [`Error::outcome_unknown`](crate::Error::outcome_unknown) is true.
    ///
    /// # Errors
    /// `InvalidInput` if the value is `null` or cannot be written as JSON, the priority is not a number, or the time to live is
    /// not whole seconds in its range (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_CreateMemoryStoreQueueItem) ·
    /// scope `memory-store.queue:add` · API key only · 1,000,000 requests per minute · stable
    pub fn add<T: Serialize>(&self, item: QueueItem<T>) -> Result<QueuedItem<RawJson>> {
        self.call(&ADD).json_checked(item.body()).send()
    }

    /// Reads items from the front of the queue. Until the time of the read is over, no other reader gets them; then they are
    /// back in the queue, unless they were [discarded](Self::discard).
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::QueueRead;
    ///
    /// let queue = client.universe(13_058).memory_queue("Jobs");
    /// let batch = queue.read::<serde_json::Value>(QueueRead::up_to(20))?;
    /// for item in &batch.items {
    ///     println!("{}", item.data);
    /// }
    /// if let Some(read_id) = &batch.read_id {
    ///     queue.discard(read_id)?;
    /// }
    /// # assert_eq!(batch.items.len(), 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// An empty queue is not an error. [`drain`](Self::drain) reads, handles and discards in a loop.
    ///
    /// The request is **not repeated** after a response that was lost or cut off, since the items that it may have read
    /// are invisible: then [`Error::outcome_unknown`](crate::Error::outcome_unknown) is true, and the items are back when
    /// the time of the read is over.
    ///
    /// # Errors
    /// `NotFound` if the read is all-or-nothing and the queue has fewer items; `InvalidInput` if the number of items is not
    /// 1 to 200, or the time is not whole seconds (before anything is sent). A value that is not a `T` is an error in
    /// [`QueueBatch::failed`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ReadMemoryStoreQueueItems) ·
    /// scope `memory-store.queue:dequeue` · API key only · 1,000,000 requests per minute · stable
    pub fn read<T: DeserializeOwned>(&self, read: QueueRead) -> Result<QueueBatch<T>> {
        let mut path = String::new();
        let call = self.call(&READ).queries_checked(read.params());
        let call = call.map(|request| {
            request.path().clone_into(&mut path);
            Ok(request)
        });
        let mut batch = call.send_with(|received| {
            let response: Option<QueueReadResponse> = received.json()?;
            response.unwrap_or_default().into_batch()
        })?;
        batch.describe_failed(|error| {
            let error = error.map(|inner| {
                inner.endpoint = Some((&READ).into());
                inner.path = Some(path.clone());
            });
            self.client.http().redact(error)
        });
        Ok(batch)
    }

    /// Removes all items of a read from the queue.
    ///
    /// Once the time of the read is over, this has no effect: the items are back in the queue. The example is that of
    /// [`read`](Self::read).
    ///
    /// # Errors
    /// `NotFound` if the service does not know the read.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DiscardMemoryStoreQueueItems) ·
    /// scope `memory-store.queue:discard` · API key only · 1,000,000 requests per minute · stable
    pub fn discard(&self, read_id: &ReadId) -> Result<()> {
        let body = read_id.validated().map(|id| json!({ "readId": id }));
        self.call(&DISCARD).json_checked(body).send_no_content()
    }

    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let name = validated_name("the name of a queue", &self.name, usize::MAX);
        let call = self.client.call(endpoint).path_param(self.universe);
        call.path_param_checked(name)
    }
}
