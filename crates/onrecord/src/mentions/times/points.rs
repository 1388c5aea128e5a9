//! A day with its time, in either order: "Friday morning", "8 p.m. on Wednesday", "the night of April 6", "midnight".

use super::said::{Base, Point, Said, TimeOfDay};
use super::scan::{Read, Scanner, longer};
use super::{calendar, clock, relative};

/// A point that begins at `at`.
pub(super) fn point(scanner: &Scanner, at: usize) -> Read<Point> {
    longer(day_first(scanner, at), time_first(scanner, at))
}

/// A day, or a stretch of the calendar, without a time of its own: "yesterday", "last Friday", "the 23rd".
fn day(scanner: &Scanner, at: usize) -> Read<Point> {
    let date = calendar::date(scanner, at).map(|(base, end)| (Point::of(base), end));
    // "USA Today" is a paper.
    let name = scanner.words.get(at).is_some_and(|word| word.is_capitalised()) && !scanner.opens(at);
    let counted = scanner.value(at, "day").filter(|_| !name).map(|days| (Point::of(Base::Day(days)), at + 1));
    let tonight =
        scanner.kind(at, "night").map(|_| (Point { base: Base::Day(0), time: Some(TimeOfDay::Part("NI")) }, at + 1));
    let which = relative::which(scanner, at).and_then(|(said, end)| match said {
        Said::Point(point) => Some((point, end)),
        _ => None,
    });
    longer(longer(date, counted), longer(tonight, which))
}

fn day_first(scanner: &Scanner, at: usize) -> Read<Point> {
    let (point, end) = day(scanner, at)?;
    if !is_day(&point.base) {
        return Some((point, end));
    }
    // "June 30 a.m." and "23 8 p.m." would be read as hours.
    let comma = scanner.past_comma(end);
    let from = comma + usize::from(scanner.is(comma, &["at", "around", "about"]));
    let from = from + usize::from(from > comma && scanner.is(from, &["around", "about"]));
    if let Some((time, end)) = clock::clock(scanner, from).filter(|_| point.time.is_none() || from > end) {
        return Some((Point { time: Some(time), ..point }, end));
    }
    let middle = usize::from(
        scanner.is(end, &["early", "late", "mid"]) || scanner.is(end, &["in"]) && scanner.is(end + 1, &["the"]),
    ) + usize::from(scanner.is(end, &["in"]) && scanner.is(end + 1, &["the"]));
    if let Some(part) = part(scanner, end + middle).filter(|_| point.time.is_none()) {
        return Some((Point { time: Some(TimeOfDay::Part(part)), ..point }, end + middle + 1));
    }
    Some((point, end))
}

/// A part of a day by its singular: "morning", "night".
fn part(scanner: &Scanner, at: usize) -> Option<&'static str> {
    let night = scanner.is(at, &["night"]).then_some("NI");
    scanner.kind(at, "part").or(night).filter(|_| !scanner.glued(at + 1))
}

fn time_first(scanner: &Scanner, at: usize) -> Read<Point> {
    if let Some((time, end)) = clock::clock(scanner, at) {
        let comma = scanner.past_comma(end);
        let from = comma + usize::from(scanner.is(comma, &["on"]));
        let day = day(scanner, from).filter(|(point, _)| {
            is_day(&point.base) && point.time.is_none_or(|time| matches!(time, TimeOfDay::Part(_)))
        });
        return Some(match day {
            Some((point, end)) => (Point { time: Some(time), ..point }, end),
            None => (Point { base: Base::Context, time: Some(time) }, end),
        });
    }
    if scanner.is(at, &["overnight"]) {
        return Some((Point { base: Base::Context, time: Some(TimeOfDay::Part("NI")) }, at + 1));
    }
    let article = usize::from(scanner.is(at, &["the"]));
    let part = part(scanner, at + article)?;
    let end = at + article + 1;
    let from = end + usize::from(scanner.is(end, &["of", "on"]));
    let day = day(scanner, from)
        .filter(|(point, _)| is_day(&point.base) && point.time.is_none() && (from > end || article == 0));
    let time = Some(TimeOfDay::Part(part));
    if let Some((point, end)) = day {
        return Some((Point { time, ..point }, end));
    }
    // "in the morning", "during the night": of the day that is talked about.
    let led = matches!(scanner.before(at), "in" | "during" | "into" | "through" | "throughout" | "by" | "until");
    (article == 1 && led && !scanner.is(end, &["of"])).then_some((Point { base: Base::Context, time }, end))
}

/// Whether a base is a day, so that a time of day can stand beside it.
fn is_day(base: &Base) -> bool {
    use super::said::Unit;
    match base {
        Base::Calendar(calendar) => calendar.day.is_some() || calendar.weekday.is_some(),
        Base::Day(_) | Base::Holiday(..) => true,
        Base::Which(_, unit) => *unit == Unit::Day,
        Base::Context | Base::Shift(..) | Base::QuarterBefore | Base::WeekOf(_) => false,
    }
}
