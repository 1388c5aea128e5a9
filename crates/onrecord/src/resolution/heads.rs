//! A source's words → who is named there: "the port’s lawyer, Ada Holm" names Holm, "the US as well as its allies" two parties.

use super::lexicon;
use super::names::Words;
use crate::document::{Document, Span, TokenKind};
use crate::function_words::{Work, does};
use crate::mentions::{self, Kind, Pronoun};

/// Who a source names, as far as its own words tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Head {
    /// An entity that has a name here, with the words of a role that stand before it in apposition ("the ministry's spokesman, Ivan Petrov").
    Name {
        name: Name,
        role: Option<Span>,
    },
    Pronoun {
        span: Span,
        pronoun: Pronoun,
    },
    Nominal(Phrase),
}

/// A name in the text and the entity that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub span: Span,
    pub entity: usize,
}

/// A noun phrase headed by a common noun, without what follows the head.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    /// From its first word, determiner included, to its head.
    pub span: Span,
    /// The phrase without its determiner.
    pub core: Span,
    pub determiner: Determiner,
    /// Words of the core in lower case.
    pub words: Vec<String>,
    /// The head in the singular.
    pub head: String,
    pub plural: bool,
    /// Names among its words.
    pub names: Vec<Name>,
    /// The name that "of" joins right behind it: "a panel [of the Court of Appeals]".
    pub of: Option<Name>,
}

impl Phrase {
    /// The words before its head, owner included, that tell which one is meant.
    pub(super) fn told(&self, document: &Document) -> Vec<String> {
        let mut words = Words::of(self.span.text(document.text())).0;
        words.pop();
        words
    }
}

/// How a noun phrase opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    /// the, this, that: somebody known
    Definite,
    /// his, its, Trump's
    Possessive,
    /// a, some, two
    Indefinite,
    /// Nothing, as in headlines: "Former White House doctor says"
    Bare,
}

#[derive(Debug, Clone, PartialEq)]
enum Unit {
    Name(Name),
    Word(Span, String),
    Comma,
    /// and, as well as
    And(Span),
}

impl Unit {
    fn span(&self) -> Option<Span> {
        match self {
            Unit::Name(name) => Some(name.span),
            Unit::Word(span, _) | Unit::And(span) => Some(*span),
            Unit::Comma => None,
        }
    }

    fn is_word(&self, wanted: impl Fn(&str) -> bool) -> bool {
        matches!(self, Unit::Word(_, word) if wanted(word))
    }
}

/// Who `source` names; `names` are the names that stand in it, in order, of what `kind` each is.
pub(super) fn heads(
    document: &Document,
    source: Span,
    names: &[Name],
    kind: impl Fn(Name) -> Option<Kind>,
) -> Vec<Head> {
    let units = units(document, source, names);
    if let Some(named) = named_last(&units, kind) {
        return vec![named];
    }
    let parts: Vec<&[Unit]> =
        units.split(|unit| matches!(unit, Unit::And(_) | Unit::Comma)).filter(|part| !part.is_empty()).collect();
    let bare = parts.iter().take_while(|part| is_bare_name(document, part)).count();
    let is_joined = units.iter().any(|unit| matches!(unit, Unit::And(_)));
    // "A, B and C": names side by side, of which the last may be a noun phrase.
    if is_joined && bare > 1 && parts.len() <= bare + 2 {
        return parts.iter().filter_map(|part| head(document, part)).collect();
    }
    // "A and its allies, including B": a name, a noun phrase, and who is named as part of that.
    if let Some((first, others)) = name_and_others(document, &units) {
        let members = others.iter().skip_while(|unit| !unit.is_word(|word| matches!(word, "including" | "like")));
        let members = members.filter_map(|unit| if let Unit::Name(name) = unit { Some(*name) } else { None });
        let members: Vec<Head> = members.map(|name| Head::Name { name, role: None }).collect();
        return head(document, first).into_iter().chain(head(document, others)).chain(members).collect();
    }
    let units: Vec<Unit> = units
        .into_iter()
        .map(|unit| match unit {
            Unit::And(span) => Unit::Word(span, "and".to_owned()),
            other => other,
        })
        .collect();
    head(document, &units).into_iter().collect()
}

