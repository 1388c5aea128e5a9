//! Days as texts tell them → words that people read: a month stays a month.

use jiff::civil::Date;

use super::words::day;

/// `on 11 March 2026`, `in March 2026`, `3 to 5 May 2026`, `in the 1990s`.
pub fn reported(first: &str, last: &str, precision: &str) -> String {
    let (Ok(start), Ok(end)) = (first.parse::<Date>(), last.parse::<Date>()) else { return first.to_owned() };
    let quarter = (start.month() + 2) / 3;
    match precision {
        "day" if first == last => format!("on {}", day(first)),
        "week" => format!("in the week of {}", day(first)),
        "weekend" => format!("on the weekend of {}", day(first)),
        "month" if start.last_of_month() == end => format!("in {}", month(first)),
        "quarter" => format!(
            "in the {} quarter of {}",
            ["first", "second", "third", "fourth"]
                .get(usize::try_from(quarter - 1).unwrap_or_default())
                .unwrap_or(&"last"),
            start.year()
        ),
        "half" => format!("in the {} half of {}", if start.month() < 7 { "first" } else { "second" }, start.year()),
        "year" if start.year() == end.year() => format!("in {}", start.year()),
        "decade" if end.year() - start.year() == 9 => format!("in the {}s", start.year()),
        "century" if end.year() - start.year() == 99 => format!("in the years {} to {}", start.year(), end.year()),
        "day" | "season" | "month" => stretch(start, end, precision),
        _ => format!("{} to {}", day(first), day(last)),
    }
}

/// `3 to 5 May 2026`, `December 2025 to February 2026`.
fn stretch(start: Date, end: Date, precision: &str) -> String {
    let (first, last) = (start.to_string(), end.to_string());
    if precision != "day" {
        return format!("{} to {}", month(&first), month(&last));
    }
    match (start.year() == end.year(), start.month() == end.month()) {
        (true, true) => format!("{} to {}", start.day(), day(&last)),
        (true, false) => {
            format!("{} to {}", day(&first).trim_end_matches(|c: char| c.is_ascii_digit()).trim_end(), day(&last))
        }
        (false, _) => format!("{} to {}", day(&first), day(&last)),
    }
}

/// `March 2026`.
pub fn month(date: &str) -> String {
    day(date).split_once(' ').map(|(_, month)| month.to_owned()).unwrap_or_default()
}

/// The same without the word before it, for a label: `March 2026`.
pub fn label(first: &str, last: &str, precision: &str) -> String {
    let words = reported(first, last, precision);
    let bare = ["on the ", "in the ", "on ", "in "].iter().find_map(|before| words.strip_prefix(before));
    bare.map_or_else(|| words.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{label, reported};

    #[test]
    fn a_time_is_told_as_finely_as_the_text_tells_it() {
        let check = |first, last, precision, expected: &str| assert_eq!(reported(first, last, precision), expected);
        check("2026-03-11", "2026-03-11", "day", "on 11 March 2026");
        check("2026-05-03", "2026-05-05", "day", "3 to 5 May 2026");
        check("2026-04-29", "2026-05-05", "day", "29 April to 5 May 2026");
        check("2026-03-09", "2026-03-15", "week", "in the week of 9 March 2026");
        check("2026-03-01", "2026-03-31", "month", "in March 2026");
        check("2025-10-01", "2025-12-31", "quarter", "in the fourth quarter of 2025");
        check("2025-12-01", "2026-02-28", "season", "December 2025 to February 2026");
        check("2026-01-01", "2026-12-31", "year", "in 2026");
        check("1990-01-01", "1999-12-31", "decade", "in the 1990s");
        check("1900-01-01", "1999-12-31", "century", "in the years 1900 to 1999");
        assert_eq!(label("2026-03-01", "2026-03-31", "month"), "March 2026");
        assert_eq!(label("2026-03-09", "2026-03-15", "week"), "week of 9 March 2026");
    }
}
