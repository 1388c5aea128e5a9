//! What stands before every request: by what name the server is called, from where a change comes, who asks and how often, how much is sent and how long it
//! may take; and what every answer tells a browser.

mod callers;
mod fields;
mod hosts;
mod origins;
mod pace;

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

pub use callers::{Caller, Callers};
pub use pace::{Buckets, Pace};

use self::callers::Claim;
use self::pace::Who;
use crate::app::App;
use crate::form::Form;
use crate::listen::Peer;
use crate::problem::{Problem, Told};

/// How long a request may take, from its last field to the first of its answer.
const TIME: Duration = Duration::from_secs(10);
/// How long reading a text may take, with waiting for its turn.
const READING_TIME: Duration = Duration::from_secs(60);

/// Lets a request through, or answers it with why not; every answer leaves with the fields that tell a browser what it may do with it.
pub async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let form = Form::asked(&request);
    let is_embedded = request.uri().path().starts_with("/embed/");
    let seen = Seen::of(&app, &request);
    let caller = match seen {
        Ok(seen) => admitted(&app, seen).await,
        Err(problem) => Err(problem),
    };
    let mut response = match caller {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            answered(request, next, form).await
        }
        Err(problem) => problem.answer(form),
    };
    fields::put(response.headers_mut(), is_embedded);
    response
}

/// Who makes a request, where it may go on.
async fn admitted(app: &App, seen: Seen) -> Result<Caller, Problem> {
    let caller = callers::caller(app, seen.claim).await;
    keep_pace(app, seen.from, caller.as_ref().ok())?;
    let most = app.options().body_bytes;
    if seen.sent.is_some_and(|sent| sent > most as u64) {
        return Err(Problem::TooLarge(format!("at most {most} bytes are taken")));
    }
    caller
}

/// What is seen of a request before anything is looked up.
struct Seen {
    claim: Claim,
    from: IpAddr,
    /// How many bytes it says that it sends.
    sent: Option<u64>,
}

impl Seen {
    /// Looks at a request.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] for another name than the server's, and for a change that a page of another site makes.
    fn of(app: &App, request: &Request) -> Result<Seen, Problem> {
        hosts::check(request, app.options())?;
        origins::check(request)?;
        let sent = request.headers().get(header::CONTENT_LENGTH);
        Ok(Seen {
            claim: Claim::of(app.options(), request),
            from: request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0),
            sent: sent.and_then(|length| length.to_str().ok()?.parse().ok()),
        })
    }
}

/// Counts a request; one without a token that is taken counts for its address.
fn keep_pace(app: &App, from: IpAddr, caller: Option<&Caller>) -> Result<(), Problem> {
    let pace = match app.options().pace {
        Pace::Everyone(pace) => pace,
        Pace::Elsewhere(pace) if !from.to_canonical().is_loopback() => pace,
        Pace::Free | Pace::Elsewhere(_) => return Ok(()),
    };
    let token = caller.and_then(|caller| caller.token.clone());
    let who = token.map_or_else(|| Who::at(from), Who::Token);
    app.buckets().take(who, pace, Instant::now()).map_err(Problem::TooMany)
}

/// The answer to a request that was let through, in our shape whoever made it, or that it took too long.
async fn answered(request: Request, next: Next, form: Form) -> Response {
    let method = request.method().clone();
    let time = if method == Method::POST && request.uri().path() == "/read" { READING_TIME } else { TIME };
    let Ok(response) = tokio::time::timeout(time, next.run(request)).await else {
        return Problem::TooSlow(format!("not answered within {} s", time.as_secs())).answer(form);
    };
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || response.extensions().get::<Told>().is_some() {
        return response;
    }
    let allowed: Option<HeaderValue> = response.headers().get(header::ALLOW).cloned();
    let mut told = Problem::of(status, &method).answer(form);
    allowed.map(|allowed| told.headers_mut().insert(header::ALLOW, allowed));
    told
}
