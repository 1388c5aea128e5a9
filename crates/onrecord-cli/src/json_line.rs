//! A line of JSONL → an article, or why there is none. Keeps the id that the line gives even where the rest fails.
//!
//! Reads `id`, `text` or `html`, `title`, `published_at`, `url` and `outlet`; other fields are passed over. What the line says goes before what a page says
//! of itself, and `text` before `html`.

use std::fmt;

use onrecord::{Article, DateBasis};
use onrecord_ingest::Hints;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::failure::{Failure, Kind};
use crate::input::article_of_page;

/// What a line came to.
#[derive(Debug, PartialEq, Eq)]
pub struct JsonLine {
    /// The id it gives, where that could be read.
    pub id: Option<String>,
    /// The article.
    pub article: Result<Article, Failure>,
}

/// Reads one line, in which white space around the object is allowed.
///
/// An id may be a number: it is kept as it is written. An empty string in a field other than `text` counts as absent.
pub fn read(bytes: &[u8]) -> JsonLine {
    let (text, broken) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => (
            std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default(),
            Some(Failure::new(Kind::InvalidUtf8, format!("not UTF-8 at byte {} of the line", error.valid_up_to()))),
        ),
    };
    let mut fields = Fields::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let parsed = FieldsOf(&mut fields).deserialize(&mut json).and_then(|()| json.end());
    let id = fields.id.take().map(id_of).transpose().map(|id| id.filter(|id| !id.is_empty()));
    let article = match (broken, parsed, &id) {
        (Some(failure), ..) => Err(failure),
        (None, Err(error), _) => Err(Failure::new(Kind::InvalidJson, fault_in_line(&error))),
        (None, Ok(()), Err(failure)) => Err(failure.clone()),
        (None, Ok(()), Ok(id)) => article(fields, id.clone()),
    };
    JsonLine { id: id.unwrap_or_default(), article }
}

/// Whether the line is a JSON object.
pub fn is_object(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Map<String, Value>>(bytes).is_ok()
}

/// Whether `date` is an ISO 8601 date (`2024-05-01`), or one followed by `T` and a time.
pub fn is_date(date: &str) -> bool {
    let (day, time) = date.split_at_checked(10).unwrap_or((date, ""));
    let digits = |range: std::ops::Range<usize>| {
        day.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit())).and_then(|part| part.parse::<u32>().ok())
    };
    let (Some(year), Some(month), Some(day_of_month)) = (digits(0..4), digits(5..7), digits(8..10)) else {
        return false;
    };
    let dashes = day.as_bytes().get(4) == Some(&b'-') && day.as_bytes().get(7) == Some(&b'-');
    let timed = time.is_empty() || time.strip_prefix('T').is_some_and(is_time);
    dashes && timed && (1..=days_in(year, month)).contains(&day_of_month)
}

