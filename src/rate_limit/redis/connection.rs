//! A connection to the server, over a socket of this crate: a call of the `redis` package cannot be stopped before its
//! timeout.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use redis::{Cmd, ConnectionAddr, ConnectionInfo, Parser, RedisError, RedisResult, Value, cmd};

/// The timeout of a single read or write. In between, deadline and signal are checked.
const CHECK_INTERVAL: Duration = Duration::from_millis(20);

/// The deadline of a wait for the server, and the signal that ends it early.
#[derive(Clone, Copy)]
pub(super) struct WaitLimit<'a> {
    pub(super) deadline: Instant,
    pub(super) is_stopped: &'a dyn Fn() -> bool,
}

impl WaitLimit<'_> {
    fn left(&self) -> io::Result<Duration> {
        if (self.is_stopped)() {
            return Err(io::Error::new(
                io::ErrorKind::ConnectionAborted,
                "the client was shut down",
            ));
        }
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(left)
    }
}

/// A connection that is ready for commands.
pub(super) struct Connection {
    stream: TcpStream,
    parser: Parser,
}

impl Connection {
    /// Connects, signs in and selects the database.
    pub(super) fn open(info: &ConnectionInfo, limit: WaitLimit<'_>) -> RedisResult<Self> {
        let stream = connect(info.addr(), limit)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(CHECK_INTERVAL))?;
        stream.set_write_timeout(Some(CHECK_INTERVAL))?;
        let mut connection = Self {
            stream,
            parser: Parser::new(),
        };
        let settings = info.redis_settings();
        if let Some(password) = settings.password() {
            let mut sign_in = cmd("AUTH");
            if let Some(name) = settings.username() {
                sign_in.arg(name);
            }
            connection.send(sign_in.arg(password), limit)?;
        }
        if settings.db() != 0 {
            connection.send(cmd("SELECT").arg(settings.db()), limit)?;
        }
        Ok(connection)
    }

    /// Sends a command and returns the reply, or the error that the server replies.
    pub(super) fn send(&mut self, command: &Cmd, limit: WaitLimit<'_>) -> RedisResult<Value> {
        let mut socket = Socket {
            stream: &self.stream,
            limit,
        };
        socket.write_all(&command.get_packed_command())?;
        self.parser.parse_value(&mut socket)?.extract_error()
    }
}

fn connect(addr: &ConnectionAddr, limit: WaitLimit<'_>) -> RedisResult<TcpStream> {
    let ConnectionAddr::Tcp(host, port) = addr else {
        return Err(RedisError::from(io::Error::from(
            io::ErrorKind::Unsupported,
        )));
    };
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in (host.as_str(), *port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, limit.left()?) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// The socket for one command.
struct Socket<'a> {
    stream: &'a TcpStream,
    limit: WaitLimit<'a>,
}

impl Socket<'_> {
    /// Tries again until the time is over.
    fn retry_until_limit(
        &mut self,
        mut attempt: impl FnMut(&mut &TcpStream) -> io::Result<usize>,
    ) -> io::Result<usize> {
        loop {
            match attempt(&mut self.stream) {
                Err(error) if is_interval_over(&error) => {
                    self.limit.left()?;
                }
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                result => return result,
            }
        }
    }
}

fn is_interval_over(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}

impl Read for Socket<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.retry_until_limit(|stream| stream.read(buffer))
    }
}

impl Write for Socket<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.retry_until_limit(|stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
