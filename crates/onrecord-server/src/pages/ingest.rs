//! Runs and what could not be read; what runs do is told while they do it, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;

use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::{Found, no_such_form};
use crate::app::{App, Listener};
use crate::asked::Parameters;
use crate::data::ingest::{self, Ingest};
use crate::form::Form;
use crate::problem::Problem;

const PATH: &str = "/ingest";
/// How often the store is looked at for a listener.
const PAUSE: Duration = Duration::from_secs(1);
/// After how many seconds to ask again where there are too many listeners.
const AGAIN: u64 = 10;

/// The paths.
pub fn routes() -> Router<App> {
    Router::new()
        .route(PATH, get(page))
        .route("/ingest.json", get(jobs))
        .route("/ingest.csv", get(jobs))
        .route("/ingest/failures.json", get(failures))
        .route("/ingest/failures.csv", get(failures))
        .route("/ingest/events", get(events))
}

#[derive(Template)]
#[template(path = "ingest.html")]
struct Page {
    frame: Frame,
    sections: &'static [Section],
    ingest: Ingest,
    code: Option<String>,
    /// How many failures there are in all.
    failed: u64,
    /// How many articles are in other languages.
    others: u64,
}

async fn page(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let wanted = asked.clone();
        let now = jiff::Timestamp::now();
        let ingest = app.ask(move |store| ingest::ingest(store, &wanted, PATH, now)).await?;
        html(&Page {
            frame: Frame::new("Ingest", PATH).also(false, |end| format!("{PATH}{end}")),
            sections: &SECTIONS,
            code: asked.one("code")?.map(str::to_owned),
            failed: ingest.codes.iter().map(|(_, count)| count).sum(),
            others: ingest.others.iter().flatten().map(|(_, count)| count).sum(),
            ingest,
        })
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(Form::Page))
}

async fn jobs(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        Parameters::of(query.as_deref()).only(&[])?;
        let now = jiff::Timestamp::now();
        let found = Found::all(app.ask(move |store| ingest::jobs(store, now)).await?);
        match form {
            Form::Json => found.json(),
            Form::Csv => Ok(found.csv()),
            _ => Err(no_such_form(form)),
        }
    };
    answered.await.unwrap_or_else(|problem| problem.answer(form))
}

async fn failures(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let path = format!("/ingest/failures{}", form.end());
        let found = app.ask(move |store| ingest::failures(store, &asked, &path)).await?;
        if form == Form::Csv { Ok(found.csv()) } else { found.json() }
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(form))
}

/// What `/ingest.json` answers, as an event `jobs`: at once, and whenever it has changed.
async fn events(State(app): State<App>) -> Response {
    let Some(listener) = app.listener() else { return Problem::TooMany(AGAIN).answer(Form::Json) };
    let told = stream::unfold((app, listener, String::new()), |(app, listener, last)| async move {
        let news = news(&app, &listener, &last).await?;
        let event = Event::default().event("jobs").data(&news);
        Some((Ok::<_, Infallible>(event), (app, listener, news)))
    });
    Sse::new(told).keep_alive(KeepAlive::default()).into_response()
}

/// Waits until the runs are others than in `last`; none where the server ends or the store does not answer.
async fn news(app: &App, listener: &Listener, last: &str) -> Option<String> {
    loop {
        let now = jiff::Timestamp::now();
        let jobs = Found::all(app.ask(move |store| ingest::jobs(store, now)).await.ok()?);
        let written = serde_json::to_string(&jobs).ok()?;
        if written != last {
            return Some(written);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = listener.ended() => return None,
        }
    }
}
