//! JSON-LD in a page → what it says of the article.
//!
//! Tolerant of what editors' systems write: comments and CDATA around it, line breaks in strings, commas too many. Takes the object that is the article of
//! this page, not one of those it links to. No contexts are fetched and no vocabulary is resolved.

use serde_json::{Map, Value};

use crate::page::references::resolve;

/// What JSON-LD says of the article. Texts are resolved and trimmed; empty ones are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleData {
    /// `headline`, else `name`.
    pub headline: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// Names of `author`, in order.
    pub authors: Vec<String>,
    /// `publisher.name`.
    pub publisher: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// `url`, else `mainEntityOfPage`.
    pub url: Option<String>,
    /// Whether it says that the text is not free.
    pub is_paid: bool,
}

/// What the scripts say of the article whose address is `url`; none if there is no article in them.
pub fn read(scripts: &[&str], url: Option<&str>) -> Option<ArticleData> {
    let mut best: Option<(u8, ArticleData)> = None;
    for script in scripts {
        let Some(value) = parse(script) else { continue };
        let mut objects = Vec::new();
        collect(&value, 0, &mut objects);
        for &(object, depth) in &objects {
            let Some(rank) = rank(object) else { continue };
            let data = data(object, &objects);
            let is_this = url.zip(data.url.as_deref()).is_some_and(|(this, that)| same_page(this, that));
            let score = rank + if is_this { 20 } else { 0 } + if depth == 0 { 1 } else { 0 };
            if best.as_ref().is_none_or(|(least, _)| score > *least) {
                best = Some((score, data));
            }
        }
    }
    best.map(|(_, data)| data)
}

/// How far into the data objects are looked for.
const DEPTH: usize = 12;
/// How many objects of a script are looked at.
const OBJECTS: usize = 2000;

fn parse(script: &str) -> Option<Value> {
    let text = script.trim();
    let text = text.strip_prefix("<!--").unwrap_or(text).trim_start();
    let text = text.strip_prefix("//").unwrap_or(text).trim_start();
    let text =
        text.strip_prefix("<![CDATA[").map_or(text, |text| text.rsplit_once("]]>").map_or(text, |(text, _)| text));
    let start = text.find(['{', '['])?;
    let end = text.rfind(['}', ']'])?;
    let json = text.get(start..=end)?;
    serde_json::from_str(json).ok().or_else(|| serde_json::from_str(&mended(json)).ok())
}

/// JSON without control characters in strings, commas before a closing bracket, or backslashes that escape nothing.
fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                match chars.next() {
                    Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                        out.extend(['\\', escaped])
                    }
                    Some(other) => out.push(other),
                    None => {}
                }
                continue;
            }
            '}' | ']' if !in_string => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
            }
            _ => {}
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<(&'v Map<String, Value>, usize)>) {
    if depth > DEPTH || objects.len() >= OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth, objects)),
        Value::Object(object) => {
            objects.push((object, depth));
            for (key, inner) in object {
                // What stands in a graph is at the top.
                collect(inner, if key == "@graph" { depth } else { depth + 1 }, objects);
            }
        }
        _ => {}
    }
}

