//! What was found → Atom (RFC 4287), for feed readers.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use onrecord_store::search::{DocumentHit, StatementHit};
use sha2::{Digest, Sha256};

use crate::answer::{Found, typed};
use crate::pages::words;

/// A feed.
pub struct Feed {
    /// What people read.
    pub title: String,
    /// The path and query of the feed.
    pub address: String,
    /// Those of the page that shows the same.
    pub page: String,
    /// Those of the next, older part.
    pub next: Option<String>,
    /// What is in it.
    pub entries: Vec<Entry>,
}

/// One entry of a feed.
pub struct Entry {
    /// `s/1a2b3c`: stands in the id, and the path of the page.
    pub permalink: String,
    /// Its title.
    pub title: String,
    /// Who says it, or who publishes it.
    pub author: String,
    /// Its words.
    pub content: String,
    /// When it was published, ISO 8601, where that is known.
    pub published: Option<String>,
    /// When it came into the store.
    pub updated: Option<String>,
}

impl Entry {
    /// A statement that came into the store at `added`.
    pub fn of_statement(hit: &StatementHit, added: Option<String>) -> Entry {
        let speakers = hit.speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(", ");
        let author = if speakers.is_empty() {
            hit.source.clone().unwrap_or_else(|| "nobody named".to_owned())
        } else {
            speakers
        };
        let act = words::act(&hit.act, hit.negated);
        let from = [hit.document.outlet.as_deref(), hit.document.title.as_deref()];
        let from = from.into_iter().flatten().collect::<Vec<_>>().join(": ");
        Entry {
            permalink: format!("s/{}", hit.id),
            title: format!("{}: {}", format!("{author} {act}").trim_end(), shortened(&hit.content)),
            author,
            content: if from.is_empty() { hit.content.clone() } else { format!("{}\n\n{from}", hit.content) },
            published: hit.document.published_at.clone(),
            updated: added,
        }
    }

    /// An article that came into the store at `added`.
    pub fn of_article(hit: &DocumentHit, added: Option<String>) -> Entry {
        let counts = format!("{} statements, {} events", hit.statements, hit.events);
        let snippet =
            hit.snippet.as_deref().map(|snippet| snippet.replace(|c| ('\u{e000}'..='\u{e001}').contains(&c), ""));
        Entry {
            permalink: format!("d/{}", hit.id),
            title: hit.title.clone().unwrap_or_else(|| "untitled".to_owned()),
            author: hit.outlet.clone().unwrap_or_else(|| "unknown".to_owned()),
            content: snippet.map_or(counts.clone(), |snippet| format!("{snippet}\n\n{counts}")),
            published: hit.published_at.clone(),
            updated: added,
        }
    }

    fn moments(&self) -> (Option<String>, String) {
        let published = self.published.as_deref().and_then(moment);
        let updated = self.updated.as_deref().and_then(moment).or_else(|| published.clone());
        (published, updated.unwrap_or_else(|| BEGINNING.to_owned()))
    }
}

/// When nothing tells the time.
const BEGINNING: &str = "1970-01-01T00:00:00Z";
/// About how many characters of a content stand in a title.
const TITLE: usize = 120;

impl Feed {
    /// A feed of what was found in a search whose page stands at `page`.
    pub fn new<T>(title: String, address: String, page: String, found: &Found<T>, entries: Vec<Entry>) -> Feed {
        Feed { title, address, page, next: found.next_url.clone(), entries }
    }

    /// As an answer to a request with these fields.
    pub fn answer(&self, fields: &HeaderMap) -> Response {
        // The guard has refused every host but this server's names.
        let host = fields.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        // What stands before this server and speaks TLS for it says so; it is only told back to who asked.
        let is_secure = fields.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        let scheme = if is_secure { "https" } else { "http" };
        typed("application/atom+xml; charset=utf-8", self.written(&format!("{scheme}://{host}")).into_bytes())
    }

