//! Takes the first snippet out of the README, so that what is measured is what people read.

use std::{env, fs, path::Path};

fn main() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../README.md");
    println!("cargo::rerun-if-changed={}", readme.display());
    let text = fs::read_to_string(readme).expect("the README");
    let (_, snippet) = text.split_once("```rust,no_run\n").expect("a snippet");
    let (snippet, _) = snippet.split_once("```").expect("the end of the snippet");
    let target = Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join("snippet.rs");
    fs::write(target, snippet).expect("a place to write");
}
