//! What can go wrong with a request → one shape of error, as JSON or as a page.

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onrecord_store::{StoreError, Withdrawal};
use serde::Serialize;

use crate::form::Form;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A parameter that is none, or has a value that it cannot have.
    #[error("{0}")]
    Asked(String),
    /// Nothing has that address.
    #[error("{0}")]
    NotFound(String),
    /// A person took it out.
    #[error("taken out by {} on {}: {}", .0.who, .0.at, .0.why)]
    Gone(Withdrawal),
    /// Who asks may not do this, and why.
    #[error("{0}")]
    Forbidden(String),
    /// Who asks has to say who they are.
    #[error("{0}")]
    Unauthorized(String),
    /// Nothing here does that with such a request.
    #[error("{0} is not allowed here")]
    Method(String),
    /// More was sent than is taken.
    #[error("{0}")]
    TooLarge(String),
    /// Asked too often; ask again after so many seconds.
    #[error("too many requests; try again in {0} s")]
    TooMany(u64),
    /// What was sent is of a kind that is not taken.
    #[error("{0}")]
    Media(String),
    /// All that can be done at once is being done; ask again after so many seconds.
    #[error("the server is busy; try again in {0} s")]
    Busy(u64),
    /// The question takes too long.
    #[error("{0}; ask for less, such as fewer days")]
    TooSlow(String),
    /// The program failed.
    #[error("the server failed: {0}")]
    Internal(String),
}

impl Problem {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::Asked(_) => StatusCode::BAD_REQUEST,
            Problem::NotFound(_) => StatusCode::NOT_FOUND,
            Problem::Gone(_) => StatusCode::GONE,
            Problem::Forbidden(_) => StatusCode::FORBIDDEN,
            Problem::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Problem::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Problem::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Problem::Media(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::Busy(_) | Problem::TooSlow(_) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Asked(_) => "bad-request",
            Problem::NotFound(_) => "not-found",
            Problem::Gone(_) => "withdrawn",
            Problem::Forbidden(_) => "forbidden",
            Problem::Unauthorized(_) => "unauthorized",
            Problem::Method(_) => "method-not-allowed",
            Problem::TooLarge(_) => "too-large",
            Problem::TooMany(_) => "too-many-requests",
            Problem::Media(_) => "unsupported-media-type",
            Problem::Busy(_) => "busy",
            Problem::TooSlow(_) => "too-slow",
            Problem::Internal(_) => "internal",
        }
    }

    /// The answer in the form that was asked for.
    pub fn answer(&self, form: Form) -> Response {
        let mut response = match form {
            Form::Page => crate::pages::problem::page(self),
            _ => (self.status(), [(header::CONTENT_TYPE, "application/json")], self.json()).into_response(),
        };
        let fields = response.headers_mut();
        match self {
            Problem::TooMany(seconds) | Problem::Busy(seconds) => {
                drop(fields.insert(header::RETRY_AFTER, (*seconds).into()))
            }
            Problem::Unauthorized(_) => CHALLENGES.iter().for_each(|challenge| {
                fields.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }),
            _ => {}
        }
        response.extensions_mut().insert(Told);
        response
    }

    /// What an answer with an error of somebody else's making says, such as of a part of the framework.
    pub fn of(status: StatusCode, method: &Method) -> Problem {
        let reason = status.canonical_reason().unwrap_or("an error").to_lowercase();
        match status {
            StatusCode::NOT_FOUND => Problem::NotFound("nothing is here".to_owned()),
            StatusCode::METHOD_NOT_ALLOWED => Problem::Method(method.to_string()),
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge("more was sent than is taken".to_owned()),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Problem::Media("what was sent is of a kind that is not taken".to_owned())
            }
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
                Problem::TooSlow("not answered in time".to_owned())
            }
            status if status.is_client_error() => Problem::Asked(format!("the request cannot be understood: {reason}")),
            _ => Problem::Internal(format!("{reason}; please report it")),
        }
    }

    /// The error as JSON.
    pub fn json(&self) -> String {
        let written = Written { ok: false, status: self.status().as_u16(), code: self.code(), error: self.to_string() };
        // String keys and whole numbers: nothing can fail on the way into memory.
        serde_json::to_string(&written).unwrap_or_default()
    }
}

/// Marks an answer as one of [`Problem::answer`].
#[derive(Debug, Clone, Copy)]
pub struct Told;

/// How a program and a browser may say who asks.
const CHALLENGES: [&str; 2] =
    ["Bearer realm=\"onrecord\"", "Basic realm=\"onrecord: the token is the password\", charset=\"UTF-8\""];

/// An error as JSON has it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Error)]
pub struct Written {
    /// Always false.
    ok: bool,
    /// The HTTP status.
    status: u16,
    /// A stable code for programs: `bad-request`, `not-found`, `withdrawn`, …
    code: &'static str,
    /// For people.
    error: String,
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        match error {
            StoreError::Query(_) | StoreError::Correction(_) => Problem::Asked(error.to_string()),
            // A place in results that are not these, or no longer; what is corrected.
            StoreError::Cursor(_) | StoreError::NoItem(_) => Problem::NotFound(error.to_string()),
            StoreError::Deadline(_) => Problem::TooSlow(error.to_string()),
            error => Problem::Internal(error.to_string()),
        }
    }
}
