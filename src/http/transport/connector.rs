//! Opens connections. If one fails, the error says whether the host or the proxy failed.

use std::fmt;

use ureq::config::Config;
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, TcpConnector, Transport,
};
use ureq::{Error, Proxy};

use super::early_response::EarlyResponseConnector;

/// Creates the connector: TCP or a tunnel through a proxy, then TLS. It also reads a response that arrives before the
/// request is sent.
pub(super) fn connector(config: &Config) -> impl Connector {
    #[cfg(feature = "rustls")]
    let tls = ureq::unversioned::transport::RustlsConnector::default();
    #[cfg(not(feature = "rustls"))]
    let tls = NoTls;
    let inner =
        ().chain(ConnectProxyConnector::default())
            .chain(TcpConnector::default())
            .chain(EarlyResponseConnector(tls));
    ConnectErrorConnector {
        inner,
        proxy: config.proxy().cloned(),
    }
}

/// Leaves connections as they are.
#[cfg(not(feature = "rustls"))]
#[derive(Debug)]
struct NoTls;

#[cfg(not(feature = "rustls"))]
impl<In: Transport> Connector<In> for NoTls {
    type Out = In;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<In>, Error> {
        Ok(chained)
    }
}

/// An error of connecting. Nothing of the request was sent.
#[derive(Debug)]
pub(super) struct ConnectError {
    pub(super) error: Error,
    /// Host and port of the proxy, if the connection failed there.
    pub(super) proxy: Option<String>,
}

impl fmt::Display for ConnectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl std::error::Error for ConnectError {}

/// Adds to an error whether the connection failed at the proxy.
#[derive(Debug)]
struct ConnectErrorConnector<C> {
    inner: C,
    proxy: Option<Proxy>,
}

impl<C: Connector> Connector for ConnectErrorConnector<C>
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
                    proxy: self.failed_proxy(details, &error),
                    error,
                })),
            })
    }
}

impl<C> ConnectErrorConnector<C> {
    fn failed_proxy(&self, details: &ConnectionDetails<'_>, error: &Error) -> Option<String> {
        let proxy = self.proxy.as_ref()?;
        let has_failed = match details.config.proxy() {
            // ureq connects to the proxy itself without a proxy.
            None => true,
            Some(proxy) if proxy.is_no_proxy(details.uri) => false,
            // The host does TLS through the tunnel; every other error is the proxy's.
            Some(_) => !is_tls_error(error),
        };
        has_failed.then(|| host_and_port(proxy))
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
        // rustls reports errors of the handshake with this kind.
        Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}
