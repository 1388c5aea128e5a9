//! What stands before every request: by what name the server is called, from where a change comes, and what the answer tells a browser.

mod fields;
mod hosts;
mod origins;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::form::Form;

/// Lets a request through, or answers it with why not; every answer leaves with the fields that tell a browser what it may do with it.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let form = Form::of(request.uri().path());
    let is_embedded = request.uri().path().starts_with("/embed/");
    let checked = hosts::check(&request, app.options()).and_then(|()| origins::check(&request));
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.answer(form),
    };
    fields::put(response.headers_mut(), is_embedded);
    response
}
