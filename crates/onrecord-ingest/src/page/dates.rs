//! Dates as pages write them → ISO 8601.
//!
//! A time of day without a zone stays without one: `2024-05-01T09:30:00`. What tells no day, or one that does not exist, is no date; nothing is guessed,
//! and an order of day and month that could be either (`01/02/2024`) is refused.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::Offset;

/// The date or date-time that `written` tells, in ISO 8601.
///
/// Reads ISO 8601 and its loose kin, RFC 2822, seconds or milliseconds since 1970, and English dates with the month's name.
pub fn iso(written: &str) -> Option<String> {
    let written = written.trim();
    if written.len() < 8 || written.len() > 64 {
        return None;
    }
    from_iso(written).or_else(|| from_epoch(written)).or_else(|| from_mail(written)).or_else(|| from_words(written))
}

/// The day that an address tells: `/2024/05/01/`, `/2024/may/01/`, `/2024-05-01` or `20240501`.
pub fn in_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let apart = parts.windows(3).find_map(|parts| match parts {
        [year, month, day] if year.len() == 4 && day.len() <= 2 => day_of(year, month, day),
        _ => None,
    });
    let days = || parts.iter().find_map(|part| in_part(part));
    apart.or_else(days).filter(|date| (1995..2100).contains(&date.year())).map(|date| date.to_string())
}

/// Whether a date can be one of publication: neither the zero of a clock nor more than a day after `fetched`.
pub fn is_plausible(iso: &str, fetched: Option<&str>) -> bool {
    let day = |date: &str| date.get(..10).and_then(|day| day.parse::<Date>().ok());
    let Some(published) = day(iso) else { return false };
    let last = fetched.and_then(day).and_then(|day| day.tomorrow().ok());
    published.year() >= 1700 && !iso.starts_with("1970-01-01") && last.is_none_or(|last| published <= last)
}

fn from_iso(written: &str) -> Option<String> {
    // "2024-05-01 09:30:00 +0200", "2024-05-01T09:30:00.000+02:00", "2024-05-01 09:30:00 UTC", "2024/05/01", "20240501", "2024-05-01T9:30".
    let mut text = written.to_owned();
    if text.get(4..5) == Some("/") && text.get(7..8) == Some("/") {
        text = text.replacen('/', "-", 2);
    }
    for zone in [" UTC", " GMT", "UTC", "GMT"] {
        if let Some(local) = text.strip_suffix(zone) {
            text = format!("{local}Z");
        }
    }
    let bare = text.split_once('[').map_or(text.as_str(), |(bare, _)| bare);
    let mut tight = String::with_capacity(bare.len());
    for (at, part) in bare.split_ascii_whitespace().enumerate() {
        // Between day and time a space is a `T`; before the zone it is nothing.
        if at == 1 && !part.starts_with(['+', '-', 'Z']) {
            tight.push('T');
        }
        tight.push_str(part);
    }
    if tight.get(10..11) == Some("T") && tight.get(12..13) == Some(":") {
        tight.insert(11, '0');
    }
    let pieces = Pieces::parse(&tight).ok()?;
    match (pieces.time(), pieces.to_numeric_offset()) {
        (None, _) => Some(pieces.date().to_string()),
        (Some(time), offset) => Some(written_out(pieces.date().to_datetime(time), offset)),
    }
}

fn from_epoch(written: &str) -> Option<String> {
    let number: i64 = written.parse().ok()?;
    let seconds = match written.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let time = Timestamp::from_second(seconds).ok()?;
    Some(written_out(Offset::UTC.to_datetime(time), Some(Offset::UTC)))
}

fn from_mail(written: &str) -> Option<String> {
    let time = rfc2822::parse(written).ok()?;
    Some(written_out(time.datetime(), Some(time.offset())))
}

/// "May 1, 2024", "1 May 2024", "Wednesday, May 1st, 2024 - 09:30": the day alone, for such times seldom have a zone.
fn from_words(written: &str) -> Option<String> {
    let words: Vec<&str> = written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words
        .windows(3)
        .find_map(|words| {
            match words {
                [one, other, year] if year.len() == 4 => day_of(year, one, other).or_else(|| day_of(year, other, one)),
                _ => None,
            }
            .filter(|_| words.iter().any(|word| month_named(word).is_some()))
        })
        .map(|date| date.to_string())
}

