//! Through the text in order: names, pronouns and sources, each resolved by what was seen before it; then those who take part in events (`parties`).

mod parties;

use std::collections::{HashMap, HashSet};

use super::cast::Cast;
use super::heads::{Head, Name, Phrase};
use super::said::Said;
use super::salience::{Here, Memory, Seen};
use super::{Resolved, author, interview, lexicon, nominals, posts, pronouns};
use super::{country_in, roles::Role};
use crate::document::{Document, QuoteState, Span, Token, TokenKind};
use crate::mentions::{self, Form, Kind, Mention, Number, Person, Pronoun, Shape};
use crate::relations::{self, Event, Part, Statement, part};
use crate::rules::{AUTHOR, INTERVIEW, NAMED, NOMINAL, PRONOUN, QUOTED};

/// What the walk comes by.
#[derive(Debug, Clone, Copy)]
enum Step {
    Source(usize),
    Name(Name),
    Pronoun(Span, Pronoun),
}

/// Resolves the sources of `statements`, the pronouns of the text and the parties of `events`.
pub(super) fn walk(
    document: &Document,
    cast: Cast,
    mentions: &[Mention],
    statements: &[Statement],
    events: &[Event],
) -> Resolved {
    let speakers = vec![Vec::new(); statements.len()];
    let because = vec![None; statements.len()];
    let guest = interview::guest(document, &cast);
    let mut walker = Walker {
        document,
        cast,
        mentions,
        statements,
        speakers,
        because,
        memory: Memory::default(),
        last_led: None,
        said: Said::new(statements),
        nominals: HashMap::new(),
        guest,
    };
    let heads: Vec<Vec<Head>> = statements.iter().map(|statement| walker.heads(statement)).collect();
    for (statement, heads) in heads.iter().enumerate() {
        walker.name(statement, heads);
    }
    for (_, step) in steps(document, &walker.cast, statements) {
        match step {
            Step::Source(statement) => {
                walker.source(statement, heads.get(statement).map(Vec::as_slice).unwrap_or_default())
            }
            Step::Name(name) => walker.note(name.entity, name.span, false),
            Step::Pronoun(span, pronoun) => walker.pronoun(span, pronoun),
        }
    }
    for (statement, heads) in heads.iter().enumerate() {
        walker.first_person(statement, heads);
    }
    let parties = walker.parties(events);
    let Walker { mut cast, speakers, because, .. } = walker;
    for entity in &mut cast.entities {
        if entity.country.is_none() {
            entity.country = entity.roles.iter().find_map(|role| country_in(document, role.span));
        }
    }
    Resolved { entities: cast.entities, speakers, because, parties }
}

/// All names, pronouns and sources in the order of the text; a source before the name it starts with. "They" and "it" stand for too much that is no
/// mention to be followed where they do not speak.
fn steps(document: &Document, cast: &Cast, statements: &[Statement]) -> Vec<(usize, Step)> {
    let sources =
        statements.iter().enumerate().filter_map(|(at, statement)| Some((statement.source?.start, Step::Source(at))));
    let names = cast.names.iter().map(|&name| (name.span.start, Step::Name(name)));
    let sourced: HashSet<Span> = statements.iter().filter_map(|statement| statement.source).collect();
    let third = |token: &Token| {
        let pronoun = mentions::pronoun(token.span.text(document.text()))?;
        let personal =
            pronoun.person == Person::Third && matches!(pronoun.shape, Shape::Female | Shape::Male | Shape::Anyone);
        (personal && !sourced.contains(&token.span)).then_some((token.span.start, Step::Pronoun(token.span, pronoun)))
    };
    let pronouns = document.tokens().iter().filter(|token| token.kind == TokenKind::Word).filter_map(third);
    let mut steps: Vec<(usize, Step)> = sources.chain(names).chain(pronouns).collect();
    steps.sort_by_key(|(at, step)| (*at, !matches!(step, Step::Source(_))));
    steps
}

