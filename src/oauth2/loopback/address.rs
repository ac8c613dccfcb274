//! A redirect URI of loopback.

use crate::error::{Error, Result};

/// `http://host:port/path`.
#[derive(Debug, Clone)]
pub(super) struct RedirectAddress {
    host: String,
    /// 0 until a free one is taken.
    pub(super) port: u16,
    /// Port 80 need not be written.
    omits_port: bool,
    /// With a query, if the URI has one.
    rest: String,
}

impl RedirectAddress {
    /// The redirect URI, with the port to listen on: 0 for the URI's own.
    pub(super) fn new(uri: &str, port: u16) -> Result<Self> {
        Self::parse(uri, port).map_err(|why| {
            Error::invalid_input(format!(
                "the redirect URI {uri:?} cannot be listened on: {why}"
            ))
        })
    }

    fn parse(uri: &str, port: u16) -> Result<Self, &'static str> {
        let rest = uri.strip_prefix("http://");
        let rest = rest.ok_or("it does not begin with http://localhost or http://127.0.0.1")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end).unwrap_or_default();
        let (host, given_port) = match authority.split_once(':') {
            Some((host, given_port)) => (
                host,
                given_port
                    .parse::<u16>()
                    .map_err(|_| "its port is no port")?,
            ),
            None => (authority, 0),
        };
        if !matches!(host, "localhost" | "127.0.0.1") {
            return Err("its host is neither localhost nor 127.0.0.1");
        }
        if authority.contains(':') && given_port == 0 {
            return Err("its port is no port");
        }
        if given_port != 0 && port != 0 && given_port != port {
            return Err("it names another port than the one to listen on");
        }
        Ok(Self {
            host: host.to_owned(),
            port: given_port.max(port),
            omits_port: given_port == 0 && port == 80,
            rest: rest.to_owned(),
        })
    }

    /// With the port that is listened on.
    pub(super) fn with_port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    pub(super) fn uri(&self) -> String {
        if self.omits_port {
            return format!("http://{}{}", self.host, self.rest);
        }
        format!("http://{}:{}{}", self.host, self.port, self.rest)
    }

    /// Whether this is what a browser that is sent there names as its host.
    pub(super) fn is_host(&self, given_port: &str) -> bool {
        let (host, port) = given_port.split_once(':').unwrap_or((given_port, "80"));
        host.eq_ignore_ascii_case(&self.host) && port.parse() == Ok(self.port)
    }

    /// Whether this is the path to come back to.
    pub(super) fn is_path(&self, path: &str) -> bool {
        let own = self.rest.split('?').next().unwrap_or_default();
        path == if own.is_empty() { "/" } else { own }
    }
}
