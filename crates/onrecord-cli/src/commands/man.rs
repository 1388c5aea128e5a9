//! `onrecord man`: the manual pages, made from the one definition of the arguments.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Command};

use crate::outcome::Outcome;

/// Write the manual pages, one for each command
#[derive(Debug, Args)]
pub struct ManArguments {
    /// The folder to write to; made where it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Writes `onrecord.1`, `onrecord-read.1`, … and names them.
///
/// # Errors
/// The folder cannot be written, or `out` failed.
pub fn run(arguments: &ManArguments, mut definition: Command, out: &mut impl Write) -> anyhow::Result<Outcome> {
    fs::create_dir_all(&arguments.out).with_context(|| arguments.out.display().to_string())?;
    definition.build();
    page(&definition, "onrecord", &arguments.out, out)?;
    Ok(Outcome::Clean)
}

/// The page of a command, and those of the commands beneath it.
fn page(command: &Command, name: &str, folder: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let mut written = Vec::new();
    let named = command.clone().display_name(name.to_owned());
    clap_mangen::Man::new(named).title(name.to_uppercase()).render(&mut written)?;
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, written).with_context(|| path.display().to_string())?;
    writeln!(out, "{}", path.display())?;
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help" && !inner.is_hide_set()) {
        page(inner, &format!("{name}-{}", inner.get_name()), folder, out)?;
    }
    Ok(())
}
