//! `onrecord errors`: what could not be read, and why.

use std::io::Write;

use clap::Args;
use onrecord_store::jobs::Failure;
use serde::Serialize;

use crate::outcome::Outcome;
use crate::plain::one_line;
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// List what could not be read, with the code of the reason
///
/// One line each: code, file or address, part of it, how often it was tried, what happened. `onrecord add --retry failed` tries them again; what could be
/// read then is off the list. Parts are counted from 0.
#[derive(Debug, Args)]
pub struct ErrorsArguments {
    #[command(flatten)]
    store: StoreArgument,
    /// Write JSON lines
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    origin: &'a str,
    member: Option<u64>,
    message: &'a str,
    attempts: u64,
    first_at: &'a str,
    last_at: &'a str,
}

/// Writes every failure to `out`.
///
/// # Errors
/// The store cannot be opened, or `out` failed.
pub fn run(arguments: &ErrorsArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = arguments.store.open(settings)?;
    let failures = store.failures()?;
    for Failure { origin, member, code, message, attempts, first_at, last_at } in &failures {
        if arguments.json {
            let line = Line { code, origin, member: *member, message, attempts: *attempts, first_at, last_at };
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
            continue;
        }
        let part = member.map(|member| format!(" part {member}")).unwrap_or_default();
        let tried = if *attempts == 1 { String::new() } else { format!(" (tried {attempts} times)") };
        writeln!(out, "{code}  {}{part}: {}{tried}", one_line(origin), one_line(message))?;
    }
    Ok(Outcome::Clean)
}
