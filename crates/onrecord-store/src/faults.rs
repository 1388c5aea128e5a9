//! Named places where a test makes the program fail: by the end of the process, an error of the disk, or a disk that is full.
//!
//! Without the feature `failpoints` they are nothing. With it, `ONRECORD_FAIL=name=abort`, `=eio` or `=enospc` fails at that place the first time it is
//! passed, `=abort@3` the third time; `ONRECORD_FAIL_LOG` names a file that tells which places were passed. Our own thirty lines, since a place returns
//! this crate's errors and has to be known by name to the test; a failing SQLite below them is made by limits of the system instead (bench/crash.py).

use crate::StoreError;

/// Fails here, if a test asks for it.
///
/// # Errors
/// The one that was asked for.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn fault(_name: &'static str) -> Result<(), StoreError> {
    Ok(())
}

/// Fails here, if a test asks for it.
///
/// # Errors
/// The one that was asked for.
#[cfg(feature = "failpoints")]
pub fn fault(name: &'static str) -> Result<(), StoreError> {
    plan::passed(name);
    match plan::due(name) {
        Some("abort") => std::process::abort(),
        Some("eio") => Err(plan::error(rusqlite::ffi::SQLITE_IOERR)),
        Some("enospc") => Err(plan::error(rusqlite::ffi::SQLITE_FULL)),
        _ => Ok(()),
    }
}

#[cfg(feature = "failpoints")]
mod plan {
    use std::collections::HashSet;
    use std::io::Write;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{LazyLock, Mutex, PoisonError};

    use crate::StoreError;

    /// Where, how, and the how manieth time.
    static PLAN: LazyLock<Option<(String, String, u64)>> = LazyLock::new(|| {
        let plan = std::env::var("ONRECORD_FAIL").ok()?;
        let (name, how) = plan.split_once('=')?;
        let (how, time) = how.split_once('@').unwrap_or((how, "1"));
        Some((name.to_owned(), how.to_owned(), time.parse().ok()?))
    });
    static TIMES: AtomicU64 = AtomicU64::new(0);
    static PASSED: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);

    /// How to fail at `name` now.
    pub fn due(name: &str) -> Option<&'static str> {
        let (place, how, time) = PLAN.as_ref()?;
        (place == name && TIMES.fetch_add(1, Ordering::SeqCst) + 1 == *time).then_some(how.as_str())
    }

    /// Notes that a place was passed.
    pub fn passed(name: &'static str) {
        let Ok(path) = std::env::var("ONRECORD_FAIL_LOG") else { return };
        let mut passed = PASSED.lock().unwrap_or_else(PoisonError::into_inner);
        if passed.get_or_insert_default().insert(name)
            && let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(path)
        {
            // A test that misses the name says so itself.
            let _ = writeln!(file, "{name}");
        }
    }

    pub fn error(code: i32) -> StoreError {
        StoreError::Sqlite(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None))
    }
}
