//! Days with names → dates.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::value::{day, days_from, weekday_of};
use crate::tables::rows;

static RULES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows(onrecord_data::HOLIDAYS).map(|[_, rule]| rule).collect());

/// The date of the table's holiday in that row, in that year.
pub(super) fn date(row: usize, year: i16) -> Option<Date> {
    date_by(RULES.get(row)?, year)
}

/// A date by the table's rule: `12-25`, `11 4 4 +1`, `easter -2`.
fn date_by(rule: &str, year: i16) -> Option<Date> {
    if let Some((month, number)) = rule.split_once('-').filter(|(month, _)| month.len() == 2) {
        return day(year, month.parse().ok()?, number.parse().ok()?);
    }
    let (fields, add) = rule.split_once(['+', '-']).map_or((rule, None), |(fields, _)| {
        let sign = rule.get(fields.len()..).and_then(|add| add.parse::<i64>().ok());
        (fields.trim(), sign)
    });
    if fields == "easter" {
        return days_from(easter(year)?, add.unwrap_or(0));
    }
    let mut fields = rule.split(' ');
    let (month, weekday): (u8, u8) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let which: i64 = fields.next()?.parse().ok()?;
    let add: i64 = fields.next().and_then(|add| add.parse().ok()).unwrap_or(0);
    let found = if which < 0 { last(year, month, weekday)? } else { nth(year, month, weekday, which)? };
    days_from(found, add)
}

fn nth(year: i16, month: u8, weekday: u8, which: i64) -> Option<Date> {
    let first = day(year, month, 1)?;
    let ahead = (i64::from(weekday) - i64::from(weekday_of(first))).rem_euclid(7);
    days_from(first, ahead + (which - 1) * 7)
}

fn last(year: i16, month: u8, weekday: u8) -> Option<Date> {
    let last = day(year, month, 1)?.last_of_month();
    days_from(last, -(i64::from(weekday_of(last)) - i64::from(weekday)).rem_euclid(7))
}

/// Easter Sunday of the Western churches, by the method printed in Nature in 1876.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let number = (h + l - 7 * m + 33 * month + 19) % 32;
    day(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(number).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, year: i16, expected: &str) {
        assert_eq!(date_by(rule, year).map(|date| date.to_string()).as_deref(), Some(expected), "{rule} {year}");
    }

    #[test]
    fn fixed_days_weekdays_and_easter() {
        check("12-25", 2021, "2021-12-25");
        check("11 4 4", 2023, "2023-11-23");
        check("11 4 4 +1", 2023, "2023-11-24");
        check("5 1 -1", 2024, "2024-05-27");
        check("easter", 2024, "2024-03-31");
        check("easter -2", 2000, "2000-04-21");
        check("easter +39", 2025, "2025-05-29");
    }

    #[test]
    fn every_row_of_the_table_has_a_date() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(date(at, 2026).is_some(), "{rule}");
        }
    }
}
