//! Uploads to signed URLs: once, and without the credential. No error contains any part of the URL.

use super::download::signed_url::SignedUrl;
use super::executor::HttpClient;
use super::request::Request;
use super::upload_body::UploadBody;
use crate::endpoint::{EndpointRef, Method};
use crate::error::{ErrorKind, Result};

impl HttpClient {
    /// Sends content to the URL that the call `location_request` returned. Errors name that call.
    pub(crate) fn put_content(
        &self,
        location_request: &Request,
        location: &str,
        body: &mut UploadBody,
    ) -> Result<()> {
        let mut put = || {
            let location = SignedUrl::parse(location, self.is_loopback())?;
            let request = Request::new(EndpointRef::custom(Method::Put, "")).anonymous();
            let http = self.clone().without_retries();
            http.with_retries(&request, &mut |_| {
                let sent = self.transport.put(&location, body);
                sent.map_err(|error| super::download::with_host(error, &location))
            })
        };
        put().map_err(|error| {
            self.redact(error).map(|inner| {
                let is_sent = inner.kind != ErrorKind::InvalidInput;
                inner.endpoint = is_sent.then(|| location_request.endpoint.clone());
                inner.path = is_sent.then(|| location_request.path().to_owned());
                // Content that nothing refers to has no effect, and soon expires.
                inner.outcome_unknown = false;
            })
        })
    }
}
