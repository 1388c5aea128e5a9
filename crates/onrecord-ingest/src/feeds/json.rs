//! JSON Feed 1.0 and 1.1 → a [`Feed`].

use serde::Deserialize;
use serde_json::Value;

use super::{Feed, Item};
use crate::found::{Reason, Refusal};
use crate::when::when;

#[derive(Deserialize)]
struct Whole {
    version: Option<Value>,
    title: Option<String>,
    home_page_url: Option<String>,
    language: Option<String>,
    #[serde(default)]
    items: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: Option<Value>,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
    author: Option<Author>,
    #[serde(default)]
    authors: Vec<Author>,
    language: Option<String>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

/// Reads a feed.
pub(super) fn read(text: &str) -> Result<Feed, Refusal> {
    let whole: Whole = serde_json::from_str(text)
        .map_err(|error| Refusal::new(Reason::Malformed, format!("no JSON Feed: {error}")))?;
    if !whole.version.as_ref().is_some_and(is_version) {
        return Err(Refusal::new(Reason::Malformed, "no JSON Feed: its version is missing"));
    }
    let items = whole.items.into_iter().map(item).collect();
    Ok(Feed { title: whole.title, link: whole.home_page_url, language: whole.language, items, broken: None })
}

/// Whether a `version` is that of a JSON Feed.
pub(crate) fn is_version(version: &Value) -> bool {
    version.as_str().is_some_and(|version| version.contains("jsonfeed.org/version/"))
}

fn item(entry: Entry) -> Item {
    let escaped = |text: String| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>\n")).collect::<String>()
    };
    let mut item = Item {
        id: entry.id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)),
        link: entry.url.or(entry.external_url),
        title: entry.title,
        summary: entry.summary.map(escaped),
        content: entry.content_html.or_else(|| entry.content_text.map(escaped)),
        bylines: entry.authors.into_iter().chain(entry.author).filter_map(|author| author.name).collect(),
        modified_at: entry.date_modified.and_then(|date| when(&date).date),
        language: entry.language,
        ..Item::default()
    };
    item.dated(when(entry.date_published.as_deref().unwrap_or_default()));
    item
}
