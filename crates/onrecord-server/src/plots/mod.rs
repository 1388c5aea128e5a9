//! Numbers → SVG: pure functions. A figure carries its title and description and has a table beside it; colours are those of the style sheet.

pub mod bars;
