//! The end of a path → the form of the answer.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, header};

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTML, for people.
    Page,
    /// `.json`
    Json,
    /// `.csv`
    Csv,
    /// `.atom`: what is new, for feed readers.
    Atom,
}

const ENDS: [(&str, Form); 3] = [(".json", Form::Json), (".csv", Form::Csv), (".atom", Form::Atom)];

impl Form {
    /// The form that a path asks for.
    pub fn of(path: &str) -> Form {
        ENDS.iter().find(|(end, _)| path.ends_with(end)).map_or(Form::Page, |(_, form)| *form)
    }

    /// The form of the answer to a request: to what a form of a page sends, a page; to what a program sends, JSON; to what is only asked for, what the
    /// path says.
    pub fn asked(request: &Request) -> Form {
        let path = request.uri().path();
        if path == "/healthz" {
            return Form::Json;
        }
        let is_looking = matches!(*request.method(), Method::GET | Method::HEAD);
        let media =
            request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
        let is_form =
            media.starts_with("application/x-www-form-urlencoded") || media.starts_with("multipart/form-data");
        if is_looking || is_form { Form::of(path) } else { Form::Json }
    }

    /// A path without the end that tells its form.
    pub fn stem(path: &str) -> &str {
        ENDS.iter().find_map(|(end, _)| path.strip_suffix(end)).unwrap_or(path)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Form, Self::Rejection> {
        Ok(Form::of(parts.uri.path()))
    }
}
