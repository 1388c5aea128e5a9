//! The front page: what is new, who speaks, how much there is; and its figures as JSON and CSV at `/stats`.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;

use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::no_such_form;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::front::{self, Front};
use crate::form::Form;
use crate::problem::Problem;

/// The paths.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(page)).route("/stats.json", get(stats)).route("/stats.csv", get(stats))
}

#[derive(Template)]
#[template(path = "front.html")]
struct Page {
    frame: Frame,
    sections: &'static [Section],
    front: Front,
}

async fn page(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        Parameters::of(query.as_deref()).only(&[])?;
        let now = jiff::Timestamp::now();
        let front = app.ask(move |store| front::front(store, now)).await?;
        let frame = Frame::new("Front page", "/").also(false, |end| format!("/stats{end}"));
        html(&Page { frame, sections: &SECTIONS, front })
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(Form::Page))
}

async fn stats(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let found = app.ask(move |store| front::counts(store, &asked)).await?;
        match form {
            Form::Json => found.json(),
            Form::Csv => Ok(found.csv()),
            _ => Err(no_such_form(form)),
        }
    };
    answered.await.unwrap_or_else(|problem| problem.answer(form))
}
