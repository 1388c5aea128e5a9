//! Spans as the model marks them → spans as the record promises: whole words, settled against the quotation marks of the article.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::acts;
use crate::document::{Document, Quotation, QuoteState, Span, Token, TokenKind};

/// Punctuation that belongs to nobody at the ends of a span, outside quotation marks.
const LOOSE: &[char] = &[',', ';', ':', '–', '—', '-', '.', '…', '\u{2026}'];
/// The share of a quotation that the model must have marked for all of it to be taken.
const MOST: f64 = 0.6;

/// The source: whole words, without a possessive ending or loose punctuation.
pub(super) fn source(document: &Document, span: Span) -> Option<Span> {
    let span = trimmed(document, whole_words(document, span)?, |token| {
        is_loose(document, token) || is_possessive(document, token)
    })?;
    Some(balanced_brackets(document, span))
}

/// The cue: whole words, and the colon where that is all it is.
pub(super) fn cue(document: &Document, span: Span) -> Option<Span> {
    let whole = whole_words(document, span)?;
    let settled = trimmed(document, whole, |token| is_loose(document, token)).unwrap_or(whole);
    Some(without_time(document, settled))
}

/// Leaves out of the cue of a quotation how and where it was said: “Yes,” he said in a statement. The statement is its medium.
pub(super) fn without_manner(document: &Document, cue: Span) -> Span {
    let inside = document.tokens_in(cue);
    let words: Vec<String> = inside.iter().map(|token| token.span.text(document.text()).to_lowercase()).collect();
    match acts::manner(&words).and_then(|at| inside.get(at.checked_sub(1)?)) {
        Some(last) => Span::new(cue.start, last.span.end),
        None => cue,
    }
}

/// Leaves the time of speaking out of a cue: "said earlier this week" reports with "said".
fn without_time(document: &Document, cue: Span) -> Span {
    let inside = document.tokens_in(cue);
    let kind = |token: &Token| CUE_TIMES.get(token.span.text(document.text()).to_lowercase().as_str()).copied();
    let kept = inside.iter().rposition(|token| kind(token).is_none()).map_or(0, |last| last + 1);
    let ends_in_time = inside.last().and_then(kind) == Some("time");
    match inside.get(..kept).and_then(<[Token]>::last) {
        Some(last) if ends_in_time => Span::new(cue.start, last.span.end),
        _ => cue,
    }
}

/// The word and kind columns of the table.
static CUE_TIMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| acts::two_columns(onrecord_data::CUE_TIMES));

/// The content: whole words with their quotation marks. `others` are the source and cue of the statement, which it keeps out of.
pub(super) fn content(document: &Document, spans: &[Span], others: &[Span]) -> Vec<Span> {
    let mut settled: Vec<Span> = Vec::with_capacity(spans.len());
    for &span in spans {
        let Some(span) = whole_words(document, span) else { continue };
        let span = with_marks(document, span, others);
        let Some(span) = trimmed(document, span, |token| {
            is_loose(document, token) && document.quote_state(token.span.start) == QuoteState::Outside
        }) else {
            continue;
        };
        let only_marks = document
            .tokens_in(span)
            .iter()
            .all(|token| !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Symbol));
        if !only_marks {
            settled.push(span);
        }
    }
    settled.sort_unstable();
    let apart = without_asides(document, joined(document, settled))
        .into_iter()
        .flat_map(|span| without(document, span, others));
    without_narrative(document, apart.collect(), others)
}

/// Leaves out a clause that hangs behind a comma on words that are reported, and is the article's own: "cited the treaty, signed in 1994".
fn without_asides(document: &Document, content: Vec<Span>) -> Vec<Span> {
    let text = document.text();
    let mut out: Vec<Span> = Vec::with_capacity(content.len());
    for span in content {
        let gap = out.last().and_then(|last| text.get(last.end..span.start)).map(str::trim);
        let first = document.tokens_in(span).first().map(|token| token.span.text(text)).unwrap_or_default();
        let hangs = matches!(first, "which" | "who" | "where" | "whose") || first.len() > 4 && first.ends_with("ed");
        if !(gap == Some(",") && hangs) {
            out.push(span);
        }
    }
    out
}

