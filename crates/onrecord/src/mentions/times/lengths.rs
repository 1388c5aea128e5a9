//! Lengths of time and what is counted with them: "two hours", "several years", "a year and a half", "two days ago", "a year earlier".

use super::said::{Base, Every, Length, Modifier, Point, Said, Unit, Way};
use super::scan::{Read, Scanner, longer};

/// Words that may stand between a number and its unit.
const BETWEEN: [&str; 12] = [
    "more",
    "additional",
    "full",
    "consecutive",
    "straight",
    "trading",
    "business",
    "calendar",
    "working",
    "whole",
    "entire",
    "further",
];

/// A length, or what is counted with it, that begins at `at`, where a "the" may stand.
pub(super) fn counted(scanner: &Scanner, at: usize) -> Read<(Said, Option<Modifier>)> {
    let from = at + usize::from(scanner.is(at, &["the"]));
    let (length, modifier, end) = length(scanner, from, from > at)?;
    // In "the 30-second spot" the article is the noun's.
    if from > at && scanner.glued(end - 1) {
        return None;
    }
    let end = end + usize::from(scanner.is(end, &["long"]) && scanner.glued(end));
    if let Some((way, end)) = way(scanner, end, length.unit) {
        return Some(((Said::Point(Point::of(Base::Shift(length, way))), modifier), end));
    }
    let single = length.count == Some(1.0) && length.more.is_none() && scanner.is(from, &["a", "an"]);
    if single && is_rate(scanner, from) {
        return Some(((Said::Every(Every::Length(length)), modifier), end));
    }
    Some(((Said::Length(length), modifier), end))
}

/// The unit at a place; whether it is a plural.
pub(super) fn unit(scanner: &Scanner, at: usize) -> Option<(Unit, bool)> {
    let named = |value: &str| {
        Some(match value {
            "SE" => Unit::Second,
            "MI" => Unit::Minute,
            "H" => Unit::Hour,
            "D" => Unit::Day,
            "N" => Unit::Night,
            "W" => Unit::Week,
            "WE" => Unit::Weekend,
            "F" => Unit::Fortnight,
            "M" => Unit::Month,
            "Q" => Unit::Quarter,
            "Y" => Unit::Year,
            "E" => Unit::Decade,
            "C" => Unit::Century,
            "L" => Unit::Millennium,
            _ => return None,
        })
    };
    let plural = scanner.kind(at, "units").and_then(named).map(|unit| (unit, true));
    plural.or_else(|| scanner.kind(at, "unit").and_then(named).map(|unit| (unit, false)))
}

/// A length at `from`: what it is, what bounds it, the place behind it.
pub(super) fn length(scanner: &Scanner, from: usize, has_article: bool) -> Option<(Length, Option<Modifier>, usize)> {
    if let Some(unit) = long_word(scanner, from) {
        return Some(unit);
    }
    let first = first_of(scanner, from, has_article);
    let (count, modifier, end) = count(scanner, from + usize::from(first))?;
    let mut place = end;
    while scanner.is(place, &BETWEEN) && place < end + 2 {
        place += 1;
    }
    let (unit, plural) = unit(scanner, place).filter(|(unit, _)| !matches!(unit, Unit::Night | Unit::Weekend))?;
    let single = count == Some(1.0) || scanner.glued(place) || scanner.glued(from + 1);
    let odd = unit == Unit::Second && !plural && !scanner.glued(place);
    let fraction = unit == Unit::Quarter && (count.is_some() && scanner.is(place + 1, &["of"]) || !plural && !single);
    // "a two-year-old", "22 years old" are ages.
    let aged = scanner.is(place + 1, &["old", "olds"]) && unit == Unit::Year;
    // "in some quarters", "a decades".
    let fraction = fraction
        || unit == Unit::Quarter && scanner.is(from, &["some"])
        || plural && count == Some(1.0) && scanner.is(from, &["a", "an"]);
    if odd || fraction || aged || count.is_none() && !plural && !scanner.glued(place) {
        return None;
    }
    let (more, modifier, end) = rest(scanner, place + 1, unit, modifier, count);
    let count = match (count, more) {
        // "a year and a half" of one unit.
        (Some(count), Some((half, of))) if of == unit => {
            return Some((Length { count: Some(count + half), unit, more: None }, modifier, end));
        }
        (count, _) => count,
    };
    Some((Length { count, unit, more }, modifier, end))
}

/// "weeklong", "decades-long".
fn long_word(scanner: &Scanner, at: usize) -> Option<(Length, Option<Modifier>, usize)> {
    let value = scanner.kind(at, "units-long");
    let unit_of = |value: &str| {
        Some(match value {
            "D" | "N" => Unit::Day,
            "W" => Unit::Week,
            "M" => Unit::Month,
            "Y" => Unit::Year,
            "E" => Unit::Decade,
            "H" => Unit::Hour,
            _ => return None,
        })
    };
    if let Some(unit) = value.and_then(unit_of) {
        return Some((Length { count: Some(1.0), unit, more: None }, None, at + 1));
    }
    let (unit, plural) = unit(scanner, at)?;
    let long = scanner.is(at + 1, &["long"]) && scanner.glued(at + 1);
    long.then_some((Length { count: (!plural).then_some(1.0), unit, more: None }, None, at + 2))
}

