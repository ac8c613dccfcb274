//! A server of Redis or Valkey for a test.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{TemporaryPath, free_port};

/// Returns the program of the server, if it is installed.
fn program() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("TEST_REDIS_SERVER") {
        return Some(program.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let programs = std::env::split_paths(&folders)
        .flat_map(|folder| [folder.join("redis-server"), folder.join("valkey-server")]);
    programs.into_iter().find(|program| program.is_file())
}

/// A server on a separate port, which is stopped when this is dropped.
pub(crate) struct Server {
    program: PathBuf,
    pub(crate) port: u16,
    folder: TemporaryPath,
    process: Option<Child>,
}

impl Server {
    /// Starts a server. Returns `None` if it is not installed.
    pub(crate) fn start(name: &str) -> Option<Self> {
        let Some(program) = program() else {
            println!("there is no redis-server: skipped");
            return None;
        };
        let folder = TemporaryPath::new(name);
        std::fs::create_dir(&folder.0).unwrap();
        let port = free_port();
        let mut server = Self {
            program,
            port,
            folder,
            process: None,
        };
        server.restart();
        Some(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Starts it on the same port, with nothing in it.
    pub(crate) fn restart(&mut self) {
        let process = Command::new(&self.program)
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(&self.folder.0)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.process = Some(process);
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(20));
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Sends it a signal, such as `STOP`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.process.as_ref().unwrap().id().to_string();
        assert!(
            Command::new("kill")
                .args([&format!("-{name}"), &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Sends a command as a person would, and returns the reply.
    pub(crate) fn command(&self, line: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .write_all(format!("{line}\r\nQUIT\r\n").as_bytes())
            .unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
