//! "last week", "the past three years", "next Monday", "this summer", "the same day", "recent months".

use super::calendar::{self, month_name, season_name};
use super::said::{Base, Calendar, Every, Length, Part, Point, Reference, Said, TimeOfDay, Unit, Which};
use super::scan::{Read, Scanner};
use super::{holidays, lengths};

/// Which one the word at a place means.
pub(super) fn which_word(scanner: &Scanner, at: usize) -> Option<Which> {
    Some(match scanner.kind(at, "which")? {
        "last" | "past" => Which::Last,
        "previous" => Which::Previous,
        "next" | "coming" => Which::Next,
        "following" => Which::Following,
        "this" | "current" => Which::This,
        "same" | "that" => Which::Same,
        "latest" => Which::Latest,
        _ => return None,
    })
}

/// What is told by "last", "next", "this" and their like, from `at` on, where a "the" may stand.
pub(super) fn which(scanner: &Scanner, at: usize) -> Read<Said> {
    let has_article = scanner.is(at, &["the"]);
    let from = at + usize::from(has_article);
    let mut place = from + usize::from(scanner.is(from, &["very"]));
    let kind = scanner.kind(place, "which")?;
    // "this past week", "this coming June", "that same day".
    let second = scanner
        .kind(place + 1, "which")
        .filter(|second| matches!(kind, "this" | "these") || kind == "that" && *second == "same");
    let kind = match second {
        Some(second) => {
            place += 1;
            second
        }
        None => kind,
    };
    let end = place + 1;
    if let Some(read) = several(scanner, kind, end, has_article) {
        return Some(read);
    }
    let which = which_word(scanner, place)?;
    // "said that Thursday's vote": only behind a preposition is it that Thursday.
    let told = lengths::unit(scanner, end).is_some() || scanner.opens(at) || second.is_some();
    if kind == "that"
        && !told
        && !matches!(
            scanner.before(at),
            "on" | "by" | "of" | "until" | "since" | "before" | "after" | "from" | "in" | "during" | "for"
        )
    {
        return None;
    }
    one(scanner, kind, which, end, has_article || second.is_some())
}

/// "the past three years", "recent weeks", "these days".
fn several(scanner: &Scanner, kind: &str, at: usize, has_article: bool) -> Read<Said> {
    let bare = lengths::unit(scanner, at).filter(|(_, plural)| *plural);
    if let Some((unit, _)) = bare {
        let reference = match kind {
            "recent" | "past" | "previous" => Reference::Past,
            "coming" | "next" => Reference::Future,
            "these" if unit == Unit::Day => Reference::Present,
            _ => return None,
        };
        return Some((Said::Vague(reference), at + 1));
    }
    let counts = matches!(
        kind,
        "last" | "past" | "previous" | "next" | "coming" | "following" | "recent" | "latest" | "these" | "those"
    );
    let number = scanner.cardinal(at).is_some() || scanner.kind(at, "vague").is_some();
    let (length, _, end) = lengths::length(scanner, at, has_article).filter(|_| counts && number)?;
    // "the last half hour" is a length; "last half" is not.
    let single = length.count == Some(1.0) && !scanner.is(at, &["one"]);
    (!single).then_some((Said::Length(length), end))
}

