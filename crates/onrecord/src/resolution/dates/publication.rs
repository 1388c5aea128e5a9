//! The text's own dates → the day of publication, where nobody gives it.
//!
//! Two kinds of evidence, in this order; without either, the day stays unknown, for a wrong one would make every "Friday" wrong:
//!
//! 1. A dateline: a whole date that has a line at the top or the bottom to itself, or that stands before the dash or the agency of the first paragraph.
//! 2. A weekday that is known to be a certain day of a month, and is spoken of as just past: the text gives both together, and then the weekday alone ("Friday,
//!    May 3 … on Friday"), or says that on it began what it says lasts from that day on ("voting began on Friday … voting runs between May 3 and 5"). The years that
//!    the text tells decide: the last of them, or the next, where only one has that weekday on that day. News is taken to be published on the latest day that it
//!    tells of.

use std::collections::HashSet;

use jiff::civil::Date;

use super::tense::{Direction, direction};
use super::value::{day, days_between, days_from, weekday_of};
use crate::document::{Document, Span, TokenKind};
use crate::mentions::{Base, Calendar, Part, Point, Said, TimeExpression, Year};
use crate::rules::{PUBLISHED_DATELINE, PUBLISHED_WEEKDAY};

/// How many tokens of the first paragraph a dateline may take.
const DATELINE: usize = 16;
/// How many words may stand beside a date that has its line to itself: "Published on", "Updated … by Ana Ruiz".
const BESIDE: usize = 8;

/// How many days a date at the top may lie from the day that was given.
const NEAR_GIVEN: i32 = 31;

/// The day of publication with the rule that found it. O(n log n).
pub(super) fn infer(document: &Document, expressions: &[TimeExpression]) -> Option<(Date, &'static str)> {
    let dated = dateline(document, expressions).map(|date| (date, PUBLISHED_DATELINE));
    dated.or_else(|| Some((by_weekday(document, expressions)?, PUBLISHED_WEEKDAY)))
}

/// The date that has a line to itself at the top, where it is near the day that was given: what "today" means in a text that was put online later.
pub(super) fn written(document: &Document, expressions: &[TimeExpression], given: Date) -> Option<Date> {
    let top = document.paragraphs().get(..4.min(document.paragraphs().len()))?.last()?.end;
    let heads = expressions.iter().take_while(|expression| expression.span.end <= top);
    heads.filter_map(|expression| Some((whole(calendar(expression)?)?, expression.span))).find_map(|(date, span)| {
        let alone = document.paragraph_at(span.start) == Some(span);
        (alone && days_between(date, given).abs() <= NEAR_GIVEN).then_some(date)
    })
}

/// A date that heads or ends the text.
fn dateline(document: &Document, expressions: &[TimeExpression]) -> Option<Date> {
    let paragraphs = document.paragraphs();
    let last = paragraphs.len().saturating_sub(2);
    let edge = |span: Span| {
        let at = paragraphs.partition_point(|paragraph| paragraph.end <= span.start);
        (at < 4 || at >= last).then(|| paragraphs.get(at).copied()).flatten()
    };
    expressions.iter().find_map(|expression| {
        let calendar = calendar(expression)?;
        let paragraph = edge(expression.span)?;
        let has_line = has_line_to_itself(document, paragraph, expression.span);
        let heads = has_line || precedes_dash(document, paragraph, expression.span);
        let date = whole(calendar).or_else(|| in_known_year(calendar, expressions).filter(|_| !has_line));
        date.filter(|_| heads)
    })
}

fn calendar(expression: &TimeExpression) -> Option<&Calendar> {
    match &expression.said {
        Said::Point(Point { base: Base::Calendar(calendar), .. }) => Some(calendar),
        _ => None,
    }
}

/// The date, where year, month and day are told.
fn whole(calendar: &Calendar) -> Option<Date> {
    match (calendar.year, calendar.part, calendar.day) {
        (Some(Year::Exact(year)), Some(Part::Month(month)), Some(number)) => day(year, month, number),
        _ => None,
    }
}

/// A date without its year, where its weekday leaves only one of the years that are told.
fn in_known_year(calendar: &Calendar, expressions: &[TimeExpression]) -> Option<Date> {
    let (Some(Part::Month(month)), Some(number), Some(weekday)) = (calendar.part, calendar.day, calendar.weekday)
    else {
        return None;
    };
    only_year(expressions, month, number, weekday)
}

