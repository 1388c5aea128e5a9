//! When events happened, by columns of a calendar and by the longer stretches that texts tell.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_store::search::{self, Happened, Query};
use onrecord_store::views::{self, Spell};
use onrecord_store::{Row, Store};
use serde::Serialize;

use super::PATIENCE;
use crate::answer::Found;
use crate::asked::{Among, Parameters};
use crate::plots::calendar::{Unit, days_between};
use crate::problem::Problem;

/// Events by when they happened, with what is shown of them.
#[derive(Debug, Clone, Serialize)]
pub struct Timeline {
    /// The stretches that have events, in the order of their days.
    #[serde(flatten)]
    pub found: Found<Stretch>,
    /// What is shown of them.
    #[serde(flatten)]
    pub shown: Shown,
}

/// Which events are shown, and how many are not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Shown {
    /// The first day shown; none where no event is dated.
    #[serde(rename = "shown_from")]
    pub from: Option<String>,
    /// The last day shown.
    #[serde(rename = "shown_to")]
    pub to: Option<String>,
    /// What a column stands for: `day`, `week`, `month`, `year`, `decade`, `century`.
    pub unit: Option<&'static str>,
    /// The first day of all events that fit.
    pub all_from: Option<String>,
    /// The last day of them.
    pub all_to: Option<String>,
    /// How many events lie before what is shown.
    pub before: u64,
    /// How many lie behind it.
    pub after: u64,
    /// How many have days that no text tells.
    pub undated: u64,
    /// How many people have rejected; they are not among the others unless they are asked for.
    pub rejected: u64,
}

/// A column, or a longer stretch that texts tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Stretch {
    /// Its first day.
    pub first: String,
    /// Its last day.
    pub last: String,
    /// Of a column, what it stands for; of a longer stretch, how finely texts tell it: `month`, `quarter`, `year`, …
    pub precision: String,
    /// `column`, or `bar` where it is longer than a column or lies across several.
    pub shown_as: &'static str,
    /// How many events.
    pub events: u64,
    /// Of these, cooperation in words: agree, consult, support, concede.
    pub verbal_cooperation: u64,
    /// Cooperation in deeds: cooperate, aid, retreat.
    pub material_cooperation: u64,
    /// Conflict in words: request, accuse, reject, threaten.
    pub verbal_conflict: u64,
    /// Conflict in deeds: protest, sanction, mobilize, coerce, assault.
    pub material_conflict: u64,
    /// Cooperation that is said not to have happened.
    pub denied_cooperation: u64,
    /// Conflict that is said not to have happened.
    pub denied_conflict: u64,
    /// Where the events are.
    pub events_url: String,
}

impl Stretch {
    fn count(&mut self, spell: &Spell) {
        let field = match (spell.negated, spell.quad) {
            (true, 1 | 2) => &mut self.denied_cooperation,
            (true, _) => &mut self.denied_conflict,
            (false, 1) => &mut self.verbal_cooperation,
            (false, 2) => &mut self.material_cooperation,
            (false, 3) => &mut self.verbal_conflict,
            (false, _) => &mut self.material_conflict,
        };
        *field += spell.events;
        self.events += spell.events;
    }
}

impl Row for Stretch {
    const COLUMNS: &'static [&'static str] = &[
        "first",
        "last",
        "precision",
        "shown_as",
        "events",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "denied_cooperation",
        "denied_conflict",
        "events_url",
    ];
    const SHOWN: &'static [&'static str] = &["first", "last", "precision", "events"];

    fn cells(&self) -> Vec<String> {
        let counts = [
            self.events,
            self.verbal_cooperation,
            self.material_cooperation,
            self.verbal_conflict,
            self.material_conflict,
            self.denied_cooperation,
            self.denied_conflict,
        ];
        let mut cells = vec![self.first.clone(), self.last.clone(), self.precision.clone(), self.shown_as.to_owned()];
        cells.extend(counts.map(|count| count.to_string()));
        cells.push(self.events_url.clone());
        cells
    }
}

