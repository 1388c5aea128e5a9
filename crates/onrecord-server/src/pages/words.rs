//! Values → words that people read: functions of the templates.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::sync::LazyLock;

use onrecord_store::search::{EventHit, MARK_END, MARK_START, Named};

use crate::asked::Parameters;

use onrecord::record::Kind;

/// `2026-03-11T10:00:00Z` → `11 March 2026`; anything else as it is.
pub fn day(date: &str) -> String {
    match date.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
        Some(day) => day.strftime("%-d %B %Y").to_string(),
        None => date.to_owned(),
    }
}

/// `12345` → `12,345`.
pub fn count(count: impl Borrow<u64>) -> String {
    let digits = count.borrow().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `0.934` → `93 %`.
pub fn percent(share: impl Borrow<f64>) -> String {
    format!("{:.0} %", share.borrow() * 100.0)
}

/// `1 statement`, `12,000 statements`.
pub fn plural(number: impl Borrow<u64>, noun: &str) -> String {
    let number = *number.borrow();
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// `2026-03-11T10:00:00Z` → `11 March 2026, 10:00 UTC`; a day as [`day`] writes it.
pub fn moment(date: &str) -> String {
    match date.parse::<jiff::Timestamp>() {
        Ok(moment) => format!("{}, {} UTC", day(&moment.to_string()), moment.strftime("%H:%M")),
        Err(_) => day(date),
    }
}

/// `say` → `says`; of what is told not to have been said, `did not say`. Who refused to say something did refuse.
pub fn act(act: &str, negated: impl Borrow<bool>) -> String {
    match (act, *negated.borrow()) {
        ("other", _) => String::new(),
        (act, true) if act != "refuse" => format!("did not {act}"),
        ("deny" | "reply", _) => format!("{}ies", act.trim_end_matches('y')),
        (act, _) => format!("{act}s"),
    }
}

/// What somebody did to somebody, in the words of the article: `the council – sacked – the warden`.
pub fn deed(event: &EventHit) -> String {
    let party = |named: &Option<Named>, words: &Option<String>| {
        named.as_ref().map(|named| named.name.clone()).or_else(|| words.clone())
    };
    let actor = party(&event.actor, &event.actors);
    let recipient = party(&event.recipient, &event.recipients);
    let parts = [actor, Some(event.trigger.clone()), recipient];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// `SANCTION` → `Sanction`.
pub fn kind(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
}

/// A day that is known as finely as `precision` says: `11 March 2026`, `March 2026`, `2026`.
pub fn when(from: &str, precision: &str) -> String {
    let day = day(from);
    let later = |words: usize| day.splitn(words + 1, ' ').last().unwrap_or_default().to_owned();
    match precision {
        "year" => later(2),
        "month" => later(1),
        _ => day,
    }
}

/// `/articles?outlet=The+Post`
pub fn search(path: &str, name: &str, value: &str) -> String {
    Parameters::default().and(name, value).behind(path)
}

/// `NZ` → `New Zealand`; a code that is no state's as it is.
pub fn country(code: &str) -> &str {
    match code {
        // Those of bodies that are of no state.
        "EUR" => "Europe",
        "IGO" => "between states",
        "NGO" => "of no state",
        code => COUNTRIES.get(code).copied().unwrap_or(code),
    }
}

/// `GOV` → `Government`; a code that is none of PLOVER's as it is.
pub fn sector(code: &str) -> &str {
    SECTORS.get(code).copied().unwrap_or(code)
}

static COUNTRIES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| columns(onrecord_data::STATES, 1, 0));
static SECTORS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| columns(onrecord_data::SECTOR_CODES, 0, 2));

/// Two columns of a table, one as the key of the other; the first of those with the same key.
fn columns(table: &'static str, key: usize, value: usize) -> HashMap<&'static str, &'static str> {
    let mut found = HashMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        if let (Some(key), Some(value)) = (cells.get(key), cells.get(value)) {
            found.entry(*key).or_insert(*value);
        }
    }
    found
}

/// The first line, and how many follow it.
pub fn lines(text: &str) -> (&str, usize) {
    (text.lines().next().unwrap_or_default(), text.lines().count().saturating_sub(1))
}

/// `12345678` bytes → `12 MB`.
pub fn bytes(bytes: impl Borrow<u64>) -> String {
    let bytes = *bytes.borrow();
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// A piece of a snippet.
pub struct Piece<'a> {
    /// Whether it matches what was asked for.
    pub is_match: bool,
    /// Its words.
    pub text: &'a str,
}

/// A snippet as its pieces.
pub fn pieces(snippet: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for part in snippet.split_inclusive([MARK_START, MARK_END]) {
        let text = part.trim_end_matches([MARK_START, MARK_END]);
        pieces.push(Piece { is_match: part.ends_with(MARK_END), text });
    }
    pieces
}

/// What somebody or something is.
pub fn kind_of(kind: impl Borrow<Kind>) -> &'static str {
    match kind.borrow() {
        Kind::Person => "person",
        Kind::Organization => "organization",
        Kind::Place => "place",
        Kind::Group => "group",
        Kind::Work => "work",
        Kind::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::{act, count, country, day, moment, pieces, sector, when};

    #[test]
    fn dates_and_counts_are_written_for_people() {
        assert_eq!(day("2026-03-11T10:00:00Z"), "11 March 2026");
        assert_eq!(day("2026-03"), "2026-03");
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn codes_are_written_as_names() {
        assert_eq!((country("NZ"), country("XX")), ("New Zealand", "XX"));
        assert_eq!(sector("GOV"), "Government");
        let acts = [("deny", false), ("say", true), ("refuse", true), ("other", false)]
            .map(|(name, negated)| act(name, negated));
        assert_eq!(acts, ["denies", "did not say", "refuses", ""]);
        assert_eq!(
            (when("2026-03-01", "month"), when("2026-01-01", "year")),
            ("March 2026".to_owned(), "2026".to_owned())
        );
        assert_eq!(moment("2026-03-11T10:05:00Z"), "11 March 2026, 10:05 UTC");
    }

    #[test]
    fn a_snippet_comes_apart_at_its_marks() {
        let pieces = pieces("the \u{e000}dam\u{e001} and the \u{e000}lock\u{e001}");
        let shown: Vec<_> = pieces.iter().map(|piece| (piece.is_match, piece.text)).collect();
        assert_eq!(shown, [(false, "the "), (true, "dam"), (false, " and the "), (true, "lock")]);
    }
}
