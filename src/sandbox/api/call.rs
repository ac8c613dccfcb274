//! A request as an endpoint sees it.

use std::fmt;
use std::io::Read as _;
use std::sync::MutexGuard;

use serde_json::{Map, Value};

use super::form::Form;
use super::json::JsonObject;
use super::page::{Page, PageQuery, Paging};
use super::rejection::{Rejection, gateway, invalid, v2};
use super::values::{boolean, number};
use crate::sandbox::server::{Head, RequestBody, first_value};
use crate::sandbox::state::user::KEY_OWNER;
use crate::sandbox::state::{Shared, State};
use crate::sandbox::template::{Params, decode};

/// Maximum size of a JSON body, unless the endpoint sets another one.
const MAX_JSON_SIZE: usize = 1 << 20;
const JSON: &str = "application/json";

/// The credential of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The endpoint needs no credential.
    Anyone,
    ApiKey,
    /// The user whose access token it is.
    #[cfg_attr(
        not(feature = "oauth2"),
        allow(dead_code, reason = "only OAuth2 issues access tokens")
    )]
    User(u64),
}

#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) head: &'a Head,
    caller: Caller,
    params: Params,
    query: Vec<(String, String)>,
    body: BodyReader<'a>,
    /// Whether lists return an empty page.
    empty_page: bool,
}

