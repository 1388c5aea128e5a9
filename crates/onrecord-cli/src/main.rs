//! The binary `onrecord`: arguments in, an exit code out.
//!
//! Here stand the subcommands and the way a run ends; what they do is in [`commands`]. No analysis: that is the crate `onrecord`.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod atlas;
mod audit;
mod commands;
mod failure;
mod input;
mod intake;
mod json_line;
mod limits;
mod lines;
mod listing;
mod manners;
mod ordered;
mod originals;
mod outcome;
mod paint;
mod plain;
mod pretty;
mod progress;
mod reading;
mod rows;
mod settings;
mod shelf;
mod timeline;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::outcome::Outcome;
use crate::settings::Settings;

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
    Add(commands::add::AddArguments),
    Fetch(commands::fetch::FetchArguments),
    Watch(commands::watch::WatchArguments),
    Reread(commands::reread::RereadArguments),
    Errors(commands::errors::ErrorsArguments),
    Records(commands::records::RecordsArguments),
    Correct(commands::correct::CorrectArguments),
    Search(commands::search::SearchArguments),
    Show(commands::show::ShowArguments),
    Who(commands::who::WhoArguments),
    Events(commands::events::EventsArguments),
    Timeline(commands::timeline::TimelineArguments),
    Places(commands::places::PlacesArguments),
    Stats(commands::stats::StatsArguments),
    Export(commands::export::ExportArguments),
    Serve(commands::serve::ServeArguments),
    Demo(commands::demo::DemoArguments),
    Token(commands::token::TokenArguments),
    Check(commands::check::CheckArguments),
    Explain(commands::explain::ExplainArguments),
    Limits(commands::limits::LimitsArguments),
    Config(commands::config::ConfigArguments),
    Completions(commands::completions::CompletionsArguments),
    Man(commands::man::ManArguments),
}

impl Command {
    /// Does what was asked for.
    fn run(&self, settings: Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
        match self {
            Command::Read(arguments) => commands::read::run(arguments, &settings, out),
            Command::Add(arguments) => commands::add::run(arguments, &settings, out),
            Command::Fetch(arguments) => commands::fetch::run(arguments, &settings, out),
            Command::Watch(arguments) => commands::watch::run(arguments, &settings, out),
            Command::Reread(arguments) => commands::reread::run(arguments, &settings, out),
            Command::Errors(arguments) => commands::errors::run(arguments, &settings, out),
            Command::Records(arguments) => commands::records::run(arguments, &settings, out),
            Command::Correct(arguments) => commands::correct::run(arguments, &settings, out),
            Command::Search(arguments) => commands::search::run(arguments, &settings, out),
            Command::Show(arguments) => commands::show::run(arguments, &settings, out),
            Command::Who(arguments) => commands::who::run(arguments, &settings, out),
            Command::Events(arguments) => commands::events::run(arguments, &settings, out),
            Command::Timeline(arguments) => commands::timeline::run(arguments, &settings, out),
            Command::Places(arguments) => commands::places::run(arguments, &settings, out),
            Command::Stats(arguments) => commands::stats::run(arguments, &settings, out),
            Command::Export(arguments) => commands::export::run(arguments, &settings, out),
            Command::Serve(arguments) => commands::serve::run(arguments, &settings, out),
            Command::Demo(arguments) => commands::demo::run(arguments, &settings, out),
            Command::Token(arguments) => commands::token::run(arguments, &settings, out),
            Command::Check(arguments) => commands::check::run(arguments, out),
            Command::Explain(arguments) => commands::explain::run(arguments, out),
            Command::Limits(arguments) => commands::limits::run(arguments, &settings, out),
            Command::Config(arguments) => commands::config::run(arguments, settings, out),
            Command::Completions(arguments) => commands::completions::run(arguments, Arguments::command(), out),
            Command::Man(arguments) => commands::man::run(arguments, Arguments::command(), out),
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout();
    let settings = Settings::load().map_err(anyhow::Error::from);
    let result = settings.and_then(|settings| arguments.command.run(settings, &mut out));
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
