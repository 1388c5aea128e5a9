//! "Calder’s campaign", "the Calder campaign", "the campaign" → those who work for one person and speak as one body, however the text calls them.

use super::Entity;
use super::cast::Cast;
use super::heads::{Determiner, Phrase};
use super::lexicon;
use super::salience::Memory;
use crate::document::Document;
use crate::mentions::Kind;

/// Nouns for those who stand behind one person.
const BEHIND: &[&str] = &["administration", "camp", "campaign", "office", "team"];

/// The body behind the person whom `phrase` names, made if nobody has called it so before; without a name, the one that was spoken of last.
pub(super) fn entity(document: &Document, cast: &mut Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    if phrase.plural || !BEHIND.contains(&phrase.head.as_str()) {
        return None;
    }
    match phrase.names.last() {
        Some(name) => {
            let person = cast.entities.get(name.entity).filter(|entity| entity.kind == Kind::Person && entity.named)?;
            let words = vec![person.words.last()?.to_owned(), phrase.head.clone()];
            Some(cast.body(words, || behind(document, phrase)))
        }
        None => {
            let points_back = matches!(phrase.determiner, Determiner::Definite | Determiner::Possessive);
            let same = |entity: &Entity| is_behind(entity) && entity.words.last() == Some(&phrase.head);
            let mut back = memory.back().map(|seen| seen.entity);
            back.find(|&at| points_back && phrase.words.len() == 1 && cast.entities.get(at).is_some_and(same))
        }
    }
}

fn is_behind(entity: &Entity) -> bool {
    entity.kind == Kind::Organization && entity.named && entity.words.0.len() > 1
}

fn behind(document: &Document, phrase: &Phrase) -> Entity {
    let text = phrase.span.text(document.text());
    let name = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
    let mut entity = Entity::new(name.to_owned(), Kind::Organization, true);
    entity.sector = lexicon::body_noun(&phrase.head).and_then(|noun| noun.sector);
    entity
}
