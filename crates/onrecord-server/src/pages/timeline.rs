//! Events by when they happened: a picture, the table of what is drawn, and links that move and zoom it.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;

use super::facets::{self, FacetView};
use super::{Frame, SECTIONS, Section, html, when, words};
use crate::answer::typed;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::timeline::{self, Stretch, Timeline};
use crate::form::Form;
use crate::plots::calendar::{Unit, days_between, plus};
use crate::plots::timeline::{Chart, Mark, NARROW, WIDE, svg};
use crate::problem::Problem;

const PATH: &str = "/timeline";

/// The paths of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/timeline", get(answer))
        .route("/timeline.json", get(answer))
        .route("/timeline.csv", get(answer))
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    asked: &'a Parameters,
    text: String,
    timeline: &'a Timeline,
    /// How many events are shown.
    events: u64,
    /// `1 March to 31 March 2026, by day`.
    shown: String,
    moves: Vec<Move>,
    figure: String,
    rows: Vec<RowView<'a>>,
    facets: Vec<FacetView>,
}

/// A link that shows other days.
struct Move {
    name: &'static str,
    /// How many events are there, where that is known.
    events: Option<u64>,
    url: String,
}

struct RowView<'a> {
    label: String,
    stretch: &'a Stretch,
    /// Its cells behind that of all events.
    counts: [u64; 5],
    /// Where these days are shown alone; none of a day.
    zoom: Option<String>,
}

async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    answered(app, form, query).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: App, form: Form, query: Option<String>) -> Result<Response, Problem> {
    let asked = Parameters::of(query.as_deref());
    let wanted = asked.clone();
    let timeline = app.ask(move |store| timeline::timeline(store, &wanted)).await?;
    match form {
        Form::Page => page(&asked, &timeline),
        Form::Json => json(&timeline),
        Form::Csv => Ok(timeline.found.csv()),
        Form::Atom => Err(crate::answer::no_such_form(form)),
    }
}

fn json(timeline: &Timeline) -> Result<Response, Problem> {
    let written = serde_json::to_vec(timeline).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(typed("application/json", written))
}

fn page(asked: &Parameters, timeline: &Timeline) -> Result<Response, Problem> {
    let window = shown(timeline);
    let rows = timeline.found.rows.iter().map(|stretch| RowView {
        label: label(stretch),
        zoom: (stretch.precision != "day").then(|| days(asked, &stretch.first, &stretch.last)),
        counts: [
            stretch.verbal_cooperation,
            stretch.material_cooperation,
            stretch.verbal_conflict,
            stretch.material_conflict,
            stretch.denied_cooperation + stretch.denied_conflict,
        ],
        stretch,
    });
    let rows: Vec<RowView> = rows.collect();
    let events = timeline.found.rows.iter().map(|stretch| stretch.events).sum();
    let words = window.map(|(first, last, unit)| {
        format!(
            "{}, by {}",
            when::reported(&first.to_string(), &last.to_string(), "day").trim_start_matches("on "),
            unit.name()
        )
    });
    html(&Page {
        frame: Frame::new("Timeline", PATH).also(false, |end| asked.behind(&format!("{PATH}{end}"))),
        sections: &SECTIONS,
        asked,
        text: asked.one("q")?.unwrap_or_default().to_owned(),
        events,
        moves: window.map(|window| moves(asked, timeline, window)).unwrap_or_default(),
        figure: window
            .map(|window| figure(window, words.as_deref().unwrap_or_default(), events, &rows))
            .unwrap_or_default(),
        shown: words.unwrap_or_default(),
        rows,
        facets: facets::views(&timeline.found.facets, asked, PATH),
        timeline,
    })
}

/// The days that are shown, and by what.
fn shown(timeline: &Timeline) -> Option<(Date, Date, Unit)> {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    let (first, last) = (day(&timeline.shown.from)?, day(&timeline.shown.to)?);
    let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Decade, Unit::Century];
    Some((first, last, units.into_iter().find(|unit| Some(unit.name()) == timeline.shown.unit)?))
}

fn label(stretch: &Stretch) -> String {
    when::label(&stretch.first, &stretch.last, &stretch.precision)
}

/// The same search in other days.
fn days(asked: &Parameters, first: &str, last: &str) -> String {
    asked.with("happened_from", Some(first)).with("happened_to", Some(last)).behind(PATH)
}

/// Earlier, later, in, out, everything.
fn moves(asked: &Parameters, timeline: &Timeline, (first, last, _): (Date, Date, Unit)) -> Vec<Move> {
    let length = days_between(first, last) + 1;
    let to = |from: Date, to: Date| days(asked, &from.to_string(), &to.to_string());
    let mut moves = vec![Move {
        name: "← Earlier",
        events: Some(timeline.shown.before),
        url: to(plus(first, -length), plus(first, -1)),
    }];
    if length > 1 {
        let quarter = length / 4;
        moves.push(Move { name: "Zoom in", events: None, url: to(plus(first, quarter), plus(last, -quarter)) });
    }
    let half = (length / 2).max(1);
    moves.push(Move { name: "Zoom out", events: None, url: to(plus(first, -half), plus(last, half)) });
    if let (Some(from), Some(until)) = (&timeline.shown.all_from, &timeline.shown.all_to) {
        moves.push(Move { name: "All days", events: None, url: days(asked, from, until) });
    }
    moves.push(Move {
        name: "Later →",
        events: Some(timeline.shown.after),
        url: to(plus(last, 1), plus(last, length)),
    });
    moves
}

fn figure((first, last, unit): (Date, Date, Unit), words: &str, events: u64, rows: &[RowView]) -> String {
    let mark = |row: &RowView| {
        let stretch = row.stretch;
        Some(Mark {
            first: stretch.first.parse().ok()?,
            last: stretch.last.parse().ok()?,
            is_bar: stretch.shown_as == "bar",
            counts: [
                stretch.material_cooperation,
                stretch.verbal_cooperation,
                stretch.denied_cooperation,
                stretch.material_conflict,
                stretch.verbal_conflict,
                stretch.denied_conflict,
            ],
            label: row.label.clone(),
            url: row
                .zoom
                .clone()
                .filter(|_| stretch.shown_as == "column")
                .unwrap_or_else(|| stretch.events_url.clone()),
        })
    };
    let marks: Vec<Mark> = rows.iter().filter_map(mark).collect();
    let most = rows.iter().filter(|row| row.stretch.shown_as == "column").max_by_key(|row| row.stretch.events);
    let most = most.map_or_else(String::new, |row| {
        format!(" The most lie in this {}: {}, {}.", unit.name(), row.label, row.stretch.events)
    });
    let description = format!(
        "Columns of cooperation above a line and of conflict below it; bars beneath for what texts tell no finer than a longer stretch. {} in all.{most} The table has the \
         numbers.",
        words::plural(events, "event")
    );
    let title = format!("Events by when they happened, {words}");
    let chart = Chart { first, last, unit, marks: &marks, title: &title, description: &description };
    svg(&chart, WIDE) + &svg(&chart, NARROW)
}
