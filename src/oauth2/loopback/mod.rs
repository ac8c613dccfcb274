//! Sign-in for programs without a page of their own: the browser comes back to this machine.

mod address;
mod connection;
mod page;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use super::app::App;
use super::authorization_flow::AuthorizationFlow;
use super::token::TokenSet;
use crate::error::{Error, ErrorKind, Result};
use crate::models::Scope;
use address::RedirectAddress;
use connection::{Connection, Step};

/// How often the sockets are looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// With more connections at once the oldest one goes.
const MAX_CONNECTIONS: usize = 64;

/// A sign-in that waits for the browser on 127.0.0.1. Made by [`App::login_on_loopback`].
pub struct LoopbackFlow {
    flow: AuthorizationFlow,
    address: RedirectAddress,
    listener: TcpListener,
}

impl App {
    /// Listens on this port of 127.0.0.1 for the user to come back from the browser.
    ///
    /// The redirect URI of the app has to be one of loopback, such as `http://localhost:4306/callback`, and to be
    /// registered for the app **with that port**: the service compares it letter for letter. 0 takes the port of the
    /// redirect URI, or a free one if that names none (for servers that take any port of loopback, as the sandbox does).
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use rblx_open_cloud::oauth2::{App, Scope};
    ///
    /// let app = App::new("816547628409595165403873012", "http://localhost:4306/callback")?;
    /// let login = app.login_on_loopback(4306, [Scope::OpenId, Scope::Profile])?;
    /// println!("open {}", login.url());
    /// let tokens = login.wait(Duration::from_secs(300))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the redirect URI is not of loopback or names another port, if the port cannot be listened on,
    /// or for the scopes, as [`sign_in`](Self::sign_in).
    pub fn login_on_loopback<S: Into<Scope>>(
        &self,
        port: u16,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<LoopbackFlow> {
        self.sign_in(scopes)?.on_loopback(port)
    }
}

impl AuthorizationFlow {
    /// Listens on this port of 127.0.0.1 for the user to come back, as [`App::login_on_loopback`].
    ///
    /// # Errors
    /// `InvalidInput` if the redirect URI is not of loopback or names another port, or the port cannot be listened on.
    pub fn on_loopback(mut self, port: u16) -> Result<LoopbackFlow> {
        let address = RedirectAddress::new(&self.redirect_uri, port)?;
        let listening = listen(address.port);
        let (listener, port) = listening.map_err(|error| {
            let (port, why) = (address.port, error.kind());
            let message = format!(
                "port {port} of 127.0.0.1 cannot be listened on ({why}); is another login under way?"
            );
            Error::invalid_input(message).with_source(error)
        })?;
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

impl LoopbackFlow {
    /// The address to open in the user's browser.
    #[must_use]
    pub fn url(&self) -> String {
        self.flow.url()
    }

    /// Waits for the browser, answers it with a small page, and exchanges the code for tokens.
    ///
    /// Nothing else is let in: other paths, methods and hosts, and redirects of other sign-ins, are refused, and the
    /// wait goes on. After the first redirect that belongs to this sign-in nothing is taken any more.
    ///
    /// # Errors
    /// `Timeout` if nobody came in time. `ConsentDenied` if the user said no. Those of [`AuthorizationFlow::finish`].
    pub fn wait(self, limit: Duration) -> Result<TokenSet> {
        let code = self.code(limit)?;
        // From here on nothing is taken any more.
        drop(self.listener);
        self.flow.exchange(&code)
    }

    /// The code that the browser brings.
    fn code(&self, limit: Duration) -> Result<String> {
        let started = Instant::now();
        let mut connections: Vec<Connection> = Vec::new();
        loop {
            self.accept_new(&mut connections);
            if let Some(outcome) = self.poll_connections(&mut connections) {
                return outcome;
            }
            let left = limit.saturating_sub(started.elapsed());
            if left.is_zero() {
                let message = format!("nobody came back from the browser within {limit:?}");
                return Err(Error::new(ErrorKind::Timeout, message));
            }
            thread::sleep(POLL_INTERVAL.min(left));
        }
    }

    fn accept_new(&self, connections: &mut Vec<Connection>) {
        while let Ok((stream, _)) = self.listener.accept() {
            if connections.len() >= MAX_CONNECTIONS {
                connections.remove(0);
            }
            connections.extend(Connection::new(stream));
        }
    }

    /// What the first of them brings that belongs to this sign-in.
    fn poll_connections(&self, connections: &mut Vec<Connection>) -> Option<Result<String>> {
        let mut found = None;
        connections.retain_mut(|connection| {
            if found.is_some() {
                return false;
            }
            match connection.advance(&self.address, |query| self.flow.code(query)) {
                Step::KeepOpen => true,
                Step::Close => false,
                Step::Done(outcome) => {
                    found = Some(outcome);
                    false
                }
            }
        });
        found
    }
}

impl fmt::Debug for LoopbackFlow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LoopbackFlow")
            .field("flow", &self.flow)
            .field("redirect_uri", &self.flow.redirect_uri)
            .finish_non_exhaustive()
    }
}
