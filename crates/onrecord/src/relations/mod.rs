//! Head scores → statements and events: who said what, what is told to happen, and where the article shows it.
//!
//! Reads the document and what the encoder gives for it; produces [`Statement`]s and [`Event`]s in the order of the text. A statement without a source
//! is a finding, not an error. May import `document` and `encoder`. Absent on purpose: who "he" is.

mod acts;
mod arguments;
mod cameo;
mod circumstances;
mod confidence;
mod cues;
mod events;
mod form;
mod found;
mod layouts;
mod nested;
mod order;
mod places;
mod runs_on;
mod settle;
mod sources;

use std::collections::{HashMap, HashSet};

use crate::document::{Document, Span};
use crate::encoder::{ModelFault, Segment, Vectors, Window, Worker};
use crate::rules::{CUED, NESTED};
use arguments::Transitions;
pub use cameo::code as cameo_code;
pub(crate) use circumstances::{Circumstances, add as add_circumstances};
pub(crate) use confidence::Evidence;
pub(crate) use events::{Certainty, Event, EventEvidence, Tense};
pub(crate) use form::Form;
use found::{Found, Heads};
pub(crate) use layouts::{Part, part};

/// How deep statements are looked for inside statements.
const DEEPEST: usize = 16;
/// One statement, in bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    pub source: Option<Span>,
    pub cue: Option<Span>,
    pub content: Vec<Span>,
    pub form: Form,
    pub lemma: Option<String>,
    pub act: &'static str,
    pub parent: Option<usize>,
    pub confidence: f64,
    pub rule: &'static str,
    pub evidence: Option<Evidence>,
    pub circumstances: Circumstances,
}

impl Statement {
    /// Where it starts in the text.
    pub(crate) fn start(&self) -> usize {
        self.content.iter().chain(&self.source).chain(&self.cue).map(|span| span.start).min().unwrap_or(0)
    }
}

/// Of two statements with the same source and content, the surer stays: one act of saying has one cue.
fn without_doubles(statements: &mut Vec<Statement>) {
    let mut surest: HashMap<(Option<Span>, Vec<Span>), f64> = HashMap::new();
    for statement in statements.iter() {
        let best = surest.entry((statement.source, statement.content.clone())).or_default();
        *best = best.max(statement.confidence);
    }
    let mut kept: HashSet<(Option<Span>, Vec<Span>)> = HashSet::new();
    statements.retain(|statement| {
        let key = (statement.source, statement.content.clone());
        surest.get(&key).is_some_and(|best| statement.confidence >= *best) && kept.insert(key)
    });
}

/// What is found in one document, each in the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Findings {
    /// Parents before the statements that they hold.
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
}

/// Finds statements and events; made once for a worker.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    worker: Worker,
    arguments: Transitions,
    parties: Transitions,
    /// What is less sure than this is left out; `None` leaves out what is not worth keeping.
    pub least: Option<f64>,
}

impl Finder {
    pub(crate) fn new(worker: Worker) -> Finder {
        let arguments = Transitions::read(onrecord_data::TRANSITIONS);
        let parties = Transitions::read(onrecord_data::PARTY_TRANSITIONS);
        Finder { worker, arguments, parties, least: None }
    }

    /// The statements and events of a document. `seen` is shown each window of the document once, with what the encoder gives for it, so that other heads
    /// are read in the same pass.
    pub(crate) fn find(
        &self,
        document: &Document,
        seen: &mut impl FnMut(&Window, &Vectors),
    ) -> Result<Findings, ModelFault> {
        let paragraphs: Vec<Segment> =
            document.paragraphs().iter().map(|&paragraph| self.segment(document, paragraph, true)).collect();
        let heads = Heads { worker: &self.worker, arguments: &self.arguments, parties: Some(&self.parties) };
        let mut reading = found::read(heads, document, &paragraphs, seen)?;
        reading.hints.sort_unstable();
        let mut statements: Vec<Statement> =
            reading.found.iter().filter_map(|found| self.cued(document, found, None)).collect();
        without_doubles(&mut statements);
        runs_on::take_in(document, &mut statements);
        layouts::add(document, &mut statements);
        layouts::take_in_answers(document, &mut statements);
        runs_on::take_in_paragraphs(document, &mut statements);
        statements.retain(|statement| statement.confidence >= self.least.unwrap_or_default());
        let mut first = 0;
        for _ in 0..DEEPEST {
            let deeper = self.inside(document, &statements, first, &reading.hints)?;
            if deeper.is_empty() {
                break;
            }
            first = statements.len();
            statements.extend(deeper);
        }
        nested::adopt(&mut statements);
        let statements = order::in_text_order(statements);
        let events = events::events(document, &reading.events, &statements, self.least);
        Ok(Findings { statements, events })
    }

    /// The statements inside the contents of `statements[first..]`; a cue that has its statement already gets no second one.
    fn inside(
        &self,
        document: &Document,
        statements: &[Statement],
        first: usize,
        hints: &[Span],
    ) -> Result<Vec<Statement>, ModelFault> {
        let later = statements.iter().enumerate().skip(first);
        let worth = later.flat_map(|(holder, statement)| {
            let parts = nested::worth_reading(document, statement, hints);
            parts.into_iter().map(move |part| (holder, part))
        });
        let (holders, parts): (Vec<usize>, Vec<Span>) = worth.unzip();
        let segments: Vec<Segment> = parts.iter().map(|&part| self.segment(document, part, false)).collect();
        let heads = Heads { worker: &self.worker, arguments: &self.arguments, parties: None };
        let reading = found::read(heads, document, &segments, &mut |_, _| {})?;
        let mut cues: HashSet<Span> = statements.iter().filter_map(|statement| statement.cue).collect();
        let inner =
            reading.found.iter().filter_map(|found| self.cued(document, found, Some(*holders.get(found.segment)?)));
        let inner = inner.filter(|statement| nested::within(statement, statements));
        Ok(inner.filter(|statement| statement.cue.is_none_or(|cue| cues.insert(cue))).collect())
    }

    fn segment(&self, document: &Document, span: Span, takes_context: bool) -> Segment {
        let pieces = self.worker.model.vocabulary.pieces(document, span);
        Segment::new(&pieces, document.sentences(), takes_context)
    }

    /// What was found, as a statement, if it is sure enough to be one.
    fn cued(&self, document: &Document, found: &Found, parent: Option<usize>) -> Option<Statement> {
        let source = found.source.and_then(|span| settle::source(document, span));
        let cue = settle::cue(document, found.cue)?;
        let others: Vec<Span> = source.into_iter().chain([cue]).collect();
        let content = settle::content(document, &found.content, &others);
        let form = form::form(document, &content);
        let cue = if form != Form::Indirect { settle::without_manner(document, cue) } else { cue };
        let evidence = Evidence {
            nested: parent.is_some(),
            sourced: source.is_some(),
            named: source.is_some_and(|source| sources::tells_who(document, source)),
            form,
            ..found.heads
        };
        let confidence = confidence::confidence(evidence);
        let act = acts::act(cue.text(document.text()));
        let worth_keeping = confidence::least(evidence, acts::is_speech(act.act));
        if content.is_empty() || confidence < self.least.unwrap_or(worth_keeping) {
            return None;
        }
        let rule = if evidence.nested { NESTED } else { CUED };
        Some(Statement {
            source,
            cue: Some(cue),
            form,
            content,
            lemma: Some(act.lemma),
            act: act.act,
            parent,
            confidence,
            rule,
            evidence: Some(evidence),
            circumstances: Circumstances::default(),
        })
    }
}
