//! Locks with a limited wait.

use std::fs::{File, TryLockError};
use std::io;
use std::sync::{Mutex, MutexGuard, TryLockError as MutexError};
use std::thread;
use std::time::{Duration, Instant};

/// The maximum wait for a lock. No update takes that long, so a process that still holds the lock is suspended.
const MAX_WAIT: Duration = Duration::from_millis(250);
/// The number of attempts before the first sleep.
const YIELDS_BEFORE_SLEEP: u32 = 20;
const FIRST_SLEEP: Duration = Duration::from_micros(20);
const MAX_SLEEP: Duration = Duration::from_millis(2);

/// A lock of a file, which ends when it is dropped.
#[derive(Debug)]
pub(super) struct FileLock<'a>(&'a File);

impl Drop for FileLock<'_> {
    fn drop(&mut self) {
        // It also ends with the process.
        let _ = self.0.unlock();
    }
}

/// Locks a file. Fails if another holder has it for too long, or the caller is stopped.
pub(super) fn lock_file<'a>(
    file: &'a File,
    is_stopped: &dyn Fn() -> bool,
) -> io::Result<FileLock<'a>> {
    retry_until_locked(is_stopped, || match file.try_lock() {
        Ok(()) => Ok(Some(FileLock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    })
}

/// Locks a mutex, in the same way: its holder may be waiting for the file.
pub(super) fn lock_mutex<'a, T>(
    mutex: &'a Mutex<T>,
    is_stopped: &dyn Fn() -> bool,
) -> io::Result<MutexGuard<'a, T>> {
    retry_until_locked(is_stopped, || match mutex.try_lock() {
        Ok(guard) => Ok(Some(guard)),
        Err(MutexError::Poisoned(poisoned)) => Ok(Some(poisoned.into_inner())),
        Err(MutexError::WouldBlock) => Ok(None),
    })
}

fn retry_until_locked<T>(
    is_stopped: &dyn Fn() -> bool,
    mut attempt: impl FnMut() -> io::Result<Option<T>>,
) -> io::Result<T> {
    let mut tries = 0_u32;
    let mut started = None;
    let mut sleep = FIRST_SLEEP;
    loop {
        if let Some(locked) = attempt()? {
            return Ok(locked);
        }
        tries = tries.saturating_add(1);
        if tries <= YIELDS_BEFORE_SLEEP {
            thread::yield_now();
            continue;
        }
        let started = *started.get_or_insert_with(Instant::now);
        if is_stopped() {
            return Err(io::Error::new(
                io::ErrorKind::Interrupted,
                "the client was shut down",
            ));
        }
        if started.elapsed() >= MAX_WAIT {
            let message = format!(
                "another process has held its lock for {MAX_WAIT:?}; it may be suspended: let it continue, or end it"
            );
            return Err(io::Error::new(io::ErrorKind::TimedOut, message));
        }
        thread::sleep(sleep);
        sleep = sleep.saturating_mul(2).min(MAX_SLEEP);
    }
}
