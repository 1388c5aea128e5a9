//! Names → entities: "Mr. Ortega", "Ortega’s" and "Daniela Ortega" are one, the Ortegas of one family are not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::heads::{self, Head, Name};
use super::lexicon::{self, Gender};
use super::names::{self, Words};
use super::roles::{self, Role};
use super::{Entity, pronouns, tagged};
use crate::document::{Document, Span};
use crate::mentions::{Kind, Mention};

/// The entities of an article, in the order in which they are made, and what leads to them.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub entities: Vec<Entity>,
    /// Every name in the text, in order, with the entity it stands for.
    pub names: Vec<Name>,
    /// Entities by every word of their names, in lower case.
    by_word: HashMap<String, BTreeSet<usize>>,
    /// Entities by each of their names of several words.
    by_name: HashMap<(Kind, Vec<String>), usize>,
    /// People with a full name, by how their family name begins.
    by_opening: HashMap<String, BTreeSet<usize>>,
    /// Entities that a table names, by kind and the table's name.
    by_table: HashMap<(Kind, String), usize>,
    /// Where each entity is named, so far.
    starts: Vec<BTreeSet<usize>>,
    /// Where people are named, in order, whoever they are.
    people: Vec<usize>,
}

/// How many entities that share a word with a name not met before are compared with it; the latest are.
const MOST_ALIKE: usize = 12;
/// How near, in bytes, the last mention of a person speaks for them once more.
const NEAR_BYTES: usize = 400;
/// How many long names an acronym is held against.
const MOST_ACRONYMS: usize = 200;

impl Cast {
    /// The entities that the names among `mentions` stand for.
    pub(super) fn of_names(document: &Document, mentions: &[Mention]) -> Cast {
        let names: Vec<Mention> = tagged::names(document, mentions);
        let people = names.iter().filter(|name| name.kind == Kind::Person).map(|name| name.span.start);
        let mut cast = Cast { people: people.collect(), ..Cast::default() };
        // Full names first, so that a headline's "Ortega" finds the Daniela Ortega of the text below it.
        let long = |mention: &&Mention| {
            mention.kind != Kind::Person || Words::of_person(mention.span.text(document.text())).0.len() > 1
        };
        let (long, short): (Vec<&Mention>, Vec<&Mention>) = names.iter().partition(long);
        for mention in long {
            cast.add(document, mention);
        }
        cast.names.sort_unstable_by_key(|name| name.span);
        for mention in short {
            cast.add(document, mention);
        }
        cast.names.sort_unstable_by_key(|name| name.span);
        cast.join_acronyms();
        for entity in &mut cast.entities {
            entity.mentions.sort_unstable();
        }
        cast
    }

    /// Names that stand inside `span`, in order.
    pub(super) fn names_in(&self, span: Span) -> &[Name] {
        let first = self.names.partition_point(|name| name.span.start < span.start);
        let end = self.names.partition_point(|name| name.span.start < span.end);
        self.names.get(first..end.max(first)).unwrap_or_default()
    }

    /// Who `source` names.
    pub(super) fn heads(&self, document: &Document, source: Span) -> Vec<Head> {
        let kind = |name: Name| self.entities.get(name.entity).map(|entity| entity.kind);
        heads::heads(document, source, self.names_in(source), kind)
    }

    /// An entity without a name in the text, known by `words`.
    pub(super) fn push(&mut self, entity: Entity) -> usize {
        self.entities.push(entity);
        self.starts.push(BTreeSet::new());
        self.entities.len() - 1
    }

    /// The entity of a state, made if nobody has named it.
    pub(super) fn state(&mut self, state: lexicon::State) -> usize {
        let key = (Kind::Place, state.name.to_owned());
        if let Some(&known) = self.by_table.get(&key) {
            return known;
        }
        let at = self.push(Entity { country: state.code, ..Entity::new(state.name.to_owned(), Kind::Place, true) });
        self.by_table.insert(key, at);
        at
    }

