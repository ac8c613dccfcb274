//! How connections are made, and who is to blame if one is not: the host or the proxy.

use std::fmt;

use ureq::config::Config;
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, TcpConnector, Transport,
};
use ureq::{Error, Proxy};

use super::early_response::EarlyResponseConnector;

/// Opens a connection: TCP or a tunnel through a proxy, then TLS. A response that arrives before the request is sent is
/// heard.
pub(super) fn connector(config: &Config) -> impl Connector {
    #[cfg(feature = "rustls")]
    let tls = ureq::unversioned::transport::RustlsConnector::default();
    #[cfg(not(feature = "rustls"))]
    let tls = NoTls;
    let inner =
        ().chain(ConnectProxyConnector::default())
            .chain(TcpConnector::default())
            .chain(EarlyResponseConnector(tls));
    BlamingConnector {
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
