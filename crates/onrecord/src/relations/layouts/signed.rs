//! Quotations signed with a name behind a dash: “I will not vote.” — Ada Okoro. The dash is the cue.

use super::Layout;
use crate::document::{Document, Quotation, Span, TokenKind};
use crate::relations::settle;

/// The longest signature, in words.
const LONGEST_WORDS: usize = 12;
/// How far a signature is looked for, in bytes.
const LONGEST_BYTES: usize = 240;
/// The shortest quotation that is signed, in words: "‘A’ — B" is a list, not a quotation.
const SHORTEST_QUOTATION_WORDS: usize = 3;

/// The signed quotations of a document.
pub(super) fn signed(document: &Document) -> Vec<Layout> {
    document
        .quotations()
        .iter()
        .filter(|quotation| quotation.parent.is_none())
        .filter_map(|quotation| signature(document, quotation))
        .collect()
}

fn signature(document: &Document, quotation: &Quotation) -> Option<Layout> {
    quotation.close?;
    let text = document.text();
    let rest = text.get(quotation.span.end..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\n', '\r']).len();
    let dash = rest.get(gap..)?.chars().next().filter(|c| matches!(c, '—' | '–' | '―'))?;
    let cue = Span::new(quotation.span.end + gap, quotation.span.end + gap + dash.len_utf8());
    let near = text.get(cue.end..text.floor_char_boundary(cue.end + LONGEST_BYTES))?;
    let line = near.split(['\n', '\r', '\u{2028}', '\u{2029}']).next()?;
    let end = line.find(['“', '"', '”']).map_or(line.len(), |at| at);
    let source = settle::source(document, Span::new(cue.end, cue.end + line.get(..end)?.len()))?;
    let words = source.text(text).split_whitespace().count();
    let named = is_name(source.text(text));
    let only_name = ends_line(text, source);
    let long = document.tokens_in(quotation.inner()).iter().filter(|token| token.kind == TokenKind::Word).count();
    let fits = named && only_name && words <= LONGEST_WORDS && long >= SHORTEST_QUOTATION_WORDS;
    fits.then(|| Layout { source, cue: Some(cue), content: vec![quotation.span] })
}

/// Whether the words before the first comma are a name: capitals, with at most one small word among them ("de", "of").
fn is_name(signature: &str) -> bool {
    let name = signature.split([',', '(']).next().unwrap_or_default();
    let starts_small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let small = name.split_whitespace().filter(starts_small).count();
    small <= 1 && signature.chars().next().is_some_and(char::is_uppercase)
}

/// Whether nothing but punctuation follows in the line, or the next quotation.
fn ends_line(text: &str, source: Span) -> bool {
    let rest = text.get(source.end..).unwrap_or_default();
    let next = rest.trim_start_matches(['.', ' ', '\u{a0}', ')']);
    next.is_empty() || next.starts_with(['\n', '\r', '“', '"'])
}

#[cfg(test)]
mod tests {
    use super::signed;
    use crate::document::Document;

    fn found(text: &str) -> Vec<(String, String)> {
        let document = Document::new(text);
        let words = |span: crate::document::Span| span.text(text).to_owned();
        signed(&document)
            .into_iter()
            .map(|s| (words(s.source), s.content.iter().map(|&c| words(c)).collect()))
            .collect()
    }

    #[test]
    fn a_name_behind_a_dash_signs() {
        let expected = [("Ada Okoro, 43, of Lagos".to_owned(), "“I will not vote this time.”".to_owned())];
        assert_eq!(found("“I will not vote this time.” — Ada Okoro, 43, of Lagos."), expected);
        assert_eq!(found("“I will not vote this time.”\n― Ada Okoro, 43, of Lagos\nThe count goes on."), expected);
    }

    #[test]
    fn a_dash_that_goes_on_does_not() {
        assert_eq!(found("He called it “a very bad day” — The mayor then left the room and the meeting was over."), []);
        assert_eq!(found("They sang “We shall not be moved” – and left."), []);
    }
}
