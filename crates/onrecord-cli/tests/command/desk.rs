//! A folder to work in, and the program.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// A temporary folder in which the program is run.
pub struct Desk(tempfile::TempDir);

/// What a run came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Every line of the output as JSON.
    pub fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// The ids of the documents, each with its kind of error.
    pub fn ids(&self) -> Vec<(String, Option<String>)> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.lines().iter().map(|line| (text(&line["document"]["id"]).unwrap(), text(&line["error"]["kind"]))).collect()
    }
}

impl Desk {
    pub fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    /// Puts a file on the desk.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The text of a file on the desk.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(arguments).current_dir(self.0.path());
        for name in [
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "COLUMNS",
            "ONRECORD_STORE",
            "ONRECORD_THREADS",
            "ONRECORD_PROGRESS",
            "ONRECORD_LIMITS_PAGE",
            "ONRECORD_LIMITS_SEARCH_SECONDS",
            "ONRECORD_FETCH_USER_AGENT",
            "ONRECORD_FETCH_PAUSE_SECONDS",
            "ONRECORD_FETCH_ALLOW",
            "ONRECORD_LIMITS_REQUESTS_PER_SECOND",
            "ONRECORD_LIMITS_CONNECTIONS",
            "ONRECORD_LIMITS_READING_THREADS",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program with nothing on stdin.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.pipe(arguments, b"")
    }

    /// Runs the program with `input` on stdin.
    pub fn pipe(&self, arguments: &[&str], input: &[u8]) -> Run {
        finish(self.command(arguments), input)
    }
}

/// Runs `command` with `input` on stdin.
pub fn finish(mut command: Command, input: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The program may end before it has read everything.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The articles that tests read, one a line.
pub fn line(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "text": text}))
}
