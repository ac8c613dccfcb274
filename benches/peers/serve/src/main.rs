//! The server of the benchmarks as a program of its own.

#[path = "../../../support/server.rs"]
#[allow(dead_code, reason = "the benchmarks use more of it")]
mod server;

fn main() -> std::io::Result<()> {
    server::run()
}
