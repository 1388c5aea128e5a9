//! How far a long run has come, for whoever looks on: a line on the terminal, JSON lines for programs, or nobody.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use onrecord_store::jobs::Counts;
use serde::Serialize;

use crate::outcome;

/// How a run shows how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Show {
    /// A line on the terminal
    Bar,
    /// JSON lines on stderr
    Json,
    /// Nothing
    None,
}

/// How far a run has come; everything in it is in the store already.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Standing {
    /// What was done, in this run and those before it that it goes on with.
    pub counts: Counts,
    /// Documents of this run alone.
    pub documents_now: u64,
    /// Files passed by because they are as they were.
    pub unchanged: u64,
    /// Bytes of the input that this run has read.
    pub bytes: u64,
    /// Bytes that it will have read at its end, where that is known.
    pub of_bytes: Option<u64>,
    /// How long it has run.
    pub elapsed: Duration,
}

/// Somebody who looks on.
pub trait Watcher {
    /// The run has come this far.
    fn show(&mut self, standing: &Standing);
    /// It is at its end: finished, or stopped.
    fn end(&mut self, standing: &Standing, state: &str);
    /// Something that a person should know.
    fn tell(&mut self, message: &str);
}

/// Who looks on: as asked, else a line where stderr is a terminal, else nobody.
pub fn watcher(show: Option<Show>) -> Box<dyn Watcher> {
    let usual = if io::stderr().is_terminal() { Show::Bar } else { Show::None };
    match show.unwrap_or(usual) {
        Show::Bar => {
            let style = ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
            Box::new(Line(ProgressBar::new_spinner().with_style(style)))
        }
        Show::Json => Box::new(Events),
        Show::None => Box::new(Nobody),
    }
}

impl Standing {
    /// Documents a second.
    pub fn rate(&self) -> f64 {
        self.documents_now as f64 / self.elapsed.as_secs_f64().max(0.001)
    }

    /// How much longer it takes, as far as can be told from the bytes read so far.
    pub fn seconds_left(&self) -> Option<u64> {
        let left = self.of_bytes?.saturating_sub(self.bytes);
        let seconds = left as f64 * self.elapsed.as_secs_f64() / (self.bytes.max(1) as f64);
        (self.bytes > 0 && self.elapsed >= Duration::from_secs(1))
            .then(|| Duration::from_secs_f64(seconds.min(1e9)).as_secs())
    }
}

struct Nobody;

impl Watcher for Nobody {
    fn show(&mut self, _: &Standing) {}
    fn end(&mut self, _: &Standing, _: &str) {}
    fn tell(&mut self, message: &str) {
        outcome::tell(message);
    }
}

struct Line(ProgressBar);

impl Watcher for Line {
    fn show(&mut self, standing: &Standing) {
        self.0.set_message(line(standing));
    }

    fn end(&mut self, _: &Standing, _: &str) {
        self.0.finish_and_clear();
    }

    fn tell(&mut self, message: &str) {
        self.0.suspend(|| outcome::tell(message));
    }
}

fn line(standing: &Standing) -> String {
    let Standing { counts, bytes, .. } = standing;
    let left = standing.seconds_left().map(|left| format!(", {} left", HumanDuration(Duration::from_secs(left))));
    format!(
        "{} documents, {:.1} a second, {}, {} {}{}",
        HumanCount(counts.documents),
        standing.rate(),
        HumanBytes(*bytes),
        HumanCount(counts.failed),
        if counts.failed == 1 { "error" } else { "errors" },
        left.unwrap_or_default()
    )
}

struct Events;

/// A line of `--progress json`. A `progress` or `end` that was written is a promise: what it counts is in the store.
#[derive(Serialize)]
struct Event<'a> {
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    documents: u64,
    added: u64,
    errors: u64,
    passed_over: u64,
    unchanged_files: u64,
    bytes: u64,
    documents_per_second: f64,
    seconds_left: Option<u64>,
}

#[derive(Serialize)]
struct Message<'a> {
    r#type: &'a str,
    message: &'a str,
}

impl Watcher for Events {
    fn show(&mut self, standing: &Standing) {
        write(&event("progress", None, standing));
    }

    fn end(&mut self, standing: &Standing, state: &str) {
        write(&event("end", Some(state), standing));
    }

    fn tell(&mut self, message: &str) {
        write(&Message { r#type: "message", message });
    }
}

fn event<'a>(kind: &'a str, state: Option<&'a str>, standing: &Standing) -> Event<'a> {
    Event {
        r#type: kind,
        state,
        documents: standing.counts.documents,
        added: standing.counts.added,
        errors: standing.counts.failed,
        passed_over: standing.counts.passed_over,
        unchanged_files: standing.unchanged,
        bytes: standing.bytes,
        documents_per_second: (standing.rate() * 10.0).round() / 10.0,
        seconds_left: standing.seconds_left(),
    }
}

/// One line, in one write; a closed stderr is no failure.
fn write(line: &impl Serialize) {
    if let Ok(mut line) = serde_json::to_vec(line) {
        line.push(b'\n');
        let _ = io::stderr().write_all(&line);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use onrecord_store::jobs::Counts;

    use super::{Standing, line};

    #[test]
    fn the_line_says_how_much_how_fast_and_how_long() {
        let counts = Counts { documents: 12_345, failed: 1, ..Counts::default() };
        let (bytes, elapsed) = (3 << 20, Duration::from_secs(10));
        let standing =
            Standing { counts, documents_now: 345, bytes, of_bytes: Some(bytes * 7), elapsed, ..Standing::default() };
        assert_eq!(line(&standing), "12,345 documents, 34.5 a second, 3.00 MiB, 1 error, 60 seconds left");
        let unknown = Standing { of_bytes: None, ..standing };
        assert_eq!(line(&unknown), "12,345 documents, 34.5 a second, 3.00 MiB, 1 error");
    }
}
