//! Place names and what each may mean → what each means.
//!
//! What stands behind a comma decides ("Paris, Texas"). The same name is the same place all through an article. Otherwise a place weighs by how many
//! people live there, whether the article speaks of its state or province, and whether it lies near other places of the article; states and
//! regions of the tables weigh most. Three rounds, for each choice tells something of the next.

use std::collections::HashMap;

use super::candidates::{Candidate, candidates, distance_km, key_of};
use super::home::Home;
use super::names::PlaceName;
use super::words::Hint;
use crate::rules;

/// What an article is of before its places are read.
#[derive(Debug, Default)]
pub(super) struct Leaning {
    /// The states of the peoples that it names, one for each mention.
    pub peoples: Vec<&'static str>,
    /// Where its outlet is read.
    pub home: Option<Home>,
}

/// What a name means, and the rule that told.
pub(super) type Choice = Option<(Candidate, &'static str)>;

/// How much the article's leaning to a state adds to the logarithm of the people, at most; then to a province; then nearness.
const STATE: f64 = 2.2;
const PROVINCE: f64 = 2.8;
const NEAR: f64 = 2.5;
/// How far nearness reaches, in kilometres: there it has fallen to 37%.
const NEAR_KM: f64 = 150.0;
/// The places of an article that nearness is measured from; the first are.
const MOST_POINTS: usize = 40;
/// What each mention of a people adds for its state, what an outlet adds for its own, and what a local one adds for its province as well.
const PEOPLE: f64 = 0.3;
const NATIONAL: f64 = 0.6;
const LOCAL: f64 = 1.2;
/// Places below this, about 50,000 people, are small.
const SMALL: f64 = 4.7;
/// What a name behind a comma may mean, at most: what the tables have comes first, then the largest.
const MOST_CONTAINERS: usize = 24;
/// Each round chooses by what the round before chose.
const ROUNDS: usize = 3;

/// Chooses for each of `names`; `leaning` is what the article is of before its places are read.
pub(super) fn choose(text: &str, names: &[PlaceName], leaning: &Leaning) -> Vec<Choice> {
    let mut groups = Groups::new(text, names);
    groups.list(text, names);
    groups.contain(names);
    for _ in 0..ROUNDS {
        let article = Article::of(&groups.all, leaning);
        for group in &mut groups.all {
            group.chosen = group.contained.or_else(|| article.best(group));
        }
    }
    let article = Article::of(&groups.all, leaning);
    (0..names.len()).map(|at| groups.choice(at, &article)).collect()
}

/// A name with all its mentions.
struct Group {
    candidates: Vec<Candidate>,
    mentions: usize,
    is_dateline: bool,
    /// The candidate that what stands behind the name tells, with the most votes.
    contained: Option<usize>,
    votes: Vec<(usize, usize)>,
    chosen: Option<usize>,
}

struct Groups {
    all: Vec<Group>,
    /// The group of each name.
    of: Vec<Option<usize>>,
    /// What the names around it tell of one mention alone.
    own: Vec<Option<usize>>,
}

impl Groups {
    fn new(text: &str, names: &[PlaceName]) -> Groups {
        let mut groups = Groups { all: Vec::new(), of: Vec::new(), own: vec![None; names.len()] };
        let mut hints: HashMap<String, Vec<Hint>> = HashMap::new();
        for name in names {
            if let Some(key) = key_of(name.span.text(text)) {
                hints.entry(key).or_default().extend(&name.hints);
            }
        }
        let mut known: HashMap<String, usize> = HashMap::new();
        for name in names {
            let words = spelled(name.span.text(text), name.is_dateline);
            let Some(key) = key_of(&words) else {
                groups.of.push(None);
                continue;
            };
            let at = *known.entry(key.clone()).or_insert_with(|| {
                let mut told = hints.remove(&key).unwrap_or_default();
                told.sort_unstable_by_key(|hint| *hint as u8);
                told.dedup();
                let candidates = candidates(&words, &told);
                let group = Group {
                    candidates,
                    mentions: 0,
                    is_dateline: false,
                    contained: None,
                    votes: Vec::new(),
                    chosen: None,
                };
                groups.all.push(group);
                groups.all.len() - 1
            });
            if let Some(group) = groups.all.get_mut(at) {
                group.mentions += 1;
                group.is_dateline |= name.is_dateline;
            }
            groups.of.push(Some(at));
        }
        groups
    }

    /// Parts of a state in a row: "Texas, New York and Ohio" names no town.
    fn list(&mut self, text: &str, names: &[PlaceName]) {
        let part = |of: &Option<usize>| {
            let group = of.and_then(|group| self.all.get(group))?;
            group.candidates.iter().position(|candidate| candidate.is_listed && candidate.kind == "admin1")
        };
        let parts: Vec<Option<usize>> = self.of.iter().map(part).collect();
        let mut start = 0;
        while start < parts.len() {
            let mut end = start + 1;
            let mut has_and = false;
            while end < parts.len() && parts[start].is_some() && parts[end].is_some() {
                let (before, here) = (names[end - 1].span, names[end].span);
                let gap = text.get(before.end..here.start).unwrap_or_default();
                let gap = gap.trim_start_matches([',', '.']).trim();
                if !(gap.is_empty() || matches!(gap, "and" | "or")) || here.start - before.end > 8 {
                    break;
                }
                has_and |= !gap.is_empty();
                end += 1;
            }
            if end - start > 2 || end - start == 2 && has_and {
                self.own[start..end].copy_from_slice(&parts[start..end]);
            }
            start = end;
        }
    }

    /// Names that stand before what they lie in.
    fn contain(&mut self, names: &[PlaceName]) {
        let mut known: HashMap<(usize, usize), Option<(usize, usize)>> = HashMap::new();
        for at in 0..names.len() {
            let (Some(Some(inner)), Some(Some(outer))) = (self.of.get(at), self.of.get(at + 1)) else { continue };
            if inner == outer || self.own[at].is_some() || !names.get(at).is_some_and(|name| name.is_within_next) {
                continue;
            }
            let pair = || Some(contained(self.all.get(*inner)?, self.all.get(*outer)?));
            let Some((x, y)) = known.entry((*inner, *outer)).or_insert_with(|| pair().flatten()) else { continue };
            let (x, y) = (*x, *y);
            self.own[at] = Some(x);
            self.own[at + 1] = self.own[at + 1].or(Some(y));
            let Some(group) = self.of[at].and_then(|group| self.all.get_mut(group)) else { continue };
            match group.votes.iter_mut().find(|(candidate, _)| *candidate == x) {
                Some((_, votes)) => *votes += 1,
                None => group.votes.push((x, 1)),
            }
        }
        for group in &mut self.all {
            let most = group.votes.iter().map(|(_, votes)| *votes).max();
            group.contained =
                group.votes.iter().find(|(_, votes)| Some(*votes) == most).map(|(candidate, _)| *candidate);
            group.chosen = group.contained;
        }
    }

    fn choice(&self, at: usize, article: &Article) -> Choice {
        let group = self.of.get(at).copied().flatten().and_then(|group| self.all.get(group))?;
        if let Some(own) = self.own.get(at).copied().flatten() {
            let candidate = group.candidates.get(own)?;
            return Some((
                candidate.clone(),
                if candidate.is_listed { rules::PLACE_LISTED } else { rules::PLACE_CONTAINED },
            ));
        }
        let chosen = group.candidates.get(group.chosen?)?;
        if group.contained.is_none() && article.has_nothing_of(chosen, group) {
            return None;
        }
        let largest = group.candidates.iter().map(|candidate| candidate.prior).fold(f64::MIN, f64::max);
        let rule = if chosen.is_named_for {
            rules::PLACE_NAMED_FOR
        } else if chosen.is_listed {
            rules::PLACE_LISTED
        } else if group.contained.is_some() {
            rules::PLACE_SAME_NAME
        } else if group.candidates.len() == 1 {
            rules::PLACE_ONLY
        } else if article.speaks_of(chosen, group) || chosen.prior < largest {
            rules::PLACE_ARTICLE
        } else {
            rules::PLACE_LARGEST
        };
        Some((chosen.clone(), rule))
    }
}

/// A name in capitals in a dateline as it is usually printed, but for abbreviations.
fn spelled(name: &str, is_dateline: bool) -> String {
    if is_dateline && name == "UNITED NATIONS" {
        return "United Nations Headquarters".to_owned();
    }
    name.to_owned()
}

/// The likeliest pair of candidates of which the first lies in the second.
fn contained(inner: &Group, outer: &Group) -> Option<(usize, usize)> {
    let mut best: Option<(f64, usize, usize)> = None;
    // Where a state or a part of one is named, what follows is more likely the next of a list: "Niger, Nigeria".
    let is_area = |candidate: &Candidate| candidate.is_listed && matches!(candidate.kind, "country" | "admin1");
    let areas_only = inner.candidates.iter().any(|candidate| is_area(candidate) && candidate.prior > 10.0);
    for (y, container) in outer.candidates.iter().enumerate().take(MOST_CONTAINERS) {
        for (x, candidate) in inner.candidates.iter().enumerate() {
            let score = candidate.prior + 1.5 * container.prior;
            let is_fit = !areas_only || is_area(candidate);
            if is_fit && best.is_none_or(|(most, ..)| score > most) && lies_in(candidate, container) {
                best = Some((score, x, y));
            }
        }
    }
    best.map(|(_, x, y)| (x, y))
}

fn lies_in(inner: &Candidate, outer: &Candidate) -> bool {
    if matches!(inner.kind, "country" | "continent" | "ocean" | "sea") {
        return false;
    }
    let same_state = inner.country.is_some() && inner.country == outer.country;
    match outer.kind {
        "country" => {
            same_state || outer.country.is_some_and(|code| inner.claimed_by.split(';').any(|claim| claim == code))
        }
        "admin1" => same_state && inner.kind != "admin1" && is_province(inner.province, outer.province_or_name()),
        "admin2" => same_state && distance_km(inner.point, outer.point) < 120.0,
        "city" | "capital" | "landmark" => {
            !matches!(inner.kind, "admin1" | "admin2") && distance_km(inner.point, outer.point) < 60.0
        }
        "continent" => false,
        _ => distance_km(inner.point, outer.point) < 500.0 && (outer.country.is_none() || same_state),
    }
}

impl Candidate {
    fn province_or_name(&self) -> &'static str {
        if self.province.is_empty() { self.name } else { self.province }
    }
}

