//! Data → pictures as SVG. Pure functions: no store, no HTTP, no clock.
//!
//! A picture is an `<svg role="img">` with a title and a description, and beside it an `<svg>` of the same size that holds nothing but places to click on; what is
//! clicked stands as a link in the table beside the picture, too, so that the second is hidden from those who cannot point. Colours and patterns are classes of the
//! style sheet, so that a picture follows the reader's light or dark.

pub mod bars;
pub mod calendar;
mod equal_earth;
pub mod map;
mod outline;
pub mod projection;
mod svg;
pub mod timeline;
