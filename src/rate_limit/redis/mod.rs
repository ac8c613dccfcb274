//! A limiter on Redis or Valkey, for machines.

mod connection;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failed test is a panic"
)]
mod tests;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::{
    Cmd, ConnectionAddr, ConnectionInfo, ErrorKind, IntoConnectionInfo, RedisError, RedisResult,
    ServerErrorKind, Value, cmd, from_redis_value,
};

use super::report::RateLimit;
use super::window::{Decision, Report, micros};
use super::{LimitedCall, LimiterError, RateLimiter, Turn};
use crate::error::{Error, Result};
use connection::{Connection, WaitLimit};

/// The decision about a request, which the server carries out as a whole.
const SCRIPT: &str = include_str!("script.lua");
/// The default timeout of a command, including that of connecting.
const DEFAULT_TIMEOUT: Duration = Duration::from_millis(500);
/// The maximum number of idle connections.
const MAX_IDLE: usize = 32;
/// The maximum wait of a caller, in microseconds.
const MAX_WAIT: u64 = 1_000_000_000_000;

/// A rate limiter on a Redis or Valkey server, for all machines that use keys of the same owner.
///
/// The count is a hash for each endpoint, `rblx-open-cloud:PREFIX:METHOD PATH`, which a short script changes; the clock
/// is the server's. It touches no other keys of the server, and keys that are not used for 10 minutes expire. Each call
/// sends two commands, over connections that are kept.
///
/// If the server cannot be reached, or is slow, calls continue with the count of their own process: see
/// [the module](super#if-the-store-fails). TLS is not built in, and the password goes over the network as it is: use a
/// private network or a tunnel.
///
/// ```no_run
/// use rblx_open_cloud::Client;
/// use rblx_open_cloud::rate_limit::RedisLimiter;
///
/// // All keys of this user share a budget, so they share a prefix.
/// let limiter = RedisLimiter::open("redis://127.0.0.1:6379/")?.prefix("users/156");
/// let client = Client::builder("api-key").wait_on_rate_limit(true).rate_limiter(limiter).build()?;
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct RedisLimiter {
    server: Arc<Server>,
    prefix: String,
    timeout: Duration,
}

struct Server {
    info: ConnectionInfo,
    /// Host and port, for texts.
    name: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    /// The hash by which the server identifies the loaded script.
    script: String,
}

impl RedisLimiter {
    /// Connects to a server: `redis://127.0.0.1:6379/`, or `redis://USER:PASSWORD@HOST:PORT/DATABASE`.
    ///
    /// A server that cannot be reached is not an error: the calls try it again later.
    ///
    /// # Errors
    /// `InvalidInput` if the URL is not valid, or the server rejects the password, does not let this user run the
    /// script, or is not Redis.
    pub fn open(url: &str) -> Result<Self> {
        let info = parse(url)?;
        let name = info.addr().to_string();
        let limiter = Self {
            server: Arc::new(Server {
                info,
                name,
                state: Mutex::default(),
            }),
            prefix: "default".to_owned(),
            timeout: DEFAULT_TIMEOUT,
        };
        let limit = WaitLimit {
            deadline: limiter.deadline(),
            is_stopped: &|| false,
        };
        match limiter.server.connect(limit) {
            Ok(connection) => limiter.server.keep(connection),
            Err(error) if is_permanent(&error) => {
                let message = format!(
                    "the Redis server {}: {}",
                    limiter.server.name,
                    limiter.server.explain(&error)
                );
                return Err(Error::invalid_input(message));
            }
            Err(_) => {}
        }
        Ok(limiter)
    }

    /// Names the owner of the keys whose limits are counted, such as `users/156` or `groups/7`; `default` unless set.
    /// Those with the same prefix share a count.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets the timeout of a response of the server, including that of connecting; half a second by default. It does not
    /// cover resolving the name of the server, so use an address where name resolution may be slow.
    #[must_use]
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    fn deadline(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(self.timeout).unwrap_or(now)
    }

    fn key(&self, call: &LimitedCall<'_>) -> String {
        format!("rblx-open-cloud:{}:{call}", self.prefix)
    }

    /// Runs the script for a call, and returns the wait, or -1, and the token.
    fn run(
        &self,
        call: &LimitedCall<'_>,
        arguments: &[String],
    ) -> std::result::Result<(i64, u64), LimiterError> {
        let key = self.key(call);
        let limit = WaitLimit {
            deadline: self.deadline(),
            is_stopped: &|| call.is_stopped(),
        };
        let reply = self.server.run(&key, arguments, limit);
        let reply = reply.and_then(|value| Ok(from_redis_value::<(i64, u64)>(value)?));
        reply.map_err(|error| {
            let what = if is_foreign(&error) {
                format!(
                    "the key {key:?} holds another program's data; use another prefix or database"
                )
            } else {
                self.server.explain(&error)
            };
            format!("the Redis server {}: {what}", self.server.name).into()
        })
    }
}

impl Server {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn explain(&self, error: &RedisError) -> String {
        explain(error, self.info.redis_settings().password())
    }

    fn connect(&self, limit: WaitLimit<'_>) -> RedisResult<Connection> {
        let mut connection = Connection::open(&self.info, limit)?;
        self.load(&mut connection, limit)?;
        Ok(connection)
    }

    fn load(&self, connection: &mut Connection, limit: WaitLimit<'_>) -> RedisResult<()> {
        let reply = connection.send(cmd("SCRIPT").arg("LOAD").arg(SCRIPT), limit)?;
        self.lock().script = from_redis_value(reply)?;
        Ok(())
    }

    fn keep(&self, connection: Connection) {
        let mut state = self.lock();
        if state.idle.len() < MAX_IDLE {
            state.idle.push(connection);
        }
    }

