//! Luau scripts that the service runs in a place, and their results.

mod script;

mod result;

mod log_line;

mod task;

mod input;

pub(crate) use input::InputResponse;
pub use input::LuauInput;
pub use log_line::{LuauLogLine, LuauMessageType};
pub use result::LuauResult;
pub use script::LuauScript;
pub(crate) use task::TaskResponse;
pub use task::{LuauError, LuauErrorCode, LuauState, LuauTask};