/// "last week", "next Monday", "this summer", "last night".
fn one(scanner: &Scanner, kind: &str, which: Which, at: usize, marked: bool) -> Read<Said> {
    // "This Week" with capitals is a programme.
    let name = scanner.words.get(at).is_some_and(|word| word.is_capitalised() && word.as_kind("unit").is_some());
    if name {
        return None;
    }
    if let Some((unit, false)) = lengths::unit(scanner, at) {
        return of_unit(scanner, kind, which, unit, at, marked);
    }
    if which == Which::Latest && scanner.is(at, &["period"]) {
        return point(Base::Which(which, Unit::Quarter), at + 1);
    }
    let fiscal = scanner.is(at, &["fiscal", "financial", "calendar"]) && scanner.is(at + 1, &["year", "quarter"]);
    if fiscal {
        let unit = if scanner.is(at + 1, &["year"]) { Unit::Year } else { Unit::Quarter };
        return point(Base::Which(which, unit), at + 2);
    }
    let calendar = Calendar { which: Some(which), ..Calendar::default() };
    if let Some(weekday) =
        scanner.value(at, "weekday").filter(|_| scanner.words.get(at).is_some_and(|word| word.is_capitalised()))
    {
        return match calendar::date(scanner, at) {
            Some((base @ Base::Calendar(Calendar { day: Some(_), .. }), end)) => point(base, end),
            _ => point(Base::Calendar(Calendar { weekday: Some(weekday), ..calendar }), at + 1),
        };
    }
    if let Some((month, end)) = month_name(scanner, at) {
        return match calendar::date(scanner, at) {
            Some((Base::Calendar(told @ Calendar { day: Some(_), .. }), end)) => {
                point(Base::Calendar(Calendar { which: Some(which), ..told }), end)
            }
            _ => point(Base::Calendar(Calendar { part: Some(Part::Month(month)), ..calendar }), end),
        };
    }
    if let Some(season) = season_name(scanner, at).filter(|_| !scanner.is(at + 1, &["of"])) {
        return point(Base::Calendar(Calendar { part: Some(Part::Season(season)), ..calendar }), at + 1);
    }
    if let Some(part) = scanner.kind(at, "part") {
        return of_part(which, part, at + 1);
    }
    if let Some((Base::Holiday(row, told), end)) = holidays::holiday(scanner, at) {
        return point(Base::Holiday(row, Calendar { which: Some(which), ..told }), end);
    }
    None
}

fn point(base: Base, end: usize) -> Read<Said> {
    Some((Said::Point(Point::of(base)), end))
}

fn of_unit(scanner: &Scanner, kind: &str, which: Which, unit: Unit, at: usize, marked: bool) -> Read<Said> {
    let end = at + 1;
    let length = Length { count: Some(1.0), unit, more: None };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let measured = matches!(kind, "past" | "last" | "next" | "coming") && marked;
            measured.then_some((Said::Length(length), end))
        }
        Unit::Night => of_part(which, "NI", end),
        Unit::Decade | Unit::Century | Unit::Millennium | Unit::Fortnight | Unit::Half => {
            matches!(kind, "past" | "last" | "next" | "coming").then_some((Said::Length(length), end))
        }
        // "the past year" is as long as one; "last year" is one of the calendar.
        Unit::Year | Unit::Month | Unit::Week if kind == "past" && marked && !is_this(scanner, at) => {
            Some((Said::Length(length), end))
        }
        Unit::Day if matches!(which, Which::Last | Which::This | Which::Latest) => {
            (kind == "past").then_some((Said::Length(length), end))
        }
        // "same" and "that" need their article, and "that" may be another word: "he said that week".
        Unit::Year | Unit::Month | Unit::Week | Unit::Weekend | Unit::Quarter | Unit::Day => {
            point(Base::Which(which, unit), end)
        }
    }
}

/// "this past week" is that of the calendar.
fn is_this(scanner: &Scanner, at: usize) -> bool {
    at >= 2 && scanner.is(at - 2, &["this"])
}

/// "this morning", "last night", "the next evening".
fn of_part(which: Which, part: &'static str, end: usize) -> Read<Said> {
    let base = match which {
        Which::This | Which::Latest => Base::Day(0),
        Which::Last => Base::Day(-1),
        Which::Same => Base::Context,
        Which::Previous => Base::Which(Which::Previous, Unit::Day),
        Which::Next | Which::Following => Base::Which(Which::Following, Unit::Day),
    };
    Some((Said::Point(Point { base, time: Some(TimeOfDay::Part(part)) }), end))
}

/// "the week of March 6".
pub(super) fn week_of(scanner: &Scanner, at: usize) -> Read<Said> {
    let from = at + usize::from(scanner.is(at, &["the"]));
    if !scanner.is(from, &["week"]) || !scanner.is(from + 1, &["of"]) {
        return None;
    }
    match calendar::date(scanner, from + 2)? {
        (Base::Calendar(day @ Calendar { day: Some(_), .. }), end) => point(Base::WeekOf(day), end),
        _ => None,
    }
}

