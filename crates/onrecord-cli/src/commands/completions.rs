//! `onrecord completions`: what a shell needs to complete commands and options, made from their one definition.

use std::io::Write;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::outcome::Outcome;

/// Write the completions of a shell
///
/// For bash: onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes the script for `definition`.
///
/// # Errors
/// `out` failed.
pub fn run(arguments: &CompletionsArguments, mut definition: Command, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut definition, "onrecord", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Clean)
}
