//! An article: its text with all that was read in it marked, a note beside it for each statement and event, and the facts of the document.

mod facts;
pub mod history;
mod notes;
mod text;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use onrecord_store::views::ArticleView;

use self::facts::{Facts, NamedView};
use self::notes::{Note, Notes, RuleView};
use self::text::ParagraphView;
use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::no_such_form;
use crate::app::App;
use crate::data::articles;
use crate::form::Form;
use crate::marked;
use crate::problem::Problem;

/// The paths of articles.
pub fn routes() -> Router<App> {
    Router::new().route("/articles/{id}", get(answer))
}

/// What can be shown and hidden, in the order of its switches: a name for the style sheet, and what people read.
const LAYERS: [(&str, &str); 6] = [
    ("statements", "Statements"),
    ("events", "Events"),
    ("entities", "Names"),
    ("times", "Times"),
    ("places", "Places"),
    ("quantities", "Quantities"),
];

#[derive(Template)]
#[template(path = "article.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    article: &'a ArticleView,
    layers: &'a [(&'static str, &'static str)],
    paragraphs: Vec<PassageView<'a>>,
    facts: Facts<'a>,
    named: NamedView<'a>,
    rules: Vec<RuleView<'a>>,
    /// Those who may be chosen as speakers.
    speakers: Vec<&'a str>,
}

/// A paragraph with the notes beside it.
struct PassageView<'a> {
    text: ParagraphView<'a>,
    notes: Vec<Note<'a>>,
}

/// `/articles/{id}`, in any form.
pub async fn answer(State(app): State<App>, form: Form, Path(id): Path<String>) -> Response {
    answered(app, form, Form::stem(&id).to_owned()).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: App, form: Form, id: String) -> Result<Response, Problem> {
    match form {
        Form::Page => {
            let found = app.ask(move |store| articles::article(store, &id)).await?;
            found.rows.first().map_or_else(|| Err(no_such_form(form)), page)
        }
        Form::Json => app.ask(move |store| articles::article(store, &id)).await?.json(),
        Form::Csv => Ok(app.ask(move |store| articles::statements(store, &id)).await?.csv()),
        Form::Atom => Err(no_such_form(form)),
    }
}

fn page(article: &ArticleView) -> Result<Response, Problem> {
    let record = &article.record;
    let title = record.document.title.as_deref().unwrap_or("Untitled article");
    let notes = Notes::of(article);
    let marked = marked::paragraphs(record);
    let paragraphs = marked.iter().map(|paragraph| PassageView {
        notes: paragraph.items.iter().filter_map(|item| notes.note(*item)).collect(),
        text: text::view(article, paragraph),
    });
    let path = format!("/articles/{}", article.id);
    html(&Page {
        frame: Frame::new(title, "/articles").also(false, |end| format!("{path}{end}")),
        sections: &SECTIONS,
        article,
        layers: &LAYERS,
        paragraphs: paragraphs.collect(),
        facts: Facts::of(article),
        named: NamedView::of(article),
        rules: notes::rules(article),
        speakers: record.entities.iter().filter(|entity| entity.named).map(|entity| entity.name.as_str()).collect(),
    })
}
