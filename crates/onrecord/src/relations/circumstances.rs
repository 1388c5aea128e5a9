//! Statements → how they were made: whether at all, to whom, through what, when and where.
//!
//! Looks only at what stands around a cue in its sentence and belongs to neither the source nor a content: "told [reporters] [in Geneva] [on Monday]".
//! Spans, not values: which day "Monday" is, is for others to say.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Statement, acts};
use crate::document::{Document, Span, Token, TokenKind};
use crate::function_words::{Work, does};
use crate::mentions::{self, Form, Kind, Mention};

/// What stands around a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Circumstances {
    /// Said not to have been said: "declined to comment".
    pub negative: bool,
    pub addressee: Option<Span>,
    pub medium: Option<Span>,
    pub when: Option<Span>,
    pub place: Option<Span>,
}

/// The longest addressee, medium or place, in tokens.
const LONGEST: usize = 9;

static WORDS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| acts::two_columns(onrecord_data::CIRCUMSTANCES));
static TIMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| acts::two_columns(onrecord_data::CUE_TIMES));

/// Adds to each statement how it was made. `mentions` are the article's, and `times` where it tells when; both in order.
pub(crate) fn add(document: &Document, mentions: &[Mention], times: &[Span], statements: &mut [Statement]) {
    for statement in statements {
        let Some(cue) = statement.cue else { continue };
        let zone = Zone::around(document, statement, cue);
        let (addressee, medium, when) = (zone.addressee(cue), zone.medium(), zone.when(times));
        let taken: Vec<Span> = [addressee, medium, when].into_iter().flatten().collect();
        let place = zone.place(mentions).filter(|place| !taken.iter().any(|other| other.overlaps(*place)));
        let negative = is_negative(document, statement, cue);
        statement.circumstances = Circumstances { negative, addressee, medium, when, place };
        if negative
            && refuses(document, statement)
            && matches!(statement.act, "say" | "state" | "announce" | "insist" | "explain")
        {
            statement.act = "refuse";
        }
    }
}

/// The tokens of a cue's sentence that are part of no content and no source: those around the cue, and those that open the sentence ("In a
/// statement on Monday, …").
struct Zone<'a> {
    document: &'a Document,
    /// Runs of tokens side by side.
    runs: Vec<Vec<Token>>,
}

impl<'a> Zone<'a> {
    fn around(document: &'a Document, statement: &Statement, cue: Span) -> Zone<'a> {
        let mut runs: Vec<Vec<Token>> = vec![Vec::new()];
        for token in document.sentence_at(cue.start).map(|sentence| document.tokens_in(sentence)).unwrap_or_default() {
            let taken = statement.content.iter().chain(&statement.source).any(|span| span.overlaps(token.span));
            match runs.last_mut() {
                Some(run) if !taken => run.push(*token),
                Some(run) if !run.is_empty() => runs.push(Vec::new()),
                _ => {}
            }
        }
        let zone = Zone { document, runs: Vec::new() };
        let adverbial = |run: &Vec<Token>| {
            let first = run.first().map(|token| zone.word(token)).unwrap_or_default();
            let opens = matches!(first.as_str(), "in" | "at" | "on" | "during" | "speaking" | "late" | "earlier");
            opens || TIMES.get(first.as_str()).is_some_and(|kind| *kind == "time")
        };
        let has_cue = |run: &Vec<Token>| run.iter().any(|token| cue.overlaps(token.span));
        // Behind the cue, up to where another clause begins.
        let ends = |token: &Token| {
            let mark = token.kind == TokenKind::Punctuation && token.span.text(document.text()) != ".";
            token.span.start >= cue.end && (mark || does(&zone.word(token), Work::Clause))
        };
        let own = |run: Vec<Token>| -> Vec<Token> {
            let from_cue = run.into_iter().skip_while(|token| token.span.end <= cue.start);
            from_cue.take_while(|token| !ends(token)).collect()
        };
        // Before it, what opens the sentence.
        let opening = |run: Vec<Token>| -> Vec<Token> {
            let before = run.into_iter().take_while(|token| token.span.end <= cue.start);
            before.take_while(|token| token.kind != TokenKind::Punctuation).collect()
        };
        let first = runs.iter().position(|run| !run.is_empty());
        let told = |(at, run): &(usize, Vec<Token>)| has_cue(run) || Some(*at) == first && adverbial(run);
        let kept = runs.iter().cloned().enumerate().filter(told);
        let kept = kept.flat_map(|(_, run)| match (has_cue(&run), adverbial(&run)) {
            (true, true) => vec![opening(run.clone()), own(run)],
            (true, false) => vec![own(run)],
            (false, _) => vec![opening(run)],
        });
        let kept = kept.collect();
        Zone { document, runs: kept }
    }

    fn word(&self, token: &Token) -> String {
        token.span.text(self.document.text()).to_lowercase()
    }

    fn kind(&self, token: &Token) -> Option<&'static str> {
        let word = self.word(token);
        WORDS.get(word.as_str()).or_else(|| WORDS.get(acts::lemma_of(&word).as_str())).copied()
    }

