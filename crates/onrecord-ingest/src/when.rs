//! Dates as feeds, headers and wire formats write them → ISO 8601 with the zone they had.
//!
//! RFC 822 and its kin, in English, with the names of zones and the years of two digits that feeds still have; all else as pages write dates. What is not
//! understood stays as it was said: nothing is guessed.

use crate::page::dates;

/// A date as the input gave it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct When {
    /// ISO 8601 date or date-time.
    pub(crate) date: Option<String>,
    /// The words, where they are none that are understood.
    pub(crate) words: Option<String>,
}

/// Reads the words of a date.
pub(crate) fn when(words: &str) -> When {
    let words = words.trim();
    if words.is_empty() {
        return When::default();
    }
    match spelled(words).or_else(|| dates::iso(words)) {
        Some(date) => When { date: Some(date), words: None },
        None => When { date: None, words: Some(words.chars().take(100).collect()) },
    }
}

/// `Fri, 25 Sep 2026 23:30:00 -0500`, `Sept 25, 2026 11:30 PM EST`.
fn spelled(words: &str) -> Option<String> {
    let mut tokens: Vec<&str> =
        words.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty()).collect();
    if tokens.len() == 3 || tokens.first().is_some_and(|token| token.matches('-').count() == 2) {
        tokens = tokens.iter().flat_map(|token| token.split('-')).collect();
    }
    if tokens.first().is_some_and(|token| is_weekday(token)) {
        tokens.remove(0);
    }
    let (first, second, year) = (*tokens.first()?, *tokens.get(1)?, *tokens.get(2)?);
    let (day, month) = if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second) } else { (second, first) };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let year: u32 = year.parse().ok()?;
    let year = match year {
        0..50 => year + 2000,
        50..100 => year + 1900,
        _ => year,
    };
    let day = date(year, month_of(month)?, day.parse().ok()?)?;
    let Some(clock) = tokens.get(3) else { return Some(day) };
    let (half, zone) = match tokens.get(4..) {
        Some([half, zone @ ..]) if is_half(half) => (Some(*half), zone),
        Some(zone) => (None, zone),
        None => (None, &[][..]),
    };
    Some(format!("{day}T{}{}", of_clock(clock, half)?, of_zone(zone.first().copied().unwrap_or_default())?))
}

fn date(year: u32, month: u32, day: u32) -> Option<String> {
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    ((1000..10_000).contains(&year) && (1..=longest).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn of_clock(clock: &str, half: Option<&str>) -> Option<String> {
    let (clock, _) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let (minute, second) = (number(parts.next()?, 2)?, parts.next().map_or(Some(0), |second| number(second, 2))?);
    let hour = match half.map(str::to_ascii_lowercase) {
        Some(half) if half.starts_with('p') && hour < 12 => hour + 12,
        Some(half) if half.starts_with('a') && hour == 12 => 0,
        _ => hour,
    };
    (hour < 24 && minute < 60 && second <= 60 && parts.next().is_none())
        .then(|| format!("{hour:02}:{minute:02}:{second:02}"))
}

/// The offset in ISO 8601; empty where none is given.
fn of_zone(zone: &str) -> Option<String> {
    let named = match zone.trim_matches(['(', ')']).to_ascii_uppercase().as_str() {
        "" => "",
        "Z" | "GMT" | "UT" | "UTC" => "Z",
        "EDT" => "-04:00",
        "EST" | "CDT" => "-05:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        "CET" => "+01:00",
        "CEST" => "+02:00",
        _ => return of_offset(zone.strip_prefix("GMT").unwrap_or(zone)),
    };
    Some(named.to_owned())
}

fn of_offset(zone: &str) -> Option<String> {
    let sign = zone.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let digits: String = zone.get(1..)?.chars().filter(|&c| c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 => (number(digits.get(..2)?, 2)?, number(digits.get(2..)?, 2)?),
        _ => return None,
    };
    match (hours, minutes) {
        (0, 0) => Some("Z".to_owned()),
        (0..=14, 0..60) => Some(format!("{sign}{hours:02}:{minutes:02}")),
        _ => None,
    }
}

fn number(digits: &str, length: usize) -> Option<u32> {
    (digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn is_half(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().replace('.', "").as_str(), "am" | "pm")
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    word.get(..3).is_some_and(|start| matches!(start, "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun"))
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.to_ascii_lowercase();
    let start = word.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == start)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::when;

    #[track_caller]
    fn reads(words: &str, date: &str) {
        assert_eq!(when(words).date.as_deref(), Some(date), "{words}");
    }

    #[test]
    fn the_zone_is_kept_so_that_friday_stays_friday() {
        reads("Fri, 25 Sep 2026 23:30:00 -0500", "2026-09-25T23:30:00-05:00");
        reads("Fri, 25 Sep 2026 23:30 EDT", "2026-09-25T23:30:00-04:00");
        reads("25 Sep 26 23:30:00 GMT", "2026-09-25T23:30:00Z");
        reads("Friday, September 25, 2026 11:30 p.m. (EST)", "2026-09-25T23:30:00-05:00");
        reads("Sept 25th, 2026", "2026-09-25");
        reads("25-Sep-2026", "2026-09-25");
    }

    #[test]
    fn iso_comes_in_many_forms() {
        reads("2026-09-25", "2026-09-25");
        reads(" 2026-09-25T23:30:00.123Z ", "2026-09-25T23:30:00Z");
        reads("2026-09-25 23:30:00 +0200", "2026-09-25T23:30:00+02:00");
        reads("2026-09-25T23:30+02", "2026-09-25T23:30:00+02:00");
        reads("2024-02-29T12:00:00", "2024-02-29T12:00:00");
    }

    #[test]
    fn what_is_no_date_stays_as_it_was_said() {
        for words in ["Vr, 25 mrt. 2026", "2026-02-30", "Fri, 32 Sep 2026 10:00:00 GMT", "yesterday"] {
            let read = when(words);
            assert_eq!((read.date.as_deref(), read.words.as_deref()), (None, Some(words)));
        }
        assert_eq!(when("  ").words, None);
    }
}