/// Whether `time` is `09:30`, `09:30:15` or `09:30:15.25`, alone, with `Z`, or with an offset such as `+02:00` or
/// `+0200`.
fn is_time(time: &str) -> bool {
    let local = time.strip_suffix('Z').unwrap_or_else(|| {
        let (local, offset) = time.split_at(time.rfind(['+', '-']).unwrap_or(time.len()));
        let hours = offset.get(1..).unwrap_or_default();
        let is_offset = is_clock(hours, 2) || hours.len() == 4 && hours.bytes().all(|b| b.is_ascii_digit());
        if offset.is_empty() || is_offset { local } else { "" }
    });
    let (clock, fraction) = local.split_once('.').unwrap_or((local, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    is_fraction && (is_clock(clock, 3) || is_clock(clock, 2) && !local.contains('.'))
}

/// Hours, minutes and, as the third of `parts`, seconds, of two digits each.
fn is_clock(clock: &str, parts: usize) -> bool {
    let fits = |(part, most): (&str, u32)| {
        part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u32| n <= most)
    };
    clock.split(':').count() == parts && clock.split(':').zip([23, 59, 60]).all(fits)
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

/// What is wrong with a line of JSON, and where in the line.
pub fn fault_in_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    format!("{} at byte {} of the line", message.strip_suffix(&place).unwrap_or(&message), error.column())
}

fn article(fields: Fields, id: Option<String>) -> Result<Article, Failure> {
    let url = string("url", fields.url)?;
    let of_page = match (fields.text, fields.html) {
        (Some(Value::String(text)), _) if text.trim().is_empty() => Err(Failure::new(Kind::Empty, "\"text\" is empty")),
        (Some(Value::String(text)), _) => Ok(Article { text, ..Article::default() }),
        (None, Some(Value::String(html))) => {
            article_of_page(html.as_bytes(), &Hints { url: url.clone(), ..Hints::default() })
        }
        (None, None) => Err(Failure::new(Kind::MissingText, "the line has no \"text\"")),
        (Some(other), _) => {
            Err(Failure::new(Kind::MissingText, format!("\"text\" is {}, not a string", name_of(&other))))
        }
        (None, Some(other)) => {
            Err(Failure::new(Kind::MissingText, format!("\"html\" is {}, not a string", name_of(&other))))
        }
    }?;
    let (title, outlet) = (string("title", fields.title)?, string("outlet", fields.outlet)?);
    // An odd date loses no article: the words are kept, and a day that they tell is read.
    let (published_at, published_as, published_at_basis) = match string("published_at", fields.published_at)? {
        Some(words) if !is_date(&words) => (None, Some(words), DateBasis::Given),
        Some(date) => (Some(date), None, DateBasis::Given),
        None => (of_page.published_at, None, of_page.published_at_basis),
    };
    Ok(Article {
        id,
        url: url.or(of_page.url),
        title: title.or(of_page.title),
        outlet: outlet.or(of_page.outlet),
        published_at,
        published_as,
        published_at_basis,
        ..of_page
    })
}

fn id_of(value: Value) -> Result<String, Failure> {
    match value {
        Value::String(id) => Ok(id),
        Value::Number(id) => Ok(id.to_string()),
        other => Err(Failure::new(Kind::InvalidJson, format!("\"id\" is {}, not a string", name_of(&other)))),
    }
}

fn string(name: &str, value: Option<Value>) -> Result<Option<String>, Failure> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value).filter(|value| !value.is_empty())),
        Some(other) => Err(Failure::new(Kind::InvalidJson, format!("\"{name}\" is {}, not a string", name_of(&other)))),
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The fields of a line as they come; those before a fault are there after it.
#[derive(Debug, Default)]
struct Fields {
    id: Option<Value>,
    text: Option<Value>,
    html: Option<Value>,
    title: Option<Value>,
    published_at: Option<Value>,
    url: Option<Value>,
    outlet: Option<Value>,
}

struct FieldsOf<'a>(&'a mut Fields);

impl<'de> DeserializeSeed<'de> for FieldsOf<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsOf<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let field = match key.as_str() {
                "id" => &mut self.0.id,
                "text" => &mut self.0.text,
                "title" => &mut self.0.title,
                "published_at" => &mut self.0.published_at,
                "url" => &mut self.0.url,
                "outlet" => &mut self.0.outlet,
                "html" => &mut self.0.html,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *field = Some(map.next_value()?).filter(|value: &Value| !value.is_null());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use onrecord::{Article, DateBasis};

    use super::{is_date, read};
    use crate::failure::Kind;

    #[track_caller]
    fn refuses(line: &[u8], id: Option<&str>, kind: Kind, message: &str) {
        let line = read(line);
        assert_eq!(line.id.as_deref(), id);
        let failure = line.article.unwrap_err();
        assert_eq!((failure.kind, failure.message.as_str()), (kind, message));
    }

