//! Stop signals: one signal ends every delay and every blocked call of those who hold it.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Ends the delays and calls that hold it. It stops once and permanently; clones are the same signal.
#[derive(Clone, Default)]
pub(crate) struct StopSignal(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_stopped: bool,
    /// Signals that stop together with this one.
    children: Vec<Weak<Inner>>,
    /// Run on stop, such as closing the connections of an agent.
    actions: Vec<Box<dyn Fn() + Send>>,
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        let (children, actions) = {
            let mut state = self.lock();
            state.is_stopped = true;
            (
                std::mem::take(&mut state.children),
                std::mem::take(&mut state.actions),
            )
        };
        self.changed.notify_all();
        // The flag is set before connections end, so that a truncated body never counts as complete.
        for action in &actions {
            action();
        }
        for child in children.iter().filter_map(Weak::upgrade) {
            child.stop();
        }
    }
}

impl StopSignal {
    /// Returns a new signal that also stops with this one.
    pub(crate) fn child(&self) -> Self {
        let child = Self::default();
        let mut state = self.0.lock();
        if state.is_stopped {
            child.0.lock().is_stopped = true;
        } else {
            state.children.retain(|child| child.strong_count() > 0);
            state.children.push(Arc::downgrade(&child.0));
        }
        drop(state);
        child
    }

    /// Stops everything that waits for this signal, now and later.
    pub(crate) fn stop(&self) {
        self.0.stop();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.lock().is_stopped
    }

    /// Runs `action` when the signal stops, or at once if it has stopped.
    pub(crate) fn on_stop(&self, action: impl Fn() + Send + 'static) {
        let mut state = self.0.lock();
        if state.is_stopped {
            drop(state);
            action();
        } else {
            state.actions.push(Box::new(action));
        }
    }

    /// Sleeps. Returns false if the signal stopped before the time was over.
    #[must_use]
    pub(crate) fn sleep(&self, time: Duration) -> bool {
        let end = Instant::now().checked_add(time);
        let mut state = self.0.lock();
        while !state.is_stopped {
            let left = match end {
                Some(end) => end.saturating_duration_since(Instant::now()),
                None => time,
            };
            if left.is_zero() {
                return true;
            }
            let (next, _) = self
                .0
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner);
            state = next;
        }
        false
    }
}

impl fmt::Debug for StopSignal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StopSignal")
            .field("is_stopped", &self.is_stopped())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Instant, StopSignal};

    #[test]
    fn a_stop_ends_delays_of_children_but_not_of_parents() {
        let parent = StopSignal::default();
        let child = parent.child();
        let (started, sleeper) = (Instant::now(), child.clone());
        let thread = std::thread::spawn(move || sleeper.sleep(Duration::from_secs(60)));
        child.stop();
        assert!(thread.join().is_ok_and(|slept| !slept));
        assert!(started.elapsed() < Duration::from_secs(30));
        assert!(!parent.is_stopped() && parent.sleep(Duration::from_millis(1)));
        let other = parent.child();
        parent.stop();
        assert!(other.is_stopped() && parent.child().is_stopped());
        assert!(!other.sleep(Duration::MAX));
    }
}
