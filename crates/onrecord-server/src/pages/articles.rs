//! Articles: a search with its facets, how they are spread over time, and the words that match.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use onrecord_store::search::DocumentHit;
use onrecord_store::search::{Facet, FacetValue};

use super::facets::{self, FacetView};
use super::figures::{self, TimeFigure};
use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::Found;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::{feeds, searches};
use crate::feeds::{Entry, Feed};
use crate::form::Form;
use crate::problem::Problem;

const PATH: &str = "/articles";

/// The paths.
pub fn routes() -> Router<App> {
    Router::new()
        .route(PATH, get(answer))
        .route("/articles.json", get(answer))
        .route("/articles.csv", get(answer))
        .route("/articles.atom", get(feed))
}

#[derive(Template)]
#[template(path = "articles.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'static [Section],
    asked: &'a Parameters,
    text: String,
    found: &'a Found<DocumentHit>,
    facets: Vec<FacetView>,
    figure: Option<TimeFigure>,
}

async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let path = format!("{PATH}{}", form.end());
        let wanted = asked.clone();
        let found = app.ask(move |store| searches::documents(store, &wanted, &path)).await?;
        match form {
            Form::Json => found.json(),
            Form::Csv => Ok(found.csv()),
            _ => page(&asked, &found),
        }
    };
    answered.await.unwrap_or_else(|problem| problem.answer(form))
}

fn page(asked: &Parameters, found: &Found<DocumentHit>) -> Result<Response, Problem> {
    let other = asked.with("after", None);
    let figure = figures::over_time("articles", "Articles by day of publication", "article", days(&found.facets));
    html(&Page {
        frame: Frame::new("Articles", PATH).also(true, |end| other.behind(&format!("{PATH}{end}"))),
        sections: &SECTIONS,
        asked,
        text: asked.one("q")?.unwrap_or_default().to_owned(),
        found,
        facets: facets::views(&found.facets, asked, PATH),
        figure: figure.map(|figure| figure.with_links(|period| asked.between(period).behind(PATH))),
    })
}

fn days(facets: &[Facet]) -> &[FacetValue] {
    facets.iter().find(|facet| facet.field == "day").map(|facet| facet.values.as_slice()).unwrap_or_default()
}

async fn feed(State(app): State<App>, RawQuery(query): RawQuery, fields: HeaderMap) -> Response {
    let answered = async {
        let asked = Parameters::of(query.as_deref());
        let wanted = asked.clone();
        let found = app.ask(move |store| feeds::documents(store, &wanted, "/articles.atom")).await?;
        let entries = found.rows.iter().map(|(hit, added)| Entry::of_article(hit, added.clone())).collect();
        let title = match asked.one("q")? {
            Some(words) => format!("Articles with {words}"),
            None => "Articles".to_owned(),
        };
        let page = asked.with("after", None).behind(PATH);
        Ok(Feed::new(title, asked.behind("/articles.atom"), page, &found, entries).answer(&fields))
    };
    answered.await.unwrap_or_else(|problem: Problem| problem.answer(Form::Atom))
}