    /// "told [reporters]", "said to [the committee]", "in a letter to [the prime minister]".
    fn addressee(&self, cue: Span) -> Option<Span> {
        let run = self.runs.iter().find(|run| run.iter().any(|token| cue.contains(token.span)))?;
        let cue_ends = run.iter().position(|token| token.span.start >= cue.end).unwrap_or(run.len());
        let verb = run
            .get(..cue_ends)?
            .iter()
            .rev()
            .find(|token| cue.contains(token.span) && token.kind == TokenKind::Word)?;
        let telling = self.kind(verb) == Some("telling");
        let to =
            run.iter().enumerate().skip(cue_ends).find(|(_, token)| self.word(token) == "to").map(|(at, _)| at + 1);
        let to = to.filter(|&at| at <= cue_ends + LONGEST);
        let from = if telling { cue_ends } else { to? };
        let phrase = self.phrase(run.get(from..)?)?;
        let starts_well = run.get(from).is_some_and(|token| {
            let word = self.word(token);
            token.kind == TokenKind::Word && !does(&word, Work::ObjectClause) && !TIMES.contains_key(word.as_str())
        });
        starts_well.then_some(phrase)
    }

    /// "in [a statement]", "on [Twitter]", "during [an interview with the BBC]".
    fn medium(&self) -> Option<Span> {
        self.runs.iter().find_map(|run| {
            run.iter().enumerate().find_map(|(at, token)| {
                let fits: &[&str] = match self.word(token).as_str() {
                    "in" | "via" | "through" | "during" | "at" => &["medium", "platform"],
                    // "commented on the speech" was said elsewhere.
                    "on" | "over" | "by" => &["platform"],
                    _ => return None,
                };
                let rest = run.get(at + 1..)?;
                let end = rest
                    .iter()
                    .take(LONGEST)
                    .position(|token| self.ends_phrase(token))
                    .unwrap_or(rest.len().min(LONGEST));
                let noun = rest
                    .get(..end)?
                    .iter()
                    .position(|token| self.kind(token).is_some_and(|kind| fits.contains(&kind)))?;
                let last = self.with_partner(rest, noun);
                Some(rest.first()?.span.cover(rest.get(last)?.span))
            })
        })
    }

    /// "an interview" goes on to "with the BBC", "a post" to "on Facebook".
    fn with_partner(&self, rest: &[Token], noun: usize) -> usize {
        let compound = rest
            .iter()
            .skip(noun + 1)
            .take_while(|token| matches!(self.kind(token), Some("medium" | "platform")))
            .count();
        let noun = noun + compound;
        let joins = rest
            .get(noun + 1)
            .is_some_and(|token| matches!(self.word(token).as_str(), "with" | "on" | "to" | "from" | "by" | "for"));
        let after = rest.get(noun + 2..).unwrap_or_default();
        let partner = self
            .phrase(after)
            .filter(|_| joins && !after.first().is_some_and(|token| TIMES.contains_key(self.word(token).as_str())));
        partner.and_then(|partner| rest.iter().rposition(|token| partner.contains(token.span))).unwrap_or(noun)
    }

