//! `onrecord config`: the settings as a run would have them.

use std::io::Write;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::listing::{Listing, Row, To};
use crate::outcome::Outcome;
use crate::paint::{self, Color};
use crate::pretty::Page;
use crate::settings::Settings;
use crate::shelf;

/// Show the settings
///
/// A setting is, in this order: a flag of the command (--store, --threads, --user-agent, --pause); a variable of the environment (ONRECORD_STORE, ONRECORD_THREADS,
/// ONRECORD_PROGRESS, ONRECORD_LIMITS_PAGE, ONRECORD_LIMITS_SEARCH_SECONDS, ONRECORD_FETCH_USER_AGENT, ONRECORD_FETCH_PAUSE_SECONDS, ONRECORD_FETCH_ALLOW); in onrecord.toml, which is looked for from the current folder upwards; its default.
#[derive(Debug, Args)]
pub struct ConfigArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Show(ShowArguments),
}

/// List the settings with their values, and where each came from
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// Where each value came from: flag, environment, file or default
    #[arg(long)]
    origin: bool,
    /// As if a command had been given this
    #[arg(long, value_name = "FILE")]
    store: Option<String>,
    /// As if a command had been given this
    #[arg(long, value_name = "N")]
    threads: Option<String>,
    /// What to write [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When a table is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

#[derive(Serialize)]
struct Value {
    setting: &'static str,
    value: String,
}

impl Row for Value {
    const COLUMNS: &'static [&'static str] = &["setting", "value"];
    const SHOWN: &'static [&'static str] = &["setting", "value"];
    fn cells(&self) -> Vec<String> {
        vec![self.setting.to_owned(), self.value.clone()]
    }
}

#[derive(Serialize)]
struct Traced {
    setting: &'static str,
    value: String,
    origin: String,
}

impl Row for Traced {
    const COLUMNS: &'static [&'static str] = &["setting", "value", "origin"];
    const SHOWN: &'static [&'static str] = &["setting", "value", "origin"];
    fn cells(&self) -> Vec<String> {
        vec![self.setting.to_owned(), self.value.clone(), self.origin.clone()]
    }
}

/// Lists the settings.
///
/// # Errors
/// A value that a setting cannot have, or `out` failed.
pub fn run(arguments: &ConfigArguments, settings: Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let What::Show(arguments) = &arguments.what;
    let settings =
        settings.with_flag("store", arguments.store.clone())?.with_flag("threads", arguments.threads.clone())?;
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut listing = Listing::new(shelf::form(arguments.to), page, out);
    for (key, setting) in settings.each() {
        let value = match key.name {
            "store" => settings.store(None).display().to_string(),
            _ => setting.value.clone(),
        };
        if arguments.origin {
            listing.row(&Traced { setting: key.name, value, origin: setting.origin.to_string() })?;
        } else {
            listing.row(&Value { setting: key.name, value })?;
        }
    }
    if arguments.origin {
        listing.end::<Traced>("")?
    } else {
        listing.end::<Value>("")?
    }
    Ok(Outcome::Clean)
}
