//! Bytes into articles: pages, web archives, feeds, sitemaps, JSON lines, agency formats; and fetching, within limits.
#![forbid(unsafe_code)]

mod archive;
mod coding;
mod document;
mod encoding;
pub mod found;
pub mod limits;
pub mod feeds;
#[cfg(feature = "fetch")]
pub mod fetch;
mod folder;
mod media;
mod open;
pub mod sitemap;
#[cfg(feature = "fetch")]
pub mod watch;
mod when;
mod wire;
mod xml;

pub use document::Document;
pub use found::{Found, Hints, Origin, Page, PageKind, Reason, Refusal, Rung};
pub use limits::Limits;
pub use folder::{IGNORE_FILE, files};
pub use open::{Documents, Format, Input, documents, open};

/// Stands in until pages are read.
pub fn html(bytes: &[u8], hints: &Hints, _limits: &Limits) -> Result<Page, Refusal> {
    let (text, encoding) = encoding::decode(bytes, hints);
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => { inside = false; out.push('\n') }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let article = onrecord::Article { text: out.trim().to_owned(), url: hints.url.clone(), ..Default::default() };
    if article.text.is_empty() { return Err(Refusal::new(Reason::NoText, "there is no text")); }
    Ok(Page { article, canonical_url: None, bylines: vec![], modified_at: None, language: "und".into(), published_rung: None, disputed: vec![], encoding: Some(encoding.name()), kind: PageKind::Article })
}
