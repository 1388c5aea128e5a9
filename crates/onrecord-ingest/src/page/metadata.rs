//! What a page says of itself → title, outlet, those who signed, dates, address, language.
//!
//! A ladder for each: JSON-LD of the article, Open Graph, other `<meta>`, elements of the body, the address. The rung that gave the date of publication is
//! kept. Publication and last change are never mixed up: without a date of publication there is none, whatever was changed when.

use std::collections::HashMap;
use std::sync::LazyLock;

use url::Url;

use crate::found::{Hints, Rung};
use crate::page::bylines;
use crate::page::dates;
use crate::page::head::{Head, TimeOf};
use crate::page::json_ld::{self, ArticleData};
use crate::page::references::resolve;

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline, without the name of the site.
    pub title: Option<String>,
    /// Who published it; the host where nothing names it.
    pub outlet: Option<String>,
    /// Those who signed it.
    pub bylines: Vec<String>,
    /// ISO 8601, and the rung that gave it.
    pub published: Option<(String, Rung)>,
    /// ISO 8601.
    pub modified: Option<String>,
    /// The page's own address for itself, absolute.
    pub canonical: Option<String>,
    /// The language it says it is in.
    pub language: Option<String>,
    /// Whether it says that its text is not free.
    pub is_paid: bool,
}

/// Reads the marks of a page.
pub fn read(head: &Head, hints: &Hints) -> Metadata {
    let canonical = canonical(head, hints);
    let url = canonical.as_deref().or(hints.url.as_deref());
    let data = json_ld::read(&head.json_ld, url).unwrap_or_default();
    let told = Told::of(head);
    let outlet = data.publisher.clone().or_else(|| told.first("outlet")).or_else(|| url.and_then(host));
    Metadata {
        title: title(head, &data, &told, outlet.as_deref()),
        bylines: bylines::read(&data.authors, &told.all("byline"), &head.bylines, outlet.as_deref()),
        published: published(head, &data, &told, url, hints),
        modified: modified(head, &data, &told, hints),
        language: language(head, &data, &told),
        is_paid: data.is_paid,
        canonical,
        outlet,
    }
}

/// Name of a `<meta>` → the field it gives, and its rung.
static METAS: LazyLock<HashMap<&'static str, (&'static str, Rung)>> = LazyLock::new(|| {
    crate::tables::rows(include_str!("../../tables/metas.tsv"))
        .filter_map(|row| {
            let [name, field, rung, _] = row[..] else { return None };
            Some((name, (field, if rung == "open_graph" { Rung::OpenGraph } else { Rung::Meta })))
        })
        .collect()
});

/// What `<meta>` elements give: field, rung and text, Open Graph first, else in the order of the page.
struct Told(Vec<(&'static str, Rung, String)>);

impl Told {
    fn of(head: &Head) -> Told {
        let known = head.metas.iter().filter_map(|(name, content)| {
            let (field, rung) = METAS.get(name.to_ascii_lowercase().as_str())?;
            let content = resolve(content).split_whitespace().collect::<Vec<_>>().join(" ");
            Some((*field, *rung, content)).filter(|(.., content)| !content.is_empty())
        });
        let mut told: Vec<_> = known.collect();
        told.sort_by_key(|(_, rung, _)| *rung);
        Told(told)
    }

    fn all(&self, field: &str) -> Vec<String> {
        self.0.iter().filter(|(given, ..)| *given == field).map(|(.., text)| text.clone()).collect()
    }

    fn first(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(given, ..)| *given == field).map(|(.., text)| text.clone())
    }

    fn dates<'a>(&'a self, field: &'a str) -> impl Iterator<Item = (String, Rung)> + 'a {
        self.0
            .iter()
            .filter(move |(given, ..)| *given == field)
            .filter_map(|(_, rung, text)| Some((dates::iso(text)?, *rung)))
    }
}

fn canonical(head: &Head, hints: &Hints) -> Option<String> {
    let address = head.content("og:url");
    let linked = head.canonical.map(|href| resolve(href).trim().to_owned());
    let base = hints.url.as_deref().and_then(|url| Url::parse(url).ok());
    let absolute = |address: String| match &base {
        Some(base) => base.join(&address).ok(),
        None => Url::parse(&address).ok(),
    };
    let is_page = |url: &Url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    linked.into_iter().chain(address).filter_map(absolute).find(is_page).map(String::from)
}

fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned())
}

