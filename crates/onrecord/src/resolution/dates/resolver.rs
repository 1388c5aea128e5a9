//! One expression at a time → its value, against the day of publication and what the text talked about before.

use jiff::civil::Date;

use super::tense::Direction;
use super::value::{Value, day, days_between, days_from, month_of, quarter_of, season_start, season_text, weekday_of};
use super::{holidays, lengths};
use crate::mentions::{Base, Calendar, Length, Part, Point, Reference, Season, Unit, Way, Which, Year};
use crate::rules::{TIME_CALENDAR, TIME_CONTEXT, TIME_OPEN, TIME_PUBLICATION, TIME_VAGUE};

/// What is known where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The day of publication.
    pub published: Option<Date>,
    pub direction: Direction,
    /// What the text talked about last, near enough to go on from.
    pub talk: Option<Value>,
    /// The same, within the sentence.
    pub sentence: Option<Value>,
    /// The quarter that accounts are given for.
    pub quarter: Option<Value>,
}

/// A value as it is written, with the stretch of the calendar where it is one, and the rule that gave it.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub text: Option<String>,
    pub value: Option<Value>,
    pub rule: &'static str,
}

impl Resolved {
    fn known(value: Value, rule: &'static str) -> Resolved {
        Resolved { text: Some(value.text()), value: Some(value), rule }
    }

    fn open(text: Option<String>) -> Resolved {
        Resolved { text, value: None, rule: TIME_OPEN }
    }

    fn of(value: Option<Value>, rule: &'static str) -> Resolved {
        value.map_or(Resolved::open(None), |value| Resolved::known(value, rule))
    }
}

/// The value of a point.
pub(super) fn point(point: &Point, setting: &Setting) -> Resolved {
    let base = base(&point.base, setting);
    let Some(time) = &point.time else { return base };
    let date = match base.value {
        Some(value @ Value::Day(_)) => value.text(),
        Some(_) => return base,
        None => base.text.clone().unwrap_or_else(|| "XXXX-XX-XX".to_owned()),
    };
    Resolved { text: Some(date + &lengths::time_text(time)), ..base }
}

fn base(base: &Base, setting: &Setting) -> Resolved {
    match base {
        Base::Context => {
            let day = setting.sentence.or(setting.talk).filter(|value| value.unit() == Unit::Day);
            match day {
                Some(value) => Resolved::known(value, TIME_CONTEXT),
                None => Resolved::of(setting.published.map(Value::Day), TIME_PUBLICATION),
            }
        }
        Base::Calendar(calendar) => self::calendar(calendar, setting),
        Base::Day(days) => {
            let date = setting.published.and_then(|date| days_from(date, i64::from(*days)));
            Resolved::of(date.map(Value::Day), TIME_PUBLICATION)
        }
        Base::Which(which, unit) => self::which(*which, *unit, setting),
        Base::Shift(length, way) => shift(length, *way, setting),
        Base::WeekOf(day) => {
            let day = self::calendar(day, setting);
            Resolved::of(day.value.and_then(|day| day.widened(Unit::Week)), day.rule)
        }
        Base::QuarterBefore => {
            let quarter = setting.quarter.map_or_else(
                || which(Which::Latest, Unit::Quarter, setting),
                |value| Resolved::known(value, TIME_CONTEXT),
            );
            Resolved::of(quarter.value.and_then(|value| value.shifted(Unit::Year, -1)), quarter.rule)
        }
        Base::Holiday(row, calendar) => holiday(*row, calendar, setting),
    }
}

