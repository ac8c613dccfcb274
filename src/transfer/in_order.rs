//! Jobs on several threads whose results are handled in the order of the jobs.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::error::{Error, Result};

/// The maximum number of jobs of each thread: waiting, in progress, or done before their turn.
const MAX_JOBS_PER_THREAD: u64 = 4;

/// The source of the jobs, which also handles their results, on the caller's thread.
pub(super) trait Source {
    type Job: Send;
    type Done: Send;

    fn next(&mut self) -> Result<Next<Self::Job>>;

    /// Handles the next result. After an error no result is handled any more.
    fn finish(&mut self, done: Self::Done) -> Result<()>;

    /// Ends the jobs in progress after an error.
    fn abort(&self) {}
}

pub(super) enum Next<J> {
    Job(J),
    /// No job until the result of another one has been handled.
    Later,
    Over,
}

/// Does all jobs of a source. Returns the first error of the source, once the jobs in progress have ended.
pub(super) fn run<S: Source>(
    threads: usize,
    source: &mut S,
    work: impl Fn(S::Job) -> S::Done + Sync,
) -> Result<()> {
    let pool = Pool::default();
    thread::scope(|scope| {
        // Also ends the threads if the caller's writer or callback panics.
        let _closed = CloseOnDrop(&pool);
        for number in 0..threads {
            let work = || pool.work(&work);
            if let Err(error) = thread::Builder::new().spawn_scoped(scope, work) {
                if number > 0 {
                    break;
                }
                let message = format!("no thread can be started ({error})");
                return Err(Error::invalid_input(message).with_source(error));
            }
        }
        let window = threads as u64 * MAX_JOBS_PER_THREAD;
        let result = drive(&pool, source, window);
        if result.is_err() {
            source.abort();
        }
        result
    })
}

fn drive<S: Source>(pool: &Pool<S::Job, S::Done>, source: &mut S, window: u64) -> Result<()> {
    let (mut started, mut finished, mut is_over) = (0, 0, false);
    loop {
        let is_full = started - finished >= window;
        let next = if is_over || is_full {
            Next::Later
        } else {
            source.next()?
        };
        match next {
            Next::Job(job) => {
                pool.push(started, job);
                started += 1;
                // Results that are ready are handled first, so that few are kept.
                while let Some(done) = pool.ready(finished) {
                    finished += 1;
                    source.finish(done)?;
                }
            }
            Next::Later if finished == started => return Ok(()),
            Next::Later => {
                let done = pool.wait_for(finished);
                finished += 1;
                source.finish(done)?;
            }
            Next::Over => is_over = true,
        }
    }
}

/// Jobs and results by number.
struct Pool<J, D> {
    state: Mutex<State<J, D>>,
    jobs_changed: Condvar,
    results_changed: Condvar,
}

struct State<J, D> {
    jobs: VecDeque<(u64, J)>,
    results: BTreeMap<u64, thread::Result<D>>,
    is_closed: bool,
}

impl<J, D> Default for Pool<J, D> {
    fn default() -> Self {
        let state = State {
            jobs: VecDeque::new(),
            results: BTreeMap::new(),
            is_closed: false,
        };
        Self {
            state: Mutex::new(state),
            jobs_changed: Condvar::new(),
            results_changed: Condvar::new(),
        }
    }
}

impl<J, D> Pool<J, D> {
    fn lock(&self) -> MutexGuard<'_, State<J, D>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, number: u64, job: J) {
        self.lock().jobs.push_back((number, job));
        self.jobs_changed.notify_one();
    }

    /// Returns a result if it is there.
    fn ready(&self, number: u64) -> Option<D> {
        let result = self.lock().results.remove(&number);
        result.map(resume_panic)
    }

    fn wait_for(&self, number: u64) -> D {
        let mut state = self.lock();
        loop {
            if let Some(result) = state.results.remove(&number) {
                drop(state);
                return resume_panic(result);
            }
            let woken = self.results_changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self, work: &impl Fn(J) -> D) {
        while let Some((number, job)) = self.next_job() {
            // A panic reaches the caller, who would wait for this result without end.
            let job = std::panic::AssertUnwindSafe(|| work(job));
            let result = std::panic::catch_unwind(job);
            self.lock().results.insert(number, result);
            self.results_changed.notify_one();
        }
    }

    fn next_job(&self) -> Option<(u64, J)> {
        let mut state = self.lock();
        loop {
            if state.is_closed {
                return None;
            }
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            let woken = self.jobs_changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn resume_panic<D>(result: thread::Result<D>) -> D {
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

struct CloseOnDrop<'p, J, D>(&'p Pool<J, D>);

impl<J, D> Drop for CloseOnDrop<'_, J, D> {
    fn drop(&mut self) {
        self.0.lock().is_closed = true;
        self.0.jobs_changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, Next, Result, Source, run};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    struct Numbers {
        next: u64,
        end: u64,
        done: Vec<u64>,
        fails_at: u64,
    }

    impl Source for Numbers {
        type Job = u64;
        type Done = u64;

        fn next(&mut self) -> Result<Next<u64>> {
            self.next += 1;
            Ok(if self.next <= self.end {
                Next::Job(self.next)
            } else {
                Next::Over
            })
        }

        fn finish(&mut self, done: u64) -> Result<()> {
            if done == self.fails_at {
                return Err(Error::invalid_input("enough"));
            }
            self.done.push(done);
            Ok(())
        }
    }

    fn numbers(end: u64, fails_at: u64) -> Numbers {
        Numbers {
            next: 0,
            end,
            done: Vec::new(),
            fails_at,
        }
    }

    #[test]
    fn results_keep_the_order_and_errors_end_it() {
        for threads in [1, 7] {
            let work = |number: u64| {
                std::thread::sleep(Duration::from_micros(number * 37 % 100));
                number
            };
            let mut all = numbers(200, 0);
            assert!(run(threads, &mut all, work).is_ok());
            assert_eq!(all.done, (1..=200).collect::<Vec<_>>());
            let mut some = numbers(200, 50);
            assert!(run(threads, &mut some, work).is_err());
            assert_eq!(some.done, (1..50).collect::<Vec<_>>());
            assert!(run(threads, &mut numbers(0, 0), work).is_ok());
        }
    }

    #[test]
    fn little_is_done_ahead() {
        let started = AtomicU64::new(0);
        let mut all = numbers(1000, 1);
        let work = |number: u64| {
            started.fetch_add(1, Ordering::Relaxed);
            number
        };
        assert!(run(2, &mut all, work).is_err());
        assert!(started.load(Ordering::Relaxed) <= 8);
    }

    #[test]
    #[allow(clippy::panic, reason = "it is what the test is about")]
    fn panics_reach_the_caller() {
        let caught = std::panic::catch_unwind(|| {
            let work = |number: u64| {
                assert_ne!(number, 20, "bad luck");
                number
            };
            run(3, &mut numbers(100, 0), work)
        });
        assert!(caught.is_err());
    }
}
