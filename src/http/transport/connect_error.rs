//! Maps the errors of connecting. Nothing was sent, so the request can be sent again.

use std::borrow::Cow;
use std::io;
use std::time::Duration;

use ureq::Error as UreqError;

use super::connector::{ConnectError, is_tls_error};
use super::transport_error::{failed, is_closed};
use crate::error::{Error, ErrorKind, Retryability};
use crate::file_io::is_out_of_files;
use crate::http::error_subject::has_any;

const CHECK_PROXY: &str =
    "Check the proxy: the setting `proxy`, or `HTTPS_PROXY` and the like in the environment";

const CHECK_HOST: &str = "Check the host of the base URL";

const CHECK_SERVER: &str = "Is the server running? Check the port of the base URL";

/// The party that a connection failed at.
enum Party {
    Host,
    /// The proxy with this host and port.
    Proxy(String),
}

impl Party {
    fn name(&self) -> String {
        match self {
            Self::Host => "the server".to_owned(),
            Self::Proxy(proxy) => format!("the proxy {proxy}"),
        }
    }

    /// Returns the error for the party, with advice.
    fn failed(&self, retryability: Retryability, host: &str, proxy: &str) -> Error {
        match self {
            Self::Host => failed(ErrorKind::Transport, retryability, host),
            Self::Proxy(name) => {
                let message = format!("the proxy {name} {proxy}");
                failed(ErrorKind::Transport, retryability, &message).with_advice(CHECK_PROXY)
            }
        }
    }
}

/// The timeout of connecting, and the setting that it follows from.
pub(super) struct ConnectLimit {
    pub(super) time: Duration,
    pub(super) setting: &'static str,
}

/// Maps an error of connecting.
pub(super) fn connect_error(
    error: ConnectError,
    limit: &ConnectLimit,
    has_own_roots: bool,
    is_loopback: bool,
) -> Error {
    let party = error.proxy.map_or(Party::Host, Party::Proxy);
    if is_tls_error(&error.error) {
        return tls_error(&party, error.error, has_own_roots);
    }
    let not_sent = Retryability::NotSent;
    match error.error {
        UreqError::Timeout(_) => timed_out(&party, limit),
        UreqError::HostNotFound => unresolved(&party),
        UreqError::Io(error) if is_loopback && error.kind() == io::ErrorKind::ConnectionRefused => {
            let refused = io_error(&party, &error).with_source(error);
            match party {
                Party::Host => refused.with_advice(CHECK_SERVER),
                Party::Proxy(_) => refused,
            }
        }
        UreqError::Io(error) => io_error(&party, &error).with_source(error),
        UreqError::ConnectProxyFailed(reason) => tunnel_error(&party, &reason),
        UreqError::Protocol(_) => party.failed(
            not_sent,
            "the server's response is not valid HTTP",
            "does not respond with HTTP",
        ),
        other => {
            let message = format!("{} cannot be reached ({other})", party.name());
            failed(ErrorKind::Transport, Retryability::Permanent, &message)
        }
    }
}

fn timed_out(party: &Party, limit: &ConnectLimit) -> Error {
    let time = limit.time;
    let (message, advice) = match party {
        Party::Host => (
            format!("no connection within {time:?}"),
            Cow::from(format!(
                "Check the network, or allow more time with the setting `{}`",
                limit.setting
            )),
        ),
        Party::Proxy(proxy) => (
            format!("no connection through the proxy {proxy} within {time:?}"),
            Cow::from(CHECK_PROXY),
        ),
    };
    failed(ErrorKind::Timeout, Retryability::NotSent, &message).with_advice(advice)
}

/// Returns the error of a host name that cannot be resolved.
fn unresolved(party: &Party) -> Error {
    party.failed(
        Retryability::NotSent,
        "the host name could not be resolved",
        "has a name that could not be resolved",
    )
}

/// Returns the error of a host name that cannot be resolved, before any connection.
pub(super) fn host_unresolved() -> Error {
    unresolved(&Party::Host)
}

fn io_error(party: &Party, error: &io::Error) -> Error {
    let not_sent = Retryability::NotSent;
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            party.failed(not_sent, "connection refused", "refused the connection")
        }
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => party.failed(
            not_sent,
            "the network does not reach the host",
            "cannot be reached from this network",
        ),
        io::ErrorKind::PermissionDenied => party.failed(
            Retryability::Permanent,
            "this machine does not allow the connection",
            "may not be connected to from this machine",
        ),
        _ if is_unresolved(error) => unresolved(party),
        _ if is_out_of_files(error) => failed(
            ErrorKind::Transport,
            not_sent,
            "this process has too many open files for another connection",
        )
        .with_advice("Use fewer connections at once, or raise the limit of open files"),
        _ if is_closed(error) => closed_in_handshake(party),
        _ => {
            let message = format!("{} cannot be reached", party.name());
            failed(ErrorKind::Transport, not_sent, &message)
        }
    }
}

