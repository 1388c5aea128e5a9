//! The application: what every request shares, and which path leads where.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use onrecord_store::Store;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::form::Form;
use crate::problem::Problem;
use crate::{assets, pages, security};

/// How a server behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// The names by which it may be called, beside those of loopback: what stands in `Host`.
    pub hosts: Vec<String>,
    /// Whether every request needs a token.
    pub needs_token: bool,
    /// The most that a request may send, in bytes.
    pub body_bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { hosts: Vec::new(), needs_token: false, body_bytes: 1024 * 1024 }
    }
}

/// What every request shares.
#[derive(Clone)]
pub struct App {
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<Store>,
    options: Options,
}

impl App {
    /// An application over `store`.
    pub fn new(store: Arc<Store>, options: Options) -> App {
        App { shared: Arc::new(Shared { store, options }) }
    }

    /// How it behaves.
    pub fn options(&self) -> &Options {
        &self.shared.options
    }

    /// Asks the store, beside the threads that answer requests.
    ///
    /// # Errors
    /// What `ask` says.
    pub async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = Arc::clone(&self.shared.store);
        tokio::task::spawn_blocking(move || ask(&store)).await.map_err(|error| Problem::Internal(error.to_string()))?
    }

    /// Every path, with what guards them all.
    pub fn router(self) -> Router {
        let body_bytes = self.options().body_bytes;
        let pages = Router::new().merge(pages::routes()).route("/assets/{name}", get(assets::asset)).fallback(nothing);
        pages
            .layer(DefaultBodyLimit::max(body_bytes))
            // The quickest level: a page half as small again would cost several times the work of making it.
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(middleware::from_fn_with_state(self.clone(), security::guard))
            .with_state(self)
    }
}

async fn nothing(State(_): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    Problem::NotFound(format!("nothing is at {path}")).answer(Form::of(path))
}

/// A panic is a failure of its request alone.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::Internal("please report it".to_owned()).answer(Form::Json)
}
