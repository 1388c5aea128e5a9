//! The events of a record → rows of the formats that people who count events use.
//!
//! What stands here is which events are written and how often; a format is a file of its own. A format that has no room for a denial or a plan gets neither, unless
//! it is asked for. Nothing is made up: what a record does not tell is empty, and `docs/exports.md` says what that is.

mod cells;
mod codes;
mod csv;
mod dates;
mod gdelt;
mod happening;
mod icews;
mod jsonl;
mod polecat;

use clap::ValueEnum;
use onrecord::Record;

use happening::Article;

/// What events are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PLOVER, a JSON object a line, with offsets
    Jsonl,
    /// All that the record has, an event a row
    Csv,
    /// POLECAT's weekly file: 40 columns, tabs
    Polecat,
    /// ICEWS's yearly file: 20 columns, tabs
    Icews,
    /// GDELT 2.0 events: 61 columns, tabs, no header
    Gdelt,
    /// GDELT 2.0 mentions: 16 columns, tabs, no header
    GdeltMentions,
}

/// How events are written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub format: Format,
    /// Whether a format that cannot say so gets what did not happen, or not yet.
    pub all: bool,
    /// Whether CSV is for a spreadsheet: byte order mark, and no cell that would run as a formula.
    pub spreadsheet: bool,
}

/// What stands above the rows, with its line end; empty where the format has nothing there.
pub fn header(options: Options) -> String {
    match options.format {
        Format::Polecat => polecat::COLUMNS.join("\t") + "\n",
        Format::Icews => icews::COLUMNS.join("\t") + "\n",
        Format::Csv => csv::header(options.spreadsheet),
        Format::Jsonl | Format::Gdelt | Format::GdeltMentions => String::new(),
    }
}

/// The rows of `record`, each with its line end, in the order of the text.
pub fn rows(record: &Record, options: Options) -> Vec<String> {
    let article = Article::new(record);
    let holds_status = matches!(options.format, Format::Jsonl | Format::Csv);
    let happenings = article.happenings(holds_status || options.all);
    let row = |cells: Vec<String>| cells.join("\t") + "\n";
    match options.format {
        Format::Polecat => happenings.iter().map(|happening| row(polecat::row(&article, happening))).collect(),
        Format::Icews => happenings.iter().map(|happening| row(icews::row(&article, happening))).collect(),
        Format::Gdelt => happenings.iter().map(|happening| row(gdelt::event(&article, happening))).collect(),
        Format::GdeltMentions => {
            happenings.iter().flat_map(|happening| gdelt::mentions(&article, happening)).map(row).collect()
        }
        Format::Csv => happenings.iter().map(|happening| csv::row(&article, happening, options.spreadsheet)).collect(),
        Format::Jsonl => happenings.iter().map(|happening| jsonl::line(&article, happening)).collect(),
    }
}
