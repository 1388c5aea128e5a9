//! Who speaks: those who speak most, those of a name, and one with all that they are on record as saying.

use std::collections::HashMap;

use onrecord::record::CharSpan;
use onrecord_store::search::{self, EventHit, Facet, FacetValue, Order, Query, StatementHit};
use onrecord_store::views::{self, SpeakerRow, Subject, Who};
use onrecord_store::{Row, Store};
use serde::Serialize;

use super::PATIENCE;
use super::periods::{self, Period};
use crate::answer::Found;
use crate::asked::Parameters;
use crate::problem::Problem;

/// How many events a speaker's page shows of each role.
const EVENTS: usize = 10;
/// How many values of a field a speaker's page shows.
const VALUES: usize = 15;
/// How many subjects with a name that holds the words are given.
const NAMESAKES: usize = 200;

/// The parameters of [`list`].
pub const LIST: [&str; 5] = ["q", "kind", "country", "limit", "after"];
/// The parameters of [`portrait`].
pub const PORTRAIT: [&str; 7] = ["outlet", "act", "form", "from", "to", "limit", "after"];

/// The parameters of [`days`].
pub const DAYS: [&str; 5] = ["outlet", "act", "form", "from", "to"];

/// Those who speak, most first; with `q`, those whose name it may be.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn list(store: &Store, asked: &Parameters, path: &str) -> Result<Found<SpeakerRow>, Problem> {
    asked.only(&LIST)?;
    let who = Who {
        kinds: asked.kinds()?,
        countries: asked.all("country"),
        limit: asked.rows()?,
        after: asked.one("after")?.map(str::to_owned),
    };
    let reading = store.readers().get(Some(PATIENCE))?;
    let name = asked.words()?;
    if name.is_empty() {
        let page = views::speakers(&reading, &who)?;
        let next_url = page.next.map(|next| asked.with("after", Some(&next)).behind(path));
        return Ok(Found { next_url, total: Some(page.total), facets: page.facets, ..Found::all(page.items) });
    }
    if let Some(after) = who.after {
        return Err(Problem::NotFound(format!("{after:?} is no place in these results: those of a name are one page")));
    }
    let mut found = views::find(&reading, name)?;
    if found.is_empty() {
        found = views::containing(&reading, name, NAMESAKES)?;
    }
    found.retain(|subject| who.fits(&subject.kind, subject.country.as_deref()));
    let row = |subject: Subject| SpeakerRow {
        id: subject.id,
        name: subject.name,
        kind: subject.kind,
        country: subject.country,
        sector: subject.sector,
        roles: subject.roles,
        statements: subject.statements,
    };
    Ok(Found::all(found.into_iter().map(row).collect()))
}

/// One who speaks.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Portrait {
    /// Who.
    #[serde(flatten)]
    pub subject: Subject,
    /// Statements by day of publication.
    pub days: Vec<FacetValue>,
    /// Where they are quoted.
    pub outlets: Facet,
    /// By act.
    pub acts: Facet,
    /// By form.
    pub forms: Facet,
    /// A page of the statements, the newest first.
    pub said: Vec<Said>,
    /// Where the next page of them is.
    pub next_url: Option<String>,
    /// The newest events that they have part in.
    pub took_part: Vec<EventHit>,
    /// Others whose names may be the same.
    pub namesakes: Vec<Subject>,
}

/// A statement with to whom and through what it was made, where the text tells.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Said {
    /// The statement.
    #[serde(flatten)]
    pub hit: StatementHit,
    /// `reporters`
    pub addressee: Option<String>,
    /// `in a statement`
    pub medium: Option<String>,
}

impl Row for Portrait {
    const COLUMNS: &'static [&'static str] = Subject::COLUMNS;
    const SHOWN: &'static [&'static str] = Subject::SHOWN;

    fn cells(&self) -> Vec<String> {
        self.subject.cells()
    }
}

