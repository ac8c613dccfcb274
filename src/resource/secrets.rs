//! Secrets of a universe.

#[cfg(feature = "secrets")]
use std::sync::{Arc, Mutex, PoisonError};

use super::Universe;
use crate::call::Call;
use crate::endpoint::{Endpoint, Repeat, UserContent};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{Received, SecretBody};
use crate::models::{self, NewSecret, SecretId, SecretKey, validated_id};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get("/cloud/v2/universes/{universeId}/secrets")
    .scopes(&["universe.secret:read"])
    .paginated("secrets", 500)
    .page_query("limit", "cursor");
/// Creating a secret twice is a conflict, so `set` can send it again; `create` sends it once.
const CREATE: Endpoint = Endpoint::post("/cloud/v2/universes/{universeId}/secrets")
    .scopes(&["universe.secret:write"])
    .user_content(UserContent::None)
    .idempotent()
    .conflict_causes("The universe has a secret with this id already");
const PUBLIC_KEY: Endpoint = Endpoint::get("/cloud/v2/universes/{universeId}/secrets/public-key")
    .scopes(&["universe.secret:read"]);
const UPDATE: Endpoint = Endpoint::patch("/cloud/v2/universes/{universeId}/secrets/{secretId}")
    .scopes(&["universe.secret:write"])
    .user_content(UserContent::None);
const DELETE: Endpoint = Endpoint::delete("/cloud/v2/universes/{universeId}/secrets/{secretId}")
    .scopes(&["universe.secret:write"])
    .retried_404_is_success();

pub(super) const ENDPOINTS: super::Endpoints = &[&[&LIST, &CREATE, &PUBLIC_KEY, &UPDATE, &DELETE]];

impl Universe {
    /// Returns a handle for the secrets of the universe. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let secrets = client.universe(13_058).secrets();
    /// println!("{} secrets", secrets.list().count());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn secrets(&self) -> Secrets {
        Secrets {
            universe: self.clone(),
            #[cfg(feature = "secrets")]
            key: Arc::default(),
        }
    }
}

/// A handle for the secrets of a universe. Created by [`Universe::secrets`].
///
/// The public key is fetched when the first secret is sealed, and kept: use one handle, or clones of it, for many secrets.
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Secrets {
    universe: Universe,
    /// The public key, after it was fetched.
    #[cfg(feature = "secrets")]
    key: Arc<Mutex<Option<SecretKey>>>,
}

impl Secrets {
    /// Lists the secrets of the universe, without their contents.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for secret in client.universe(13_058).secrets().list() {
    ///     let secret = secret?;
    ///     println!("{} for {:?}", secret.id, secret.domain);
    /// }
    /// # assert_eq!(client.universe(13_058).secrets().list().count(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#get_cloud_v2_universes__universeId__secrets) ·
    /// scope `universe.secret:read` · 120 requests per minute · up to 500 items per page · beta
    pub fn list(&self) -> Items<models::Secret> {
        self.universe.call(&LIST).list()
    }

    /// Returns the public key of the universe, for contents that are sealed elsewhere.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let key = client.universe(13_058).secrets().public_key()?;
    /// println!("{} {}", key.key_id, key.public_key);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` if the owner of the key may not manage the secrets of the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#get_cloud_v2_universes__universeId__secrets_public_key) ·
    /// scope `universe.secret:read` · 120 requests per minute · beta
    pub fn public_key(&self) -> Result<SecretKey> {
        self.universe.call(&PUBLIC_KEY).send()
    }

    /// Creates a secret. An id has up to 64 letters, digits and `_`, and does not begin with a digit.
    ///
    /// ```
    /// # #[cfg(feature = "secrets")] {
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::NewSecret;
    ///
    /// let secret = NewSecret::plain("sk-live-4242").domain("api.example.com");
    /// client.universe(13_058).secrets().create("payment_key", secret)?;
    /// # assert_eq!(sandbox.secret(13_058, "payment_key").as_deref(), Some("sk-live-4242"));
    /// # }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// A plain text is sealed before it is sent, and the request is in no log. It is not repeated if the secret may have
    /// been created already; [`set`](Self::set) is.
    ///
    /// # Errors
    /// `Conflict` if there is a secret with this id; `InvalidInput` if the id or the content is not valid (before anything is
    /// sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#post_cloud_v2_universes__universeId__secrets) ·
    /// scope `universe.secret:write` · 120 requests per minute · beta\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/universes#get_cloud_v2_universes__universeId__secrets_public_key) ·
    /// scope `universe.secret:read` · 120 requests per minute · beta
    pub fn create(&self, id: impl Into<SecretId>, secret: NewSecret) -> Result<models::Secret> {
        let id = id.into();
        self.send_sealed(&secret, |body| {
            let call = self.create_call(&id, body)?.limit_repeat(Repeat::Never);
            call.send_with(|received| decode_secret(received, &id))
        })
    }

    /// Changes the content of a secret, and its domain if one is set.
    ///
    /// ```
    /// # #[cfg(feature = "secrets")] {
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::NewSecret;
    ///
    /// client.universe(13_058).secrets().update("api_key", NewSecret::plain("a newer one"))?;
    /// # assert_eq!(sandbox.secret(13_058, "api_key").as_deref(), Some("a newer one"));
    /// # }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the secret does not exist; `InvalidInput` if the id or the content is not valid (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#get_cloud_v2_universes__universeId__secrets_public_key) ·
    /// scope `universe.secret:read` · 120 requests per minute · beta\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/universes#patch_cloud_v2_universes__universeId__secrets__secretId_) ·
    /// scope `universe.secret:write` · 120 requests per minute · beta
    pub fn update(&self, id: impl Into<SecretId>, secret: NewSecret) -> Result<models::Secret> {
        let id = id.into();
        self.send_sealed(&secret, |body| self.send_update(&id, body))
    }