fn has_line_to_itself(document: &Document, paragraph: Span, date: Span) -> bool {
    let tokens = document.tokens_in(paragraph);
    let beside = tokens.iter().filter(|token| token.kind == TokenKind::Word && !token.span.overlaps(date)).count();
    let numbers = tokens.iter().filter(|token| token.kind == TokenKind::Number && !token.span.overlaps(date)).count();
    // A sentence of eight words is no dateline: it ends with a stop.
    let stops = paragraph.text(document.text()).ends_with(['.', '!', '?', '”', '"']);
    beside == 0 || beside <= BESIDE && numbers <= 2 && !stops
}

/// Whether the date stands in a dateline: "LONDON, May 3, 2021 (Reuters) -".
fn precedes_dash(document: &Document, paragraph: Span, date: Span) -> bool {
    let tokens = document.tokens_in(paragraph);
    let end = tokens.partition_point(|token| token.span.start < date.end);
    let near = end < DATELINE;
    let ahead = tokens.get(end..(end + 6).min(tokens.len())).unwrap_or_default();
    let dash = |text: &str| matches!(text, "-" | "--" | "–" | "—");
    near && ahead
        .iter()
        .take_while(|token| token.span.text(document.text()) != ".")
        .any(|token| dash(token.span.text(document.text())))
}

/// The only one of the years that the text speaks of last, and the next, in which that day is that weekday.
fn only_year(expressions: &[TimeExpression], month: u8, number: u8, weekday: u8) -> Option<Date> {
    let told = expressions.iter().filter_map(calendar).filter_map(|calendar| match calendar.year {
        Some(Year::Exact(year)) => Some(year),
        _ => None,
    });
    let latest = told.max()?;
    let mut fitting = [latest, latest + 1]
        .into_iter()
        .filter_map(|year| day(year, month, number))
        .filter(|date| weekday_of(*date) == weekday);
    let found = fitting.next()?;
    fitting.next().is_none().then_some(found)
}

/// By a weekday that is also told as a day of a month.
fn by_weekday(document: &Document, expressions: &[TimeExpression]) -> Option<Date> {
    let bare: Vec<(&TimeExpression, u8)> = expressions
        .iter()
        .filter_map(|expression| {
            let calendar = calendar(expression)?;
            let bare = calendar.day.is_none() && calendar.which.is_none();
            calendar.weekday.filter(|_| bare).map(|weekday| (expression, weekday))
        })
        .filter(|(expression, _)| direction(document, expression.span) != Direction::Coming)
        .collect();
    let anchor = bare.iter().find_map(|(expression, weekday)| anchored(document, expressions, expression, *weekday))?;
    let later = bare.iter().map(|(_, weekday)| i64::from(*weekday) - i64::from(weekday_of(anchor))).max().unwrap_or(0);
    days_from(anchor, later.max(0))
}

/// The date of a bare weekday, where the text tells it elsewhere.
fn anchored(document: &Document, expressions: &[TimeExpression], bare: &TimeExpression, weekday: u8) -> Option<Date> {
    expressions.iter().find_map(|expression| match &expression.said {
        Said::Point(Point { base: Base::Calendar(calendar), .. }) if calendar.weekday == Some(weekday) => {
            whole(calendar).filter(|date| weekday_of(*date) == weekday).or_else(|| in_known_year(calendar, expressions))
        }
        Said::Range(Point { base: Base::Calendar(first), .. }, _) => {
            let (Some(Part::Month(month)), Some(number)) = (first.part, first.day) else { return None };
            let begins = begins(document, bare.span) && share_a_noun(document, bare.span, expression.span);
            only_year(expressions, month, number, weekday).filter(|_| begins)
        }
        _ => None,
    })
}

/// Whether the sentence around a weekday says that something began.
fn begins(document: &Document, span: Span) -> bool {
    let stems = ["start", "began", "begin", "begun", "kick", "open", "launch", "commenc"];
    words(document, span).iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)))
}

/// Whether the sentences around two expressions share a word of some length, which is no part of either.
fn share_a_noun(document: &Document, one: Span, other: Span) -> bool {
    let (one, other) = (words(document, one), words(document, other));
    one.intersection(&other).any(|word| {
        word.len() >= 5
            && !matches!(
                word.as_str(),
                "which" | "their" | "there" | "would" | "other" | "after" | "before" | "about" | "between"
            )
    })
}

/// The words of the sentence around an expression, in lower case, without the expression's own.
fn words(document: &Document, span: Span) -> HashSet<String> {
    let sentence = document.sentence_at(span.start).unwrap_or(span);
    let tokens =
        document.tokens_in(sentence).iter().filter(|token| token.kind == TokenKind::Word && !token.span.overlaps(span));
    tokens.filter(|token| token.span.len() <= 24).map(|token| token.span.text(document.text()).to_lowercase()).collect()
}
