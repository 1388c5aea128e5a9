//! A card of one statement for other people's pages: it runs nothing and leads back to the article.

use askama::Template;
use axum::Extension;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use onrecord_store::search::StatementHit;

use super::words;
use crate::app::App;
use crate::assets;
use crate::data::permalinks;
use crate::problem::{Problem, Told};

/// The path of cards.
pub fn routes() -> Router<App> {
    Router::new().route("/embed/{id}", get(answer))
}

#[derive(Template)]
#[template(path = "embed.html")]
struct Card<'a> {
    style: String,
    found: Result<&'a StatementHit, &'a Problem>,
}

/// `/embed/{id}`; a card also where there is nothing to show, since it stands in a page that nobody here can change.
pub async fn answer(State(app): State<App>, Path(id): Path<String>) -> Response {
    let found = app.ask(move |store| permalinks::statement(store, &id)).await;
    let status = found.as_ref().map_or_else(Problem::status, |_| StatusCode::OK);
    let card = Card { style: assets::address("embed"), found: found.as_ref() };
    match card.render() {
        // What went wrong is told on the card.
        Ok(body) => {
            (status, Extension(Told), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
        }
        Err(error) => Problem::Internal(error.to_string()).answer(crate::form::Form::Page),
    }
}
