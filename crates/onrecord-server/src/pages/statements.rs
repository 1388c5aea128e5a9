//! Who said what: a search with its facets.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord_store::search::StatementHit;

use super::facets::{self, FacetView};
use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::Found;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::{feeds, searches};
use crate::feeds::{Entry, Feed};
use crate::form::Form;
use crate::problem::Problem;

const PATH: &str = "/statements";

#[derive(Template)]
#[template(path = "statements.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    asked: &'a Parameters,
    text: String,
    found: &'a Found<StatementHit>,
    facets: Vec<FacetView>,
}

/// `/statements`, in any form.
pub async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    answered(app, form, query).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: App, form: Form, query: Option<String>) -> Result<Response, Problem> {
    let asked = Parameters::of(query.as_deref());
    let (wanted, path) = (asked.clone(), address(form));
    let found = app.ask(move |store| searches::statements(store, &wanted, path)).await?;
    match form {
        Form::Page => page(&asked, &found),
        Form::Json => found.json(),
        Form::Csv => Ok(found.csv()),
        Form::Atom => Err(crate::answer::no_such_form(form)),
    }
}

/// Where this search stands in a form.
fn address(form: Form) -> &'static str {
    match form {
        Form::Page => PATH,
        Form::Json => "/statements.json",
        Form::Csv => "/statements.csv",
        Form::Atom => "/statements.atom",
    }
}

fn page(asked: &Parameters, found: &Found<StatementHit>) -> Result<Response, Problem> {
    let other = asked.with("after", None);
    html(&Page {
        frame: Frame::new("Statements", PATH).also(true, |end| other.behind(&format!("{PATH}{end}"))),
        sections: &SECTIONS,
        asked,
        text: asked.one("q")?.unwrap_or_default().to_owned(),
        found,
        facets: facets::views(&found.facets, asked, PATH),
    })
}

/// `/statements.atom`: the newest that fit.
pub async fn feed(State(app): State<App>, RawQuery(query): RawQuery, fields: HeaderMap) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let (wanted, path) = (asked.clone(), address(Form::Atom));
        let found = app.ask(move |store| feeds::statements(store, &wanted, path)).await?;
        let entries = found.rows.iter().map(|(hit, added)| Entry::of_statement(hit, added.clone())).collect();
        let title = match asked.one("q")? {
            Some(words) => format!("Statements with {words}"),
            None => "Statements".to_owned(),
        };
        let page = asked.with("after", None).behind(PATH);
        Ok(Feed::new(title, asked.behind(path), page, &found, entries).answer(&fields))
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(Form::Atom))
}
