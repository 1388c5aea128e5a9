//! ISO 8601 dates and date-times → the forms that the formats have. No clock: a day that nobody tells stays unknown.

/// The number of 1970-01-01.
const EPOCH: i64 = 719_468;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    year: i64,
    month: i64,
    day: i64,
}

impl Day {
    /// The day at the start of `text`: `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.get(..10)?.splitn(3, '-').map(|part| part.parse().ok().filter(|_| is_digits(part)));
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
        is_day.then_some(Day { year, month, day })
    }

    /// `2024-05-01`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `20240501`.
    pub fn compact(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// `202405`.
    pub fn month(self) -> String {
        format!("{:04}{:02}", self.year, self.month)
    }

    /// `2024`.
    pub fn year(self) -> String {
        format!("{:04}", self.year)
    }

    /// `2024.3315`: how much of the year is over, in months of 30 days, as GDELT counts it.
    pub fn fraction(self) -> String {
        let days = (self.month - 1) * 30 + self.day;
        // Of 365 days, in ten-thousandths, rounded to the nearest.
        let share = (days * 20_000 + 365) / 730;
        format!("{:04}.{share:04}", self.year + share / 10_000, share = share % 10_000)
    }

    /// The day before.
    pub fn before(self) -> Day {
        Day::of_number(self.number() - 1)
    }

    /// Days since 1 March of the year 0.
    fn number(self) -> i64 {
        let (year, month) = if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + self.day - 1
    }

    fn of_number(number: i64) -> Day {
        // Of the four centuries, the century, the four years and the year that the day lies in.
        let (eras, rest) = (number.div_euclid(146_097), number.rem_euclid(146_097));
        let years = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365;
        let days = rest - (years * 365 + years / 4 - years / 100);
        let month = (days * 5 + 2) / 153;
        let day = days - (month * 153 + 2) / 5 + 1;
        let turn = i64::from(month >= 10);
        Day { year: eras * 400 + years + turn, month: month + 3 - 12 * turn, day }
    }
}

/// The quarter of an hour, in UTC, of an ISO 8601 date or date-time: `20240501134500`. A date is its first one; a time without a zone is taken as UTC.
pub fn quarter(text: &str) -> Option<String> {
    let day = Day::parse(text)?;
    let Some(time) = text.get(10..).and_then(|rest| rest.strip_prefix(['T', 't', ' '])) else {
        return Some(format!("{}000000", day.compact()));
    };
    let minutes = minutes(time)? - zone(time);
    let (days, minutes) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
    let day = Day::of_number(day.number() + days);
    Some(format!("{}{:02}{:02}00", day.compact(), minutes / 60, minutes % 60 / 15 * 15))
}

/// Microseconds since 1970 of an ISO 8601 date-time that gives its zone; none for a date, whose hours nobody told.
pub fn instant(text: &str) -> Option<i64> {
    let day = Day::parse(text)?;
    let time = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
    let has_zone = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
    let minutes = minutes(time).filter(|_| has_zone)? - zone(time);
    let seconds = time.get(5..).filter(|rest| rest.starts_with(':')).and_then(|rest| rest.get(1..3));
    let seconds: i64 =
        seconds.filter(|seconds| is_digits(seconds)).and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let fraction = time.get(8..).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).take(6);
    let micros = digits.fold((0, 100_000), |(sum, place), digit| (sum + i64::from(digit - b'0') * place, place / 10)).0;
    Some(((day.number() - EPOCH) * 86_400 + minutes * 60 + seconds) * 1_000_000 + micros)
}

/// `2024-05-01T09:30:00Z`, with the microseconds if there are any.
pub fn utc(micros: i64) -> String {
    let (seconds, micros) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let (days, seconds) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}") };
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}{fraction}Z", Day::of_number(days + EPOCH).iso())
}

/// The minutes of `HH:MM…` or `HHMM…`; none for what is no time of day.
fn minutes(time: &str) -> Option<i64> {
    let (hours, rest) = (time.get(..2)?, time.get(2..)?);
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = rest.get(..2).filter(|minutes| is_digits(minutes)).unwrap_or("0");
    let hours: i64 = hours.parse().ok().filter(|_| is_digits(hours))?;
    let minutes: i64 = minutes.parse().ok()?;
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// How many minutes the zone at the end of a time is ahead of UTC.
fn zone(time: &str) -> i64 {
    let Some(at) = time.rfind(['+', '-']) else { return 0 };
    let ahead = time.get(at + 1..).and_then(minutes).unwrap_or(0);
    if time.get(at..).is_some_and(|zone| zone.starts_with('-')) { -ahead } else { ahead }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Day, instant, quarter, utc};

    #[test]
    fn a_day_has_every_form() {
        let day = Day::parse("2015-02-18T10:00").unwrap();
        assert_eq!(
            (day.iso(), day.compact(), day.month(), day.year(), day.fraction()),
            (
                "2015-02-18".to_owned(),
                "20150218".to_owned(),
                "201502".to_owned(),
                "2015".to_owned(),
                "2015.1315".to_owned()
            )
        );
        for text in ["2015-02", "2015-13-01", "15-02-2018", "+015-02-18", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_before_minds_months_and_leap_years() {
        for (day, before) in [
            ("2024-03-01", "2024-02-29"),
            ("2023-03-01", "2023-02-28"),
            ("2000-03-01", "2000-02-29"),
            ("1900-03-01", "1900-02-28"),
            ("2024-01-01", "2023-12-31"),
            ("2024-12-31", "2024-12-30"),
        ] {
            assert_eq!(Day::parse(day).unwrap().before().iso(), before);
        }
    }

    #[test]
    fn a_quarter_of_an_hour_is_in_utc() {
        for (text, expected) in [
            ("2024-05-01", Some("20240501000000")),
            ("2024-05-01T13:59:59Z", Some("20240501134500")),
            ("2024-05-01T00:10+02:00", Some("20240430220000")),
            ("2024-12-31T20:30:00-05:00", Some("20250101013000")),
            ("2024-05-01 07:05", Some("20240501070000")),
            ("2024-05-01T99:99", None),
            ("2024-05", None),
        ] {
            assert_eq!(quarter(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_instant_needs_a_zone() {
        for (text, expected) in [
            ("1970-01-01T00:00Z", Some("1970-01-01T00:00:00Z")),
            ("2024-05-01T09:30:15.25+02:00", Some("2024-05-01T07:30:15.250000Z")),
            ("2024-12-31T20:30:00-0500", Some("2025-01-01T01:30:00Z")),
            ("1969-12-31T23:59:59Z", Some("1969-12-31T23:59:59Z")),
            ("2024-05-01T09:30", None),
            ("2024-05-01", None),
        ] {
            assert_eq!(instant(text).map(utc).as_deref(), expected, "{text}");
        }
    }
}
