//! NewsML-G2, also with NITF or XHTML inside, and NITF alone → documents.
//!
//! A news message may hold several items. The text is that of the first `inlineXML` or `inlineData` with one; each element that makes a paragraph is one,
//! parted by blank lines. Captions, tables of metadata and other items (packages, knowledge, planning) give none.

use crate::document::{Body, Content, Document, Given};
use crate::found::{Hints, Origin, Reason, Refusal, Rung};
use crate::when::when;
use crate::xml::{Part, Tag, Xml, plain};

/// The items of a document of XML, from the item `from` on.
pub(crate) fn documents(text: &str, path: &str, from: u64) -> Vec<Document> {
    let mut items = Vec::new();
    let broken = read(text, &mut items).err();
    let outcomes: Vec<_> = items.into_iter().map(Item::content).chain(broken.map(Err)).collect();
    let outcomes = if outcomes.is_empty() {
        vec![Err(Refusal::new(Reason::NoDocument, "there is no news item"))]
    } else {
        outcomes
    };
    let outcomes = (0..).zip(outcomes).filter(|(ordinal, _)| *ordinal >= from);
    outcomes
        .map(|(ordinal, content)| {
            Document::new(Origin { path: path.to_owned(), member: Some(ordinal), url: None }, content)
        })
        .collect()
}

/// An item as far as it was read.
#[derive(Default)]
struct Item {
    id: Option<String>,
    kind: String,
    status: String,
    class: String,
    given: Given,
    created: Option<String>,
    first_created: Option<String>,
    text: String,
}

impl Item {
    fn content(self) -> Result<Content, Refusal> {
        let Item { id, kind, status, class, mut given, created, first_created, text } = self;
        if matches!(status.as_str(), "canceled" | "cancelled" | "withheld") {
            return Err(Refusal::new(Reason::Withdrawn, format!("the item is {status}")));
        }
        if text.trim().is_empty() {
            let is_text =
                matches!(kind.as_str(), "newsitem" | "nitf") && matches!(class.as_str(), "" | "text" | "composite");
            return Err(match (is_text, class.as_str()) {
                (true, _) => Refusal::new(Reason::NoText, "the item has no text"),
                (false, "") => Refusal::new(Reason::NoDocument, format!("a <{kind}>")),
                (false, class) => Refusal::new(Reason::NoDocument, format!("an item of the class \"{class}\"")),
            });
        }
        let published = when(&first_created.or(created).or(given.modified_at.clone()).unwrap_or_default());
        (given.published_at, given.published_as) = (published.date, published.words);
        (given.id, given.rung) = (id, Some(Rung::Given));
        Ok(Content { body: Body::Text(text), hints: Hints::default(), given })
    }
}

fn read(text: &str, items: &mut Vec<Item>) -> Result<(), Refusal> {
    let mut xml = Xml::new(text);
    while let Some(part) = xml.next()? {
        if let Part::Open(tag) = part
            && matches!(
                tag.name.as_str(),
                "newsitem" | "packageitem" | "knowledgeitem" | "conceptitem" | "planningitem" | "catalogitem" | "nitf"
            )
        {
            let mut item = Item { kind: tag.name.clone(), id: tag.get("guid").map(str::to_owned), ..Item::default() };
            item.given.language = tag.get("xml:lang").map(str::to_owned);
            let read = self::item(&mut xml, &tag.name, &mut item);
            // Of an item that breaks off nothing is kept: what is there may be half a sentence.
            read?;
            items.push(item);
        }
    }
    Ok(())
}

fn item(xml: &mut Xml<'_>, name: &str, item: &mut Item) -> Result<(), Refusal> {
    if name == "nitf" {
        item.text = prose(xml, "nitf", item)?;
        return Ok(());
    }
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
    let code = |tag: &Tag| {
        let code = tag.get("qcode").or(tag.get("literal")).unwrap_or_default();
        code.rsplit([':', '/']).next().unwrap_or_default().to_ascii_lowercase()
    };
    match tag.name.as_str() {
        "pubstatus" => item.status = code(tag),
        "itemclass" => item.class = code(tag),
        "provider" => {
            let value = xml.rest_of("provider")?;
            item.given.outlet = value.name.map(|name| plain(&name)).or_else(|| tag.get("literal").map(str::to_owned));
        }
        "firstcreated" => item.first_created = Some(xml.rest_of("firstcreated")?.text),
        "contentcreated" => item.created = Some(xml.rest_of("contentcreated")?.text),
        "versioncreated" => item.given.modified_at = when(&xml.rest_of("versioncreated")?.text).date,
        "headline" if item.given.title.is_none() => item.given.title = some(plain(&xml.rest_of("headline")?.text)),
        "by" => item.given.bylines.extend(some(plain(&xml.rest_of("by")?.text))),
        "language" => item.given.language = tag.get("tag").map(str::to_owned).or(item.given.language.take()),
        "inlinexml" if item.text.is_empty() => item.text = prose(xml, "inlinexml", item)?,
        "inlinedata" if item.text.is_empty() && tag.get("encoding").is_none() => {
            item.text = xml.rest_of("inlinedata")?.text.trim().to_owned()
        }
        // What another item is called, or where a picture is, is not about this one.
        "link" | "remotecontent" | "icon" => drop(xml.rest_of(&tag.name)?),
        _ => {}
    }
    Ok(())
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The paragraphs up to the end of the element `outer`; the headline and byline of NITF go to the item.
fn prose(xml: &mut Xml<'_>, outer: &str, item: &mut Item) -> Result<String, Refusal> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = String::new();
    while let Some(part) = xml.next()? {
        match part {
            // A line break of the source is a space; one that is meant is an element.
            Part::Text(text) => open.push_str(&text.replace(['\n', '\r'], " ")),
            Part::Close(name) if name == outer => break,
            Part::Close(name) => {
                if is_block(&name) {
                    close(&mut open, &mut paragraphs);
                }
            }
            Part::Open(tag) => match tag.name.as_str() {
                "hl1" if item.given.title.is_none() => item.given.title = some(plain(&xml.rest_of("hl1")?.text)),
                "byline" => item.given.bylines.extend(some(plain(&xml.rest_of("byline")?.text))),
                "head" | "docdata" | "media" | "figure" | "style" | "script" | "hl1" | "dateline" | "distributor"
                | "tagline" => drop(xml.rest_of(&tag.name)?),
                "br" => open.push('\n'),
                name if is_block(name) => close(&mut open, &mut paragraphs),
                _ => {}
            },
        }
    }
    close(&mut open, &mut paragraphs);
    Ok(paragraphs.join("\n\n"))
}

fn close(open: &mut String, paragraphs: &mut Vec<String>) {
    let lines: Vec<String> =
        open.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let text = lines.join("\n");
    if !text.trim().is_empty() {
        paragraphs.push(text.trim().to_owned());
    }
    open.clear();
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "hl2"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "dt"
            | "dd"
            | "td"
            | "th"
            | "tr"
            | "pre"
            | "div"
            | "block"
            | "blockquote"
            | "bq"
            | "section"
            | "article"
            | "body"
            | "body.content"
            | "body.head"
            | "body.end"
            | "hr"
            | "table"
            | "ul"
            | "ol"
            | "fn"
    )
}
