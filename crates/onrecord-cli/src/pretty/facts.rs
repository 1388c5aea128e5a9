//! When, where and how much: three tables under the statements, each with the words of the text, what they come to, and their paragraphs.
//!
//! Words that come to the same several times have one row. A table without rows is not shown.

use std::collections::HashMap;

use onrecord::record::{Bound, CharSpan, Place, Quantity, Time, TimeType};
use unicode_width::UnicodeWidthStr;

use super::{INDENT, Sheet, Style, one_line, wrap};

/// Paragraph numbers in one row; how many more there are is told.
const MOST_PARAGRAPHS: usize = 6;

/// One row: the words, what they come to, where they stand.
struct Row {
    words: String,
    meaning: String,
    paragraphs: Vec<usize>,
}

impl Sheet<'_> {
    /// The three tables, each under its heading.
    pub(super) fn facts(&mut self) {
        let record = self.record;
        let when = self.rows(record.times.iter().map(|time| (time.span, of_time(time))));
        let places = record.places.iter().map(|place| (place.span, self.of_place(place)));
        let places = self.rows(places);
        let quantities = record.quantities.iter().map(|quantity| (quantity.span, self.of_quantity(quantity)));
        let quantities = self.rows(quantities);
        for (heading, rows) in [("When", when), ("Where", places), ("How much", quantities)] {
            self.table(heading, &rows);
        }
    }

    /// One row for the same words with the same meaning.
    fn rows(&self, items: impl Iterator<Item = (CharSpan, String)>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        for (span, meaning) in items {
            let words = self.quoted(&[span]);
            let paragraph = self.paragraph_of(span);
            let at = *seen.entry((words.clone(), meaning.clone())).or_insert(rows.len());
            if at == rows.len() {
                rows.push(Row { words, meaning, paragraphs: Vec::new() });
            }
            if let Some(row) = rows.get_mut(at) {
                row.paragraphs.extend(paragraph.filter(|number| row.paragraphs.last() != Some(number)));
            }
        }
        rows
    }

    fn table(&mut self, heading: &str, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        self.lines.push(String::new());
        self.paragraph(heading, 0, Some(Style::Bold));
        let room = self.page.columns.saturating_sub(INDENT);
        let widths = rows.iter().map(|row| row.words.width());
        let left = widths.filter(|&width| width <= room * 2 / 5).max().unwrap_or(0);
        for row in rows {
            self.row(row, left);
        }
    }

    /// Words and meaning side by side; under each other where the words are too long for their column.
    fn row(&mut self, row: &Row, left: usize) {
        let meaning = [row.meaning.clone(), told_paragraphs(&row.paragraphs)];
        let meaning = meaning.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
        if row.words.width() > left {
            self.paragraph(&row.words, INDENT, None);
            self.paragraph(&meaning, 2 * INDENT, Some(Style::Dim));
            return;
        }
        let mut words = row.words.as_str();
        for line in wrap(&meaning, self.page.columns.saturating_sub(INDENT + left + 2)) {
            let gap = left - words.width() + 2;
            let line = self.paint(&line, Style::Dim);
            self.lines.push(format!("{:INDENT$}{words}{:gap$}{line}", "", ""));
            words = "";
        }
    }

    /// `Kyiv · UA · capital · 50.45, 30.52`.
    fn of_place(&self, place: &Place) -> String {
        let mut parts = Vec::new();
        if self.quoted(&[place.span]) != place.name {
            parts.push(one_line(&place.name));
        }
        parts.extend(place.country.as_deref().map(one_line));
        parts.push(one_line(&place.kind));
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            parts.push(format!("{lat:.2}, {lon:.2}"));
        }
        if !place.claimed_by.is_empty() {
            parts.push(format!("claimed by {}", one_line(&place.claimed_by.join(", "))));
        }
        if place.as_actor {
            parts.push("its government".to_owned());
        }
        parts.join(" · ")
    }

    /// `about 300,000`, `more than 5 miles = 8,046.72 m · of track`.
    fn of_quantity(&self, quantity: &Quantity) -> String {
        let mut told = match quantity.bound {
            Bound::Exactly | Bound::Between => String::new(),
            Bound::About => "about ".to_owned(),
            Bound::AtLeast => "at least ".to_owned(),
            Bound::MoreThan => "more than ".to_owned(),
            Bound::AtMost => "at most ".to_owned(),
            Bound::LessThan => "less than ".to_owned(),
        };
        told.push_str(&number(quantity.value));
        if let Some(upper) = quantity.upper {
            told = format!("{told} to {}", number(upper));
        }
        match (&quantity.unit_code, &quantity.base) {
            (Some(code), Some(base))
                if base.unit.len() == 3 && base.unit.bytes().all(|byte| byte.is_ascii_uppercase()) =>
            {
                let is_main =
                    *code == base.unit && (base.value - quantity.value).abs() <= f64::EPSILON * quantity.value.abs();
                told = if is_main {
                    format!("{told} {code}")
                } else {
                    format!("{told} {} = {} {code}", unit(quantity), number(base.value))
                };
            }
            (Some(code), base) => {
                told = format!("{told} {}", unit(quantity));
                if let Some(base) =
                    base.as_ref().filter(|base| base.unit != *code && base.unit != "1" && quantity.upper.is_none())
                {
                    told = format!("{told} = {} {}", number(base.value), one_line(&base.unit));
                }
            }
            (None, _) => {}
        }
        let of = quantity.of.filter(|of| of.end > quantity.span.end || of.start < quantity.span.start);
        let of = self.quoted(of.as_slice());
        if of.is_empty() { told } else { format!("{told} · of {of}") }
    }
}

