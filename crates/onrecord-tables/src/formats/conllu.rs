//! A record → CoNLL-U: tokens and sentences, and in MISC who said what and who is who.
//!
//! The columns of grammar are empty, as nothing here has read any. Tokens and sentences are those that this program finds in the text; a statement is named at each
//! token that shares a character with it. Entities are written as CorefUD has them, with id and kind.

use std::cmp::Reverse;
use std::fmt::Write;

use onrecord::document::{Document, Token};
use onrecord::record::{CharIndex, CharSpan, Statement};

use super::cells::flat;
use super::{Options, name_of};
use crate::article::Article;
use crate::permalinks::Item;

/// What is written beside one token.
#[derive(Debug, Default, Clone)]
struct Beside {
    cues: Vec<String>,
    quotes: Vec<String>,
    sources: Vec<String>,
    /// Brackets of entities: those that open here from the longest on, those of this token alone, those that close here from the shortest on.
    entities: [String; 3],
}

/// All sentences of an article.
pub fn document(article: &Article, options: &Options) -> String {
    let document = Document::new(article.text());
    let index = CharIndex::new(document.text());
    let spans: Vec<CharSpan> = document.tokens().iter().map(|token| index.chars(token.span)).collect();
    let beside = beside(article, &spans);
    let id = flat(&article.record.document.id);
    let mut out = format!(
        "# newdoc id = {id}\n# global.Entity = eid-etype\n# offset_unit = codepoint\n# permalink = {}\n",
        options.base.permalink(Item::Document, article.id())
    );
    let mut all = document.tokens().iter().zip(spans.iter().zip(&beside)).peekable();
    for (number, sentence) in document.sentences().iter().enumerate() {
        let text = flat(sentence.text(document.text()));
        // Writing to a string does not fail.
        let _ = write!(out, "# sent_id = {id}-{}\n# text = {text}\n", number + 1);
        let mut at = 0;
        while let Some((token, (span, beside))) = all.next_if(|(token, _)| token.span.start < sentence.end) {
            at += 1;
            let next = all.peek().map(|(next, _)| *next).filter(|next| next.span.start < sentence.end);
            let form = form(&document, token);
            let misc = misc(*span, beside, next.is_some_and(|next| next.span.start == token.span.end));
            let _ = writeln!(out, "{at}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
        }
        out.push('\n');
    }
    out
}

/// The token as it is written; a control character, which no line may have, is an underscore.
fn form(document: &Document, token: &Token) -> String {
    let form = flat(token.span.text(document.text()));
    if form.trim().is_empty() { "_".to_owned() } else { form }
}

fn misc(span: CharSpan, beside: &Beside, is_joined: bool) -> String {
    let list = |name: &str, values: &[String]| (!values.is_empty()).then(|| format!("{name}={}", values.join(",")));
    let entities = beside.entities.concat();
    let parts = [
        list("Cue", &beside.cues),
        (!entities.is_empty()).then(|| format!("Entity={entities}")),
        list("Quote", &beside.quotes),
        list("Source", &beside.sources),
        is_joined.then(|| "SpaceAfter=No".to_owned()),
        Some(format!("TokenRange={}:{}", span.start, span.end)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("|")
}

/// What is written beside each of the tokens.
fn beside(article: &Article, tokens: &[CharSpan]) -> Vec<Beside> {
    let mut beside = vec![Beside::default(); tokens.len()];
    for statement in &article.record.statements {
        let mut mark = |spans: &[CharSpan], list: fn(&mut Beside) -> &mut Vec<String>| {
            let covered = spans.iter().flat_map(|span| covered(tokens, *span));
            for (nth, at) in covered.enumerate() {
                let label = label(statement, nth == 0);
                beside.get_mut(at).map(list).into_iter().for_each(|list| list.push(label.clone()));
            }
        };
        mark(&statement.cue.spans, |beside| &mut beside.cues);
        mark(&statement.content.spans, |beside| &mut beside.quotes);
        mark(&statement.source.spans, |beside| &mut beside.sources);
    }
    brackets(article, tokens, &mut beside);
    beside
}

/// `B-s1` at the first token of a part of a statement, `I-s1` at the others.
fn label(statement: &Statement, is_first: bool) -> String {
    let id = statement.id.replace(['|', ','], "_");
    format!("{}-{id}", if is_first { 'B' } else { 'I' })
}

fn brackets(article: &Article, tokens: &[CharSpan], beside: &mut [Beside]) {
    let named = article.record.entities.iter().flat_map(|entity| {
        let id = entity.id.replace(['-', '(', ')', '|'], "_");
        entity.mentions.iter().map(move |mention| (mention.span, id.clone(), name_of(&entity.kind)))
    });
    let mut mentions: Vec<(CharSpan, String, String)> = named.collect();
    mentions.sort_by_key(|(span, ..)| (span.start, Reverse(span.end)));
    for (span, id, kind) in mentions {
        let range = covered(tokens, span);
        let Some(last) = range.end.checked_sub(1).filter(|last| *last >= range.start) else { continue };
        if last == range.start {
            if let Some(Beside { entities: [_, alone, _], .. }) = beside.get_mut(last) {
                let _ = write!(alone, "({id}-{kind})");
            }
            continue;
        }
        if let Some(Beside { entities: [opening, ..], .. }) = beside.get_mut(range.start) {
            let _ = write!(opening, "({id}-{kind}");
        }
        if let Some(Beside { entities: [.., closing], .. }) = beside.get_mut(last) {
            // Who opened later closes first.
            closing.insert_str(0, &format!("{id})"));
        }
    }
}

/// The tokens that share a character with `span`. O(log n).
fn covered(tokens: &[CharSpan], span: CharSpan) -> std::ops::Range<usize> {
    let first = tokens.partition_point(|token| token.end <= span.start);
    first..tokens.partition_point(|token| token.start < span.end).max(first)
}
