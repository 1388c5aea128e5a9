//! Entries → what a person reads: each time once, in words as coarse as it is told, and beneath it what is dated by it.

use onrecord_tables::timeline::{Entry, label};

use crate::paint::{Style, paint};
use crate::plain::wrap;
use crate::pretty::Page;

/// How far what is dated stands in.
const INDENT: usize = 4;

/// Sets `entries`, which are in the order of time.
pub fn page(entries: &[Entry], page: Page) -> String {
    let mut lines = Vec::new();
    let mut last = String::new();
    for entry in entries {
        let label = label(&entry.when);
        if label != last {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(paint(&label, Style::Bold, page.is_coloured));
            last = label;
        }
        let mut paragraph = |text: &str, style: Option<Style>| {
            for line in wrap(text, page.columns.saturating_sub(INDENT)) {
                let line = style.map_or_else(|| line.clone(), |style| paint(&line, style, page.is_coloured));
                lines.push(format!("{:INDENT$}{line}", ""));
            }
        };
        paragraph(&entry.line(), None);
        paragraph(&format!("{} · “{}”", entry.source(), entry.when.words), Some(Style::Dim));
    }
    lines.push(String::new());
    lines.join("\n")
}
