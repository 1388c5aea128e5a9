//! Rows → a table, JSON, JSON lines or CSV. All of them, but where a caller says how many: nothing is cut off here.
//!
//! JSON has each row with all its fields; CSV has them in columns; a table has those that fit a terminal, words broken over lines and never cut.

use std::io::{self, Write};

use clap::ValueEnum;
pub use onrecord_store::Row;
use onrecord_store::csv_line;
use unicode_width::UnicodeWidthStr;

use crate::paint::{Style, paint};
use crate::plain::{one_line, wrap};
use crate::pretty::Page;

/// What rows are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// For people
    Table,
    /// One array of all rows
    Json,
    /// One row a line, as JSON
    Jsonl,
    /// For spreadsheets
    Csv,
}

/// The widest that a column of a table is, but for the last.
const WIDEST: usize = 24;
/// The narrowest that the last is.
const NARROWEST: usize = 16;

/// A list as it is written: rows one after the other, then [`Listing::end`].
#[derive(Debug)]
pub struct Listing<'a, W> {
    to: To,
    page: Page,
    out: &'a mut W,
    rows: usize,
    /// What waits for the widths of the columns to be known.
    held: Vec<Vec<String>>,
}

impl<'a, W: Write> Listing<'a, W> {
    /// A list without rows yet.
    pub fn new(to: To, page: Page, out: &'a mut W) -> Listing<'a, W> {
        Listing { to, page, out, rows: 0, held: Vec::new() }
    }

    /// Writes a row; a table waits for its end.
    pub fn row<R: Row>(&mut self, row: &R) -> io::Result<()> {
        match self.to {
            To::Table => {
                let cells = row.cells();
                let shown = R::SHOWN.iter().map(|name| {
                    let at = R::COLUMNS.iter().position(|column| column == name);
                    at.and_then(|at| cells.get(at)).map(|cell| one_line(cell)).unwrap_or_default()
                });
                self.held.push(shown.collect());
            }
            To::Json => {
                self.out.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *self.out, row)?;
            }
            To::Jsonl => {
                serde_json::to_writer(&mut *self.out, row)?;
                self.out.write_all(b"\n")?;
            }
            To::Csv => {
                if self.rows == 0 {
                    self.out.write_all(csv_line(R::COLUMNS).as_bytes())?;
                }
                self.out.write_all(csv_line(&row.cells()).as_bytes())?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the list; beneath a table stands `note`. Without a row there are still the columns of CSV and an empty array.
    pub fn end<R: Row>(mut self, note: &str) -> io::Result<()> {
        match self.to {
            To::Table => {
                let held = std::mem::take(&mut self.held);
                self.out.write_all(table(R::SHOWN, &held, self.page).as_bytes())?;
                if !held.is_empty() && !note.is_empty() {
                    self.out.write_all(b"\n")?;
                }
                for line in wrap(note, self.page.columns) {
                    writeln!(self.out, "{}", paint(&line, Style::Dim, self.page.is_coloured))?;
                }
                Ok(())
            }
            To::Json => self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" }),
            To::Csv if self.rows == 0 => self.out.write_all(csv_line(R::COLUMNS).as_bytes()),
            To::Jsonl | To::Csv => Ok(()),
        }
    }
}

/// `1 statement`, `12 statements`.
pub fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A header and the rows; nothing where there are no rows.
fn table(columns: &[&str], rows: &[Vec<String>], page: Page) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut widths: Vec<usize> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let natural = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        widths.push(natural.max(column.width()).min(WIDEST));
    }
    let before: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum();
    if let Some(last) = widths.last_mut() {
        *last = page.columns.saturating_sub(before).max(NARROWEST);
    }
    let header: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let mut text = String::new();
    for line in lines_of(&header, &widths) {
        text.push_str(&(paint(&line, Style::Bold, page.is_coloured) + "\n"));
    }
    for row in rows {
        lines_of(row, &widths).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    }
    text
}

/// A row as lines, each cell broken at the width of its column.
fn lines_of(row: &[String], widths: &[usize]) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let line = |at: usize| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let words = cell.get(at).map(String::as_str).unwrap_or_default();
            line.push_str(words);
            line.extend(std::iter::repeat_n(' ', (width + 2).saturating_sub(words.width())));
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use onrecord_store::Row;

    use super::{Listing, To};
    use crate::pretty::Page;

    #[derive(Serialize)]
    struct Said {
        who: &'static str,
        what: &'static str,
    }

    impl Row for Said {
        const COLUMNS: &'static [&'static str] = &["who", "what"];
        const SHOWN: &'static [&'static str] = &["who", "what"];
        fn cells(&self) -> Vec<String> {
            vec![self.who.to_owned(), self.what.to_owned()]
        }
    }

    fn written(to: To, rows: &[Said]) -> String {
        let mut out = Vec::new();
        let mut listing = Listing::new(to, Page { columns: 30, is_coloured: false }, &mut out);
        rows.iter().for_each(|row| listing.row(row).unwrap());
        listing.end::<Said>("all of them").unwrap();
        String::from_utf8(out).unwrap()
    }

    const ROWS: [Said; 2] = [
        Said { who: "Ada Holm", what: "The dam holds, and \"will\x1b hold\" through the night" },
        Said { who: "Bo", what: "=No" },
    ];

    #[test]
    fn rows_stand_in_each_form() {
        assert_eq!(
            written(To::Table, &ROWS),
            "who       what\nAda Holm  The dam holds, and\n          \"will␛ hold\" through\n          the night\nBo        =No\n\nall of them\n"
        );
        assert_eq!(
            written(To::Csv, &ROWS),
            "who,what\r\nAda Holm,\"The dam holds, and \"\"will\x1b hold\"\" through the night\"\r\nBo,'=No\r\n"
        );
        assert_eq!(written(To::Json, &ROWS[1..]), "[\n{\"who\":\"Bo\",\"what\":\"=No\"}\n]\n");
        assert_eq!(written(To::Jsonl, &ROWS[1..]), "{\"who\":\"Bo\",\"what\":\"=No\"}\n");
    }

    #[test]
    fn no_rows_are_still_a_list() {
        let all = [To::Table, To::Json, To::Jsonl, To::Csv].map(|to| written(to, &[]));
        assert_eq!(all, ["all of them\n", "[]\n", "", "who,what\r\n"]);
    }
}
