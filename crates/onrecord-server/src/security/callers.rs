//! Who asks, and whether they may: the token of a request against those of the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::{Method, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use onrecord_store::{Scope, Token, TokenHash};

use crate::app::{App, Options};
use crate::problem::Problem;

/// For how long tokens are not looked up again: one that is revoked may be used for so long.
const KEPT: Duration = Duration::from_secs(5);
/// How often it is noted that a token is used.
const NOTED: Duration = Duration::from_secs(3600);
/// What needs no token: that the server is there is seen without asking.
const OPEN: &str = "/healthz";

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The name of their token; none where the server needs none.
    pub token: Option<Arc<str>>,
}

/// The tokens, as they were a moment ago.
#[derive(Default)]
pub struct Callers {
    known: Mutex<Option<(Instant, Arc<[Token]>)>>,
    noted: Mutex<HashMap<Arc<str>, Instant>>,
}

impl Callers {
    fn fresh(&self) -> Option<Arc<[Token]>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(at, _)| at.elapsed() < KEPT).map(|(_, tokens)| Arc::clone(tokens))
    }

    /// Whether the use of a token should be noted now.
    fn is_worth_noting(&self, name: &Arc<str>) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = noted.get(name).is_none_or(|at| at.elapsed() > NOTED);
        if is_due {
            noted.insert(Arc::clone(name), Instant::now());
        }
        is_due
    }
}

/// What a request needs, and what it brings.
pub struct Claim {
    /// None where nothing is asked.
    needed: Option<Scope>,
    token: Option<TokenHash>,
}

impl Claim {
    /// Looks at a request.
    pub fn of(options: &Options, request: &Request) -> Claim {
        let path = request.uri().path();
        let is_asked = options.needs_token && path != OPEN;
        let needed = is_asked.then(|| scope_of(request.method(), path));
        Claim { needed, token: needed.and_then(|_| given(request)).map(|token| TokenHash::of(&token)) }
    }
}

/// Who makes a request.
///
/// # Errors
/// [`Problem::Unauthorized`] without a token that is taken, [`Problem::Forbidden`] with one that does not allow this.
pub async fn caller(app: &App, claim: Claim) -> Result<Caller, Problem> {
    let Some(needed) = claim.needed else { return Ok(Caller { token: None }) };
    let Some(hash) = claim.token else {
        return Err(Problem::Unauthorized(
            "this server needs a token: send Authorization: Bearer orec_…, or give it as the password".to_owned(),
        ));
    };
    let tokens = tokens(app).await?;
    // Every one is compared, so that the time does not tell which it was.
    let found = tokens.iter().fold(None, |found, token| if token.hash == hash { Some(token) } else { found });
    let Some(token) = found else {
        return Err(Problem::Unauthorized("this server does not know that token".to_owned()));
    };
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    token.check(&now).map_err(Problem::Unauthorized)?;
    if token.scope < needed {
        let (has, needed) = (token.scope.name(), needed.name());
        return Err(Problem::Forbidden(format!(
            "this needs a token with the scope {needed}; {:?} has {has}",
            token.name
        )));
    }
    let name: Arc<str> = token.name.as_str().into();
    note(app, &name, now);
    Ok(Caller { token: Some(name) })
}

/// What a request needs: to look and to have a text read, which changes nothing, `read`; to correct, `correct`; for all else, `admin`.
fn scope_of(method: &Method, path: &str) -> Scope {
    match (method, path) {
        (&Method::GET | &Method::HEAD | &Method::OPTIONS, _) | (&Method::POST, "/read") => Scope::Read,
        (&Method::POST, "/corrections") => Scope::Correct,
        _ => Scope::Admin,
    }
}

/// The token that a request gives: by itself, or as a password beside any name.
fn given(request: &Request) -> Option<String> {
    let field = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = field.trim().split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

async fn tokens(app: &App) -> Result<Arc<[Token]>, Problem> {
    if let Some(tokens) = app.callers().fresh() {
        return Ok(tokens);
    }
    let tokens: Arc<[Token]> = app.ask(|store| Ok(store.tokens()?)).await?.into();
    let known = Some((Instant::now(), Arc::clone(&tokens)));
    *app.callers().known.lock().unwrap_or_else(PoisonError::into_inner) = known;
    Ok(tokens)
}

/// Notes beside the request that a token is used; a list that lags behind is no reason to let anybody wait for another's write.
fn note(app: &App, name: &Arc<str>, now: String) {
    if !app.callers().is_worth_noting(name) {
        return;
    }
    let (app, name) = (app.clone(), Arc::clone(name));
    tokio::spawn(async move {
        let noted = app.change(move |store| {
            let mut writer = store.writer()?;
            writer.note_use_of_token(&name, &now)?;
            Ok(writer.commit()?)
        });
        drop(noted.await);
    });
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::Method;
    use onrecord_store::Scope;

    use super::{given, scope_of};

    fn of(field: &str) -> Option<String> {
        given(&Request::builder().header("authorization", field).body(Body::empty()).unwrap())
    }

    #[test]
    fn a_token_comes_by_itself_or_as_a_password() {
        assert_eq!(of("Bearer orec_1").as_deref(), Some("orec_1"));
        assert_eq!(of("basic YWRhOm9yZWNfMQ==").as_deref(), Some("orec_1"));
        assert_eq!([of("Basic !"), of("Digest x"), of("orec_1")], [None, None, None]);
    }

    #[test]
    fn each_request_needs_no_more_than_it_does() {
        assert_eq!(scope_of(&Method::GET, "/corrections.json"), Scope::Read);
        assert_eq!(scope_of(&Method::POST, "/read"), Scope::Read);
        assert_eq!(scope_of(&Method::POST, "/corrections"), Scope::Correct);
        assert_eq!(scope_of(&Method::POST, "/ingest"), Scope::Admin);
        assert_eq!(scope_of(&Method::DELETE, "/corrections"), Scope::Admin);
    }
}