    /// The entity of an organisation of the table, made if nobody has named it.
    pub(super) fn organisation(&mut self, known: lexicon::Organisation) -> usize {
        let key = (Kind::Organization, known.name.to_owned());
        if let Some(&at) = self.by_table.get(&key) {
            return at;
        }
        let entity = Entity::new(known.name.to_owned(), Kind::Organization, true);
        let at = self.push(Entity { country: known.country, sector: known.sector, ..entity });
        self.by_table.insert(key, at);
        at
    }

    /// The organisation called by these words, made if nobody has called one so.
    pub(super) fn body(&mut self, words: Vec<String>, make: impl FnOnce() -> Entity) -> usize {
        let key = (Kind::Organization, words);
        if let Some(&known) = self.by_name.get(&key) {
            return known;
        }
        let at = self.push(make());
        self.by_name.insert(key, at);
        at
    }

    fn add(&mut self, document: &Document, mention: &Mention) {
        let text = mention.span.text(document.text());
        let words = match mention.kind {
            Kind::Person => Words::of_person(text),
            Kind::Organization => Words::of_body(text),
            _ => Words::of(text),
        };
        if words.is_empty() || is_time(&words) {
            return;
        }
        let roles = if mention.kind == Kind::Person { person_roles(document, mention.span) } else { Vec::new() };
        let gender = roles.iter().find_map(Role::gender);
        let found = match mention.kind {
            Kind::Person => self.person(document, mention.span, &words, gender),
            kind => self.other(kind, text, &words),
        };
        // Nobody else's "Ana", beside "Ivo Holm": Ana Holm.
        let lent = found.is_none().then(|| self.lent_surname(document, mention, &words)).flatten();
        let full = lent.map(|surname| format!("{text} {surname}"));
        let text = full.as_deref().unwrap_or(text);
        let words = if full.is_some() { Words::of_person(text) } else { words };
        let at = found.unwrap_or_else(|| self.introduce(mention, text, words.clone()));
        if let Some(entity) = self.entities.get_mut(at) {
            entity.take_name(text, mention, &words);
            entity.gender = entity.gender.or(gender);
            entity.gender_of_name = entity.gender_of_name.or_else(|| given_name_gender(&words, text));
            entity.roles.extend(roles);
        }
        if let Some(starts) = self.starts.get_mut(at) {
            starts.insert(mention.span.start);
        }
        self.index(at, mention.kind, &words);
        self.names.push(Name { span: mention.span, entity: at });
    }

    /// The family name that a given name shares with the name behind it: "Ana and Ivo Holm".
    fn lent_surname(&self, document: &Document, mention: &Mention, words: &Words) -> Option<String> {
        let next = self.names.get(self.names.partition_point(|name| name.span.start < mention.span.end))?;
        let beside = document.text().get(mention.span.end..next.span.start)? == " and ";
        let given = mention.kind == Kind::Person
            && words.0.len() == 1
            && lexicon::is_given_name(mention.span.text(document.text()));
        let other = self.entities.get(next.entity).filter(|entity| entity.kind == Kind::Person && beside && given)?;
        let name = next.span.text(document.text());
        (Words::of_person(name).0.len() > 1).then(|| {
            other.words.last().and_then(|last| {
                name.split_whitespace().find(|part| Words::of(part).last() == Some(last)).map(str::to_owned)
            })
        })?
    }

    fn index(&mut self, at: usize, kind: Kind, words: &Words) {
        for word in &words.0 {
            self.by_word.entry(word.clone()).or_default().insert(at);
        }
        if words.0.len() > 1 {
            self.by_name.entry((kind, words.0.clone())).or_insert(at);
            if let Some(opening) = words.last().and_then(names::opening).filter(|_| kind == Kind::Person) {
                self.by_opening.entry(opening.to_owned()).or_default().insert(at);
            }
        }
    }

    /// The latest entities with that word in a name.
    fn alike(&self, word: &str) -> impl Iterator<Item = usize> {
        self.by_word.get(word).into_iter().flat_map(|known| known.iter().rev()).take(MOST_ALIKE).copied()
    }