fn written_out(time: DateTime, offset: Option<Offset>) -> String {
    let time = time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    match offset {
        None => time,
        Some(offset) if offset.seconds() == 0 => format!("{time}Z"),
        Some(offset) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{time}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let month = if month.len() <= 2 { month.parse().ok() } else { month_named(month) };
    Date::new(year.parse().ok()?, month?, day.parse().ok()?).ok()
}

fn month_named(name: &str) -> Option<i8> {
    let name = name.to_ascii_lowercase();
    let name = if name == "sept" { "sep" } else { &name };
    let month = |format: &str| strtime::parse(format, name).ok().and_then(|parsed| parsed.month());
    if name.bytes().any(|b| !b.is_ascii_alphabetic()) { None } else { month("%B").or_else(|| month("%b")) }
}

/// A day in one part of a path, set off from other digits.
fn in_part(part: &str) -> Option<Date> {
    let digits = |c: char| !c.is_ascii_digit() && c != '-';
    let compact = part.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 8);
    let compact = compact.filter_map(|run| Some((run.get(..4)?, run.get(4..6)?, run.get(6..)?)));
    let dashed = part.split(digits).flat_map(|run| {
        let numbers: Vec<&str> = run.split('-').collect();
        let whole = |[year, month, day]: [&'_ str; 3]| {
            (year.len() == 4 && month.len() == 2 && day.len() == 2).then(|| day_of(year, month, day))
        };
        numbers.windows(3).filter_map(|window| whole(window.try_into().ok()?).flatten()).collect::<Vec<_>>()
    });
    dashed
        .chain(compact.filter_map(|(year, month, day)| day_of(year, month, day)))
        .find(|date| (1995..2100).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::{in_url, is_plausible, iso};

    #[test]
    fn iso_8601_and_its_loose_kin() {
        for (written, expected) in [
            ("2024-05-01", "2024-05-01"),
            ("2024-05-01T09:30:00Z", "2024-05-01T09:30:00Z"),
            ("2024-05-01T09:30:00.123+0200", "2024-05-01T09:30:00+02:00"),
            ("2024-05-01T09:30-04:30", "2024-05-01T09:30:00-04:30"),
            ("2024-05-01 09:30:15", "2024-05-01T09:30:15"),
            ("2024-05-01 09:30:00 +0000", "2024-05-01T09:30:00Z"),
            ("2024-05-01 09:30:00 UTC", "2024-05-01T09:30:00Z"),
            ("2024-05-01T9:30:00", "2024-05-01T09:30:00"),
            ("2024/05/01", "2024-05-01"),
            ("20240501", "2024-05-01"),
            ("1714555800", "2024-05-01T09:30:00Z"),
            ("1714555800000", "2024-05-01T09:30:00Z"),
        ] {
            assert_eq!(iso(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn dates_in_words() {
        for written in ["Wed, 01 May 2024 09:30:00 +0200", "Wed, 1 May 2024 07:30:00 GMT"] {
            assert!(iso(written).unwrap().starts_with("2024-05-01T0"), "{written}");
        }
        for written in
            ["May 1, 2024", "1 May 2024", "Wednesday, May 1st, 2024 - 09:30", "Published 01 May 2024 at 9.30pm"]
        {
            assert_eq!(iso(written).as_deref(), Some("2024-05-01"), "{written}");
        }
        assert_eq!(iso("Sept. 3, 2019").as_deref(), Some("2019-09-03"));
    }

    #[test]
    fn what_tells_no_day_is_no_date() {
        for written in [
            "",
            "2024",
            "2024-05",
            "2024-02-30",
            "01/02/2024",
            "yesterday",
            "May 2024 issue",
            "99999999999999999999",
            "{{ date }}",
        ] {
            assert_eq!(iso(written), None, "{written}");
        }
    }

    #[test]
    fn the_day_in_an_address() {
        let day = |url: &str| in_url(url);
        assert_eq!(day("https://example.org/world/2024/05/01/dam").as_deref(), Some("2024-05-01"));
        assert_eq!(day("https://example.org/world/2024/may/01/dam").as_deref(), Some("2024-05-01"));
        assert_eq!(day("https://example.org/dam-2024-05-01.html").as_deref(), Some("2024-05-01"));
        assert_eq!(day("https://example.org/a/20240501-dam?d=2020/01/01").as_deref(), Some("2024-05-01"));
        assert_eq!(day("https://example.org/2024/05/dam-12345678901"), None);
        assert_eq!(day("https://example.org/dam-98765432"), None);
    }

    #[test]
    fn the_zero_of_a_clock_and_the_future_are_not_believed() {
        assert!(is_plausible("2024-05-01T09:30:00Z", Some("2024-04-30")));
        assert!(!is_plausible("2024-05-02", Some("2024-04-30T23:00:00Z")));
        assert!(!is_plausible("1970-01-01T00:00:00Z", None));
        assert!(!is_plausible("0001-01-01", None));
    }
}
