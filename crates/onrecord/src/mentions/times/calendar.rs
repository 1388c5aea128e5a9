//! Calendar dates: "September 23, 2022", "the 23rd", "Friday", "2022-09-23", "11/02/89", "1988", "the 1990s", "the third quarter of 1984".

use super::holidays;
use super::relative;
use super::said::{Base, Calendar, Part, Season, Which, Year};
use super::scan::{Read, Scanner, longer};

/// How many words to either side of a quarter may tell of a game.
const GAME: usize = 40;

/// Words before a bare month or year that show it to be one.
const BEFORE_DATES: [&str; 24] = [
    "in",
    "of",
    "since",
    "until",
    "till",
    "by",
    "from",
    "to",
    "before",
    "after",
    "during",
    "last",
    "next",
    "this",
    "and",
    "early",
    "late",
    "mid",
    "between",
    "for",
    "through",
    "throughout",
    "or",
    "on",
];

/// A calendar date that begins at `at`, where a "the" may stand.
pub(super) fn date(scanner: &Scanner, at: usize) -> Read<Base> {
    let has_article = scanner.is(at, &["the"]);
    let from = at + usize::from(has_article);
    let named =
        longer(longer(month_first(scanner, from), day_first(scanner, from, has_article)), weekday_first(scanner, from));
    let numbers = longer(numeric(scanner, from), year_alone(scanner, from));
    let stretches = longer(longer(part_of_year(scanner, from), season(scanner, from)), era(scanner, from, has_article));
    // In "the 1969 coup" and "the Sunday flight" the article is the noun's.
    let own = scanner.is(from, &["year"])
        || scanner.words.get(from).is_some_and(|word| word.numeral.is_some_and(|numeral| numeral.is_ordinal));
    let bare = longer(
        longer(named, numbers).map(|(calendar, end)| (Base::Calendar(calendar), end)),
        holidays::holiday(scanner, from),
    );
    longer(bare.filter(|_| own || !has_article), stretches.map(|(calendar, end)| (Base::Calendar(calendar), end)))
}

/// The number of a month's name at `at`, and the place behind it. Short names need a digit or a stop; names that are other words need a capital.
pub(super) fn month_name(scanner: &Scanner, at: usize) -> Read<u8> {
    let word = scanner.words.get(at).filter(|word| word.is_capitalised())?;
    if let Some(month) = scanner.value(at, "month") {
        return Some((month, at + 1));
    }
    if let Some(month) = scanner.value(at, "month-short") {
        let stopped = word.text.ends_with('.') || scanner.past_stop(at + 1) > at + 1;
        let end = scanner.past_stop(at + 1);
        let dated = scanner.digits(end, 1, 31, 2).is_some() || scanner.digits(end, 1000, 2100, 4).is_some();
        let headed =
            scanner.digits(at.wrapping_sub(1), 1, 31, 2).is_some() || scanner.ordinal(at.wrapping_sub(1)).is_some();
        let shown = BEFORE_DATES.contains(&scanner.before(at)) && stopped;
        return (dated || headed || shown).then_some((month, if dated || headed { end } else { at + 1 }));
    }
    scanner.value(at, "month-too").map(|month| (month, at + 1))
}

/// Whether a month that stands without day and year is meant as one: in "May said" and "April Jones" it is a name.
fn is_bare_month(scanner: &Scanner, at: usize) -> bool {
    let before = scanner.before(at);
    let led = BEFORE_DATES.contains(&before);
    let next = scanner.words.get(at + 1);
    let named = next.is_some_and(|next| next.is_capitalised() && !next.mark && !next.is_known());
    if scanner.kind(at, "month-too").is_none() {
        return led || !named || before == "the";
    }
    // "a May interview", but not "the May government".
    let described = before == "a" && next.is_some_and(|next| !next.mark && !next.is_capitalised());
    let august = scanner.is(at, &["august"]) && !scanner.opens(at);
    (led || described || scanner.glued(at) || august) && !named
}

fn month_first(scanner: &Scanner, at: usize) -> Read<Calendar> {
    let (month, end) = month_name(scanner, at)?;
    let mut calendar = Calendar { part: Some(Part::Month(month)), ..Calendar::default() };
    let mut from = end;
    if scanner.is(from, &["the"]) && scanner.ordinal(from + 1).is_some() {
        from += 1;
    }
    if let Some((day, end)) = day_number(scanner, from) {
        calendar.day = Some(day);
        if (month, day) == (9, 11) && is_attack(scanner, end) {
            return Some((Calendar { year: Some(Year::Exact(2001)), ..calendar }, end));
        }
        if let Some((year, end)) = year_behind(scanner, end, true) {
            calendar.year = Some(year);
            return Some((calendar, end));
        }
        return Some((calendar, end));
    }
    if let Some((year, end)) = year_behind(scanner, end, false) {
        calendar.year = Some(year);
        return Some((calendar, end));
    }
    is_bare_month(scanner, at).then_some((calendar, end))
}