fn published(head: &Head, data: &ArticleData, told: &Told, url: Option<&str>, hints: &Hints) -> Option<(String, Rung)> {
    let in_data = data.published.as_deref().and_then(dates::iso).map(|date| (date, Rung::JsonLd));
    let of = |of: TimeOf| {
        head.times.iter().filter(move |time| time.of == of).filter_map(|time| dates::iso(&resolve(time.written)))
    };
    // Of times that do not say what they are of the first is the article's; the others are its links' and comments'.
    let timed = of(TimeOf::Published).chain(of(TimeOf::Unsaid).take(1)).map(|date| (date, Rung::TimeElement));
    let in_url = url.and_then(dates::in_url).map(|date| (date, Rung::Url));
    let mut ladder = in_data.into_iter().chain(told.dates("published")).chain(timed).chain(in_url);
    ladder.find(|(date, _)| dates::is_plausible(date, hints.fetched_at.as_deref()))
}

fn modified(head: &Head, data: &ArticleData, told: &Told, hints: &Hints) -> Option<String> {
    let in_data = data.modified.as_deref().and_then(dates::iso);
    let timed = head
        .times
        .iter()
        .filter(|time| time.of == TimeOf::Modified)
        .filter_map(|time| dates::iso(&resolve(time.written)));
    let mut ladder = in_data.into_iter().chain(told.dates("modified").map(|(date, _)| date)).chain(timed);
    ladder.find(|date| dates::is_plausible(date, hints.fetched_at.as_deref()))
}

fn title(head: &Head, data: &ArticleData, told: &Told, outlet: Option<&str>) -> Option<String> {
    let title = head.title.map(|title| resolve(title).split_whitespace().collect::<Vec<_>>().join(" "));
    let ladder = data.headline.clone().into_iter().chain(told.all("title")).chain(head.heading.clone()).chain(title);
    ladder.map(|title| without_site(&title, outlet).to_owned()).find(|title| !title.is_empty())
}

/// A title without the name of the site behind it or before it.
fn without_site<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
    let Some(outlet) = outlet else { return title };
    let is_site = |part: &str| {
        let part = part.trim();
        part.eq_ignore_ascii_case(outlet)
            || part.to_ascii_lowercase().replace(' ', "") == outlet.split('.').next().unwrap_or_default()
    };
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        if let Some((rest, site)) = title.rsplit_once(mark)
            && is_site(site)
        {
            return rest.trim();
        }
        if let Some((site, rest)) = title.split_once(mark)
            && is_site(site)
        {
            return rest.trim();
        }
    }
    title
}

fn language(head: &Head, data: &ArticleData, told: &Told) -> Option<String> {
    let written = head.language.map(str::to_owned).into_iter().chain(data.language.clone()).chain(told.all("language"));
    written.filter_map(|language| crate::language::tag(&language)).next()
}

#[cfg(test)]
mod tests {
    use super::{Metadata, read};
    use crate::found::{Hints, Rung};
    use crate::limits::Limits;
    use crate::page::slim::slim;

    fn metadata(page: &str, hints: &Hints) -> Metadata {
        read(&slim(page, &Limits::default()).unwrap().head, hints)
    }

    fn at(url: &str) -> Hints {
        Hints { url: Some(url.to_owned()), fetched_at: Some("2024-06-01".to_owned()), ..Hints::default() }
    }

    #[test]
    fn the_names_of_metas_are_sorted_and_each_has_a_known_field() {
        let names: Vec<&str> = crate::tables::rows(include_str!("../../tables/metas.tsv")).map(|row| row[0]).collect();
        assert!(names.is_sorted_by(|a, b| a < b));
        let fields = ["address", "byline", "language", "modified", "outlet", "published", "title"];
        for row in crate::tables::rows(include_str!("../../tables/metas.tsv")) {
            assert!(row.len() == 4 && fields.contains(&row[1]) && ["meta", "open_graph"].contains(&row[2]), "{row:?}");
        }
    }

