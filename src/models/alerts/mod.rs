//! Alerts on metrics of a universe, and the incidents that they open.

mod alert;
mod condition;
mod filter;
mod incident;
mod new_alert;

pub use alert::{
    Alert, AlertFiringStatus, AlertInterval, AlertReceiver, AlertReceivers, AlertSeverity,
    AlertState,
};
pub use condition::{
    AlertBreakdown, AlertCondition, AlertDimensionFilter, AlertEvaluation, AlertOperator,
};
pub use filter::{AlertFilter, IncidentFilter};
pub use incident::{
    AlertDimension, AlertIncident, AlertIncidentConfig, AlertReading, AlertTrigger,
};
pub use new_alert::{AlertUpdate, NewAlert};