    #[test]
    fn every_field_is_read_and_others_are_passed_over() {
        let line = br#" {"id":"a","text":"The dam held.\r\n","title":"Dam","published_at":"2024-02-29T09:30:00Z","url":"https://example.org/a",
            "outlet":"The Valley Post","section":{"deep":["\ud800"]}} "#;
        let article = Article {
            text: "The dam held.\r\n".to_owned(),
            id: Some("a".to_owned()),
            url: Some("https://example.org/a".to_owned()),
            outlet: Some("The Valley Post".to_owned()),
            title: Some("Dam".to_owned()),
            published_at: Some("2024-02-29T09:30:00Z".to_owned()),
            ..Article::default()
        };
        assert_eq!(read(line).article, Ok(article));
    }

    #[test]
    fn a_page_is_read_and_the_line_goes_before_it() {
        let page = r#"{"html":"<title>Dam holds</title><meta name=date content=2024-05-01><p>The dam held.","url":"https://example.org/a"}"#;
        let article = read(page.as_bytes()).article.unwrap();
        assert_eq!((article.text.as_str(), article.title.as_deref()), ("The dam held.", Some("Dam holds")));
        assert_eq!(
            (article.published_at.as_deref(), article.published_at_basis),
            (Some("2024-05-01"), DateBasis::Page)
        );
        assert_eq!(
            (article.url.as_deref(), article.outlet.as_deref()),
            (Some("https://example.org/a"), Some("example.org"))
        );
        let line = page.replace("{\"html", "{\"title\":\"Dam\",\"published_at\":\"2024-04-30\",\"html");
        let article = read(line.as_bytes()).article.unwrap();
        assert_eq!(article.title.as_deref(), Some("Dam"));
        assert_eq!(
            (article.published_at.as_deref(), article.published_at_basis),
            (Some("2024-04-30"), DateBasis::Given)
        );
    }

    #[test]
    fn a_number_is_an_id_and_null_is_none() {
        assert_eq!(read(br#"{"id":17,"text":"A"}"#).article.unwrap().id.as_deref(), Some("17"));
        let line = read(br#"{"id":null,"title":"","url":null,"text":"A"}"#);
        assert_eq!(line.article, Ok(Article { text: "A".to_owned(), ..Article::default() }));
    }

    #[test]
    fn a_refused_line_keeps_the_id_that_came_before_the_fault() {
        refuses(
            br#"{"id":"a","text":"cut off"#,
            Some("a"),
            Kind::InvalidJson,
            "EOF while parsing a string at byte 25 of the line",
        );
        refuses(br#"{"text":"cut off"#, None, Kind::InvalidJson, "EOF while parsing a string at byte 16 of the line");
        refuses(
            br#"{"id":"a","text":"\ud800 alone"}"#,
            Some("a"),
            Kind::InvalidJson,
            "unexpected end of hex escape at byte 25 of the line",
        );
        refuses(
            b"{\"id\":\"a\",\"text\":\"caf\xe9\"}",
            Some("a"),
            Kind::InvalidUtf8,
            "not UTF-8 at byte 21 of the line",
        );
        refuses(
            br#"{"id":"a"} {"id":"b"}"#,
            Some("a"),
            Kind::InvalidJson,
            "trailing characters at byte 12 of the line",
        );
    }

    #[test]
    fn a_line_that_is_no_article_says_why() {
        refuses(
            br#"["a"]"#,
            None,
            Kind::InvalidJson,
            "invalid type: sequence, expected a JSON object at byte 0 of the line",
        );
        refuses(br#"{"id":"a"}"#, Some("a"), Kind::MissingText, "the line has no \"text\"");
        refuses(br#"{"id":"a","text":7}"#, Some("a"), Kind::MissingText, "\"text\" is a number, not a string");
        refuses(br#"{"id":"a","html":7}"#, Some("a"), Kind::MissingText, "\"html\" is a number, not a string");
        refuses(br#"{"id":"a","html":"<p> </p>"}"#, Some("a"), Kind::Empty, "the page has no text");
        refuses(br#"{"id":"a","text":" \n"}"#, Some("a"), Kind::Empty, "\"text\" is empty");
        refuses(br#"{"id":["a"],"text":"A"}"#, None, Kind::InvalidJson, "\"id\" is an array, not a string");
        refuses(br#"{"id":"a","text":"A","url":5}"#, Some("a"), Kind::InvalidJson, "\"url\" is a number, not a string");
        refuses(
            br#"{"id":"a","text":"A","published_at":7}"#,
            Some("a"),
            Kind::InvalidJson,
            "\"published_at\" is a number, not a string",
        );
    }

    #[test]
    fn an_odd_date_is_kept_in_its_words() {
        let article = read(br#"{"id":"a","text":"A","published_at":"9:43 PM, Dec 14, 2016"}"#).article.unwrap();
        assert_eq!((article.published_at, article.published_as.as_deref()), (None, Some("9:43 PM, Dec 14, 2016")));
    }

    #[test]
    fn dates_are_days_that_exist() {
        for date in ["2024-05-01T09:30:00.25+02:00", "2024-05-01T09:30+0200", "2024-05-01T23:59:60Z"] {
            assert!(is_date(date), "{date}");
        }
        for date in ["2024-02-29", "2000-02-29", "1999-12-31", "2024-05-01T09:30", "2024-05-01T09:30:00+02:00"] {
            assert!(is_date(date), "{date}");
        }
        for date in [
            "2024-05-01T99:99zzz",
            "2024-05-01T09:30+2",
            "2024-05-01T09:30:00.",
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "2024-4-1",
            "20240401",
            "2024-05-01 09:30",
            "2024-05-01T9",
            "+024-05-01",
            "é024-05-01",
            "",
        ] {
            assert!(!is_date(date), "{date}");
        }
    }
}