/// "the Sept. 11 attacks" are those of 2001, in whatever year they are named.
fn is_attack(scanner: &Scanner, at: usize) -> bool {
    (at..at + 2).any(|at| scanner.is(at, &["attack", "attacks", "terror", "terrorist", "hijackers", "hijackings"]))
}

/// "23", "23rd", "eighth", but not the 23 of "23 people" or "10:30".
pub(super) fn day_number(scanner: &Scanner, at: usize) -> Read<u8> {
    if let Some((day, end)) = scanner.ordinal(at) {
        return u8::try_from(day).ok().filter(|day| *day <= 31).map(|day| (day, end));
    }
    // "Long March-5" is a rocket.
    let hyphen = at.checked_sub(1).and_then(|before| scanner.words.get(before)).is_some_and(|before| {
        scanner.glued(at)
            && before.digits().is_none()
            && scanner.words.get(at).is_some_and(|word| word.span.start > before.span.end)
    });
    let day = scanner.digits(at, 1, 31, 2).filter(|_| !hyphen)?;
    let counted = scanner.kind(at + 1, "units").is_some()
        || scanner.kind(at + 1, "half-day").is_some()
        || scanner.is(at + 1, &["%", "percent"]);
    u8::try_from(day).ok().filter(|_| !counted).map(|day| (day, at + 1))
}

/// "2022", "of 2022", ", 2022", "last year", "of that year", "'98" behind a month or day. `dated`: a day stands before it.
pub(super) fn year_behind(scanner: &Scanner, at: usize, dated: bool) -> Read<Year> {
    let comma = scanner.past_comma(at);
    let from = if scanner.is(comma, &["of", "in"]) { comma + 1 } else { comma };
    if let Some(year) = scanner.digits(from, 1000, 2199, 4).filter(|_| scanner.text(from).len() == 4) {
        let counted = scanner.kind(from + 1, "units").is_some();
        return i16::try_from(year).ok().filter(|_| !counted).map(|year| (Year::Exact(year), from + 1));
    }
    if let Some((year, end)) = spoken_year(scanner, from).filter(|_| comma == at || dated) {
        return Some((Year::Exact(year), end));
    }
    if let Some((short, end)) = short_year(scanner, from).filter(|_| comma == at) {
        return Some((Year::Short(short), end));
    }
    let (which, end) = which_year(scanner, from)?;
    (comma == at && (scanner.is(at, &["of"]) || which != Which::Same)).then_some((Year::Which(which), end))
}

/// "last year", "the previous year", "this year".
fn which_year(scanner: &Scanner, at: usize) -> Read<Which> {
    let from = at + usize::from(scanner.is(at, &["the"]));
    if scanner.is(from, &["year"]) && from > at {
        return Some((Which::This, from + 1));
    }
    let which = relative::which_word(scanner, from)?;
    scanner.is(from + 1, &["year"]).then_some((which, from + 2))
}

/// '98.
fn short_year(scanner: &Scanner, at: usize) -> Read<u8> {
    let mark = matches!(scanner.text(at), "'" | "’" | "‘");
    let year = scanner.digits(at + 1, 0, 99, 2).filter(|_| mark && scanner.text(at + 1).len() == 2)?;
    u8::try_from(year).ok().map(|year| (year, at + 2))
}

/// "nineteen ninety-eight", "two thousand".
fn spoken_year(scanner: &Scanner, at: usize) -> Read<i16> {
    let word = scanner.words.get(at)?;
    if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (first, end) = scanner.cardinal(at)?;
    let exact = |value: f64| (value.fract() == 0.0).then_some(value);
    #[allow(clippy::cast_possible_truncation, reason = "within bounds")]
    let year = |value: f64| exact(value).filter(|value| (1500.0..=2100.0).contains(value)).map(|value| value as i16);
    if let Some(year) = year(first) {
        return Some((year, end));
    }
    let (second, end) = scanner.cardinal(end)?;
    let whole = (15.0..=20.0).contains(&first) && (10.0..=99.0).contains(&second);
    year(first * 100.0 + second).filter(|_| whole).map(|year| (year, end))
}