/// "last week", "the same day", "the quarter".
fn which(which: Which, unit: Unit, setting: &Setting) -> Resolved {
    let fine = |value: &Value| Value::grain(value.unit()) <= Value::grain(unit);
    let talk = setting.sentence.or(setting.talk).filter(fine).and_then(|value| value.widened(unit));
    let now = setting.published.and_then(|date| Value::Day(date).widened(unit));
    let from_talk = |by: i64| match talk {
        Some(value) => Resolved::of(value.shifted(unit, by), TIME_CONTEXT),
        None => Resolved::of(now.and_then(|value| value.shifted(unit, by)), TIME_PUBLICATION),
    };
    let from_now = |by: i64| Resolved::of(now.and_then(|value| value.shifted(unit, by)), TIME_PUBLICATION);
    match (which, unit) {
        (Which::Same, Unit::Weekend) => match talk {
            Some(value) => Resolved::known(value, TIME_CONTEXT),
            None => from_now(weekend(setting)),
        },
        (Which::Same, Unit::Quarter) => match setting.quarter {
            Some(value) => Resolved::known(value, TIME_CONTEXT),
            None => from_now(-1),
        },
        (Which::Same, _) | (Which::This, Unit::Day) => from_talk(0),
        (Which::This, _) => from_now(0),
        (Which::Latest, Unit::Quarter) => from_now(-1),
        (Which::Latest, _) => from_now(0),
        (Which::Previous, _) => from_talk(-1),
        (Which::Following, _) | (Which::Next, Unit::Day) => from_talk(1),
        (Which::Next, _) => from_now(1),
        (Which::Last, _) => from_now(-1),
    }
}

/// Weeks from that of publication to the weekend that is meant.
fn weekend(setting: &Setting) -> i64 {
    let early = setting.published.is_some_and(|date| weekday_of(date) <= 4);
    if early && setting.direction != Direction::Coming { -1 } else { 0 }
}

/// "two days ago", "a year earlier".
fn shift(length: &Length, way: Way, setting: &Setting) -> Resolved {
    let backwards = matches!(way, Way::Ago | Way::Earlier);
    let Some(count) = length.count else {
        let reference = match way {
            Way::Ago => Some(Reference::Past),
            Way::Hence => Some(Reference::Future),
            Way::Earlier | Way::Later => None,
        };
        return reference.map_or(Resolved::open(None), vague);
    };
    let Some((unit, by)) = whole(count, length) else { return Resolved::open(None) };
    let by = if backwards { -by } else { by };
    // Accounts compare quarters: "profit rose from 3 million a year ago".
    if let Some(value) = setting.quarter.filter(|_| unit == Unit::Year && by == -1) {
        return Resolved::of(value.shifted(unit, by), TIME_CONTEXT);
    }
    let talk = setting.sentence.or(setting.talk).filter(|value| Value::grain(value.unit()) <= Value::grain(unit));
    let (start, rule) = match (way, talk) {
        (Way::Earlier | Way::Later, Some(value)) => (Some(value), TIME_CONTEXT),
        _ => (setting.published.map(Value::Day), TIME_PUBLICATION),
    };
    // As coarse as the unit: "two years ago" is a year.
    Resolved::of(start.and_then(|value| value.shifted(unit, by)).and_then(|value| value.widened(coarse(unit))), rule)
}

fn coarse(unit: Unit) -> Unit {
    match unit {
        Unit::Decade | Unit::Century | Unit::Millennium => Unit::Year,
        Unit::Fortnight => Unit::Week,
        unit => unit,
    }
}

/// A length as a whole number of one unit of the calendar.
fn whole(count: f64, length: &Length) -> Option<(Unit, i64)> {
    if !(0.0..100_000.0).contains(&count) {
        return None;
    }
    let (count, unit) = match length.unit {
        Unit::Hour => ((count / 24.0).floor(), Unit::Day),
        Unit::Minute | Unit::Second => (0.0, Unit::Day),
        Unit::Year if count.fract() > 0.0 => ((count * 12.0).round(), Unit::Month),
        Unit::Decade | Unit::Century if count.fract() > 0.0 => {
            (count * if length.unit == Unit::Decade { 10.0 } else { 100.0 }, Unit::Year)
        }
        Unit::Month if count.fract() > 0.0 => ((count * 30.0).round(), Unit::Day),
        Unit::Week if count.fract() > 0.0 => ((count * 7.0).round(), Unit::Day),
        unit => (count, unit),
    };
    #[allow(clippy::cast_possible_truncation, reason = "within bounds")]
    Some((unit, count.round() as i64))
}

