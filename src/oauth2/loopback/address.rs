//! A redirect URI of loopback.

use crate::error::{Error, Result};

/// `http://host:port/path`.
#[derive(Debug, Clone)]
pub(super) struct Address {
    host: String,
    /// 0 until a free one is taken.
    pub(super) port: u16,
    /// Port 80 need not be written.
    is_bare: bool,
    /// With a query, if the URI has one.
    rest: String,
}

impl Address {
    /// The redirect URI, with the port to listen on: 0 for the URI's own.
    pub(super) fn of(uri: &str, port: u16) -> Result<Self> {
        let refused = |why: &str| {
            Err(Error::invalid_input(format!(
                "the redirect URI {uri:?} cannot be listened on: {why}"
            )))
        };
        let Some(rest) = uri.strip_prefix("http://") else {
            return refused("it does not begin with http://localhost or http://127.0.0.1");
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end).unwrap_or_default();
        let (host, named) = match authority.split_once(':') {
            Some((host, named)) => (host, Some(named.parse::<u16>())),
            None => (authority, None),
        };
        if !matches!(host, "localhost" | "127.0.0.1") {
            return refused("its host is neither localhost nor 127.0.0.1");
        }
        let has_port = named.is_some();
        let port = match (named, port) {
            (Some(Err(_) | Ok(0)), _) => return refused("its port is no port"),
            (Some(Ok(named)), 0) => named,
            (Some(Ok(named)), port) if named != port => {
                return refused(&format!("it names another port than {port}"));
            }
            (_, port) => port,
        };
        Ok(Self {
            host: host.to_owned(),
            port,
            is_bare: port == 80 && !has_port,
            rest: rest.to_owned(),
        })
    }

    /// With the port that is listened on.
    pub(super) fn on(self, port: u16) -> Self {
        Self { port, ..self }
    }

    pub(super) fn uri(&self) -> String {
        if self.is_bare {
            return format!("http://{}{}", self.host, self.rest);
        }
        format!("http://{}:{}{}", self.host, self.port, self.rest)
    }

    /// Whether this is what a browser that is sent there names as its host.
    pub(super) fn is_host(&self, named: &str) -> bool {
        let (host, port) = named.split_once(':').unwrap_or((named, "80"));
        host.eq_ignore_ascii_case(&self.host) && port.parse() == Ok(self.port)
    }

    /// Whether this is the path to come back to.
    pub(super) fn is_path(&self, path: &str) -> bool {
        let own = self.rest.split('?').next().unwrap_or_default();
        path == if own.is_empty() { "/" } else { own }
    }
}
