//! Stretches of the calendar: how fine they are, how they are written, what lies before and behind.

use jiff::civil::Date;

use crate::mentions::{Season, Unit};

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// The nineteen-hundreds are 19.
    Century(i16),
    /// The 1990s are 199.
    Decade(i16),
    Year(i16),
    Half(i16, u8),
    Quarter(i16, u8),
    Season(i16, Season),
    Month(i16, u8),
    /// ISO 8601 year and week.
    Week(i16, u8),
    Weekend(i16, u8),
    Day(Date),
}

impl Value {
    /// The TIMEX3 value.
    pub(super) fn text(self) -> String {
        match self {
            Value::Century(century) => format!("{century:02}"),
            Value::Decade(decade) => format!("{decade:03}"),
            Value::Year(year) => format!("{year:04}"),
            Value::Half(year, half) => format!("{year:04}-H{half}"),
            Value::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Value::Season(year, season) => format!("{year:04}-{}", season_text(season)),
            Value::Month(year, month) => format!("{year:04}-{month:02}"),
            Value::Week(year, week) => format!("{year:04}-W{week:02}"),
            Value::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Value::Day(date) => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        }
    }

    /// The stretch that a TIMEX3 value stands for; a time of day is left off. `None` for values that are open (XXXX-WXX-5), vague (PAST_REF) or no dates.
    pub(super) fn parse(text: &str) -> Option<Value> {
        let date = text.split('T').next().filter(|date| date.is_ascii())?;
        let mut fields = date.split('-');
        let first = fields.next().filter(|field| is_digits(field))?;
        let year: i16 = first.parse().ok()?;
        let (second, third) = (fields.next(), fields.next());
        let part = |prefix: char| second.and_then(|field| field.strip_prefix(prefix)?.parse::<u8>().ok());
        Some(match (first.len(), second, third) {
            (2, None, None) => Value::Century(year),
            (3, None, None) => Value::Decade(year),
            (4, None, None) => Value::Year(year),
            (4, Some(_), Some("WE")) => Value::Weekend(year, part('W')?),
            (4, Some(field), None) => match (part('W'), part('Q'), part('H'), season_of(field)) {
                (Some(week), ..) => Value::Week(year, week),
                (_, Some(quarter), ..) => Value::Quarter(year, quarter),
                (_, _, Some(half), _) => Value::Half(year, half),
                (.., Some(season)) => Value::Season(year, season),
                _ => {
                    Value::Month(year, field.parse().ok().filter(|month| (1..=12).contains(month) && is_digits(field))?)
                }
            },
            (4, Some(month), Some(number)) => Value::Day(day(year, month.parse().ok()?, number.parse().ok()?)?),
            _ => return None,
        })
    }

    /// The day behind its last.
    pub(super) fn next_day(self) -> Option<Date> {
        match self {
            Value::Season(..) => months_from(self.first_day()?, 3),
            Value::Weekend(..) => days_from(self.first_day()?, 2),
            _ => self.shifted(self.unit(), 1)?.first_day(),
        }
    }

    /// A day within it, the first where that is on the calendar.
    pub(super) fn first_day(self) -> Option<Date> {
        match self {
            Value::Century(century) => day(century.checked_mul(100)?.max(1), 1, 1),
            Value::Decade(decade) => day(decade.checked_mul(10)?.max(1), 1, 1),
            Value::Year(year) => day(year, 1, 1),
            Value::Half(year, half) => day(year, if half == 1 { 1 } else { 7 }, 1),
            Value::Quarter(year, quarter) => day(year, quarter.saturating_sub(1) * 3 + 1, 1),
            Value::Season(year, season) => day(year, season_start(season), 1),
            Value::Month(year, month) => day(year, month, 1),
            Value::Week(year, week) => monday(year, week),
            Value::Weekend(year, week) => monday(year, week).and_then(|monday| days_from(monday, 5)),
            Value::Day(date) => Some(date),
        }
    }

