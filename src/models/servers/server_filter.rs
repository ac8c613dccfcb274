//! Filters and orders of servers and their logs.

use super::LogSeverity;

/// Conditions that must all hold, and an order.
#[derive(Debug, Clone, Default)]
struct Selection {
    conditions: Vec<String>,
    order: Option<String>,
}

impl Selection {
    fn condition(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    fn order(&mut self, field: &str, direction: &str) {
        self.order = Some(format!("{field}{direction}"));
    }

    /// Returns the parameters `Filter` and `OrderBy`.
    fn into_params(self) -> (Option<String>, Option<String>) {
        let filter = (!self.conditions.is_empty()).then(|| self.conditions.join(" && "));
        (filter, self.order)
    }
}

/// Writes a text as a literal of a filter.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

/// Selects the servers to list, and their order.
///
/// ```
/// use rblx_open_cloud::models::ServerFilter;
///
/// let running = ServerFilter::all().shut_down(false).order_by_descending("uptime");
/// let slow = ServerFilter::all().full(true).raw("frameRate < 30");
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ServerFilter(Selection);

impl ServerFilter {
    /// Selects all servers, also those that were shut down.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects servers without room for more players, or those with room.
    pub fn full(self, yes: bool) -> Self {
        self.raw(format!("full == {yes}"))
    }

    /// Selects servers that were shut down, or those that are running.
    pub fn shut_down(self, yes: bool) -> Self {
        self.raw(format!("shutDown == {yes}"))
    }

    /// Selects servers with a version of the engine.
    pub fn engine_version(self, version: impl AsRef<str>) -> Self {
        self.raw(format!("engineVersion == {}", literal(version.as_ref())))
    }

    /// Adds a condition in the service's language: a field of [`GameServer`](super::GameServer) in the spelling of the
    /// service, one of `<`, `<=`, `>`, `>=`, `==` and `in`, and a value. It is sent as it is.
    pub fn raw(mut self, condition: impl Into<String>) -> Self {
        self.0.condition(condition);
        self
    }

    /// Orders servers by a field in the spelling of the service, such as `uptime`, from the lowest value on.
    pub fn order_by(mut self, field: &str) -> Self {
        self.0.order(field, "");
        self
    }

    /// Orders servers by a field from the highest value on.
    pub fn order_by_descending(mut self, field: &str) -> Self {
        self.0.order(field, " desc");
        self
    }

    pub(crate) fn into_params(self) -> (Option<String>, Option<String>) {
        self.0.into_params()
    }
}

/// Selects the lines of a server's log to list, and their order.
///
/// ```
/// use rblx_open_cloud::models::{LogSeverity, ServerLogFilter};
///
/// let problems = ServerLogFilter::all().at_least(LogSeverity::Warning).order_by("messageTimestampMs");
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ServerLogFilter(Selection);

impl ServerLogFilter {
    /// Selects all lines.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects lines of this severity and above. An unknown severity selects all lines.
    pub fn at_least(self, severity: LogSeverity) -> Self {
        match severity.number() {
            Some(number) => self.raw(format!("severity >= {number}")),
            None => self,
        }
    }

    /// Adds a condition in the service's language: a field of [`GameServerLog`](super::GameServerLog) in the spelling of
    /// the service, one of `<`, `<=`, `>`, `>=`, `==` and `in`, and a value. It is sent as it is.
    pub fn raw(mut self, condition: impl Into<String>) -> Self {
        self.0.condition(condition);
        self
    }

    /// Orders lines by a field in the spelling of the service, from the lowest value on.
    pub fn order_by(mut self, field: &str) -> Self {
        self.0.order(field, "");
        self
    }

    /// Orders lines by a field from the highest value on.
    pub fn order_by_descending(mut self, field: &str) -> Self {
        self.0.order(field, " desc");
        self
    }

    pub(crate) fn into_params(self) -> (Option<String>, Option<String>) {
        self.0.into_params()
    }
}
