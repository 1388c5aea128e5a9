//! What was found → the answer in the form that was asked for.
//!
//! JSON has one shape for every success: `ok`, `rows`, where the next page is, how many rows there are in all, and how they are spread.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use onrecord_store::search::Facet;
use onrecord_store::{Row, csv_line};
use serde::Serialize;

use crate::form::Form;
use crate::problem::Problem;

/// Rows that were found.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Found<T> {
    /// Always true.
    pub ok: bool,
    /// The rows of this page; of one item, that item.
    pub rows: Vec<T>,
    /// Where the next page is; null after the last.
    pub next_url: Option<String>,
    /// How many rows there are in all, where they were counted.
    pub total: Option<u64>,
    /// How all rows are spread over the values of their fields, where they were counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Whether the best match comes first; else the newest.
    #[serde(skip)]
    pub is_ranked: bool,
}

impl<T> Found<T> {
    /// All there is.
    pub fn all(rows: Vec<T>) -> Found<T> {
        let total = Some(rows.len() as u64);
        Found { ok: true, rows, next_url: None, total, facets: Vec::new(), is_ranked: false }
    }

    /// One item.
    pub fn one(row: T) -> Found<T> {
        Found::all(vec![row])
    }
}

impl<T: Serialize> Found<T> {
    /// As JSON.
    ///
    /// # Errors
    /// [`Problem::Internal`].
    pub fn json(&self) -> Result<Response, Problem> {
        let written = serde_json::to_vec(self).map_err(|error| Problem::Internal(error.to_string()))?;
        Ok(typed("application/json", written))
    }
}

impl<T: Row> Found<T> {
    /// As CSV, with a line of columns.
    pub fn csv(&self) -> Response {
        let mut text = csv_line(T::COLUMNS);
        self.rows.iter().for_each(|row| text.push_str(&csv_line(&row.cells())));
        let mut response = typed("text/csv; charset=utf-8", text.into_bytes());
        if let Some(next) =
            self.next_url.as_deref().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok())
        {
            response.headers_mut().insert(header::LINK, next);
        }
        response
    }
}

/// A body with its media type.
pub fn typed(media: &'static str, body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, media)], body).into_response()
}

/// What an address without such a form answers.
pub fn no_such_form(form: Form) -> Problem {
    let name = match form {
        Form::Page => "a page",
        Form::Json => "JSON",
        Form::Csv => "CSV",
        Form::Atom => "a feed",
    };
    Problem::NotFound(format!("there is no {name} of this").replace("no a ", "no "))
}