/// "23 September 2022", "the 23rd of September", "the 23rd".
fn day_first(scanner: &Scanner, at: usize, has_article: bool) -> Read<Calendar> {
    let (day, end) = day_number(scanner, at)?;
    let from = if scanner.is(end, &["of"]) { end + 1 } else { end };
    if let Some((month, end)) = month_name(scanner, from).filter(|_| !scanner.glued(at)) {
        let mut calendar = Calendar { part: Some(Part::Month(month)), day: Some(day), ..Calendar::default() };
        if let Some((year, end)) = year_behind(scanner, end, true) {
            calendar.year = Some(year);
            return Some((calendar, end));
        }
        return Some((calendar, end));
    }
    // "the 23rd" alone, in digits; not "the 2nd battalion".
    let alone =
        has_article && scanner.ordinal(at).is_some() && scanner.text(at).starts_with(|c: char| c.is_ascii_digit());
    let ends = scanner.words.get(end).is_none_or(|next| next.mark && !is_dash(next.text));
    let shown = matches!(
        at.checked_sub(2).map(|at| scanner.lower(at)),
        Some("on" | "until" | "by" | "since" | "before" | "after" | "from" | "to" | "of")
    );
    (alone && ends && shown).then_some((Calendar { day: Some(day), ..Calendar::default() }, end))
}

pub(super) fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–" | "—" | "--")
}

/// "Friday", "Friday, September 23", "Mon 5 June".
fn weekday_first(scanner: &Scanner, at: usize) -> Read<Calendar> {
    let word = scanner.words.get(at).filter(|word| word.is_capitalised())?;
    let full = scanner.value::<u8>(at, "weekday");
    let short = scanner.value::<u8>(at, "weekday-short").filter(|_| !word.text.chars().skip(1).any(char::is_uppercase));
    let weekday = full.or(short)?;
    let end = if full.is_none() { scanner.past_stop(at + 1) } else { at + 1 };
    let comma = scanner.past_comma(end);
    let the = comma + usize::from(scanner.is(comma, &["the"]));
    let dated = longer(month_first(scanner, the), day_first(scanner, the, the > comma));
    let dated = dated.filter(|(calendar, _)| calendar.day.is_some());
    if let Some((calendar, end)) = dated {
        return Some((Calendar { weekday: Some(weekday), ..calendar }, end));
    }
    full.is_some().then_some((Calendar { weekday: Some(weekday), ..Calendar::default() }, end))
}

/// "2022-09-23", "11/02/89", "23.09.2022", "08-16-90".
fn numeric(scanner: &Scanner, at: usize) -> Read<Calendar> {
    let text = scanner.text(at);
    if text.len() < 6 || text.len() > 10 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut fields = text.split(mark).map(|field| field.parse::<i16>().ok().filter(|_| field.len() <= 4));
    let (first, second, third) = (fields.next()??, fields.next()??, fields.next()??);
    if fields.next().is_some() {
        return None;
    }
    let wide = |index: usize| text.split(mark).nth(index).is_some_and(|field| field.len() == 4);
    let (year, month, day) = match () {
        () if wide(0) => (Year::Exact(first), second, third),
        // Americans write the month first, except where it cannot be one, or with stops.
        () if wide(2) || text.split(mark).nth(2).is_some_and(|field| field.len() == 2) => {
            let year = if wide(2) { Year::Exact(third) } else { Year::Short(u8::try_from(third).ok()?) };
            if first > 12 || mark == '.' { (year, second, first) } else { (year, first, second) }
        }
        () => return None,
    };
    let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    Some((Calendar { year: Some(year), part: Some(Part::Month(month)), day: Some(day), ..Calendar::default() }, at + 1))
}

/// "1988", "the year 2000", "nineteen ninety-one", "fiscal 1989", "FY2007".
fn year_alone(scanner: &Scanner, at: usize) -> Read<Calendar> {
    let of_year = |year: Year, fiscal: bool| Calendar { year: Some(year), fiscal, ..Calendar::default() };
    let written = scanner.lower(at).strip_prefix("fy").filter(|digits| digits.len() == 4);
    if let Some(year) = written.and_then(|digits| digits.parse().ok()).filter(|year| (1900..=2099).contains(year)) {
        return Some((of_year(Year::Exact(year), true), at + 1));
    }
    let fiscal = scanner.is(at, &["fiscal", "fy"]);
    let skipped = at + usize::from(fiscal);
    let from = skipped + usize::from(scanner.is(skipped, &["year"]));
    if from > at {
        let exact = scanner.digits(from, 1000, 2199, 4).and_then(|year| i16::try_from(year).ok());
        let spoken = exact.map(|year| (year, from + 1)).or_else(|| spoken_year(scanner, from));
        return spoken.map(|(year, end)| (of_year(Year::Exact(year), fiscal), end));
    }
    if let Some((year, end)) = spoken_year(scanner, at) {
        let named = end > at + 1 && !scanner.words.get(end).is_some_and(|next| next.glued);
        let round = year == 2000 || year == 2100;
        let counted = scanner.kind(end, "units").is_some();
        return (named && !counted && (!round || BEFORE_DATES.contains(&scanner.before(at))))
            .then_some((of_year(Year::Exact(year), false), end));
    }
    let year = scanner.digits(at, 1000, 2099, 4).filter(|_| scanner.text(at).len() == 4)?;
    let year = i16::try_from(year).ok().filter(|year| is_year(scanner, at, *year))?;
    let quarter = scanner.is(at + 1, &["quarter", "period"]).then_some(Which::Same);
    Some((Calendar { which: quarter, ..of_year(Year::Exact(year), false) }, at + 1))
}

