//! The reader model: word pieces in, vectors and head scores out.
//!
//! One transformer over windows of word pieces gives every piece its scores and its vectors; of events, two layers that branch off from it do. Narrow ones read
//! the pieces around one cue or one trigger of an event and give the scores of their being its source or content, its actors or recipients. What the scores mean is for `relations` to say. May import `document`.
//! Absent on purpose: padding and masks, for windows are run one by one.

mod model;
mod network;
mod pieces;
mod windows;

pub(crate) use pieces::COLON;

pub(crate) use model::{ArgumentScores, Head, ReaderModel, TAGS, Vectors, Worker};
pub(crate) use network::ModelFault;
pub(crate) use windows::{Segment, Window, windows};
