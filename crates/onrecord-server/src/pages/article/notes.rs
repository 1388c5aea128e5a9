//! Statements and events → the notes beside the text.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use onrecord::record::{
    Because, Certainty, CharSpan, Event, Form, Party, Polarity, Review, Source, Statement, Status, Tense,
};
use onrecord_store::views::ArticleView;

use super::history::{self, Entry};
use super::text::mark_of;
use crate::marked::{Item, Words};

/// A note.
pub enum Note<'a> {
    /// Who says what.
    Statement(StatementNote<'a>),
    /// What is reported to have happened.
    Event(EventNote<'a>),
}

/// A note on a statement.
pub struct StatementNote<'a> {
    /// What the script and the forms need.
    pub item: ItemView<'a>,
    /// The number that stands behind its words.
    pub number: usize,
    /// Those who say it, as far as they are known.
    pub speakers: Vec<Who<'a>>,
    /// The words for who says it; none where the text names nobody.
    pub source: Option<String>,
    /// The kind of saying.
    pub act: &'a str,
    /// Whether it is told not to have been said.
    pub is_negated: bool,
    /// How its words are given.
    pub form: &'static str,
    /// The number and mark of the statement that holds it.
    pub inside: Option<(usize, &'a str)>,
    /// To whom, through what, when, where.
    pub details: Vec<(&'static str, String)>,
}

/// A note on an event.
pub struct EventNote<'a> {
    /// What the script and the forms need.
    pub item: ItemView<'a>,
    /// PLOVER type.
    pub kind: &'a str,
    /// PLOVER mode.
    pub mode: Option<&'a str>,
    /// The words that tell of it.
    pub trigger: String,
    /// Who did it.
    pub actors: Vec<Who<'a>>,
    /// Whom it was done to.
    pub recipients: Vec<Who<'a>>,
    /// When, where, how many.
    pub details: Vec<(&'static str, String)>,
    /// Not happened, not certain, not past.
    pub doubts: Vec<&'static str>,
    /// The number and mark of the statement that tells of it; none where the article does.
    pub asserted_by: Option<(usize, &'a str)>,
}

/// What notes on statements and events have in common.
pub struct ItemView<'a> {
    /// The permalink.
    pub id: &'a str,
    /// Its end, behind that of the article.
    pub mark: &'a str,
    /// `s3`.
    pub in_record: &'a str,
    /// Calibrated probability.
    pub confidence: f64,
    /// What a person made of it.
    pub status: Option<&'static str>,
    /// What found it, and who its speaker is.
    pub because: Vec<RuleView<'a>>,
    /// The parts whose words can be set.
    pub parts: Vec<PartView<'a>>,
    /// What people said of it, in the order of the log.
    pub log: Vec<Entry<'a>>,
    /// Whether it may be said who says it.
    pub has_speaker: bool,
}

/// Somebody in a note.
pub struct Who<'a> {
    /// The name.
    pub name: &'a str,
    /// The permalink across articles, where there is one.
    pub subject: Option<&'a str>,
}

/// A rule, explained.
pub struct RuleView<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it finds.
    pub finds: &'static str,
    /// How it decides.
    pub how: &'static str,
}

impl<'a> RuleView<'a> {
    /// The rule of that name.
    fn named(name: &'a str) -> RuleView<'a> {
        let (finds, how) = onrecord::rule(name).map(|rule| (rule.finds, rule.how)).unwrap_or_default();
        RuleView { name, finds, how }
    }

    /// Its name as a place in the page.
    pub fn anchor(&self) -> String {
        self.name.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    }
}

/// The rules that found the statements and events of an article, each once.
pub fn rules(article: &ArticleView) -> Vec<RuleView<'_>> {
    let record = &article.record;
    let of_sources = record.statements.iter().filter_map(|statement| statement.source.because.as_ref());
    let of_statements = record.statements.iter().map(|statement| &statement.because);
    let all = of_statements.chain(of_sources).chain(record.events.iter().map(|event| &event.because));
    let names: BTreeSet<_> = all.map(|because| because.rule.as_str()).collect();
    names.into_iter().map(RuleView::named).collect()
}