/// Leaves out what the article goes on to tell behind a quotation that its tag has closed: “Are we there?” she said, but he was asleep.
fn without_narrative(document: &Document, content: Vec<Span>, others: &[Span]) -> Vec<Span> {
    let text = document.text();
    let tag = others.iter().map(|span| span.end).max().unwrap_or(0);
    let quoted = |span: &Span| document.tokens_in(*span).iter().any(|token| token.kind == TokenKind::QuotationMark);
    let first_is_quoted = content.first().is_some_and(|first| {
        let tokens = document.tokens_in(*first);
        let mark = |token: Option<&Token>| token.is_some_and(|token| token.kind == TokenKind::QuotationMark);
        mark(tokens.first()) && mark(tokens.last()) && first.end <= tag
    });
    let narrates = |span: &Span| {
        let mut words = document.tokens_in(*span).iter().map(|token| token.span.text(text));
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        matches!(first, "but" | "and" | "as" | "while" | "which" | "who") && second != "that"
            || first == "in" && second == "which"
    };
    content
        .into_iter()
        .filter(|span| !(first_is_quoted && span.start >= tag && !quoted(span) && narrates(span)))
        .collect()
}

/// `span` in the pieces that `others` leave of it, those without a word dropped.
fn without(document: &Document, span: Span, others: &[Span]) -> Vec<Span> {
    let mut pieces = vec![span];
    for other in others {
        let cut = |piece: Span| {
            if piece.overlaps(*other) {
                vec![Span::new(piece.start, other.start), Span::new(other.end.min(piece.end), piece.end)]
            } else {
                vec![piece]
            }
        };
        pieces = pieces.into_iter().flat_map(cut).collect();
    }
    if pieces.len() == 1 {
        return pieces;
    }
    let trimmed = |piece: Span| trimmed(document, piece, |token| is_loose(document, token));
    let has_words = |piece: &Span| piece.text(document.text()).contains(char::is_alphanumeric);
    pieces.into_iter().filter(|piece| !piece.is_empty()).filter_map(trimmed).filter(has_words).collect()
}

/// Spans that overlap, or that only white space parts within a paragraph, become one.
fn joined(document: &Document, spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end || is_gap(document, *last, span) => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

fn is_gap(document: &Document, a: Span, b: Span) -> bool {
    let between = Span::new(a.end, b.start).text(document.text());
    !between.contains(['\n', '\r']) && between.trim().is_empty()
}

/// Takes in the marks of quotations that the span touches, and all of a quotation most of which it holds.
fn with_marks(document: &Document, span: Span, others: &[Span]) -> Span {
    let mut out = span;
    for quotation in quotations_touching(document, span) {
        let inner = quotation.inner();
        let held = Span::new(inner.start.max(span.start), inner.end.min(span.end)).len();
        let free = !others.iter().any(|other| other.overlaps(quotation.span));
        if free && held > 0 && held as f64 >= MOST * inner.len() as f64 {
            out = out.cover(quotation.span);
            continue;
        }
        // A quotation with the source or cue in it is not what was said: its marks are somebody else's.
        if others.iter().any(|other| inner.contains(*other)) {
            continue;
        }
        if starts_at(document, span, inner) {
            out = out.cover(quotation.open);
        }
        if let Some(close) = quotation.close
            && ends_at(document, span, inner)
        {
            out = out.cover(close);
        }
    }
    without_stray_marks(document, out)
}

/// Whether `span` starts with the first words of the quotation's `inner`.
fn starts_at(document: &Document, span: Span, inner: Span) -> bool {
    span.start >= inner.start
        && span.start < inner.end
        && Span::new(inner.start, span.start).text(document.text()).trim().is_empty()
}

/// Whether `span` ends with the last words of the quotation's `inner`, punctuation aside.
fn ends_at(document: &Document, span: Span, inner: Span) -> bool {
    let punctuation = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '?' | '!' | '…' | ';' | '-' | '–' | '—');
    span.end > inner.start
        && span.end <= inner.end
        && Span::new(span.end, inner.end).text(document.text()).chars().all(punctuation)
}

/// Drops a closing mark at the start, or symbols (emoji) before an opening one, and an opening mark at the end.
fn without_stray_marks(document: &Document, span: Span) -> Span {
    let inside = document.tokens_in(span);
    let mut out = span;
    let state = |token: &Token| document.quote_state(token.span.start);
    if let [first, second, ..] = inside
        && state(first) == QuoteState::Closing
    {
        out.start = second.span.start;
    }
    if let Some(mark) = inside.iter().find(|token| token.kind != TokenKind::Symbol)
        && state(mark) == QuoteState::Opening
    {
        out.start = mark.span.start;
    }
    if let [.., before, last] = inside
        && state(last) == QuoteState::Opening
        && before.span.end >= out.start
    {
        out.end = before.span.end;
    }
    out
}

