//! One call and nothing else, from the start of the process to the response.

use serde::de::DeserializeOwned;
use ureq::{Agent, Body, Error};

#[path = "../../../../support/by_hand.rs"]
mod by_hand;

fn read_json<T: DeserializeOwned>(body: &mut Body) -> Result<T, Error> {
    body.read_json()
}

fn main() -> Result<(), Error> {
    let url = std::env::args().nth(1).unwrap_or_default();
    println!("{}", by_hand::user(&Agent::new_with_defaults(), &url)?.name);
    Ok(())
}
