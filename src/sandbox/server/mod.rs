//! A small HTTP/1.1 server: one thread accepts connections, and each connection has its own thread.

mod body;
mod connection;
mod exchange;
mod handler;
mod head;
mod response;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub(crate) use handler::{Delivery, Handler, Link, Reply, RequestBody};
#[cfg(feature = "oauth2")]
pub(crate) use head::parse_query;
pub(crate) use head::{Head, first_value};
pub(crate) use response::Response;

use connection::Connection;

/// Maximum number of attempts to wake up the accept thread before it is abandoned.
const MAX_WAKE_ATTEMPTS: u32 = 20;
const WAKE_DELAY: Duration = Duration::from_millis(2);

/// Opens a loopback port; 0 takes a free one.
pub(crate) fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// A running server. Dropping it ends all of its connections and threads.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    /// A second handle of the listening socket. Stopping closes it first, so that a process without a free file
    /// descriptor can still open the connection that wakes the accept thread up.
    spare: Option<TcpListener>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(listener: TcpListener, handler: Arc<dyn Handler>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let spare = Some(listener.try_clone()?);
        let stop = Arc::new(AtomicBool::new(false));
        let acceptor = Acceptor {
            listener,
            handler,
            stop: Arc::clone(&stop),
            open: Arc::new(OpenSockets::default()),
        };
        let accepting = thread::Builder::new()
            .name("sandbox-accept".to_owned())
            .spawn(move || acceptor.accept_all())?;
        Ok(Self {
            address,
            stop,
            spare,
            accepting: Some(accepting),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes the accept thread look at the stop flag. Returns whether it will.
    fn wake(&mut self, accepting: &JoinHandle<()>) -> bool {
        drop(self.spare.take());
        for _ in 0..MAX_WAKE_ATTEMPTS {
            if accepting.is_finished() || TcpStream::connect(self.address).is_ok() {
                return true;
            }
            thread::sleep(WAKE_DELAY);
        }
        accepting.is_finished()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(accepting) = self.accepting.take()
            && self.wake(&accepting)
        {
            let _ = accepting.join();
        }
    }
}

/// The sockets of the open connections by number, so that stopping can end them.
#[derive(Debug, Default)]
struct OpenSockets(Mutex<BTreeMap<u64, TcpStream>>);

impl OpenSockets {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Acceptor {
    listener: TcpListener,
    handler: Arc<dyn Handler>,
    stop: Arc<AtomicBool>,
    open: Arc<OpenSockets>,
}

impl Acceptor {
    fn accept_all(&self) {
        let mut threads: Vec<JoinHandle<()>> = Vec::new();
        for number in 0.. {
            let accepted = self.listener.accept();
            if self.stop.load(Ordering::Acquire) {
                break;
            }
            threads.retain(|thread| !thread.is_finished());
            match accepted {
                Ok((stream, _)) => threads.extend(self.spawn(number, stream).ok()),
                // Usually out of file descriptors: some may be free in a moment.
                Err(_) => thread::sleep(WAKE_DELAY),
            }
        }
        for stream in self.open.lock().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        for thread in threads {
            let _ = thread.join();
        }
    }

    fn spawn(&self, number: u64, stream: TcpStream) -> io::Result<JoinHandle<()>> {
        stream.set_nodelay(true)?;
        self.open.lock().insert(number, stream.try_clone()?);
        let mut connection = Connection::new(stream, Arc::clone(&self.stop));
        let (handler, open) = (Arc::clone(&self.handler), Arc::clone(&self.open));
        let serve = move || {
            exchange::serve(&mut connection, &*handler);
            open.lock().remove(&number);
        };
        let started = thread::Builder::new()
            .name("sandbox-connection".to_owned())
            .spawn(serve);
        if started.is_err() {
            self.open.lock().remove(&number);
        }
        started
    }
}