/// Whether four digits are a year, by what stands around them.
fn is_year(scanner: &Scanner, at: usize, year: i16) -> bool {
    let before = scanner.before(at);
    let next = scanner.words.get(at + 1);
    let counts = |next: &str| {
        matches!(
            next,
            "%" | "percent"
                | "per"
                | "people"
                | "million"
                | "miles"
                | "meters"
                | "metres"
                | "feet"
                | "pounds"
                | "tons"
                | "tonnes"
                | "km"
                | "kg"
                | "hours"
                | "gmt"
                | "utc"
                | "employees"
                | "workers"
                | "jobs"
                | "shares"
                | "troops"
                | "points"
                | "votes"
        )
    };
    let counted = next
        .is_some_and(|next| counts(&next.lower) || next.as_kind("units").is_some() || next.as_kind("zone").is_some());
    let priced = matches!(
        before,
        "$" | "€"
            | "£"
            | "¥"
            | "#"
            | "no"
            | "no."
            | "number"
            | "than"
            | "some"
            | "about"
            | "over"
            | "nearly"
            | "almost"
            | "approximately"
            | "least"
            | "page"
            | "room"
            | "flight"
            | "highway"
            | "route"
            | "windows"
            | "boeing"
    );
    let glued_number = scanner.glued(at)
        && scanner.words.get(at.wrapping_sub(1)).is_some_and(|word| word.text.len() > 4 && word.digits().is_some());
    if counted || priced || glued_number {
        return false;
    }
    (1900..=2050).contains(&year)
        || BEFORE_DATES.contains(&before)
            && !matches!(before, "to" | "and" | "or" | "for" | "by" | "on")
            && next.is_none_or(|next| next.mark)
}

/// "the third quarter of 1984", "last year's first half", "Q3 2022", "the 1989 third quarter".
fn part_of_year(scanner: &Scanner, at: usize) -> Read<Calendar> {
    let fiscal = scanner.is(at, &["fiscal"]);
    let at = at + usize::from(fiscal);
    let (year, from) = year_before(scanner, at).map_or((None, at), |(year, end)| (Some(year), end));
    let fiscal = fiscal || scanner.is(from, &["fiscal"]);
    let from = from + usize::from(scanner.is(from, &["fiscal"]) && from >= at);
    let (part, end) = short_quarter(scanner, from).or_else(|| numbered_part(scanner, from))?;
    let behind = year.is_none().then(|| year_behind(scanner, end, false)).flatten();
    let told = year.or(behind.map(|(year, _)| year));
    // "the first half" is more often that of a match, and a quarter may be.
    if told.is_none() && (matches!(part, Part::Half(_)) || is_of_game(scanner, from)) {
        return None;
    }
    let end = behind.map_or(end, |(_, end)| end);
    Some((Calendar { year: told, part: Some(part), fiscal, ..Calendar::default() }, end))
}

/// "1989" or "last year's" before a quarter.
fn year_before(scanner: &Scanner, at: usize) -> Read<Year> {
    if let Some(year) = scanner.digits(at, 1900, 2099, 4) {
        return i16::try_from(year).ok().map(|year| (Year::Exact(year), at + 1));
    }
    if scanner.is(at, &["year"]) && scanner.glued(at + 1) && scanner.is(at + 1, &["ago", "earlier"]) {
        return Some((Year::Which(Which::Last), at + 2));
    }
    let (which, end) = which_year(scanner, at)?;
    matches!(scanner.lower(end), "'s" | "’s").then_some((Year::Which(which), end + 1))
}