/// The unit as it goes with the number: `km`, `miles`, `cents a share`.
fn unit(quantity: &Quantity) -> String {
    let unit = quantity.unit.as_deref().map(one_line).unwrap_or_default();
    let (noun, rest) = unit.split_at(unit.find(" a ").or(unit.find(" per ")).unwrap_or(unit.len()));
    let is_symbol = noun.chars().count() < 4 || !noun.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'));
    let is_alike = ["percent", "horsepower", "hertz", "baud", "s"].iter().any(|ending| noun.ends_with(ending));
    if is_symbol || is_alike || quantity.value == 1.0 && quantity.upper.is_none() {
        return unit;
    }
    match (noun.strip_suffix("foot"), noun.strip_suffix("inch")) {
        (Some(square), _) => format!("{square}feet{rest}"),
        (_, Some(square)) => format!("{square}inches{rest}"),
        _ => format!("{noun}s{rest}"),
    }
}

/// `2022-09-23`, `P10Y (duration, approx)`.
fn of_time(time: &Time) -> String {
    let value = time.value.as_deref().map_or_else(|| "not known".to_owned(), one_line);
    let kind = match time.kind {
        TimeType::Date | TimeType::Time => None,
        TimeType::Duration => Some("duration".to_owned()),
        TimeType::Set => Some("repeated".to_owned()),
    };
    let modifier = time.modifier.as_deref().map(|modifier| one_line(modifier).to_lowercase().replace('_', " "));
    let about: Vec<String> = kind.into_iter().chain(modifier).collect();
    if about.is_empty() { value } else { format!("{value} ({})", about.join(", ")) }
}

/// `¶1, 3, 8 and 2 more`.
fn told_paragraphs(paragraphs: &[usize]) -> String {
    if paragraphs.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = paragraphs.iter().take(MOST_PARAGRAPHS).map(usize::to_string).collect();
    let more = paragraphs.len().saturating_sub(MOST_PARAGRAPHS);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("¶{}{more}", shown.join(", "))
}

