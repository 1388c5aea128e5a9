//! The application: what every request shares, and which path leads where.

use std::num::NonZero;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use onrecord::{Article, Record};
use onrecord_store::Store;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::data::health;
use crate::form::Form;
use crate::problem::Problem;
use crate::reading::{Desk, Engine};
use crate::security::{Buckets, Callers, Pace};
use crate::{api, assets, pages, reading, security};

/// How a server behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// The names by which it may be called, beside those of loopback: what stands in `Host`.
    pub hosts: Vec<String>,
    /// Whether every request needs a token.
    pub needs_token: bool,
    /// The most that a request may send, in bytes.
    pub body_bytes: usize,
    /// How often one may ask.
    pub pace: Pace,
    /// How many connections may be open.
    pub connections: usize,
    /// How many texts are read at once.
    pub reading_threads: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            hosts: Vec::new(),
            needs_token: false,
            body_bytes: 1024 * 1024,
            pace: Pace::Elsewhere(50),
            connections: 4096,
            reading_threads: 2,
        }
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
    callers: Callers,
    buckets: Buckets,
    desk: Arc<Desk>,
    /// Room for questions that the store works on.
    questions: Arc<Semaphore>,
    /// Room for those who listen to what happens.
    listeners: Arc<Semaphore>,
    /// Whether the server ends.
    ends: watch::Sender<bool>,
}

/// How many questions a core works on at a time: the next one begins while the last is written out. More would only wait for each other, each with its connection
/// and what that keeps, while their time runs.
const QUESTIONS: usize = 2;
/// How many may listen to what happens at a time.
const LISTENERS: usize = 32;

/// One who listens to what happens, until the server ends.
pub struct Listener {
    _place: OwnedSemaphorePermit,
    ends: watch::Receiver<bool>,
}

impl Listener {
    /// Waits until the server ends.
    pub async fn ended(&self) {
        // An error is that there is no server any more.
        let _ = self.ends.clone().wait_for(|ends| *ends).await;
    }
}

impl App {
    /// An application over `store`, which reads what is sent by the model.
    pub fn new(store: Arc<Store>, options: Options) -> App {
        App::with_engine(store, options, reading::model())
    }

    /// An application over `store`, which reads what is sent by `engine`.
    pub fn with_engine(store: Arc<Store>, options: Options, engine: Engine) -> App {
        let desk = Arc::new(Desk::new(engine, options.reading_threads));
        let (callers, buckets) = (Callers::default(), Buckets::default());
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let questions = Arc::new(Semaphore::new(QUESTIONS * cores));
        let (listeners, ends) = (Arc::new(Semaphore::new(LISTENERS)), watch::Sender::new(false));
        App { shared: Arc::new(Shared { store, options, callers, buckets, desk, questions, listeners, ends }) }
    }

    pub(crate) fn callers(&self) -> &Callers {
        &self.shared.callers
    }

    pub(crate) fn buckets(&self) -> &Buckets {
        &self.shared.buckets
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`Problem::Busy`], [`Problem::Internal`].
    pub async fn read(&self, article: Article) -> Result<Record, Problem> {
        Arc::clone(&self.shared.desk).read(article).await
    }

    /// How it behaves.
    pub fn options(&self) -> &Options {
        &self.shared.options
    }

    /// A place among those who listen; none where it is taken.
    pub fn listener(&self) -> Option<Listener> {
        let place = Arc::clone(&self.shared.listeners).try_acquire_owned().ok()?;
        Some(Listener { _place: place, ends: self.shared.ends.subscribe() })
    }

    /// Tells those who listen that the server ends.
    pub fn end(&self) {
        self.shared.ends.send_replace(true);
    }

    /// Asks the store, beside the threads that answer requests, when it is this question's turn.
    ///
    /// # Errors
    /// What `ask` says.
    pub async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.shared.questions).acquire_owned().await;
        let turn = turn.map_err(|error| Problem::Internal(error.to_string()))?;
        self.beside(move |store| {
            let _turn = turn;
            ask(store)
        })
        .await
    }

    /// Writes into the store, which may wait for another who writes; those who only ask need not wait for that.
    ///
    /// # Errors
    /// What `change` says.
    pub async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.beside(change).await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = Arc::clone(&self.shared.store);
        tokio::task::spawn_blocking(move || work(&store)).await.map_err(|error| Problem::Internal(error.to_string()))?
    }

    /// Asks the store on the thread that answers: for rows that are looked up by their keys, which takes less than to hand it over.
    ///
    /// # Errors
    /// What `ask` says.
    pub fn look<T>(&self, ask: impl FnOnce(&Store) -> Result<T, Problem>) -> Result<T, Problem> {
        ask(&self.shared.store)
    }

    /// Every path, with what guards them all.
    pub fn router(self) -> Router {
        let body_bytes = self.options().body_bytes;
        let pages = Router::new().merge(pages::routes()).route("/assets/{name}", get(assets::asset)).fallback(nothing);
        let pages = pages.route("/healthz", get(healthz)).route("/openapi.json", get(api::answer));
        pages
            .layer(DefaultBodyLimit::max(body_bytes))
            .layer(CatchPanicLayer::new())
            // The quickest level: a page half as small again would cost several times the work of making it.
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
            .layer(middleware::from_fn_with_state(self.clone(), security::guard))
            .with_state(self)
    }
}

async fn nothing(State(_): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    Problem::NotFound(format!("nothing is at {path}")).answer(Form::of(path))
}

async fn healthz(State(app): State<App>) -> Response {
    let health = app.ask(health::health).await.and_then(|health| health.json());
    health.unwrap_or_else(|problem| problem.answer(Form::Json))
}
