//! The reader model: word pieces in, vectors and head scores out.
//!
//! One transformer over windows of word pieces gives every piece its cue scores and its vectors; a narrow second one reads the pieces around one
//! cue and gives the scores of their being its source or content. What the scores mean is for `relations` to say. May import `document`.
//! Absent on purpose: padding and masks, for windows are run one by one.

mod model;
mod pieces;
mod windows;

pub(crate) use pieces::COLON;

pub(crate) use model::{ArgumentScores, ModelFault, ReaderModel, TAGS, Vectors, Worker};
pub(crate) use windows::{Segment, Window, windows};
