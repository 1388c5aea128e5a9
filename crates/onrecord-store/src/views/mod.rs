//! What people look at beside searches: an article with all that hangs on it, a subject with all that is known of it, days, places, counts.
//!
//! Statements of a subject, of a day or of a place are searches ([`crate::search`]); here is what stands around them.

mod article;
mod places;
mod subject;
mod timeline;

pub use article::{ArticleView, Found, Version, article, statements_of};
pub use places::{PlaceRow, places};
pub(crate) use subject::subject_at;
pub use subject::{Merged, Subject, find, subject};
pub use timeline::{Dated, Stats, stats, timeline};
