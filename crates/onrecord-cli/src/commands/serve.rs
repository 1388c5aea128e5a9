//! `onrecord serve`: a store in the browser.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail};
use clap::Args;
use onrecord::Article;
use onrecord_server::{App, Options, Read, listen};
use onrecord_store::Store;

use crate::intake::Engine;
use crate::intake::stop::Stop;
use crate::outcome::Outcome;
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Open a store in the browser
///
/// Serves pages, and the same as JSON and CSV, on this machine alone, until Ctrl-C. On another address every request needs a token, which onrecord token makes.
///
/// Exit code: 0 when it was ended by Ctrl-C, 2 if the store cannot be opened or the address cannot be listened on.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The store [default: ONRECORD_STORE, or store in onrecord.toml, or onrecord.db]
    #[arg(value_name = "STORE", conflicts_with = "store")]
    path: Option<std::path::PathBuf>,
    #[command(flatten)]
    store: StoreArgument,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// A name by which the server may be called beside localhost, as it stands in addresses; may be given several times
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Ask everybody for a token, as on another address than this machine's
    #[arg(long)]
    token_required: bool,
    /// Open the browser
    #[arg(long)]
    open: bool,
}

/// Where a server listens, and for whom.
#[derive(Debug)]
pub struct Place {
    /// The address.
    pub address: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Names by which it may be called beside localhost.
    pub hosts: Vec<String>,
    /// Whether everybody is asked for a token.
    pub needs_token: bool,
    /// Whether the browser is opened.
    pub open: bool,
}

impl Default for Place {
    fn default() -> Place {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        Place { address, port: 8090, hosts: Vec::new(), needs_token: false, open: false }
    }
}

/// Serves until Ctrl-C.
///
/// # Errors
/// There is no store, or the address cannot be listened on.
pub fn run(arguments: &ServeArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let named = arguments.path.clone().or_else(|| arguments.store.store.clone());
    let store = StoreArgument { store: named }.open(settings)?;
    let needs_token = arguments.token_required || !arguments.address.is_loopback();
    if needs_token && store.tokens()?.is_empty() {
        bail!("every request would need a token, and the store has none: onrecord token create NAME");
    }
    let (address, port, open) = (arguments.address, arguments.port, arguments.open);
    let place = Place { address, port, hosts: hosts(arguments), needs_token, open };
    until_stopped(Arc::new(store), &place, settings, out)
}

/// Serves a store until Ctrl-C.
///
/// # Errors
/// The address cannot be listened on, or `out` failed.
pub fn until_stopped(
    store: Arc<Store>,
    place: &Place,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let options = Options {
        hosts: place.hosts.clone(),
        needs_token: place.needs_token,
        pace: settings.pace(),
        connections: settings.connections(),
        reading_threads: settings.reading_threads(),
        ..Options::default()
    };
    let stop = Stop::listen().context("the system does not tell of Ctrl-C")?;
    let app = App::with_engine(store, options, engine());
    let server = listen(app, SocketAddr::new(place.address, place.port))?;
    let address = format!("http://{}/", server.address);
    writeln!(out, "{address}")?;
    out.flush()?;
    if place.open && !opened(&address) {
        bail!("no program here opens a browser; the address is {address}");
    }
    while !stop.is_asked() {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    server.end();
    Ok(Outcome::Clean)
}

/// By what names the server may be called: those that were given, and the address itself where it is one.
fn hosts(arguments: &ServeArguments) -> Vec<String> {
    let address = match arguments.address {
        address if address.is_unspecified() => None,
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => Some(format!("[{address}]")),
    };
    arguments.host.iter().cloned().chain(address).collect()
}

/// The reader model, loaded when the first text comes, as one for each thread.
fn engine() -> onrecord_server::Engine {
    let loaded: OnceLock<Result<Engine, String>> = OnceLock::new();
    Arc::new(move || {
        let mut engine = loaded.get_or_init(|| Engine::load().map_err(|error| format!("{error:#}"))).clone()?;
        Ok(Box::new(move |article: &Article| engine.read_or_panic(article)) as Read)
    })
}

/// Hands an address to whatever opens addresses on this system.
fn opened(address: &str) -> bool {
    let openers: [&[&str]; 3] = [&["xdg-open"], &["open"], &["cmd", "/C", "start", ""]];
    openers.iter().any(|opener| {
        let (program, before) = opener.split_first().unwrap_or((&"xdg-open", &[]));
        std::process::Command::new(program).args(before).arg(address).spawn().is_ok()
    })
}
