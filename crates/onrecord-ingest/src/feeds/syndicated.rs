//! RSS and Atom → a [`Feed`], in one pass.

use super::{Feed, Item};
use crate::found::{Reason, Refusal};
use crate::when::when;
use crate::xml::{Part, Tag, Value, Xml, plain};

/// Reads a feed. After an error the entries before it are kept.
pub(super) fn read(text: &str) -> Result<Feed, Refusal> {
    let mut xml = Xml::new(text);
    let mut feed = Feed::default();
    to_root(&mut xml)?;
    if let Err(refusal) = channel(&mut xml, &mut feed) {
        let is_bomb = refusal.reason == Reason::XmlDtd;
        if is_bomb || feed.items.is_empty() {
            return Err(refusal);
        }
        feed.broken = Some(refusal);
    }
    Ok(feed)
}

fn to_root(xml: &mut Xml<'_>) -> Result<(), Refusal> {
    while let Some(part) = xml.next()? {
        if let Part::Open(tag) = part {
            return match local(&tag.name) {
                "rss" | "rdf" | "feed" | "channel" => Ok(()),
                _ => Err(Refusal::new(Reason::Malformed, format!("no feed: the document is a <{}>", tag.name))),
            };
        }
    }
    Err(Refusal::new(Reason::Malformed, "no feed: there is no element"))
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn channel(xml: &mut Xml<'_>, feed: &mut Feed) -> Result<(), Refusal> {
    let mut is_image = false;
    while let Some(part) = xml.next()? {
        let tag = match part {
            Part::Close(name) => {
                is_image &= !matches!(name.as_str(), "image" | "textinput");
                continue;
            }
            Part::Text(_) => continue,
            Part::Open(tag) => tag,
        };
        match tag.name.as_str() {
            "item" | "entry" => {
                let mut item = Item::default();
                let read = entry(xml, &tag.name, &mut item);
                feed.items.push(item);
                read?;
            }
            "image" | "textinput" => is_image = true,
            "title" if !is_image && feed.title.is_none() => {
                feed.title = Some(plain(&xml.rest_of("title")?.html())).filter(|title| !title.is_empty());
            }
            "link" if !is_image && feed.link.is_none() => feed.link = link(xml, &tag)?,
            "language" | "dc:language" if feed.language.is_none() => feed.language = text(xml.rest_of(&tag.name)?),
            "feed" | "channel" => feed.language = tag.get("xml:lang").map(str::to_owned),
            _ => {}
        }
    }
    Ok(())
}

fn entry(xml: &mut Xml<'_>, name: &str, item: &mut Item) -> Result<(), Refusal> {
    while let Some(part) = xml.next()? {
        match part {
            Part::Close(closed) if closed == name => break,
            Part::Open(tag) => field(xml, &tag, item)?,
            _ => {}
        }
    }
    Ok(())
}

fn field(xml: &mut Xml<'_>, tag: &Tag, item: &mut Item) -> Result<(), Refusal> {
    match tag.name.as_str() {
        "title" => set(&mut item.title, Some(xml.rest_of("title")?.html())),
        "link" => {
            let is_article = matches!(tag.get("rel"), None | Some("alternate"));
            let link = link(xml, tag)?;
            set(&mut item.link, link.filter(|_| is_article));
        }
        "guid" | "id" => {
            let is_link = tag.get("ispermalink") != Some("false");
            let id = text(xml.rest_of(&tag.name)?);
            if tag.name == "guid" && is_link && item.link.is_none() {
                item.link = id.clone().filter(|id| id.starts_with("http"));
            }
            set(&mut item.id, id);
        }
        "description" | "summary" | "dc:description" => set(&mut item.summary, html(xml.rest_of(&tag.name)?, tag)),
        "content:encoded" | "content" | "body" | "fullitem" => {
            set(&mut item.content, html(xml.rest_of(&tag.name)?, tag))
        }
        "pubdate" | "published" | "issued" | "dc:date" | "dcterms:created" | "dcterms:issued" | "created" => {
            let words = xml.rest_of(&tag.name)?.text;
            item.dated(when(&words));
        }
        "updated" | "modified" | "dcterms:modified" => {
            set(&mut item.modified_at, when(&xml.rest_of(&tag.name)?.text).date)
        }
        "author" | "dc:creator" | "creator" => {
            let value = xml.rest_of(&tag.name)?;
            item.bylines.extend(byline(value.name.as_deref().unwrap_or(&value.text)));
        }
        "dc:language" => set(&mut item.language, text(xml.rest_of(&tag.name)?)),
        // The feed that an entry was taken from, with a title and dates of its own.
        "source" => drop(xml.rest_of("source")?),
        _ => {}
    }
    Ok(())
}

/// A link is an attribute in Atom, the text of the element in RSS.
fn link(xml: &mut Xml<'_>, tag: &Tag) -> Result<Option<String>, Refusal> {
    let value = xml.rest_of("link")?;
    let is_own = matches!(tag.get("rel"), None | Some("alternate"));
    Ok(tag.get("href").filter(|_| is_own).map(str::to_owned).or_else(|| text(value)))
}

fn set<T>(field: &mut Option<T>, value: Option<T>) {
    if field.is_none() {
        *field = value;
    }
}

fn text(value: Value<'_>) -> Option<String> {
    Some(value.text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// HTML, whatever the type of the element is: plain text comes as paragraphs.
fn html(value: Value<'_>, tag: &Tag) -> Option<String> {
    let html = match tag.get("type") {
        Some("text" | "text/plain") if !value.has_elements => {
            let escaped = value.text.replace('&', "&amp;").replace('<', "&lt;");
            escaped.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>\n")).collect()
        }
        _ => value.html(),
    };
    Some(html).filter(|html| !html.trim().is_empty())
}

/// The name in "name", "mail@example.org (name)" or "name <mail@example.org>"; none if there is only an address.
fn byline(words: &str) -> Option<String> {
    let words = plain(words);
    let name = match words.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
        _ => words.split('<').next().unwrap_or_default(),
    };
    let name = name.trim();
    (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
}
