//! What people look at beside searches: an article with all that hangs on it, a subject with all that is known of it, days, places, counts.
//!
//! Statements of a subject, of a day or of a place are searches ([`crate::search`]); here is what stands around them.

mod article;
mod map;
mod outlets;
mod places;
mod speakers;
mod spells;
mod stats;
mod subject;

pub use article::{ArticleView, Found, Version, article, statements_of};
pub use map::{MapPlace, map};
pub use outlets::{OutletDay, OutletRow, added_at, attention, languages, outlets};
pub use places::{PlaceRow, places};
pub use speakers::{SpeakerRow, Speakers, Who, speakers};
pub use spells::{Spell, Spells, spells};
pub use stats::{Stats, stats};
pub(crate) use subject::subject_at;
pub use subject::{Merged, Subject, containing, find, subject};