/// PAST_REF and its like.
pub(super) fn vague(reference: Reference) -> Resolved {
    let text = match reference {
        Reference::Past => "PAST_REF",
        Reference::Present => "PRESENT_REF",
        Reference::Future => "FUTURE_REF",
    };
    Resolved { text: Some(text.to_owned()), value: None, rule: TIME_VAGUE }
}

/// A date of the calendar, as far as it is told.
fn calendar(calendar: &Calendar, setting: &Setting) -> Resolved {
    if let (Some(weekday), None) = (calendar.weekday, calendar.day) {
        return self::weekday(weekday, calendar.which, setting);
    }
    let told = calendar.year.and_then(|year| year_value(year, setting));
    match (told, calendar.part, calendar.day) {
        (Some((Value::Year(year), rule)), None, None) => {
            match setting.quarter.filter(|_| calendar.which == Some(Which::Same)) {
                Some(Value::Quarter(_, quarter)) => Resolved::known(Value::Quarter(year, quarter), TIME_CONTEXT),
                _ => Resolved::known(Value::Year(year), rule),
            }
        }
        (Some((value, rule)), None, None) => Resolved::known(value, rule),
        (None, None, None) => Resolved::open(None),
        (Some((Value::Year(year), rule)), Some(part), number) => Resolved::of(in_year(year, part, number), rule),
        (Some(_), ..) => Resolved::open(None),
        (None, Some(part), number) if calendar.year.is_none() => without_year(part, number, calendar, setting),
        (None, Some(_), _) => Resolved::open(None),
        (None, None, Some(number)) => day_of_month(number, setting),
    }
}

/// The stretch that a year stands for.
fn year_value(year: Year, setting: &Setting) -> Option<(Value, &'static str)> {
    let written = setting.published.map(Date::year);
    Some(match year {
        Year::Exact(year) => (Value::Year(year), TIME_CALENDAR),
        Year::Decade(decade) => (Value::Decade(decade), TIME_CALENDAR),
        Year::Century(century) => (Value::Century(i16::from(century) - 1), TIME_CALENDAR),
        // Within ten years of the writing, or of the turn of the century.
        Year::Short(short) => {
            let latest = written.unwrap_or(2019) + 10;
            let year = latest - (latest - i16::from(short)).rem_euclid(100);
            (Value::Year(year), if written.is_some() { TIME_PUBLICATION } else { TIME_CALENDAR })
        }
        Year::ShortDecade(short) => {
            let latest = written.unwrap_or(2019).div_euclid(10);
            let decade = latest - (latest - i16::from(short)).rem_euclid(10);
            (Value::Decade(decade), if written.is_some() { TIME_PUBLICATION } else { TIME_CALENDAR })
        }
        Year::Which(said) => {
            let resolved = which(said, Unit::Year, setting);
            (resolved.value?, resolved.rule)
        }
    })
}

/// A part of a year that is told.
fn in_year(year: i16, part: Part, number: Option<u8>) -> Option<Value> {
    Some(match (part, number) {
        (Part::Month(month), Some(number)) => Value::Day(day(year, month, number)?),
        (Part::Month(month), None) => Value::Month(year, month),
        (Part::Quarter(quarter), _) => Value::Quarter(year, quarter),
        (Part::Half(half), _) => Value::Half(year, half),
        (Part::Season(season), _) => Value::Season(year, season),
    })
}

