//! `onrecord search`: words and fields → statements, articles or events of a store, or how they are spread.

use std::io::Write;

use anyhow::bail;
use clap::{Args, ValueEnum};
use onrecord_store::search::{self, Facet, Order, Query};
use onrecord_store::{Reading, StoreError};

use super::read::day;
use crate::listing::{Listing, Row, To, plural};
use crate::outcome::{self, Outcome};
use crate::paint::{self, Color};
use crate::pretty::Page;
use crate::rows::Spread;
use crate::settings::Settings;
use crate::shelf::{self, Kind, Shown, StoreArgument};

/// Search a store: who said what, in which articles, what is reported to have happened
///
/// All WORDS must be there, in any order. In one argument, "words in marks" must stand as they are, -word must not be there, and pref* is every word that begins so:
/// onrecord search '"north quay" -closed harb*'. Nothing that is typed is an error. Without WORDS, the fields alone decide. A field may be given several times, and one
/// of its values must fit; all fields must. --speaker, --actor and --recipient take a permalink or a name, as for onrecord who.
///
/// Up to 500 matches come with the best first, more with the newest first. Every row begins with its permalink, which onrecord show takes. All rows are written, but
/// for a table on a terminal, which stops at a page and says how many more there are.
///
/// Exit code: 0 if something was found, 1 if nothing was, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct SearchArguments {
    /// What to look for
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Among what to look
    #[arg(long = "in", value_enum, default_value = "statements")]
    kind: Kind,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    store: StoreArgument,
}

/// What rows must have.
#[derive(Debug, Args, Default)]
pub struct Fields {
    /// Who says it
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// The kind of saying: say, deny, accuse, …
    #[arg(long)]
    act: Vec<String>,
    /// direct, indirect or mixed
    #[arg(long)]
    form: Vec<String>,
    /// The PLOVER type of the event: CONSULT, ASSAULT, …
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Who did it
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,
    /// Whom it was done to
    #[arg(long, value_name = "NAME")]
    recipient: Vec<String>,
    /// The speaker's country, or that in which it happened: ISO 3166-1, two letters
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// Where it was said or happened
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Published on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    since: Option<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<String>,
    /// What a person made of it: open, accepted, rejected, edited
    #[arg(long)]
    status: Vec<String>,
    /// Whether it is told not to have been said or to have happened
    #[arg(long, value_name = "true|false")]
    negated: Option<bool>,
}

/// How hits are written.
#[derive(Debug, Args)]
pub struct Output {
    /// How the hits are spread over speakers, outlets, days, …, in place of the hits
    #[arg(long)]
    facets: bool,
    /// What comes first
    #[arg(long, value_enum, default_value = "best")]
    order: First,
    /// Write so many rows, of facets so many values of each [default: all; of a table on a terminal, limits.page]
    #[arg(long, value_name = "N", value_parser = rows)]
    limit: Option<usize>,
    /// Go on where a list ended that gave this
    #[arg(long, value_name = "PLACE")]
    after: Option<String>,
    /// What to write [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When a table is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum First {
    /// The best matches, where they are not too many to be ranked
    Best,
    /// The newest
    Newest,
}

/// A number of rows as it is written on the command line.
pub(crate) fn rows(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|rows| *rows > 0).ok_or_else(|| "not a number from 1 on".to_owned())
}

/// Searches and writes what was found.
///
/// # Errors
/// There is no store, a field has no such value, or `out` failed.
pub fn run(arguments: &SearchArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let asked = Asked {
        text: arguments.words.join(" "),
        kind: arguments.kind,
        fields: &arguments.fields,
        output: &arguments.output,
        store: &arguments.store,
    };
    asked.answer(settings, out)
}

/// A search as `search` and `events` make it.
pub struct Asked<'a> {
    pub text: String,
    pub kind: Kind,
    pub fields: &'a Fields,
    pub output: &'a Output,
    pub store: &'a StoreArgument,
}

