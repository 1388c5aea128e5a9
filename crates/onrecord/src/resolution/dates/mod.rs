//! Time expressions → calendar values: which Friday.
//!
//! Reads the expressions and the date of publication; where that is not known, infers it from the text's own dates. Values are those of TIMEX3 (ISO-TimeML). What
//! cannot be told stays open (XXXX-WXX-5) or without a value: a finding, not an error. Absent on purpose: time zones other than Greenwich's, which would move a
//! day, and calendars other than the Gregorian.

mod holidays;
mod lengths;
mod publication;
mod resolver;
mod tense;
mod value;

use jiff::civil::Date;

use crate::document::{Document, Span};
use crate::mentions::{
    self, Base, Calendar, Length, Modifier, Point, Said, TimeExpression, TimeOfDay, Unit, Way, Which,
};
use crate::rules::{TIME_LENGTH, TIME_SET};
use resolver::{Resolved, Setting};
use tense::Direction;
use value::Value;

/// How many sentences back what the text talks about is remembered.
const MEMORY: usize = 3;

/// The days that a TIMEX3 value stands for: the first, the one behind the last (ISO 8601), and how fine the value is. `None` where it is no date.
pub(crate) fn days(value: &str) -> Option<(String, String, Unit)> {
    let (from, to) = value.split_once('/').unwrap_or((value, value));
    let (from, to) = (Value::parse(from)?, Value::parse(to)?);
    let (first, next) = (from.first_day()?, to.next_day()?);
    Some((Value::Day(first).text(), Value::Day(next).text(), from.unit())).filter(|_| first < next)
}

/// How many sentences back the quarter that accounts are given for is remembered.
const QUARTER_MEMORY: usize = 8;

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// A time expression with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Time {
    pub span: Span,
    pub kind: TimeKind,
    /// TIMEX3 value; two of them with a slash between for a stretch from one to the other.
    pub value: Option<String>,
    /// TIMEX3 mod.
    pub modifier: Option<&'static str>,
    /// It is the beginning of a stretch that ends with the next time: "from 2014 to 2016".
    pub opens: bool,
    /// The rule that gave the value.
    pub rule: &'static str,
}

/// What is known of an article's times.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    /// In the order of the text.
    pub times: Vec<Time>,
    /// The date of publication, where it had to be inferred from the text, with the rule that did.
    pub published: Option<(String, &'static str)>,
}

/// Resolves the time expressions of an article; `published_at` is an ISO 8601 date or date-time. O(n log m) in expressions and tokens.
pub(crate) fn dates(document: &Document, expressions: &[TimeExpression], published_at: Option<&str>) -> Dates {
    let given = published_at.and_then(day_of);
    let inferred = if given.is_none() { publication::infer(document, expressions) } else { None };
    let written = given.map(|given| publication::written(document, expressions, given).unwrap_or(given));
    let published = written.or(inferred.map(|(date, _)| date));
    let mut talk = Talk::default();
    let times = expressions.iter().map(|expression| time(document, expression, published, &mut talk)).collect();
    Dates { times, published: inferred.map(|(date, rule)| (Value::Day(date).text(), rule)) }
}

/// The one day that a few words tell in full: "Dec. 19, 2016, 9:43 p.m.". ISO 8601.
pub(crate) fn day_told(words: &str) -> Option<String> {
    let document = Document::new(words);
    let expressions = mentions::times(&document, &mentions::numerals(&document));
    let values = dates(&document, &expressions, None).times.into_iter().filter_map(|time| time.value);
    let mut days: Vec<Date> = values.filter_map(|value| day_of(&value)).collect();
    days.dedup();
    if let [day] = days[..] { Some(Value::Day(day).text()) } else { None }
}

/// The day of an ISO 8601 date or date-time.
fn day_of(text: &str) -> Option<Date> {
    let mut fields = text.get(..10)?.split('-');
    let (year, month, number) = (fields.next()?, fields.next()?, fields.next()?);
    value::day(year.parse().ok()?, month.parse().ok()?, number.parse().ok()?)
}

/// What the text talked about last.
#[derive(Debug, Default)]
struct Talk {
    last: Option<(Value, usize)>,
    quarter: Option<(Value, usize)>,
}

impl Talk {
    /// What is known for an expression in sentence number `sentence`.
    fn setting(&self, sentence: usize, published: Option<Date>, direction: Direction) -> Setting {
        let within = |memory: usize| move |(_, at): &(Value, usize)| at + memory >= sentence;
        let value = |(value, _): (Value, usize)| value;
        Setting {
            published,
            direction,
            talk: self.last.filter(within(MEMORY)).map(value),
            sentence: self.last.filter(within(0)).map(value),
            quarter: self.quarter.filter(within(QUARTER_MEMORY)).map(value),
        }
    }

    fn hear(&mut self, value: Value, sentence: usize) {
        self.last = Some((value, sentence));
        if matches!(value, Value::Quarter(..) | Value::Half(..)) {
            self.quarter = self.last;
        }
    }
}

