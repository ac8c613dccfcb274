//! A redirect URI on loopback.

use crate::error::{Error, Result};
use crate::http::without_secrets;

/// A redirect URI of the form `http://host:port/path`.
#[derive(Debug, Clone)]
pub(super) struct RedirectAddress {
    host: String,
    /// 0 until a free port is chosen.
    pub(super) port: u16,
    /// Port 80 is the default and not written.
    omits_port: bool,
    /// The path with the query, if there is one.
    rest: String,
}

impl RedirectAddress {
    /// Parses a redirect URI, with the port to listen on: 0 for the URI's own.
    pub(super) fn new(uri: &str, port: u16) -> Result<Self> {
        Self::parse(uri, port).map_err(|reason| {
            let uri = without_secrets(uri);
            let message = format!("cannot listen on the redirect URI {uri:?}: {reason}");
            Error::invalid_input(message)
        })
    }

    fn parse(uri: &str, port: u16) -> Result<Self, &'static str> {
        let rest = uri.strip_prefix("http://");
        let rest = rest.ok_or("it does not start with http://localhost or http://127.0.0.1")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end).unwrap_or_default();
        let (host, given_port) = match authority.split_once(':') {
            Some((host, given_port)) => (
                host,
                given_port
                    .parse::<u16>()
                    .map_err(|_| "its port is not a valid number")?,
            ),
            None => (authority, 0),
        };
        if !matches!(host, "localhost" | "127.0.0.1") {
            return Err("its host is neither localhost nor 127.0.0.1");
        }
        if authority.contains(':') && given_port == 0 {
            return Err("its port is not a valid number");
        }
        if given_port != 0 && port != 0 && given_port != port {
            return Err("its port differs from the port to listen on");
        }
        Ok(Self {
            host: host.to_owned(),
            port: given_port.max(port),
            omits_port: given_port == 0 && port == 80,
            rest: rest.to_owned(),
        })
    }

    /// Sets the port.
    pub(super) fn with_port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    pub(super) fn uri(&self) -> String {
        if self.omits_port {
            return format!("http://{}{}", self.host, self.rest);
        }
        format!("http://{}:{}{}", self.host, self.port, self.rest)
    }

    /// Whether this is the `host` header of a browser that follows the redirect.
    pub(super) fn is_host(&self, header: &str) -> bool {
        let (host, port) = header.split_once(':').unwrap_or((header, "80"));
        host.eq_ignore_ascii_case(&self.host) && port.parse() == Ok(self.port)
    }

    /// Whether this is the path of the redirect URI.
    pub(super) fn is_path(&self, path: &str) -> bool {
        let own = self.rest.split('?').next().unwrap_or_default();
        path == if own.is_empty() { "/" } else { own }
    }
}