/// The body, which is read once.
struct BodyReader<'a>(&'a mut (dyn RequestBody + 'a));

impl<'a> Call<'a> {
    pub(crate) fn new(
        shared: &'a Shared,
        (head, body): (&'a Head, &'a mut (dyn RequestBody + 'a)),
        (caller, params): (Caller, Params),
        empty_page: bool,
    ) -> Self {
        Self {
            shared,
            head,
            caller,
            params,
            query: head.query(),
            body: BodyReader(body),
            empty_page,
        }
    }

    /// Locks the state of the sandbox. Read the body before: a slow client must not hold the lock.
    pub(crate) fn state(&self) -> MutexGuard<'a, State> {
        self.shared.state()
    }

    /// Returns a parameter of the path, decoded.
    pub(crate) fn param(&self, name: &str) -> Result<String, Rejection> {
        self.raw_param(name).map(decode)
    }

    /// Returns a parameter of the path as it was sent, so that a bare `@` differs from an encoded one.
    pub(crate) fn raw_param(&self, name: &str) -> Result<&str, Rejection> {
        let found = self.params.iter().find(|(known, _)| *known == name);
        let message = || format!("The route has no path parameter {name}.");
        found
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| v2(500, "INTERNAL", &message()))
    }

    /// Returns a numeric parameter of the path.
    pub(crate) fn id(&self, name: &str) -> Result<u64, Rejection> {
        self.number_param(name, invalid)
    }

    /// Returns a numeric parameter of the path of a legacy service.
    pub(crate) fn legacy_id(&self, name: &str) -> Result<u64, Rejection> {
        self.number_param(name, |message| gateway(400, message))
    }

    fn number_param(
        &self,
        name: &str,
        reject: impl FnOnce(&str) -> Rejection,
    ) -> Result<u64, Rejection> {
        let wrong = || reject(&format!("The path parameter {name} is not a number."));
        number(&self.param(name)?).ok_or_else(wrong)
    }

    /// Returns the first value of a query parameter. An empty value counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        first_value(&self.query, name)
    }

    /// Parses a query parameter, if there is one.
    pub(crate) fn parsed_query<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        reject: impl FnOnce(&str) -> Rejection,
    ) -> Result<Option<T>, Rejection> {
        let Some(text) = self.query(name) else {
            return Ok(None);
        };
        let wrong = || reject(&format!("{name} is not valid."));
        parse(text).map(Some).ok_or_else(wrong)
    }

    /// Returns a Boolean query parameter, which is false if it is absent.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Rejection> {
        let flag = self.parsed_query(name, boolean, invalid)?;
        Ok(flag.unwrap_or_default())
    }

    /// Returns whether the parameter `view` names this view instead of the default one.
    pub(crate) fn has_view(&self, view: &str, default: &str) -> Result<bool, Rejection> {
        match self.query("view").unwrap_or(default) {
            given if given == view => Ok(true),
            given if given == default || given == "VIEW_UNSPECIFIED" => Ok(false),
            _ => Err(invalid(&format!("view is neither {default} nor {view}."))),
        }
    }

    /// Returns the first value of a query parameter, whatever the case of its name. An empty value counts as absent.
    pub(crate) fn query_ignoring_case(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let pair = pairs.find(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = pair.map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// Returns the query parameter `filter` without surrounding spaces; empty if there is none.
    pub(crate) fn filter(&self) -> &str {
        self.query("filter").unwrap_or_default().trim()
    }

    /// Returns all query parameters.
    #[cfg(feature = "oauth2")]
    pub(crate) fn query_pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// Returns whether the request contains a header that usually holds a credential.
    pub(crate) fn has_credential(&self) -> bool {
        let headers = ["x-api-key", "authorization", "cookie"];
        headers.iter().any(|name| self.head.header(name).is_some())
    }

    /// Returns whether the call is made with an access token of this user.
    pub(crate) fn is_made_by(&self, user: u64) -> bool {
        self.caller == Caller::User(user)
    }

    /// Returns the user who makes the call: the one of the access token, or the owner of the API key.
    pub(crate) fn acting_user(&self) -> u64 {
        match self.caller {
            Caller::User(user) => user,
            Caller::Anyone | Caller::ApiKey => KEY_OWNER,
        }
    }

    /// Parses which page of a list is requested.
    pub(crate) fn page(&self, paging: &Paging) -> Result<Page<'a>, Rejection> {
        let query = PageQuery {
            path: self.head.path_and_query().0,
            pairs: &self.query,
            empty_page: self.empty_page,
        };
        Page::parse(&self.shared.token_hasher, &query, paging)
    }

    /// Returns the media type of the body, without parameters.
    pub(crate) fn media_type(&self) -> String {
        let header = self.head.header("content-type").unwrap_or_default();
        let media_type = header.split(';').next().unwrap_or_default();
        media_type.trim().to_ascii_lowercase()
    }

    /// Reads the whole body.
    pub(crate) fn bytes(&mut self, max_size: usize) -> Result<Vec<u8>, Rejection> {
        let mut bytes = Vec::new();
        let limit = (max_size as u64).saturating_add(1);
        (&mut *self.body.0).take(limit).read_to_end(&mut bytes)?;
        if bytes.len() > max_size {
            return Err(invalid("The body is too long."));
        }
        Ok(bytes)
    }

    /// Reads a body of any length, piece by piece.
    pub(crate) fn read_body(&mut self, mut take: impl FnMut(&[u8])) -> Result<(), Rejection> {
        let mut buffer = [0; 8 * 1024];
        loop {
            match self.body.0.read(&mut buffer)? {
                0 => return Ok(()),
                read => take(buffer.get(..read).unwrap_or_default()),
            }
        }
    }

    /// Reads a JSON object.
    pub(crate) fn json(&mut self) -> Result<JsonObject, Rejection> {
        self.json_up_to(MAX_JSON_SIZE)
    }

    /// Reads a JSON object of up to this size.
    pub(crate) fn json_up_to(&mut self, max_size: usize) -> Result<JsonObject, Rejection> {
        let bytes = self.json_bytes(max_size)?;
        let fields = serde_json::from_slice(&bytes);
        let fields = fields.map_err(|_| invalid("The body is not a JSON object."))?;
        Ok(self.json_object(fields))
    }

    /// Reads a body of the type JSON, of up to this size.
    pub(crate) fn json_bytes(&mut self, max_size: usize) -> Result<Vec<u8>, Rejection> {
        if self.media_type() != JSON {
            return Err(invalid("The body must be of the type application/json."));
        }
        self.bytes(max_size)
    }

    /// Reads a JSON object, or nothing.
    pub(crate) fn json_or_empty(&mut self) -> Result<JsonObject, Rejection> {
        if self.body.0.declared_length() == Some(0) {
            return Ok(self.json_object(Map::new()));
        }
        self.json()
    }

    /// Reads a form of the type `multipart/form-data`.
    pub(crate) fn form(&mut self) -> Result<Form, Rejection> {
        let content_type = self.head.header("content-type").unwrap_or_default();
        Form::read(content_type, self.body.0)
    }

    fn json_object(&self, fields: Map<String, Value>) -> JsonObject {
        let is_protobuf = self.head.path_and_query().0.starts_with("/cloud/v2/");
        JsonObject::new(fields, is_protobuf)
    }
}

impl fmt::Debug for BodyReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyReader")
    }
}
