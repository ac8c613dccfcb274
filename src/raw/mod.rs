//! Calls of endpoints that have no method yet.

mod validate;

use std::fmt::{self, Display};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::endpoint::{EndpointRef, Method, Pagination, Repeat};
use crate::error::{Error, Result};
use crate::http::Request;
use crate::paging::Items;

impl Client {
    /// Builds a call of any endpoint: for one that has no method here yet, or for a new field. Credential, limits,
    /// retries and errors are those of every other call.
    ///
    /// The path is the documented one. [`path_param`](RawRequest::path_param) fills its `{placeholders}` and encodes the
    /// values; the rest of the path is sent as it is.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::Method;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Name {
    ///     name: String,
    /// }
    ///
    /// let user: Name = client.request(Method::Get, "/cloud/v2/users/{user_id}").path_param(156).send()?;
    /// assert_eq!(user.name, "builderman");
    ///
    /// // As any JSON value:
    /// let user: serde_json::Value = client.request(Method::Get, "/cloud/v2/users/156").send()?;
    /// # assert_eq!(user["id"], "156");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request goes to the API's own host or to the base URL, never anywhere else. Invalid arguments are reported by
    /// [`send`](RawRequest::send).
    pub fn request(&self, method: Method, path: &str) -> RawRequest {
        let request =
            validate::path(path).map(|()| Request::new(EndpointRef::custom(method, path)));
        RawRequest {
            client: self.clone(),
            request,
        }
    }
}

/// Builds a call of any endpoint. Created by [`Client::request`].
#[must_use = "nothing is sent until `send`"]
pub struct RawRequest {
    client: Client,
    request: Result<Request>,
}

impl RawRequest {
    /// Fills the next `{placeholder}` of the path with a value, encoded. An empty value is rejected, because the path
    /// would then name another resource.
    pub fn path_param(self, value: impl Display) -> Self {
        self.map(|request| {
            let value = value.to_string();
            validate::path_param(&request, &value)?;
            Ok(request.path_param(value))
        })
    }

    /// Appends a query parameter, encoded.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.map(|request| {
            if name.is_empty() {
                return Err(Error::invalid_input("a query parameter has an empty name"));
            }
            Ok(request.query(name, value))
        })
    }

    /// Adds a header, such as `roblox-entry-attributes`. Headers that control the credential, the body, the connection or
    /// the host are rejected.
    pub fn header(self, name: &str, value: impl Display) -> Self {
        self.map(|request| {
            let value = value.to_string();
            validate::header(&request, name, &value)?;
            Ok(request.header(name, value))
        })
    }

    /// Sets the JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.map(|request| {
            if request.endpoint.method == Method::Get {
                return Err(Error::invalid_input("a GET request has no body"));
            }
            request.json(body)
        })
    }

    /// Sends the request without the credential.
    pub(crate) fn anonymous(self) -> Self {
        self.map(|request| Ok(request.anonymous()))
    }

    /// Sets whether the request is sent again if it may have been carried out. By default every method except POST is.
    pub fn idempotent(self, yes: bool) -> Self {
        self.map(|mut request| {
            request.repeat = if yes { Repeat::Always } else { Repeat::Never };
            Ok(request)
        })
    }

    /// Sends the request and decodes the response. An empty response is read as `null`.
    ///
    /// # Errors
    /// `InvalidInput` for a path that does not begin with a slash, contains invalid characters or `..` segments, or has a
    /// placeholder without a value; for a body that is not JSON, or with GET; for a header that cannot be set. `Decode`
    /// if the response is not a `T`.
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the method is not general enough over lifetimes"
    )]
    pub fn send<T: DeserializeOwned>(self) -> Result<T> {
        let request = validate::complete(self.request)?;
        self.client
            .http()
            .send_with(&request, |received| received.user_json())
    }

    /// Sends the request and ignores the body of the response.
    ///
    /// # Errors
    /// `InvalidInput` if it cannot be sent, as for [`send`](Self::send).
    pub fn send_no_content(self) -> Result<()> {
        let request = validate::complete(self.request)?;
        self.client.http().send_no_content(&request)
    }

    /// Returns the items of a list with the page parameters `maxPageSize` and `pageToken`. `key` is the field that holds
    /// the items, and `page_maximum` the maximum page size that the service accepts.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::Method;
    /// use serde_json::Value;
    ///
    /// let roles = client.request(Method::Get, "/cloud/v2/groups/{group_id}/roles").path_param(7).list::<Value>("groupRoles", 20);
    /// for role in roles {
    ///     println!("{}", role?["displayName"]);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error; a page that cannot be fetched ends the list. `InvalidInput` as for
    /// [`send`](Self::send), and if the method is not GET or the query sets a page parameter: use
    /// [`Items::page_size`] and [`Items::starting_at`].
    pub fn list<T: DeserializeOwned>(self, key: &'static str, page_maximum: u32) -> Items<T> {
        let request = validate::complete(self.request).and_then(|mut request| {
            validate::list(&request)?;
            request.pagination = Some(Pagination::new(key, page_maximum.max(1)));
            Ok(request)
        });
        Items::new(self.client.http().clone(), request).of_users_type()
    }

    fn map(self, change: impl FnOnce(Request) -> Result<Request>) -> Self {
        Self {
            request: self.request.and_then(change),
            ..self
        }
    }
}

// Arguments, query, headers and body may hold secrets.
impl fmt::Debug for RawRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = formatter.debug_struct("RawRequest");
        text.field("client", &self.client);
        match &self.request {
            Ok(request) => text
                .field("method", &request.endpoint.method)
                .field("path", &request.endpoint.path()),
            Err(error) => text.field("error", error),
        };
        text.finish_non_exhaustive()
    }
}
