//! Mentions → place names: which words name a place, and what stands around them.
//!
//! The name head decides first. What it calls a place is taken apart at commas ("Lyon, France" names two) and freed of words that are no part of the
//! name; peoples, bodies and bare directions are dropped. What it calls something else, or nothing, is a place if all of it is a name that the tables
//! know or that the head calls a place elsewhere in the article. Datelines are read by their form. Which place is meant is not asked here.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::datelines;
use super::fold::fold;
use super::gazetteer::{self, Entry, Feature};
use super::regions::{is_printed, is_short_form, regions};
use super::words::{Hint, hints, tells};
use crate::document::{Document, Span, Token, TokenKind};
use crate::function_words::{Work, does};
use crate::mentions::{Form, Kind, Mention};
use crate::resolution::{Entity, lexicon};

/// Words that name a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlaceName {
    pub span: Span,
    /// Nouns that stand at it: "the *town* of Lorne", "Lorne *County*".
    pub hints: Vec<Hint>,
    /// The next name is what it lies in: "Lyon, France".
    pub is_within_next: bool,
    pub is_dateline: bool,
    /// A preposition, a noun for a place or what it lies in stands at it: "in Lorne", "Lorne village".
    pub is_located: bool,
}

/// The people from whom a town has to be known without the head's word.
const KNOWN_TOWN: f64 = 100_000.0;
/// The longest name that is looked for without the head's word, in tokens.
const LONGEST_TOKENS: usize = 4;
/// How many bytes of a mention are looked at; a longer one is no name of a place.
const MOST_BYTES: usize = 120;

/// The place names of an article, in order, none overlapping another.
pub(super) fn place_names(document: &Document, mentions: &[Mention], entities: &[Entity]) -> Vec<PlaceName> {
    let mut finder = Finder { document, text: document.text(), people: people(entities), votes: HashMap::new() };
    let mut spans = Spans::default();
    let names: Vec<&Mention> = mentions.iter().filter(|mention| mention.form == Form::Name).collect();
    for mention in &names {
        let votes = finder.votes.entry(mention.span.text(document.text())).or_default();
        if mention.kind == Kind::Place { votes.0 += 1 } else { votes.1 += 1 }
    }
    let datelines = datelines::datelines(document);
    for dateline in &datelines {
        for &span in &dateline.names {
            spans.add(span, true);
        }
    }
    for mention in names.iter().filter(|mention| mention.kind == Kind::Place && mention.span.len() <= MOST_BYTES) {
        for part in finder.parts(mention.span) {
            spans.add(part, false);
        }
    }
    let named: HashSet<String> = spans.0.values().filter_map(|(span, _)| fold(span.text(finder.text))).collect();
    for mention in names.iter().filter(|mention| mention.kind != Kind::Place && mention.span.len() <= MOST_BYTES) {
        match finder.longer(mention.span) {
            Some(longer) => spans.add(longer, false),
            None if finder.is_place_after_all(mention, &named) => spans.add(mention.span, false),
            None => {}
        }
    }
    finder.add_unmarked(&names, &mut spans);
    let spans: Vec<(Span, bool)> = spans.0.into_values().collect();
    let name = |(at, &(span, is_dateline)): (usize, &(Span, bool))| {
        let next = spans.get(at + 1).map(|(next, _)| *next);
        let is_within_next = next.is_some_and(|next| finder.is_within(span, next));
        let mut hints = finder.hints(span);
        let is_first = at == 0
            || !spans.get(at - 1).is_some_and(|(before, is_dateline)| *is_dateline && finder.is_within(*before, span));
        if is_dateline && is_first && !hints.contains(&Hint::City) {
            hints.push(Hint::City);
        }
        let is_located = is_dateline || is_within_next || !hints.is_empty() || finder.follows_preposition(span);
        PlaceName { span, hints, is_within_next, is_dateline, is_located }
    };
    spans.iter().enumerate().map(name).collect()
}

