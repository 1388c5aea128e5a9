//! Everything that a time expression can be, with what bounds it: "about two hours", "early next week", "the end of May", "mid-1996".

use super::said::{Base, Calendar, Modifier, Point, Said, TimeOfDay, Unit, Which};
use super::scan::{Read, Scanner, longer, modifier, said};
use super::words::Word;
use super::{lengths, points, ranges, relative};

type Bounded = (Said, Option<Modifier>);

/// Words of bounds that the table knows only as parts of phrases.
pub(super) fn may_begin(word: &Word) -> bool {
    matches!(
        word.lower.as_str(),
        "at" | "up"
            | "more"
            | "less"
            | "fewer"
            | "no"
            | "not"
            | "just"
            | "well"
            | "right"
            | "sometime"
            | "year"
            | "mid"
    )
}

/// The expression that begins at `at`, with its bound.
pub(super) fn expression(scanner: &Scanner, at: usize) -> Read<Bounded> {
    longer(longer(bounded(scanner, at), edge(scanner, at)), plain(scanner, at))
}

/// What has no bound before it.
fn plain(scanner: &Scanner, at: usize) -> Read<Bounded> {
    let bare = |read: Read<Said>| read.map(|(said, end)| ((said, None), end));
    let readings = [
        bare(ranges::range(scanner, at)),
        bare(said(points::point(scanner, at))),
        bare(relative::which(scanner, at)),
        lengths::counted(scanner, at),
        bare(lengths::neighbour(scanner, at)),
        bare(lengths::bare(scanner, at)),
        bare(relative::every(scanner, at)),
        bare(relative::vague(scanner, at)),
        bare(relative::week_of(scanner, at)),
        bare(relative::the_unit(scanner, at)),
    ];
    readings.into_iter().fold(None, longer)
}

/// "about two hours", "more than a year ago", "around Nov. 1", "up to 10 years".
fn bounded(scanner: &Scanner, at: usize) -> Read<Bounded> {
    let (value, from) = scanner.phrase(at, "bound")?;
    let bound = modifier(value)?;
    // "over the past year" is no bound.
    if scanner.is(from, &["the"]) && from == at + 1 {
        return None;
    }
    let ((said, inner), end) = plain(scanner, from)?;
    let fits = match said {
        Said::Length(length) => length.count.is_some() || bound != Modifier::Approx,
        Said::Point(Point { base: Base::Shift(..), .. }) => !scanner.is(from, &["year"]),
        Said::Point(point) => {
            bound == Modifier::Approx && (point.time.is_some() || !scanner.is(at, &["some", "about"]))
        }
        _ => false,
    };
    let inner = inner.filter(|inner| *inner != Modifier::Approx);
    fits.then_some(((said, inner.or(Some(bound))), end))
}

/// "early next week", "late Saturday", "the end of May", "mid-1996", "year-end", "sometime next year".
fn edge(scanner: &Scanner, at: usize) -> Read<Bounded> {
    let article = usize::from(scanner.is(at, &["the"]));
    let from = at + article;
    let place = from + usize::from(scanner.is(from, &["very"]));
    if let Some(value) = scanner.kind(place, "early") {
        return early(scanner, at, place, value);
    }
    if scanner.is(place, &["sometime", "anytime"]) {
        let (point, end) = points::point(scanner, place + 1)?;
        return Some(((Said::Point(point), None), end));
    }
    if let Some(value) = scanner.kind(place, "edge") {
        if !scanner.is(place + 1, &["of"]) {
            return None;
        }
        let (point, end) = longer(points::point(scanner, place + 2), the_unit(scanner, place + 2))?;
        return (!is_clock(&point)).then_some(((Said::Point(point), modifier(value)), end));
    }
    if let Some((which, unit, end)) = unit_end(scanner, place) {
        return Some(((Said::Point(Point::of(Base::Which(which, unit))), Some(Modifier::End)), end));
    }
    None
}

