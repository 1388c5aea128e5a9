//! The binary `onrecord`: arguments in, an exit code out.
//!
//! Here stand the subcommands and the way a run ends; what they do is in [`commands`]. No analysis: that is the crate `onrecord`.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod atlas;
mod audit;
mod commands;
mod failure;
mod input;
mod json_line;
mod lines;
mod ordered;
mod originals;
mod outcome;
mod paint;
mod plain;
mod pretty;
mod progress;
mod reading;
mod timeline;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::outcome::Outcome;

/// Reads news and finds who said what: every statement with its source, its cue and its words, each anchored in the text
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Read(commands::read::ReadArguments),
    Who(commands::who::WhoArguments),
    Timeline(commands::timeline::TimelineArguments),
    Places(commands::places::PlacesArguments),
    Export(commands::export::ExportArguments),
    Check(commands::check::CheckArguments),
    Explain(commands::explain::ExplainArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout();
    let result = match &arguments.command {
        Command::Read(arguments) => commands::read::run(arguments, &mut out),
        Command::Who(arguments) => commands::who::run(arguments, &mut out),
        Command::Timeline(arguments) => commands::timeline::run(arguments, &mut out),
        Command::Places(arguments) => commands::places::run(arguments, &mut out),
        Command::Export(arguments) => commands::export::run(arguments, &mut out),
        Command::Check(arguments) => commands::check::run(arguments, &mut out),
        Command::Explain(arguments) => commands::explain::run(arguments, &mut out),
    };
    match result.and_then(|outcome| Ok(out.flush().map(|()| outcome)?)) {
        Ok(outcome) => outcome.into(),
        Err(error) if outcome::is_closed_pipe(&error) => Outcome::Clean.into(),
        Err(error) => {
            outcome::tell(&format!("{error:#}"));
            Outcome::NothingDone.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