    /// The person of that name: a full name must match; a single word finds the family name, then the given name, of whoever was named last.
    fn person(&self, document: &Document, span: Span, words: &Words, gender: Option<Gender>) -> Option<usize> {
        let last = words.last()?;
        let fits = |at: &usize| {
            self.entities.get(*at).is_some_and(|entity| {
                let known = entity.likely_gender();
                let clash = gender.is_some() && known.is_some() && gender != known;
                entity.kind == Kind::Person && !clash
            })
        };
        let candidates: Vec<usize> = self.alike(last).filter(fits).collect();
        if words.0.len() == 1 && candidates.is_empty() {
            return self.misspelt(last).filter(fits);
        }
        if words.0.len() > 1 {
            let met = self.by_name.get(&(Kind::Person, words.0.clone())).copied().filter(fits);
            return met
                .into_iter()
                .chain(candidates)
                .find(|&at| self.entities.get(at).is_some_and(|entity| entity.words.same_person(words)));
        }
        let rank = |at: usize| {
            let entity = self.entities.get(at)?;
            let before = self.starts.get(at).and_then(|starts| starts.range(..span.start).next_back().copied());
            // By a given name only who has been introduced before.
            let is_family = entity.words.last() == Some(last)
                || entity.words.0.len() > 2 && entity.words.0.first().map(String::as_str) == Some(last);
            if !is_family && before.is_none() {
                return None;
            }
            let near = before.is_some_and(|start| span.start - start < NEAR_BYTES);
            Some(((is_family, entity.mentions.len() + if near { 2 } else { 0 }, before), at))
        };
        // Of a family, whom the pronouns beside the name are of.
        let of = |at: &usize| self.entities.get(*at).and_then(Entity::likely_gender);
        let is_family = candidates.iter().any(|at| of(at) == Some(Gender::Female))
            && candidates.iter().any(|at| of(at) == Some(Gender::Male));
        let told = if is_family { pronouns::gender_beside(document, span, &self.people) } else { None };
        let meant = |at: &usize| told.is_none() || of(at).is_none() || of(at) == told;
        candidates.into_iter().filter(meant).filter_map(rank).max().map(|(_, at)| at)
    }

    /// The person whose family name is nearly that word, which nobody bears: "Solbreg" beside Ada Solberg. None where it could be several.
    fn misspelt(&self, word: &str) -> Option<usize> {
        let alike = self.by_opening.get(names::opening(word)?)?.iter().rev().take(MOST_ALIKE).copied();
        let near = |at: &usize| {
            let last = self.entities.get(*at).and_then(|entity| entity.words.last());
            last.is_some_and(|last| names::nearly(last, word))
        };
        let mut found = alike.filter(near);
        found.next().filter(|_| found.next().is_none())
    }

    fn other(&self, kind: Kind, text: &str, words: &Words) -> Option<usize> {
        let candidates: Vec<usize> = self
            .alike(words.last()?)
            .filter(|&at| self.entities.get(at).is_some_and(|entity| entity.kind == kind))
            .collect();
        let equal = |at: &&usize| {
            self.entities.get(**at).is_some_and(|entity| entity.words == *words || entity.name == canonical(kind, text))
        };
        let by_table = || self.by_table.get(&(kind, canonical(kind, text))).copied();
        let same_body = |at: &&usize| {
            kind == Kind::Organization && self.entities.get(**at).is_some_and(|entity| entity.words.same_body(words))
        };
        let met = || self.by_name.get(&(kind, words.0.clone())).copied();
        met()
            .or_else(|| candidates.iter().find(equal).copied())
            .or_else(by_table)
            .or_else(|| candidates.iter().find(same_body).copied())
    }

    fn introduce(&mut self, mention: &Mention, text: &str, words: Words) -> usize {
        let name = canonical(mention.kind, text);
        let mut entity = Entity::new(name, mention.kind, true);
        match mention.kind {
            Kind::Place => {
                entity.country =
                    lexicon::state(text).or_else(|| lexicon::state_of_capital(text)).and_then(|state| state.code)
            }
            Kind::Group => entity.country = lexicon::state_of_demonym(text).and_then(|state| state.code),
            Kind::Organization => {
                let known = lexicon::organisation(without_article(text));
                entity.country = known.and_then(|known| known.country);
                entity.sector = known.and_then(|known| known.sector).or_else(|| sector_of(&words));
            }
            _ => {}
        }
        entity.words = words;
        let key = lexicon_knows(mention.kind, text).then(|| (mention.kind, entity.name.clone()));
        let at = self.push(entity);
        if let Some(key) = key {
            self.by_table.insert(key, at);
        }
        at
    }