/// A part of a year that is not told: the one that the clause looks at.
fn without_year(part: Part, number: Option<u8>, calendar: &Calendar, setting: &Setting) -> Resolved {
    let Some(published) = setting.published else {
        // A year told just before goes on: "In May 2020 … on May 12".
        let year = setting.sentence.or(setting.talk).and_then(Value::first_day).map(Date::year);
        return match year.and_then(|year| in_year(year, part, number)) {
            Some(value) => Resolved::known(value, TIME_CONTEXT),
            None => Resolved::open(Some(open_text(part, number))),
        };
    };
    let candidates = (-1..=1).filter_map(|by| in_year(published.year() + by, part, number));
    let place = |value: &Value| value.first_day().map_or(0, |first| days_between(published, first));
    let now = published_part(published, part, number);
    let offset = |value: &Value| if Some(*value) == now { 0 } else { place(value) };
    let candidates: Vec<Value> = candidates.collect();
    let before = candidates.iter().copied().filter(|value| offset(value) < 0).max_by_key(&offset);
    let after = candidates.iter().copied().filter(|value| offset(value) > 0).min_by_key(&offset);
    let here = candidates.iter().copied().find(|value| offset(value) == 0);
    let nearest = here.or_else(|| match part {
        Part::Quarter(_) | Part::Half(_) => nearest_quarter(before, after, published, setting.direction),
        _ => nearest(before, after, offset, setting.direction),
    });
    let found = match calendar.which {
        Some(Which::Last | Which::Previous) => before,
        Some(Which::Next | Which::Following) => after,
        Some(Which::This) => in_year(published.year(), part, number),
        _ => nearest,
    };
    Resolved::of(found, TIME_PUBLICATION)
}

/// The part of the year that holds the day of publication.
fn published_part(published: Date, part: Part, number: Option<u8>) -> Option<Value> {
    if number.is_some() {
        return Some(Value::Day(published));
    }
    let year = published.year();
    Some(match part {
        Part::Month(_) => Value::Month(year, month_of(published)),
        Part::Quarter(_) => Value::Quarter(year, quarter_of(published)),
        Part::Half(_) => Value::Half(year, if month_of(published) <= 6 { 1 } else { 2 }),
        Part::Season(_) => {
            let month = month_of(published);
            let season = [Season::Spring, Season::Summer, Season::Autumn]
                .into_iter()
                .find(|season| (season_start(*season)..season_start(*season) + 3).contains(&month));
            Value::Season(if month <= 2 { year - 1 } else { year }, season.unwrap_or(Season::Winter))
        }
    })
}

/// Of two stretches to either side of publication, the one that is meant: the nearer, unless the clause looks the other way.
fn nearest(
    before: Option<Value>,
    after: Option<Value>,
    offset: impl Fn(&Value) -> i32,
    direction: Direction,
) -> Option<Value> {
    let (Some(back), Some(ahead)) = (before, after) else { return before.or(after) };
    let (past, future) = (-offset(&back), offset(&ahead));
    // Days that a date may be off in a clause that looks the other way: "was set for Nov. 9".
    let stray = if matches!(ahead, Value::Day(_)) { 60 } else { 31 };
    Some(match direction {
        Direction::Past if future > stray || past <= future => back,
        Direction::Coming if past > stray || future <= past => ahead,
        _ if past <= future => back,
        _ => ahead,
    })
}

/// The nearer quarter or half, counted in quarters; reports of results look back.
fn nearest_quarter(
    before: Option<Value>,
    after: Option<Value>,
    published: Date,
    direction: Direction,
) -> Option<Value> {
    let (Some(back), Some(ahead)) = (before, after) else { return before.or(after) };
    let quarters = |date: Date| i32::from(date.year()) * 4 + i32::from(quarter_of(date));
    let now = quarters(published);
    let past = back.first_day().map_or(0, |first| now - quarters(first));
    let future = ahead.first_day().map_or(0, |first| quarters(first) - now);
    Some(if past <= future || direction == Direction::Past { back } else { ahead })
}

