//! Which store, and which of its articles; what a person calls somebody → the permalinks that a search takes.

use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onrecord::Record;
use onrecord_store::search::{self, Order, Query};
use onrecord_store::{Reading, Store, StoreError, views};

use crate::commands::read::day;
use crate::listing::To;
use crate::outcome::Inputs;
use crate::reading;
use crate::settings::Settings;

/// The option that names a store.
#[derive(Debug, Args)]
pub struct StoreArgument {
    /// The store [default: ONRECORD_STORE, or store in onrecord.toml, or onrecord.db]
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
}

impl StoreArgument {
    /// Opens it.
    ///
    /// # Errors
    /// There is none, or the file is no store.
    pub fn open(&self, settings: &Settings) -> Result<Store, StoreError> {
        Store::open(settings.store(self.store.as_deref()))
    }
}

/// Which articles of a store.
#[derive(Debug, Args)]
pub struct Which {
    /// Articles of the store with these words, as for onrecord search
    #[arg(long, value_name = "WORDS")]
    about: Option<String>,
    /// Articles of the store of this outlet; may be given several times
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// Articles of the store published on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    since: Option<String>,
    /// Articles of the store published on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<String>,
}

impl Which {
    fn is_any(&self) -> bool {
        self.about.is_none() && self.outlet.is_empty() && self.since.is_none() && self.until.is_none()
    }

    fn query(&self) -> Query {
        Query {
            text: self.about.clone().unwrap_or_default(),
            outlets: self.outlet.clone(),
            from: self.since.clone(),
            to: self.until.clone(),
            order: Order::Newest,
            ..Query::default()
        }
    }

    /// The permalinks of these articles, the oldest first, those of one day in the order in which they came.
    fn documents(&self, reading: &Reading) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        each_page(self.query(), |query| search::documents(reading, query), |document| ids.push(document.id))?;
        ids.reverse();
        Ok(ids)
    }
}

/// How many rows are read from a store at once.
const BATCH: usize = 500;

/// Hands every hit of `query` to `take`.
fn each_page<T>(
    mut query: Query,
    ask: impl Fn(&Query) -> Result<search::Page<T>, StoreError>,
    mut take: impl FnMut(T),
) -> Result<(), StoreError> {
    (query.limit, query.counts) = (BATCH, false);
    loop {
        let page = ask(&query)?;
        page.items.into_iter().for_each(&mut take);
        let Some(next) = page.next else { return Ok(()) };
        query.after = Some(next);
    }
}

/// Files, or the articles of a store.
#[derive(Debug, Args)]
pub struct Material {
    /// Articles or records; - is stdin [default: the articles of the store]
    #[arg(value_name = "FILES")]
    paths: Vec<PathBuf>,
    /// The store to take articles from [default, without FILES: ONRECORD_STORE, or store in onrecord.toml, or onrecord.db]
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    store: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
}

impl Material {
    /// Whether it is a store.
    pub fn is_store(&self) -> bool {
        self.paths.is_empty()
    }

    /// What rows call an article: in a store its permalink, which is its `label` there, else the id in its record.
    pub fn name<'a>(&self, record: &'a Record, label: &'a str) -> &'a str {
        if self.is_store() { label } else { &record.document.id }
    }

    /// Opens the store that is meant where no file is named.
    ///
    /// # Errors
    /// There is none, or the file is no store.
    pub fn open(&self, settings: &Settings) -> anyhow::Result<Store> {
        let path = settings.store(self.store.as_deref());
        if self.store.is_none() && !path.exists() {
            anyhow::bail!(
                "nothing to look into: name files, or a store with --store; there is none at {}",
                path.display()
            );
        }
        Ok(Store::open(path)?)
    }

    /// Hands every record to `take`: of files with what each is called, in their order; of a store with its permalink, the oldest article first.
    ///
    /// # Errors
    /// There is no store, the model cannot be loaded, or `take` failed.
    pub fn each(
        &self,
        date: Option<&str>,
        settings: &Settings,
        take: impl FnMut(&Record, &str) -> io::Result<()>,
    ) -> anyhow::Result<Inputs> {
        if self.is_store() {
            let store = self.open(settings)?;
            let ids = self.which.documents(&store.readers().get(settings.search_time())?)?;
            return of_store(&store, ids, take);
        }
        if !self.which.is_any() {
            anyhow::bail!("--about, --outlet, --since and --until choose articles of a store, not files");
        }
        reading::each(&self.paths, date, settings, take)
    }

