//! One who speaks: what they are on record as saying, when, to whom and where; and who is held to be the same.

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::figures::{self, TimeFigure};
use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::{Found, no_such_form};
use crate::app::App;
use crate::asked::Parameters;
use crate::data::speakers::{self, Portrait};
use crate::form::Form;
use crate::plots::bars;
use crate::problem::Problem;

/// The paths.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/speakers/{id}", get(answer))
        .route("/speakers/{id}/days.json", get(days))
        .route("/speakers/{id}/days.csv", get(days))
}

#[derive(Template)]
#[template(path = "speaker.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'static [Section],
    portrait: &'a Portrait,
    figure: Option<TimeFigure>,
    /// Whom statements of this page were told to, and through what, each with how often.
    told: Vec<(String, u64)>,
    here: String,
    /// The parameters without those of a page.
    asked: &'a Parameters,
}

async fn answer(State(app): State<App>, form: Form, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let id = Form::stem(&name).to_owned();
        let path = format!("/speakers/{name}");
        let (wanted, asked_id) = (asked.clone(), id.clone());
        let portrait = app.ask(move |store| speakers::portrait(store, &asked_id, &wanted, &path)).await?;
        if portrait.subject.id != id {
            let main = asked.behind(&format!("/speakers/{}{}", portrait.subject.id, form.end()));
            return Ok(Redirect::to(&main).into_response());
        }
        match form {
            Form::Page => page(&portrait, &asked),
            Form::Json => Found::one(portrait).json(),
            Form::Csv => Ok(Found::one(portrait).csv()),
            Form::Atom => Err(no_such_form(form)),
        }
    };
    answered.await.unwrap_or_else(|problem| problem.answer(form))
}

fn page(portrait: &Portrait, asked: &Parameters) -> Result<Response, Problem> {
    let subject = &portrait.subject;
    let here = format!("/speakers/{}", subject.id);
    let title = format!("Statements by {} by day of publication", subject.name);
    let figure = figures::over_time("said", &title, "statement", &portrait.days);
    html(&Page {
        frame: Frame::new(subject.name.clone(), "/speakers").also(false, |end| format!("{here}{end}")),
        sections: &SECTIONS,
        figure: figure.map(|figure| figure.with_links(|period| asked.between(period).behind(&here))),
        told: told(portrait),
        portrait,
        here,
        asked,
    })
}

/// To whom and through what, the most frequent first.
fn told(portrait: &Portrait) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = Vec::new();
    let to = portrait.said.iter().filter_map(|said| said.addressee.as_ref().map(|to| format!("to {to}")));
    let through = portrait.said.iter().filter_map(|said| said.medium.as_ref().map(|medium| format!("via {medium}")));
    for way in to.chain(through) {
        match counts.iter_mut().find(|(known, _)| *known == way) {
            Some((_, count)) => *count += 1,
            None => counts.push((way, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

async fn days(State(app): State<App>, form: Form, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let found = app.ask(move |store| speakers::days(store, &id, &asked)).await?;
        if form == Form::Csv { Ok(found.csv()) } else { found.json() }
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(form))
}