/// "the first nine months".
fn first_of(scanner: &Scanner, at: usize, has_article: bool) -> bool {
    let first = scanner.is(at, &["first", "final", "opening"]) || scanner.is(at, &["last"]) && !has_article;
    first && scanner.cardinal(at + 1).is_some()
}

/// How many: "two", "2 1/2", "a", "half an", "several", "a couple of", "two to three".
fn count(scanner: &Scanner, at: usize) -> Option<(Option<f64>, Option<Modifier>, usize)> {
    if scanner.is(at, &["half"]) {
        let article = scanner.is(at + 1, &["a", "an"]);
        return (article || scanner.glued(at + 1)).then_some((Some(0.5), None, at + 1 + usize::from(article)));
    }
    let article = scanner.is(at, &["a", "an"]);
    if article && scanner.is(at + 1, &["half"]) {
        return Some((Some(0.5), None, at + 2));
    }
    if let Some(read) = vague(scanner, at, article) {
        return Some(read);
    }
    if article && scanner.cardinal(at).is_none() {
        let plain = at + 1 + usize::from(scanner.is(at + 1, &["full", "whole", "single", "good", "mere"]));
        return Some((Some(1.0), None, plain));
    }
    let is_clock = scanner.text(at).len() == 4 && scanner.text(at).starts_with('0');
    let (value, end) = scanner.cardinal(at).filter(|_| !is_clock)?;
    if scanner.is(end, &["and"]) && scanner.is(end + 1, &["a"]) && scanner.is(end + 2, &["half"]) {
        return Some((Some(value + 0.5), None, end + 3));
    }
    let other = if scanner.is(end, &["to", "or"]) {
        scanner.cardinal(end + 1)
    } else {
        scanner.cardinal(end).filter(|_| scanner.glued(end))
    };
    match other.filter(|(other, _)| *other > value) {
        Some((_, end)) => Some((Some(value), Some(Modifier::EqualOrMore), end)),
        None => Some((Some(value), None, end)),
    }
}

/// "several", "a few", "a couple of", "dozens of", "many".
fn vague(scanner: &Scanner, at: usize, article: bool) -> Option<(Option<f64>, Option<Modifier>, usize)> {
    let mut place = at + usize::from(article);
    if article && scanner.is(place, &["good", "great", "very"]) {
        place += 1;
    }
    let known = scanner.kind(place, "vague")?;
    let of = usize::from(scanner.is(place + 1, &["of"]));
    let end = place + 1 + of;
    Some(match known {
        "2" => (Some(2.0), Some(Modifier::Approx), end),
        "12" if of == 0 => (Some(12.0), None, end),
        _ => (None, None, end),
    })
}

/// "and six months", "and a half", "or so", "or more" behind a unit.
fn rest(
    scanner: &Scanner,
    at: usize,
    unit: Unit,
    modifier: Option<Modifier>,
    count: Option<f64>,
) -> (Option<(f64, Unit)>, Option<Modifier>, usize) {
    if scanner.is(at, &["or"]) {
        match scanner.lower(at + 1) {
            "so" => return (None, Some(Modifier::Approx), at + 2),
            "more" | "longer" => return (None, Some(Modifier::EqualOrMore), at + 2),
            "less" => return (None, Some(Modifier::EqualOrLess), at + 2),
            "two" if count == Some(1.0) => return (None, Some(Modifier::Approx), at + 2),
            _ => {}
        }
    }
    if count.is_none() {
        return (None, modifier, at);
    }
    if scanner.is(at, &["and"]) && scanner.is(at + 1, &["a"]) && scanner.is(at + 2, &["half"]) {
        return (Some((0.5, unit)), modifier, at + 3);
    }
    let from = at + usize::from(scanner.is(at, &["and"]) || scanner.text(at) == ",");
    let second = scanner.cardinal(from).and_then(|(value, end)| Some((value, self::unit(scanner, end)?.0, end + 1)));
    match second.filter(|(_, smaller, _)| is_next_smaller(unit, *smaller)) {
        Some((value, smaller, end)) => (Some((value, smaller)), modifier, end),
        None => (None, modifier, at),
    }
}

fn is_next_smaller(unit: Unit, other: Unit) -> bool {
    matches!(
        (unit, other),
        (Unit::Year, Unit::Month)
            | (Unit::Month | Unit::Week, Unit::Day)
            | (Unit::Day, Unit::Hour)
            | (Unit::Hour, Unit::Minute)
            | (Unit::Minute, Unit::Second)
    )
}

