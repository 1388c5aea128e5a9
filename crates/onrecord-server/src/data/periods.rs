//! Days with counts → periods of equal kind, few enough for a figure: days, weeks, months or years, those without anything among them.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// How many periods a figure has at most, but for years.
const MOST: i32 = 62;

/// A stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Period {
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last.
    pub to: String,
    /// What people read: `11 Mar 2026`, `March 2026`, `2026`.
    #[serde(skip)]
    pub label: String,
}

/// The periods from one day to another; none where they are no days.
pub fn between(first: &str, last: &str) -> Vec<Period> {
    let (Ok(first), Ok(last)) = (first.parse::<Date>(), last.parse::<Date>()) else { return Vec::new() };
    let days = first.until(last).map(|span| span.get_days()).unwrap_or_default();
    let step = if days < MOST {
        Step::Day
    } else if days < MOST * 7 {
        Step::Week
    } else if days < MOST * 30 {
        Step::Month
    } else {
        Step::Year
    };
    let mut periods = Vec::new();
    let mut from = step.start(first);
    while from <= last {
        let Ok(next) = step.next(from) else { break };
        let to = next.yesterday().unwrap_or(from);
        periods.push(Period { from: from.to_string(), to: to.to_string(), label: step.label(from) });
        from = next;
    }
    periods
}

/// Which of `periods` a day is in.
pub fn place(periods: &[Period], day: &str) -> Option<usize> {
    let at = periods.partition_point(|period| period.from.as_str() <= day).checked_sub(1)?;
    periods.get(at).filter(|period| day <= period.to.as_str()).map(|_| at)
}

/// The sums of counts of days, which are in their order, for each period that they are in or between.
pub fn sums(days: &[(&str, u64)]) -> Vec<(Period, u64)> {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else { return Vec::new() };
    let periods = between(first, last);
    let mut sums = vec![0; periods.len()];
    for (day, count) in days {
        if let Some(sum) = place(&periods, day).and_then(|at| sums.get_mut(at)) {
            *sum += count;
        }
    }
    periods.into_iter().zip(sums).collect()
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    fn start(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
            Step::Month => day.first_of_month(),
            Step::Year => day.first_of_year(),
        }
    }

    fn next(self, from: Date) -> Result<Date, jiff::Error> {
        match self {
            Step::Day => from.tomorrow(),
            Step::Week => from.checked_add(7.days()),
            Step::Month => from.checked_add(1.month()),
            Step::Year => from.checked_add(1.year()),
        }
    }

    fn label(self, from: Date) -> String {
        let format = match self {
            Step::Day => "%-d %b %Y",
            Step::Week => "week of %-d %b %Y",
            Step::Month => "%B %Y",
            Step::Year => "%Y",
        };
        from.strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{between, sums};

    #[test]
    fn periods_are_as_fine_as_a_figure_can_show() {
        let of = |first, last| {
            let periods = between(first, last);
            (periods.len(), periods.first().map(|period| period.label.clone()).unwrap_or_default())
        };
        assert_eq!(of("2026-03-11", "2026-03-11"), (1, "11 Mar 2026".to_owned()));
        assert_eq!(of("2026-01-01", "2026-03-31"), (14, "week of 29 Dec 2025".to_owned()));
        assert_eq!(of("2024-02-29", "2026-01-01"), (24, "February 2024".to_owned()));
        assert_eq!(of("1990-05-01", "2026-01-01"), (37, "1990".to_owned()));
        assert_eq!(of("soon", "2026-01-01").0, 0);
    }

    #[test]
    fn days_without_anything_stand_among_the_others() {
        let sums = sums(&[("2026-03-01", 2), ("2026-03-04", 1)]);
        assert_eq!(sums.iter().map(|(_, sum)| *sum).collect::<Vec<_>>(), [2, 0, 0, 1]);
    }
}
