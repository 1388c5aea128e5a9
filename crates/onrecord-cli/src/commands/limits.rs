//! `onrecord limits`: every bound on what a run takes, holds or tries.

use std::io::Write;

use clap::Args;

use crate::limits::{Limit, limits};
use crate::listing::{Listing, To};
use crate::outcome::Outcome;
use crate::paint::{self, Color};
use crate::pretty::Page;
use crate::settings::Settings;
use crate::shelf;

/// List the limits: how much a run takes, holds or tries, and what happens beyond
///
/// A limit with a setting can be set in onrecord.toml or the environment: see onrecord config.
#[derive(Debug, Args)]
pub struct LimitsArguments {
    /// What to write [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When a table is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

/// Lists them.
///
/// # Errors
/// `out` failed.
pub fn run(arguments: &LimitsArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut listing = Listing::new(shelf::form(arguments.to), page, out);
    limits(settings).iter().try_for_each(|limit| listing.row(limit))?;
    listing.end::<Limit>("")?;
    Ok(Outcome::Clean)
}