    /// "NDU" and the Northport Dockers’ Union are one.
    fn join_acronyms(&mut self) {
        let organisations: Vec<usize> =
            (0..self.entities.len()).filter(|&at| self.entities[at].kind == Kind::Organization).collect();
        let mut by_letter: HashMap<char, Vec<usize>> = HashMap::new();
        for &at in &organisations {
            if self.entities[at].words.0.len() > 1
                && let Some(first) = self.entities[at].words.0[0].chars().next()
            {
                by_letter.entry(first).or_default().push(at);
            }
        }
        let mut into: BTreeMap<usize, usize> = BTreeMap::new();
        for &short in &organisations {
            let name = self.entities[short].name.clone();
            let Some(first) = name.to_lowercase().chars().next() else { continue };
            let stands_for = |long: &&usize| {
                let other = **long != short && !into.contains_key(*long);
                other && names::is_acronym(&name, &self.entities[**long].name)
            };
            if let Some(&long) = by_letter.get(&first).and_then(|all| all.iter().take(MOST_ACRONYMS).find(stands_for)) {
                into.insert(short, long);
            }
        }
        for (&short, &long) in &into {
            let mentions = std::mem::take(&mut self.entities[short].mentions);
            self.entities[long].mentions.extend(mentions);
        }
        for name in &mut self.names {
            name.entity = into.get(&name.entity).copied().unwrap_or(name.entity);
        }
    }
}

/// Weekdays and months are no names of anybody.
fn is_time(words: &Words) -> bool {
    words.0.iter().all(|word| lexicon::is_time(word) || word.chars().all(|c| c.is_ascii_digit()))
}

/// The sector that a body's own name tells: "Northport University", "Ministry of Fisheries".
fn sector_of(words: &Words) -> Option<&'static str> {
    let of = words.0.iter().position(|word| matches!(word.as_str(), "of" | "for"));
    let head =
        of.and_then(|at| at.checked_sub(1)).and_then(|at| words.0.get(at)).map(String::as_str).or(words.last())?;
    lexicon::body_noun(head).and_then(|noun| noun.sector)
}

/// The roles beside one mention of a person.
fn person_roles(document: &Document, name: Span) -> Vec<Role> {
    let beside = [roles::before(document, name), roles::apposed(document, name), roles::after(document, name)];
    beside.into_iter().flatten().collect()
}

/// What the given names of a full name suggest, where they agree.
fn given_name_gender(words: &Words, text: &str) -> Option<Gender> {
    let given = words.0.get(..words.0.len().saturating_sub(1))?;
    let is_given = |part: &&str| Words::of(part).0.first().is_some_and(|word| given.contains(word));
    let mut genders = text.split_whitespace().filter(is_given).filter_map(lexicon::gender_of_name);
    let first = genders.next()?;
    genders.all(|gender| gender == first).then_some(first)
}

pub(super) fn without_article(text: &str) -> &str {
    text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text)
}

/// Whether a table gives this spelling its canonical name.
fn lexicon_knows(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Place => lexicon::state(without_article(text)).is_some(),
        Kind::Organization => lexicon::organisation(without_article(text)).is_some(),
        _ => false,
    }
}

/// The name to call it by: the table's for states and organisations that it knows, else the text's own.
fn canonical(kind: Kind, text: &str) -> String {
    let bare = without_article(text);
    let known = match kind {
        Kind::Place => lexicon::state(bare).map(|state| state.name),
        Kind::Organization => lexicon::organisation(bare).map(|known| known.name),
        _ => None,
    };
    known.unwrap_or(bare).to_owned()
}