/// "the year", "the quarter", "the week": the one that the article is about.
pub(super) fn the_unit(scanner: &Scanner, at: usize) -> Read<Said> {
    let article = scanner.is(at, &["the"]);
    let from = at + usize::from(article);
    let full = from + usize::from(scanner.is(from, &["full", "entire", "whole", "current"]));
    let fiscal = full + usize::from(scanner.is(full, &["fiscal", "calendar", "financial"]));
    let (unit, false) = lengths::unit(scanner, fiscal).filter(|_| article)? else { return None };
    let named = scanner.words.get(fiscal).is_some_and(|word| word.is_capitalised())
        || scanner.glued(fiscal + 1)
        || scanner.is(fiscal + 1, &["that", "of", "when", "before", "after", "since"])
        || scanner.is(fiscal + 1, &["in"]) && scanner.is(fiscal + 2, &["which"])
        || is_prize(scanner, at);
    let which = match unit {
        Unit::Year | Unit::Month | Unit::Week => Which::This,
        Unit::Quarter => Which::Same,
        Unit::Weekend => Which::Same,
        _ => return None,
    };
    if named {
        return None;
    }
    // "for the year ended June 30" is as long as one.
    if unit == Unit::Year && scanner.is(fiscal + 1, &["ended", "ending", "to"]) {
        return Some((Said::Length(Length { count: Some(1.0), unit, more: None }), fiscal + 1));
    }
    point(Base::Which(which, unit), fiscal + 1)
}

/// "coach of the year": what stands before "of" is no stretch of time.
fn is_prize(scanner: &Scanner, at: usize) -> bool {
    let part = [
        "rest",
        "most",
        "part",
        "remainder",
        "course",
        "end",
        "half",
        "quarter",
        "months",
        "weeks",
        "days",
        "much",
        "time",
        "close",
        "start",
        "beginning",
        "middle",
        "turn",
    ];
    scanner.before(at) == "of" && !at.checked_sub(2).is_some_and(|noun| scanner.is(noun, &part))
}

/// "every day", "each July", "every other week", "every Monday", "Tuesdays", "weekly".
pub(super) fn every(scanner: &Scanner, at: usize) -> Read<Said> {
    let said = |every: Every, end: usize| Some((Said::Every(every), end));
    if let Some(weekday) = scanner.value(at, "weekdays") {
        let part = scanner.kind(at + 1, "parts");
        return said(Every::Weekday(weekday, part.map(TimeOfDay::Part)), at + 1 + usize::from(part.is_some()));
    }
    if let Some(weekday) = scanner.value(at, "weekday").filter(|_| scanner.kind(at + 1, "parts").is_some()) {
        return said(Every::Weekday(weekday, scanner.kind(at + 1, "parts").map(TimeOfDay::Part)), at + 2);
    }
    // "on weekends", but not "three weekends".
    if scanner.is(at, &["weekends"]) && matches!(scanner.before(at), "on" | "and" | "or" | "at") {
        return said(Every::Weekend, at + 1);
    }
    if let Some(value) = scanner.kind(at, "often") {
        let name = scanner.words.get(at).is_some_and(|word| word.is_capitalised())
            && (!scanner.opens(at) || scanner.words.get(at + 1).is_some_and(|next| next.is_capitalised()));
        return if name { None } else { said(often(value)?, at + 1) };
    }
    scanner.kind(at, "every")?;
    let length = |count: f64, unit: Unit| Every::Length(Length { count: Some(count), unit, more: None });
    if let Some((unit, false)) = lengths::unit(scanner, at + 1) {
        let every = match unit {
            Unit::Night => Every::Time(TimeOfDay::Part("NI")),
            Unit::Weekend => Every::Weekend,
            unit => length(1.0, unit),
        };
        return said(every, at + 2);
    }
    if let Some((unit, false)) = lengths::unit(scanner, at + 2).filter(|_| scanner.is(at + 1, &["other", "single"])) {
        return said(length(if scanner.is(at + 1, &["other"]) { 2.0 } else { 1.0 }, unit), at + 3);
    }
    if let Some((count, end)) = scanner.cardinal(at + 1) {
        let (unit, _) = lengths::unit(scanner, end)?;
        return said(length(count, unit), end + 1);
    }
    // "every other Monday" comes every two weeks.
    if scanner.is(at + 1, &["other", "second"]) && scanner.kind(at + 2, "weekday").is_some() {
        return said(length(2.0, Unit::Week), at + 3);
    }
    if let Some(weekday) = scanner.value(at + 1, "weekday") {
        let part = scanner.kind(at + 2, "part");
        return said(Every::Weekday(weekday, part.map(TimeOfDay::Part)), at + 2 + usize::from(part.is_some()));
    }
    if let Some(part) = scanner.kind(at + 1, "part") {
        return said(Every::Time(TimeOfDay::Part(part)), at + 2);
    }
    if let Some(season) = season_name(scanner, at + 1) {
        return said(Every::Part(Part::Season(season)), at + 2);
    }
    let (month, end) = month_name(scanner, at + 1)?;
    said(Every::Part(Part::Month(month)), end)
}

