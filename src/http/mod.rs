//! The thin layer on ureq: sends requests and turns responses into values or errors.

mod api_error;
mod attempt;
mod authenticator;
mod base_url;
mod buffer_pool;
mod call_error;
mod config;
mod download;
mod error_body;
mod error_subject;
mod event;
mod executor;
mod idempotency_key;
mod limiter;
#[cfg(feature = "upload")]
mod multipart;
mod percent_encode;
mod rate_limit;
mod received;
mod redact;
mod request;
mod response;
mod retry;
mod retry_after;
mod retry_loop;
mod retry_policy;
mod retry_quota;
mod secret_body;
mod signed_upload;
mod stop;
mod stream;
mod tls;
mod transport;
mod upload_body;

pub(crate) use api_error::{entry_error, error_in_object};
pub(crate) use base_url::{Hosts, without_secrets};
#[cfg(feature = "rustls")]
pub(crate) use config::PemText;
pub(crate) use config::{ProxyChoice, Settings};
pub(crate) use download::{DownloadWriter, OnProgress};
pub(crate) use error_body::{kind_of_message, unquoted};
pub use event::ClientEvent;
pub(crate) use event::EventHook;
pub(crate) use executor::HttpClient;
pub(crate) use idempotency_key::idempotency_key;
pub(crate) use limiter::LimiterChoice;
#[cfg(feature = "upload")]
pub(crate) use multipart::Form;
pub(crate) use percent_encode::decode as percent_decode;
#[cfg(feature = "oauth2")]
pub(crate) use percent_encode::query_pairs;
pub(crate) use received::{OTHER_TYPE_ADVICE, Received, filled};
pub(crate) use request::{Request, query_value};
pub use retry_policy::RetryPolicy;
pub(crate) use secret_body::SecretBody;
pub(crate) use stop::StopSignal;
#[cfg(feature = "sandbox")]
pub(crate) use transport::Forwarder;
pub(crate) use upload_body::UploadBody;