impl Asked<'_> {
    /// Searches and writes what was found.
    pub fn answer(&self, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let store = self.store.open(settings)?;
        let reading = store.readers().get(settings.search_time())?;
        let desk =
            Desk { to: shelf::form(self.output.to), limit: self.output.limit, color: self.output.color, settings };
        let Some(query) = self.query(&reading)? else { return desk.nothing(self.kind, out) };
        if self.output.facets {
            return desk.facets(self.kind, query, &reading, out);
        }
        match self.kind {
            Kind::Statements => desk.hits(query, "statement", |query| search::statements(&reading, query), out),
            Kind::Documents => desk.hits(query, "article", |query| documents(&reading, query), out),
            Kind::Events => desk.hits(query, "event", |query| search::events(&reading, query), out),
        }
    }

    /// The query; none where nobody has a name that was asked for, which is told.
    fn query(&self, reading: &Reading) -> anyhow::Result<Option<Query>> {
        let fields = self.fields;
        let named = |names: &[String]| -> anyhow::Result<Option<Vec<String>>> {
            let ids = shelf::named(reading, names)?;
            if ids.is_empty() && !names.is_empty() {
                outcome::tell(&format!("the store knows nobody called {}", names.join(" or ")));
                return Ok(None);
            }
            Ok(Some(ids))
        };
        let (Some(speakers), Some(actors), Some(recipients)) =
            (named(&fields.speaker)?, named(&fields.actor)?, named(&fields.recipient)?)
        else {
            return Ok(None);
        };
        Ok(Some(Query {
            text: self.text.clone(),
            speakers,
            actors,
            recipients,
            outlets: fields.outlet.clone(),
            acts: fields.act.clone(),
            forms: fields.form.clone(),
            negated: fields.negated,
            types: fields.types.iter().map(|kind| kind.to_uppercase()).collect(),
            countries: fields.country.iter().map(|code| code.to_uppercase()).collect(),
            places: fields.place.clone(),
            statuses: fields.status.clone(),
            from: fields.since.clone(),
            to: fields.until.clone(),
            order: if self.output.order == First::Best { Order::Best } else { Order::Newest },
            after: self.output.after.clone(),
            ..Query::default()
        }))
    }
}

/// Articles, with brackets about the words that match.
fn documents(reading: &Reading, query: &Query) -> Result<search::Page<search::DocumentHit>, StoreError> {
    let mut page = search::documents(reading, query)?;
    for hit in &mut page.items {
        hit.snippet =
            hit.snippet.take().map(|words| words.replace(search::MARK_START, "[").replace(search::MARK_END, "]"));
    }
    Ok(page)
}

/// How what was found is written.
struct Desk<'a> {
    to: To,
    limit: Option<usize>,
    color: Color,
    settings: &'a Settings,
}

impl Desk<'_> {
    fn page(&self) -> Page {
        Page { columns: paint::columns(), is_coloured: self.color.on_stdout() }
    }

    /// A list without rows.
    fn nothing(&self, kind: Kind, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let listing = Listing::new(self.to, self.page(), out);
        match kind {
            Kind::Statements => listing.end::<search::StatementHit>("")?,
            Kind::Documents => listing.end::<search::DocumentHit>("")?,
            Kind::Events => listing.end::<search::EventHit>("")?,
        }
        Ok(Outcome::NothingFound)
    }

    fn hits<T: Row>(
        &self,
        mut query: Query,
        noun: &str,
        ask: impl Fn(&Query) -> Result<search::Page<T>, StoreError>,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        query.counts = self.to == To::Table;
        let is_first = query.after.is_none();
        query.facet_values = 0;
        let mut listing = Listing::new(self.to, self.page(), out);
        let most = shelf::most(self.limit, self.to, self.settings);
        let shown = shelf::hits(query, most, ask, |hit| listing.row(hit))?;
        listing.end::<T>(&note(&shown, noun, is_first))?;
        Ok(if shown.rows == 0 { Outcome::NothingFound } else { Outcome::Clean })
    }

    fn facets(&self, kind: Kind, mut query: Query, reading: &Reading, out: &mut impl Write) -> anyhow::Result<Outcome> {
        if query.after.is_some() {
            bail!("--after is for hits, not for --facets");
        }
        query.limit = 1;
        query.facet_values = shelf::most(self.limit, self.to, self.settings).unwrap_or(usize::MAX);
        let (of, total, facets) = match kind {
            Kind::Statements => counted("statements", search::statements(reading, &query)?),
            Kind::Documents => counted("documents", search::documents(reading, &query)?),
            Kind::Events => counted("events", search::events(reading, &query)?),
        };
        let mut listing = Listing::new(self.to, self.page(), out);
        spread(of, total, &facets).iter().try_for_each(|row| listing.row(row))?;
        listing.end::<Spread>(&left_out(&facets))?;
        Ok(if total == 0 { Outcome::NothingFound } else { Outcome::Clean })
    }
}

