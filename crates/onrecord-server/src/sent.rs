//! The body of a request → the article that somebody wants read.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header;
use onrecord::Article;
use serde::Deserialize;
use utoipa::openapi::schema::{AnyOf, KnownFormat, Object, Schema, SchemaFormat, Type};

use crate::problem::Problem;

/// The longest text that is read, in characters.
pub const MOST_CHARS: usize = 200_000;

/// A text with what is known of it, as JSON has it; a form has the same fields.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The text, at most 200,000 characters of it.
    #[schema(min_length = 1, max_length = 200_000, pattern = r"\S")]
    pub text: String,
    /// Its headline.
    #[serde(default)]
    pub title: Option<String>,
    /// When it was published: `2026-03-11`, or with a time as RFC 3339 has it.
    #[serde(default)]
    #[schema(schema_with = published)]
    pub published_at: Option<String>,
    /// Where.
    #[serde(default)]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
}

/// A day, a moment, or nothing.
fn published() -> Schema {
    let of = |format| Object::builder().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(format)));
    AnyOf::builder()
        .description(Some("When it was published: `2026-03-11`, or with a time as RFC 3339 has it"))
        .item(of(KnownFormat::Date))
        .item(of(KnownFormat::DateTime))
        .item(Object::builder().schema_type(Type::Null))
        .into()
}

/// What was sent, and whether its answer should be a page.
pub struct Sent {
    /// The text.
    pub text: Text,
    /// A page for what a page's form sends, but for its button for JSON.
    pub wants_page: bool,
}

impl Sent {
    /// Takes a request apart: `text/plain`, `application/json` or a form; `most` bytes at most.
    ///
    /// # Errors
    /// [`Problem::Media`], [`Problem::TooLarge`], [`Problem::Asked`].
    pub async fn of(request: Request, most: usize) -> Result<Sent, Problem> {
        let media =
            request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !["text/plain", "application/json", "application/x-www-form-urlencoded"].contains(&media.as_str()) {
            return Err(Problem::Media(format!(
                "{media:?} is not read, but text/plain, application/json and forms are"
            )));
        }
        let too_large = |_| Problem::TooLarge(format!("at most {most} bytes are taken"));
        let body = to_bytes(request.into_body(), most).await.map_err(too_large)?;
        let mut sent = match media.as_str() {
            "text/plain" => Sent { text: plain(&body)?, wants_page: false },
            "application/json" => Sent { text: json(&body)?, wants_page: false },
            _ => form(&body)?,
        };
        sent.text.published_at = sent.text.published_at.filter(|date| !date.is_empty());
        sent.text.check()?;
        Ok(sent)
    }
}

impl Text {
    fn check(&self) -> Result<(), Problem> {
        let chars = self.text.chars().count();
        if chars > MOST_CHARS {
            return Err(Problem::TooLarge(format!("the text has {chars} characters; at most {MOST_CHARS} are read")));
        }
        if self.text.trim().is_empty() {
            return Err(Problem::Asked("there is no text".to_owned()));
        }
        match &self.published_at {
            Some(date) if !is_date(date) => {
                Err(Problem::Asked(format!("published_at is {date:?}, but takes 2026-03-11 or 2026-03-11T10:00:00Z")))
            }
            _ => Ok(()),
        }
    }

    /// The article that it is.
    pub fn article(&self) -> Article {
        Article {
            text: self.text.clone(),
            title: self.title.clone(),
            published_at: self.published_at.clone(),
            url: self.url.clone(),
            outlet: self.outlet.clone(),
            ..Article::default()
        }
    }
}

fn is_date(text: &str) -> bool {
    let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    is_day || text.parse::<jiff::Timestamp>().is_ok()
}

fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| Problem::Asked(format!("the text is not UTF-8: {error}")))
}

fn plain(body: &[u8]) -> Result<Text, Problem> {
    Ok(Text { text: utf8(body)?.to_owned(), ..Text::default() })
}

fn json(body: &[u8]) -> Result<Text, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::Asked(format!("the JSON is not as it should be: {error}")))
}

fn form(body: &[u8]) -> Result<Sent, Problem> {
    let mut sent = Sent { text: Text::default(), wants_page: true };
    for (name, value) in form_urlencoded::parse(utf8(body)?.as_bytes()) {
        let value = value.into_owned();
        let given = (!value.is_empty()).then(|| value.clone());
        match &*name {
            // A browser sends line ends of its own.
            "text" => sent.text.text = value.replace("\r\n", "\n"),
            "title" => sent.text.title = given,
            "published_at" => sent.text.published_at = given,
            "url" => sent.text.url = given,
            "outlet" => sent.text.outlet = given,
            "as" => sent.wants_page = value != "json",
            _ => {
                let hint = "send an article as Content-Type: text/plain or application/json";
                let name: String = name.chars().take(40).collect();
                return Err(Problem::Asked(format!("the form has no field {name:?}; {hint}")));
            }
        }
    }
    Ok(sent)
}
