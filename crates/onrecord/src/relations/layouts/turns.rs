//! Turns of a transcript or an interview: MARTINEZ: I never saw the memo. The colon is the cue, the paragraph is what was said.
//!
//! A name in capitals and a colon start a turn, as do "Q:" and "A:". One alone is a headline or a label: a document has turns from three on.

use std::collections::HashMap;

use super::Layout;
use crate::document::{Document, Span};
use crate::relations::{Statement, form};

/// From how many turns on a document is a transcript.
const LEAST_TURNS: usize = 3;
/// The longest name of a speaker, in bytes.
const LONGEST_NAME_BYTES: usize = 48;

/// What may stand before the name of a speaker.
const LEADING: [char; 13] = ['"', '“', '”', '\'', '‘', '„', '«', '-', '–', '—', ' ', '[', '('];

/// Who asks, who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Asks,
    Answers,
}

/// Whether a paragraph is a question or an answer by its label: "Q:", "A:".
pub(crate) fn part(paragraph: &str) -> Option<Part> {
    let words = paragraph.trim_start_matches(LEADING);
    let asks = words.starts_with("Q:").then_some(Part::Asks);
    asks.or_else(|| words.starts_with("A:").then_some(Part::Answers))
}

/// The turns of a document.
pub(super) fn turns(document: &Document) -> Vec<Layout> {
    let turns: Vec<Layout> = document.paragraphs().iter().filter_map(|&paragraph| turn(document, paragraph)).collect();
    if turns.len() < LEAST_TURNS { Vec::new() } else { turns }
}

/// Adds to each answer and question the paragraphs without a label behind it, up to the next label; what follows the last one may be anybody's.
pub(in crate::relations) fn take_in_answers(document: &Document, statements: &mut [Statement]) {
    let text = document.text();
    let paragraphs = document.paragraphs();
    let labelled: Vec<usize> = (0..paragraphs.len()).filter(|&at| part(paragraphs[at].text(text)).is_some()).collect();
    let mut turns: HashMap<usize, usize> = HashMap::new();
    for (at, statement) in statements.iter().enumerate() {
        let has_colon = statement.cue.is_some_and(|cue| cue.text(text) == ":");
        let label = statement.source.filter(|source| has_colon && matches!(source.text(text), "Q" | "A"));
        turns.extend(label.map(|label| (paragraphs.partition_point(|paragraph| paragraph.end <= label.start), at)));
    }
    for pair in labelled.windows(2) {
        let [first, next] = pair else { continue };
        let Some(turn) = turns.get(first).and_then(|&at| statements.get_mut(at)) else { continue };
        let there = turn.content.clone();
        let behind = paragraphs.get(first + 1..*next).unwrap_or_default().iter();
        let new = behind.filter(|paragraph| !there.iter().any(|span| span.overlaps(**paragraph)));
        turn.content.extend(new.filter_map(|&paragraph| said(document, paragraph)));
        turn.form = form::form(document, &turn.content);
    }
}

fn turn(document: &Document, paragraph: Span) -> Option<Layout> {
    let text = document.text();
    let words = paragraph.text(text);
    let colon = words.find(':').filter(|&at| at <= LONGEST_NAME_BYTES)?;
    let name = words.get(..colon)?.trim_start_matches(LEADING);
    let label = name.chars().any(char::is_alphabetic)
        && !name.chars().any(char::is_lowercase)
        && !name.contains(['.', '!', '?'])
        || titled(name);
    if !label || name.chars().count() < 2 && !matches!(name, "Q" | "A") || name.split_whitespace().count() > 5 {
        return None;
    }
    let start = paragraph.start + colon - name.len();
    let cue = Span::new(paragraph.start + colon, paragraph.start + colon + 1);
    let said = said(document, Span::new(cue.end, paragraph.end))?;
    Some(Layout { source: Span::new(start, paragraph.start + colon), cue: Some(cue), content: vec![said] })
}

/// "Sen. RUIZ", "GOV. PENCE": an abbreviated title before a name in capitals.
fn titled(name: &str) -> bool {
    let Some((title, rest)) = name.split_once(". ") else { return false };
    title.len() <= 5
        && title.chars().all(char::is_alphabetic)
        && rest.chars().any(char::is_alphabetic)
        && !rest.contains(char::is_lowercase)
}

/// The words of a turn, with what stops them ("—.") left at their end.
fn said(document: &Document, rest: Span) -> Option<Span> {
    let tokens = document.tokens_in(rest);
    let span = tokens.first()?.span.cover(tokens.last()?.span);
    span.text(document.text()).contains(char::is_alphanumeric).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::turns;
    use crate::document::Document;

    fn found(text: &str) -> Vec<(String, String)> {
        let document = Document::new(text);
        let words = |span: crate::document::Span| span.text(text).to_owned();
        turns(&document).into_iter().map(|s| (words(s.source), s.content.iter().map(|&c| words(c)).collect())).collect()
    }

    #[test]
    fn names_in_capitals_take_turns() {
        let text = "RUIZ: Did you see it?\n\"MARTINEZ: I never saw the memo.\nMs. RUIZ: Never?";
        let expected = [("RUIZ", "Did you see it?"), ("MARTINEZ", "I never saw the memo."), ("Ms. RUIZ", "Never?")];
        assert_eq!(found(text), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn questions_and_answers_take_turns() {
        let text = "Q: Why did you leave?\nA: I was tired.\nQ: And now?";
        let expected = [("Q", "Why did you leave?"), ("A", "I was tired."), ("Q", "And now?")];
        assert_eq!(found(text), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn one_label_is_no_transcript() {
        assert_eq!(found("PHOTOS: The flood in pictures.\nThe river rose: nobody knew.\nNATO: a history."), []);
    }
}