    /// "[late on Monday]", "[earlier this week]", "[in February 2022]": the first time that lies in what stands around the cue, with its preposition.
    fn when(&self, times: &[Span]) -> Option<Span> {
        self.runs.iter().find_map(|run| {
            let end = run.last()?.span.end;
            let from = times.partition_point(|time| time.end <= run.first().map_or(0, |token| token.span.start));
            let inside = |time: &&Span| run.iter().any(|token| token.span.overlaps(**time));
            let time = *times.get(from..)?.iter().take_while(|time| time.start < end).find(inside)?;
            let before = run.iter().rfind(|token| token.span.end <= time.start);
            let led = before.filter(|token| matches!(self.word(token).as_str(), "on" | "in" | "at"));
            Some(led.map_or(time, |token| token.span.cover(time)))
        })
    }

    /// "in [Geneva]", "from [the Oval Office]": a named place behind a preposition.
    fn place(&self, mentions: &[Mention]) -> Option<Span> {
        self.runs.iter().find_map(|run| {
            run.windows(2).find_map(|pair| {
                let [preposition, next] = pair else { return None };
                if !matches!(self.word(preposition).as_str(), "in" | "at" | "from" | "outside" | "near") {
                    return None;
                }
                let end = run.last()?.span.end;
                let from = mentions.partition_point(|mention| mention.span.start < next.span.start);
                let near = mentions.get(from..)?.iter().take_while(|mention| mention.span.start <= next.span.end + 1);
                let place = near
                    .filter(|mention| {
                        mention.kind == Kind::Place && mention.form == Form::Name && mention.span.end <= end
                    })
                    .map(|mention| mention.span)
                    .next()?;
                let article = matches!(self.word(next).as_str(), "the");
                (place.start == next.span.start || article).then(|| next.span.cover(place))
            })
        })
    }

    /// The words up to where a noun phrase must be over.
    fn phrase(&self, tokens: &[Token]) -> Option<Span> {
        let end =
            tokens.iter().take(LONGEST).position(|token| self.ends_phrase(token)).unwrap_or(tokens.len().min(LONGEST));
        let inside = tokens.get(..end)?;
        Some(inside.first()?.span.cover(inside.last()?.span))
    }

    fn ends_phrase(&self, token: &Token) -> bool {
        let word = self.word(token);
        !matches!(token.kind, TokenKind::Word | TokenKind::Number)
            || TIMES.get(word.as_str()).is_some()
            || does(&word, Work::Closer)
    }
}

/// Whether the cue says that something was not said, or the content that its speaker will not do it.
fn is_negative(document: &Document, statement: &Statement, cue: Span) -> bool {
    let text = document.text();
    let words: Vec<String> = document.tokens_in(cue).iter().map(|token| token.span.text(text).to_lowercase()).collect();
    let kind = |word: &String| WORDS.get(word.as_str()).or_else(|| WORDS.get(acts::lemma_of(word).as_str())).copied();
    let negated =
        words.iter().any(|word| kind(word) == Some("negation") || word.ends_with("n't") || word.ends_with("n’t"));
    let unsaid = words.iter().position(|word| kind(word) == Some("unsaid"));
    let content: Vec<String> = statement
        .content
        .first()
        .map(|&span| document.tokens_in(span))
        .unwrap_or_default()
        .iter()
        .take(2)
        .map(|token| token.span.text(text).to_lowercase())
        .collect();
    let behind: Vec<&String> =
        words.iter().skip(unsaid.map_or(0, |at| at + 1)).chain(&content).filter(|word| *word != "to").collect();
    let saying = behind.first().is_some_and(|word| kind(word) == Some("saying") || acts::may_report(word));
    negated || unsaid.is_some() && saying || refuses(document, statement)
}

/// Whether the content opens with its speaker's refusal: "(said) it would not take part".
fn refuses(document: &Document, statement: &Statement) -> bool {
    let text = document.text();
    let Some(&content) = statement.content.first() else { return false };
    let words: Vec<String> =
        document.tokens_in(content).iter().take(6).map(|token| token.span.text(text).to_lowercase()).collect();
    let mut words =
        words.iter().skip_while(|word| matches!(word.as_str(), "that" | "“" | "\"" | "‘" | "'")).map(String::as_str);
    let subject = words.next().and_then(mentions::pronoun).is_some();
    let modal = words.next().unwrap_or_default();
    let next = words.next().unwrap_or_default();
    subject
        && (matches!(modal, "wo" | "won't" | "won’t" | "wouldn't" | "wouldn’t")
            || matches!(modal, "will" | "would") && matches!(next, "not" | "never"))
}