/// The quotations that share a character or an edge with `span`, outermost first.
fn quotations_touching(document: &Document, span: Span) -> impl Iterator<Item = &Quotation> {
    let all = document.quotations();
    let first = all.partition_point(|quotation| quotation.open.start < span.start);
    let end = all.partition_point(|quotation| quotation.open.start <= span.end);
    // Quotations nest: those that began before and still touch the span are the last one begun and what it stands in.
    let mut around: Vec<&Quotation> = Vec::new();
    let mut at = first.checked_sub(1);
    while let Some(quotation) = at.and_then(|at| all.get(at)) {
        around.push(quotation);
        at = quotation.parent;
    }
    let around = around.into_iter().rev().filter(move |quotation| quotation.span.end >= span.start);
    around.chain(all.get(first..end).unwrap_or_default())
}

fn whole_words(document: &Document, span: Span) -> Option<Span> {
    let inside = document.tokens_in(span);
    Some(inside.first()?.span.cover(inside.last()?.span))
}

/// `span` without the tokens at its ends that `loose` names; `None` if nothing is left.
fn trimmed(document: &Document, span: Span, loose: impl Fn(&Token) -> bool) -> Option<Span> {
    let inside = document.tokens_in(span);
    let first = inside.iter().position(|token| !loose(token))?;
    let last = inside.iter().rposition(|token| !loose(token))?;
    Some(inside.get(first)?.span.cover(inside.get(last)?.span))
}

fn is_loose(document: &Document, token: &Token) -> bool {
    token.kind == TokenKind::Punctuation && token.span.text(document.text()).chars().all(|c| LOOSE.contains(&c))
}

fn is_possessive(document: &Document, token: &Token) -> bool {
    matches!(token.span.text(document.text()), "'s" | "’s" | "'" | "’")
}

/// Takes in a closing bracket right after a span that opens one.
fn balanced_brackets(document: &Document, span: Span) -> Span {
    let words = span.text(document.text());
    let open = words.matches('(').count() > words.matches(')').count();
    let closes = document.text().get(span.end..).is_some_and(|rest| rest.starts_with(')'));
    if open && closes { Span::new(span.start, span.end + 1) } else { span }
}

#[cfg(test)]
mod tests {
    use super::{content, source};
    use crate::document::{Document, Span};

    fn span(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    fn settled(text: &str, words: &[&str], others: &[&str]) -> Vec<String> {
        let document = Document::new(text);
        let spans = |all: &[&str]| all.iter().map(|words| span(text, words)).collect::<Vec<_>>();
        content(&document, &spans(words), &spans(others)).into_iter().map(|s| s.text(text).to_owned()).collect()
    }

    #[test]
    fn a_quotation_is_taken_with_its_marks() {
        assert_eq!(
            settled("“We held the bridge,” Ito said.", &["We held the bridge"], &["Ito", "said"]),
            ["“We held the bridge,”"]
        );
        assert_eq!(settled("Ito said: \"We held.\" Then rain.", &["We held"], &["Ito", "said"]), ["\"We held.\""]);
        assert_eq!(
            settled("Ito called it “a fine old stone bridge”.", &["it “a fine old stone"], &["Ito", "called"]),
            ["it “a fine old stone bridge”"]
        );
    }

    #[test]
    fn the_other_side_of_a_mark_stays_out() {
        assert_eq!(settled("“Go,” Ito said. “Stay.”", &["” Ito said. “Stay"], &[]), ["Ito said. “Stay.”"]);
        assert_eq!(settled("Ito said that rain fell.", &["that rain fell."], &[]), ["that rain fell"]);
    }

    #[test]
    fn the_time_of_speaking_is_no_cue() {
        for (cue, kept) in [
            ("said earlier this week", "said"),
            ("wrote on Monday", "wrote"),
            ("is to say on", "is to say on"),
            ("may", "may"),
        ] {
            assert_eq!(super::cue(&Document::new(cue), span(cue, cue)).map(|s| s.text(cue)), Some(kept));
        }
    }

    #[test]
    fn what_the_article_goes_on_to_tell_is_no_content() {
        let text = "“Are we there?” she said, but he was asleep.";
        assert_eq!(settled(text, &["“Are we there?”", "but he was asleep"], &["she", "said"]), ["“Are we there?”"]);
        let text = "Ito cited the treaty, signed in 1994.";
        assert_eq!(settled(text, &["the treaty", "signed in 1994"], &["Ito", "cited"]), ["the treaty"]);
    }

    #[test]
    fn how_a_quotation_was_said_is_no_cue() {
        for (cue, kept) in [("said in a statement", "said"), ("called on", "called on"), ("told", "told")] {
            let document = Document::new(cue);
            assert_eq!(super::without_manner(&document, span(cue, cue)).text(cue), kept);
        }
    }

    #[test]
    fn a_source_ends_before_its_possessive() {
        let text = "The port’s claim that";
        assert_eq!(source(&Document::new(text), span(text, "The port’s")).map(|s| s.text(text)), Some("The port"));
    }
}