/// `300,000`, `1.5`, `0.003`: at most four decimals, or as many as a small number needs.
fn number(value: f64) -> String {
    let decimals = if value != 0.0 && value.abs() < 0.01 { 9 } else { 4 };
    let fixed = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use onrecord::Record;
    use serde_json::{Value, json};

    use super::super::{Page, article};
    use super::number;

    const TEXT: &str = "OSLO — Some 300,000 crabs crossed five miles of Norway on Friday.\nNorway paid €2.50 a crab, or 5 to 10 percent more, for three days in late May.\nNorway rested on Friday.";

    fn span(words: &str, occurrence: usize) -> Value {
        let (byte, _) = TEXT.match_indices(words).nth(occurrence).unwrap();
        let start = TEXT.get(..byte).unwrap().chars().count();
        json!([start, start + words.chars().count()])
    }

    fn time(words: &str, occurrence: usize, kind: &str, value: Value, modifier: Value) -> Value {
        json!({"id": "t", "span": span(words, occurrence), "type": kind, "value": value, "mod": modifier, "because": {"rule": "by hand"}})
    }

    fn norway(occurrence: usize, as_actor: bool) -> Value {
        json!({"id": "p", "span": span("Norway", occurrence), "name": "Norway", "lat": 62.0, "lon": 10.0, "kind": "country", "country": "NO", "geonames": null, "as_actor": as_actor, "because": {"rule": "by hand"}})
    }

    /// A quantity of `of`, with what else `with` gives.
    fn quantity(words: &str, bound: &str, of: &str, with: &Value) -> Value {
        let of = if of.is_empty() { Value::Null } else { span(of, 0) };
        let mut quantity = json!({"id": "q", "span": span(words, 0), "upper": null, "bound": bound, "of": of, "because": {"rule": "by hand"}});
        quantity.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        quantity
    }

    fn record() -> Record {
        let ends: Vec<usize> =
            TEXT.match_indices('\n').map(|(byte, _)| TEXT.get(..byte).unwrap().chars().count()).collect();
        let length = TEXT.chars().count();
        serde_json::from_value(json!({
            "onrecord": 1, "engine": "0", "model": "none", "statements": [],
            "document": {
                "id": "a", "url": null, "outlet": null, "title": null, "bylines": [], "published_at": null, "published_at_basis": null, "language": "en",
                "text": TEXT, "paragraphs": [[0, ends[0]], [ends[0] + 1, ends[1]], [ends[1] + 1, length]], "sentences": []
            },
            "times": [
                time("Friday", 0, "DATE", json!("2024-05-31"), Value::Null), time("three days", 0, "DURATION", json!("P3D"), Value::Null),
                time("late May", 0, "DATE", json!("2024-05"), json!("END")), time("Friday", 1, "DATE", json!("2024-05-31"), Value::Null)
            ],
            "places": [
                json!({"id": "p", "span": span("OSLO", 0), "name": "Oslo", "lat": 59.91273, "lon": 10.746, "kind": "capital", "country": "NO", "geonames": 1, "as_actor": false, "because": {"rule": "by hand"}}),
                norway(0, false), norway(1, true), norway(2, true)
            ],
            "quantities": [
                quantity("300,000 crabs", "about", "crabs", &json!({"value": 300_000, "unit": "crab"})),
                quantity("five miles", "exactly", "Norway", &json!({"value": 5, "unit": "mile", "unit_code": "[mi_i]", "base": {"value": 8046.72, "unit": "m"}})),
                quantity("€2.50", "exactly", "", &json!({"value": 2.5, "unit": "€", "unit_code": "EUR", "base": {"value": 2.5, "unit": "EUR"}})),
                quantity("5 to 10 percent", "between", "", &json!({"value": 5, "upper": 10, "unit": "percent", "unit_code": "%", "base": {"value": 0.05, "unit": "1"}}))
            ]
        }))
        .unwrap()
    }

    #[test]
    fn words_stand_beside_what_they_come_to() {
        let page = article(&record(), "-", Page { columns: 80, is_coloured: false });
        assert_eq!(
            page,
            "\
standard input

No statements found

When
    Friday      2024-05-31 · ¶1, 3
    three days  P3D (duration) · ¶2
    late May    2024-05 (end) · ¶2

Where
    OSLO    Oslo · NO · capital · 59.91, 10.75 · ¶1
    Norway  NO · country · 62.00, 10.00 · ¶1
    Norway  NO · country · 62.00, 10.00 · its government · ¶2, 3

How much
    300,000 crabs    about 300,000 · ¶1
    five miles       5 miles = 8,046.72 m · of Norway · ¶1
    €2.50            2.5 EUR · ¶2
    5 to 10 percent  5 to 10 percent · ¶2
"
        );
    }

    #[test]
    fn on_a_narrow_page_lines_are_broken() {
        let page = article(&record(), "-", Page { columns: 36, is_coloured: true });
        let expected = "    300,000 crabs\n        \u{1b}[2mabout 300,000 · ¶1\u{1b}[0m\n    five miles  \u{1b}[2m5 miles = 8,046.72 m\u{1b}[0m\n                \u{1b}[2m· of Norway · ¶1\u{1b}[0m\n";
        assert!(page.contains(expected), "{page}");
        assert!(page.contains("    €2.50       \u{1b}[2m2.5 EUR · ¶2\u{1b}[0m\n"), "{page}");
    }

    #[test]
    fn tables_without_rows_are_not_shown() {
        let mut record = record();
        record.times.clear();
        record.places.clear();
        let page = article(&record, "-", Page { columns: 80, is_coloured: false });
        assert!(!page.contains("When") && !page.contains("Where") && page.contains("How much"), "{page}");
    }

    #[test]
    fn numbers_are_grouped_and_not_noisy() {
        let shown: Vec<String> =
            [1_234_567.0, 0.5, -12.25, 0.000_002, 999.0, 8_046.720_000_000_001].into_iter().map(number).collect();
        assert_eq!(shown, ["1,234,567", "0.5", "−12.25", "0.000002", "999", "8,046.72"]);
    }
}