/// "the leader of the Harbour Party Ada Holm": somebody named right behind a body, be it in apposition or since a comma is missing, and no "to", "for" or "with" before.
fn named_last(units: &[Unit], kind: impl Fn(Name) -> Option<Kind>) -> Option<Head> {
    let [before @ .., Unit::Name(body), Unit::Name(name)] = units else { return None };
    let (last, rest) = before.split_last()?;
    let (of, noun) = if last.is_word(|word| word == "the") { rest.split_last()? } else { (last, rest) };
    let plain = |unit: &Unit| matches!(unit, Unit::Word(_, word) if !is_preposition(word) && !is_relative(word));
    let of_body = of.is_word(|word| word == "of") && !noun.is_empty() && noun.iter().all(plain);
    let is_person = kind(*body) == Some(Kind::Organization) && kind(*name) == Some(Kind::Person);
    if !of_body || !is_person {
        return None;
    }
    let is_role = noun.last()?.is_word(|word| lexicon::person_noun(&word.to_lowercase()).is_some());
    let article = noun.first()?.is_word(|word| matches!(word.to_lowercase().as_str(), "the" | "a" | "an"));
    let role = noun.get(usize::from(article)).and_then(Unit::span).filter(|_| is_role);
    Some(Head::Name { name: *name, role: role.map(|first| first.cover(body.span)) })
}

/// A bare name, and what "and" or ", as well as" joins to it.
fn name_and_others<'a>(document: &Document, units: &'a [Unit]) -> Option<(&'a [Unit], &'a [Unit])> {
    let at = units.iter().position(|unit| matches!(unit, Unit::And(_) | Unit::Comma))?;
    let (first, rest) = units.split_at(at);
    let long = |unit: &Unit| matches!(unit, Unit::And(span) if span.text(document.text()) != "and");
    let others = match rest {
        [Unit::And(_), others @ ..] => others,
        [Unit::Comma, and, others @ ..] if long(and) => others,
        _ => return None,
    };
    (is_bare_name(document, first) && !others.is_empty()).then_some((first, others))
}

/// Names, words and commas of a source; what stands in brackets belongs to none.
fn units(document: &Document, source: Span, names: &[Name]) -> Vec<Unit> {
    let text = document.text();
    let mut units = Vec::new();
    let mut depth = 0_usize;
    let mut after = source.start;
    for token in document.tokens_in(source) {
        if token.span.start < after {
            continue;
        }
        let word = token.span.text(text);
        match word {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            "," | "–" | "—" | "--" | ";" => units.push(Unit::Comma),
            _ => {
                if let Some(name) = names.iter().find(|name| name.span.contains(token.span)) {
                    units.push(Unit::Name(*name));
                    after = name.span.end;
                } else if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                    units.push(Unit::Word(token.span, word.to_owned()));
                }
            }
        }
    }
    joined(units)
}

/// Takes "and", "as well as" and "along with" for what they are.
fn joined(units: Vec<Unit>) -> Vec<Unit> {
    const JOINING: [&[&str]; 5] = [&["and"], &["or"], &["as", "well", "as"], &["along", "with"], &["together", "with"]];
    let mut out = Vec::with_capacity(units.len());
    let mut at = 0;
    while at < units.len() {
        let fits = |words: &&&[&str]| {
            words
                .iter()
                .enumerate()
                .all(|(i, word)| units.get(at + i).is_some_and(|unit| unit.is_word(|w| w.eq_ignore_ascii_case(word))))
        };
        let length = JOINING.iter().find(fits).map_or(0, |words| words.len());
        match units.get(at) {
            Some(unit) if length == 0 => {
                out.push(unit.clone());
                at += 1;
            }
            unit => {
                out.extend(unit.and_then(Unit::span).map(Unit::And));
                at += length.max(1);
            }
        }
    }
    out
}

