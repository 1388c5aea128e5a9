//! What a page says of itself, as it is written: the notes taken while it is slimmed. Nothing is judged here.

use crate::page::elements::Kind;
use crate::page::markup::Tag;
use crate::page::references::resolve;

/// The marks of a page.
#[derive(Debug, Default)]
pub struct Head<'a> {
    /// `<title>`, unresolved.
    pub title: Option<&'a str>,
    /// Name (`name`, `property`, `itemprop` or `http-equiv`) and content of `<meta>`, unresolved, in order.
    pub metas: Vec<(&'a str, &'a str)>,
    /// What `<script type="application/ld+json">` holds.
    pub json_ld: Vec<&'a str>,
    /// `<link rel="canonical">`.
    pub canonical: Option<&'a str>,
    /// `lang` of `<html>`.
    pub language: Option<&'a str>,
    /// `class` and `id` of `<body>`.
    pub body: (&'a str, &'a str),
    /// Dates that elements of the body give.
    pub times: Vec<TimeMark<'a>>,
    /// The first heading of the first rank.
    pub heading: Option<String>,
    /// What elements marked as byline or author hold.
    pub bylines: Vec<String>,
    is_json_ld: bool,
}

/// A date that an element gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeMark<'a> {
    /// As it is written.
    pub written: &'a str,
    /// What the element says it is of.
    pub of: TimeOf,
}

/// What a date in the body is said to be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOf {
    /// Publication.
    Published,
    /// The last change.
    Modified,
    /// It is not said.
    Unsaid,
}

/// Of each kind of mark, how many are kept.
const METAS: usize = 300;
const SCRIPTS: usize = 16;
const TIMES: usize = 30;
const BYLINES: usize = 6;
/// Bytes of a JSON-LD script.
const SCRIPT: usize = 1 << 20;
/// Bytes of a byline or heading, markup and all.
const WANTED: usize = 2000;

impl<'a> Head<'a> {
    /// Takes note of a start tag.
    pub fn start(&mut self, tag: Tag<'a>, kind: Kind) {
        if tag.name.eq_ignore_ascii_case("meta") {
            self.meta(tag);
        } else if tag.name.eq_ignore_ascii_case("link") {
            let is_canonical = tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
            if is_canonical && self.canonical.is_none() {
                self.canonical = tag.attribute("href").filter(|href| !href.is_empty());
            }
        } else if tag.name.eq_ignore_ascii_case("script") {
            let is_json_ld = |value: &str| value.to_ascii_lowercase().contains("ld+json");
            self.is_json_ld = tag.attribute("type").is_some_and(is_json_ld);
        } else if !matches!(kind, Kind::Frame | Kind::Silent | Kind::Transparent) {
            self.time(tag);
        }
    }

    /// Takes note of `<html>` and `<body>`.
    pub fn frame(&mut self, tag: Tag<'a>) {
        if tag.name.eq_ignore_ascii_case("html") {
            let language = tag.attribute("lang").or_else(|| tag.attribute("xml:lang"));
            self.language = self.language.or(language.filter(|language| !language.is_empty()));
        } else if tag.name.eq_ignore_ascii_case("body") && self.body == ("", "") {
            self.body = (tag.attribute("class").unwrap_or_default(), tag.attribute("id").unwrap_or_default());
        }
    }

    /// Takes note of the content of a raw-text element.
    pub fn raw(&mut self, name: &str, text: &'a str) {
        if name.eq_ignore_ascii_case("title") {
            self.title = self.title.or(Some(text).filter(|text| !text.trim().is_empty()));
        } else if self.is_json_ld && name.eq_ignore_ascii_case("script") {
            self.is_json_ld = false;
            if self.json_ld.len() < SCRIPTS && text.len() <= SCRIPT {
                self.json_ld.push(text);
            }
        }
    }

    /// Whether the text of the element is wanted.
    pub fn wants(&self, tag: Tag<'a>) -> bool {
        if tag.name.eq_ignore_ascii_case("h1") {
            return self.heading.is_none();
        }
        self.bylines.len() < BYLINES && is_byline(tag)
    }

    /// Takes the text of an element that was wanted.
    pub fn take(&mut self, name: &str, start: Option<&str>, inner: Option<&str>) {
        let Some(inner) = inner.filter(|inner| inner.len() <= WANTED) else { return };
        let text = super::blocks::plain(inner);
        if text.is_empty() {
            return;
        }
        if name.eq_ignore_ascii_case("h1") {
            self.heading.get_or_insert(text);
        } else if start.is_some() && !self.bylines.contains(&text) && self.bylines.len() < BYLINES {
            self.bylines.push(text);
        }
    }

    /// The content of the first `<meta>` of that name, `name` in lower case, resolved and trimmed; none if it is empty.
    pub fn content(&self, name: &str) -> Option<String> {
        let found = self.metas.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, content)| resolve(content).trim().to_owned()).find(|content| !content.is_empty())
    }

    fn meta(&mut self, tag: Tag<'a>) {
        let Some(content) = tag.attribute("content") else { return };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.attribute(name)
                && self.metas.len() < METAS
            {
                self.metas.push((name, content));
            }
        }
    }

    fn time(&mut self, tag: Tag<'a>) {
        if self.times.len() >= TIMES {
            return;
        }
        let property = tag.attribute("itemprop").unwrap_or_default();
        let is_time = tag.name.eq_ignore_ascii_case("time");
        let is_dated = property.eq_ignore_ascii_case("datePublished") || property.eq_ignore_ascii_case("dateModified");
        if !is_time && !is_dated {
            return;
        }
        let written = tag.attribute("datetime").or_else(|| tag.attribute("content").filter(|_| is_dated));
        let Some(written) = written.filter(|written| !written.is_empty()) else { return };
        let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
        let of =
            if property.eq_ignore_ascii_case("dateModified") || class.contains("updated") || class.contains("modified")
            {
                TimeOf::Modified
            } else if is_dated || tag.attribute("pubdate").is_some() || class.contains("publish") {
                TimeOf::Published
            } else {
                TimeOf::Unsaid
            };
        self.times.push(TimeMark { written, of });
    }
}

/// Whether the element is marked as naming who signed.
fn is_byline(tag: Tag) -> bool {
    tag.attributes().any(|(name, value)| match () {
        () if name.eq_ignore_ascii_case("rel") => value.eq_ignore_ascii_case("author"),
        () if name.eq_ignore_ascii_case("itemprop") => value.eq_ignore_ascii_case("author"),
        () if name.eq_ignore_ascii_case("class") => value.to_ascii_lowercase().contains("byline"),
        () => false,
    })
}
