//! Requests whose bodies, and the bodies of their answers, are secrets.

use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use ureq::unversioned::resolver::DefaultResolver;

use super::mask::{Mask, connector};
use super::{ERROR_BODY_LIMIT, Transport, invalid_request, request_builder};
use crate::error::Result;
use crate::http::buffer_pool::ReadError;
use crate::http::config::{MAX_TIMEOUT, MIN_TIMEOUT};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::secret_body::SecretBody;

impl Transport {
    /// Sends it over a connection of its own, masked against the log of the layer below.
    pub(in crate::http) fn confide(
        &self,
        request: &Request,
        body: &SecretBody,
        url: &str,
        left: Option<Duration>,
    ) -> Result<Response> {
        let limit = left
            .unwrap_or(MAX_TIMEOUT)
            .clamp(MIN_TIMEOUT, self.shared.timeouts.request);
        let deadline = Instant::now().checked_add(limit);
        let mask = Mask::new();
        let agent = Agent::with_parts(
            self.shared.fresh_config.clone(),
            connector(&mask),
            DefaultResolver::default(),
        );
        let message = request_builder(&request.endpoint, url, None)?
            .header(CONTENT_TYPE, body.content_type())
            // Nothing below can inflate what is masked.
            .header(ACCEPT_ENCODING, "identity")
            .body(mask.outgoing(body.bytes()))
            .map_err(|error| invalid_request(&error))?;
        let configured = agent
            .configure_request(message)
            .timeout_recv_response(Some(limit))
            .timeout_per_read(Some(limit))
            .build();
        let mut response = agent.run(configured).map_err(|error| self.broken(error))?;
        let (mut answer, content_length) = super::read_head(&response, &[]);
        let reader = response.body_mut().with_config();
        let mut reader = mask.incoming(reader.limit(ERROR_BODY_LIMIT).reader());
        answer.body = match self
            .shared
            .buffers
            .read(&mut reader, content_length, deadline)
        {
            Ok(body) => body,
            Err(ReadError { body, .. }) if answer.headers.is_some() => body,
            // What arrived is not told: it may be half of a secret.
            Err(ReadError { error, .. }) => return Err(self.broken(error.into())),
        };
        Ok(answer)
    }
}
