//! Who speaks most, and who has a name.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use onrecord_store::views::SpeakerRow;

use super::facets::{self, FacetView};
use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::Found;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::speakers;
use crate::form::Form;
use crate::plots::bars;
use crate::problem::Problem;

const PATH: &str = "/speakers";

/// The paths.
pub fn routes() -> Router<App> {
    Router::new().route(PATH, get(answer)).route("/speakers.json", get(answer)).route("/speakers.csv", get(answer))
}

#[derive(Template)]
#[template(path = "speakers.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'static [Section],
    asked: &'a Parameters,
    name: String,
    found: &'a Found<SpeakerRow>,
    facets: Vec<FacetView>,
    /// The most statements that one of the page makes.
    most: u64,
}

async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let path = format!("{PATH}{}", form.end());
        let wanted = asked.clone();
        let found = app.ask(move |store| speakers::list(store, &wanted, &path)).await?;
        match form {
            Form::Json => found.json(),
            Form::Csv => Ok(found.csv()),
            _ => page(&asked, &found),
        }
    };
    answered.await.unwrap_or_else(|problem| problem.answer(form))
}

fn page(asked: &Parameters, found: &Found<SpeakerRow>) -> Result<Response, Problem> {
    let other = asked.with("after", None);
    html(&Page {
        frame: Frame::new("Speakers", PATH).also(false, |end| other.behind(&format!("{PATH}{end}"))),
        sections: &SECTIONS,
        asked,
        name: asked.one("q")?.unwrap_or_default().to_owned(),
        found,
        facets: facets::views(&found.facets, asked, PATH),
        most: found.rows.iter().map(|row| row.statements).max().unwrap_or_default(),
    })
}
