//! What people corrected: the log, and the address to which corrections are sent.
//!
//! A form that a page sends is answered with the way back to what was corrected; JSON with the entry of the log.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use onrecord_store::corrections::Logged;

use super::article::history;
use super::{Frame, SECTIONS, Section, html, permalinks, words};
use crate::answer::{Found, no_such_form};
use crate::app::App;
use crate::asked::Parameters;
use crate::correcting::{self, Sent};
use crate::data::corrections;
use crate::form::Form;
use crate::problem::Problem;

const PATH: &str = "/corrections";

/// The paths of the log.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/corrections", get(answer).post(correct))
        .route("/corrections.json", get(answer).post(correct))
        .route("/corrections.csv", get(answer))
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    about: Option<String>,
    found: &'a Found<Logged>,
}

/// `/corrections`, in any form.
pub async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    answered(app, form, query).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: App, form: Form, query: Option<String>) -> Result<Response, Problem> {
    let asked = Parameters::of(query.as_deref());
    let path = match form {
        Form::Page => PATH,
        Form::Json => "/corrections.json",
        Form::Csv => "/corrections.csv",
        Form::Atom => return Err(no_such_form(form)),
    };
    let wanted = asked.clone();
    let found = app.ask(move |store| corrections::log(store, &wanted, path)).await?;
    match form {
        Form::Json => found.json(),
        Form::Csv => Ok(found.csv()),
        _ => {
            let other = asked.with("after", None);
            html(&Page {
                frame: Frame::new("Corrections", PATH).also(false, |end| other.behind(&format!("{PATH}{end}"))),
                sections: &SECTIONS,
                about: asked.one("about")?.map(str::to_owned),
                found: &found,
            })
        }
    }
}

/// `POST /corrections`.
pub async fn correct(State(app): State<App>, fields: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let media = fields.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
    let is_form = media.starts_with("application/x-www-form-urlencoded");
    let form = if is_form { Form::Page } else { Form::Json };
    let sent = match body {
        Ok(body) if is_form => correcting::of_form(&body),
        Ok(body) if media.starts_with("application/json") => correcting::of_json(&body),
        Ok(_) => {
            Err(Problem::Media(format!("a correction is sent as a form or as application/json, not as {media:?}")))
        }
        Err(error) => Err(Problem::TooLarge(error.body_text())),
    };
    made(app, sent, form).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn made(app: App, sent: Result<Sent, Problem>, form: Form) -> Result<Response, Problem> {
    let Sent { wish, back } = sent?;
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let entry = app.change(move |store| corrections::correct(store, wish, now)).await?;
    match form {
        Form::Page => Ok(Redirect::to(&permalinks::note(&back)).into_response()),
        _ => Found::one(entry).json(),
    }
}
