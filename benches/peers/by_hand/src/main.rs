//! The hand-written loop as a program.

use std::hint::black_box;

use job::{Job, THREADS};
use serde::de::DeserializeOwned;
use ureq::{Agent, Body, Error};

#[path = "../../../support/by_hand.rs"]
mod by_hand;
#[path = "../../job.rs"]
#[allow(dead_code, reason = "this peer has no uploads here")]
mod job;

fn read_json<T: DeserializeOwned>(body: &mut Body) -> Result<T, Error> {
    body.read_json()
}

fn main() -> Result<(), Error> {
    let job = Job::from_arguments();
    let url = &job.url;
    let agent = Agent::new_with_defaults();
    let done = match job.what.as_str() {
        "list" => by_hand::list(&agent, url, job.number)?,
        "calls" => {
            for _ in 0..job.number {
                black_box(by_hand::user(&agent, url)?);
            }
            job.number
        }
        // Each with its own pool.
        "threads" => std::thread::scope(|scope| {
            let each = || by_hand::list(&Agent::new_with_defaults(), url, job.number);
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(each)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .sum::<Result<u64, Error>>()
        })?,
        other => panic!("{other} is not a job"),
    };
    job.done(done);
    Ok(())
}
