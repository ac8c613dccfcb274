//! One call: builds the request of an endpoint, sends it and decodes the response.

use std::fmt::Display;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::endpoint::{Endpoint, Repeat};
use crate::error::Result;
use crate::http::{DownloadWriter, HttpClient, Received, Request, SecretBody, UploadBody, filled};
use crate::json::Slot;
use crate::models::open_enum::OpenEnum;
use crate::operation::Operation;
use crate::paging::Items;

/// Builds a call, then sends it. Invalid arguments are reported when it is sent.
#[must_use = "nothing is sent until the call is finished"]
pub(crate) struct Call {
    http: HttpClient,
    request: Result<Request>,
}

impl Call {
    pub(crate) fn new(http: &HttpClient, endpoint: &'static Endpoint) -> Self {
        Self {
            http: http.clone(),
            request: Ok(Request::new(endpoint)),
        }
    }

    /// Fills the next `{placeholder}` of the path.
    pub(crate) fn path_param(self, value: impl Display) -> Self {
        self.map(|request| Ok(request.path_param(value)))
    }

    /// Fills the next `{placeholder}` of the path with a value that may be invalid.
    pub(crate) fn path_param_checked(self, value: Result<impl Display>) -> Self {
        self.map(|request| Ok(request.path_param(value?)))
    }

    /// Fills the next `{placeholder}` of the path with a value and a revision, both of which may be invalid.
    pub(crate) fn path_param_revision(
        self,
        value: Result<impl Display>,
        revision: Result<String>,
    ) -> Self {
        self.map(|request| Ok(request.path_param_revision(value?, &revision?)))
    }

    /// Appends a query parameter.
    pub(crate) fn query(self, name: &str, value: impl Display) -> Self {
        self.map(|request| Ok(request.query(name, value)))
    }

    /// Appends a query parameter, if there is a value.
    pub(crate) fn query_opt(self, name: &str, value: Option<impl Display>) -> Self {
        self.map(|request| Ok(request.query_opt(name, value)))
    }

    /// Appends a query parameter whose value may be invalid or missing.
    pub(crate) fn query_checked(self, name: &str, value: Result<Option<impl Display>>) -> Self {
        self.map(|request| Ok(request.query_opt(name, value?)))
    }

    /// Appends a query parameter with a value of an enum, if there is one. The wrong case of a known value is an error.
    pub(crate) fn query_known(self, name: &str, value: Option<&impl OpenEnum>) -> Self {
        self.query_checked(name, value.map(OpenEnum::validated).transpose())
    }

    /// Appends query parameters, which may be invalid.
    pub(crate) fn queries_checked<N: AsRef<str>>(
        self,
        pairs: Result<impl IntoIterator<Item = (N, String)>>,
    ) -> Self {
        self.map(|request| {
            let pairs = pairs?.into_iter();
            Ok(pairs.fold(request, |request, (name, value)| {
                request.query(name.as_ref(), value)
            }))
        })
    }

    /// Appends the query parameter `filter`, if there is a filter. It may be invalid.
    pub(crate) fn filter(self, filter: impl IntoFilter) -> Self {
        self.query_checked("filter", filter.into_filter())
    }

