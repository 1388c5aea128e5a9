//! Every address of the API, one call each: [`Api::list`] for rows with parameters (their CSV comes with them), [`Api::item`] for what has a permalink,
//! [`Api::one`] for JSON without any.
//!
//! A part of a path stands in braces, `/s/{id}.json`, and has an example in the test (tests/gates/description.rs).

use onrecord::Record;
use onrecord_store::corrections::{Correction, Logged};
use onrecord_store::jobs::Failure;
use onrecord_store::search::{DocumentHit, EventHit, StatementHit};
use onrecord_store::views::{ArticleView, OutletRow, SpeakerRow, Subject};

use super::parameters::After;
use super::parts::{Api, NOTHING};
use crate::asked::Among;
use crate::correcting::Body;
use crate::data::front::CountRow;
use crate::data::health::Health;
use crate::data::ingest::JobRow;
use crate::data::map::{Beyond, Spot};
use crate::data::sources::{self, AttentionRow};
use crate::data::speakers::{self, PeriodRow, Portrait};
use crate::data::timeline::{Shown, Stretch};
use crate::sent::Text;

/// Puts them into the document.
pub fn all(api: &mut Api) {
    searches(api);
    items(api);
    people(api);
    figures(api);
    work(api);
}

fn searches(api: &mut Api) {
    let [statements, events, documents] = [Among::Statements, Among::Events, Among::Documents].map(Among::parameters);
    api.list::<StatementHit>("/statements", "Who said what: a search", (&statements, After::Place));
    api.other("/statements.atom", "The newest statements of a search, as a feed", ATOM, (&statements, After::Place));
    api.list::<EventHit>("/events", "What is reported to have happened: a search", (&events, After::Place));
    api.list::<DocumentHit>("/articles", "Articles: a search", (&documents, After::Place));
    api.other("/articles.atom", "The newest articles of a search, as a feed", ATOM, (&documents, After::Place));
}

fn items(api: &mut Api) {
    api.item::<StatementHit>("/s/{id}", "A statement");
    api.item::<EventHit>("/v/{id}", "An event");
    api.item::<DocumentHit>("/d/{id}", "What is known of an article");
    api.item::<Subject>("/e/{id}", "Somebody or something that articles name");
    api.item::<ArticleView>("/articles/{id}", "An article with its record, versions and corrections");
}

fn people(api: &mut Api) {
    api.list::<SpeakerRow>("/speakers", "Who speaks most, or who has a name", (&speakers::LIST, After::Permalink));
    let about = "One who speaks, with a page of the statements and the newest events; of one who is held to be another, the way to that other";
    api.list::<Portrait>("/speakers/{id}", about, (&speakers::PORTRAIT, After::Place));
    api.moves("/speakers/{id}");
    let about = "How many statements somebody makes over time";
    api.list::<PeriodRow>("/speakers/{id}/days", about, (&speakers::DAYS, After::Nowhere));
    api.list::<OutletRow>("/sources", "Who publishes", (&sources::OUTLETS, After::Name));
    let about = "The articles of each outlet over time, and how many of them have the words";
    api.list::<AttentionRow>("/sources/attention", about, (&sources::ATTENTION, After::Nowhere));
}

fn figures(api: &mut Api) {
    let (timeline, map) = (Among::Timeline.parameters(), Among::Map.parameters());
    api.list_with::<Stretch, Shown>("/timeline", "Events by when they happened", (&timeline, After::Nowhere));
    api.list_with::<Spot, Beyond>("/map", "Places of a part of the world", (&map, After::Number));
    api.other(
        "/map.geojson",
        "Places of a part of the world, as GeoJSON (RFC 7946)",
        "application/geo+json",
        (&map, After::Number),
    );
    api.list::<CountRow>("/stats", "What the store counts", (&["limit"], After::Nowhere));
}

fn work(api: &mut Api) {
    api.reading::<Text, Record>("/read", "Read a text: its record, as `onrecord read` writes it. Nothing is kept");
    api.list::<JobRow>("/ingest", "Runs that put articles into the store, that which wrote last first", NOTHING);
    let about = "What could not be read, the latest first";
    api.list::<Failure>("/ingest/failures", about, (&["code", "limit", "after"], After::Number));
    let about =
        "What runs do while they do it: the rows of /ingest.json as an event `jobs`, at once and whenever they change";
    api.other("/ingest/events", about, "text/event-stream", NOTHING);
    api.list::<Logged>(
        "/corrections",
        "What people corrected, in its order",
        (&["about", "after", "limit"], After::Number),
    );
    let about = "Correct something: a token needs the scope `correct`";
    api.change::<Body, Correction>("/corrections.json", about);
    api.one::<Health>("/healthz", "Whether the server is there and its store can be read; needs no token");
    api.other("/openapi.json", "This document", "application/json", NOTHING);
}

const ATOM: &str = "application/atom+xml";
