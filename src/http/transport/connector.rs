//! How connections are made, and who is to blame if one is not: the host or the proxy.

use std::fmt;
use std::time::Duration;

use ureq::config::Config;
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, TcpConnector, Transport,
};
use ureq::{Error, Proxy};

use super::early_response::{BrokenWriteConnector, EarlyResponseConnector};
use super::error_body_limit::ErrorBodyLimitConnector;

/// Opens a connection: TCP or a tunnel through a proxy, then TLS.
pub(super) fn tls_connector(config: &Config) -> impl Connector {
    let connector =
        ().chain(ConnectProxyConnector::default())
            .chain(TcpConnector::default())
            .chain(BrokenWriteConnector);
    #[cfg(feature = "rustls")]
    let connector = connector.chain(ureq::unversioned::transport::RustlsConnector::default());
    BlamingConnector {
        inner: connector,
        proxy: config.proxy().cloned(),
    }
}

/// Opens a connection that hears early responses and limits the time for the bodies of errors.
pub(super) fn http_connector(config: &Config, error_body_time: Duration) -> impl Connector {
    tls_connector(config)
        .chain(EarlyResponseConnector)
        .chain(ErrorBodyLimitConnector(error_body_time))
}

/// Why there is no connection. Nothing of the request was sent.
#[derive(Debug)]
pub(super) struct ConnectError {
    pub(super) error: Error,
    /// Host and port of the proxy, if it is to blame.
    pub(super) proxy: Option<String>,
}

impl fmt::Display for ConnectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl std::error::Error for ConnectError {}

/// Connects, and says with an error whether it is the proxy's.
#[derive(Debug)]
struct BlamingConnector<C> {
    inner: C,
    proxy: Option<Proxy>,
}

impl<C: Connector> Connector for BlamingConnector<C>
where
    C::Out: Transport,
{
    type Out = C::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<C::Out>, Error> {
        self.inner
            .connect(details, chained)
            .map_err(|error| match error {
                // The connection to the proxy comes through here as well.
                Error::Other(other) if other.is::<ConnectError>() => Error::Other(other),
                error => Error::Other(Box::new(ConnectError {
                    proxy: self.blamed_proxy(details, &error),
                    error,
                })),
            })
    }
}

impl<C> BlamingConnector<C> {
    fn blamed_proxy(&self, details: &ConnectionDetails<'_>, error: &Error) -> Option<String> {
        let proxy = self.proxy.as_ref()?;
        let is_blamed = match details.config.proxy() {
            // ureq connects to the proxy itself without a proxy.
            None => true,
            Some(proxy) if proxy.is_no_proxy(details.uri) => false,
            // Through the tunnel, the host does TLS; all else is the proxy's.
            Some(_) => !is_tls_error(error),
        };
        is_blamed.then(|| host_and_port(proxy))
    }
}

/// Host and port of a proxy, without user name and password.
pub(super) fn host_and_port(proxy: &Proxy) -> String {
    format!("{}:{}", proxy.host(), proxy.port())
}

/// Whether the error comes from TLS.
pub(super) fn is_tls_error(error: &Error) -> bool {
    match error {
        #[cfg(feature = "rustls")]
        Error::Rustls(_) => true,
        Error::Tls(_) => true,
        // rustls reports its errors in a handshake so.
        Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}