fn the_unit(scanner: &Scanner, at: usize) -> Read<Point> {
    match relative::the_unit(scanner, at)? {
        (Said::Point(point), end) => Some((point, end)),
        _ => None,
    }
}

fn is_clock(point: &Point) -> bool {
    matches!(point.time, Some(TimeOfDay::Clock { .. }))
}

/// "early next week", "earlier this month", "later that day", "late afternoon", "earlier in the year".
fn early(scanner: &Scanner, at: usize, place: usize, value: &str) -> Read<Bounded> {
    let comparative = scanner.is(place, &["earlier", "later"]);
    let on = usize::from(scanner.is(place + 1, &["on", "in"]));
    let from = place + 1 + on;
    if on == 1 && scanner.is(from, &["the"]) && scanner.is(from + 1, &["day"]) {
        return Some(((Said::Point(Point::of(Base::Which(Which::Same, Unit::Day))), modifier(value)), from + 2));
    }
    let point = longer(points::point(scanner, from), the_unit(scanner, from).filter(|_| on == 1 || !comparative));
    // "the early 1980s": the article stands before "early".
    let decade = || super::calendar::date(scanner, place - 1).filter(|_| place > at);
    let point = point
        .or_else(|| part_alone(scanner, from).filter(|_| on == 0))
        .or_else(|| bare_decade(scanner, from).filter(|_| decade().is_none()));
    let (point, end) = point.filter(|(point, _)| !is_clock(point))?;
    let day_told = matches!(point.base, Base::Context) || !comparative || told(&point.base);
    day_told.then_some(((Said::Point(point), modifier(value)), end))
}

/// Whether "earlier" and "later" can tell a part of it.
fn told(base: &Base) -> bool {
    match base {
        Base::Calendar(calendar) => calendar.year.is_none() || calendar.part.is_some() || calendar.day.is_some(),
        _ => true,
    }
}

/// "late afternoon".
fn part_alone(scanner: &Scanner, at: usize) -> Read<Point> {
    let part = scanner.kind(at, "part").or(scanner.is(at, &["night"]).then_some("NI"))?;
    // "late-night talks".
    if scanner.glued(at) || scanner.glued(at + 1) {
        return None;
    }
    let time = Some(TimeOfDay::Part(part));
    let from = at + 1 + usize::from(scanner.is(at + 1, &["on", "of"]));
    let day = points::point(scanner, from)
        .filter(|(point, _)| point.time.is_none() && !matches!(point.base, Base::Shift(..)));
    Some(match day {
        Some((point, end)) => (Point { time, ..point }, end),
        None => (Point { base: Base::Context, time }, at + 1),
    })
}

/// The nineties of "the early nineties".
fn bare_decade(scanner: &Scanner, at: usize) -> Read<Point> {
    use super::said::Year;
    let text = scanner.text(at);
    let number = text.strip_suffix('s').filter(|digits| digits.len() == 2).and_then(|digits| digits.parse::<u8>().ok());
    // "in her early 20s" is an age.
    if matches!(scanner.before(at.saturating_sub(1)), "his" | "her" | "their" | "my" | "our" | "its" | "your") {
        return None;
    }
    let decade = scanner.value::<u8>(at, "decade").or(number)?;
    let year = Some(Year::ShortDecade(decade / 10));
    Some((Point::of(Base::Calendar(Calendar { year, ..Calendar::default() })), at + 1))
}

/// "year-end", "year's end", "month end".
fn unit_end(scanner: &Scanner, at: usize) -> Option<(Which, Unit, usize)> {
    let (unit, plural) = lengths::unit(scanner, at)?;
    let possessive = usize::from(matches!(scanner.lower(at + 1), "'s" | "’s"));
    let ends = scanner.is(at + 1 + possessive, &["end"])
        && !plural
        && matches!(unit, Unit::Year | Unit::Month | Unit::Quarter);
    ends.then_some((Which::This, unit, at + 2 + possessive))
}