/// P1D, PT1H and their like as a length.
fn often(value: &str) -> Option<Every> {
    let (time, rest) = match value.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('P')?),
    };
    let letter = rest.chars().last()?;
    let count: f64 = rest.strip_suffix(letter)?.parse().ok()?;
    let unit = match (time, letter) {
        (true, 'H') => Unit::Hour,
        (true, _) => Unit::Minute,
        (false, 'D') => Unit::Day,
        (false, 'W') => Unit::Week,
        (false, 'M') => Unit::Month,
        _ => Unit::Year,
    };
    Some(Every::Length(Length { count: Some(count), unit, more: None }))
}

/// "now", "recently", "soon", "the past", "the near future", "right now", "as soon as possible".
pub(super) fn vague(scanner: &Scanner, at: usize) -> Read<Said> {
    let said = |reference: Reference, end: usize| Some((Said::Vague(reference), end));
    if let Some((value, end)) = scanner.phrase(at, "refer-phrase") {
        return said(super::scan::reference(value), end);
    }
    let led = usize::from(
        scanner.is(at, &["more", "most", "right", "just", "very", "until"])
            && scanner.kind(at + 1, "refer").is_some()
            && !scanner.is(at, &["until"]),
    );
    if let Some(value) = scanner.kind(at + led, "refer") {
        let joined =
            scanner.is(at + led + 1, &["after", "as", "that"]) || scanner.is(at.wrapping_sub(1), &["as", "how", "too"]);
        // "it soon became", "was soon released": the text's own time goes on.
        let told = scanner.is(at + led, &["soon"])
            && (scanner.lower(at + led + 1).ends_with("ed")
                || scanner.is(at + led + 1, &["became", "began", "came", "found", "took", "went"])
                || matches!(scanner.before(at), "was" | "were" | "had"));
        let joined = joined || told;
        let name = scanner.words.get(at + led).is_some_and(|word| word.is_capitalised()) && !scanner.opens(at);
        return if joined || name || scanner.glued(at + led + 1) {
            None
        } else {
            said(super::scan::reference(value), at + led + 1)
        };
    }
    let from = at + usize::from(scanner.is(at, &["the"]));
    let adjective = from
        + usize::from(scanner.is(from, &["near", "immediate", "foreseeable", "distant", "recent", "not-too-distant"]));
    if from == at {
        return None;
    }
    let noun = |place: usize| {
        scanner.words.get(place).is_none_or(|next| {
            next.mark
                || next.lower.len() <= 3
                || matches!(
                    next.lower.as_str(),
                    "when" | "that" | "have" | "with" | "were" | "from" | "will" | "would" | "could" | "should"
                )
        })
    };
    match scanner.lower(adjective) {
        "future" if noun(adjective + 1) => said(Reference::Future, adjective + 1),
        "term" if adjective > from && scanner.is(from, &["near"]) => said(Reference::Future, adjective + 1),
        "past" if noun(adjective + 1) && scanner.cardinal(adjective + 1).is_none() => {
            said(Reference::Past, adjective + 1)
        }
        _ => None,
    }
}
