//! "A panel of the Court of Appeals" → the body that speaks through a part of itself.
//!
//! Absent on purpose: documents. "The institute’s report said" is the report speaking, whoever wrote it.

use super::cast::Cast;
use super::heads::Phrase;
use super::lexicon;
use crate::mentions::Kind;

/// The body whose part `phrase` names, if the phrase says so.
pub(super) fn entity(cast: &Cast, phrase: &Phrase) -> Option<usize> {
    lexicon::body_noun(&phrase.head).filter(|noun| noun.is_part)?;
    let whole = phrase.of?.entity;
    cast.entities.get(whole).filter(|entity| entity.kind == Kind::Organization).map(|_| whole)
}