    /// Sets the JSON body.
    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        self.map(|request| request.json(body))
    }

    /// Sets the JSON body, which may be invalid.
    pub(crate) fn json_checked(self, body: Result<impl Serialize>) -> Self {
        self.map(|request| request.json(&body?))
    }

    /// Adds metadata of the request, which is sent in headers. It may be invalid.
    pub(crate) fn metadata(self, pairs: Result<Vec<(&'static str, String)>>) -> Self {
        self.map(|request| {
            let pairs = pairs?.into_iter();
            Ok(pairs.fold(request, |request, (name, value)| {
                request.header(name, value)
            }))
        })
    }

    /// Sets a secret body, which is sent over a connection of its own and never logged.
    pub(crate) fn secret_body(self, body: SecretBody) -> Self {
        self.map(|request| Ok(request.secret_body(body)))
    }

    /// Sets the query parameter `updateMask` and the JSON body of a change.
    pub(crate) fn change(self, change: Result<(String, impl Serialize)>) -> Self {
        self.map(|request| {
            let (mask, body) = change?;
            request.query("updateMask", mask).json(&body)
        })
    }

    /// Restricts the repetition of the request further than the endpoint does.
    pub(crate) fn limit_repeat(self, repeat: Repeat) -> Self {
        self.map(|request| Ok(request.limit_repeat(repeat)))
    }

    /// Disables retries of the request if the condition holds.
    pub(crate) fn never_repeat_if(self, condition: bool) -> Self {
        if condition {
            self.limit_repeat(Repeat::Never)
        } else {
            self
        }
    }

    /// Limits the time of all attempts, if there is a limit.
    pub(crate) fn time_budget_opt(self, limit: Option<Duration>) -> Self {
        self.map(|request| {
            Ok(match limit {
                Some(limit) => request.time_budget(limit),
                None => request,
            })
        })
    }

    /// Changes the request in a way that may fail.
    pub(crate) fn map(self, change: impl FnOnce(Request) -> Result<Request>) -> Self {
        Self {
            request: self.request.and_then(change),
            ..self
        }
    }

    /// Keeps the response from logs and traces if `is_private`.
    pub(crate) fn private_if(self, is_private: bool) -> Self {
        self.map(|request| {
            Ok(if is_private {
                request.private()
            } else {
                request
            })
        })
    }

    /// Sends the request and decodes the response.
    pub(crate) fn send<T: DeserializeOwned>(self) -> Result<T> {
        filled(|slot| self.fill(slot))
    }

    fn fill(self, slot: &mut dyn Slot) -> Result<()> {
        self.http.fill(&self.request?, slot)
    }

    /// Sends the request and decodes the response, which may omit a field that the request names.
    pub(crate) fn send_with_known_field<T: DeserializeOwned>(
        self,
        name: &str,
        value: impl Display,
    ) -> Result<T> {
        filled(|slot| self.fill_with_known_field(name, &value, slot))
    }

    fn fill_with_known_field(
        self,
        name: &str,
        value: &dyn Display,
        slot: &mut dyn Slot,
    ) -> Result<()> {
        let decode =
            &mut |received: &Received<'_>| received.fill_with_known_field(name, value, slot);
        self.http.send_decoded(&self.request?, decode)
    }

    /// Sends the request and turns the response into a value with `decode`.
    pub(crate) fn send_with<T>(self, decode: impl Fn(&Received<'_>) -> Result<T>) -> Result<T> {
        self.http.send_with(&self.request?, decode)
    }

    /// Sends the request and decodes the response with `decode`, which gets the text and the headers that the endpoint
    /// keeps. The value in the response has a type of the caller's choice.
    pub(crate) fn send_with_metadata<T>(
        self,
        decode: impl Fn(&str, &dyn Fn(&str) -> Option<String>) -> serde_json::Result<T>,
    ) -> Result<T> {
        self.send_with(|received| {
            let header = |name: &str| received.header(name).map(str::to_owned);
            received.decode_value(|text| decode(text, &header))
        })
    }

    /// Sends the request and decodes the response, or returns the error that a success contains instead.
    pub(crate) fn send_or_error<T: DeserializeOwned>(self) -> Result<T> {
        filled(|slot| self.fill_or_error(slot))
    }

    fn fill_or_error(self, slot: &mut dyn Slot) -> Result<()> {
        let decode = &mut |received: &Received<'_>| received.fill_or_error(slot);
        self.http.send_decoded(&self.request?, decode)
    }

    /// Sends the request and ignores the body of the response.
    pub(crate) fn send_no_content(self) -> Result<()> {
        self.http.send_no_content(&self.request?)
    }

    /// Sends the request with a streamed body and decodes the response.
    pub(crate) fn upload<T: DeserializeOwned>(self, body: impl Into<UploadBody>) -> Result<T> {
        self.http.upload(&self.request?, &mut body.into())
    }

    /// Sends the request with a streamed body and ignores the body of the response.
    #[cfg(feature = "upload")]
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the method is not general enough over lifetimes"
    )]
    pub(crate) fn upload_no_content(self, body: impl Into<UploadBody>) -> Result<()> {
        let (request, mut body) = (self.request?, body.into());
        self.http
            .upload_decoded(&request, &mut body, &mut |received| received.ignore())
    }

    /// Downloads the content at the URL that `find` gets from this call. Calls `find` again if the URL has expired.
    pub(crate) fn download(
        self,
        find: impl Fn() -> Result<String>,
        writer: &mut DownloadWriter<'_>,
    ) -> Result<u64> {
        self.http.download(&self.request?, find, writer)
    }

    /// Sends the request, then uploads the content to the signed URL in the response.
    pub(crate) fn send_then_put<T: DeserializeOwned>(
        self,
        mut body: UploadBody,
        url: impl FnOnce(&T) -> &str,
    ) -> Result<T> {
        let request = self.request?;
        let response: T = self.http.send(&request)?;
        self.http.put_content(&request, url(&response), &mut body)?;
        Ok(response)
    }

    /// Returns the items of a list.
    pub(crate) fn list<T: DeserializeOwned>(self) -> Items<T> {
        Items::new(self.http, self.request)
    }

    /// Sends the request, which starts an operation.
    pub(crate) fn operation<T: DeserializeOwned + Clone>(self) -> Result<Operation<T>> {
        Operation::start(&self.http, &self.request?)
    }

    /// Sends the request with a streamed body, which starts an operation. `known_field` is a field of the result that the
    /// request already names.
    #[cfg(feature = "upload")]
    pub(crate) fn upload_operation<T: DeserializeOwned + Clone>(
        self,
        body: &mut UploadBody,
        known_field: Option<(&'static str, String)>,
    ) -> Result<Operation<T>> {
        Operation::start_upload(&self.http, &self.request?, body, known_field)
    }
}

/// The text of a filter. It may be missing or invalid.
pub(crate) trait IntoFilter {
    fn into_filter(self) -> Result<Option<String>>;
}

impl IntoFilter for String {
    fn into_filter(self) -> Result<Option<String>> {
        Ok(Some(self))
    }
}

impl IntoFilter for Option<&str> {
    fn into_filter(self) -> Result<Option<String>> {
        Ok(self.map(str::to_owned))
    }
}

impl IntoFilter for Option<String> {
    fn into_filter(self) -> Result<Option<String>> {
        Ok(self)
    }
}

/// Reports an invalid filter when the call is sent.
impl<F: IntoFilter> IntoFilter for Result<F> {
    fn into_filter(self) -> Result<Option<String>> {
        self?.into_filter()
    }
}