/// Nothing but a name and the titles before it.
fn is_bare_name(document: &Document, part: &[Unit]) -> bool {
    let Some((Unit::Name(_), before)) = part.split_last() else { return false };
    before.iter().enumerate().all(|(at, unit)| match unit {
        Unit::Word(_, word) => !is_preposition(word) || continues_title(document, part, at),
        _ => true,
    })
}

/// The head of one noun phrase.
fn head(document: &Document, units: &[Unit]) -> Option<Head> {
    let text = document.text();
    let skipped = units.iter().take_while(|unit| matches!(unit, Unit::Comma) || unit.is_word(is_preposition)).count();
    let units = units.get(skipped..)?;
    let is_end = |(at, unit): &(usize, &Unit)| match unit {
        Unit::Comma | Unit::And(_) => true,
        Unit::Word(_, word) => {
            let of_noun = continues_title(document, units, *at) || continues_noun(units, *at);
            *at > 0 && (is_preposition(word) && !of_noun || is_relative(word))
        }
        Unit::Name(_) => false,
    };
    let end = units.iter().enumerate().find(is_end).map_or(units.len(), |(at, _)| at);
    let mut core = units.get(..end)?;
    while let Some((last, before)) = core.split_last()
        && !before.is_empty()
        && last.is_word(is_afterthought)
    {
        core = before;
    }
    let (last, before) = core.split_last()?;
    match last {
        Unit::Name(name) => Some(Head::Name { name: *name, role: None }),
        Unit::Word(span, word) if before.is_empty() && mentions::pronoun(word).is_some() => {
            mentions::pronoun(word).map(|pronoun| Head::Pronoun { span: *span, pronoun })
        }
        Unit::Word(..) => {
            let span = core.first()?.span()?.cover(last.span()?);
            match apposition(document, units.get(end..)?) {
                Some(name) => Some(Head::Name { name, role: Some(without_article(text, core).unwrap_or(span)) }),
                None => phrase(text, core, units.get(end..)?).map(Head::Nominal),
            }
        }
        Unit::Comma | Unit::And(_) => None,
    }
}

/// The name that a comma adds: "…, Ada Holm", at the end or before another comma.
fn apposition(document: &Document, rest: &[Unit]) -> Option<Name> {
    let mut parts = rest.split(|unit| matches!(unit, Unit::Comma));
    parts.next();
    parts.find(|part| is_bare_name(document, part) && part.len() <= 4).and_then(|part| match part.last() {
        Some(Unit::Name(name)) => Some(*name),
        _ => None,
    })
}

/// The words of a noun phrase, whosever it is, but for its article: "Russia’s former president".
fn without_article(text: &str, core: &[Unit]) -> Option<Span> {
    let article = core
        .first()
        .is_some_and(|unit| unit.is_word(|word| matches!(word.to_lowercase().as_str(), "the" | "a" | "an")));
    let first = core.get(usize::from(article)).and_then(Unit::span)?;
    phrase(text, core, &[]).map(|phrase| Span::new(first.start, phrase.span.end))
}

/// The name that "of" joins at the start of `rest`.
fn joined_by_of(rest: &[Unit]) -> Option<Name> {
    let (_, rest) = rest.split_first().filter(|(of, _)| of.is_word(|word| word == "of"))?;
    let article = rest.first().is_some_and(|unit| unit.is_word(|word| word == "the"));
    match rest.get(usize::from(article))? {
        Unit::Name(name) => Some(*name),
        _ => None,
    }
}

