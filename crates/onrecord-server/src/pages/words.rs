//! Values → words that people read: functions of the templates.

use std::borrow::Borrow;

use onrecord::record::Kind;

/// `2026-03-11T10:00:00Z` → `11 March 2026`; anything else as it is.
pub fn day(date: &str) -> String {
    match date.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
        Some(day) => format!("{} {} {}", day.day(), MONTHS[usize::from(day.month().unsigned_abs()) - 1], day.year()),
        None => date.to_owned(),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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

/// What somebody or something is.
pub fn kind(kind: impl Borrow<Kind>) -> &'static str {
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
    use super::{count, day};

    #[test]
    fn dates_and_counts_are_written_for_people() {
        assert_eq!(day("2026-03-11T10:00:00Z"), "11 March 2026");
        assert_eq!(day("2026-03"), "2026-03");
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
    }
}