    /// The stretch of that unit which holds its first day; `None` for units shorter than a day.
    pub(super) fn widened(self, unit: Unit) -> Option<Value> {
        let date = self.first_day()?;
        Some(match unit {
            Unit::Day | Unit::Night => Value::Day(date),
            Unit::Week | Unit::Fortnight => week_of(date),
            Unit::Weekend => match week_of(date) {
                Value::Week(year, week) => Value::Weekend(year, week),
                other => other,
            },
            Unit::Month => Value::Month(date.year(), month_of(date)),
            Unit::Quarter => Value::Quarter(date.year(), quarter_of(date)),
            Unit::Half => Value::Half(date.year(), if month_of(date) <= 6 { 1 } else { 2 }),
            Unit::Year => Value::Year(date.year()),
            Unit::Decade => Value::Decade(date.year().div_euclid(10)),
            Unit::Century | Unit::Millennium => Value::Century(date.year().div_euclid(100)),
            Unit::Second | Unit::Minute | Unit::Hour => return None,
        })
    }

    /// As fine as before, so many units on; `None` off the calendar.
    pub(super) fn shifted(self, unit: Unit, by: i64) -> Option<Value> {
        let months = match unit {
            Unit::Month => Some(by),
            Unit::Quarter => by.checked_mul(3),
            Unit::Half => by.checked_mul(6),
            Unit::Year => by.checked_mul(12),
            Unit::Decade => by.checked_mul(120),
            Unit::Century => by.checked_mul(1200),
            Unit::Millennium => by.checked_mul(12_000),
            _ => None,
        };
        let first = self.first_day()?;
        let moved = match (months, unit) {
            (Some(months), _) => months_from(first, months)?,
            (None, Unit::Day | Unit::Night) => days_from(first, by)?,
            (None, Unit::Week | Unit::Weekend) => days_from(first, by.checked_mul(7)?)?,
            (None, Unit::Fortnight) => days_from(first, by.checked_mul(14)?)?,
            (None, _) => return None,
        };
        match self {
            Value::Season(_, season) => Some(Value::Season(moved.year(), season)),
            other => Value::Day(moved).widened(other.unit()),
        }
    }

    /// How fine it is.
    pub(super) fn unit(self) -> Unit {
        match self {
            Value::Century(_) => Unit::Century,
            Value::Decade(_) => Unit::Decade,
            Value::Year(_) => Unit::Year,
            Value::Half(..) => Unit::Half,
            Value::Quarter(..) | Value::Season(..) => Unit::Quarter,
            Value::Month(..) => Unit::Month,
            Value::Week(..) => Unit::Week,
            Value::Weekend(..) => Unit::Weekend,
            Value::Day(_) => Unit::Day,
        }
    }

    /// Days, about, that a stretch so fine takes: the smaller the finer.
    pub(super) fn grain(unit: Unit) -> u32 {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => 1,
            Unit::Weekend => 2,
            Unit::Week => 7,
            Unit::Fortnight => 14,
            Unit::Month => 31,
            Unit::Quarter => 92,
            Unit::Half => 184,
            Unit::Year => 366,
            Unit::Decade => 3_653,
            Unit::Century => 36_525,
            Unit::Millennium => 365_250,
        }
    }
}

/// A date, where the calendar has it.
pub(super) fn day(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The date so many days on.
pub(super) fn days_from(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn months_from(date: Date, months: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

pub(super) fn month_of(date: Date) -> u8 {
    u8::try_from(date.month()).unwrap_or(1)
}

pub(super) fn quarter_of(date: Date) -> u8 {
    month_of(date).saturating_sub(1) / 3 + 1
}

/// 1 is Monday.
pub(super) fn weekday_of(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_one_offset()).unwrap_or(1)
}

/// The ISO week that holds a date.
pub(super) fn week_of(date: Date) -> Value {
    let week = date.iso_week_date();
    Value::Week(week.year(), u8::try_from(week.week()).unwrap_or(1))
}

fn monday(year: i16, week: u8) -> Option<Date> {
    let week = jiff::civil::ISOWeekDate::new(year, i8::try_from(week).ok()?, jiff::civil::Weekday::Monday).ok()?;
    Some(week.date())
}

/// The month that a season begins with.
pub(super) fn season_start(season: Season) -> u8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn season_of(text: &str) -> Option<Season> {
    [Season::Spring, Season::Summer, Season::Autumn, Season::Winter]
        .into_iter()
        .find(|season| season_text(*season) == text)
}

pub(super) fn season_text(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}