/// Spans by their start, none overlapping another, and whether each stands in a dateline.
#[derive(Default)]
struct Spans(BTreeMap<usize, (Span, bool)>);

impl Spans {
    /// Adds a span unless one that is there already overlaps it. O(log n).
    fn add(&mut self, span: Span, is_dateline: bool) {
        let before = self.0.range(..span.end).next_back();
        if !span.is_empty() && before.is_none_or(|(_, (before, _))| before.end <= span.start) {
            self.0.insert(span.start, (span, is_dateline));
        }
    }
}

/// Names of people in the article, each word of theirs as a key.
fn people(entities: &[Entity]) -> HashSet<String> {
    let persons = entities.iter().filter(|entity| entity.kind == Kind::Person && entity.words_count() > 1);
    persons.flat_map(|person| person.name.split_whitespace().filter_map(fold)).collect()
}

struct Finder<'d> {
    document: &'d Document,
    text: &'d str,
    /// The words of people's names, as keys.
    people: HashSet<String>,
    /// How often the head calls a name a place, and how often something else.
    votes: HashMap<&'d str, (usize, usize)>,
}

impl Finder<'_> {
    /// The place names that a mention of kind place is made of.
    fn parts(&self, mention: Span) -> Vec<Span> {
        let mut parts = Vec::new();
        let mut start = mention.start;
        for (at, c) in mention.text(self.text).char_indices() {
            if matches!(c, ',' | ';' | '/' | '(' | ')' | '[' | '\n') {
                parts.push(Span::new(start, mention.start + at));
                start = mention.start + at + c.len_utf8();
            }
        }
        parts.push(Span::new(start, mention.end));
        parts.into_iter().flat_map(|part| self.halves(self.trimmed(part))).filter(|&part| self.is_place(part)).collect()
    }

    /// "Jiangsu province of eastern China" and "Ohio's Wood County" name two places, unless the whole is known.
    fn halves(&self, part: Span) -> Vec<Span> {
        let words = part.text(self.text);
        let cut = [" of ", "'s ", "’s ", " in ", " and "].iter().find_map(|mark| Some((words.find(mark)?, mark.len())));
        match cut {
            Some((at, length)) if !is_known(words) => {
                let left = self.trimmed(Span::new(part.start, part.start + at));
                let right = self.trimmed(Span::new(part.start + at + length, part.end));
                let known = |span: Span| is_known(span.text(self.text));
                if known(left) && known(right) { vec![left, right] } else { vec![part] }
            }
            _ => vec![part],
        }
    }

    /// Without blanks, articles and words in lower case before the name, and a possessive ending.
    fn trimmed(&self, part: Span) -> Span {
        let words = part.text(self.text);
        let left = words.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
        let mut span = Span::new(part.start + words.len() - left.len(), part.end);
        while let Some((first, _)) = span.text(self.text).split_once(' ') {
            let whole = span.text(self.text);
            let is_small =
                first.starts_with(char::is_lowercase) && !fold(whole).is_some_and(|key| is_printed(whole, &key));
            if !(is_small || matches!(first, "The" | "the")) {
                break;
            }
            span.start += first.len() + 1;
        }
        let words = span.text(self.text);
        let right =
            words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '”' | '“'));
        let right = right.strip_suffix("'s").or_else(|| right.strip_suffix("’s")).unwrap_or(right);
        span.end = span.start + right.len();
        span
    }

    /// Whether a part of what the head calls a place is one.
    fn is_place(&self, part: Span) -> bool {
        let name = part.text(self.text);
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || !name.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '’')) && !is_known(name)
        {
            return false;
        }
        let Some(key) = fold(name) else { return false };
        if regions(name, &key).next().is_some() {
            return true;
        }
        let is_outvoted = self.votes.get(name).is_some_and(|(place, other)| other > place);
        let is_person = || !name.contains(' ') && self.people.contains(&key);
        if (is_outvoted || is_person()) && !gazetteer::has(&key) || self.names_a_disease(part) {
            return false;
        }
        let is_shouted = !name.contains(char::is_lowercase);
        let is_noun = !name.contains(' ') && [Hint::Building, Hint::Road].iter().any(|&hint| tells(name, hint));
        !(is_noun
            || lexicon::state_of_demonym(name).is_some()
            || tells(name, Hint::People)
            || tells(name, Hint::Direction)
            || lexicon::organisation(name).is_some()
            || is_shouted && letters < 4
            || is_shouted && letters < 6 && !is_known(name)
            || name.contains(|c: char| c.is_ascii_digit()) && !gazetteer::has(&key))
    }

    /// The name with the word behind it, if the tables print both as one: "Korean peninsula".
    fn longer(&self, span: Span) -> Option<Span> {
        let tokens = self.document.tokens();
        let after = tokens.partition_point(|token| token.span.start < span.end);
        let word = tokens.get(after).filter(|token| self.is_next(span.end, token.span.start))?.span;
        let is_noun = [Hint::Land, Hint::Water, Hint::Province].iter().any(|&hint| tells(word.text(self.text), hint));
        let longer = span.cover(word);
        let name = longer.text(self.text);
        (is_noun && fold(name).is_some_and(|key| is_printed(name, &key))).then_some(longer)
    }

    /// "Marburg virus" names a disease, not the town.
    fn names_a_disease(&self, part: Span) -> bool {
        let tokens = self.document.tokens();
        let after = tokens.partition_point(|token| token.span.start < part.end);
        tokens.get(after).is_some_and(|token| {
            self.is_next(part.end, token.span.start) && tells(token.span.text(self.text), Hint::Disease)
        })
    }

    /// Whether something that the head does not call a place is one: all of it is a name that is known for one.
    fn is_place_after_all(&self, mention: &Mention, named: &HashSet<String>) -> bool {
        let name = mention.span.text(self.text);
        let Some(key) = fold(name) else { return false };
        let is_other = lexicon::state_of_demonym(name).is_some() && lexicon::state(name).is_none()
            || tells(name, Hint::People)
            || tells(name, Hint::Direction)
            || lexicon::organisation(name).is_some()
            || is_short_form(name)
            || !name.starts_with(char::is_uppercase);
        if is_other || mention.kind == Kind::Person && self.people.contains(&key) {
            return false;
        }
        let is_town = || {
            let known = |entry: &Entry| {
                matches!(entry.feature, Feature::City | Feature::Capital) && entry.population >= KNOWN_TOWN
            };
            mention.kind != Kind::Work && key.len() > 3 && gazetteer::entries(&key).iter().any(known)
        };
        let is_listed = regions(name, &key).next().is_some();
        let is_seen = named.contains(&key);
        match mention.kind {
            Kind::Group | Kind::Organization => is_listed || is_seen || is_town(),
            Kind::Person => {
                is_listed || is_seen || is_town() && mention.span.text(self.text).contains(char::is_lowercase)
            }
            _ => is_listed || is_seen,
        }
    }

    /// Adds names that the head left unmarked: those of the tables, and what stands behind a town and a comma.
    fn add_unmarked(&self, names: &[&Mention], spans: &mut Spans) {
        let tokens = self.document.tokens();
        let mut before: Vec<usize> = spans.0.values().map(|(span, _)| span.end).collect();
        before.sort_unstable();
        let mut marked: Vec<Span> = names.iter().map(|mention| mention.span).collect();
        marked.sort_unstable();
        let (mut next, mut mark) = (0, 0);
        while let Some(token) = tokens.get(next) {
            while marked.get(mark).is_some_and(|marked| marked.end <= token.span.start) {
                mark += 1;
            }
            let is_free = |span: Span| !marked.iter().skip(mark).take(3).any(|marked| marked.overlaps(span));
            let follows = before.partition_point(|&end| end <= token.span.start).checked_sub(1).is_some_and(|at| {
                before.get(at).is_some_and(|&end| is_comma(self.text.get(end..token.span.start).unwrap_or_default()))
            });
            let found = (1..=LONGEST_TOKENS).rev().find_map(|length| {
                let span = self.run(tokens, next, length)?;
                (is_free(span) && self.is_listed_name(span, follows)).then_some((span, length))
            });
            match found {
                Some((span, length)) => {
                    spans.add(span, false);
                    next += length;
                }
                None => next += 1,
            }
        }
    }

    /// `length` tokens on, all words, the first and last with a capital.
    fn run(&self, tokens: &[Token], first: usize, length: usize) -> Option<Span> {
        let run = tokens.get(first..first + length)?;
        let (head, tail) = (run.first()?.span, run.last()?.span);
        let is_capital = |span: Span| span.text(self.text).starts_with(char::is_uppercase);
        let is_word = run.iter().all(|token| token.kind == TokenKind::Word);
        let span = head.cover(tail);
        (is_word && is_capital(head) && is_capital(tail) && !span.text(self.text).contains('\n')).then_some(span)
    }

    fn is_listed_name(&self, span: Span, follows_a_place: bool) -> bool {
        let name = span.text(self.text);
        let Some(key) = fold(name) else { return false };
        if is_short_form(name) && !follows_a_place || self.people.contains(&key) {
            return false;
        }
        regions(name, &key).any(|region| {
            follows_a_place
                || name.contains(' ')
                || matches!(region.kind, "country" | "continent")
                || region.kind == "admin1" && region.country == Some("US")
        })
    }

    /// Whether `next` stands behind `name` and a comma.
    fn is_within(&self, name: Span, next: Span) -> bool {
        is_comma(self.text.get(name.end..next.start).unwrap_or_default())
    }

    /// The nouns that stand at a name: its last word, the word behind it, and the noun before "of".
    fn hints(&self, span: Span) -> Vec<Hint> {
        let words: Vec<&str> = span.text(self.text).split(' ').collect();
        let own = words.last().filter(|_| words.len() > 1).into_iter().chain(words.first().filter(|_| words.len() > 1));
        let tokens = self.document.tokens();
        let after = tokens.partition_point(|token| token.span.start < span.end);
        let behind = tokens.get(after).filter(|token| self.is_next(span.end, token.span.start)).map(|token| token.span);
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let word = |back: usize| Some(tokens.get(first.checked_sub(back)?)?.span.text(self.text));
        let before = match word(1) {
            Some("of") => word(2),
            Some("the") if word(2) == Some("of") => word(3),
            other => other.filter(|other| tells(other, Hint::City) || tells(other, Hint::Water)),
        };
        let around = behind.map(|behind| behind.text(self.text)).into_iter().chain(before);
        let kinds = [Hint::Province, Hint::District, Hint::City, Hint::Water, Hint::Land];
        let told = own.copied().chain(around).filter_map(hints).flatten().copied();
        let mut told: Vec<Hint> = told.filter(|hint| kinds.contains(hint)).collect();
        told.sort_unstable_by_key(|hint| *hint as u8);
        told.dedup();
        told
    }

    fn follows_preposition(&self, span: Span) -> bool {
        let first = self.document.tokens().partition_point(|token| token.span.end <= span.start);
        let word = |back: usize| Some(self.document.tokens().get(first.checked_sub(back)?)?.span.text(self.text));
        let before = if word(1) == Some("the") { word(2) } else { word(1) };
        before.is_some_and(|before| before == "and" || does(before, Work::Preposition))
    }

    fn is_next(&self, end: usize, start: usize) -> bool {
        self.text.get(end..start).is_some_and(|gap| gap == " ")
    }
}

fn is_comma(gap: &str) -> bool {
    let gap = gap.trim_start_matches('.');
    gap.starts_with(',') && gap.len() < 4 && gap[1..].trim().is_empty()
}

/// Whether the tables or the gazetteer know a place of that name.
fn is_known(name: &str) -> bool {
    let name = name.strip_prefix("the ").unwrap_or(name);
    fold(name).is_some_and(|key| regions(name, &key).next().is_some() || gazetteer::has(&key))
}
