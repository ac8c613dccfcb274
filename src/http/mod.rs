//! The thin layer on ureq: every call of the crate becomes an HTTP exchange here, and every answer a value or an error.

mod body;
mod endpoint;
mod failure;
#[cfg(feature = "upload")]
mod multipart;
mod origin;
mod request;
mod send;
mod settings;

use serde::de::DeserializeOwned;

use crate::auth::Credential;
use crate::error::{Error, ErrorKind, Result};
use failure::Failure;
use send::{Answer, Transport};

pub(crate) use endpoint::Endpoint;
pub(crate) use failure::{kind_of_message, unquoted};
#[cfg(feature = "upload")]
pub(crate) use multipart::Form;
pub(crate) use origin::Origin;
pub(crate) use request::Request;
pub(crate) use settings::{ProxyChoice, Settings};

/// What a [`Client`](crate::Client) sends its calls through.
#[derive(Debug)]
pub(crate) struct Http {
    transport: Transport,
    origin: Origin,
    credential: Credential,
}

impl Http {
    pub(crate) fn new(origin: Origin, credential: Credential, settings: &Settings) -> Result<Self> {
        let transport = Transport::new(&origin, &credential, settings)?;
        Ok(Self {
            transport,
            origin,
            credential,
        })
    }

    /// Where requests go, for people.
    pub(crate) fn base_url(&self) -> &str {
        self.origin.base()
    }

    /// Sends a call without a body and decodes its answer.
    pub(crate) fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        self.send_and(request, |body| serde_json::from_slice(body))
    }

    /// The same, decoded by `decode`.
    pub(crate) fn send_and<T>(
        &self,
        request: &Request,
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<T> {
        let url = self.origin.url(request.target());
        self.settle(request, self.transport.call(request.endpoint, url), decode)
    }

    /// Sends a form and decodes the answer.
    #[cfg(feature = "upload")]
    pub(crate) fn upload<T: DeserializeOwned>(
        &self,
        request: &Request,
        form: &mut Form,
    ) -> Result<T> {
        let url = self.origin.url(request.target());
        self.settle(
            request,
            self.transport.upload(request.endpoint, url, form),
            |body| serde_json::from_slice(body),
        )
    }

    /// The choke point: turns whatever came back into a value or an error.
    fn settle<T>(
        &self,
        request: &Request,
        answer: Result<Answer>,
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<T> {
        answer
            .and_then(|answer| match &answer.headers {
                Some(headers) => Err(Failure::parse(&answer.body).error(answer.status, headers)),
                None => self.decode(answer.body, decode),
            })
            .map_err(|error| {
                self.clean(error).with(|facts| {
                    facts.endpoint = Some(request.endpoint);
                    facts.attempts = u32::from(facts.kind != ErrorKind::InvalidInput);
                })
            })
    }

    /// Makes sure that an error holds neither the credential nor too much text, whatever the service sent.
    pub(crate) fn clean(&self, error: Error) -> Error {
        error.with(|facts| failure::clean(facts, self.credential.secret()))
    }

    fn decode<T>(
        &self,
        body: Vec<u8>,
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<T> {
        let json = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body);
        let is_empty = json.iter().all(u8::is_ascii_whitespace);
        let value = decode(if is_empty { b"null" } else { json }).map_err(|error| {
            let message = if is_empty {
                "the answer is empty".to_owned()
            } else {
                error.to_string()
            };
            Error::new(ErrorKind::Decode, message)
                .with(|facts| facts.body = Some(String::from_utf8_lossy(json).into_owned()))
        });
        self.transport.recycle(body);
        value
    }
}
