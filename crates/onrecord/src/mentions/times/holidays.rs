//! Days with names: "Christmas", "last Thanksgiving", "New Year's Day 2018".

use super::calendar::year_behind;
use super::said::{Base, Calendar};
use super::scan::{Read, Scanner};
use crate::tables::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest name of a holiday, in words.
const LONGEST: usize = 5;

static HOLIDAYS: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| rows(onrecord_data::HOLIDAYS).enumerate().map(|(at, [name, _])| (name, at)).collect());

/// A holiday of the table, perhaps with its year.
pub(super) fn holiday(scanner: &Scanner, at: usize) -> Read<Base> {
    let first = scanner.words.get(at).filter(|word| word.is_capitalised())?;
    let (row, end) = (1..=LONGEST).rev().find_map(|length| {
        let last = scanner.words.get(at + length - 1)?;
        let name = name(scanner, at, at + length)?;
        let row = HOLIDAYS.get(name.as_str()).copied()?;
        (last.span.start >= first.span.start).then_some((row, at + length))
    })?;
    let year = year_behind(scanner, end, true);
    let calendar = Calendar { year: year.map(|(year, _)| year), ..Calendar::default() };
    Some((Base::Holiday(row, calendar), year.map_or(end, |(_, end)| end)))
}

/// The words as the table writes them: in lower case, with straight apostrophes.
fn name(scanner: &Scanner, at: usize, end: usize) -> Option<String> {
    let mut name = String::new();
    for word in scanner.words.get(at..end)? {
        if word.lower.len() > 16 {
            return None;
        }
        let joins = matches!(word.lower.as_str(), "'s" | "’s" | "'" | "’");
        if !name.is_empty() && !joins {
            name.push(' ');
        }
        name.push_str(&word.lower.replace('’', "'"));
    }
    Some(name)
}
