//! Where output is coloured, and how wide it may be.

use std::env;
use std::io::{self, IsTerminal};

use clap::ValueEnum;

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set; everywhere if CLICOLOR_FORCE is
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Whether stdout is to be coloured, by this choice and the environment.
    pub fn on_stdout(self) -> bool {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_forced = env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => !is_set("NO_COLOR") && (is_forced || io::stdout().is_terminal()),
        }
    }
}

/// The columns to write in: COLUMNS, else the terminal's, else 80; never under 30 or over 100.
pub fn columns() -> usize {
    let given = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    given.or_else(of_terminal).unwrap_or(80).clamp(30, 100)
}

/// How a piece of text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Bold,
    Dim,
}

/// `text` in `style`, if `is_coloured`.
pub fn paint(text: &str, style: Style, is_coloured: bool) -> String {
    match style {
        _ if !is_coloured => text.to_owned(),
        Style::Bold => format!("\x1b[1m{text}\x1b[0m"),
        Style::Dim => format!("\x1b[2m{text}\x1b[0m"),
    }
}
