//! What every peer is asked to do: `<program> <url> list|calls|threads|upload <number> [file]`.

pub struct Job {
    pub url: String,
    pub what: String,
    pub number: u64,
    pub file: String,
}

/// How many threads a client is shared between.
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

    /// Says what was done, and with PEAK in the environment the memory it took, in KiB.
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
