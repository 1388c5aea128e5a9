//! `onrecord demo`: the invented articles of the project in a store of their own, in the browser.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use onrecord::Article;
use onrecord_store::{NewDocument, Store};

use super::serve::{self, Place};
use crate::intake::Engine;
use crate::intake::clock::now;
use crate::outcome::{self, Outcome};
use crate::settings::Settings;

/// Look at onrecord at work: read eight invented articles and open them in the browser
///
/// The store is made in a temporary folder and goes when the program ends, by Ctrl-C.
///
/// Exit code: 0 when it was ended by Ctrl-C, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// Open the browser
    #[arg(long)]
    open: bool,
}

/// An article of `examples/`.
struct Example {
    title: &'static str,
    outlet: &'static str,
    published_at: &'static str,
    text: &'static str,
}

macro_rules! example {
    ($folder:literal, $outlet:literal, $day:literal, $title:literal) => {
        Example {
            title: $title,
            outlet: $outlet,
            published_at: $day,
            text: include_str!(concat!("../../../../examples/", $folder, "/article.txt")),
        }
    };
}

const EXAMPLES: [Example; 8] = [
    example!(
        "live-report",
        "The Shannon Post",
        "2026-01-20",
        "Storm Maeve: latest updates as flood water reaches Galway and Limerick"
    ),
    example!(
        "court-report",
        "The Mesa Ledger",
        "2026-02-12",
        "Bookkeeper tells jury she was ordered to bill for dead pets"
    ),
    example!(
        "agency-diplomacy",
        "Meridian Wire",
        "2026-03-11",
        "Tanzania and Malawi close lake talks with two points open"
    ),
    example!(
        "conflict-capitals",
        "Meridian Wire",
        "2026-04-17",
        "Seven killed as Kyrgyz and Tajik forces trade fire over a water pump"
    ),
    example!("magazine-feature", "The Long Sunday", "2026-05-02", "The bells of Oudebrugge"),
    example!(
        "interview",
        "The Long Sunday",
        "2026-06-08",
        "‘The samples could wait, but people drink water every day’"
    ),
    example!(
        "business-earnings",
        "Harbour & Exchange",
        "2026-07-23",
        "Halvorsen Cold Chain cuts forecast again and shuts two warehouses"
    ),
    example!(
        "british-single-quotes",
        "The Aire Courier",
        "2026-09-16",
        "School-meals boss admits out-of-date food reached hundreds of children"
    ),
];

/// Reads the examples and serves them until Ctrl-C.
///
/// # Errors
/// The model cannot be loaded, there is no temporary folder, or the address cannot be listened on.
pub fn run(arguments: &DemoArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir().context("there is no folder for the store")?;
    let store = Store::create(folder.path().join("demo.db"))?;
    outcome::tell("reading eight invented articles");
    let mut engine = Engine::load()?;
    let mut writer = store.writer()?;
    for example in &EXAMPLES {
        let record = engine.read(&example.article()).map_err(|failure| anyhow::anyhow!(failure.message))?;
        writer.add(&NewDocument::new(record, now()))?;
    }
    writer.commit()?;
    let place = Place { port: arguments.port, open: arguments.open, ..Place::default() };
    serve::until_stopped(Arc::new(store), &place, settings, out)
}

impl Example {
    fn article(&self) -> Article {
        Article {
            text: self.text.to_owned(),
            title: Some(self.title.to_owned()),
            outlet: Some(self.outlet.to_owned()),
            published_at: Some(self.published_at.to_owned()),
            ..Article::default()
        }
    }
}
