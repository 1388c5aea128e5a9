//! The line on stderr that says how far a long run has come.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use crate::outcome;
use crate::settings::Showing;

/// Counts documents, and shows the counts once a run has taken a second, if anybody is there to see them.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    is_wanted: bool,
    bar: Option<ProgressBar>,
    counts: Counts,
}

#[derive(Debug, Default)]
struct Counts {
    documents: u64,
    bytes: u64,
    errors: u64,
}

impl Progress {
    /// Shown only if stderr is a terminal and stdout is not: the two would write over one another.
    pub fn new(showing: Showing) -> Progress {
        let is_wanted = showing == Showing::Auto && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress { started: Instant::now(), is_wanted, bar: None, counts: Counts::default() }
    }

    /// One more document is done.
    pub fn add(&mut self, bytes: u64, failed: bool) {
        self.counts.documents += 1;
        self.counts.bytes += bytes;
        self.counts.errors += u64::from(failed);
        let elapsed = self.started.elapsed();
        if !self.is_wanted || elapsed < Duration::from_secs(1) {
            return;
        }
        let style = || ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
        self.bar
            .get_or_insert_with(|| ProgressBar::new_spinner().with_style(style()))
            .set_message(self.counts.line(elapsed));
    }

    /// Writes a message to stderr, above the line.
    pub fn tell(&self, message: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| outcome::tell(message)),
            None => outcome::tell(message),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Counts {
    fn line(&self, elapsed: Duration) -> String {
        let a_second = self.documents as f64 / elapsed.as_secs_f64().max(0.001);
        let errors = if self.errors == 1 { "error" } else { "errors" };
        format!(
            "{} documents, {a_second:.1} a second, {}, {} {errors}",
            HumanCount(self.documents),
            HumanBytes(self.bytes),
            HumanCount(self.errors)
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Counts;

    #[test]
    fn the_line_gives_all_four_figures() {
        let counts = Counts { documents: 12_345, bytes: 3 << 20, errors: 1 };
        assert_eq!(counts.line(Duration::from_secs(10)), "12,345 documents, 1234.5 a second, 3.00 MiB, 1 error");
    }
}
