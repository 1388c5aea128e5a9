//! Entries → an iCalendar object (RFC 5545), an event for each.
//!
//! A day, and a stretch of days, is entered whole. What is told no finer than a week, a month or a year is entered on its first day, and the description says so.
//! No clock: DTSTAMP is the day of publication, or that of the event.

use onrecord::record::Precision;

use crate::plain::{clip, one_line};
use crate::timeline::{Entry, label};

/// Octets of a line before it must be folded.
const LINE: usize = 75;
/// Characters of a summary.
const SUMMARY: usize = 160;
/// What stands before the events, and behind them.
pub(crate) const FRAME: (&str, &str) = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//onrecord//timeline//EN\r\nCALSCALE:GREGORIAN\r\n",
    "END:VCALENDAR\r\n",
);

/// The calendar of `entries`. Lines end in CRLF and are folded between characters.
pub fn calendar(entries: &[Entry]) -> String {
    let (head, tail) = FRAME;
    head.to_owned() + &entries.iter().map(event).collect::<String>() + tail
}

/// The event of an entry, its lines folded.
pub(crate) fn event(entry: &Entry) -> String {
    let mut lines = Vec::new();
    let when = &entry.when;
    let is_day = matches!(when.precision, Precision::Day | Precision::Weekend);
    let compact = |date: &str| date.replace('-', "");
    let stamp = entry.document.published_at.as_deref().and_then(|date| date.get(..10)).unwrap_or(&when.start);
    lines.push("BEGIN:VEVENT".to_owned());
    lines.push(format!("UID:{}@onrecord", entry.id));
    lines.push(format!("DTSTAMP:{}T000000Z", compact(stamp)));
    lines.push(format!("DTSTART;VALUE=DATE:{}", compact(&when.start)));
    // Without an end, an event on a date takes that day.
    if is_day {
        lines.push(format!("DTEND;VALUE=DATE:{}", compact(&when.end)));
    }
    lines.push(format!("SUMMARY:{}", escaped(&clip(&entry.line(), SUMMARY))));
    lines.push(format!("DESCRIPTION:{}", escaped(&description(entry, is_day))));
    if let Some(url) = entry.document.url.as_deref().map(one_line).filter(|url| !url.is_empty()) {
        lines.push(format!("URL:{url}"));
    }
    let category = entry.statement.as_ref().map_or("date", |said| &said.act);
    lines.push(format!("CATEGORIES:{}", escaped(category)));
    lines.push("END:VEVENT".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// What was said or told, where, and how finely it is dated.
fn description(entry: &Entry, is_day: bool) -> String {
    let mut parts = vec![entry.line()];
    if entry.statement.is_some() {
        parts.push(entry.sentence.clone());
    }
    parts.push(format!("{}: “{}”", entry.source(), entry.when.words));
    if !is_day {
        parts.push(format!("Told only as {}; entered on its first day.", label(&entry.when)));
    }
    parts.join("\n")
}

/// TEXT of RFC 5545.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// The line in pieces of at most 75 octets, each after the first with a space before it.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / 32 + 2);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            folded.push_str("\r\n ");
            used = 1;
        }
        folded.push(c);
        used += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::{escaped, folded};

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let line = "é".repeat(80);
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|piece| piece.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }
}
