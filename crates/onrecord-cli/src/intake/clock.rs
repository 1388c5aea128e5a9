//! What time it is, as the store writes it.

use jiff::{SignedDuration, Timestamp};

/// Now, ISO 8601 in UTC, to the second.
pub fn now() -> String {
    written(Timestamp::now())
}

/// So many days from now.
pub fn after_days(days: u16) -> String {
    let now = Timestamp::now();
    written(now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX))
}

fn written(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