fn closed_in_handshake(party: &Party) -> Error {
    let error = party.failed(
        Retryability::NotSent,
        "the server closed the connection during the TLS handshake",
        "closed the connection",
    );
    match party {
        Party::Host => error.with_advice("Check scheme and port of the base URL"),
        Party::Proxy(_) => error,
    }
}

/// Maps the error of a proxy that did not open a tunnel.
fn tunnel_error(party: &Party, reason: &str) -> Error {
    let status = reason
        .rsplit('/')
        .next()
        .and_then(|status| status.parse::<u16>().ok());
    let message = match status {
        Some(407) => format!("{} requires a user name and a password", party.name()),
        Some(status) => format!(
            "{} did not connect to the server; it responded {status}",
            party.name()
        ),
        None => format!("{} closed the connection without a response", party.name()),
    };
    let retryability = match status {
        None | Some(500..) => Retryability::NotSent,
        Some(_) => Retryability::Permanent,
    };
    let advice = match status {
        Some(407) => "Put them into the proxy's URL, such as http://user:password@host:3128",
        _ => CHECK_PROXY,
    };
    failed(ErrorKind::Transport, retryability, &message).with_advice(advice)
}

/// Maps an error of TLS by the words of rustls.
fn tls_error(party: &Party, error: UreqError, has_own_roots: bool) -> Error {
    let text = error.to_string();
    let has = |words: &[&str]| has_any(&text, words);
    let name = party.name();
    let clock =
        "Check the clock of this machine; if it is right, the certificate has to be renewed";
    let (message, advice) = if has(&["UnknownIssuer", "BadSignature"]) {
        (
            format!("{name}'s TLS certificate is signed by an authority that is not trusted here"),
            trust_advice(has_own_roots),
        )
    } else if has(&["certificate expired"]) {
        (format!("{name}'s TLS certificate has expired"), clock)
    } else if has(&["not valid yet"]) {
        (format!("{name}'s TLS certificate is not valid yet"), clock)
    } else if has(&["not valid for name", "invalid dns name"]) {
        (
            format!("{name}'s TLS certificate is for another host name"),
            CHECK_HOST,
        )
    } else if has(&["corrupt message", "unexpected message"]) {
        (
            format!("{name} does not speak TLS on this port"),
            "Check scheme and port: plain http may be expected there",
        )
    } else if has(&["peer certificate", "no certificates"]) {
        (format!("{name}'s TLS certificate is not valid"), "")
    } else if has(&["fatal alert"]) {
        (format!("{name} rejected the TLS handshake"), CHECK_HOST)
    } else {
        (format!("TLS with {name} failed"), "")
    };
    let error = match error {
        UreqError::Io(error) => {
            failed(ErrorKind::Transport, Retryability::Permanent, &message).with_source(error)
        }
        error => failed(ErrorKind::Transport, Retryability::Permanent, &message).with_source(error),
    };
    match (advice, party) {
        ("", _) => error,
        (CHECK_HOST, Party::Proxy(_)) => error.with_advice(CHECK_PROXY),
        (advice, _) => error.with_advice(advice),
    }
}

const fn trust_advice(has_own_roots: bool) -> &'static str {
    if has_own_roots {
        "The certificates of the setting `root_certificates` replace the built-in ones; add the one that signed this"
    } else if cfg!(feature = "platform-verifier") {
        "If a company proxy inspects TLS, install its certificate in this system, or pass it to the setting `root_certificates`"
    } else {
        "If a company proxy inspects TLS, enable the feature `platform-verifier` of rblx-open-cloud, which trusts what this \
         system trusts, or pass the proxy's certificate to the setting `root_certificates`"
    }
}

/// Whether a name could not be resolved. The standard library has no kind for this, only a text, and on Windows a code.
pub(super) fn is_unresolved(error: &io::Error) -> bool {
    let windows = [11001, 11002, 11003, 11004];
    error
        .raw_os_error()
        .is_some_and(|code| cfg!(windows) && windows.contains(&code))
        || error.to_string().contains("lookup address information")
}
