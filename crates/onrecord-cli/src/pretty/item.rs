//! One item on a page of its own: a statement, an event, somebody, a place, a time or a stretch of text, with the paragraphs of its article around it.

use std::collections::HashMap;

use onrecord::record::{CharSpan, Record, Statement};
use onrecord_tables::words::Words;

use super::{INDENT, Page, Sheet, Style};
use crate::plain::one_line;

/// The item `id` of the record and the paragraphs in which it stands; none where the record has no such item.
pub fn item(record: &Record, label: &str, id: &str, page: Page) -> Option<String> {
    if let Some(span) = span_of(record, id) {
        return stretch(record, label, span, page);
    }
    let mut sheet = sheet(record, label, page);
    let spans = spans_of(record, id)?;
    if let Some(statement) = record.statements.iter().find(|statement| statement.id == id) {
        let mut children: HashMap<Option<&str>, Vec<&Statement>> = HashMap::new();
        for inner in record.statements.iter().filter(|inner| inner.parent.is_some()) {
            children.entry(inner.parent.as_deref()).or_default().push(inner);
        }
        sheet.statement(statement, &children, 0);
    }
    if let Some(event) = record.events.iter().find(|event| event.id == id) {
        sheet.event(event);
    }
    if let Some(entity) = record.entities.iter().find(|entity| entity.id == id) {
        sheet.paragraph(&one_line(&entity.name), 0, Some(Style::Bold));
    }
    sheet.context(&spans);
    Some(sheet.lines.join("\n"))
}

/// The paragraphs in which `span` stands, under the words of it.
pub fn stretch(record: &Record, label: &str, span: CharSpan, page: Page) -> Option<String> {
    let mut sheet = sheet(record, label, page);
    let words = sheet.words.of(span).map(one_line)?;
    sheet.paragraph(&format!("“{words}”"), 0, Some(Style::Bold));
    sheet.context(&[span]);
    Some(sheet.lines.join("\n"))
}

/// The text of the paragraphs in which the item stands, as it is.
pub fn around(record: &Record, id: &str) -> Option<String> {
    let spans = spans_of(record, id)?;
    let words = Words::new(&record.document.text);
    let texts = paragraphs(record, &spans).into_iter().filter_map(|(_, span)| words.of(span));
    Some(texts.collect::<Vec<_>>().join("\n\n"))
}

fn sheet<'a>(record: &'a Record, label: &str, page: Page) -> Sheet<'a> {
    let mut sheet = Sheet { record, words: Words::new(&record.document.text), page, lines: Vec::new() };
    sheet.heading(label);
    sheet.lines.push(String::new());
    sheet
}

fn spans_of(record: &Record, id: &str) -> Option<Vec<CharSpan>> {
    let statement = record.statements.iter().find(|statement| statement.id == id).map(|statement| {
        let parts = [&statement.source.spans, &statement.cue.spans, &statement.content.spans];
        parts.into_iter().flatten().copied().collect()
    });
    let event = || record.events.iter().find(|event| event.id == id).map(|event| event.trigger.spans.clone());
    let entity = || record.entities.iter().find(|entity| entity.id == id);
    let mentions = || entity().map(|entity| entity.mentions.iter().map(|mention| mention.span).collect());
    statement.or_else(event).or_else(mentions).or_else(|| span_of(record, id).map(|span| vec![span]))
}

/// Where a place or a time stands.
fn span_of(record: &Record, id: &str) -> Option<CharSpan> {
    let time = || record.times.iter().find(|time| time.id == id).map(|time| time.span);
    record.places.iter().find(|place| place.id == id).map(|place| place.span).or_else(time)
}

/// The paragraphs that have a character of `spans`, with their numbers from 1.
fn paragraphs(record: &Record, spans: &[CharSpan]) -> Vec<(usize, CharSpan)> {
    let has = |paragraph: &CharSpan| spans.iter().any(|s| s.start < paragraph.end && paragraph.start < s.end);
    (1..).zip(record.document.paragraphs.iter().copied()).filter(|(_, paragraph)| has(paragraph)).collect()
}

impl Sheet<'_> {
    /// The paragraphs around `spans` under a heading.
    fn context(&mut self, spans: &[CharSpan]) {
        self.lines.push(String::new());
        self.paragraph("In the article", 0, Some(Style::Bold));
        for (number, span) in paragraphs(self.record, spans) {
            let text = self.words.of(span).map(one_line).unwrap_or_default();
            self.paragraph(&format!("¶{number}  {text}"), INDENT, None);
        }
        self.lines.push(String::new());
    }
}
