//! An error as a page.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::{Frame, SECTIONS, Section};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "problem.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    problem: &'a Problem,
}

/// Why there is no answer, for people.
pub fn page(problem: &Problem) -> Response {
    let title = problem.status().canonical_reason().unwrap_or("Error");
    let page = Page { frame: Frame::new(title, ""), sections: &SECTIONS, problem };
    let body = page.render().unwrap_or_else(|_| problem.to_string());
    (problem.status(), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}
