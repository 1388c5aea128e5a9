//! Days of publication ↔ the numbers of rows.
//!
//! A row's number is its day × 2^31 + the order of coming on that day: the newest row is the highest number, and days from one to another are a stretch
//! of numbers. 47 bits in all: SQLite keeps them in six bytes, and programs whose numbers are floating point hold them, too.

use std::ops::Range;

/// How many rows of one kind a day can have, as a power of two.
const BITS: u32 = 31;
/// The last day that a number can tell: 2079-06-06.
const LAST: i64 = 0xffff;

/// The day that `date` begins with: days since 1900-01-01, at least 1. 0 where it is no date of ISO 8601; a month stands for its first day.
pub fn day_of(date: &str) -> i64 {
    parsed(date).map_or(0, |(year, month, day)| (days_since_epoch(year, month, day) + EPOCH).clamp(1, LAST))
}

/// The numbers of the rows of a day.
pub fn numbers_of(day: i64) -> Range<i64> {
    day << BITS..(day + 1) << BITS
}

/// The day that a row's number tells, as [`day_of`] counts.
pub fn of_number(number: i64) -> i64 {
    number >> BITS
}

/// `YYYY-MM-DD` of the day that a row's number tells; none where the day is unknown.
pub fn date_of(number: i64) -> Option<String> {
    let day = number >> BITS;
    if day == 0 {
        return None;
    }
    let (year, month, day) = civil(day - EPOCH);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// The day before `date`, a `YYYY-MM-DD`.
pub fn before(date: &str) -> Option<String> {
    let (year, month, day) = parsed(date)?;
    let (year, month, day) = civil(days_since_epoch(year, month, day) - 1);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Days from 1900-01-01 to 1970-01-01, and one, since 0 is the unknown day.
const EPOCH: i64 = 25_567 + 1;

fn parsed(date: &str) -> Option<(i64, i64, i64)> {
    let field = |range: Range<usize>| date.get(range).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let year = field(0..4)?.parse().ok()?;
    let month = match date.get(4..5) {
        Some("-") => field(5..7)?.parse().ok()?,
        None => 1,
        Some(_) => return None,
    };
    let day = match date.get(7..8) {
        Some("-") => field(8..10)?.parse().ok()?,
        _ => 1,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// Days since 1970-01-01 of the Gregorian calendar; Howard Hinnant's `days_from_civil`.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The reverse; Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_its_day() {
        for date in ["1900-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2024-12-31", "2079-06-05"] {
            assert_eq!(date_of(numbers_of(day_of(date)).start + 7).as_deref(), Some(date));
        }
    }

    #[test]
    fn later_days_have_higher_numbers_and_unknown_ones_the_lowest() {
        let order =
            ["", "in May", "1899-05-01", "1999-12-31T23:00:00Z", "2000-01-01", "2000-02", "2000-02-02", "9999-01-01"];
        let days: Vec<i64> = order.iter().map(|date| day_of(date)).collect();
        assert_eq!(days[0], days[1], "neither is a date");
        assert!(days[1..].windows(2).all(|pair| pair[0] < pair[1]), "{days:?}");
        assert_eq!(date_of(numbers_of(0).start), None);
    }
}