    #[test]
    fn json_ld_comes_first() {
        let page = r#"<html lang=en-GB><head><title>Dam holds | The Valley Post</title>
            <meta property="article:published_time" content="2024-05-02T10:00:00Z"><meta property="og:title" content="Dam holds &amp; holds">
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Dam holds through the night","datePublished":"2024-05-01T08:00:00+02:00",
            "dateModified":"2024-05-01T12:00:00+02:00","author":{"name":"Jane Doe"},"publisher":{"name":"The Valley Post"}}</script>"#;
        let expected = Metadata {
            title: Some("Dam holds through the night".to_owned()),
            outlet: Some("The Valley Post".to_owned()),
            bylines: vec!["Jane Doe".to_owned()],
            published: Some(("2024-05-01T08:00:00+02:00".to_owned(), Rung::JsonLd)),
            modified: Some("2024-05-01T12:00:00+02:00".to_owned()),
            language: Some("en-GB".to_owned()),
            ..Metadata::default()
        };
        assert_eq!(metadata(page, &Hints::default()), expected);
    }

    #[test]
    fn each_rung_gives_the_date_where_those_above_do_not() {
        let published = |page: &str| metadata(page, &at("https://news.example.org/2024/05/05/dam")).published.unwrap();
        let time = r#"<time class="updated" datetime="2024-05-06">x</time><time datetime="2024-05-04">x</time><time datetime="2024-05-07">x</time>"#;
        let meta = r#"<meta name="Date" content="3 May 2024">"#;
        let graph = r#"<meta property="article:published_time" content="2024-05-02T10:00:00Z">"#;
        assert_eq!(published(&format!("{meta}{graph}{time}")), ("2024-05-02T10:00:00Z".to_owned(), Rung::OpenGraph));
        assert_eq!(published(&format!("{time}{meta}")), ("2024-05-03".to_owned(), Rung::Meta));
        assert_eq!(published(time), ("2024-05-04".to_owned(), Rung::TimeElement));
        assert_eq!(published("<p>x"), ("2024-05-05".to_owned(), Rung::Url));
        assert_eq!(published(r#"<meta property="article:published_time" content="2030-01-01">"#).1, Rung::Url);
    }

    #[test]
    fn the_site_is_no_part_of_the_title() {
        let title = |page: &str| metadata(page, &at("https://www.valleypost.example/a")).title.unwrap();
        let site = r#"<meta property="og:site_name" content="The Valley Post">"#;
        assert_eq!(
            title(&format!("{site}<title>Dam holds - for now - The Valley Post</title>")),
            "Dam holds - for now"
        );
        assert_eq!(title(&format!("{site}<title>The Valley Post | Dam holds</title>")), "Dam holds");
        assert_eq!(title("<title>Dam holds | Valley Post</title>"), "Dam holds", "the host tells the site's name");
        assert_eq!(title("<title>Dam holds | Elsewhere</title>"), "Dam holds | Elsewhere");
        assert_eq!(title("<h1>Dam <b>holds</b></h1><title>x</title>"), "Dam holds");
    }

    #[test]
    fn the_address_is_made_absolute_and_must_be_one() {
        let canonical = |page: &str| metadata(page, &at("https://example.org/a/b")).canonical;
        assert_eq!(
            canonical("<link rel=canonical href='/c?x=1&amp;y=2'>").as_deref(),
            Some("https://example.org/c?x=1&y=2")
        );
        assert_eq!(
            canonical("<link rel=canonical href='javascript:x'><meta property=og:url content='https://example.org/d'>")
                .as_deref(),
            Some("https://example.org/d")
        );
        assert_eq!(canonical("<p>x"), None);
    }

    #[test]
    fn the_host_stands_for_an_outlet_without_a_name() {
        assert_eq!(metadata("<p>x", &at("https://www.example.org/a")).outlet.as_deref(), Some("example.org"));
    }
}