/// A part of an item.
pub struct PartView<'a> {
    /// As fields are called.
    pub field: &'static str,
    /// What people read.
    pub name: &'static str,
    /// Where its words are.
    pub spans: Vec<(CharSpan, &'a str)>,
}

/// All that notes are made of.
pub struct Notes<'a> {
    article: &'a ArticleView,
    words: Words<'a>,
    logs: RefCell<HashMap<&'a str, Vec<Entry<'a>>>>,
    statements: HashMap<&'a str, usize>,
    entities: HashMap<&'a str, usize>,
}

impl<'a> Notes<'a> {
    /// Looks through an article once.
    pub fn of(article: &'a ArticleView) -> Notes<'a> {
        let record = &article.record;
        Notes {
            article,
            words: Words::new(&record.document.text),
            logs: RefCell::new(history::by_item(article)),
            statements: record.statements.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect(),
            entities: record.entities.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect(),
        }
    }

    /// The note on an item.
    pub fn note(&self, item: Item) -> Option<Note<'a>> {
        let record = &self.article.record;
        match item {
            Item::Statement(at) => {
                record.statements.get(at).map(|statement| Note::Statement(self.statement(at, statement)))
            }
            Item::Event(at) => record.events.get(at).map(|event| Note::Event(self.event(at, event))),
        }
    }

