//! Permalinks: short addresses that lead to the article at the words, or to the page of a subject; as JSON the row alone.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use onrecord::permalinks::{DOCUMENT, ITEM};
use onrecord_store::ItemRow;

use crate::answer::{Found, no_such_form};
use crate::app::App;
use crate::data::permalinks;
use crate::form::Form;
use crate::problem::Problem;

/// The paths of permalinks.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/s/{id}", get(|app, form, id| answer(app, form, id, Kind::Statement)))
        .route("/v/{id}", get(|app, form, id| answer(app, form, id, Kind::Event)))
        .route("/d/{id}", get(|app, form, id| answer(app, form, id, Kind::Document)))
        .route("/e/{id}", get(|app, form, id| answer(app, form, id, Kind::Subject)))
}

/// Which kind of item a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Statement,
    Event,
    Document,
    Subject,
}

async fn answer(State(app): State<App>, form: Form, Path(id): Path<String>, kind: Kind) -> Response {
    answered(&app, form, Form::stem(&id), kind).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: &App, form: Form, id: &str, kind: Kind) -> Result<Response, Problem> {
    let row = if kind == Kind::Subject {
        // What is counted of a subject takes longer the more is known of it.
        let asked = id.to_owned();
        app.ask(move |store| permalinks::row(store, &asked)).await?
    } else {
        app.look(|store| permalinks::row(store, id))?
    };
    let found = match &row {
        ItemRow::Statement(_) => Kind::Statement,
        ItemRow::Event(_) => Kind::Event,
        ItemRow::Document(_) => Kind::Document,
        ItemRow::Subject(_) => Kind::Subject,
        ItemRow::Withdrawn(withdrawal) => return Err(Problem::Gone(withdrawal.clone())),
    };
    if found != kind {
        return Err(Problem::NotFound(format!(
            "{id:?} is the permalink of something else; it is at {}",
            path(found, id)
        )));
    }
    match (form, row) {
        (Form::Page, ItemRow::Subject(subject)) => {
            Ok(Redirect::to(&format!("/speakers/{}", subject.id)).into_response())
        }
        (Form::Page, _) => Ok(Redirect::to(&place(id)).into_response()),
        (Form::Json, ItemRow::Statement(hit)) => Found::one(hit).json(),
        (Form::Json, ItemRow::Event(hit)) => Found::one(hit).json(),
        (Form::Json, ItemRow::Document(hit)) => Found::one(hit).json(),
        (Form::Json, ItemRow::Subject(subject)) => Found::one(subject).json(),
        (Form::Csv, ItemRow::Statement(hit)) => Ok(Found::one(hit).csv()),
        (Form::Csv, ItemRow::Event(hit)) => Ok(Found::one(hit).csv()),
        (Form::Csv, ItemRow::Document(hit)) => Ok(Found::one(hit).csv()),
        (Form::Csv, ItemRow::Subject(subject)) => Ok(Found::one(subject).csv()),
        (form, _) => Err(no_such_form(form)),
    }
}

/// The short address of an item.
fn path(kind: Kind, id: &str) -> String {
    let letter = match kind {
        Kind::Statement => 's',
        Kind::Event => 'v',
        Kind::Document => 'd',
        Kind::Subject => 'e',
    };
    format!("/{letter}/{id}")
}

/// Where an article is, at the words of the statement or event that the permalink names.
pub fn place(id: &str) -> String {
    match id.split_at_checked(DOCUMENT) {
        Some((document, mark)) if !mark.is_empty() => format!("/articles/{document}#s-{mark}"),
        _ => format!("/articles/{id}"),
    }
}

/// Where the note on a statement or event is; the page of a subject, whose permalinks are of another length; else its part of the log.
pub fn note(id: &str) -> String {
    let is_permalink = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match id.split_at_checked(DOCUMENT).filter(|_| is_permalink) {
        Some((document, "")) => format!("/articles/{document}"),
        Some((document, mark)) if mark.len() == ITEM => format!("/articles/{document}#n-{mark}"),
        Some((_, mark)) if mark.len() == 1 => format!("/speakers/{id}"),
        _ => format!("/corrections?about={}", encoded(id)),
    }
}

/// As the value of a parameter.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
