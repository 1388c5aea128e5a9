//! An address → connections → requests, with limits on what a slow or silent client can hold.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tower::ServiceExt;

use crate::App;
use crate::problem::Problem;
use crate::seats::{Seat, Seats};

/// How long a client may take to send the head of a request, and stay silent between two.
const HEAD_TIME: Duration = Duration::from_secs(20);
/// How long requests that are being answered have when the server ends.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// How long to wait before accepting again where the system has no room for more connections.
const PAUSE: Duration = Duration::from_millis(50);

/// From where a request comes.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Why a server could not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("{address} cannot be listened on: {error}")]
    Bind {
        /// Which.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives no threads.
    #[error("the server cannot start: {0}")]
    Start(io::Error),
}

/// A server at work on threads of its own.
pub struct Listening {
    /// Where it listens, with the port that it got.
    pub address: SocketAddr,
    runtime: tokio::runtime::Runtime,
    ended: tokio::task::JoinHandle<()>,
    end: oneshot::Sender<()>,
}

impl Listening {
    /// Takes no more requests, and waits for those that are being answered.
    pub fn end(self) {
        // Where nobody waits for it any more, it has ended already.
        let _ = self.end.send(());
        let _ = self.runtime.block_on(self.ended);
        self.runtime.shutdown_timeout(Duration::from_secs(1));
    }
}

/// Listens on `address` and answers; port 0 takes a free one.
///
/// # Errors
/// [`ServeError`].
pub fn listen(app: App, address: SocketAddr) -> Result<Listening, ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(64)
        .enable_all()
        .build()
        .map_err(ServeError::Start)?;
    let listener = runtime.block_on(TcpListener::bind(address)).map_err(|error| ServeError::Bind { address, error })?;
    let address = listener.local_addr().map_err(ServeError::Start)?;
    let (end, asked_to_end) = oneshot::channel();
    let ended = runtime.spawn(accept(listener, app, asked_to_end));
    Ok(Listening { address, runtime, ended, end })
}

async fn accept(listener: TcpListener, app: App, mut asked_to_end: oneshot::Receiver<()>) {
    let mut server = Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(64 * 1024);
    let seats = Seats::new(app.options().connections);
    let router = app.clone().router();
    let open = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut asked_to_end => break,
        };
        let Ok((stream, address)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let Some(seat) = seats.take().map(Arc::new) else {
            refuse(&stream);
            continue;
        };
        // An answer goes out at once, whatever the client has confirmed; where the system does not do that, it is a little later.
        let _ = stream.set_nodelay(true);
        let (router, answering) = (router.clone(), Arc::clone(&seat));
        let service = service_fn(move |request| answer(router.clone(), Arc::clone(&answering), address.ip(), request));
        let watched = open.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            tokio::select! {
                // What goes wrong on a connection concerns its client alone.
                _ = watched => {}
                () = seat.is_given_away() => {}
            }
        });
    }
    app.end();
    let _ = tokio::time::timeout(LAST_WORDS, open.shutdown()).await;
}

async fn answer(
    router: Router,
    seat: Arc<Seat>,
    from: IpAddr,
    mut request: hyper::Request<Incoming>,
) -> Result<axum::response::Response, std::convert::Infallible> {
    request.extensions_mut().insert(Peer(from));
    seat.set_answering(true);
    let answer = router.oneshot(request).await;
    seat.set_answering(false);
    answer
}

/// Tells a client for whom there is no seat, as far as it can be told without waiting for it.
fn refuse(stream: &TcpStream) {
    let body = Problem::Busy(1).json();
    let head = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 1\r\nconnection: close\r\ncontent-length";
    let _ = stream.try_write(format!("{head}: {}\r\n\r\n{body}", body.len()).as_bytes());
}