fn time(document: &Document, expression: &TimeExpression, published: Option<Date>, talk: &mut Talk) -> Time {
    let sentence = document.sentences().partition_point(|sentence| sentence.end <= expression.span.start);
    let setting = || talk.setting(sentence, published, tense::direction(document, expression.span));
    let (kind, resolved) = match &expression.said {
        Said::Point(point) => (kind_of(point), resolver::point(point, &setting())),
        Said::Range(first, second) => (kind_of(first), range(first, second, &setting())),
        Said::Vague(reference) => (TimeKind::Date, resolver::vague(*reference)),
        Said::Length(length) => (TimeKind::Duration, fixed(lengths::length_text(length), TIME_LENGTH)),
        Said::Every(every) => (TimeKind::Set, fixed(lengths::every_text(every), TIME_SET)),
    };
    // "from 3 million a year ago" compares; the text goes on with what it talked about.
    if let Some(value) = resolved.value.filter(|_| !is_comparison(&expression.said)) {
        talk.hear(value, sentence);
    }
    let modifier = expression.modifier.map(|modifier| modifier_text(modifier, kind, &expression.said));
    Time { span: expression.span, kind, value: resolved.text, modifier, opens: expression.opens, rule: resolved.rule }
}

fn is_comparison(said: &Said) -> bool {
    let Said::Point(Point { base, .. }) = said else { return false };
    let same = matches!(base, Base::Calendar(Calendar { year: Some(_), which: Some(Which::Same), .. }));
    same || matches!(base, Base::QuarterBefore | Base::Shift(Length { count: Some(1.0), unit: Unit::Year, .. }, _))
}

fn fixed(text: String, rule: &'static str) -> Resolved {
    Resolved { text: Some(text), value: None, rule }
}

fn kind_of(point: &Point) -> TimeKind {
    match point.time {
        Some(TimeOfDay::Part(_) | TimeOfDay::Clock { .. }) => TimeKind::Time,
        None => TimeKind::Date,
    }
}

/// Both ends, parted by a slash; the second is not before the first.
fn range(first: &Point, second: &Point, setting: &Setting) -> Resolved {
    // "from September to May 2022": the year stands behind the second.
    let first = match (first.base, second.base) {
        (Base::Calendar(begin @ Calendar { year: None, .. }), Base::Calendar(end @ Calendar { year: Some(_), .. }))
            if begin.part.is_some() && begin.which.is_none() =>
        {
            Point::of(Base::Calendar(Calendar { year: end.year, ..begin }))
        }
        _ => *first,
    };
    let begin = resolver::point(&first, setting);
    let told = begin.value.or(setting.talk);
    let end = resolver::point(second, &Setting { talk: told, sentence: told, ..*setting });
    let Some((from, to)) = begin.text.clone().zip(end.text.clone()) else {
        return Resolved { text: None, value: None, rule: end.rule };
    };
    let to = later_than(begin.value, end.value).map_or(to, Value::text);
    Resolved { text: Some(format!("{from}/{to}")), value: begin.value, rule: begin.rule }
}

/// The second end moved a year or a week on, where it would lie before the first.
fn later_than(begin: Option<Value>, end: Option<Value>) -> Option<Value> {
    let (begin, end) = (begin?, end?);
    if begin.first_day()? <= end.first_day()? {
        return None;
    }
    let week = value::days_between(end.first_day()?, begin.first_day()?) < 7 && begin.unit() == Unit::Day;
    end.shifted(if week { Unit::Week } else { Unit::Year }, 1)
}

/// TIMEX3 mod: a bound of a length counts how long, one of a date counts how early.
fn modifier_text(modifier: Modifier, kind: TimeKind, said: &Said) -> &'static str {
    let back = matches!(said, Said::Point(Point { base: Base::Shift(_, Way::Ago | Way::Earlier), .. }));
    match (modifier, kind) {
        (Modifier::Start, _) => "START",
        (Modifier::Mid, _) => "MID",
        (Modifier::End, _) => "END",
        (Modifier::Approx, _) => "APPROX",
        (Modifier::MoreThan, TimeKind::Date) => {
            if back {
                "BEFORE"
            } else {
                "AFTER"
            }
        }
        (Modifier::LessThan, TimeKind::Date) => {
            if back {
                "AFTER"
            } else {
                "BEFORE"
            }
        }
        (Modifier::EqualOrMore, TimeKind::Date) => {
            if back {
                "ON_OR_BEFORE"
            } else {
                "ON_OR_AFTER"
            }
        }
        (Modifier::EqualOrLess, TimeKind::Date) => {
            if back {
                "ON_OR_AFTER"
            } else {
                "ON_OR_BEFORE"
            }
        }
        (Modifier::MoreThan, _) => "MORE_THAN",
        (Modifier::LessThan, _) => "LESS_THAN",
        (Modifier::EqualOrMore, _) => "EQUAL_OR_MORE",
        (Modifier::EqualOrLess, _) => "EQUAL_OR_LESS",
    }
}
#[cfg(test)]
mod tests;
