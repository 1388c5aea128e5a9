//! The end of a path → the form of the answer.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

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

    /// The end of a path that asks for this form; of a page, none.
    pub fn end(self) -> &'static str {
        ENDS.iter().find(|(_, form)| *form == self).map_or("", |(end, _)| end)
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
