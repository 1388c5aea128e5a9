//! The text's own dates → the day of publication, where nobody gives it.
//!
//! Two kinds of evidence, in this order; without either, the day stays unknown, for a wrong one would make every "Friday" wrong:
//!
//! 1. A dateline: a whole date that has a line at the top or the bottom to itself, or that stands before the dash or the agency of the first paragraph.
//! 2. A weekday that is known to be a certain day of a month, and is spoken of as just past: the text gives both together, and then the weekday alone ("Friday,
//!    May 3 … on Friday"), or says that on it began what it says lasts from that day on ("voting began on Friday … voting runs between May 3 and 5"). The years that
//!    the text tells decide: the last of them, or the next, where no other year soon after has that weekday on that day. News is taken to be published on the
//!    latest day that it tells of; where it tells of a weekday that may lie on either side, nothing is inferred.

use std::collections::HashSet;

use jiff::civil::Date;

use super::tense::{Direction, direction};
use super::value::{day, days_between, days_from, weekday_of};
use crate::document::{Document, Span, TokenKind};
use crate::mentions::{Base, Calendar, Part, Point, Said, TimeExpression, Year};
use crate::rules::{PUBLISHED_DATELINE, PUBLISHED_WEEKDAY};

/// How many tokens of the first paragraph a dateline may take.
const DATELINE: usize = 16;
/// How many weekdays, and how many stretches, are held against each other.
const LOOKED_AT: usize = 32;
/// How many tokens a line may have that is a date's own.
const LONGEST_LINE: usize = 40;
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
    let latest = latest_year(expressions);
    expressions.iter().find_map(|expression| {
        let calendar = calendar(expression)?;
        let paragraph = edge(expression.span)?;
        let has_line = has_line_to_itself(document, paragraph, expression.span);
        let heads = has_line || precedes_dash(document, paragraph, expression.span);
        let date = whole(calendar).or_else(|| in_known_year(calendar, latest).filter(|_| !has_line));
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
fn in_known_year(calendar: &Calendar, latest: Option<i16>) -> Option<Date> {
    let (Some(Part::Month(month)), Some(number), Some(weekday)) = (calendar.part, calendar.day, calendar.weekday)
    else {
        return None;
    };
    only_year(latest, month, number, weekday)
}

fn has_line_to_itself(document: &Document, paragraph: Span, date: Span) -> bool {
    let tokens = document.tokens_in(paragraph);
    if tokens.len() > LONGEST_LINE {
        return false;
    }
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

/// How many years, from the last that the text tells, are looked at.
const YEARS: i16 = 5;

/// The last year that the text tells.
fn latest_year(expressions: &[TimeExpression]) -> Option<i16> {
    let told = expressions.iter().filter_map(calendar).filter_map(|calendar| match calendar.year {
        Some(Year::Exact(year)) => Some(year),
        _ => None,
    });
    told.max()
}

/// The day in the last year that the text tells, or the next one, if it is that weekday there, and in no other year soon after.
fn only_year(latest: Option<i16>, month: u8, number: u8, weekday: u8) -> Option<Date> {
    let latest = latest?;
    let years = (0..YEARS).filter_map(|ahead| day(latest.checked_add(ahead)?, month, number));
    let mut fitting = years.filter(|date| weekday_of(*date) == weekday);
    let found = fitting.next()?;
    (fitting.next().is_none() && found.year() <= latest + 1).then_some(found)
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
        .take(LOOKED_AT)
        .collect();
    let latest = latest_year(expressions);
    let anchor =
        bare.iter().find_map(|(expression, weekday)| anchored(document, expressions, latest, expression, *weekday))?;
    let after = |weekday: u8| (i64::from(weekday) - i64::from(weekday_of(anchor))).rem_euclid(7);
    let mut later = 0;
    for (expression, weekday) in &bare {
        match after(*weekday) {
            // Of two days apart by half a week, either may be the first.
            3 => return None,
            days @ (1 | 2) if direction(document, expression.span) == Direction::Past => later = later.max(days),
            _ => {}
        }
    }
    days_from(anchor, later)
}

/// The date of a bare weekday, where the text tells it elsewhere.
fn anchored(
    document: &Document,
    expressions: &[TimeExpression],
    latest: Option<i16>,
    bare: &TimeExpression,
    weekday: u8,
) -> Option<Date> {
    let together = expressions.iter().filter_map(calendar).filter(|calendar| calendar.weekday == Some(weekday));
    let together = together.filter_map(|calendar| whole(calendar).or_else(|| in_known_year(calendar, latest)));
    let found = together.into_iter().find(|date| weekday_of(*date) == weekday);
    found.or_else(|| begun(document, expressions, latest, bare, weekday))
}

/// The first day of a stretch that is said to have begun on that weekday.
fn begun(
    document: &Document,
    expressions: &[TimeExpression],
    latest: Option<i16>,
    bare: &TimeExpression,
    weekday: u8,
) -> Option<Date> {
    if !begins(document, bare.span) {
        return None;
    }
    let stretches = expressions.iter().filter_map(|expression| match &expression.said {
        Said::Range(
            Point { base: Base::Calendar(Calendar { part: Some(Part::Month(month)), day: Some(day), .. }), .. },
            _,
        ) => Some((expression.span, *month, *day)),
        _ => None,
    });
    let fitting = stretches
        .take(LOOKED_AT)
        .filter_map(|(span, month, day)| Some((span, only_year(latest, month, day, weekday)?)));
    fitting.into_iter().find(|(span, _)| share_a_noun(document, bare.span, *span)).map(|(_, date)| date)
}

/// Whether the sentence around a weekday says that something began.
fn begins(document: &Document, span: Span) -> bool {
    let stems = ["start", "began", "begin", "begun", "kicked", "opened", "commenc"];
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
