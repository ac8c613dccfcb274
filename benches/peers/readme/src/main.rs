//! The first snippet of the README, for the time of its build and its size.

include!(concat!(env!("OUT_DIR"), "/snippet.rs"));
