//! Sitemaps, with their news extension → the addresses they list; indexes → the sitemaps they name.
//!
//! The limits are the protocol's: 50 MB and 50,000 addresses. What is over them is left off, and said.

use crate::encoding;
use crate::found::{Hints, Reason, Refusal};
use crate::limits::Limits;
use crate::when::when;
use crate::xml::{Part, Xml, plain};

/// A sitemap or an index of sitemaps.
#[derive(Debug, Default)]
pub struct Sitemap {
    /// Whether it lists sitemaps, not pages.
    pub is_index: bool,
    /// What it lists, in its order.
    pub listed: Vec<Listed>,
    /// Why it does not go on, if it does not: over a limit, or broken off.
    pub broken: Option<Refusal>,
}

/// An address in a sitemap.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The page, or the sitemap.
    pub url: String,
    /// ISO 8601: when it changed last.
    pub modified_at: Option<String>,
    /// ISO 8601, from the news extension.
    pub published_at: Option<String>,
    /// The headline, from the news extension.
    pub title: Option<String>,
    /// The outlet, from the news extension.
    pub outlet: Option<String>,
    /// BCP 47, from the news extension.
    pub language: Option<String>,
}

/// Reads a sitemap in XML, or in plain text with an address a line.
///
/// # Errors
/// `TooLarge`, `XmlDtd`, and `Malformed` where no sitemap starts.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Sitemap, Refusal> {
    if bytes.len() > limits.sitemap_bytes {
        let message = format!("the sitemap has {} bytes, the limit is {}", bytes.len(), limits.sitemap_bytes);
        return Err(Refusal::new(Reason::TooLarge, message));
    }
    let text = encoding::decode(bytes, &Hints::default()).0;
    let mut sitemap = Sitemap::default();
    let read = if text.trim_start().starts_with('<') {
        in_xml(&text, &mut sitemap, limits)
    } else {
        in_lines(&text, &mut sitemap, limits)
    };
    match read {
        Err(refusal) if sitemap.listed.is_empty() || refusal.reason == Reason::XmlDtd => Err(refusal),
        read => {
            sitemap.broken = read.err();
            Ok(sitemap)
        }
    }
}

fn in_lines(text: &str, sitemap: &mut Sitemap, limits: &Limits) -> Result<(), Refusal> {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !line.starts_with("http") {
            return Err(Refusal::new(Reason::Malformed, "no sitemap: a line is no address"));
        }
        push(sitemap, Listed { url: line.to_owned(), ..Listed::default() }, limits)?;
    }
    Ok(())
}

fn push(sitemap: &mut Sitemap, listed: Listed, limits: &Limits) -> Result<(), Refusal> {
    if sitemap.listed.len() >= limits.sitemap_urls {
        return Err(Refusal::new(
            Reason::TooLarge,
            format!("the sitemap has more than {} addresses", limits.sitemap_urls),
        ));
    }
    if !listed.url.is_empty() {
        sitemap.listed.push(listed);
    }
    Ok(())
}

fn in_xml(text: &str, sitemap: &mut Sitemap, limits: &Limits) -> Result<(), Refusal> {
    let mut xml = Xml::new(text);
    let mut is_root = true;
    while let Some(part) = xml.next()? {
        let Part::Open(tag) = part else { continue };
        match tag.name.as_str() {
            "urlset" if is_root => {}
            "sitemapindex" if is_root => sitemap.is_index = true,
            "url" | "sitemap" => {
                let listed = listed(&mut xml, &tag.name)?;
                push(sitemap, listed, limits)?;
            }
            name if is_root => {
                return Err(Refusal::new(Reason::Malformed, format!("no sitemap: the document is a <{name}>")));
            }
            _ => {}
        }
        is_root = false;
    }
    Ok(())
}

fn listed(xml: &mut Xml<'_>, name: &str) -> Result<Listed, Refusal> {
    let mut listed = Listed::default();
    while let Some(part) = xml.next()? {
        let tag = match part {
            Part::Close(closed) if closed == name => break,
            Part::Open(tag) => tag,
            _ => continue,
        };
        let text = |xml: &mut Xml<'_>| Ok(xml.rest_of(&tag.name)?.text.trim().to_owned());
        let plainly =
            |xml: &mut Xml<'_>| Ok(Some(plain(&xml.rest_of(&tag.name)?.text)).filter(|text| !text.is_empty()));
        match tag.name.as_str() {
            "loc" if listed.url.is_empty() => listed.url = text(xml)?,
            "lastmod" => listed.modified_at = when(&text(xml)?).date,
            "news:publication_date" => listed.published_at = when(&text(xml)?).date,
            "news:title" => listed.title = plainly(xml)?,
            "news:name" => listed.outlet = plainly(xml)?,
            "news:language" => listed.language = plainly(xml)?,
            _ => {}
        }
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::found::Reason;
    use crate::limits::Limits;

    #[test]
    fn the_news_extension_gives_headline_and_date() {
        let xml = br#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
            <url><loc> https://courier.example/dam </loc><lastmod>2026-03-10</lastmod><n:news><n:publication><n:name>The Courier</n:name><n:language>en</n:language>
            </n:publication><n:publication_date>2026-03-09T22:00-03:00</n:publication_date><n:title>Dam &amp; river</n:title></n:news></url></urlset>"#;
        let sitemap = read(xml, &Limits::default()).unwrap();
        let [listed] = sitemap.listed.as_slice() else { panic!("{sitemap:?}") };
        assert_eq!(
            (listed.url.as_str(), listed.title.as_deref()),
            ("https://courier.example/dam", Some("Dam & river"))
        );
        assert_eq!(listed.published_at.as_deref(), Some("2026-03-09T22:00:00-03:00"));
        assert_eq!((listed.outlet.as_deref(), listed.language.as_deref()), (Some("The Courier"), Some("en")));
        assert!(!sitemap.is_index && sitemap.broken.is_none());
    }

    #[test]
    fn an_index_names_sitemaps() {
        let xml = b"<sitemapindex><sitemap><loc>https://courier.example/1.xml</loc></sitemap></sitemapindex>";
        let sitemap = read(xml, &Limits::default()).unwrap();
        assert!(sitemap.is_index);
        assert_eq!(sitemap.listed.first().unwrap().url, "https://courier.example/1.xml");
    }

    #[test]
    fn what_is_over_the_limit_is_said() {
        let limits = Limits { sitemap_urls: 2, ..Limits::default() };
        let sitemap = read(b"http://a.example/1\nhttp://a.example/2\nhttp://a.example/3\n", &limits).unwrap();
        let urls: Vec<_> = sitemap.listed.iter().map(|listed| listed.url.as_str()).collect();
        assert_eq!(urls, ["http://a.example/1", "http://a.example/2"]);
        assert_eq!(sitemap.broken.unwrap().message, "the sitemap has more than 2 addresses");
        let refused = read(b"<rss/>", &limits).unwrap_err();
        assert_eq!(
            (refused.reason, refused.message.as_str()),
            (Reason::Malformed, "no sitemap: the document is a <rss>")
        );
    }
}