/// How much the type of the object makes it an article: 10 of the news, 8 of any sort, 2 the page itself.
fn rank(object: &Map<String, Value>) -> Option<u8> {
    let types: Vec<&str> = match object.get("@type")? {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let of = |name: &str| {
        let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
        match name {
            name if name.ends_with("NewsArticle") => Some(10),
            name if name.ends_with("Article") || name.ends_with("Posting") || name == "Report" => Some(8),
            "WebPage" | "ItemPage" => Some(2),
            _ => None,
        }
    };
    types.into_iter().filter_map(of).max()
}

fn data(object: &Map<String, Value>, objects: &[(&Map<String, Value>, usize)]) -> ArticleData {
    let text = |key: &str| object.get(key).and_then(text_of);
    let main = object.get("mainEntityOfPage");
    let main = main.and_then(|main| text_of(main).or_else(|| main.get("@id").and_then(text_of)));
    let authors = object.get("author").or_else(|| object.get("creator"));
    let is_free = object.get("isAccessibleForFree");
    ArticleData {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished"),
        modified: text("dateModified"),
        authors: authors.map(|authors| names(authors, objects)).unwrap_or_default(),
        publisher: object.get("publisher").and_then(|publisher| names(publisher, objects).into_iter().next()),
        language: object
            .get("inLanguage")
            .and_then(|language| text_of(language).or_else(|| name_of(language, objects))),
        url: text("url").or(main),
        is_paid: match is_free {
            Some(Value::Bool(is_free)) => !is_free,
            Some(Value::String(is_free)) => is_free.eq_ignore_ascii_case("false"),
            _ => false,
        },
    }
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => resolve(text).trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => return items.first().and_then(text_of),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn names(value: &Value, objects: &[(&Map<String, Value>, usize)]) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().take(50).filter_map(|item| name_of(item, objects)).collect(),
        one => name_of(one, objects).into_iter().collect(),
    }
}

/// The name of a person or body: a string, an object with a name, or the `@id` of one that stands elsewhere.
fn name_of(value: &Value, objects: &[(&Map<String, Value>, usize)]) -> Option<String> {
    let Value::Object(object) = value else { return text_of(value) };
    if let Some(name) = object.get("name").and_then(text_of) {
        return Some(name);
    }
    let id = object.get("@id")?;
    let named =
        |(object, _): &&(&Map<String, Value>, usize)| object.get("@id") == Some(id) && object.contains_key("name");
    objects.iter().find(named).and_then(|(object, _)| object.get("name")).and_then(text_of)
}

/// Whether two addresses differ in no more than scheme, query, fragment and a slash at the end.
pub fn same_page(one: &str, other: &str) -> bool {
    let bare = |url: &str| {
        let url = url.split(['?', '#']).next().unwrap_or(url);
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.trim_start_matches("www.").trim_end_matches('/').to_ascii_lowercase()
    };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::{ArticleData, read};

    #[test]
    fn the_article_of_the_page_is_taken_not_those_it_links_to() {
        let script = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebPage","@id":"#page","datePublished":"2020-01-01"},
            {"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other","url":"https://example.org/other"}]},
            {"@type":["NewsArticle"],"headline":"Dam &amp; river","datePublished":"2024-05-01T08:00:00Z","mainEntityOfPage":{"@id":"https://example.org/dam/"},
             "author":[{"@id":"#jane"},{"name":"Ola Berg"},"Kit Moss"],"publisher":{"name":"The Valley Post"},"isAccessibleForFree":"False"},
            {"@type":"Person","@id":"#jane","name":"Jane Doe"}]}"##;
        let data = read(&[script], Some("http://www.example.org/dam?x=1")).unwrap();
        let expected = ArticleData {
            headline: Some("Dam & river".to_owned()),
            published: Some("2024-05-01T08:00:00Z".to_owned()),
            authors: ["Jane Doe", "Ola Berg", "Kit Moss"].map(str::to_owned).to_vec(),
            publisher: Some("The Valley Post".to_owned()),
            url: Some("https://example.org/dam/".to_owned()),
            is_paid: true,
            ..ArticleData::default()
        };
        assert_eq!(data, expected);
    }

    #[test]
    fn what_editors_systems_write_is_mended() {
        let headline = |script: &str| read(&[script], None).and_then(|data| data.headline);
        assert_eq!(headline("<!-- {\"@type\":\"Article\",\"headline\":\"A\nB\",} -->").as_deref(), Some("A B"));
        assert_eq!(
            headline("//<![CDATA[\n[{\"@type\":\"http://schema.org/NewsArticle\",\"headline\":\"It\\'s\"}]\n//]]>;")
                .as_deref(),
            Some("It's")
        );
        assert_eq!(headline("{\"@type\":\"Article\",\"headline\":"), None);
        assert_eq!(headline(&"[".repeat(100_000)), None);
        assert_eq!(headline(""), None);
    }
}
