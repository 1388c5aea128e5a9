//! ninjs 1, 2 and 3 (IPTC's news in JSON) → a document.
//!
//! Version 1 names fields in lower case with the kind of text in the name (`body_xhtml`), later ones have lists of headlines and bodies with roles. Both
//! are read alike. Pictures, withheld and cancelled items are refused. Associated items are not opened.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::document::{Body, Content, Document, Given};
use crate::found::{Hints, Origin, Reason, Refusal, Rung};
use crate::when::when;

/// A news object; the fields that are used of it.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Ninjs(Map<String, Value>);

impl Ninjs {
    /// Whether the fields of an object are those of ninjs.
    pub(crate) fn is(fields: &Map<String, Value>) -> bool {
        let has = |name: &str| fields.contains_key(name);
        let starts = |prefix: &str| fields.keys().any(|key| key.starts_with(prefix));
        has("uri")
            && (has("type")
                || has("bodies")
                || has("headlines")
                || has("headline")
                || starts("body_")
                || has("versioncreated")
                || has("versionCreated"))
    }

    /// It as a document.
    pub(crate) fn document(self, path: &str, member: Option<u64>) -> Document {
        let uri = self.text(&["uri"]);
        let is_url = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        let url = self.text(&["url", "canonicalUrl"]).or_else(|| uri.clone().filter(is_url));
        let origin = Origin { path: path.to_owned(), member, url: url.clone() };
        Document::new(origin, self.content(uri, url))
    }

    fn content(&self, uri: Option<String>, url: Option<String>) -> Result<Content, Refusal> {
        let status = self.text(&["pubStatus", "pubstatus"]).unwrap_or_default();
        let status = status.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(status.as_str(), "canceled" | "cancelled" | "withheld") {
            return Err(Refusal::new(Reason::Withdrawn, format!("the item is {status}")));
        }
        let kind = self.text(&["type"]).unwrap_or_else(|| "text".to_owned());
        let Some(body) = self.body() else {
            return Err(match kind.as_str() {
                "text" | "composite" => Refusal::new(Reason::NoText, "the item has no body"),
                kind => Refusal::new(Reason::NoDocument, format!("an item of the type \"{kind}\"")),
            });
        };
        let published = when(
            &self
                .text(&[
                    "firstCreated",
                    "firstcreated",
                    "contentCreated",
                    "contentcreated",
                    "versionCreated",
                    "versioncreated",
                ])
                .unwrap_or_default(),
        );
        let source = self.people("infoSources").or_else(|| self.people("infosource"));
        let byline = self.text(&["by", "byline"]);
        Ok(Content {
            body,
            hints: Hints { url, ..Hints::default() },
            given: Given {
                id: uri,
                title: self.headline(),
                outlet: self.text(&["copyrightHolder", "copyrightholder"]).or(source),
                published_at: published.date,
                published_as: published.words,
                rung: Some(Rung::Given),
                modified_at: self.text(&["versionCreated", "versioncreated"]).and_then(|date| when(&date).date),
                bylines: byline.into_iter().collect(),
                language: self.text(&["language"]),
            },
        })
    }

    /// The first of the fields that is a string with something in it.
    fn text(&self, names: &[&str]) -> Option<String> {
        let texts = names.iter().filter_map(|name| self.0.get(*name)?.as_str());
        texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
    }

    fn people(&self, list: &str) -> Option<String> {
        let first = self.0.get(list)?.as_array()?.first()?;
        first.get("name")?.as_str().map(str::to_owned)
    }

    fn headline(&self) -> Option<String> {
        self.text(&["headline", "headline_text"])
            .or_else(|| {
                self.parts("headlines")
                    .find(|part| part.is_main)
                    .or_else(|| self.parts("headlines").next())
                    .map(|part| part.value.to_owned())
            })
            .or_else(|| self.text(&["title"]))
    }

    fn body(&self) -> Option<Body> {
        let markup = self.text(&["body_html", "body_xhtml", "body_html5"]);
        if let Some(html) = markup {
            return Some(Body::Fragment(html));
        }
        if let Some(text) = self.0.iter().find_map(|(name, value)| {
            value.as_str().filter(|text| name.starts_with("body_") && !text.trim().is_empty())
        }) {
            return Some(Body::Text(text.to_owned()));
        }
        let parts = || self.parts("bodies").filter(|part| !part.value.trim().is_empty());
        let part = parts().find(|part| part.is_main).or_else(|| parts().next())?;
        let is_markup = part.media.contains("html")
            || part.media.contains("xml")
            || part.media.is_empty() && part.value.trim_start().starts_with('<');
        Some(if is_markup { Body::Fragment(part.value.to_owned()) } else { Body::Text(part.value.to_owned()) })
    }

    fn parts(&self, list: &str) -> impl Iterator<Item = Part<'_>> {
        self.0.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(|part| {
            let field = |name: &str| part.get(name).and_then(Value::as_str).unwrap_or_default();
            Some(Part {
                is_main: field("role").rsplit(':').next() == Some("main"),
                media: part
                    .get("contentType")
                    .or_else(|| part.get("contenttype"))
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
                value: part.get("value")?.as_str()?,
            })
        })
    }
}

/// One of several headlines or bodies.
struct Part<'a> {
    is_main: bool,
    media: &'a str,
    value: &'a str,
}
