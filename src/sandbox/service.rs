//! Handles the requests to a sandbox: faults, credentials and rate limits come before the endpoint.

use std::io;
use std::sync::Arc;

use super::api::call::{Call, Caller};
use super::api::rejection::{Rejection, gateway};
use super::api::route::{Entry, Found, Route};
use super::error_body;
use super::fault::FaultKind;
use super::rate_limits;
use super::routes::TABLE;
use super::server::{Delivery, Handler, Head, Link, Reply, RequestBody, Response};
use super::state::Shared;
use super::template::Params;

#[derive(Debug)]
pub(crate) struct Service(Arc<Shared>);

impl Handler for Service {
    fn handle(&self, head: &Head, body: &mut dyn RequestBody) -> io::Result<Reply> {
        let found = TABLE.find(&head.method, head.path_and_query().0);
        let fault = self.0.state().receive(head, found.template());
        let fault = fault.map(|fault| fault.kind);
        if let Some(reply) = reply_without_effect(fault.as_ref(), head) {
            return Ok(reply);
        }
        let empty_page = matches!(fault, Some(FaultKind::EmptyPage));
        match self.respond(found, (head, body), empty_page) {
            Ok(response) | Err(Rejection::Response(response)) => {
                let response = response.header("x-sandbox-run", self.0.run.clone());
                Ok(reply_with_effect(fault.as_ref(), response))
            }
            Err(Rejection::Io(error)) => Err(error),
        }
    }

    fn link(&self) -> Link {
        let settings = self.0.state().settings;
        Link {
            latency: settings.latency,
            bandwidth: settings.bandwidth,
        }
    }

    fn reject(&self, status: u16, message: &str) -> Response {
        error_body::gateway(status, message)
    }
}

impl Service {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self(shared)
    }

    fn respond(
        &self,
        found: Found<'_>,
        (head, body): (&Head, &mut dyn RequestBody),
        empty_page: bool,
    ) -> Result<Response, Rejection> {
        let (route, entry, params) = supported(found)?;
        let caller = self.authorize(head, route, entry)?;
        let permit = rate_limits::acquire(&self.0, head, &caller, entry)?;
        let mut call = Call::new(&self.0, (head, body), (caller, params), empty_page);
        let response = match (route.handler)(&mut call) {
            Ok(response) | Err(Rejection::Response(response)) => response,
            Err(error) => return Err(error),
        };
        Ok(permit.finish(&self.0, response))
    }

    fn authorize(&self, head: &Head, route: Route, entry: &Entry) -> Result<Caller, Response> {
        if !route.needs_credential {
            return Ok(Caller::Anyone);
        }
        let key = Some(self.0.api_key.as_str());
        if head.header("x-api-key") == key || head.bearer_token() == key {
            return Ok(Caller::ApiKey);
        }
        #[cfg(feature = "oauth2")]
        return super::oauth2::access::authorize(&self.0.state(), head, entry);
        #[cfg(not(feature = "oauth2"))]
        {
            let _ = entry;
            Err(error_body::unauthorized(head.path_and_query().0))
        }
    }
}

/// Returns the route, or the rejection of a request without a route.
fn supported(found: Found<'_>) -> Result<(Route, &Entry, Params), Rejection> {
    Err(match found {
        Found::Route(route, entry, params) => return Ok((route, entry, params)),
        Found::Unsupported(entry) => {
            let Entry {
                method, template, ..
            } = entry;
            let operation = format!("{method} {}", template.text);
            let message = format!(
                "Not implemented: the sandbox does not support {operation}; \
                 `Sandbox::fail_on` with `Fault::raw`, or the fault `raw` of `POST /sandbox/faults`, sets a response"
            );
            gateway(404, &message)
        }
        Found::WrongMethod(allowed) => {
            let response = error_body::gateway(405, "Method not allowed");
            response.header("allow", allowed.join(", ")).into()
        }
        Found::UnknownPath => gateway(404, "Not Found: the path belongs to no known operation"),
    })
}

/// Returns the reply of a fault that keeps the request from having an effect.
fn reply_without_effect(fault: Option<&FaultKind>, head: &Head) -> Option<Reply> {
    let delivery = match fault? {
        FaultKind::Response(response) => return Some(response.clone().into()),
        FaultKind::RateLimited(seconds) => {
            return Some(rate_limits::fault_response(head, *seconds).into());
        }
        FaultKind::CloseConnection => Delivery::Close,
        FaultKind::NeverRespond => Delivery::Silence,
        _ => return None,
    };
    Some(Reply::new(Response::empty(200), delivery))
}

/// Returns what a fault leaves of the response to a request that took effect.
fn reply_with_effect(fault: Option<&FaultKind>, mut response: Response) -> Reply {
    let delivery = match fault {
        Some(FaultKind::LostResponse) => Delivery::Close,
        Some(FaultKind::CutBody) => Delivery::Half,
        _ => Delivery::Complete,
    };
    if matches!(fault, Some(FaultKind::TruncatedJson)) {
        response.body.truncate(response.body.len() / 2);
    }
    Reply::new(response, delivery)
}