    fn statement(&self, at: usize, statement: &'a Statement) -> StatementNote<'a> {
        let source = &statement.source;
        let because = [Some(&statement.because), source.because.as_ref()];
        let parts = [
            ("source", "Source", &source.spans),
            ("cue", "Cue", &statement.cue.spans),
            ("content", "Content", &statement.content.spans),
        ];
        let words = |span: Option<CharSpan>| span.map(|span| self.words.of(span).to_owned());
        let time = statement.time.as_deref().and_then(|id| self.time(id));
        let details = [
            ("to", words(statement.addressee)),
            ("through", words(statement.medium)),
            ("when", with(words(statement.said_when), time)),
            ("where", words(statement.said_where)),
        ];
        StatementNote {
            item: ItemView {
                has_speaker: true,
                ..self.item(
                    Item::Statement(at),
                    &statement.id,
                    statement.review.as_ref(),
                    &because,
                    &parts,
                    statement.confidence,
                )
            },
            number: at + 1,
            speakers: self.speakers(source),
            source: (!source.spans.is_empty()).then(|| self.words.joined(&source.spans)),
            act: &statement.cue.act,
            is_negated: statement.polarity == Polarity::Negative,
            form: match statement.form {
                Form::Direct => "direct",
                Form::Indirect => "indirect",
                Form::Mixed => "mixed",
            },
            inside: statement.parent.as_deref().and_then(|id| self.by_id(id)),
            details: told(details),
        }
    }

    fn event(&self, at: usize, event: &'a Event) -> EventNote<'a> {
        let parts = [("trigger", "Trigger", &event.trigger.spans)];
        let place = event.place.as_deref().and_then(|id| self.place(id));
        let toll = |ids: &[String]| {
            let amounts: Vec<_> = ids.iter().filter_map(|id| self.quantity(id)).collect();
            (!amounts.is_empty()).then(|| amounts.join(", "))
        };
        let details = [
            ("when", event.time.as_deref().and_then(|id| self.time_with_words(id))),
            ("where", place),
            ("dead", toll(&event.toll.dead)),
            ("injured", toll(&event.toll.injured)),
            ("held", toll(&event.toll.arrested)),
            ("took part", toll(&event.toll.size)),
        ];
        let doubts = [
            (event.polarity == Polarity::Negative).then_some("did not happen"),
            match event.certainty {
                Certainty::Certain => None,
                Certainty::Probable => Some("probable"),
                Certainty::Possible => Some("possible"),
            },
            match event.tense {
                Tense::Past => None,
                Tense::Ongoing => Some("goes on"),
                Tense::Future => Some("to come"),
                Tense::Hypothetical => Some("hypothetical"),
            },
        ];
        EventNote {
            item: self.item(
                Item::Event(at),
                &event.id,
                event.review.as_ref(),
                &[Some(&event.because)],
                &parts,
                event.confidence,
            ),
            kind: &event.kind,
            mode: event.mode.as_deref(),
            trigger: self.words.joined(&event.trigger.spans),
            actors: event.actors.iter().map(|party| self.party(party)).collect(),
            recipients: event.recipients.iter().map(|party| self.party(party)).collect(),
            details: told(details),
            doubts: doubts.into_iter().flatten().collect(),
            asserted_by: self.by_id(&event.asserted_by),
        }
    }

    fn item(
        &self,
        item: Item,
        in_record: &'a str,
        review: Option<&'a Review>,
        because: &[Option<&'a Because>],
        parts: &[(&'static str, &'static str, &'a Vec<CharSpan>)],
        confidence: f64,
    ) -> ItemView<'a> {
        let id = match item {
            Item::Statement(at) => self.article.statements.get(at),
            Item::Event(at) => self.article.events.get(at),
        };
        let id = id.map(String::as_str).unwrap_or_default();
        let rules = because.iter().flatten().map(|because| RuleView::named(&because.rule));
        let parts = parts.iter().map(|(field, name, spans)| PartView {
            field,
            name,
            spans: spans.iter().map(|span| (*span, self.words.of(*span))).collect(),
        });
        ItemView {
            id,
            mark: mark_of(self.article, item),
            in_record,
            confidence,
            status: review.and_then(|review| review.status).map(|status| match status {
                Status::Accepted => "accepted",
                Status::Rejected => "rejected",
                Status::Edited => "edited",
            }),
            because: rules.collect(),
            parts: parts.collect(),
            log: self.logs.borrow_mut().remove(id).unwrap_or_default(),
            has_speaker: false,
        }
    }

    fn by_id(&self, id: &str) -> Option<(usize, &'a str)> {
        let at = *self.statements.get(id)?;
        Some((at + 1, mark_of(self.article, Item::Statement(at))))
    }

    /// Those who say a statement, by name; of those without one, the words of the source tell more.
    fn speakers(&self, source: &Source) -> Vec<Who<'a>> {
        source.entities.iter().filter_map(|id| self.entity(id)).collect()
    }

    /// Somebody with a name.
    fn entity(&self, id: &str) -> Option<Who<'a>> {
        let at = *self.entities.get(id)?;
        let entity = self.article.record.entities.get(at).filter(|entity| entity.named)?;
        let subject = self.article.subjects.get(at).and_then(Option::as_ref);
        let name = subject.map_or(&entity.name, |subject| &subject.name);
        Some(Who { name, subject: subject.map(|subject| subject.id.as_str()) })
    }

    fn party(&self, party: &'a Party) -> Who<'a> {
        let entity = party.entity.as_deref().and_then(|id| self.entity(id));
        entity.unwrap_or_else(|| Who { name: self.words.of(party.span), subject: None })
    }

    /// The value of a time.
    fn time(&self, id: &str) -> Option<String> {
        let time = self.article.record.times.iter().find(|time| time.id == id)?;
        time.value.as_deref().map(super::words::day)
    }

    fn time_with_words(&self, id: &str) -> Option<String> {
        let time = self.article.record.times.iter().find(|time| time.id == id)?;
        with(Some(self.words.of(time.span).to_owned()), self.time(id))
    }

    fn place(&self, id: &str) -> Option<String> {
        self.article.record.places.iter().find(|place| place.id == id).map(|place| place.name.clone())
    }

    fn quantity(&self, id: &str) -> Option<String> {
        self.article.record.quantities.iter().find(|one| one.id == id).map(super::facts::amount)
    }
}

/// Words with what they stand for, where that is something else.
fn with(words: Option<String>, value: Option<String>) -> Option<String> {
    match (words, value) {
        (Some(words), Some(value)) if words != value => Some(format!("{words} ({value})")),
        (words, _) => words,
    }
}

fn told<const N: usize>(details: [(&'static str, Option<String>); N]) -> Vec<(&'static str, String)> {
    details.into_iter().filter_map(|(name, words)| words.map(|words| (name, words))).collect()
}