/// XXXX-09-23, XXXX-Q3.
fn open_text(part: Part, number: Option<u8>) -> String {
    match (part, number) {
        (Part::Month(month), Some(number)) => format!("XXXX-{month:02}-{number:02}"),
        (Part::Month(month), None) => format!("XXXX-{month:02}"),
        (Part::Quarter(quarter), _) => format!("XXXX-Q{quarter}"),
        (Part::Half(half), _) => format!("XXXX-H{half}"),
        (Part::Season(season), _) => format!("XXXX-{}", season_text(season)),
    }
}

/// "the 23rd": of the month that is talked about, or the nearest.
fn day_of_month(number: u8, setting: &Setting) -> Resolved {
    let fine = |value: &Value| Value::grain(value.unit()) <= Value::grain(Unit::Month);
    let talk = setting.sentence.or(setting.talk).filter(fine).and_then(Value::first_day);
    if let Some(found) = talk.and_then(|date| day(date.year(), month_of(date), number)) {
        return Resolved::known(Value::Day(found), TIME_CONTEXT);
    }
    let Some(published) = setting.published else { return Resolved::open(Some(format!("XXXX-XX-{number:02}"))) };
    let candidates: Vec<Date> = (-1..=1)
        .filter_map(|by| Value::Month(published.year(), month_of(published)).shifted(Unit::Month, by)?.first_day())
        .filter_map(|first| day(first.year(), month_of(first), number))
        .collect();
    let before = candidates.iter().copied().rfind(|date| *date <= published);
    let after = candidates.iter().copied().find(|date| *date > published);
    let found = if setting.direction == Direction::Coming { after } else { before };
    Resolved::of(found.map(Value::Day), TIME_PUBLICATION)
}

/// "Friday": the nearest one on the side that the clause looks to; that of publication itself where it is one.
fn weekday(weekday: u8, which: Option<Which>, setting: &Setting) -> Resolved {
    let talk = setting.sentence.or(setting.talk);
    let context = match (which, talk) {
        (Some(Which::Previous | Which::Following | Which::Same), Some(Value::Day(date))) => Some(date),
        _ => None,
    };
    let Some(start) = context.or(setting.published) else { return Resolved::open(Some(format!("XXXX-WXX-{weekday}"))) };
    let rule = if context.is_some() { TIME_CONTEXT } else { TIME_PUBLICATION };
    let ahead = (i64::from(weekday) - i64::from(weekday_of(start))).rem_euclid(7);
    let back = if ahead == 0 { 0 } else { ahead - 7 };
    let by = match which {
        Some(Which::Last | Which::Previous) => {
            if back == 0 {
                -7
            } else {
                back
            }
        }
        Some(Which::Next | Which::Following) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Some(Which::This) if setting.direction == Direction::Past => back,
        Some(Which::This) => ahead,
        _ if setting.direction == Direction::Coming => ahead,
        _ if setting.direction == Direction::Planned && ahead <= -back => ahead,
        _ => back,
    };
    Resolved::of(days_from(start, by).map(Value::Day), rule)
}

/// A holiday of the year that is told, or the nearest on the side that the clause looks to.
fn holiday(row: usize, calendar: &Calendar, setting: &Setting) -> Resolved {
    let told = calendar.year.and_then(|year| year_value(year, setting));
    if let Some((Value::Year(year), rule)) = told {
        return Resolved::of(holidays::date(row, year).map(Value::Day), rule);
    }
    let Some(published) = setting.published else { return Resolved::open(None) };
    let days: Vec<Date> = (-1..=1).filter_map(|by| holidays::date(row, published.year() + by)).collect();
    let before = days.iter().copied().rfind(|date| *date < published).map(Value::Day);
    let after = days.iter().copied().find(|date| *date > published).map(Value::Day);
    let here = days.iter().copied().find(|date| *date == published).map(Value::Day);
    let offset = |value: &Value| value.first_day().map_or(0, |first| days_between(published, first));
    let found = match calendar.which {
        Some(Which::Last | Which::Previous) => before,
        Some(Which::Next | Which::Following) => after,
        _ => here.or_else(|| nearest(before, after, offset, setting.direction)),
    };
    Resolved::of(found, TIME_PUBLICATION)
}
