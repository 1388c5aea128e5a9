//! When something was → in words, as coarse as it is told.

use onrecord::record::Precision;

use super::When;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `23 September 2022`, `early March 2021`, `week of 3 May 2021`, `the 1990s`: never finer than the text tells.
pub fn label(when: &When) -> String {
    if let Some((from, to)) = when.value.split_once('/') {
        let end = day_before(&when.end);
        let to_when = When { start: end.clone(), value: to.to_owned(), modifier: None, ..when.clone() };
        let from_when = When { value: from.to_owned(), modifier: None, ..when.clone() };
        return format!("{} to {}", plain(&from_when), plain(&to_when));
    }
    let plain = plain(when);
    let edge = match when.modifier.as_deref() {
        Some("START") => "early ",
        Some("MID") => "mid-",
        Some("END") => "late ",
        Some("APPROX") => "about ",
        Some("BEFORE" | "ON_OR_BEFORE") => "in or before ",
        Some("AFTER" | "ON_OR_AFTER") => "in or after ",
        _ => "",
    };
    let is_part = matches!(when.modifier.as_deref(), Some("START" | "MID" | "END"));
    match plain.strip_prefix("the ") {
        // "early in the week of 3 May" says no more than the week.
        _ if when.precision < Precision::Month => plain,
        Some(decade) if is_part => format!("the {edge}{decade}"),
        _ => format!("{edge}{plain}"),
    }
}

fn plain(when: &When) -> String {
    let (year, month) = (when.start.get(..4).unwrap_or_default(), month(&when.start));
    let tail = when.value.split_once('-').map_or("", |(_, tail)| tail);
    match when.precision {
        Precision::Day => format!("{}{}", day(&when.start), time_of_day(&when.value)),
        Precision::Weekend => format!("weekend of {}", day(&when.start)),
        Precision::Week => format!("week of {}", day(&when.start)),
        Precision::Month => format!("{month} {year}"),
        Precision::Quarter => format!("{} quarter of {year}", ordinal(tail)),
        Precision::Half => format!("{} half of {year}", ordinal(tail)),
        Precision::Season => format!("{} {year}", season(tail)),
        Precision::Year => year.to_owned(),
        Precision::Decade => format!("the {year}s"),
        Precision::Century => format!("the {}00s", year.get(..2).unwrap_or_default()),
    }
}

/// `3 May 2021` of 2021-05-03.
fn day(date: &str) -> String {
    let number = date.get(8..10).unwrap_or_default().trim_start_matches('0');
    format!("{number} {} {}", month(date), date.get(..4).unwrap_or_default())
}

fn month(date: &str) -> &'static str {
    let number: usize = date.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(0);
    number.checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

fn ordinal(part: &str) -> &'static str {
    match part.get(1..) {
        Some("1") => "first",
        Some("2") => "second",
        Some("3") => "third",
        _ => "fourth",
    }
}

fn season(code: &str) -> &'static str {
    match code {
        "SP" => "spring",
        "SU" => "summer",
        "FA" => "autumn",
        _ => "winter",
    }
}

/// `, 14:30 GMT`, `, morning`.
fn time_of_day(value: &str) -> String {
    let Some((_, time)) = value.split_once('T') else { return String::new() };
    match time {
        "MO" => ", morning".to_owned(),
        "AF" => ", afternoon".to_owned(),
        "EV" => ", evening".to_owned(),
        "NI" => ", night".to_owned(),
        "DT" => ", daytime".to_owned(),
        time => time.strip_suffix('Z').map_or_else(|| format!(", {time}"), |time| format!(", {time} GMT")),
    }
}

/// The last day of a stretch that ends before `end`. Months are taken from the calendar of the stretch itself, so no year is leapt over.
fn day_before(end: &str) -> String {
    let field = |range: std::ops::Range<usize>| end.get(range).and_then(|field| field.parse::<u32>().ok()).unwrap_or(1);
    let (year, month, number) = (field(0..4), field(5..7), field(8..10));
    if number > 1 {
        return format!("{year:04}-{month:02}-{:02}", number - 1);
    }
    let (year, month) = if month == 1 { (year.saturating_sub(1), 12) } else { (year, month - 1) };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year:04}-{month:02}-{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, start: &str, end: &str, precision: Precision, expected: &str) {
        let when = When {
            start: start.to_owned(),
            end: end.to_owned(),
            precision,
            value: value.to_owned(),
            modifier: None,
            words: String::new(),
        };
        assert_eq!(label(&when), expected);
    }

    #[test]
    fn labels_are_as_coarse_as_the_value() {
        check("2021-05-03", "2021-05-03", "2021-05-04", Precision::Day, "3 May 2021");
        check("2021-05-03T14:30Z", "2021-05-03", "2021-05-04", Precision::Day, "3 May 2021, 14:30 GMT");
        check("2021-05-03TNI", "2021-05-03", "2021-05-04", Precision::Day, "3 May 2021, night");
        check("2021-W18", "2021-05-03", "2021-05-10", Precision::Week, "week of 3 May 2021");
        check("2021-05", "2021-05-01", "2021-06-01", Precision::Month, "May 2021");
        check("2021-Q2", "2021-04-01", "2021-07-01", Precision::Quarter, "second quarter of 2021");
        check("2021-FA", "2021-09-01", "2021-12-01", Precision::Season, "autumn 2021");
        check("199", "1990-01-01", "2000-01-01", Precision::Decade, "the 1990s");
        check("18", "1800-01-01", "1900-01-01", Precision::Century, "the 1800s");
    }

    #[test]
    fn parts_of_a_stretch_are_told() {
        let when = |value: &str, start: &str, precision: Precision, modifier: &str| When {
            start: start.to_owned(),
            end: "2099-01-01".to_owned(),
            precision,
            value: value.to_owned(),
            modifier: Some(modifier.to_owned()),
            words: String::new(),
        };
        assert_eq!(label(&when("2021-05", "2021-05-01", Precision::Month, "START")), "early May 2021");
        assert_eq!(label(&when("198", "1980-01-01", Precision::Decade, "END")), "the late 1980s");
        assert_eq!(label(&when("2019", "2019-01-01", Precision::Year, "BEFORE")), "in or before 2019");
        assert_eq!(label(&when("2021-W18", "2021-05-03", Precision::Week, "START")), "week of 3 May 2021");
    }

    #[test]
    fn stretches_name_their_last_day() {
        check("2021-05-03/2021-05-31", "2021-05-03", "2021-06-01", Precision::Day, "3 May 2021 to 31 May 2021");
        check("2014/2016", "2014-01-01", "2017-01-01", Precision::Year, "2014 to 2016");
        check(
            "2020-02-03/2020-02-29",
            "2020-02-03",
            "2020-03-01",
            Precision::Day,
            "3 February 2020 to 29 February 2020",
        );
    }
}
