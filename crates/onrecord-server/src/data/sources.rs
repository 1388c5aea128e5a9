//! Who publishes: outlets with their counts, and how many of their articles there are over time; with words, which share of them has the words.

use std::collections::BTreeMap;

use onrecord_store::search::Query;
use onrecord_store::views::{self, OutletDay, OutletRow};
use onrecord_store::{Row, Store};
use serde::Serialize;

use super::PATIENCE;
use super::periods::{self, Period};
use crate::answer::Found;
use crate::asked::Parameters;
use crate::problem::Problem;

/// The parameters of [`outlets`], among them those of the figure beside them.
pub const OUTLETS: [&str; 6] = ["q", "outlet", "from", "to", "limit", "after"];
/// The parameters of [`attention`].
pub const ATTENTION: [&str; 4] = ["q", "outlet", "from", "to"];

/// A page of outlets, those with most articles first; `path` is where it stands.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn outlets(store: &Store, asked: &Parameters, path: &str) -> Result<Found<OutletRow>, Problem> {
    asked.only(&OUTLETS)?;
    // Those of the figure beside the list change nothing in it, but are looked at.
    asked.words()?;
    asked.day("from")?;
    asked.day("to")?;
    let all = views::outlets(&store.readers().get(Some(PATIENCE))?)?;
    let start = match asked.one("after")? {
        Some(name) => {
            let at = all.iter().position(|row| row.outlet.as_deref().unwrap_or(UNKNOWN) == name);
            at.ok_or_else(|| Problem::NotFound(format!("after is {name:?}, but no outlet is called so")))? + 1
        }
        None => 0,
    };
    let total = Some(all.len() as u64);
    let mut rows: Vec<_> = all.into_iter().skip(start).collect();
    let has_more = rows.len() > asked.rows()?;
    rows.truncate(asked.rows()?);
    let last = rows.last().filter(|_| has_more).map(|row| row.outlet.as_deref().unwrap_or(UNKNOWN).to_owned());
    let next_url = last.map(|last| asked.with("after", Some(&last)).behind(path));
    Ok(Found { next_url, total, ..Found::all(rows) })
}

/// What stands for the outlet of articles of which none is known.
pub const UNKNOWN: &str = "unknown";

/// What one outlet published in one period.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AttentionRow {
    /// The outlet; null where it is unknown.
    pub outlet: Option<String>,
    /// The days.
    #[serde(flatten)]
    pub period: Period,
    /// Its articles.
    pub articles: u64,
    /// Those that have the words; null where no words are asked for.
    pub with_words: Option<u64>,
    /// Their share; null where there are no articles.
    pub share: Option<f64>,
}

impl Row for AttentionRow {
    const COLUMNS: &'static [&'static str] = &["outlet", "from", "to", "articles", "with_words", "share"];
    const SHOWN: &'static [&'static str] = &["from", "articles", "with_words", "outlet"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.outlet.clone().unwrap_or_default(),
            self.period.from.clone(),
            self.period.to.clone(),
            self.articles.to_string(),
            self.with_words.map(|count| count.to_string()).unwrap_or_default(),
            self.share.map(|share| format!("{share:.4}")).unwrap_or_default(),
        ]
    }
}

/// The articles of each outlet in each period, outlet by outlet, those with most articles first; articles of an unknown day are not among them.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn attention(store: &Store, asked: &Parameters) -> Result<Found<AttentionRow>, Problem> {
    asked.only(&ATTENTION)?;
    let query =
        Query { outlets: asked.all("outlet"), from: asked.day("from")?, to: asked.day("to")?, ..Query::default() };
    let reading = store.readers().get(Some(PATIENCE))?;
    let all = views::attention(&reading, &query)?;
    let fitting = match asked.words()? {
        "" => None,
        words => Some(views::attention(&reading, &Query { text: words.to_owned(), ..query })?),
    };
    let days: Vec<_> = all.iter().filter_map(|row| row.day.as_deref()).collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Found::all(Vec::new())) };
    let periods = periods::between(first, last);
    let articles = summed(&all, &periods);
    let with_words = fitting.map(|fitting| summed(&fitting, &periods));
    let mut outlets: Vec<_> = articles.iter().collect();
    outlets.sort_by_key(|(outlet, sums)| (std::cmp::Reverse(sums.iter().sum::<u64>()), *outlet));
    let rows = outlets.into_iter().flat_map(|(outlet, sums)| {
        let with_words =
            with_words.as_ref().map(|all| all.get(outlet).cloned().unwrap_or_else(|| vec![0; periods.len()]));
        let row = move |(at, (period, articles)): (usize, (&Period, &u64))| {
            let with_words = with_words.as_ref().and_then(|sums| sums.get(at).copied());
            let share = with_words.filter(|_| *articles > 0).map(|with_words| with_words as f64 / *articles as f64);
            AttentionRow { outlet: outlet.clone(), period: period.clone(), articles: *articles, with_words, share }
        };
        periods.iter().zip(sums).enumerate().map(row).collect::<Vec<_>>()
    });
    Ok(Found::all(rows.collect()))
}

/// The sums of each outlet, one for each period.
fn summed(days: &[OutletDay], periods: &[Period]) -> BTreeMap<Option<String>, Vec<u64>> {
    let mut sums: BTreeMap<Option<String>, Vec<u64>> = BTreeMap::new();
    for row in days {
        let Some(at) = row.day.as_deref().and_then(|day| periods::place(periods, day)) else { continue };
        let of_outlet = sums.entry(row.outlet.clone()).or_insert_with(|| vec![0; periods.len()]);
        if let Some(sum) = of_outlet.get_mut(at) {
            *sum += row.documents;
        }
    }
    sums
}
