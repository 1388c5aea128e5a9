//! When, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharIndex, CharSpan};
use crate::mentions::Unit;
use crate::resolution::{self, TimeKind};

/// One time expression, in the terms of TIMEX3 (ISO-TimeML).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Time {
    /// `t1`, `t2`, … in the order of the text.
    pub id: String,
    /// Where it stands.
    pub span: CharSpan,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// TIMEX3 value; null where the text does not tell. A stretch told in one ("May 3 to 5") has both ends, parted by a slash.
    pub value: Option<String>,
    /// TIMEX3 mod: `APPROX`, `START`, `LESS_THAN`, …
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// Where it is the beginning of a stretch ("from 2014 to 2016"), the id of the time that is its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The rule that gave the value.
    pub because: Because,
}

/// The days of the calendar that a time stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first day, as `YYYY-MM-DD`.
    pub start: String,
    /// The day behind the last one.
    pub end: String,
    /// How finely the text tells it.
    pub precision: Precision,
}

/// How finely a time is told, the finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A day, or a time of day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// A week of ISO 8601.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Time {
    /// The days that it stands for; none for lengths, repetitions, and values that are open or vague. A stretch has the precision of its first end.
    pub fn period(&self) -> Option<Period> {
        if !matches!(self.kind, TimeType::Date | TimeType::Time) {
            return None;
        }
        let value = self.value.as_deref()?;
        let (start, end, unit) = resolution::days(value)?;
        let is_season = ["-SP", "-SU", "-FA", "-WI"].iter().any(|season| value.contains(season));
        let precision = match unit {
            Unit::Weekend => Precision::Weekend,
            Unit::Week | Unit::Fortnight => Precision::Week,
            Unit::Month => Precision::Month,
            Unit::Quarter if is_season => Precision::Season,
            Unit::Quarter => Precision::Quarter,
            Unit::Half => Precision::Half,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
            Unit::Century | Unit::Millennium => Precision::Century,
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Precision::Day,
        };
        Some(Period { start, end, precision })
    }
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A day, month, year, or a stretch of the calendar.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

pub(super) fn write_time(time: &resolution::Time, number: usize, index: &CharIndex) -> Time {
    Time {
        id: format!("t{number}"),
        span: index.chars(time.span),
        kind: match time.kind {
            TimeKind::Date => TimeType::Date,
            TimeKind::Time => TimeType::Time,
            TimeKind::Duration => TimeType::Duration,
            TimeKind::Set => TimeType::Set,
        },
        value: time.value.clone(),
        modifier: time.modifier.map(str::to_owned),
        until: time.opens.then(|| format!("t{}", number + 1)),
        because: Because::rule(time.rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<(&str, &str, Precision)>) {
        let time = Time {
            id: "t1".to_owned(),
            span: CharSpan { start: 0, end: 1 },
            kind: TimeType::Date,
            value: Some(value.to_owned()),
            modifier: None,
            until: None,
            because: Because::rule("by hand"),
        };
        let expected =
            expected.map(|(start, end, precision)| Period { start: start.to_owned(), end: end.to_owned(), precision });
        assert_eq!(time.period(), expected, "{value}");
    }

    #[test]
    fn a_period_is_as_long_as_the_text_tells() {
        check("2021-05-12", Some(("2021-05-12", "2021-05-13", Precision::Day)));
        check("2021-05-12T08:30", Some(("2021-05-12", "2021-05-13", Precision::Day)));
        check("2020-02", Some(("2020-02-01", "2020-03-01", Precision::Month)));
        check("2020-W53", Some(("2020-12-28", "2021-01-04", Precision::Week)));
        check("2021-W19-WE", Some(("2021-05-15", "2021-05-17", Precision::Weekend)));
        check("2021-Q4", Some(("2021-10-01", "2022-01-01", Precision::Quarter)));
        check("2021-WI", Some(("2021-12-01", "2022-03-01", Precision::Season)));
        check("2021-H1", Some(("2021-01-01", "2021-07-01", Precision::Half)));
        check("2021", Some(("2021-01-01", "2022-01-01", Precision::Year)));
        check("199", Some(("1990-01-01", "2000-01-01", Precision::Decade)));
        check("19", Some(("1900-01-01", "2000-01-01", Precision::Century)));
        check("2021-05-12/2021-05-14", Some(("2021-05-12", "2021-05-15", Precision::Day)));
    }

    #[test]
    fn what_is_open_or_vague_has_none() {
        for value in
            ["XXXX-WXX-5", "PAST_REF", "P2D", "2021-02-30", "2021-13", "2021-05-14/2021-05-12", "", "é", "20211"]
        {
            check(value, None);
        }
    }
}
