//! Counts of days → a figure over time, with the table of the very data beside it.

use onrecord_store::search::FacetValue;

use super::words;
use crate::data::periods::{self, Period};
use crate::plots::bars::{self, Bar, Caption};

/// A figure with its table.
pub struct TimeFigure {
    /// The figure.
    pub svg: String,
    /// What is counted.
    pub noun: &'static str,
    /// The periods with something in them.
    pub rows: Vec<TimeRow>,
}

/// A row of the table.
pub struct TimeRow {
    /// The days.
    pub period: Period,
    /// How many.
    pub count: u64,
    /// The search for these alone, where there is one.
    pub url: Option<String>,
}

/// A figure of counts of days, which are in their order; none where there are fewer than two days, which need no figure.
pub fn over_time(id: &str, title: &str, noun: &'static str, days: &[FacetValue]) -> Option<TimeFigure> {
    let days: Vec<_> = days.iter().map(|day| (day.value.as_str(), day.count)).collect();
    let sums = periods::sums(&days);
    let ((first, _), (last, _)) = (days.first()?, days.last()?);
    if sums.len() < 2 {
        return None;
    }
    let highest = sums.iter().max_by_key(|(_, count)| *count)?;
    let desc = format!(
        "From {} to {}; the most, {}, in the period {}.",
        words::day(first),
        words::day(last),
        words::plural(highest.1, noun),
        highest.0.label
    );
    let columns: Vec<_> =
        sums.iter().map(|(period, count)| Bar { label: period.label.clone(), value: *count }).collect();
    let svg = bars::columns(Caption { id, title, desc: &desc }, &columns);
    let rows = sums.into_iter().filter(|(_, count)| *count > 0);
    Some(TimeFigure { svg, noun, rows: rows.map(|(period, count)| TimeRow { period, count, url: None }).collect() })
}

impl TimeFigure {
    /// With a link in each row.
    pub fn with_links(mut self, url: impl Fn(&Period) -> String) -> TimeFigure {
        self.rows.iter_mut().for_each(|row| row.url = Some(url(&row.period)));
        self
    }
}
