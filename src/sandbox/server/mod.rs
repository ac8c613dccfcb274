//! A small HTTP/1.1 server: one thread that accepts, one thread per connection.

mod body;
mod connection;
mod exchange;
mod head;
mod response;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub(super) use body::Body;
pub(super) use head::Head;
#[cfg(feature = "oauth2")]
pub(super) use head::{decode_query, parse_query};
pub(super) use response::Response;

use super::state::Shared;
use connection::Connection;

/// How often the accept thread is woken before it is given up.
const WAKE_ATTEMPTS: u32 = 20;
const WAKE_DELAY: Duration = Duration::from_millis(2);

/// A running server. Dropping it ends every connection and every thread.
#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    /// A second handle of the listening socket: closed first on stop, so that a process without a free
    /// descriptor can still make the connection that wakes the accept thread.
    spare: Option<TcpListener>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start(port: u16, shared: Arc<Shared>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let _ = shared.address.set(address);
        let spare = Some(listener.try_clone()?);
        let stop = Arc::new(AtomicBool::new(false));
        let accepting = {
            let stop = Arc::clone(&stop);
            let accept = move || accept_all(&listener, &stop, &shared);
            Some(
                thread::Builder::new()
                    .name("sandbox-accept".to_owned())
                    .spawn(accept)?,
            )
        };
        Ok(Self {
            address,
            stop,
            spare,
            accepting,
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes the accept thread look at the stop flag; whether it will.
    fn wake(&mut self, accepting: &JoinHandle<()>) -> bool {
        drop(self.spare.take());
        for _ in 0..WAKE_ATTEMPTS {
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

/// The sockets of the open connections, by a running number, so that a stop can end them.
#[derive(Debug, Default)]
struct Open(Mutex<BTreeMap<u64, TcpStream>>);

impl Open {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn accept_all(listener: &TcpListener, stop: &Arc<AtomicBool>, shared: &Arc<Shared>) {
    let open = Arc::new(Open::default());
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    for number in 0.. {
        let accepted = listener.accept();
        if stop.load(Ordering::Acquire) {
            break;
        }
        threads.retain(|thread| !thread.is_finished());
        match accepted {
            Ok((stream, _)) => threads.extend(spawn(number, stream, stop, shared, &open).ok()),
            // Out of descriptors, mostly: some may be free in a moment.
            Err(_) => thread::sleep(WAKE_DELAY),
        }
    }
    for stream in open.lock().values() {
        let _ = stream.shutdown(Shutdown::Both);
    }
    for thread in threads {
        let _ = thread.join();
    }
}

fn spawn(
    number: u64,
    stream: TcpStream,
    stop: &Arc<AtomicBool>,
    shared: &Arc<Shared>,
    open: &Arc<Open>,
) -> io::Result<JoinHandle<()>> {
    stream.set_nodelay(true)?;
    open.lock().insert(number, stream.try_clone()?);
    let mut connection = Connection::new(stream, Arc::clone(stop));
    let (shared, here) = (Arc::clone(shared), Arc::clone(open));
    let serve = move || {
        exchange::serve(&mut connection, &shared);
        here.lock().remove(&number);
    };
    let started = thread::Builder::new()
        .name("sandbox-connection".to_owned())
        .spawn(serve);
    if started.is_err() {
        open.lock().remove(&number);
    }
    started
}
