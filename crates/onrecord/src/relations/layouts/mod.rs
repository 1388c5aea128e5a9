//! Statements that the layout of an article shows, with no verb to report them: posts, signed quotations, turns of a transcript.
//!
//! Each layout gives what it sees; what the model has found already stands, and is not given twice.

mod posts;
mod signed;
mod turns;

pub(super) use turns::take_in_answers;
pub(crate) use turns::{Part, part};

use super::{Circumstances, Form, Statement, places::Places};
use crate::document::{Document, Span};
use crate::rules::{POSTED, SIGNED, TURN};

/// A statement as its layout shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Layout {
    source: Span,
    cue: Option<Span>,
    content: Vec<Span>,
}

/// How often a statement of each layout was right on the articles it was tried on: too few to fit a curve.
const CONFIDENCE: [(&str, f64); 3] = [(POSTED, 0.6), (SIGNED, 0.9), (TURN, 0.7)];

/// Adds the statements that layouts show. A model's statement with its cue inside what a layout shows gives way to it, unless it is surer; where
/// another statement already has the words, the layout adds nothing.
pub(super) fn add(document: &Document, statements: &mut Vec<Statement>) {
    let shown = [(POSTED, posts::posts(document)), (SIGNED, signed::signed(document)), (TURN, turns::turns(document))];
    for ((rule, layouts), (_, confidence)) in shown.into_iter().zip(CONFIDENCE) {
        if rule == TURN {
            leave_to(document, &layouts, statements);
        }
        let places = Places::new(statements);
        let mut gives_way = vec![false; statements.len()];
        let mut added: Vec<Statement> = Vec::new();
        for layout in layouts {
            let spans = layout.content.iter().chain(&layout.cue);
            let there: Vec<usize> = spans.flat_map(|&span| places.touching(span)).map(|(_, at)| at).collect();
            let yields = |at: &usize| statements.get(*at).is_some_and(|s| gives_way_to(s, &layout, confidence));
            let is_new = added.last().is_none_or(|last| !overlap(last, &layout));
            if is_new && there.iter().all(yields) {
                for at in there {
                    if let Some(slot) = gives_way.get_mut(at) {
                        *slot = true;
                    }
                }
                added.push(statement(document, layout, rule, confidence));
            }
        }
        let mut gives_way = gives_way.into_iter();
        statements.retain(|_| !gives_way.next().unwrap_or(false));
        statements.append(&mut added);
    }
}

/// A statement that runs on into turns it did not begin in ("Partial transcript as follows:") leaves them to their speakers; one with nothing else
/// to report goes.
fn leave_to(document: &Document, turns: &[Layout], statements: &mut Vec<Statement>) {
    let places = Places::new(statements);
    for turn in turns {
        let Some(paragraph) = document.paragraph_at(turn.source.start) else { continue };
        for (_, at) in places.touching(paragraph) {
            let Some(statement) = statements.get_mut(at) else { continue };
            if statement.cue.is_some_and(|cue| paragraph.overlaps(cue)) {
                continue;
            }
            let before = |span: &Span| Span::new(span.start, span.end.min(paragraph.start));
            let left =
                statement.content.iter().filter(|span| span.start < paragraph.start || !paragraph.overlaps(**span));
            let left = left.filter_map(|span| {
                if paragraph.overlaps(*span) { trimmed(document.text(), before(span)) } else { Some(*span) }
            });
            statement.content = left.collect();
        }
    }
    statements.retain(|statement| !statement.content.is_empty());
}

fn statement(document: &Document, layout: Layout, rule: &'static str, confidence: f64) -> Statement {
    let form = if rule == POSTED { Form::Direct } else { super::form::form(document, &layout.content) };
    let lemma = layout.cue.map(|cue| cue.text(document.text()).to_owned());
    let Layout { source, cue, content } = layout;
    Statement {
        source: Some(source),
        cue,
        content,
        form,
        lemma,
        act: "say",
        parent: None,
        confidence,
        rule,
        evidence: None,
        circumstances: Circumstances::default(),
    }
}

/// Whether a statement of the model is part of what the layout shows: its cue stands inside the layout's content, and it is no surer.
fn gives_way_to(statement: &Statement, layout: &Layout, confidence: f64) -> bool {
    let inside = |cue: Span| layout.content.iter().any(|content| content.contains(cue));
    let same_source = statement.source.is_some_and(|source| source.overlaps(layout.source));
    let found = statement.evidence.is_some() && statement.cue.is_some_and(inside);
    found && !same_source && statement.confidence <= confidence
}

fn overlap(statement: &Statement, layout: &Layout) -> bool {
    statement.content.iter().any(|span| layout.content.iter().any(|content| content.overlaps(*span)))
}

/// A span without the white space at its ends; `None` if it has no letter or digit.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.text(text);
    let start = span.start + (words.len() - words.trim_start().len());
    let span = Span::new(start, start + words.trim().len());
    span.text(text).contains(char::is_alphanumeric).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::{Circumstances, Form, Statement, add};
    use crate::document::{Document, Span};
    use crate::rules::CUED;

    #[test]
    fn an_introduction_leaves_the_turns_to_their_speakers() {
        let text = "A partial transcript follows:\n\"RUIZ: Did you see it?\n\"MOSS: I never did.\n\"RUIZ: Never?\"";
        let document = Document::new(text);
        let follows = text.find("follows").unwrap();
        let content = Span::new(text.find("\"RUIZ").unwrap(), text.len());
        let mut statements = vec![Statement {
            source: None,
            cue: Some(Span::new(follows, follows + "follows".len())),
            content: vec![content],
            form: Form::Direct,
            lemma: None,
            act: "say",
            parent: None,
            confidence: 0.9,
            rule: CUED,
            evidence: None,
            circumstances: Circumstances::default(),
        }];
        add(&document, &mut statements);
        let sources: Vec<&str> = statements.iter().filter_map(|s| s.source.map(|source| source.text(text))).collect();
        assert_eq!((sources, statements.len()), (vec!["RUIZ", "MOSS", "RUIZ"], 3));
    }
}
