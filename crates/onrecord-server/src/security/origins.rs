//! From where a change may come: from this server's own pages, or from a program.

use axum::extract::Request;
use axum::http::{Method, header};

use crate::problem::Problem;

/// Refuses a request that changes something and that a page of another site makes.
///
/// # Errors
/// [`Problem::Forbidden`].
pub fn check(request: &Request) -> Result<(), Problem> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let field = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let from_elsewhere = match (field("sec-fetch-site"), field("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) != field(header::HOST.as_str()),
        (None, None) => false,
    };
    if from_elsewhere {
        return Err(Problem::Forbidden("a page of another site may not change anything here".to_owned()));
    }
    Ok(())
}
