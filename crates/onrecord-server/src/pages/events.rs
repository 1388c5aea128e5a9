//! What is reported to have happened: a search with its facets, each event as a sentence with who tells it.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use onrecord_store::search::EventHit;

use super::facets::{self, FacetView};
use super::{Frame, SECTIONS, Section, happenings, html, words};
use crate::answer::Found;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::searches;
use crate::form::Form;
use crate::problem::Problem;

const PATH: &str = "/events";

/// The paths of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/events", get(answer)).route("/events.json", get(answer)).route("/events.csv", get(answer))
}

#[derive(Template)]
#[template(path = "events.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    asked: &'a Parameters,
    text: String,
    /// The days within which it happened, where they are asked for.
    happened: Option<String>,
    found: &'a Found<EventHit>,
    facets: Vec<FacetView>,
    /// The same events by when and by where.
    timeline: String,
    map: String,
}

async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    answered(app, form, query).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: App, form: Form, query: Option<String>) -> Result<Response, Problem> {
    let asked = Parameters::of(query.as_deref());
    let (wanted, path) = (asked.clone(), format!("{PATH}{}", form.end()));
    let found = app.ask(move |store| searches::events(store, &wanted, &path)).await?;
    match form {
        Form::Page => page(&asked, &found),
        Form::Json => found.json(),
        Form::Csv => Ok(found.csv()),
        Form::Atom => Err(crate::answer::no_such_form(form)),
    }
}

fn page(asked: &Parameters, found: &Found<EventHit>) -> Result<Response, Problem> {
    let other = asked.with("after", None);
    let counted = ["order", "limit", "precision"].iter().fold(other.clone(), |asked, name| asked.with(name, None));
    let days = (asked.one("happened_from")?, asked.one("happened_to")?);
    let happened = match days {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {} on", words::day(from))),
        (None, Some(to)) => Some(format!("until {}", words::day(to))),
        (Some(from), Some(to)) => Some(super::when::reported(from, to, "day")),
    };
    let precisions = asked.all("precision");
    let happened = match (happened, precisions.is_empty()) {
        (happened, true) => happened,
        (happened, false) => {
            Some(format!("{} (told to the {})", happened.unwrap_or_default(), precisions.join(" or ")))
        }
    };
    html(&Page {
        frame: Frame::new("Events", PATH).also(false, |end| other.behind(&format!("{PATH}{end}"))),
        sections: &SECTIONS,
        asked,
        text: asked.one("q")?.unwrap_or_default().to_owned(),
        happened,
        found,
        facets: facets::views(&found.facets, asked, PATH),
        timeline: counted.with("happened_from", None).with("happened_to", None).behind("/timeline"),
        map: counted.behind("/map"),
    })
}
