//! XML that news is sent in → elements and text, without a document type: what feeds, sitemaps and NewsML-G2 are read with.
//!
//! Lenient where writers are careless: end tags that match nothing, HTML's entities, a bare ampersand. Declarations of entities are refused, so nothing
//! expands and nothing outside is asked for; a document type that only names a DTD is passed over, and the DTD is not fetched.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::found::{Reason, Refusal};

/// A part of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// An element starts; one that is empty ends at once.
    Open(Tag),
    /// The element of that name ends.
    Close(String),
    Text(Cow<'a, str>),
}

/// The start of an element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its name, in lower case, after the prefix that its namespace usually has; without one if the namespace is that of a feed, a sitemap or a news item.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, by its name in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(attribute, _)| attribute == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// A document being read.
pub(crate) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    prefixes: Vec<(String, &'static str)>,
    empty: Option<String>,
    at: usize,
}

/// Namespaces, by how their addresses end or what is in them, and the prefix that stands for them here.
const NAMESPACES: [(&str, &str); 9] = [
    ("/rss/1.0/modules/content/", "content"),
    ("purl.org/dc/elements/1.1/", "dc"),
    ("purl.org/dc/terms/", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("schemas/sitemap-news/", "news"),
    ("schemas/sitemap/0.9", ""),
    ("www.w3.org/2005/atom", ""),
    ("iptc.org/std/nar/", ""),
    ("www.w3.org/1999/xhtml", ""),
];

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { text, reader, prefixes: Vec::new(), empty: None, at: 0 }
    }

    /// The next part; none at the end.
    ///
    /// # Errors
    /// `XmlDtd` for a document type that declares something, `Malformed` for what is no XML, with the byte.
    pub(crate) fn next(&mut self) -> Result<Option<Part<'a>>, Refusal> {
        if let Some(name) = self.empty.take() {
            return Ok(Some(Part::Close(name)));
        }
        loop {
            self.at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            let event = self.reader.read_event().map_err(|error| {
                Refusal::new(Reason::Malformed, format!("no XML at byte {}: {error}", self.reader.error_position()))
            })?;
            match event {
                Event::Start(start) => return Ok(Some(Part::Open(self.tag(&start)))),
                Event::Empty(start) => {
                    let tag = self.tag(&start);
                    self.empty = Some(tag.name.clone());
                    return Ok(Some(Part::Open(tag)));
                }
                Event::End(end) => return Ok(Some(Part::Close(self.named(end.name().0)))),
                Event::Text(text) => return Ok(Some(Part::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Part::Text(text.into_inner()))),
                Event::GeneralRef(entity) => return Ok(Some(Part::Text(expanded(&entity)))),
                Event::DocType(declared)
                    if declared.contains('[') || declared.to_ascii_uppercase().contains("<!ENTITY") =>
                {
                    return Err(Refusal::new(Reason::XmlDtd, "XML with declarations of its own is not read"));
                }
                Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => return Ok(None),
            }
        }
    }

    /// All up to the end of the element that was opened last, which is called `name`: its text, its markup, and its first child called `name`.
    pub(crate) fn rest_of(&mut self, name: &str) -> Result<Value<'a>, Refusal> {
        let mut value = Value::default();
        let start = self.empty.is_none().then(|| usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX));
        let mut depth = 1;
        let mut is_in_name = false;
        while let Some(part) = self.next()? {
            match part {
                Part::Text(text) => {
                    if is_in_name {
                        value.name.get_or_insert_default().push_str(&text);
                    }
                    value.text.push_str(&text);
                }
                Part::Open(tag) => {
                    value.has_elements = true;
                    depth += usize::from(tag.name == name);
                    is_in_name = tag.name == "name" && value.name.is_none();
                }
                Part::Close(closed) => {
                    is_in_name = false;
                    depth -= usize::from(closed == name);
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
        value.markup = start.and_then(|start| self.text.get(start..self.at)).unwrap_or_default();
        Ok(value)
    }

    fn tag(&mut self, start: &BytesStart<'_>) -> Tag {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity);
            let value = value.unwrap_or(attribute.value.clone()).into_owned();
            let key = attribute.key.0.to_ascii_lowercase();
            if let Some(prefix) = key.strip_prefix("xmlns") {
                self.learn(prefix.trim_start_matches(':'), &value);
            }
            attributes.push((key, value));
        }
        Tag { name: self.named(start.name().0), attributes }
    }

    fn learn(&mut self, prefix: &str, namespace: &str) {
        let namespace = namespace.to_ascii_lowercase();
        let known = NAMESPACES.iter().find(|(address, _)| namespace.contains(address));
        if let Some((_, usual)) = known
            && !self.prefixes.iter().any(|(known, _)| known == prefix)
            && self.prefixes.len() < 32
        {
            self.prefixes.push((prefix.to_owned(), usual));
        }
    }

    fn named(&self, name: &str) -> String {
        let name = name.trim().to_ascii_lowercase();
        let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
        match self.prefixes.iter().find(|(known, _)| known == prefix) {
            Some((_, "")) => local.to_owned(),
            Some((_, usual)) if !prefix.is_empty() => format!("{usual}:{local}"),
            _ => name,
        }
    }
}

