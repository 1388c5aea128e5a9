//! Outlets, what they brought, and how much of it over time.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use onrecord_store::views::OutletRow;

use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::Found;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::sources::{self, AttentionRow};
use crate::form::Form;
use crate::plots::bars::{self, Bar, Caption};
use crate::problem::Problem;

const PATH: &str = "/sources";
/// How many outlets are drawn.
const DRAWN: usize = 12;

/// The paths.
pub fn routes() -> Router<App> {
    Router::new()
        .route(PATH, get(answer))
        .route("/sources.json", get(answer))
        .route("/sources.csv", get(answer))
        .route("/sources/attention.json", get(attention))
        .route("/sources/attention.csv", get(attention))
}

#[derive(Template)]
#[template(path = "sources.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'static [Section],
    asked: &'a Parameters,
    text: String,
    found: &'a Found<OutletRow>,
    /// All outlets together.
    all: Option<String>,
    drawn: Vec<Drawn>,
    /// The top of each of their figures.
    top: String,
    /// How many outlets there are in the figure's data.
    outlets: usize,
    /// A row for each period.
    table: Vec<Line>,
    csv: String,
    /// The most articles of one outlet of the page.
    most: u64,
}

/// The figure of an outlet.
struct Drawn {
    name: String,
    url: String,
    articles: u64,
    with_words: Option<u64>,
    svg: String,
}

/// A row of the table: a period and what each outlet that is drawn has in it.
struct Line {
    label: String,
    cells: Vec<String>,
}

async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let path = format!("{PATH}{}", form.end());
        let wanted = asked.clone();
        let found = app.ask(move |store| sources::outlets(store, &wanted, &path)).await?;
        match form {
            Form::Json => found.json(),
            Form::Csv => Ok(found.csv()),
            _ => {
                let wanted = asked.with("limit", None);
                let attention = app.ask(move |store| sources::attention(store, &wanted)).await?;
                page(&asked, &found, &attention.rows)
            }
        }
    };
    answered.await.unwrap_or_else(|problem| problem.answer(form))
}

async fn attention(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let found = app.ask(move |store| sources::attention(store, &asked)).await?;
        if form == Form::Csv { Ok(found.csv()) } else { found.json() }
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(form))
}

fn page(asked: &Parameters, found: &Found<OutletRow>, rows: &[AttentionRow]) -> Result<Response, Problem> {
    let other = asked.with("after", None);
    let outlets: Vec<&[AttentionRow]> = rows.chunk_by(|a, b| a.outlet == b.outlet).collect();
    let drawn = outlets.get(..DRAWN).unwrap_or(&outlets);
    let text = asked.one("q")?.unwrap_or_default().to_owned();
    let (figures, top) = each(drawn, asked, &text);
    html(&Page {
        frame: Frame::new("Sources", PATH).also(false, |end| other.behind(&format!("{PATH}{end}"))),
        sections: &SECTIONS,
        asked,
        all: together(&outlets, &text),
        top,
        drawn: figures,
        outlets: outlets.len(),
        table: table(drawn),
        csv: other.with("limit", None).behind("/sources/attention.csv"),
        most: found.rows.iter().map(|row| row.documents).max().unwrap_or_default(),
        text,
        found,
    })
}

/// The sum over all outlets: columns of articles, or of those with the words.
fn together(outlets: &[&[AttentionRow]], text: &str) -> Option<String> {
    let periods = outlets.first().filter(|rows| rows.len() > 1)?;
    let columns = periods.iter().enumerate().map(|(at, row)| {
        let counts = outlets.iter().filter_map(|rows| rows.get(at)).map(counted);
        Bar { label: row.period.label.clone(), value: counts.sum() }
    });
    let columns: Vec<_> = columns.collect();
    let title = if text.is_empty() {
        "Articles of all outlets".to_owned()
    } else {
        format!("Articles with {text}, of all outlets")
    };
    let sum = columns.iter().map(|bar| bar.value).sum::<u64>();
    let (first, last) = (columns.first()?, columns.last()?);
    let desc = format!("{} from {} to {}.", words::plural(sum, "article"), first.label, last.label);
    Some(bars::columns(Caption { id: "all", title: &title, desc: &desc }, &columns))
}

fn counted(row: &AttentionRow) -> u64 {
    row.with_words.unwrap_or(row.articles)
}

/// One figure for each outlet: of articles, or of the share with the words; and the top that they all have.
fn each(outlets: &[&[AttentionRow]], asked: &Parameters, text: &str) -> (Vec<Drawn>, String) {
    let value = |row: &AttentionRow| if text.is_empty() { Some(row.articles as f64) } else { row.share };
    let highest = outlets.iter().flat_map(|rows| rows.iter().filter_map(value)).fold(0.0, f64::max);
    let top = if text.is_empty() { words::plural(highest as u64, "article") } else { words::percent(highest) };
    let drawn = outlets.iter().enumerate().map(|(at, rows)| {
        let name = rows.first().and_then(|row| row.outlet.clone());
        let shown = name.clone().unwrap_or_else(|| sources::UNKNOWN.to_owned());
        let articles = rows.iter().map(|row| row.articles).sum();
        let with_words = (!text.is_empty()).then(|| rows.iter().filter_map(|row| row.with_words).sum());
        let title = if text.is_empty() {
            format!("Articles of {shown}")
        } else {
            format!("Share of the articles of {shown} with {text}")
        };
        let desc = format!("{} in all; the top of the figure is {top}.", words::plural(articles, "article"));
        let values: Vec<_> = rows.iter().map(value).collect();
        let search = asked.with("limit", None).with("outlet", name.as_deref());
        Drawn {
            svg: bars::line(Caption { id: &format!("outlet-{at}"), title: &title, desc: &desc }, &values, highest),
            url: search.behind("/articles"),
            name: shown,
            articles,
            with_words,
        }
    });
    let drawn = drawn.collect();
    (drawn, top)
}

fn table(outlets: &[&[AttentionRow]]) -> Vec<Line> {
    let periods = outlets.first().copied().unwrap_or_default();
    let lines = periods.iter().enumerate().map(|(at, row)| {
        let cells = outlets.iter().filter_map(|rows| rows.get(at)).map(|row| match row.with_words {
            Some(with_words) => format!("{with_words} of {}", row.articles),
            None => row.articles.to_string(),
        });
        Line { label: row.period.label.clone(), cells: cells.collect() }
    });
    lines.collect()
}
