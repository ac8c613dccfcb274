//! The job of every peer: `<program> <url> list|calls|threads|upload <number> [file]`.

pub struct Job {
    pub url: String,
    pub what: String,
    pub number: u64,
    pub file: String,
}

/// Number of threads that share a client.
pub const THREADS: u64 = 8;

impl Job {
    pub fn from_arguments() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mut next = || arguments.next().unwrap_or_default();
        Self {
            url: next(),
            what: next(),
            number: next().parse().expect("a number"),
            file: next(),
        }
    }

    /// Prints the count, and with PEAK in the environment the peak memory in KiB.
    pub fn done(&self, count: u64) {
        println!("{count}");
        if std::env::var_os("PEAK").is_some() {
            let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
            let peak = status.lines().find(|line| line.starts_with("VmHWM:"));
            println!(
                "{}",
                peak.unwrap_or_default()
                    .trim_matches(|c: char| !c.is_ascii_digit())
            );
        }
    }
}
