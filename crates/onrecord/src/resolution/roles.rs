//! Names → the roles that stand beside them: "Harbour Minister Ingrid Solberg", "Ana Ruiz, a nurse from Leeds, said".

use super::lexicon::{self, Gender, NounKind};
use crate::document::{Document, Span, Token, TokenKind};
use crate::function_words::{Work, does};

/// The longest role, in tokens.
const LONGEST: usize = 14;

/// A role as the text gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    pub span: Span,
    /// Its noun, in lower case and singular: "spokesman", "prime minister".
    pub noun: String,
    /// A form of address only: "Mr".
    pub title_only: bool,
}

impl Role {
    /// A role made of these words, if they end in a noun for a person.
    pub(super) fn of(document: &Document, span: Span) -> Option<Role> {
        let words: Vec<String> = words(document, document.tokens_in(span));
        let (noun, kind) = noun_at_end(&words)?;
        Some(Role { span, noun, title_only: kind == NounKind::Title })
    }

    pub(super) fn gender(&self) -> Option<Gender> {
        lexicon::person_noun(&self.noun).and_then(|noun| noun.gender)
    }

    pub(super) fn sector(&self) -> Option<&'static str> {
        lexicon::person_noun(&self.noun).and_then(|noun| noun.sector)
    }
}

/// The role right before a person's name.
pub(super) fn before(document: &Document, name: Span) -> Option<Role> {
    let tokens = document.tokens();
    let end = tokens.partition_point(|token| token.span.end <= name.start);
    let sentence = document.sentence_at(name.start)?;
    let first = end.saturating_sub(LONGEST);
    let mut from = end;
    // Backwards over the words that can be part of it.
    while from > first
        && let Some(token) = tokens.get(from - 1)
        && token.span.start >= sentence.start
        && belongs(document, tokens, from - 1)
    {
        from -= 1;
    }
    let run = tokens.get(from..end)?;
    let role = Role::of(document, run.first()?.span.cover(run.last()?.span))?;
    Some(Role { span: if role.title_only { run.last()?.span } else { role.span }, ..role })
}

/// Whether a token before a name can be part of a title: a capitalised word, a possessive, a noun for a person, "of" between capitals.
fn belongs(document: &Document, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let word = token.span.text(document.text());
    if token.kind != TokenKind::Word || does(word, Work::Opener) {
        return false;
    }
    let capital = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at));
        token.is_some_and(|token| token.span.text(document.text()).chars().next().is_some_and(char::is_uppercase))
    };
    let lower = word.to_lowercase();
    capital(Some(at))
        || matches!(word, "'s" | "’s")
        || matches!(word, "of" | "and" | "for") && capital(at.checked_sub(1)) && capital(Some(at + 1))
        || does(word, Work::Modifier)
        || word.contains('-')
        || lexicon::person_noun(&lower).is_some()
}

/// The role before a name that a comma parts from it, "her lawyer, Ada Holm", or before a row of names, "my parents, Ana and Ivo Holm".
pub(super) fn apposed(document: &Document, name: Span) -> Option<Role> {
    let tokens = document.tokens();
    let text = document.text();
    let word = |at: usize| tokens.get(at).map(|token| token.span.text(text)).unwrap_or_default();
    let end = tokens.partition_point(|token| token.span.end <= name.start);
    let sentence = document.sentence_at(name.start)?;
    // Back over the other names of the row, to the comma before the first.
    let is_name = |at: usize| word(at).starts_with(char::is_uppercase) || matches!(word(at), "and" | ",");
    let nouns = (end.saturating_sub(LONGEST)..end)
        .rev()
        .take_while(|&at| is_name(at))
        .find(|&at| word(at) == "," && at > 0 && tokens[at - 1].span.start >= sentence.start && !is_name(at - 1))?;
    let goes_on = text.get(name.end..).is_some_and(|rest| rest.starts_with(" and ") || rest.starts_with(", "));
    let several = nouns + 1 < end;
    let first = nouns.saturating_sub(LONGEST);
    let mut from = nouns;
    while from > first
        && tokens[from - 1].span.start >= sentence.start
        && (belongs(document, tokens, from - 1) || lexicon::singular(&word(from - 1).to_lowercase()) != word(from - 1))
    {
        from -= 1;
    }
    let owned = from > first && matches!(word(from - 1), "my" | "our" | "your" | "his" | "her" | "their" | "its");
    let run = tokens.get(from - usize::from(owned)..nouns)?;
    let role = Role::of(document, run.first()?.span.cover(run.last()?.span))?;
    let plural = !role.span.text(text).to_lowercase().ends_with(&role.noun);
    let fits = if plural { several || goes_on } else { !several };
    (fits && !role.title_only).then_some(role)
}

/// The role behind a person's name, between commas: "Ana Ruiz, 34, a nurse from Leeds,".
pub(super) fn after(document: &Document, name: Span) -> Option<Role> {
    let tokens = document.tokens();
    let start = tokens.partition_point(|token| token.span.start < name.end);
    let text = document.text();
    let word = |at: usize| tokens.get(at).map(|token| token.span.text(text));
    let mut first = start;
    // Brackets ("(R-Ohio)") and an age may stand between.
    if word(first) == Some("(") {
        first = (first..first + 8).find(|&at| word(at) == Some(")"))? + 1;
    }
    if word(first) != Some(",") {
        return None;
    }
    first += 1;
    if tokens.get(first).is_some_and(|token| token.kind == TokenKind::Number) && word(first + 1) == Some(",") {
        first += 2;
    }
    let sentence = document.sentence_at(name.start)?;
    let is_end = |at: &usize| {
        tokens.get(*at).is_none_or(|token| token.span.start >= sentence.end)
            || word(*at).is_some_and(|word| {
                matches!(word, "," | "." | ";" | "–" | "—" | "(" | "who" | "said" | "says" | "told")
            })
    };
    let end = (first..first + LONGEST).find(is_end)?;
    let determined =
        word(first).is_some_and(|word| matches!(word, "a" | "an" | "the" | "one" | "his" | "her" | "its" | "their"));
    let from = first + usize::from(determined);
    let run = tokens.get(from..end)?;
    let core = run
        .iter()
        .position(|token| {
            matches!(token.span.text(text), "of" | "for" | "at" | "in" | "from" | "with" | "and" | "on" | "to")
        })
        .unwrap_or(run.len());
    let (noun, kind) = noun_at_end(&words(document, run.get(..core)?))?;
    let span = run.first()?.span.cover(run.last()?.span);
    (kind != NounKind::Title).then_some(Role { span, noun, title_only: false })
}

fn words(document: &Document, tokens: &[Token]) -> Vec<String> {
    let text = document.text();
    tokens.iter().map(|token| token.span.text(text).trim_end_matches('.').to_lowercase()).collect()
}

/// The longest noun for a person that ends these words.
fn noun_at_end(words: &[String]) -> Option<(String, NounKind)> {
    (1..=words.len().min(4)).rev().find_map(|length| {
        let phrase = words.get(words.len() - length..)?.join(" ");
        let (before, last) = phrase.rsplit_once(' ').map_or(("", phrase.as_str()), |(before, last)| (before, last));
        let singular = lexicon::singular(last);
        let phrase = if before.is_empty() { singular } else { format!("{before} {singular}") };
        lexicon::person_noun(&phrase).map(|noun| (phrase, noun.kind))
    })
}