    /// Runs the script over an idle connection, or over a new one if that was lost.
    fn run(&self, key: &str, arguments: &[String], limit: WaitLimit<'_>) -> RedisResult<Value> {
        let idle = self.lock().idle.pop();
        if let Some(connection) = idle {
            match self.run_over(connection, key, arguments, limit) {
                Err(error) if error.is_io_error() && !error.is_timeout() => {
                    self.lock().idle.clear();
                }
                result => return result,
            }
        }
        let connection = self.connect(limit)?;
        self.run_over(connection, key, arguments, limit)
    }

    /// Runs the script, and keeps the connection if the server responded.
    fn run_over(
        &self,
        mut connection: Connection,
        key: &str,
        arguments: &[String],
        limit: WaitLimit<'_>,
    ) -> RedisResult<Value> {
        let mut reply = connection.send(&self.command(key, arguments), limit);
        if reply
            .as_ref()
            .is_err_and(|error| error.kind() == ServerErrorKind::NoScript.into())
        {
            self.load(&mut connection, limit)?;
            reply = connection.send(&self.command(key, arguments), limit);
        }
        let has_reply = reply
            .as_ref()
            .map_or_else(|error| error.code().is_some(), |_| true);
        if has_reply {
            self.keep(connection);
        }
        reply
    }

    fn command(&self, key: &str, arguments: &[String]) -> Cmd {
        let mut command = cmd("EVALSHA");
        command
            .arg(&self.lock().script)
            .arg(1)
            .arg(key)
            .arg(arguments);
        command
    }
}

/// Parses a URL. It may contain a password, so no error repeats it.
fn parse(url: &str) -> Result<ConnectionInfo> {
    let form = "write redis://127.0.0.1:6379/ or redis://USER:PASSWORD@HOST:PORT/DATABASE";
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if matches!(scheme, Some("rediss" | "valkeys")) {
        return Err(Error::invalid_input(
            "the URL of the Redis server is for TLS, which is not built in; use redis:// in a private network or through a tunnel",
        ));
    }
    match url.into_connection_info() {
        Ok(info) if matches!(info.addr(), ConnectionAddr::Tcp(..)) => Ok(info),
        _ => Err(Error::invalid_input(format!(
            "the URL of the Redis server is not valid; {form}"
        ))),
    }
}

/// Whether another attempt would fail in the same way.
fn is_permanent(error: &RedisError) -> bool {
    match error.kind() {
        ErrorKind::Parse | ErrorKind::AuthenticationFailed | ErrorKind::UnexpectedReturnType => {
            true
        }
        ErrorKind::Extension => matches!(error.code(), Some("NOAUTH" | "WRONGPASS")),
        ErrorKind::Server(kind) => matches!(
            kind,
            ServerErrorKind::NoPerm | ServerErrorKind::ResponseError | ServerErrorKind::ReadOnly
        ),
        _ => false,
    }
}

fn is_foreign(error: &RedisError) -> bool {
    let text = error.to_string();
    text.contains("WRONGTYPE") || text.contains("FOREIGN")
}

/// Returns the cause and the remedy, without anything that may be secret.
fn explain(error: &RedisError, password: Option<&str>) -> String {
    let text = error.to_string();
    let has = |word: &str| error.code() == Some(word) || text.contains(word);
    if has("NOAUTH") {
        "it requires a password; write redis://:PASSWORD@HOST:PORT/".to_owned()
    } else if has("WRONGPASS") || error.kind() == ErrorKind::AuthenticationFailed || has("AUTH") {
        "it rejects the user name or the password".to_owned()
    } else if has("NOPERM") {
        "this user may not do what is needed: SCRIPT LOAD, EVALSHA, TIME, EXISTS, HMGET, HSET and PEXPIRE on keys rblx-open-cloud:*".to_owned()
    } else if has("READONLY") {
        "it is a replica that cannot be written; name the primary".to_owned()
    } else if error.is_timeout() {
        "no response in time".to_owned()
    } else if error.is_connection_refusal() {
        "connection refused".to_owned()
    } else if error.is_io_error() {
        "it cannot be reached, or closed the connection".to_owned()
    } else if error.kind() == ErrorKind::Parse {
        "it does not speak the protocol of Redis".to_owned()
    } else {
        match password.filter(|password| !password.is_empty()) {
            Some(password) => text.replace(password, "[redacted]"),
            None => text,
        }
    }
}

impl RateLimiter for RedisLimiter {
    fn acquire(&self, call: &LimitedCall<'_>) -> std::result::Result<Turn, LimiterError> {
        let max_wait = micros(call.max_wait().unwrap_or(Duration::MAX)).min(MAX_WAIT);
        let arguments = [
            "acquire".to_owned(),
            call.token().to_string(),
            max_wait.to_string(),
            String::new(),
        ];
        let (wait, token) = self.run(call, &arguments)?;
        let decision = match u64::try_from(wait) {
            Ok(wait) => Decision::Wait(wait, token),
            Err(_) => Decision::Go(token),
        };
        Ok(decision.into())
    }

    fn record(
        &self,
        call: &LimitedCall<'_>,
        reported: &RateLimit,
    ) -> std::result::Result<(), LimiterError> {
        let report = Report::from(reported);
        let text =
            |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let arguments = [
            "record".to_owned(),
            call.token().to_string(),
            text(report.limit),
            text(report.window),
            text(report.left),
            text(report.reset),
            String::new(),
        ];
        self.run(call, &arguments).map(drop)
    }
}

impl fmt::Debug for RedisLimiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RedisLimiter")
            .field("server", &self.server.name)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