/// The one with that permalink; of one who is held to be another, that other. `path` is where it stands.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Asked`], [`Problem::TooSlow`].
pub fn portrait(store: &Store, id: &str, asked: &Parameters, path: &str) -> Result<Portrait, Problem> {
    asked.only(&PORTRAIT)?;
    let reading = store.readers().get(Some(PATIENCE))?;
    let subject = views::subject(&reading, id)?.ok_or_else(|| nobody(id))?;
    let query = Query {
        outlets: asked.all("outlet"),
        acts: asked.all("act"),
        forms: asked.all("form"),
        from: asked.day("from")?,
        to: asked.day("to")?,
        limit: asked.rows()?,
        after: asked.one("after")?.map(str::to_owned),
        facet_values: VALUES,
        ..of(&subject.id)
    };
    let page = search::statements(&reading, &query)?;
    let facet = |field| {
        let found = page.facets.iter().find(|facet| facet.field == field).cloned();
        found.unwrap_or(Facet { field, values: Vec::new(), distinct: 0 })
    };
    let took_part = took_part(&reading, &subject.id)?;
    let mut namesakes = views::find(&reading, &subject.name)?;
    namesakes.retain(|other| other.id != subject.id && other.kind == subject.kind);
    Ok(Portrait {
        days: facet("day").values,
        outlets: facet("outlet"),
        acts: facet("act"),
        forms: facet("form"),
        next_url: page.next.as_deref().map(|next| asked.with("after", Some(next)).behind(path)),
        said: said(store, page.items)?,
        took_part,
        namesakes,
        subject,
    })
}

/// What nobody's address answers.
pub fn nobody(id: &str) -> Problem {
    Problem::NotFound(format!("nobody has the permalink {id}"))
}

fn of(id: &str) -> Query {
    Query { speakers: vec![id.to_owned()], order: Order::Newest, ..Query::default() }
}

/// Events that a subject did or that were done to it, the newest first, each once.
fn took_part(reading: &onrecord_store::Reading, id: &str) -> Result<Vec<EventHit>, Problem> {
    let few = Query { order: Order::Newest, limit: EVENTS, counts: false, ..Query::default() };
    let did = search::events(reading, &Query { actors: vec![id.to_owned()], ..few.clone() })?;
    let met = search::events(reading, &Query { recipients: vec![id.to_owned()], ..few })?;
    let mut all = did.items;
    for event in met.items {
        if !all.iter().any(|known| known.id == event.id) {
            all.push(event);
        }
    }
    all.sort_by(|a, b| b.document.published_at.cmp(&a.document.published_at));
    all.truncate(EVENTS);
    Ok(all)
}

/// Statements with what their records tell beside the rows; each record is read once.
fn said(store: &Store, hits: Vec<StatementHit>) -> Result<Vec<Said>, Problem> {
    let mut told: HashMap<String, (Option<String>, Option<String>)> = HashMap::new();
    let mut documents: Vec<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    for document in documents {
        let Some(record) = store.record_as_read(document)? else { continue };
        let text: Vec<char> = record.document.text.chars().collect();
        let words = |span: Option<CharSpan>| {
            span.and_then(|span| text.get(span.start..span.end)).map(|words| words.iter().collect::<String>())
        };
        for statement in record.statements {
            let key = format!("{document} {}", statement.id);
            told.insert(key, (words(statement.addressee), words(statement.medium)));
        }
    }
    let said = hits.into_iter().map(|hit| {
        let (addressee, medium) = told.remove(&format!("{} {}", hit.document.id, hit.in_record)).unwrap_or_default();
        Said { hit, addressee, medium }
    });
    Ok(said.collect())
}

/// How many statements somebody makes in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PeriodRow {
    /// Its days.
    #[serde(flatten)]
    pub period: Period,
    /// How many.
    pub statements: u64,
}

impl Row for PeriodRow {
    const COLUMNS: &'static [&'static str] = &["from", "to", "statements"];
    const SHOWN: &'static [&'static str] = &["from", "to", "statements"];

    fn cells(&self) -> Vec<String> {
        vec![self.period.from.clone(), self.period.to.clone(), self.statements.to_string()]
    }
}

/// Days with counts as the rows of a figure.
pub fn over_time(days: &[FacetValue]) -> Vec<PeriodRow> {
    let days: Vec<_> = days.iter().map(|day| (day.value.as_str(), day.count)).collect();
    periods::sums(&days).into_iter().map(|(period, statements)| PeriodRow { period, statements }).collect()
}

/// The figure of a speaker's page as rows.
///
/// # Errors
/// As [`portrait`].
pub fn days(store: &Store, id: &str, asked: &Parameters) -> Result<Found<PeriodRow>, Problem> {
    asked.only(&DAYS)?;
    let asked = asked.with("limit", Some("1"));
    Ok(Found::all(over_time(&portrait(store, id, &asked, "")?.days)))
}