fn counted<T>(of: &'static str, page: search::Page<T>) -> (&'static str, u64, Vec<Facet>) {
    (of, page.total.unwrap_or_default(), page.facets)
}

/// The total, then every value of every facet.
pub fn spread(of: &'static str, total: u64, facets: &[Facet]) -> Vec<Spread> {
    let whole = Spread { of, field: "", value: String::new(), label: "in all".to_owned(), count: total };
    let values = facets.iter().flat_map(|facet| {
        facet.values.iter().map(|value| Spread {
            of,
            field: facet.field,
            value: value.value.clone(),
            label: value.label.clone(),
            count: value.count,
        })
    });
    std::iter::once(whole).chain(values).collect()
}

/// `speaker: 12 more values`, for the facets of which not all are listed.
pub fn left_out(facets: &[Facet]) -> String {
    let more = facets.iter().filter_map(|facet| {
        let more = facet.distinct.saturating_sub(facet.values.len());
        (more > 0).then(|| format!("{}: {more} more", facet.field))
    });
    more.collect::<Vec<_>>().join(", ")
}

/// `20 of 134 statements, the best match first; 114 more: --limit 134, or go on with --after n12`.
fn note(shown: &Shown, noun: &str, is_first: bool) -> String {
    let total = shown.total.unwrap_or(shown.rows);
    let order = match total {
        0 | 1 => "",
        _ if shown.ranked => ", the best match first",
        _ => ", the newest first",
    };
    let all = plural(total, noun);
    match &shown.next {
        None if is_first => format!("{all}{order}"),
        None => format!("the last {} of {all}{order}", shown.rows),
        Some(next) if is_first => {
            let more = total.saturating_sub(shown.rows);
            format!("{} of {all}{order}; {more} more: --limit {total}, or go on with --after {next}", shown.rows)
        }
        Some(next) => format!("{} of {all}{order}; more: go on with --after {next}", shown.rows),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command};
    use onrecord_store::search::RANKED;

    use super::{SearchArguments, Shown, note};

    #[test]
    fn the_help_gives_how_many_matches_are_ranked() {
        let help = SearchArguments::augment_args(Command::new("search")).render_long_help().to_string();
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(&format!("Up to {RANKED} matches come with the best first")), "{help}");
    }

    #[test]
    fn what_is_not_shown_is_told() {
        let shown = |rows, total, next: Option<&str>| Shown {
            rows,
            total: Some(total),
            next: next.map(str::to_owned),
            ranked: true,
        };
        assert_eq!(
            note(&shown(20, 134, Some("n12")), "statement", true),
            "20 of 134 statements, the best match first; 114 more: --limit 134, or go on with --after n12"
        );
        assert_eq!(note(&shown(14, 134, None), "event", false), "the last 14 of 134 events, the best match first");
        assert_eq!(note(&shown(1, 1, None), "statement", true), "1 statement");
        assert_eq!(note(&shown(0, 0, None), "article", true), "0 articles");
    }
}
