//! When and where an event happens, by its own sentence: the nearest time, the nearest place that a preposition makes one.
//!
//! A time or place that tells when or where something was said is no other event's; nor is one inside words that somebody else says.

use std::collections::{HashMap, HashSet};

use super::{Said, Surroundings};
use crate::document::{Document, Span, Token};
use crate::function_words::{Work, does};
use crate::relations::Event;
use crate::resolution::TimeKind;

/// What stands between an event and a time or place weighs this much: a comma, a word that begins another clause, another event.
const COMMA: usize = 2;
const CLAUSE: usize = 6;
const EVENT: usize = 5;
/// The most that may stand between.
const FARTHEST: usize = 26;
/// The most tokens that are looked through between them.
const LONGEST: usize = 48;
/// What a time weighs at most that opens the sentence: it holds for all of it.
const OPENING: usize = 9;
/// How many times or places of a sentence are weighed.
const MOST: usize = 24;

/// What is known of an article.
pub(super) struct Setting<'a> {
    document: &'a Document,
    events: &'a [Event],
    around: &'a Surroundings<'a>,
    said: Said,
    /// For a time or place, the cues of what was said then or there.
    cues_at_time: HashMap<usize, Vec<Span>>,
    cues_at_place: HashMap<usize, Vec<Span>>,
    /// Places inside sources.
    sources: HashSet<usize>,
}