/// Whether both name one part of a state: "Kherson" and "Kherson Oblast".
fn is_province(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = long.get(..short.len());
    !short.is_empty()
        && head.is_some_and(|head| head.eq_ignore_ascii_case(short))
        && (long.len() == short.len() || long.as_bytes().get(short.len()) == Some(&b' '))
}

/// What an article is of, as far as its names tell.
struct Article {
    states: HashMap<&'static str, f64>,
    provinces: HashMap<(&'static str, &'static str), f64>,
    points: Vec<((f64, f64), f64)>,
}

impl Article {
    fn of(groups: &[Group], leaning: &Leaning) -> Article {
        let mut article = Article { states: HashMap::new(), provinces: HashMap::new(), points: Vec::new() };
        article.lean(leaning);
        for group in groups {
            if let Some(chosen) = group.chosen.and_then(|chosen| group.candidates.get(chosen)) {
                article.add(chosen, weight(group));
            }
        }
        article
    }

    fn lean(&mut self, leaning: &Leaning) {
        for &state in &leaning.peoples {
            *self.states.entry(state).or_default() += PEOPLE;
        }
        let Some(home) = leaning.home else { return };
        *self.states.entry(home.state).or_default() += if home.town.is_some() { LOCAL } else { NATIONAL };
        if let Some((province, point)) = home.town {
            *self.provinces.entry((home.state, province)).or_default() += LOCAL;
            self.points.push((point, 2.0 * LOCAL));
        }
    }

