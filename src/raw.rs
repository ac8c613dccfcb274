//! Calls that have no method of their own yet.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::endpoint::{EndpointRef, Method, Pagination, Repeat};
use crate::error::{Error, Result};
use crate::http::Request;
use crate::paging::Items;

impl Client {
    /// Any call of the API, for what has no method here yet, or for a field that is too new: with the key, the limits,
    /// the retries and the errors of every other call.
    ///
    /// The path is the documented one. Its `{placeholders}` are filled by [`path_param`](RawRequest::path_param), which encodes; what
    /// stands in it otherwise goes out as it is.
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
    /// // Whatever it is:
    /// let user: serde_json::Value = client.request(Method::Get, "/cloud/v2/users/156").send()?;
    /// # assert_eq!(user["id"], "156");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// It goes to the API's own host (or the base URL), never anywhere else. What is wrong with it is told by
    /// [`send`](RawRequest::send).
    pub fn request(&self, method: Method, path: &str) -> RawRequest {
        let request = check(path).map(|()| Request::new(EndpointRef::custom(method, path)));
        RawRequest {
            client: self.clone(),
            request,
        }
    }
}

/// A call that is put together by hand. Made by [`Client::request`].
#[derive(Debug)]
#[must_use = "nothing is sent until `send`"]
pub struct RawRequest {
    client: Client,
    request: Result<Request>,
}

impl RawRequest {
    /// Fills the next `{placeholder}` of the path, encoded.
    pub fn path_param(self, value: impl Display) -> Self {
        self.map(|request| {
            if request.is_complete() {
                return Err(Error::invalid_input(format!(
                    "{} has no placeholder left for {:?}",
                    request.endpoint.path(),
                    value.to_string()
                )));
            }
            Ok(request.path_param(value))
        })
    }

    /// Appends a query parameter, encoded.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.map(|request| Ok(request.query(name, value)))
    }

    /// Adds a header, such as `roblox-entry-attributes`. Those that this crate sets itself are refused.
    pub fn header(self, name: &str, value: impl Display) -> Self {
        self.map(|request| {
            let value = value.to_string();
            check_header(name, &value)?;
            Ok(request.header(name, value))
        })
    }

    /// Sends this as the body, as JSON.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.map(|request| {
            if request.endpoint.method == Method::Get {
                return Err(Error::invalid_input("GET takes no body"));
            }
            request.json(body)
        })
    }

    /// Sends it without the credential.
    pub(crate) fn anonymous(self) -> Self {
        self.map(|request| Ok(request.anonymous()))
    }

    /// Whether it may be sent again when nobody knows whether it was done. Unless set, everything but POST may.
    pub fn idempotent(self, yes: bool) -> Self {
        self.map(|mut request| {
            request.repeat = if yes { Repeat::Always } else { Repeat::Never };
            Ok(request)
        })
    }

    /// Sends it and decodes the answer; an answer without content counts as `null`.
    ///
    /// # Errors
    /// `InvalidInput` if it cannot be sent: a path that does not begin with a slash, holds characters that a URL does
    /// not, or has a placeholder without a value; a body that is no JSON, or with GET; a header that cannot be set. `Decode` if
    /// the answer is no `T`.
    pub fn send<T: DeserializeOwned>(self) -> Result<T> {
        let request = complete(self.request)?;
        self.client.http().send(&request)
    }

    /// Sends it; what the answer says does not matter, only that it is a success.
    ///
    /// # Errors
    /// `InvalidInput` if it cannot be sent, as for [`send`](Self::send).
    pub fn send_no_content(self) -> Result<()> {
        let request = complete(self.request)?;
        self.client.http().send_no_content(&request)
    }

    /// The items of a list that pages with `maxPageSize` and `pageToken`, and whose answers hold them under `key`.
    /// `page_maximum` is the most that the service puts on a page.
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
    /// Each item may be an error; after one the list is over. `InvalidInput` if it cannot be sent, as for
    /// [`send`](Self::send).
    pub fn list<T: DeserializeOwned>(self, key: &'static str, page_maximum: u32) -> Items<T> {
        let request = complete(self.request).map(|mut request| {
            request.pagination = Some(Pagination::new(key, page_maximum.max(1)));
            request
        });
        Items::new(self.client.http().clone(), request)
    }

    fn map(self, change: impl FnOnce(Request) -> Result<Request>) -> Self {
        Self {
            request: self.request.and_then(change),
            ..self
        }
    }
}

fn complete(request: Result<Request>) -> Result<Request> {
    let request = request?;
    if request.is_complete() {
        return Ok(request);
    }
    let path = request.endpoint.path();
    Err(Error::invalid_input(format!(
        "{path} has a placeholder without a value; give one with `path_param`"
    )))
}

/// What decides about the credential, the body or the connection is not up to the caller.
fn check_header(name: &str, value: &str) -> Result<()> {
    let ours = [
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-api-key",
    ];
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::invalid_input(format!(
            "{name:?} is no name of a header"
        )));
    }
    if ours.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Err(Error::invalid_input(format!(
            "the header {name} cannot be set by hand"
        )));
    }
    // The value may be a secret, so it is not repeated.
    if !value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Error::invalid_input(format!(
            "the value of the header {name} must be printable ASCII text"
        )));
    }
    Ok(())
}

/// The characters that RFC 3986 allows in a path, and the braces of placeholders.
fn check(path: &str) -> Result<()> {
    let refused = |why: &str| {
        Err(Error::invalid_input(format!(
            "{path:?} is no path of a call: {why}"
        )))
    };
    let is_in_path =
        |letter: char| letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/{}".contains(letter);
    if !path.starts_with('/') || path.starts_with("//") {
        return refused("it must begin with one slash, such as /cloud/v2/users/{user_id}");
    }
    if path.contains('?') {
        return refused("give parameters with `query`");
    }
    if let Some(odd) = path.chars().find(|letter| !is_in_path(*letter)) {
        return refused(&format!(
            "{odd:?} must be encoded; use a placeholder and `path_param`"
        ));
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return refused("it steps back in the tree");
    }
    Ok(())
}