impl<'a> Setting<'a> {
    pub(super) fn new(
        document: &'a Document,
        events: &'a [Event],
        around: &'a Surroundings<'a>,
        said: Said,
    ) -> Setting<'a> {
        let mut setting = Setting {
            document,
            events,
            around,
            said,
            cues_at_time: HashMap::new(),
            cues_at_place: HashMap::new(),
            sources: HashSet::new(),
        };
        for statement in around.statements {
            let times = setting.times_in(statement.circumstances.when);
            let places = setting.places_in(statement.circumstances.place);
            let cue = statement.cue.unwrap_or_default();
            for time in times {
                setting.cues_at_time.entry(time).or_default().push(cue);
            }
            for place in places {
                setting.cues_at_place.entry(place).or_default().push(cue);
            }
            let inside = setting.places_in(statement.source);
            setting.sources.extend(inside);
        }
        setting
    }

    fn times_in(&self, span: Option<Span>) -> std::ops::Range<usize> {
        let Some(span) = span else { return 0..0 };
        let times = &self.around.dates.times;
        let first = times.partition_point(|time| time.span.end <= span.start);
        first..times.partition_point(|time| time.span.start < span.end).max(first)
    }

    fn places_in(&self, span: Option<Span>) -> std::ops::Range<usize> {
        let Some(span) = span else { return 0..0 };
        let first = self.around.places.partition_point(|place| place.span.end <= span.start);
        first..self.around.places.partition_point(|place| place.span.start < span.end).max(first)
    }

    /// When an event happens.
    pub(super) fn time(&self, event: &Event) -> Option<usize> {
        let sentence = self.document.sentence_at(event.trigger.start)?;
        let fits = |at: &usize| {
            let Some(time) = self.around.dates.times.get(*at) else { return false };
            let dated = matches!(time.kind, TimeKind::Date | TimeKind::Time)
                && time.value.as_ref().is_some_and(|value| !value.ends_with("_REF"));
            dated && self.is_its_own(event, time.span, self.cues_at_time.get(at))
        };
        let cause = self.cause(event);
        let all = self.times_in(Some(sentence)).take(MOST).filter(fits);
        let all = all.filter(|&at| {
            let time = self.around.dates.times.get(at).map(|time| time.span);
            cause.is_none_or(|cause| time.is_some_and(|time| time.start > cause))
        });
        let weighed = all.filter_map(|at| {
            let span = self.around.dates.times.get(at)?.span;
            if self.is_of_another(event, span, sentence) {
                return None;
            }
            let opens = self.document.tokens_in(Span::new(sentence.start, span.start)).len() <= 2;
            let weight = self.weight(event.trigger, span)?;
            Some((if opens { weight.min(OPENING) } else { weight }, span.end <= event.trigger.start, at))
        });
        weighed.min().filter(|(weight, ..)| *weight <= FARTHEST).map(|(.., at)| at)
    }

    /// Whether a time is that of an event between it and this one: "girls [abducted] in 2014 were freed", "the release of girls who were [abducted] in
    /// 2014". Events side by side share their time: "killed five and [wounded] nine on Monday".
    fn is_of_another(&self, event: &Event, time: Span, sentence: Span) -> bool {
        let text = self.document.text();
        let word_before = |byte: usize, skipped: &[&str]| {
            let tokens = self.document.tokens_in(Span::new(sentence.start, byte));
            let mut words = tokens.iter().rev().take(4).map(|token| token.span.text(text).to_lowercase());
            words.find(|word| !skipped.contains(&word.as_str()) && !word.ends_with("ly")).unwrap_or_default()
        };
        let within = |from: usize, to: usize| {
            let first = self.events.partition_point(|other| other.trigger.start < from);
            let end = self.events.partition_point(|other| other.trigger.start < to);
            self.events.get(first..end.max(first)).unwrap_or_default()
        };
        if time.start >= event.trigger.end {
            let others = within(event.trigger.end, time.start);
            return others.iter().any(|other| {
                !matches!(word_before(other.trigger.start, AUXILIARIES).as_str(), "and" | "or" | "," | "then")
            });
        }
        // Behind a comma, or where the sentence begins, a time is that of what follows.
        let led = word_before(time.start, LEADING);
        let opens = led.is_empty() || led == "," || does(&led, Work::Clause);
        let parted = |other: &Event| {
            let between = self.document.tokens_in(Span::new(other.trigger.end, time.start));
            let word = |token: &Token| token.span.text(text);
            between.iter().take(LONGEST).any(|token| does(word(token), Work::Relative) || word(token) == ",")
        };
        !opens && within(sentence.start, time.start).iter().any(|other| !parted(other))
    }

    /// Where the words begin that give this event as the reason for another: "indicted on Monday [for attacking] a guard". A time before them is not when
    /// it happened.
    fn cause(&self, event: &Event) -> Option<usize> {
        let sentence = self.document.sentence_at(event.trigger.start)?;
        let tokens = self.document.tokens_in(Span::new(sentence.start, event.trigger.start));
        let word = |token: &Token| token.span.text(self.document.text()).to_lowercase();
        let near = tokens.iter().rev().take(3).take_while(|token| word(token) != ",");
        let reason =
            |token: &&Token| matches!(word(token).as_str(), "for" | "of" | "over" | "including" | "after" | "since");
        let last = near.into_iter().find(reason)?;
        let before = self.events.partition_point(|other| other.trigger.start < sentence.start);
        let other = self.events.get(before).is_some_and(|other| other.trigger.end <= last.span.start);
        let gerund = event.trigger.text(self.document.text()).ends_with("ing")
            && !matches!(word(last).as_str(), "after" | "since");
        (other || gerund).then_some(last.span.start)
    }

    /// Where an event happens.
    pub(super) fn place(&self, event: &Event) -> Option<usize> {
        let sentence = self.document.sentence_at(event.trigger.start)?;
        let all: Vec<usize> =
            self.places_in(Some(sentence)).take(MOST).filter(|&at| self.may_hold(event, at)).collect();
        let span = |at: usize| self.around.places.get(at).map(|place| place.span);
        let party = |span: Span| event.actors.iter().chain(&event.recipients).any(|party| party.contains(span));
        let located = all.iter().filter(|&&at| {
            span(at).is_some_and(|span| self.is_located(span) && !(party(span) && self.is_bare_party(event, span)))
        });
        let weighed = located.filter_map(|&at| {
            let span = span(at)?;
            Some((self.weight(event.trigger, span)?, span.end <= event.trigger.start, at))
        });
        let nearest = weighed.min().filter(|(weight, ..)| *weight <= FARTHEST).map(|(.., at)| at);
        // "bombed [the village of Lorne]", "the [Lorne] bombing"
        let hit = || {
            let force = matches!(event.kind, "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "RETREAT");
            // Not "the Lorne government".
            let ends = |span: Span| {
                let rest = self.document.text().get(span.end..).unwrap_or_default().trim_start_matches(['\'', '’']);
                !rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            };
            let inside = |span: Span| {
                event.recipients.iter().any(|party| party.contains(span) && (party.end == span.end || ends(span)))
            };
            let before = |span: Span| Span::new(span.end, event.trigger.start).text(self.document.text()) == " ";
            all.iter().copied().find(|&at| force && span(at).is_some_and(|span| inside(span) || before(span)))
        };
        nearest.or_else(hit)
    }

    /// Whether a place can be where the event is: it is no actor, no dateline, and is not where somebody spoke.
    fn may_hold(&self, event: &Event, at: usize) -> bool {
        let Some(place) = self.around.places.get(at) else { return false };
        !place.is_dateline
            && !place.as_actor
            && !self.sources.contains(&at)
            && self.is_its_own(event, place.span, self.cues_at_place.get(&at))
    }

    /// A name that is all of a party is who, not where: "sanctions on [Lorne]"; what is shelled is where.
    fn is_bare_party(&self, event: &Event, span: Span) -> bool {
        let whole = event.actors.iter().chain(&event.recipients).any(|party| {
            let before = Span::new(party.start, span.start).text(self.document.text());
            party.end == span.end && matches!(before.trim().to_lowercase().as_str(), "" | "the")
        });
        whole && event.kind != "ASSAULT"
    }

    /// Whether what stands at `span` is told by whoever tells of the event, and is not when or where something else was said.
    fn is_its_own(&self, event: &Event, span: Span, cues: Option<&Vec<Span>>) -> bool {
        let saying = cues.is_some_and(|cues| !cues.iter().any(|cue| cue.overlaps(event.trigger)));
        !saying && self.said.around(span, None) == event.told_in
    }

    /// What stands between an event and a time or place; `None` if it is too much to look through.
    fn weight(&self, trigger: Span, other: Span) -> Option<usize> {
        let between = if other.start >= trigger.end {
            Span::new(trigger.end, other.start)
        } else {
            Span::new(other.end, trigger.start)
        };
        if between.is_empty() {
            return Some(0);
        }
        let tokens = self.document.tokens_in(between);
        if tokens.len() > LONGEST {
            return None;
        }
        let cost = |token: &Token| match token.span.text(self.document.text()) {
            "," => COMMA,
            ";" | "—" | "–" => CLAUSE,
            word if does(word, Work::Clause) || APART.contains(&word) => CLAUSE,
            _ => 1,
        };
        let first = self.events.partition_point(|event| event.trigger.start < between.start);
        let end = self.events.partition_point(|event| event.trigger.start < between.end);
        Some(tokens.iter().map(cost).sum::<usize>() + EVENT * end.saturating_sub(first))
    }

    /// "in Lorne", "near the northern town of Lorne".
    fn is_located(&self, span: Span) -> bool {
        let tokens = self.document.tokens();
        let end = tokens.partition_point(|token| token.span.end <= span.start);
        let word = |at: usize| tokens.get(at).map(|token| token.span.text(self.document.text()).to_lowercase());
        for at in (end.saturating_sub(6)..end).rev() {
            let word = word(at).unwrap_or_default();
            if LOCATING.contains(&word.as_str()) {
                return true;
            }
            let stands_between = BETWEEN.contains(&word.as_str()) || word.ends_with("ern") || word.ends_with("'s");
            if !stands_between {
                return false;
            }
        }
        false
    }
}

/// Words between "and" and a verb.
const AUXILIARIES: &[&str] = &["was", "were", "has", "have", "had", "been", "the", "a", "an"];
/// Words between a comma and a time.
const LEADING: &[&str] = &["on", "in", "at", "by", "the", "of", "late", "early"];
/// Words behind which something else is told.
const APART: &[&str] = &["amid", "as", "before", "despite", "during", "following", "since", "that", "when", "where"];
/// Prepositions that make a place one where something happens.
const LOCATING: &[&str] = &[
    "in",
    "at",
    "near",
    "on",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "along",
    "off",
    "over",
    "within",
];
/// Words between such a preposition and the name.
const BETWEEN: &[&str] = &[
    "the", "of", "city", "town", "village", "capital", "province", "region", "district", "state", "port", "central",
    "downtown", "nearby", "island", "city's", "south", "north", "east", "west", "border", "part", "parts", "and",
    "area",
];