/// "ago", "earlier", "from now": from where the length is counted.
fn way(scanner: &Scanner, at: usize, unit: Unit) -> Read<Way> {
    let ends = |place: usize| scanner.words.get(place).is_none_or(|word| word.mark);
    let counts = matches!(
        unit,
        Unit::Day
            | Unit::Week
            | Unit::Fortnight
            | Unit::Month
            | Unit::Quarter
            | Unit::Year
            | Unit::Decade
            | Unit::Century
    );
    match scanner.lower(at) {
        "ago" => Some((Way::Ago, at + 1)),
        "from" if scanner.is(at + 1, &["now", "today"]) => Some((Way::Hence, at + 2)),
        "hence" if counts => Some((Way::Hence, at + 1)),
        // "two years earlier than planned" counts from the plan.
        "earlier" | "previously" if counts && !scanner.is(at + 1, &["than"]) => Some((Way::Earlier, at + 1)),
        "later" | "afterwards" | "afterward" if counts && !scanner.is(at + 1, &["than"]) => Some((Way::Later, at + 1)),
        "before" if counts && ends(at + 1) => Some((Way::Earlier, at + 1)),
        "after" if counts && ends(at + 1) => Some((Way::Later, at + 1)),
        _ => None,
    }
}

/// Whether "a year" tells how often: "15 a year", "twice a year", "3,000 barrels a day".
fn is_rate(scanner: &Scanner, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| scanner.words.get(at)) else { return false };
    let counted = before.numeral.is_some() || before.as_kind("times").is_some() || before.as_kind("units").is_some();
    let percent = matches!(before.lower.as_str(), "%" | "percent" | "times" | "million" | "billion" | "cents");
    let near = (2..=4)
        .filter_map(|back| scanner.words.get(at.checked_sub(back)?))
        .any(|word| word.numeral.is_some_and(|numeral| !numeral.is_ordinal));
    counted || percent || near && before.lower.ends_with('s') && !before.mark
}

/// "years", "weeks" alone; "the weeks ahead".
pub(super) fn bare(scanner: &Scanner, at: usize) -> Read<Said> {
    let from = at + usize::from(scanner.is(at, &["the"]));
    let (unit, plural) = unit(scanner, from)?;
    let ahead = scanner.is(from + 1, &["ahead"]);
    let aged = scanner.is(from + 1, &["old"]);
    let counts = matches!(
        unit,
        Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century | Unit::Hour | Unit::Minute
    );
    let name = scanner.words.get(from).is_some_and(|word| word.is_capitalised() && !scanner.opens(from));
    if !plural || !counts || aged || name || from > at && !ahead {
        return None;
    }
    let length = Length { count: None, unit, more: None };
    match way(scanner, from + 1, unit) {
        Some((way, end)) => Some((Said::Point(Point::of(Base::Shift(length, way))), end)),
        None => Some((Said::Length(length), from + 1 + usize::from(ahead))),
    }
}

/// "year-ago", "the year-earlier quarter", "the day before".
pub(super) fn neighbour(scanner: &Scanner, at: usize) -> Read<Said> {
    let has_article = scanner.is(at, &["the"]);
    let from = at + usize::from(has_article);
    let skip = usize::from(scanner.is(from, &["comparable", "corresponding"]));
    let (unit, plural) = unit(scanner, from + skip)?;
    let counts = !plural && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Quarter);
    let next = from + skip + 1;
    let length = Length { count: Some(1.0), unit, more: None };
    let shifted = |way: Way, end: usize| Some((Said::Point(Point::of(Base::Shift(length, way))), end));
    if !counts {
        return None;
    }
    if scanner.glued(next) && scanner.is(next, &["ago", "earlier"]) {
        let end = next + 1;
        if unit == Unit::Year && scanner.is(end, &["quarter"]) {
            return Some((Said::Point(Point::of(Base::QuarterBefore)), end + 1));
        }
        return shifted(Way::Earlier, end + usize::from(scanner.is(end, &["period", "month"])));
    }
    let day = |way: Way, days: i32| match scanner.lower(next + 1) {
        "yesterday" if way == Way::Earlier => Some((Said::Point(Point::of(Base::Day(-days))), next + 2)),
        "tomorrow" if way == Way::Later => Some((Said::Point(Point::of(Base::Day(days))), next + 2)),
        _ => None,
    };
    let ends = scanner.words.get(next + 1).is_none_or(|word| word.mark)
        || scanner.is(next + 1, &["and", "in", "at", "when", "by"]);
    let whole = |way: Way| {
        if unit == Unit::Day {
            longer(day(way, 2), if has_article && ends { shifted(way, next + 1) } else { None })
        } else if has_article && ends {
            shifted(way, next + 1)
        } else {
            None
        }
    };
    match scanner.lower(next) {
        "before" => whole(Way::Earlier),
        "after" => whole(Way::Later),
        _ => None,
    }
}
