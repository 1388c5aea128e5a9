//! Lengths and repetitions as TIMEX3 writes them: P2D, PT1H30M, P18M, PXY, XXXX-WXX-5.

use super::value::season_text;
use crate::mentions::{Every, Length, Part, TimeOfDay, Unit};

/// `P2D`, `PT90M`, `PXY`. Decades and centuries are counted in years.
pub(super) fn length_text(length: &Length) -> String {
    let Some(count) = length.count else {
        let (prefix, letter) = letter(length.unit);
        return format!("{prefix}X{letter}");
    };
    let (count, unit) = in_plain_units(count, length.unit);
    let (prefix, first) = letter(unit);
    let (whole, rest) = (count.trunc(), count.fract());
    let more = match length.more {
        Some((value, smaller)) => Some((value, smaller)),
        None => smaller(unit).filter(|_| rest > 0.0).map(|(each, smaller)| (rest * each, smaller)),
    };
    match more.filter(|(value, _)| value.fract() < 0.01 && *value >= 1.0) {
        Some((value, smaller)) => {
            let (smaller_prefix, second) = letter(smaller);
            let between = if prefix == "P" && smaller_prefix == "PT" { "T" } else { "" };
            let whole = if whole > 0.0 { format!("{whole}{first}") } else { String::new() };
            let prefix = if whole.is_empty() { smaller_prefix } else { prefix };
            let between = if whole.is_empty() { "" } else { between };
            format!("{prefix}{whole}{between}{}{second}", value.trunc())
        }
        None => format!("{prefix}{count}{first}"),
    }
}

fn in_plain_units(count: f64, unit: Unit) -> (f64, Unit) {
    match unit {
        Unit::Decade => (count * 10.0, Unit::Year),
        Unit::Century => (count * 100.0, Unit::Year),
        Unit::Millennium => (count * 1000.0, Unit::Year),
        Unit::Fortnight => (count * 2.0, Unit::Week),
        Unit::Night | Unit::Weekend => (count, Unit::Day),
        Unit::Half => (count * 6.0, Unit::Month),
        unit => (count, unit),
    }
}

fn letter(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Second => ("PT", "S"),
        Unit::Minute => ("PT", "M"),
        Unit::Hour => ("PT", "H"),
        Unit::Day | Unit::Night | Unit::Weekend => ("P", "D"),
        Unit::Week | Unit::Fortnight => ("P", "W"),
        Unit::Month | Unit::Half => ("P", "M"),
        Unit::Quarter => ("P", "Q"),
        Unit::Year | Unit::Decade => ("P", "Y"),
        Unit::Century => ("P", "C"),
        Unit::Millennium => ("P", "L"),
    }
}

/// How many of the next smaller unit make one.
fn smaller(unit: Unit) -> Option<(f64, Unit)> {
    Some(match unit {
        Unit::Year => (12.0, Unit::Month),
        Unit::Day => (24.0, Unit::Hour),
        Unit::Hour => (60.0, Unit::Minute),
        Unit::Minute => (60.0, Unit::Second),
        _ => return None,
    })
}

/// What comes again and again.
pub(super) fn every_text(every: &Every) -> String {
    match every {
        Every::Length(length) => length_text(length),
        Every::Weekday(weekday, time) => {
            format!("XXXX-WXX-{weekday}{}", time.as_ref().map(time_text).unwrap_or_default())
        }
        Every::Weekend => "XXXX-WXX-WE".to_owned(),
        Every::Time(time) => format!("XXXX-XX-XX{}", time_text(time)),
        Every::Part(Part::Month(month)) => format!("XXXX-{month:02}"),
        Every::Part(Part::Quarter(quarter)) => format!("XXXX-Q{quarter}"),
        Every::Part(Part::Half(half)) => format!("XXXX-H{half}"),
        Every::Part(Part::Season(season)) => format!("XXXX-{}", season_text(*season)),
    }
}

/// `T14:30`, `T08:00Z`, `TMO`.
pub(super) fn time_text(time: &TimeOfDay) -> String {
    match time {
        TimeOfDay::Part(part) => format!("T{part}"),
        TimeOfDay::Clock { hour, minute, universal } => {
            format!("T{hour:02}:{minute:02}{}", if *universal { "Z" } else { "" })
        }
    }
}
