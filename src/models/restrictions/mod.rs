//! Restrictions of users: bans, and the log of bans and unbans.

mod ban;
mod restriction;

mod log;
mod log_filter;

pub use ban::Ban;
pub use log::{RestrictionLog, RestrictionModerator, RestrictionType};
pub use log_filter::RestrictionLogFilter;
pub use restriction::{GameJoinRestriction, UserRestriction};
