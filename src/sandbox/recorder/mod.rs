//! Records the exchanges with another server in files, and responds from such files.

mod exchange;
mod record;
mod replay;

pub(crate) use record::Recorder;
pub(crate) use replay::Replayer;
