//! Signs in from a program without a web page: the browser is redirected to this machine.

mod address;
mod connection;
mod page;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use super::app::App;
use super::authorization_flow::AuthorizationFlow;
use super::token::TokenSet;
use crate::error::{Error, ErrorKind, Result};
use crate::http::without_secrets;
use crate::models::Scope;
use address::RedirectAddress;
use connection::{Connection, Step};

/// The interval between polls of the sockets.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// The maximum number of open connections, and of new ones in one poll. With more, the oldest is closed.
const MAX_CONNECTIONS: usize = 64;

/// A sign-in that waits for the browser on 127.0.0.1. Created by [`App::login_on_loopback`].
pub struct LoopbackFlow {
    flow: AuthorizationFlow,
    address: RedirectAddress,
    listener: TcpListener,
}

impl App {
    /// Starts a sign-in and listens on this port of 127.0.0.1 for the browser to be redirected back.
    ///
    /// The app's redirect URI must be on loopback, such as `http://localhost:4306/callback`, and be registered for the app
    /// **with that port**: the service compares it character by character. Port 0 takes the port of the redirect URI, or
    /// a free one if it has none (for servers that accept any loopback port, such as the sandbox).
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use rblx_open_cloud::oauth2::{App, Scope};
    ///
    /// let app = App::new("816547628409595165403873012", "http://localhost:4306/callback")?;
    /// let flow = app.login_on_loopback(4306, [Scope::OpenId, Scope::Profile])?;
    /// println!("open {}", flow.url());
    /// let tokens = flow.wait(Duration::from_secs(300))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the redirect URI is not on loopback or has another port, if the port is not available, or for the
    /// scopes, as [`sign_in`](Self::sign_in).
    pub fn login_on_loopback<S: Into<Scope>>(
        &self,
        port: u16,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<LoopbackFlow> {
        self.sign_in(scopes)?.on_loopback(port)
    }
}

impl AuthorizationFlow {
    /// Listens on this port of 127.0.0.1 for the browser to be redirected back, as [`App::login_on_loopback`].
    ///
    /// # Errors
    /// `InvalidInput` if the redirect URI is not on loopback or has another port, or the port is not available.
    pub fn on_loopback(mut self, port: u16) -> Result<LoopbackFlow> {
        let address = RedirectAddress::new(&self.redirect_uri, port)?;
        let listening = listen(address.port);
        let (listener, port) = listening.map_err(|error| listen_error(address.port, error))?;
        let address = address.with_port(port);
        self.redirect_uri = address.uri();
        Ok(LoopbackFlow {
            flow: self,
            address,
            listener,
        })
    }
}

fn listen(port: u16) -> io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

fn listen_error(port: u16, error: io::Error) -> Error {
    let remedy = match error.kind() {
        io::ErrorKind::AddrInUse => "another program listens on it, perhaps another login",
        io::ErrorKind::PermissionDenied => {
            "this user may not listen on it; register a redirect URI with a port above 1023"
        }
        _ => "register a redirect URI with another port",
    };
    let message = format!("cannot listen on port {port} of 127.0.0.1: {remedy}");
    Error::invalid_input(message).with_source(error)
}

impl LoopbackFlow {
    /// Returns the URL to open in the user's browser.
    #[must_use]
    pub fn url(&self) -> String {
        self.flow.url()
    }

    /// Waits for the browser, shows it a small page, and exchanges the code for tokens.
    ///
    /// It rejects other paths, methods and hosts, and the redirects of other sign-ins, and continues to wait. After the
    /// first redirect that belongs to this sign-in it stops listening.
    ///
    /// # Errors
    /// `Timeout` if the browser did not come back within `limit`. `Shutdown` after [`App::shutdown`]. `ConsentDenied` if
    /// the user declined. Also those of [`AuthorizationFlow::finish`].
    pub fn wait(self, limit: Duration) -> Result<TokenSet> {
        let code = self.wait_for_code(limit)?;
        drop(self.listener);
        self.flow.exchange(&code)
    }

    fn wait_for_code(&self, limit: Duration) -> Result<String> {
        let started = Instant::now();
        let mut connections: Vec<Connection> = Vec::new();
        let mut fault = None;
        loop {
            if let Err(error) = self.accept(&mut connections) {
                fault = Some(error);
            }
            if let Some(outcome) = self.poll(&mut connections) {
                return outcome;
            }
            let left = limit.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(wait_error(limit, fault));
            }
            let stop = self.flow.app.inner.http.stop_signal();
            if !stop.sleep(POLL_INTERVAL.min(left)) {
                return Err(Error::new(
                    ErrorKind::Shutdown,
                    "the app was shut down before the browser came back",
                ));
            }
        }
    }

    /// Accepts waiting connections, up to the maximum.
    fn accept(&self, connections: &mut Vec<Connection>) -> io::Result<()> {
        for _ in 0..MAX_CONNECTIONS {
            match self.listener.accept() {
                Ok((stream, _)) => {
                    if connections.len() >= MAX_CONNECTIONS {
                        connections.remove(0);
                    }
                    connections.extend(Connection::new(stream));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // The peer has already closed it, or a signal interrupted the call.
                Err(error) if is_transient(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Advances all connections. Returns the code or the error of the redirect, once it has arrived.
    fn poll(&self, connections: &mut Vec<Connection>) -> Option<Result<String>> {
        let mut outcome = None;
        connections.retain_mut(|connection| {
            if outcome.is_some() {
                return false;
            }
            match connection.advance(&self.address, |query| self.flow.code(query)) {
                Step::KeepOpen => true,
                Step::Close => false,
                Step::Done(result) => {
                    outcome = Some(result);
                    false
                }
            }
        });
        outcome
    }
}

fn is_transient(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Interrupted
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// Returns the error of a wait, with the last error of the listener, such as too many open files.
fn wait_error(limit: Duration, fault: Option<io::Error>) -> Error {
    let message = format!("the browser did not come back within {limit:?}");
    match fault {
        None => Error::new(ErrorKind::Timeout, message),
        Some(fault) => {
            let message = format!("{message}; some connections could not be accepted ({fault})");
            Error::new(ErrorKind::Timeout, message)
        }
    }
}

impl fmt::Debug for LoopbackFlow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LoopbackFlow")
            .field("flow", &self.flow)
            .field("redirect_uri", &without_secrets(&self.flow.redirect_uri))
            .finish_non_exhaustive()
    }
}
