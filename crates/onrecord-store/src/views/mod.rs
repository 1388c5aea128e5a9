//! What people look at beside searches: a subject with all that is known of it, days, places, counts.
//!
//! Statements of a subject, of a day or of a place are searches ([`crate::search`]); here is what stands around them.

mod map;
mod places;
mod spells;
mod subject;
mod timeline;

pub use map::{MapPlace, map};
pub use places::{PlaceRow, places};
pub use spells::{Spell, Spells, spells};
pub use subject::{Merged, Subject, find, subject};
pub use timeline::{Dated, Stats, stats, timeline};
