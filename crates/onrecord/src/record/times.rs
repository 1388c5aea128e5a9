//! When, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharIndex, CharSpan};
use crate::resolution::{self, TimeKind};

/// One time expression, in the terms of TIMEX3 (ISO-TimeML).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
