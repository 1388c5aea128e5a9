//! The events of a record → rows of the formats that people who count events use.
//!
//! What stands here is which events are written and how often; a format is a file of its own. A format that has no room for a denial or a plan gets neither, unless
//! it is asked for. Nothing is made up: what a record does not tell is empty, and `docs/exports.md` says what that is.

use super::{Format, Options, event_csv, gdelt, icews, plover, polecat};
use crate::article::Article;

/// What stands above the rows, with its line end; empty where the format has nothing there.
pub fn header(format: Format, options: &Options) -> String {
    match format {
        Format::Polecat => polecat::COLUMNS.join("\t") + "\n",
        Format::Icews => icews::COLUMNS.join("\t") + "\n",
        Format::EventCsv => event_csv::header(options.spreadsheet),
        _ => String::new(),
    }
}

/// The rows of an article, each with its line end, in the order of the text.
pub fn rows(format: Format, article: &Article, options: &Options) -> Vec<String> {
    let holds_status = matches!(format, Format::Plover | Format::EventCsv);
    let happenings = article.happenings(holds_status || options.all);
    let row = |cells: Vec<String>| cells.join("\t") + "\n";
    match format {
        Format::Polecat => happenings.iter().map(|happening| row(polecat::row(article, happening))).collect(),
        Format::Icews => happenings.iter().map(|happening| row(icews::row(article, happening))).collect(),
        Format::Gdelt => happenings.iter().map(|happening| row(gdelt::event(article, happening))).collect(),
        Format::GdeltMentions => {
            happenings.iter().flat_map(|happening| gdelt::mentions(article, happening)).map(row).collect()
        }
        Format::EventCsv => {
            happenings.iter().map(|happening| event_csv::row(article, happening, options.spreadsheet)).collect()
        }
        Format::Plover => happenings.iter().map(|happening| plover::line(article, happening)).collect(),
        _ => Vec::new(),
    }
}