/// What stands in an element.
#[derive(Debug, Default)]
pub(crate) struct Value<'a> {
    /// Its text, elements left out.
    pub(crate) text: String,
    /// As it is written.
    pub(crate) markup: &'a str,
    pub(crate) has_elements: bool,
    /// The text of the first element in it that is called `name`.
    pub(crate) name: Option<String>,
}

impl Value<'_> {
    /// What it says, as HTML: the text if that is escaped markup, the markup if that stands there openly.
    pub(crate) fn html(&self) -> String {
        if self.has_elements { self.markup.to_owned() } else { self.text.clone() }
    }
}

fn expanded<'a>(entity: &BytesRef<'_>) -> Cow<'a, str> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    let name: &str = entity;
    resolve_html5_entity(name).map_or_else(|| Cow::Owned(format!("&{name};")), Cow::Borrowed)
}

/// A piece of HTML as one line of plain text: what a headline or a summary says.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for (at, c) in html.char_indices() {
        let next = html.as_bytes().get(at + 1).copied().unwrap_or(b' ');
        match c {
            '<' if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!') => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                text.push(' ');
            }
            _ if is_tag => {}
            c => text.push(c),
        }
    }
    let text = unescape_with(&text, resolve_html5_entity).map(Cow::into_owned).unwrap_or(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Part, Xml, plain};
    use crate::found::Reason;

    #[test]
    fn elements_are_known_by_their_namespace() {
        let mut xml = Xml::new(
            "<r xmlns:c='http://purl.org/rss/1.0/modules/content/'><c:encoded a='x &amp; y'>A &nbsp;&#65;&b</c:encoded></r>",
        );
        xml.next().unwrap();
        let Some(Part::Open(tag)) = xml.next().unwrap() else { panic!() };
        assert_eq!((tag.name.as_str(), tag.get("a")), ("content:encoded", Some("x & y")));
        assert_eq!(xml.rest_of("content:encoded").unwrap().text, "A \u{a0}A&b");
    }

    #[test]
    fn declarations_are_refused_and_a_named_dtd_is_not_fetched() {
        let next = |text| Xml::new(text).next().map(|part| part.map(|part| format!("{part:?}")));
        let lol = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><lolz>&lol2;</lolz>";
        assert_eq!(next(lol).unwrap_err().reason, Reason::XmlDtd);
        let outside = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>";
        assert_eq!(next(outside).unwrap_err().reason, Reason::XmlDtd);
        let named = "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://my.example/rss.dtd\"><rss/>";
        assert!(next(named).unwrap().unwrap().contains("rss"));
    }

    #[test]
    fn a_headline_is_plain() {
        assert_eq!(plain("<b>Ferry</b> &amp; dam: 3 < 4\n later"), "Ferry & dam: 3 < 4 later");
    }
}
