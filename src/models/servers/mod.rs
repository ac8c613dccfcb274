//! Game servers: their state and logs, and restarts.

mod server;
mod server_filter;

mod server_log;

mod forecast;
mod restart;
mod restart_plan;

pub(crate) use forecast::ForecastResponse;
pub use forecast::PlaceForecast;
pub(crate) use restart::{LaunchResponse, RestartsResponse};
pub use restart::{PlaceRestart, RestartState, RestartStatus};
pub use restart_plan::{PlaceVersions, RestartPlan};
pub(crate) use server::{FilterOptionsResponse, ServerCountResponse};
pub use server::{GameServer, GameServerStatus};
pub use server::{ServerFilterField, ServerFilterOption, ServerFilterType};
pub use server_filter::{ServerFilter, ServerLogFilter};
pub use server_log::{GameServerLog, LogSeverity};