/// Whether words of a game stand near.
fn is_of_game(scanner: &Scanner, at: usize) -> bool {
    let near = scanner.words.get(at.saturating_sub(GAME)..(at + GAME).min(scanner.words.len())).unwrap_or_default();
    near.iter().any(|word| word.as_kind("game").is_some())
}

fn short_quarter(scanner: &Scanner, at: usize) -> Read<Part> {
    let part = match scanner.text(at) {
        "Q1" | "1Q" => Part::Quarter(1),
        "Q2" | "2Q" => Part::Quarter(2),
        "Q3" | "3Q" => Part::Quarter(3),
        "Q4" | "4Q" => Part::Quarter(4),
        "H1" | "1H" => Part::Half(1),
        "H2" | "2H" => Part::Half(2),
        _ => return None,
    };
    Some((part, at + 1))
}

fn numbered_part(scanner: &Scanner, at: usize) -> Read<Part> {
    let (number, end) = match scanner.ordinal(at) {
        Some((number, end)) => (u8::try_from(number).ok()?, end),
        None if scanner.is(at, &["last", "final"]) => (0, at + 1),
        None => return None,
    };
    let end = end + usize::from(scanner.is(end, &["fiscal", "calendar"]));
    match scanner.lower(end) {
        "quarter" if (1..=4).contains(&number) => Some((Part::Quarter(number), end + 1)),
        "half" if number == 0 => Some((Part::Half(2), end + 1)),
        "half" if number <= 2 => Some((Part::Half(number), end + 1)),
        _ => None,
    }
}

/// "the summer", "spring 1998", "the winter of 1994"; "fall" and "spring" need more than their article.
fn season(scanner: &Scanner, at: usize) -> Read<Calendar> {
    let part = season_name(scanner, at)?;
    let calendar = Calendar { part: Some(Part::Season(part)), ..Calendar::default() };
    if let Some((year, end)) = year_behind(scanner, at + 1, false) {
        return Some((Calendar { year: Some(year), ..calendar }, end));
    }
    let before = scanner.before(at);
    let article = if before == "the" { at.checked_sub(2).map_or("", |at| scanner.lower(at)) } else { before };
    let shown = matches!(
        article,
        "in" | "by" | "since" | "until" | "during" | "early" | "late" | "mid" | "through" | "throughout" | "over"
    );
    let safe = scanner.kind(at, "season").is_some() && (before == "the" || shown);
    let behind =
        scanner.words.get(at + 1).is_none_or(|next| next.mark || next.lower.len() <= 4 || next.lower.ends_with("ed"));
    ((safe || shown) && behind && !scanner.is(at + 1, &["of", "from"])).then_some((calendar, at + 1))
}

/// The season of that name.
pub(super) fn season_name(scanner: &Scanner, at: usize) -> Option<Season> {
    Some(match scanner.kind(at, "season").or_else(|| scanner.kind(at, "season-too"))? {
        "SP" => Season::Spring,
        "SU" => Season::Summer,
        "FA" => Season::Autumn,
        _ => Season::Winter,
    })
}

/// "the 1990s", "the '90s", "the nineties", "the 20th century".
fn era(scanner: &Scanner, at: usize, has_article: bool) -> Read<Calendar> {
    let of_year = |year: Year, end: usize| Some((Calendar { year: Some(year), ..Calendar::default() }, end));
    if let Some((number, end)) = scanner.ordinal(at) {
        let century = u8::try_from(number).ok().filter(|number| (1..=21).contains(number))?;
        return if scanner.is(end, &["century"]) { of_year(Year::Century(century), end + 1) } else { None };
    }
    if let Some(decade) = scanner.value::<u8>(at, "decade") {
        return if has_article || scanner.before(at) == "mid" {
            of_year(Year::ShortDecade(decade / 10), at + 1)
        } else {
            None
        };
    }
    let mark = matches!(scanner.text(at), "'" | "’" | "‘");
    let place = at + usize::from(mark);
    let text = scanner.text(place);
    let digits = text.strip_suffix('s').unwrap_or(text);
    let plural = digits.len() < text.len()
        || matches!(scanner.lower(place + 1), "'s" | "’s")
            && scanner
                .words
                .get(place + 1)
                .is_some_and(|next| scanner.words.get(place).is_some_and(|word| word.span.end == next.span.start));
    let end = place + 1 + usize::from(digits.len() == text.len());
    let number: i16 = digits.parse().ok().filter(|number| plural && number % 10 == 0)?;
    match digits.len() {
        4 if (1000..=2090).contains(&number) => of_year(Year::Decade(number / 10), end),
        2 if mark || has_article => of_year(Year::ShortDecade(u8::try_from(number / 10).ok()?), end),
        _ => None,
    }
}
