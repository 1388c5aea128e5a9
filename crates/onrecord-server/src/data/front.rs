//! The front page: how much a store holds, what is new in it, who speaks most, who publishes; and its figures as rows.

use std::collections::{HashMap, HashSet};

use onrecord_store::search::{self, EventHit, Facet, FacetValue, Order, Query, StatementHit};
use onrecord_store::{Row, Store, views};
use serde::Serialize;

use super::PATIENCE;
use super::ingest::{self, JobRow};
use crate::answer::Found;
use crate::asked::Parameters;
use crate::problem::Problem;

/// How many statements the front page shows beside the lead.
const STATEMENTS: usize = 18;
/// How many events.
const EVENTS: usize = 5;
/// How many speakers and outlets.
const NAMES: usize = 8;
/// How many of the newest statements are looked through.
const NEWEST: usize = 100;
/// Of one article, so many statements stand on the front page.
const OF_ONE_ARTICLE: usize = 2;
/// How many characters a statement has at least that tells something by itself.
const LEAST: usize = 24;
/// How many characters a lead has.
const LEAD: std::ops::RangeInclusive<usize> = 40..=240;

/// What the front page shows.
#[derive(Debug, Clone)]
pub struct Front {
    /// Articles.
    pub documents: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Who is quoted by name.
    pub speakers: u64,
    /// Outlets that are known.
    pub outlets: u64,
    /// The first and the last day of publication.
    pub days: Option<(String, String)>,
    /// A new statement in somebody's own words.
    pub lead: Option<StatementHit>,
    /// Other new statements.
    pub latest: Vec<StatementHit>,
    /// New events.
    pub happened: Vec<EventHit>,
    /// Those who speak most.
    pub quoted: Vec<FacetValue>,
    /// The outlets with most articles.
    pub published: Vec<FacetValue>,
    /// The run that wrote last.
    pub job: Option<JobRow>,
}

/// Asks for all that the front page shows. Linear in the store: some 10 ns for each row.
///
/// # Errors
/// [`Problem::TooSlow`].
pub fn front(store: &Store, now: jiff::Timestamp) -> Result<Front, Problem> {
    let reading = store.readers().get(Some(PATIENCE))?;
    let newest = |limit| Query { order: Order::Newest, limit, facet_values: NAMES, ..Query::default() };
    let statements = search::statements(&reading, &newest(NEWEST))?;
    let events = search::events(&reading, &newest(EVENTS))?;
    let documents = search::documents(&reading, &newest(1))?;
    let (lead, latest) = chosen(statements.items);
    Ok(Front {
        documents: documents.total.unwrap_or_default(),
        statements: statements.total.unwrap_or_default(),
        events: events.total.unwrap_or_default(),
        speakers: distinct(&statements.facets, "speaker"),
        outlets: distinct(&documents.facets, "outlet"),
        days: days(&documents.facets),
        lead,
        latest,
        happened: events.items,
        quoted: values(&statements.facets, "speaker"),
        published: values(&documents.facets, "outlet"),
        job: ingest::jobs(store, now)?.into_iter().next(),
    })
}

/// The lead, the first that somebody with a name says in words of their own, and those beside it; few of each article, none twice.
fn chosen(newest: Vec<StatementHit>) -> (Option<StatementHit>, Vec<StatementHit>) {
    let leads = |hit: &StatementHit| {
        hit.form == "direct" && !hit.speakers.is_empty() && !hit.negated && LEAD.contains(&hit.content.chars().count())
    };
    let is_shown =
        |hit: &StatementHit| hit.status.as_deref() != Some("rejected") && hit.content.chars().count() >= LEAST;
    let mut newest: Vec<_> = newest.into_iter().filter(is_shown).collect();
    let at = newest.iter().position(leads);
    let lead = at.map(|at| newest.remove(at));
    let mut of_article: HashMap<String, usize> = HashMap::new();
    // What an agency sent stands in many papers in the same words.
    let mut shown: HashSet<String> = lead.iter().map(|lead| lead.content.clone()).collect();
    lead.iter().for_each(|lead| *of_article.entry(lead.document.id.clone()).or_default() += 1);
    newest.retain(|hit| {
        let of_article = of_article.entry(hit.document.id.clone()).or_default();
        let is_new = *of_article < OF_ONE_ARTICLE && shown.insert(hit.content.clone());
        *of_article += usize::from(is_new);
        is_new
    });
    newest.truncate(STATEMENTS);
    (lead, newest)
}

fn facet<'a>(facets: &'a [Facet], field: &str) -> Option<&'a Facet> {
    facets.iter().find(|facet| facet.field == field)
}

fn distinct(facets: &[Facet], field: &str) -> u64 {
    facet(facets, field).map_or(0, |facet| facet.distinct as u64)
}

fn values(facets: &[Facet], field: &str) -> Vec<FacetValue> {
    facet(facets, field).map(|facet| facet.values.clone()).unwrap_or_default()
}

fn days(facets: &[Facet]) -> Option<(String, String)> {
    let days = &facet(facets, "day")?.values;
    Some((days.first()?.value.clone(), days.last()?.value.clone()))
}

/// A count of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CountRow {
    /// `documents`, `statements`, `events`, `subjects`.
    pub of: &'static str,
    /// The field by whose values it is counted; empty in the row of all.
    pub field: &'static str,
    /// The value as searches take it; empty in the row that tells how many values the field has.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many.
    pub count: u64,
}

impl Row for CountRow {
    const COLUMNS: &'static [&'static str] = &["of", "field", "value", "label", "count"];
    const SHOWN: &'static [&'static str] = &["of", "count", "field", "label"];

    fn cells(&self) -> Vec<String> {
        vec![self.of.to_owned(), self.field.to_owned(), self.value.clone(), self.label.clone(), self.count.to_string()]
    }
}

/// The counts of the store as rows: of each field so many values as `limit` says, the most frequent, and how many there are.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn counts(store: &Store, asked: &Parameters) -> Result<Found<CountRow>, Problem> {
    asked.only(&["limit"])?;
    let stats = views::stats(&store.readers().get(Some(PATIENCE))?, asked.rows()?)?;
    let all = |of, count| CountRow { of, field: "", value: String::new(), label: "in all".to_owned(), count };
    let mut rows = vec![all("subjects", stats.subjects)];
    for (of, count, facets) in [
        ("documents", stats.documents, stats.of_documents),
        ("statements", stats.statements, stats.of_statements),
        ("events", stats.events, stats.of_events),
    ] {
        rows.push(all(of, count));
        for Facet { field, values, distinct } in facets {
            let value =
                |value: FacetValue| CountRow { of, field, value: value.value, label: value.label, count: value.count };
            let label = "different values".to_owned();
            rows.push(CountRow { of, field, value: String::new(), label, count: distinct as u64 });
            rows.extend(values.into_iter().map(value));
        }
    }
    Ok(Found::all(rows))
}
