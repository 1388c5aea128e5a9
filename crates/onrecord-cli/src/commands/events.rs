//! `onrecord events`: what the articles of a store report to have happened.

use std::io::Write;

use clap::Args;

use super::search::{Asked, Fields, Output};
use crate::outcome::Outcome;
use crate::settings::Settings;
use crate::shelf::{Kind, StoreArgument};

/// List what the articles of a store report to have happened
///
/// The same as onrecord search --in events. WORDS are looked for in the words of the event: what happened, who did it to whom, and where. To write the events of
/// articles in the formats of event data, see onrecord export events.
///
/// Exit code: 0 if something was found, 1 if nothing was, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct EventsArguments {
    /// What to look for
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    store: StoreArgument,
}

/// Writes the events that fit.
///
/// # Errors
/// As for `search`.
pub fn run(arguments: &EventsArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let asked = Asked {
        text: arguments.words.join(" "),
        kind: Kind::Events,
        fields: &arguments.fields,
        output: &arguments.output,
        store: &arguments.store,
    };
    asked.answer(settings, out)
}
