//! The HTTP interface under `/sandbox/`, by which a test in any language, or a person with the web page, controls a sandbox.

mod clock;
mod faults;
mod input;
pub(crate) mod log;
mod scripts;
mod settings;
mod state;

use std::io;
use std::sync::Arc;

use serde_json::{Value, json};

use super::server::{Handler, Head, Link, Reply, RequestBody, Response};
use super::state::Shared;
use input::{BadInput, Input};
use log::Log;

/// The web page: one file, without a framework.
const PAGE: &str = include_str!("page.html");
const PREFIX: &str = "/sandbox";

/// Puts the interface in front of the service.
#[derive(Debug)]
pub(crate) struct ControlApi {
    shared: Arc<Shared>,
    service: Arc<dyn Handler>,
    log: Log,
}

impl Handler for ControlApi {
    fn handle(&self, head: &Head, body: &mut dyn RequestBody) -> io::Result<Reply> {
        let (path, _) = head.path_and_query();
        match path.strip_prefix(PREFIX) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                Ok(self.respond(head, rest.trim_matches('/'), body)?.into())
            }
            _ => self.log.record(&self.shared, &*self.service, head, body),
        }
    }

    fn link(&self) -> Link {
        self.service.link()
    }

    fn reject(&self, status: u16, message: &str) -> Response {
        self.service.reject(status, message)
    }
}

impl ControlApi {
    pub(crate) fn new(shared: Arc<Shared>, service: Arc<dyn Handler>) -> Self {
        Self {
            shared,
            service,
            log: Log::default(),
        }
    }

    fn respond(&self, head: &Head, name: &str, body: &mut dyn RequestBody) -> io::Result<Response> {
        if let Some(response) = reject_foreign(head) {
            return Ok(response);
        }
        let input = Input::read(head, body)?;
        Ok(match self.route(head, name, &input) {
            Ok(response) => response,
            Err(BadInput(message)) => error(400, &message),
        })
    }

    fn route(&self, head: &Head, name: &str, input: &Input) -> Result<Response, BadInput> {
        let value = match (head.method.as_str(), name) {
            ("GET", "") => return Ok(page()),
            ("GET", "info") => self.info(),
            ("GET", "state") => state::get(&self.shared)?,
            ("PUT", "state") => state::replace(&self.shared, input)?,
            ("PATCH", "state") => state::merge(&self.shared, input)?,
            ("POST", "reset") => {
                self.log.clear();
                state::reset(&self.shared)?
            }
            ("GET", "requests") => self.log.list(head),
            ("DELETE", "requests") => {
                self.log.clear();
                self.shared.state().requests.clear();
                json!({})
            }
            ("GET", "clock") => clock::get(&self.shared),
            ("POST", "clock") => clock::change(&self.shared, input)?,
            ("GET", "faults") => faults::count(&self.shared),
            ("POST", "faults") => faults::add(&self.shared, input)?,
            ("DELETE", "faults") => faults::clear(&self.shared),
            ("POST", "scripts") => scripts::add(&self.shared, input)?,
            ("DELETE", "scripts") => scripts::clear(&self.shared),
            ("GET", "settings") => settings::get(&self.shared),
            ("PATCH", "settings") => settings::change(&self.shared, input)?,
            (_, known) => return Ok(unknown(known)),
        };
        Ok(value.into())
    }

    fn info(&self) -> Value {
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "url": format!("http://{}", self.shared.address),
            "apiKey": self.shared.api_key,
            "run": self.shared.run,
        })
    }
}

/// Rejects requests of web pages of other origins, and of pages that use DNS rebinding: only programs and the page of the
/// sandbox itself may control it.
fn reject_foreign(head: &Head) -> Option<Response> {
    let is_local = |host: &str| {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "127.0.0.1" | "localhost" | "[::1]" | "")
    };
    let host = head.header("host").unwrap_or_default();
    let origin = head.header("origin");
    let is_own = origin.is_none_or(|origin| origin == format!("http://{host}"));
    (!is_local(host) || !is_own).then(|| {
        error(
            403,
            "Only programs on this machine and the page of the sandbox may control it.",
        )
    })
}

fn page() -> Response {
    let page = Response::new(200, "text/html; charset=utf-8", PAGE.into());
    page.header("cache-control", "no-store")
}

fn error(status: u16, message: &str) -> Response {
    Response::json(status, &json!({ "message": message }))
}

fn unknown(name: &str) -> Response {
    const METHODS: [(&str, &str); 9] = [
        ("", "GET"),
        ("info", "GET"),
        ("state", "GET, PUT, PATCH"),
        ("reset", "POST"),
        ("requests", "GET, DELETE"),
        ("clock", "GET, POST"),
        ("faults", "GET, POST, DELETE"),
        ("scripts", "POST, DELETE"),
        ("settings", "GET, PATCH"),
    ];
    match METHODS.iter().find(|(known, _)| *known == name) {
        Some((_, methods)) => {
            error(405, &format!("/sandbox/{name} takes {methods}.")).header("allow", *methods)
        }
        None => error(
            404,
            "Under /sandbox/ there are info, state, reset, requests, clock, faults, scripts and settings.",
        ),
    }
}
