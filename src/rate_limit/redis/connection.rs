//! A connection to the server, over a socket of our own: those of the `redis` package cannot be given up before their
//! time is over.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use redis::{Cmd, ConnectionAddr, ConnectionInfo, Parser, RedisError, RedisResult, Value, cmd};

/// The time between two checks of a wait whether it is over.
const SLICE: Duration = Duration::from_millis(20);

/// The time that the server has, and the signal that ends it early.
#[derive(Clone, Copy)]
pub(super) struct Patience<'a> {
    pub(super) deadline: Instant,
    pub(super) is_stopped: &'a dyn Fn() -> bool,
}

impl Patience<'_> {
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
    pub(super) fn open(info: &ConnectionInfo, patience: Patience<'_>) -> RedisResult<Self> {
        let stream = connect(info.addr(), patience)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SLICE))?;
        stream.set_write_timeout(Some(SLICE))?;
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
            connection.ask(sign_in.arg(password), patience)?;
        }
        if settings.db() != 0 {
            connection.ask(cmd("SELECT").arg(settings.db()), patience)?;
        }
        Ok(connection)
    }

    /// Sends a command and returns the reply, or the error that the server replies.
    pub(super) fn ask(&mut self, command: &Cmd, patience: Patience<'_>) -> RedisResult<Value> {
        let mut socket = Socket {
            stream: &self.stream,
            patience,
        };
        socket.write_all(&command.get_packed_command())?;
        self.parser.parse_value(&mut socket)?.extract_error()
    }
}

fn connect(addr: &ConnectionAddr, patience: Patience<'_>) -> RedisResult<TcpStream> {
    let ConnectionAddr::Tcp(host, port) = addr else {
        return Err(RedisError::from(io::Error::from(
            io::ErrorKind::Unsupported,
        )));
    };
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in (host.as_str(), *port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, patience.left()?) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// The socket for one command.
struct Socket<'a> {
    stream: &'a TcpStream,
    patience: Patience<'a>,
}

impl Socket<'_> {
    /// Tries again until the time is over.
    fn patiently(
        &mut self,
        mut attempt: impl FnMut(&mut &TcpStream) -> io::Result<usize>,
    ) -> io::Result<usize> {
        loop {
            match attempt(&mut self.stream) {
                Err(error) if is_slice_over(&error) => {
                    self.patience.left()?;
                }
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                result => return result,
            }
        }
    }
}

fn is_slice_over(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}

impl Read for Socket<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.patiently(|stream| stream.read(buffer))
    }
}

impl Write for Socket<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.patiently(|stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