/// The events that fit, by when they happened, in the days asked for; without asking, in the days of nearly all.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn timeline(store: &Store, asked: &Parameters) -> Result<Timeline, Problem> {
    let query = crate::asked::search(asked, Among::Timeline)?;
    let window = query.happened.clone();
    let query = Query { happened: Happened::default(), limit: 1, ..query };
    let reading = store.readers().get(Some(PATIENCE))?;
    let page = search::events(&reading, &query)?;
    let views::Spells { spells, undated, rejected } = views::spells(&reading, &query)?;
    let dated: Vec<Dated> = spells.into_iter().filter_map(Dated::new).collect();
    let mut found = Found::all(Vec::new());
    found.facets = page.facets;
    let all = (dated.iter().map(|one| one.first).min(), dated.iter().map(|one| one.last).max());
    let Some((first, last)) = shown(&window, &dated) else {
        return Ok(Timeline { found, shown: Shown { undated, rejected, ..Shown::default() } });
    };
    let unit = Unit::of(days_between(first, last) + 1);
    let columns = unit.columns(first, last);
    let (first, last) =
        (columns.first().map_or(first, |column| column.0), columns.last().map_or(last, |column| column.1));
    let events = |fits: &dyn Fn(&Dated) -> bool| dated.iter().filter(|one| fits(one)).map(|one| one.spell.events).sum();
    let inside = dated.iter().filter(|one| one.last >= first && one.first <= last);
    found.rows = stretches(inside, unit, asked);
    found.total = Some(found.rows.len() as u64);
    let shown = Shown {
        from: Some(first.to_string()),
        to: Some(last.to_string()),
        unit: Some(unit.name()),
        all_from: all.0.map(|day| day.to_string()),
        all_to: all.1.map(|day| day.to_string()),
        before: events(&|one| one.last < first),
        after: events(&|one| one.first > last),
        undated,
        rejected,
    };
    Ok(Timeline { found, shown })
}

/// A spell with its days as days.
struct Dated {
    first: Date,
    last: Date,
    spell: Spell,
}

impl Dated {
    /// None where a text tells days that the calendar does not have: the store keeps none.
    fn new(spell: Spell) -> Option<Dated> {
        Some(Dated { first: spell.first.parse().ok()?, last: spell.last.parse().ok()?, spell })
    }
}

/// The days that are shown; none where there is nothing to show.
fn shown(window: &Happened, dated: &[Dated]) -> Option<(Date, Date)> {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    let (from, to) = (day(&window.from), day(&window.to));
    let Some((first, last)) = most_of(dated) else { return from.zip(to).filter(|(from, to)| from <= to) };
    let first = from.unwrap_or_else(|| to.map_or(first, |to| first.min(to)));
    let last = to.unwrap_or_else(|| last.max(first));
    (first <= last).then_some((first, last))
}

/// The days of nearly all events: without the earliest and the latest twentieth, where that saves more than half of the room.
fn most_of(dated: &[Dated]) -> Option<(Date, Date)> {
    let all = (dated.iter().map(|one| one.first).min()?, dated.iter().map(|one| one.last).max()?);
    // What is told to a month at least says more of what a timeline is about than "in the 1990s".
    let is_fine = |one: &&Dated| matches!(one.spell.precision.as_str(), "day" | "weekend" | "week" | "month");
    let mut fine: Vec<&Dated> = dated.iter().filter(is_fine).collect();
    fine.sort_by_key(|one| one.first);
    let events: u64 = fine.iter().map(|one| one.spell.events).sum();
    let at = |rank: u64| {
        let mut passed = 0;
        fine.iter().find(|one| {
            passed += one.spell.events;
            passed > rank
        })
    };
    let (Some(first), Some(last)) = (at(events / 20), at(events.saturating_sub(1) - events / 20)) else {
        return Some(all);
    };
    let most = (first.first, last.last.max(first.first));
    let is_worth_it = days_between(most.0, most.1) * 2 < days_between(all.0, all.1);
    Some(if is_worth_it { most } else { all })
}

/// Columns for what lies within one, bars for what is longer.
fn stretches<'a>(dated: impl Iterator<Item = &'a Dated>, unit: Unit, asked: &Parameters) -> Vec<Stretch> {
    let mut stretches: BTreeMap<(Date, bool, Date, String), Stretch> = BTreeMap::new();
    for one in dated {
        let start = unit.start(one.first);
        let end = crate::plots::calendar::plus(unit.next(start), -1);
        let is_column = one.last <= end;
        let (first, last, precision) = if is_column {
            (start, end, unit.name().to_owned())
        } else {
            (one.first, one.last, one.spell.precision.clone())
        };
        let stretch = stretches.entry((first, !is_column, last, precision.clone())).or_insert_with(|| Stretch {
            first: first.to_string(),
            last: last.to_string(),
            events_url: events_url(asked, first, last, (!is_column).then_some(precision.as_str())),
            precision,
            shown_as: if is_column { "column" } else { "bar" },
            events: 0,
            verbal_cooperation: 0,
            material_cooperation: 0,
            verbal_conflict: 0,
            material_conflict: 0,
            denied_cooperation: 0,
            denied_conflict: 0,
        });
        stretch.count(&one.spell);
    }
    stretches.into_values().collect()
}

/// The events of the same search that happened within these days, as finely told as `precision`.
fn events_url(asked: &Parameters, first: Date, last: Date, precision: Option<&str>) -> String {
    let (first, last) = (first.to_string(), last.to_string());
    let asked = asked.with("happened_from", Some(&first)).with("happened_to", Some(&last));
    asked.with("precision", precision).behind("/events")
}