    /// As [`Material::each`], of a store only those articles in which somebody of that name speaks.
    ///
    /// # Errors
    /// As [`Material::each`].
    pub fn each_with(
        &self,
        name: &str,
        settings: &Settings,
        take: impl FnMut(&Record, &str) -> io::Result<()>,
    ) -> anyhow::Result<Inputs> {
        if !self.is_store() {
            return self.each(None, settings, take);
        }
        let store = self.open(settings)?;
        let reading = store.readers().get(settings.search_time())?;
        let speakers = named(&reading, &[name.to_owned()])?;
        let mut ids: Vec<String> = Vec::new();
        if !speakers.is_empty() {
            let query = Query { speakers, text: String::new(), ..self.which.query() };
            each_page(query, |query| search::statements(&reading, query), |hit| ids.push(hit.document.id))?;
        }
        if self.which.about.is_some() {
            let about: HashSet<String> = self.which.documents(&reading)?.into_iter().collect();
            ids.retain(|id| about.contains(id));
        }
        ids.dedup();
        ids.reverse();
        drop(reading);
        of_store(&store, ids, take)
    }
}

fn of_store(
    store: &Store,
    ids: Vec<String>,
    mut take: impl FnMut(&Record, &str) -> io::Result<()>,
) -> anyhow::Result<Inputs> {
    let mut inputs = Inputs::default();
    for id in ids {
        // One that was taken out in the meantime is none.
        let Some(record) = store.record(&id)? else { continue };
        inputs.read += 1;
        take(&record, &id)?;
    }
    Ok(inputs)
}

/// The permalinks of those whom `asked` names, by permalink or by name; none where nobody is called so.
///
/// # Errors
/// SQLite.
pub fn named(reading: &Reading, asked: &[String]) -> Result<Vec<String>, StoreError> {
    let mut ids = Vec::new();
    for name in asked {
        match views::subject(reading, name)? {
            Some(subject) => ids.push(subject.id),
            None => ids.extend(views::find(reading, name)?.into_iter().map(|subject| subject.id)),
        }
    }
    Ok(ids)
}

/// What a search found, as it was listed.
pub struct Shown {
    /// How many rows were written.
    pub rows: u64,
    /// How many there are.
    pub total: Option<u64>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether the best match comes first.
    pub ranked: bool,
}

/// Hands the first `most` hits of `query`, or all of them, to `take`.
///
/// # Errors
/// Those of the search and of `take`.
pub fn hits<T>(
    mut query: Query,
    most: Option<usize>,
    ask: impl Fn(&Query) -> Result<search::Page<T>, StoreError>,
    mut take: impl FnMut(&T) -> io::Result<()>,
) -> anyhow::Result<Shown> {
    let mut left = most.unwrap_or(usize::MAX);
    let mut shown = Shown { rows: 0, total: None, next: None, ranked: false };
    loop {
        query.limit = left.min(BATCH);
        let page = ask(&query)?;
        page.items.iter().try_for_each(&mut take)?;
        shown.total = shown.total.or(page.total);
        shown.ranked = page.ranked;
        shown.rows += page.items.len() as u64;
        left = left.saturating_sub(page.items.len());
        shown.next.clone_from(&page.next);
        if page.next.is_none() || left == 0 {
            return Ok(shown);
        }
        (query.after, query.counts) = (page.next, false);
    }
}

/// The form of output without one given: a table on a terminal, else JSON lines.
pub fn form(given: Option<To>) -> To {
    given.unwrap_or(if io::stdout().is_terminal() { To::Table } else { To::Jsonl })
}

/// How many rows: as many as `given`; without that, a page of a table on a terminal, else all.
pub fn most(given: Option<usize>, to: To, settings: &Settings) -> Option<usize> {
    given.or_else(|| (to == To::Table && io::stdout().is_terminal()).then(|| settings.page()))
}

/// The kinds of rows that a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Who said what
    Statements,
    /// Articles
    Documents,
    /// What is reported to have happened
    Events,
}
