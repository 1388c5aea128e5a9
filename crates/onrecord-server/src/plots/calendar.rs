//! Stretches of days ↔ columns of a calendar: days, weeks, months, years, decades, centuries.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// What a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// The longest stretch that is shown in each, in days: at most some 150 columns.
const LONGEST: [(Unit, i64); 5] =
    [(Unit::Day, 62), (Unit::Week, 740), (Unit::Month, 4_400), (Unit::Year, 55_000), (Unit::Decade, 550_000)];

impl Unit {
    /// The unit in which so many days are shown.
    pub fn of(days: i64) -> Unit {
        LONGEST.iter().find(|(_, longest)| days <= *longest).map_or(Unit::Century, |(unit, _)| *unit)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }

    /// The first day of the column that `date` is in.
    pub fn start(self, date: Date) -> Date {
        let years = |step: i16| of_year(date.year() - date.year().rem_euclid(step));
        match self {
            Unit::Day => date,
            Unit::Week => plus(date, -i64::from(date.weekday().since(Weekday::Monday))),
            Unit::Month => date.first_of_month(),
            Unit::Year => years(1),
            Unit::Decade => years(10),
            Unit::Century => years(100),
        }
    }

    /// The first day of the next column.
    pub fn next(self, start: Date) -> Date {
        let years = |step: i16| of_year(start.year().saturating_add(step));
        match self {
            Unit::Day => plus(start, 1),
            Unit::Week => plus(start, 7),
            Unit::Month => plus(start.last_of_month(), 1),
            Unit::Year => years(1),
            Unit::Decade => years(10),
            Unit::Century => years(100),
        }
    }

    /// Whole columns from the one that holds `first` to the one that holds `last`: first and last day of each.
    pub fn columns(self, first: Date, last: Date) -> Vec<(Date, Date)> {
        let mut columns = Vec::new();
        let mut start = self.start(first);
        while start <= last {
            let next = self.next(start);
            if next <= start {
                break;
            }
            columns.push((start, plus(next, -1)));
            start = next;
        }
        columns
    }
}

/// The first day of a year; of one that the calendar does not reach, of the last it does.
fn of_year(year: i16) -> Date {
    Date::new(year.clamp(-9998, 9998), 1, 1).unwrap_or(Date::ZERO)
}

/// A date some days later, or earlier; the calendar's last day where it ends.
pub fn plus(date: Date, days: i64) -> Date {
    Span::new().try_days(days).map_or(date, |span| date.saturating_add(span))
}

/// How many days lie between two dates.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

/// `Mar`.
pub fn month(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// How a column is called beneath an axis: `9 Mar`, `Mar`, `2026`, `1990s`.
pub fn short_label(unit: Unit, start: Date) -> String {
    match unit {
        Unit::Day | Unit::Week => format!("{} {}", start.day(), month(start)),
        Unit::Month => month(start).to_owned(),
        Unit::Year => start.year().to_string(),
        Unit::Decade | Unit::Century => format!("{}s", start.year()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Unit, days_between};

    #[test]
    fn a_stretch_is_shown_in_units_that_fit_it() {
        let units = [1, 62, 63, 740, 741, 4_400, 55_000, 600_000].map(Unit::of);
        let expected =
            [Unit::Day, Unit::Day, Unit::Week, Unit::Week, Unit::Month, Unit::Month, Unit::Year, Unit::Century];
        assert_eq!(units, expected);
    }

    #[test]
    fn columns_are_whole_and_follow_one_another() {
        let months = Unit::Month.columns(date(2024, 1, 15), date(2024, 3, 1));
        let expected = [
            (date(2024, 1, 1), date(2024, 1, 31)),
            (date(2024, 2, 1), date(2024, 2, 29)),
            (date(2024, 3, 1), date(2024, 3, 31)),
        ];
        assert_eq!(months, expected);
        assert_eq!(Unit::Week.columns(date(2026, 3, 11), date(2026, 3, 11)), [(date(2026, 3, 9), date(2026, 3, 15))]);
        assert_eq!(Unit::Decade.columns(date(1994, 5, 5), date(1994, 5, 6)), [(date(1990, 1, 1), date(1999, 12, 31))]);
        assert_eq!(days_between(date(2026, 3, 1), date(2026, 4, 1)), 31);
    }

    #[test]
    fn the_end_of_the_calendar_is_an_end() {
        assert!(Unit::Century.columns(date(9990, 1, 1), date(9999, 12, 31)).len() <= 2);
    }
}
