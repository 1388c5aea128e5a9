//! Stretches from one point to another that say something once for both: "between September 23 and 27", "May 3-5", "1914-18".
//!
//! Where both ends are whole ("from 2014 to 2016"), each is an expression of its own, as TimeML has it; the first is marked as the beginning of a stretch.

use super::calendar::{day_number, is_dash};
use super::points;
use super::said::{Base, Calendar, Part, Point, Said, Year};
use super::scan::{Read, Scanner};

/// A range that begins at `at`.
pub(super) fn range(scanner: &Scanner, at: usize) -> Read<Said> {
    let between = scanner.is(at, &["between"]);
    let led = between || scanner.is(at, &["from"]);
    let from = at + usize::from(led);
    let days = days_before_month(scanner, from);
    if days.is_some() {
        return days;
    }
    let (first, end) = points::point(scanner, from)?;
    let Base::Calendar(begin) = first.base else { return None };
    let hyphen = scanner.glued(end) && first.time.is_none();
    let dash = is_dash(scanner.text(end));
    let word = if between { scanner.is(end, &["and"]) } else { scanner.is(end, &["to", "through", "until", "till"]) };
    if !(hyphen || dash || word) {
        return None;
    }
    let next = if hyphen { end } else { end + 1 };
    if let Some((last, end)) = short_end(scanner, &begin, next, led || hyphen || dash) {
        return Some((Said::Range(first, Point::of(Base::Calendar(last))), end));
    }
    if !(hyphen || dash && !led) {
        return None;
    }
    let (second, end) = points::point(scanner, next)?;
    pairs(&first, &second).then_some((Said::Range(first, second), end))
}

/// Whether two points are ends of one stretch: both days, both months, both years.
fn pairs(first: &Point, second: &Point) -> bool {
    let (Base::Calendar(begin), Base::Calendar(last)) = (first.base, second.base) else { return false };
    begin.day.is_some() == last.day.is_some()
        && begin.weekday.is_some() == last.weekday.is_some()
        && kind(begin.part) == kind(last.part)
        && first.time.is_none()
        && second.time.is_none()
}

/// Whether the expression from `at` to `end`, and the one that begins at `next`, are the whole ends of a stretch: "from 2014 to 2016".
pub(super) fn opens(scanner: &Scanner, at: usize, first: &Said, end: usize) -> bool {
    let between = scanner.before(at) == "between";
    let led = between || scanner.before(at) == "from";
    let joined = if between { scanner.is(end, &["and"]) } else { scanner.is(end, &["to", "through", "until", "till"]) };
    let (Said::Point(first), true) = (first, led && joined) else { return false };
    let next = end + 1 + usize::from(scanner.is(end + 1, &["the"]));
    points::point(scanner, next).is_some_and(|(second, _)| pairs(first, &second))
}

fn kind(part: Option<Part>) -> u8 {
    match part {
        None => 0,
        Some(Part::Month(_)) => 1,
        Some(Part::Quarter(_)) => 2,
        Some(Part::Half(_)) => 3,
        Some(Part::Season(_)) => 4,
    }
}

/// The second end where it leaves out what the first one tells: the 27 of "September 23 and 27", the 18 of "1914-18".
fn short_end(scanner: &Scanner, begin: &Calendar, at: usize, joins: bool) -> Read<Calendar> {
    if let (Some(day), Some(Part::Month(_))) = (begin.day, begin.part) {
        let (last, end) = day_number(scanner, at).filter(|(last, _)| *last > day)?;
        let (year, end) =
            super::calendar::year_behind(scanner, end, true).map_or((begin.year, end), |(year, end)| (Some(year), end));
        let month = super::calendar::month_name(scanner, end).is_some();
        return (!month).then_some((Calendar { day: Some(last), year, weekday: None, ..*begin }, end));
    }
    let Calendar { year: Some(Year::Exact(year)), part: None, day: None, weekday: None, .. } = *begin else {
        return None;
    };
    let short = scanner.digits(at, 0, 99, 2).filter(|_| joins && scanner.text(at).len() == 2)?;
    let last = year - year % 100 + i16::try_from(short).ok()?;
    (last > year).then_some((Calendar { year: Some(Year::Exact(last)), ..*begin }, at + 1))
}

/// "23-27 September", "from 23 to 27 September 2022".
fn days_before_month(scanner: &Scanner, at: usize) -> Read<Said> {
    let (first, end) = day_number(scanner, at)?;
    let hyphen = scanner.glued(end);
    let joined = is_dash(scanner.text(end))
        || scanner.is(end, &["to", "and"]) && scanner.is(at.wrapping_sub(1), &["from", "between"]);
    let next = if hyphen { end } else { end + 1 };
    if !(hyphen || joined) {
        return None;
    }
    let (last, end) = super::calendar::date(scanner, next)?;
    let Base::Calendar(last) = last else { return None };
    let follows = last.day.is_some_and(|day| day > first) && last.part.is_some() && last.weekday.is_none();
    let begin = Calendar { day: Some(first), ..last };
    follows.then_some((Said::Range(Point::of(Base::Calendar(begin)), Point::of(Base::Calendar(last))), end))
}
