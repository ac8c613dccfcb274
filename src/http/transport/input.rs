//! Reads from a transport until a deadline.

use std::io;
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{NextTimeout, Transport};
use ureq::{Error, Timeout};

/// Reads what arrives on a transport before the deadline.
pub(super) fn read_input(
    transport: &mut impl Transport,
    deadline: Instant,
    buffer: &mut [u8],
) -> io::Result<usize> {
    let timeout = timeout(deadline).map_err(Error::into_io)?;
    if transport.buffers().input().is_empty() {
        transport.await_input(timeout).map_err(Error::into_io)?;
    }
    let input = transport.buffers().input();
    let count = input.len().min(buffer.len());
    if let (Some(input), Some(buffer)) = (input.get(..count), buffer.get_mut(..count)) {
        buffer.copy_from_slice(input);
    }
    transport.buffers().input_consume(count);
    Ok(count)
}

/// Returns the time after which this limit is over.
pub(super) fn deadline(limit: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(limit).unwrap_or(now)
}

/// Returns the time until the deadline, as the timeout of one step.
pub(super) fn timeout(deadline: Instant) -> Result<NextTimeout, Error> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Error::Timeout(Timeout::Global));
    }
    Ok(NextTimeout {
        after: left.into(),
        reason: Timeout::Global,
        ..NextTimeout::default()
    })
}
