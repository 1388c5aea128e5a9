//! Answers of [`crate::data`] → HTML. One file a page; templates lie in `templates/`, one of the same name.

mod article;
mod articles;
mod corrections;
mod embed;
mod events;
mod facets;
mod figures;
mod front;
mod happenings;
mod ingest;
mod map;
mod permalinks;
pub mod problem;
mod read;
mod sources;
mod speaker;
mod speakers;
mod statements;
mod timeline;
mod when;
pub mod words;

use askama::Template;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::assets;
use crate::problem::Problem;

/// The paths of pages, each with the other forms that it has.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/statements", get(statements::answer))
        .route("/statements.json", get(statements::answer))
        .route("/statements.csv", get(statements::answer))
        .merge(events::routes())
        .merge(timeline::routes())
        .merge(map::routes())
        .route("/statements.atom", get(statements::feed))
        .merge(front::routes())
        .merge(articles::routes())
        .merge(speakers::routes())
        .merge(speaker::routes())
        .merge(sources::routes())
        .merge(ingest::routes())
        .merge(read::routes())
        .merge(article::routes())
        .merge(permalinks::routes())
        .merge(embed::routes())
        .merge(corrections::routes())
}

/// What frames every page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The title, without the name of the program.
    pub title: String,
    /// The path of the section in the navigation.
    pub section: &'static str,
    /// Where the same is as JSON, CSV and a feed, as far as it is.
    pub others: Vec<Other>,
}

/// The same in another form.
#[derive(Debug, Clone)]
pub struct Other {
    /// `JSON`, `CSV`, `Atom`.
    pub name: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// Where it is.
    pub url: String,
}

/// A section of the navigation.
pub struct Section {
    /// Where it is.
    pub path: &'static str,
    /// What people read.
    pub name: &'static str,
}

/// The navigation, in its order.
pub const SECTIONS: [Section; 9] = [
    Section { path: "/statements", name: "Statements" },
    Section { path: "/articles", name: "Articles" },
    Section { path: "/speakers", name: "Speakers" },
    Section { path: "/events", name: "Events" },
    Section { path: "/timeline", name: "Timeline" },
    Section { path: "/map", name: "Map" },
    Section { path: "/sources", name: "Sources" },
    Section { path: "/ingest", name: "Ingest" },
    Section { path: "/read", name: "Read" },
];

impl Frame {
    /// The frame of a page of `section`.
    pub fn new(title: impl Into<String>, section: &'static str) -> Frame {
        Frame { title: title.into(), section, others: Vec::new() }
    }

    /// With the same as JSON and CSV, and as a feed where `has_feed`; `address` makes an address of what stands behind the path.
    pub fn also(mut self, has_feed: bool, address: impl Fn(&str) -> String) -> Frame {
        self.others.push(Other { name: "JSON", media: "application/json", url: address(".json") });
        self.others.push(Other { name: "CSV", media: "text/csv", url: address(".csv") });
        if has_feed {
            self.others.push(Other { name: "Atom", media: "application/atom+xml", url: address(".atom") });
        }
        self
    }

    /// Where the style sheet is.
    pub fn style(&self) -> String {
        assets::address("style")
    }

    /// Where the script is.
    pub fn script(&self) -> String {
        assets::address("onrecord")
    }

    /// Where the icon is.
    pub fn icon(&self) -> String {
        assets::address("icon")
    }
}

/// A template as an answer.
///
/// # Errors
/// [`Problem::Internal`] where it cannot be filled in.
pub fn html(page: &impl Template) -> Result<Response, Problem> {
    let body = page.render().map_err(|error| Problem::Internal(error.to_string()))?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}