    /// The XML, with addresses below `base`.
    pub fn written(&self, base: &str) -> String {
        let updated = self.entries.iter().map(|entry| entry.moments().1).max();
        let id: String = Sha256::digest(&self.page).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let link = |rel: &str, media: &str, path: &str| {
            format!("<link rel=\"{rel}\" type=\"{media}\" href=\"{}\"/>\n", escaped(&format!("{base}{path}")))
        };
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n",
        );
        xml += &element("id", &format!("urn:onrecord:search/{id}"));
        xml += &element("title", &self.title);
        xml += &element("updated", updated.as_deref().unwrap_or(BEGINNING));
        xml +=
            &format!("<author>{}</author>\n<generator>onrecord</generator>\n", element("name", "onrecord").trim_end());
        xml += &link("self", "application/atom+xml", &self.address);
        xml += &link("alternate", "text/html", &self.page);
        if let Some(next) = &self.next {
            xml += &link("next", "application/atom+xml", next);
        }
        for entry in &self.entries {
            let (published, updated) = entry.moments();
            xml += "<entry>\n";
            xml += &element("id", &format!("urn:onrecord:{}", entry.permalink));
            xml += &element("title", &entry.title);
            xml += &published.map(|published| element("published", &published)).unwrap_or_default();
            xml += &element("updated", &updated);
            xml += &format!("<author>{}</author>\n", element("name", &entry.author).trim_end());
            xml += &link("alternate", "text/html", &format!("/{}", entry.permalink));
            xml += &format!("<content type=\"text\">{}</content>\n</entry>\n", escaped(&entry.content));
        }
        xml + "</feed>\n"
    }
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escaped(text))
}

/// Text inside XML; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\t' | '\n' => written.push(c),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => written.push(c),
        }
    }
    written
}

/// The first words, with dots where there are more.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(TITLE) {
        Some((end, _)) => {
            let cut = text.get(..end).unwrap_or(text);
            format!("{} …", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
        }
        None => text.to_owned(),
    }
}

/// A date of ISO 8601 as RFC 3339 wants it; a day as its first moment.
fn moment(date: &str) -> Option<String> {
    if let Ok(moment) = date.parse::<jiff::Timestamp>() {
        return Some(moment.to_string());
    }
    let day: jiff::civil::Date = date.get(..10)?.parse().ok()?;
    Some(format!("{day}T00:00:00Z"))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Entry, Feed, moment};

    #[test]
    fn a_feed_is_escaped_and_tells_where_it_stands() {
        let entry = Entry {
            permalink: "s/abc".to_owned(),
            title: "A & <B>".to_owned(),
            author: "\"A\"".to_owned(),
            content: "words\u{0} and\u{b} more".to_owned(),
            published: Some("2026-03-11".to_owned()),
            updated: Some("2026-03-12T08:00:00Z".to_owned()),
        };
        let address = |end: &str| format!("/statements{end}?q=a&act=deny");
        let feed = Feed {
            title: "a".to_owned(),
            address: address(".atom"),
            page: address(""),
            next: None,
            entries: vec![entry],
        };
        let xml = feed.written("http://localhost:8090");
        for part in [
            r#"<link rel="self" type="application/atom+xml" href="http://localhost:8090/statements.atom?q=a&amp;act=deny"/>"#,
            "<id>urn:onrecord:s/abc</id>\n<title>A &amp; &lt;B&gt;</title>",
            "<published>2026-03-11T00:00:00Z</published>\n<updated>2026-03-12T08:00:00Z</updated>",
            r#"<content type="text">words and more</content>"#,
            r#"href="http://localhost:8090/s/abc""#,
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
    }

    #[tokio::test]
    async fn links_are_secure_behind_a_proxy_that_is() {
        let feed = Feed {
            title: String::new(),
            address: "/a.atom".to_owned(),
            page: "/a".to_owned(),
            next: None,
            entries: Vec::new(),
        };
        for (scheme, expected) in [(None, "http://desk.example/a"), (Some("https"), "https://desk.example/a")] {
            let mut fields = HeaderMap::new();
            fields.insert("host", HeaderValue::from_static("desk.example"));
            scheme.map(|scheme| fields.insert("x-forwarded-proto", HeaderValue::from_static(scheme)));
            let body = axum::body::to_bytes(feed.answer(&fields).into_body(), 10_000).await.unwrap();
            assert!(String::from_utf8_lossy(&body).contains(&format!("href=\"{expected}\"")), "{expected}");
        }
    }

    #[test]
    fn dates_are_moments() {
        assert_eq!(moment("2026-03-11T10:00:00+02:00").as_deref(), Some("2026-03-11T08:00:00Z"));
        assert_eq!(moment("2026-03-11").as_deref(), Some("2026-03-11T00:00:00Z"));
        assert_eq!(moment("soon"), None);
    }
}