    fn add(&mut self, place: &Candidate, weight: f64) {
        let Some(state) = place.country else { return };
        *self.states.entry(state).or_default() += share(place) * weight;
        if !place.province.is_empty() {
            *self.provinces.entry((state, place.province)).or_default() += share(place) * weight;
        }
        if !matches!(place.kind, "country" | "region" | "admin1") && self.points.len() < MOST_POINTS {
            self.points.push((place.point, weight));
        }
    }

    /// The likeliest candidate of a group, were it not for its own present choice.
    fn best(&self, group: &Group) -> Option<usize> {
        let own = group.chosen.and_then(|chosen| group.candidates.get(chosen)).map(|own| (own, weight(group)));
        let scored = group.candidates.iter().enumerate().map(|(at, candidate)| (self.score(candidate, own), at));
        scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
    }

    fn score(&self, candidate: &Candidate, own: Option<(&Candidate, f64)>) -> f64 {
        let Some(state) = candidate.country else { return candidate.prior };
        let mut of_state = self.states.get(state).copied().unwrap_or_default();
        let mut of_province = self.provinces.get(&(state, candidate.province)).copied().unwrap_or_default();
        if let Some((own, weight)) = own.filter(|(own, _)| own.country == Some(state)) {
            of_state -= share(own) * weight;
            if own.province == candidate.province {
                of_province -= share(own) * weight;
            }
        }
        let near = self.points.iter().filter(|(point, _)| own.is_none_or(|(own, _)| own.point != *point));
        let near = near.map(|(point, weight)| (-distance_km(*point, candidate.point) / NEAR_KM).exp() * held(*weight));
        let near = near.fold(0.0, f64::max);
        candidate.prior + STATE * held(of_state) + PROVINCE * held(of_province) + NEAR * near
    }

    /// Whether a small place lies in a state that nothing else in the article speaks of, while it speaks of others: more likely another place of that
    /// name, too small for the gazetteer.
    fn has_nothing_of(&self, place: &Candidate, group: &Group) -> bool {
        let Some(state) = place.country.filter(|_| !place.is_listed && place.prior < SMALL) else { return false };
        let others: f64 = self.states.iter().filter(|(other, _)| **other != state).map(|(_, weight)| weight).sum();
        self.besides(place, state, group) < 0.1 && others > 1.5
    }

    /// Whether the article speaks of a place's state otherwise.
    fn speaks_of(&self, place: &Candidate, group: &Group) -> bool {
        place.country.is_some_and(|state| self.besides(place, state, group) > 0.5)
    }

    /// How much the article speaks of a state besides this place in it.
    fn besides(&self, place: &Candidate, state: &'static str, group: &Group) -> f64 {
        self.states.get(state).copied().unwrap_or_default() - share(place) * weight(group)
    }
}

/// How much of a place's weight is its state's.
fn share(place: &Candidate) -> f64 {
    if matches!(place.kind, "country" | "admin1") { 1.0 } else { 0.6 }
}

fn weight(group: &Group) -> f64 {
    let mentions = 1.0 + (group.mentions as f64).ln();
    if group.is_dateline { 1.5 * mentions } else { mentions }
}

/// 0 for nothing, near 1 for much.
fn held(weight: f64) -> f64 {
    let weight = weight.max(0.0);
    weight / (weight + 1.0)
}