fn phrase(text: &str, core: &[Unit], rest: &[Unit]) -> Option<Phrase> {
    let first = core.first()?;
    let last = core.last()?.span()?;
    let names: Vec<Name> =
        core.iter().filter_map(|unit| if let Unit::Name(name) = unit { Some(*name) } else { None }).collect();
    let owner = core.iter().position(|unit| unit.is_word(|word| matches!(word, "'s" | "’s" | "'" | "’")));
    let possessive = first.is_word(|word| mentions::pronoun(word).is_some());
    let definite =
        first.is_word(|word| matches!(word.to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those"));
    let indefinite = first.is_word(|word| {
        matches!(word.to_lowercase().as_str(), "a" | "an" | "one" | "another" | "some" | "other" | "many" | "several")
    });
    let skipped = match owner {
        Some(at) => at + 1,
        None => usize::from(possessive || definite || indefinite),
    };
    let core = core.get(skipped..).filter(|rest| !rest.is_empty()).unwrap_or(core);
    let span = first.span()?.cover(last);
    let core = core.first()?.span()?.cover(last);
    let words = Words::of(core.text(text)).0;
    let last = last.text(text).to_lowercase();
    let singular = lexicon::singular(&last);
    let determiner = match () {
        () if possessive || owner.is_some() => Determiner::Possessive,
        () if definite => Determiner::Definite,
        () if indefinite => Determiner::Indefinite,
        () => Determiner::Bare,
    };
    // "My siblings and I" are several.
    let plural = singular != last || words.len() > 1 && mentions::pronoun(&last).is_some();
    Some(Phrase { span, core, determiner, words, plural, head: singular, names, of: joined_by_of(rest) })
}

/// Whether a preposition stands inside a title: "Secretary of State", "Secretary-General of the UN" does not.
fn continues_title(document: &Document, units: &[Unit], at: usize) -> bool {
    let capital = |unit: Option<&Unit>| matches!(unit, Some(Unit::Word(span, _)) if span.text(document.text()).chars().next().is_some_and(char::is_uppercase));
    units.get(at).is_some_and(|unit| unit.is_word(|word| word == "of"))
        && capital(at.checked_sub(1).and_then(|before| units.get(before)))
        && capital(units.get(at + 1))
}

/// Whether a preposition stands inside a noun for a person: "secretary of state".
fn continues_noun(units: &[Unit], at: usize) -> bool {
    let word = |at: usize| match units.get(at) {
        Some(Unit::Word(_, word)) => Some(word.to_lowercase()),
        _ => None,
    };
    let noun = || Some(format!("{} {} {}", word(at.checked_sub(1)?)?, word(at)?, word(at + 1)?));
    noun().is_some_and(|noun| lexicon::person_noun(&noun).is_some())
}

fn is_preposition(word: &str) -> bool {
    does(word, Work::Preposition)
}

fn is_relative(word: &str) -> bool {
    does(word, Work::Relative)
}

/// Words behind a head that add nobody: "Solberg herself", "the two leaders both".
fn is_afterthought(word: &str) -> bool {
    does(word, Work::Afterthought)
}

#[cfg(test)]
mod tests {
    use super::{Head, Name, heads};
    use crate::document::{Document, Span};
    use crate::mentions::Kind;

    /// Whom `source` names, of two names in it of these kinds; its own words where that is neither.
    fn named(source: &str, names: [(&str, Kind); 2]) -> String {
        let at = |name: &str| source.find(name).unwrap_or_else(|| panic!("no {name} in {source}"));
        let kinds = names.map(|(_, kind)| kind);
        let name = |entity: usize| {
            let start = at(names[entity].0);
            Name { span: Span::new(start, start + names[entity].0.len()), entity }
        };
        let found = heads(&Document::new(source), Span::new(0, source.len()), &[name(0), name(1)], |name| {
            kinds.get(name.entity).copied()
        });
        match found.first() {
            Some(Head::Name { name, .. }) => name.span.text(source).to_owned(),
            _ => source.to_owned(),
        }
    }

    #[test]
    fn somebody_named_right_behind_a_body_speaks() {
        let body = ("Harbour Party", Kind::Organization);
        let group = ("Northporter", Kind::Group);
        let holm = ("Ada Holm", Kind::Person);
        assert_eq!(named("the leader of the Harbour Party Ada Holm", [body, holm]), "Ada Holm");
        for (source, first) in [
            ("an adviser to the leader of the Harbour Party Ada Holm", body),
            ("the family of Northporter Ada Holm", group),
        ] {
            assert_eq!(named(source, [first, holm]), source);
        }
    }
}
