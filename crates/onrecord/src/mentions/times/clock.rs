//! Times of day: "8:30 a.m. EST", "1430 GMT", "noon", "nine o'clock", "10 in the morning".

use super::said::TimeOfDay;
use super::scan::{Read, Scanner};

/// A time of day on the clock that begins at `at`, with its zone. Hours without a half of the day, a zone or a colon are no times.
pub(super) fn clock(scanner: &Scanner, at: usize) -> Read<TimeOfDay> {
    if let Some(named) = scanner.kind(at, "clock") {
        let hour: u8 = named.split(':').next()?.parse().ok()?;
        let (universal, end) = zone(scanner, at + 1).unwrap_or((false, at + 1));
        return Some((TimeOfDay::Clock { hour, minute: 0, universal }, end));
    }
    let (hour, minute, end) = hour_and_minute(scanner, at)?;
    let written = scanner.text(at).contains([':', '.']);
    let (afternoon, end) = match half(scanner, end) {
        Some((afternoon, end)) => (Some(afternoon), end),
        None => (None, end),
    };
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    // "0900 hours".
    if scanner.text(at).len() == 4 && scanner.text(at).starts_with('0') && scanner.is(end, &["hours", "hrs"]) {
        return Some((TimeOfDay::Clock { hour, minute, universal: false }, end + 1));
    }
    let zone = zone(scanner, end);
    let four = scanner.text(at).len() == 4 && scanner.words.get(at).and_then(super::words::Word::digits).is_some();
    let shown = afternoon.is_some()
        || zone.is_some() && (four || written)
        || scanner.text(at).contains(':') && told_as_time(scanner, at, end);
    let (universal, end) = zone.unwrap_or((false, end));
    shown.then_some((TimeOfDay::Clock { hour, minute, universal }, end))
}

/// Whether the words around "14:30" say that it is a time, not a score or a length.
fn told_as_time(scanner: &Scanner, at: usize, end: usize) -> bool {
    let before = scanner.before(at);
    let led = matches!(
        before,
        "at" | "by"
            | "around"
            | "about"
            | "from"
            | "until"
            | "till"
            | "before"
            | "after"
            | "since"
            | "between"
            | "approximately"
    );
    let dated = scanner.kind(end, "weekday").is_some()
        || scanner.is(end, &["on"]) && scanner.kind(end + 1, "weekday").is_some();
    led || dated
}

/// Hour, minute, and the place behind them: "8", "8:30", "8.30", "1430", "eight".
fn hour_and_minute(scanner: &Scanner, at: usize) -> Option<(u8, u8, usize)> {
    let text = scanner.text(at);
    let field = |text: &str| (text.len() <= 2).then(|| text.parse::<u8>().ok()).flatten();
    let fits = |hour: u8, minute: u8| (hour <= 24 && minute < 60).then_some((hour, minute, at + 1));
    if let Some((hour, minute)) = text.split_once([':', '.']) {
        let minute = minute.split(':').next().unwrap_or(minute);
        return (minute.len() == 2).then(|| fits(field(hour)?, field(minute)?)).flatten();
    }
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return fits(field(text.get(..2)?)?, field(text.get(2..)?)?);
    }
    if let Some(hour) = scanner.digits(at, 0, 24, 2) {
        return fits(u8::try_from(hour).ok()?, 0);
    }
    let (hour, end) = scanner
        .cardinal(at)
        .filter(|(hour, end)| (1.0..=12.0).contains(hour) && *end == at + 1 && hour.fract() == 0.0)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    Some((hour as u8, 0, end))
}

/// "a.m.", "o'clock", "in the morning": whether it is after noon.
fn half(scanner: &Scanner, at: usize) -> Read<bool> {
    if let Some(half) = scanner.kind(at, "half-day") {
        return Some((half == "pm", at + 1));
    }
    let clock = scanner.is(at, &["o'clock", "o’clock"]);
    let from = at + usize::from(clock);
    if scanner.is(from, &["in"]) && scanner.is(from + 1, &["the"]) {
        let part = scanner.kind(from + 2, "part").filter(|part| matches!(*part, "MO" | "AF" | "EV"));
        if let Some(part) = part {
            return Some((part != "MO", from + 3));
        }
    }
    if scanner.is(from, &["at"]) && scanner.is(from + 1, &["night"]) {
        return Some((true, from + 2));
    }
    None
}

/// "EST", "(GMT)", "Eastern time", "local time": whether it is Greenwich's.
fn zone(scanner: &Scanner, at: usize) -> Read<bool> {
    let open = usize::from(scanner.text(at) == "(");
    let from = at + open;
    let capitals = scanner.text(from).chars().all(|c| c.is_uppercase() || c == '.') && scanner.text(from).len() >= 2;
    if let Some(offset) = scanner.kind(from, "zone").filter(|_| capitals) {
        let end = from + 1 + usize::from(open == 1 && scanner.text(from + 1) == ")");
        let moved = scanner.text(from + 1).starts_with(['+', '-']);
        return Some((offset == "0" && !moved, end));
    }
    if scanner.is(at, &["local"]) && scanner.is(at + 1, &["time"]) {
        return Some((false, at + 2));
    }
    if scanner
        .is(at, &["eastern", "central", "pacific", "mountain", "moscow", "london", "greenwich", "beijing", "tokyo"])
    {
        let kind = usize::from(scanner.is(at + 1, &["standard", "daylight", "mean", "summer"]));
        return scanner.is(at + 1 + kind, &["time"]).then_some((scanner.is(at, &["greenwich"]), at + 2 + kind));
    }
    None
}
