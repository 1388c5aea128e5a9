//! A text that somebody pastes → what is said in it. Nothing of it is kept.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use onrecord::Record;
use onrecord::record::{CharSpan, Statement};

use super::{Frame, SECTIONS, Section, html, words};
use crate::answer::Found;
use crate::app::App;
use crate::form::Form;
use crate::problem::Problem;
use crate::sent::{MOST_CHARS, Sent, Text};

const PATH: &str = "/read";

/// The page with its form, and what the form and programs send.
pub fn routes() -> Router<App> {
    Router::new().route(PATH, get(ask).post(answer))
}

#[derive(Template)]
#[template(path = "read.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    text: &'a Text,
    most_chars: u64,
    /// What was found; none before a text was sent.
    said: Option<Vec<Said>>,
}

/// A statement in words.
struct Said {
    who: String,
    /// Whether the text names who.
    is_named: bool,
    act: String,
    negated: bool,
    content: String,
    form: &'static str,
    confidence: f64,
    rule: String,
}

async fn ask() -> Response {
    page(&Text::default(), None).unwrap_or_else(|problem| problem.answer(Form::Page))
}

/// Reads what is sent: the record as JSON, or a page for what the page's form sends.
async fn answer(State(app): State<App>, request: Request) -> Response {
    let form = Form::asked(&request);
    answered(&app, request).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: &App, request: Request) -> Result<Response, Problem> {
    let Sent { text, wants_page } = Sent::of(request, app.options().body_bytes).await?;
    let record = app.read(text.article()).await?;
    if wants_page { page(&text, Some(&record)) } else { Found::one(record).json() }
}

fn page(text: &Text, record: Option<&Record>) -> Result<Response, Problem> {
    let said = record.map(said);
    let frame = Frame::new("Read a text", PATH);
    Ok(html(&Page { frame, sections: &SECTIONS, text, most_chars: MOST_CHARS as u64, said })?.into_response())
}

fn said(record: &Record) -> Vec<Said> {
    let text = &record.document.text;
    let starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let cut = |span: &CharSpan| {
        let bytes = starts.get(span.start).zip(starts.get(span.end));
        bytes.and_then(|(start, end)| text.get(*start..*end)).unwrap_or_default()
    };
    let joined = |spans: &[CharSpan]| spans.iter().map(cut).collect::<Vec<_>>().join(" … ");
    let one = |statement: &Statement| {
        let is_source = |id: &String| statement.source.entities.contains(id);
        let named: Vec<&str> =
            record.entities.iter().filter(|entity| is_source(&entity.id)).map(|entity| entity.name.as_str()).collect();
        let source = joined(&statement.source.spans);
        let who = if named.is_empty() { source } else { named.join(", ") };
        Said {
            is_named: !who.is_empty(),
            who: if who.is_empty() { "nobody named".to_owned() } else { who },
            act: statement.cue.act.clone(),
            negated: statement.polarity == onrecord::record::Polarity::Negative,
            content: joined(&statement.content.spans),
            form: form_name(statement.form),
            confidence: statement.confidence,
            rule: statement.because.rule.clone(),
        }
    };
    record.statements.iter().map(one).collect()
}

fn form_name(form: onrecord::record::Form) -> &'static str {
    match form {
        onrecord::record::Form::Direct => "direct",
        onrecord::record::Form::Indirect => "indirect",
        onrecord::record::Form::Mixed => "mixed",
    }
}
