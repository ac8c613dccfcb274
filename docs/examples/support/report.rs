//! The results of tests, as TAP and as JUnit XML.

use std::fmt::Write as _;

use rblx_open_cloud::Result;
use rblx_open_cloud::models::LuauResult;
use serde::Deserialize;

/// One test.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Test {
    pub(crate) name: String,
    pub(crate) ok: bool,
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) seconds: Option<f64>,
}

/// The return value of a test script: one result for all tests, or a list.
#[derive(Deserialize)]
#[serde(untagged, expecting = "true, false, or a list of tests")]
enum Returned {
    All(bool),
    Each(Vec<Test>),
}

/// Reads what the script returned.
pub(crate) fn tests(result: &LuauResult) -> Result<Vec<Test>> {
    Ok(match result.first()? {
        Returned::Each(tests) => tests,
        Returned::All(ok) => vec![Test {
            name: "all tests".to_owned(),
            ok,
            message: None,
            seconds: None,
        }],
    })
}

/// The Test Anything Protocol, version 13.
pub(crate) fn tap(tests: &[Test]) -> String {
    let mut text = format!("TAP version 13\n1..{}\n", tests.len());
    for (test, number) in tests.iter().zip(1..) {
        let word = if test.ok { "ok" } else { "not ok" };
        let _ = writeln!(text, "{word} {number} - {}", one_line(&test.name));
        for line in test.message.iter().flat_map(|message| message.lines()) {
            let _ = writeln!(text, "# {line}");
        }
    }
    text
}

/// The XML that CI services read.
pub(crate) fn junit(name: &str, tests: &[Test], log: &[String]) -> String {
    let failures = tests.iter().filter(|test| !test.ok).count();
    let seconds = tests.iter().filter_map(|test| test.seconds);
    let seconds = seconds.fold(0.0, |sum, seconds| sum + seconds);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" time=\"{seconds:.3}\">\n",
        escaped(name),
        tests.len()
    );
    for test in tests {
        let (case, seconds) = (escaped(&test.name), test.seconds.unwrap_or_default());
        let _ = write!(text, "  <testcase name=\"{case}\" time=\"{seconds:.3}\"");
        match &test.message {
            _ if test.ok => text.push_str("/>\n"),
            message => {
                let message = escaped(message.as_deref().unwrap_or("failed"));
                let _ = writeln!(text, "><failure message=\"{message}\"/></testcase>");
            }
        }
    }
    let _ = writeln!(
        text,
        "  <system-out>{}</system-out>\n</testsuite>",
        escaped(&log.join("\n"))
    );
    text
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Escapes the characters that XML does not allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            letter if letter.is_control() && letter != '\t' => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
