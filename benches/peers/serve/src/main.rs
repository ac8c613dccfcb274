//! The server of the benchmarks as a separate program.

#[path = "../../../support/server.rs"]
#[allow(dead_code, reason = "the benchmarks use more of it")]
mod server;

fn main() -> std::io::Result<()> {
    server::run()
}