/// The sources behind `span` that were resolved by their names, with the first entity of each, in the order of the text.
fn named_sources<'a>(
    statements: &'a [Statement],
    speakers: &'a [Vec<usize>],
    span: Span,
) -> impl Iterator<Item = (Span, usize)> + 'a {
    let from = statements.partition_point(|statement| statement.start() < span.start);
    let pairs = statements.iter().zip(speakers).skip(from).take(MOST_AHEAD);
    pairs.filter_map(move |(statement, speakers)| {
        let source = statement.source.filter(|source| source.start >= span.end)?;
        Some((source, *speakers.first()?))
    })
}

/// How many statements are looked through for somebody who is named only later.
const MOST_AHEAD: usize = 12;

struct Walker<'a> {
    document: &'a Document,
    cast: Cast,
    mentions: &'a [Mention],
    statements: &'a [Statement],
    speakers: Vec<Vec<usize>>,
    because: Vec<Option<&'static str>>,
    memory: Memory,
    /// The sentence that has had its first name.
    last_led: Option<usize>,
    said: Said,
    /// Noun phrases that several statements share as their source.
    nominals: HashMap<Span, usize>,
    /// Who answers, if the article is an interview.
    guest: Option<usize>,
}

impl Walker<'_> {
    fn heads(&self, statement: &Statement) -> Vec<Head> {
        let Some(source) = statement.source else { return Vec::new() };
        self.cast.heads(self.document, source)
    }

    /// Sources that are names need nothing else to be resolved.
    fn name(&mut self, statement: usize, heads: &[Head]) {
        for head in heads {
            if let Head::Name { name, role } = head {
                let entity = self.state_meant(*name);
                self.speaks(statement, entity, NAMED);
                let role = role.and_then(|span| Role::of(self.document, span));
                if let (Some(role), Some(entity)) = (role, self.cast.entities.get_mut(entity)) {
                    entity.gender = entity.gender.or(role.gender());
                    entity.roles.push(role);
                }
            }
        }
    }

    /// The state that a capital speaks for: "Washington has pledged".
    fn state_called(&self, name: Name) -> Option<lexicon::State> {
        let entity = self.cast.entities.get(name.entity)?;
        // Kerry Washington is nobody's capital; a lone "Washington" is, whatever the model takes it for.
        let may_be_place = entity.kind != Kind::Person || entity.words_count() == 1;
        lexicon::state_of_capital(name.span.text(self.document.text())).filter(|_| may_be_place)
    }

    /// The entity that speaks under a name; the mention of a capital goes to its state.
    fn state_meant(&mut self, name: Name) -> usize {
        match self.state_called(name) {
            Some(state) => self.lead_to(name, state),
            None => name.entity,
        }
    }

    /// Takes a mention of a capital or people for one of its state.
    fn lead_to(&mut self, name: Name, state: lexicon::State) -> usize {
        let entity = self.cast.state(state);
        if entity != name.entity
            && let Some(other) = self.cast.entities.get_mut(name.entity)
            && let Some(at) = other.mentions.iter().position(|mention| mention.span == name.span)
        {
            other.mentions.remove(at);
        }
        if let Some(entity) = self.cast.entities.get_mut(entity) {
            entity.mentions.push(Mention { span: name.span, kind: Kind::Place, form: Form::Name });
        }
        entity
    }

    fn source(&mut self, statement: usize, heads: &[Head]) {
        for head in heads {
            match head {
                Head::Name { name, .. } => {
                    let speaker = self.state_called(*name).map_or(name.entity, |state| self.cast.state(state));
                    self.note(speaker, name.span, true);
                }
                Head::Pronoun { span, pronoun } if pronoun.person == Person::Third => {
                    if let Some(entity) = self.antecedent(*span, *pronoun, Some(statement)) {
                        self.speaks(statement, entity, PRONOUN);
                        self.mention(entity, *span, Form::Pronoun);
                        self.learn_gender(entity, *pronoun);
                        self.note(entity, *span, true);
                    }
                }
                Head::Pronoun { .. } => {}
                Head::Nominal(phrase) => {
                    let known = self.kind_of(phrase.span);
                    let answers = interview::label(self.document, phrase.span) == Some(Part::Answers);
                    let (entity, rule) = match self.guest.filter(|_| answers) {
                        Some(guest) => (guest, INTERVIEW),
                        None => (self.called(phrase, known), NOMINAL),
                    };
                    self.speaks(statement, entity, rule);
                    self.mention(entity, phrase.span, Form::Nominal);
                    self.note(entity, phrase.span, true);
                }
            }
        }
    }

    fn pronoun(&mut self, span: Span, pronoun: Pronoun) {
        if let Some(entity) = self.antecedent(span, pronoun, None) {
            self.mention(entity, span, Form::Pronoun);
            self.note(entity, span, false);
        }
    }

    fn antecedent(&mut self, span: Span, pronoun: Pronoun, statement: Option<usize>) -> Option<usize> {
        if matches!(pronoun.shape, Shape::RelativePerson | Shape::Relative) {
            return self.relative(span, pronoun);
        }
        let said_by = self.said_by(span, statement);
        let says = statement
            .and_then(|at| self.statements.get(at))
            .filter(|statement| statement.form == relations::Form::Direct);
        let here = Here {
            sentence: self.sentence(span),
            paragraph: self.paragraph(span),
            quoted: self.document.quote_state(span.start) == QuoteState::Inside,
            speaks: statement.is_some(),
            said_by: &said_by,
            says: says.map(|statement| statement.content.as_slice()).unwrap_or_default(),
        };
        self.memory.antecedent(&self.cast.entities, pronoun, &here)
    }

    /// "…, who said": the last mention of the sentence before it.
    fn relative(&mut self, span: Span, pronoun: Pronoun) -> Option<usize> {
        let sentence = self.document.sentence_at(span.start)?;
        let person = |kind: Kind| pronoun.shape == Shape::Relative || matches!(kind, Kind::Person | Kind::Group);
        let named = self
            .cast
            .names
            .iter()
            .take(self.cast.names.partition_point(|name| name.span.start < span.start))
            .next_back();
        let named = named
            .filter(|name| {
                // "Hewitt, who": a person, whatever the model takes the name for.
                let gap = self.document.text().get(name.span.end..span.start);
                let beside = matches!(gap, Some(", " | " "));
                name.span.start >= sentence.start
                    && self.cast.entities.get(name.entity).is_some_and(|entity| beside || person(entity.kind))
            })
            .copied();
        let nouns = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let noun = self.mentions.get(..nouns)?.iter().rev().take(6).find(|mention| {
            mention.form == Form::Nominal && person(mention.kind) && mention.span.start >= sentence.start
        });
        match (named, noun) {
            (Some(name), Some(noun)) if name.span.end < noun.span.start && !noun.span.overlaps(name.span) => {
                self.nominal(noun.span, noun.kind)
            }
            (Some(name), _) => Some(name.entity),
            (None, Some(noun)) => self.nominal(noun.span, noun.kind),
            (None, None) => None,
        }
    }

    fn nominal(&mut self, span: Span, kind: Kind) -> Option<usize> {
        let head = self.cast.heads(self.document, span).into_iter().next()?;
        let Head::Nominal(phrase) = head else { return None };
        let entity = self.called(&phrase, Some(kind));
        self.mention(entity, phrase.span, Form::Nominal);
        Some(entity)
    }

    /// The entity that a noun phrase stands for; the same words in the same place stand for the same one.
    fn called(&mut self, phrase: &Phrase, known: Option<Kind>) -> usize {
        if let Some(&entity) = self.nominals.get(&phrase.span) {
            return entity;
        }
        let speakers = named_sources(self.statements, &self.speakers, phrase.span);
        let entity = nominals::entity(self.document, &mut self.cast, &self.memory, phrase, known, speakers);
        self.nominals.insert(phrase.span, entity);
        entity
    }

    /// Who says the words around `span`, the statement that it is the source of aside.
    fn said_by(&self, span: Span, own: Option<usize>) -> Vec<usize> {
        let parent = own.and_then(|at| self.statements.get(at)).and_then(|statement| statement.parent);
        parent.or_else(|| self.said.around(span, own)).and_then(|at| self.speakers.get(at)).cloned().unwrap_or_default()
    }

    /// "I" and "we" inside a quotation are whoever is quoted, "you" in a question whoever answers.
    fn first_person(&mut self, statement: usize, heads: &[Head]) {
        for head in heads {
            let Head::Pronoun { span, pronoun } = head else { continue };
            if pronoun.person == Person::Second {
                self.second_person(statement, *span);
            }
            if pronoun.person != Person::First {
                continue;
            }
            let mut said_by = self.said_by(*span, Some(statement));
            let mut rule = QUOTED;
            let is_narrator =
                pronoun.number == Number::Singular && self.document.quote_state(span.start) != QuoteState::Inside;
            if said_by.is_empty() && is_narrator {
                said_by.extend(author::of(self.document, &self.cast, span.start));
                rule = AUTHOR;
            }
            for entity in said_by {
                self.mention(entity, *span, Form::Pronoun);
                self.speaks(statement, entity, rule);
            }
        }
    }

    /// "You" in a question of an interview, outside quotation marks, is whoever answers.
    fn second_person(&mut self, statement: usize, span: Span) {
        let paragraph = self.document.paragraph_at(span.start);
        let is_asked = paragraph.is_some_and(|it| part(it.text(self.document.text())) == Some(Part::Asks))
            && self.document.quote_state(span.start) == QuoteState::Outside;
        if let Some(guest) = self.guest.filter(|_| is_asked) {
            self.mention(guest, span, Form::Pronoun);
            self.speaks(statement, guest, INTERVIEW);
        }
    }

    fn speaks(&mut self, statement: usize, entity: usize, rule: &'static str) {
        if let (Some(speakers), Some(because)) = (self.speakers.get_mut(statement), self.because.get_mut(statement)) {
            speakers.push(entity);
            because.get_or_insert(rule);
        }
    }

    fn mention(&mut self, entity: usize, span: Span, form: Form) {
        if let Some(entity) = self.cast.entities.get_mut(entity) {
            entity.mentions.push(Mention { span, kind: entity.kind, form });
        }
    }

    fn learn_gender(&mut self, entity: usize, pronoun: Pronoun) {
        if let Some(entity) = self.cast.entities.get_mut(entity) {
            let told = pronouns::of_pronoun(pronoun);
            // A pronoun against the name is more likely resolved wrongly.
            if entity.gender_of_name.is_none() || entity.gender_of_name == told {
                entity.gender = entity.gender.or(told);
            }
        }
    }

    fn note(&mut self, entity: usize, span: Span, speaks: bool) {
        let sentence = self.sentence(span);
        let leads = self.last_led != Some(sentence);
        self.last_led = Some(sentence);
        self.memory.note(Seen {
            entity,
            sentence,
            paragraph: self.paragraph(span),
            at: span.start,
            leads: leads || speaks,
            speaks,
            quoted: self.document.quote_state(span.start) == QuoteState::Inside,
        });
    }

    fn kind_of(&self, span: Span) -> Option<Kind> {
        let first = self.mentions.partition_point(|mention| mention.span.start < span.start);
        self.mentions
            .get(first..)?
            .iter()
            .take_while(|mention| mention.span.start < span.end)
            .filter(|mention| mention.form == Form::Nominal)
            .last()
            .map(|mention| mention.kind)
    }

    fn sentence(&self, span: Span) -> usize {
        self.document.sentences().partition_point(|sentence| sentence.start <= span.start)
    }

    fn paragraph(&self, span: Span) -> usize {
        self.document.paragraphs().partition_point(|paragraph| paragraph.start <= span.start)
    }
}