    /// Creates a secret, or changes it if there is one with this id.
    ///
    /// ```
    /// # #[cfg(feature = "secrets")] {
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::NewSecret;
    ///
    /// let secrets = client.universe(13_058).secrets();
    /// for (id, text) in [("api_key", "first"), ("api_key", "second"), ("other_key", "third")] {
    ///     secrets.set(id, NewSecret::plain(text).domain("*.example.com"))?;
    /// }
    /// # assert_eq!(sandbox.secret(13_058, "api_key").as_deref(), Some("second"));
    /// # }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request can safely be repeated after a lost response.
    ///
    /// # Errors
    /// `Conflict` if the service rejects the new secret for another reason than its id; `InvalidInput` if the id or the content
    /// is not valid (before anything is sent); `PermissionDenied` if the owner of the key may not manage the secrets of the
    /// universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#post_cloud_v2_universes__universeId__secrets), [also](https://create.roblox.com/docs/cloud/reference/features/universes#patch_cloud_v2_universes__universeId__secrets__secretId_) ·
    /// scope `universe.secret:write` · 120 requests per minute · beta\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/universes#get_cloud_v2_universes__universeId__secrets_public_key) ·
    /// scope `universe.secret:read` · 120 requests per minute · beta
    pub fn set(&self, id: impl Into<SecretId>, secret: NewSecret) -> Result<models::Secret> {
        let id = id.into();
        self.send_sealed(&secret, |body| {
            let created = self.create_call(&id, body.clone())?;
            match created.send_with(|received| decode_secret(received, &id)) {
                Err(error) if error.kind() == ErrorKind::Conflict => {
                    self.update_after_conflict(&id, body, error)
                }
                created => created,
            }
        })
    }

    /// Deletes a secret for good.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// client.universe(13_058).secrets().delete("api_key")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the secret does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#delete_cloud_v2_universes__universeId__secrets__secretId_) ·
    /// scope `universe.secret:write` · 120 requests per minute · beta
    pub fn delete(&self, id: impl Into<SecretId>) -> Result<()> {
        let id = id.into();
        let call = self.universe.call(&DELETE);
        call.path_param_checked(validated_id(&id)).send_no_content()
    }

    /// Starts a call that creates a secret.
    fn create_call(&self, id: &SecretId, body: SecretBody) -> Result<Call> {
        let body = body.json_field("id", validated_id(id)?);
        Ok(self.universe.call(&CREATE).secret_body(body))
    }

    /// Changes a secret that probably exists. The service documents no code for that cause of a conflict, so the conflict
    /// is returned if the secret does not exist.
    fn update_after_conflict(
        &self,
        id: &SecretId,
        body: SecretBody,
        conflict: Error,
    ) -> Result<models::Secret> {
        match self.send_update(id, body) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(conflict.with_advice("The conflict is not about the id: no secret has it"))
            }
            updated => updated,
        }
    }

    fn send_update(&self, id: &SecretId, body: SecretBody) -> Result<models::Secret> {
        let call = self.universe.call(&UPDATE);
        let call = call.path_param_checked(validated_id(id)).secret_body(body);
        call.send_with(|received| decode_secret(received, id))
    }

    /// Seals a secret and sends it. If the service rejects the key, a new one is fetched once.
    #[cfg(feature = "secrets")]
    fn send_sealed<T>(
        &self,
        secret: &NewSecret,
        send: impl Fn(SecretBody) -> Result<T>,
    ) -> Result<T> {
        if !secret.is_plain() {
            return send(secret.body()?);
        }
        let key = self.cached_key()?;
        let error = match send(secret.sealed_with(&key)?) {
            Err(error) if is_about_key(&error) => error,
            result => return result,
        };
        match self.fetch_key() {
            Ok(new) if new.key_id != key.key_id => send(secret.sealed_with(&new)?),
            _ => Err(error),
        }
    }

    #[cfg(not(feature = "secrets"))]
    #[allow(
        clippy::unused_self,
        reason = "with the feature it uses the cached key"
    )]
    fn send_sealed<T>(
        &self,
        secret: &NewSecret,
        send: impl Fn(SecretBody) -> Result<T>,
    ) -> Result<T> {
        send(secret.body()?)
    }

    /// Returns the public key. Fetches it the first time.
    #[cfg(feature = "secrets")]
    fn cached_key(&self) -> Result<SecretKey> {
        let known = self
            .key
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        known.map_or_else(|| self.fetch_key(), Ok)
    }

    #[cfg(feature = "secrets")]
    fn fetch_key(&self) -> Result<SecretKey> {
        let key = self.public_key()?;
        let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some(key.clone());
        Ok(key)
    }
}

/// Decodes a secret. The service may leave out fields that the request contains.
fn decode_secret(received: &Received<'_>, id: &SecretId) -> Result<models::Secret> {
    if received.as_str().is_empty() {
        return Ok(models::Secret::named(id.clone()));
    }
    received.json_with("id", id.as_str())
}

/// Whether the service rejected the key that a secret was sealed with.
#[cfg(feature = "secrets")]
fn is_about_key(error: &Error) -> bool {
    let text = error.message().to_ascii_lowercase();
    let words = [
        "key_id",
        "keyid",
        "key id",
        "encryption key",
        "public key",
        "decrypt",
    ];
    error.kind() == ErrorKind::BadRequest && words.iter().any(|word| text.contains(word))
}
