//! A record → what a person reads in a terminal: who said what, in the order of the text, in the article's own words; then what
//! happened, when, where and how much.
//!
//! White space inside a quotation is collapsed and control characters are made visible here; a record keeps both as they are.

mod events;
mod facts;
mod item;
mod speakers;

use std::collections::HashMap;

use onrecord::record::{CharSpan, Form, Polarity, Record, Statement};
use unicode_width::UnicodeWidthStr;

use crate::paint::{Style, paint};
use crate::plain::{one_line, wrap};
use onrecord_tables::words::Words;

pub use item::{around, item, stretch};
pub use speakers::{by_speaker, of_speakers};

/// How the page is set.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Columns to write in.
    pub columns: usize,
    /// Whether bold and dim are used.
    pub is_coloured: bool,
}

/// How far the words of a statement, and the statements within it, stand in.
const INDENT: usize = 4;

/// Sets `record`; `label` says where it came from, for an article without a title.
pub fn article(record: &Record, label: &str, page: Page) -> String {
    let words = Words::new(&record.document.text);
    let mut sheet = Sheet { record, words, page, lines: Vec::new() };
    sheet.heading(label);
    let mut children: HashMap<Option<&str>, Vec<&Statement>> = HashMap::new();
    for statement in &record.statements {
        let parent = statement.parent.as_deref().filter(|parent| record.statements.iter().any(|s| s.id == *parent));
        children.entry(parent).or_default().push(statement);
    }
    for statement in children.get(&None).into_iter().flatten() {
        sheet.lines.push(String::new());
        sheet.statement(statement, &children, 0);
    }
    sheet.lines.push(String::new());
    sheet.paragraph(&tally(&record.statements), 0, Some(Style::Dim));
    sheet.events();
    sheet.facts();
    sheet.lines.push(String::new());
    sheet.lines.join("\n")
}

/// `16 statements: 5 direct, 6 mixed, 5 indirect`.
fn tally(statements: &[Statement]) -> String {
    let forms = [Form::Direct, Form::Mixed, Form::Indirect].map(|form| {
        let count = statements.iter().filter(|statement| statement.form == form).count();
        (count > 0).then(|| format!("{count} {}", name_of(form)))
    });
    let forms = forms.into_iter().flatten().collect::<Vec<_>>().join(", ");
    match statements.len() {
        0 => "No statements found".to_owned(),
        1 => format!("1 statement: {forms}"),
        count => format!("{count} statements: {forms}"),
    }
}

fn name_of(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    }
}

struct Sheet<'a> {
    record: &'a Record,
    words: Words<'a>,
    page: Page,
    lines: Vec<String>,
}

impl Sheet<'_> {
    fn heading(&mut self, label: &str) {
        let document = &self.record.document;
        let label = if label == "-" { "standard input" } else { label };
        let title = document.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        let inferred = document.published_at_basis.as_deref() == Some("inferred");
        let day =
            document.published_at.as_ref().map(|day| if inferred { format!("{day} (inferred)") } else { day.clone() });
        let under = [document.outlet.as_deref(), day.as_deref(), document.url.as_deref()];
        let mut under: Vec<String> = under.into_iter().flatten().map(one_line).collect();
        if title.is_some() {
            under.push(one_line(label));
        }
        self.paragraph(&title.unwrap_or_else(|| one_line(label)), 0, Some(Style::Bold));
        self.paragraph(&under.join(" · "), 0, Some(Style::Dim));
    }

    /// One statement, and beneath it those that its content holds.
    fn statement(&mut self, statement: &Statement, children: &HashMap<Option<&str>, Vec<&Statement>>, indent: usize) {
        let source = self.quoted(&statement.source.spans);
        let (source, style) = if source.is_empty() {
            ("No source named".to_owned(), Style::Dim)
        } else {
            let meant = self.meant(statement, &source);
            (source + &meant, Style::Bold)
        };
        let details = self.details(statement);
        if indent + source.width() + 2 + details.width() <= self.page.columns {
            let line = format!("{}  {}", self.paint(&source, style), self.paint(&details, Style::Dim));
            self.lines.push(format!("{:indent$}{line}", ""));
        } else {
            self.paragraph(&source, indent, Some(style));
            self.paragraph(&details, indent, Some(Style::Dim));
        }
        let content = self.quoted(&statement.content.spans);
        self.paragraph(&content, indent + INDENT, None);
        // Statements nest three or four deep at most; what stands further in than half the page stays there.
        let further = (indent + INDENT).min(self.page.columns / 2);
        for child in children.get(&Some(statement.id.as_str())).into_iter().flatten() {
            self.statement(child, children, further);
        }
    }

    /// ` (Ingrid Solberg)`, where the words of the source do not say so themselves.
    fn meant(&self, statement: &Statement, source: &str) -> String {
        let name =
            |id: &String| self.record.entities.iter().find(|entity| entity.id == *id).filter(|entity| entity.named);
        let names: Vec<String> =
            statement.source.entities.iter().filter_map(name).map(|entity| one_line(&entity.name)).collect();
        let told = names.iter().all(|name| source.to_lowercase().contains(&name.to_lowercase()));
        if told { String::new() } else { format!(" ({})", names.join(", ")) }
    }

    /// `confirm · indirect · “confirmed” · ¶2 · 97%`.
    fn details(&self, statement: &Statement) -> String {
        let cue = self.quoted(&statement.cue.spans);
        let act = if statement.polarity == Polarity::Negative {
            format!("not: {}", statement.cue.act)
        } else {
            statement.cue.act.clone()
        };
        let mut details = vec![one_line(&act), name_of(statement.form).to_owned()];
        if !cue.is_empty() {
            details.push(format!("“{cue}”"));
        }
        let first = statement.content.spans.first().or(statement.cue.spans.first());
        let circumstances = [
            ("to", statement.addressee),
            ("via", statement.medium),
            ("", statement.said_when),
            ("in", statement.said_where),
        ];
        for (word, span) in circumstances {
            let words = self.quoted(span.as_slice());
            let value = self.value_at(span).map(|value| format!(" ({value})")).unwrap_or_default();
            if !words.is_empty() && (!cue.contains(&words) || !value.is_empty()) {
                details.push(format!("{word} {words}{value}").trim_start().to_owned());
            }
        }
        if let Some(number) = first.and_then(|first| self.paragraph_of(*first)) {
            details.push(format!("¶{number}"));
        }
        details.push(format!("{:.0}%", statement.confidence * 100.0));
        details.join(" · ")
    }

    /// The date that the words of `span` tell: `2021-05-10`, `2021-W19`.
    fn value_at(&self, span: Option<CharSpan>) -> Option<String> {
        let span = span?;
        let at = self.record.times.partition_point(|time| time.span.start < span.start);
        let time = self.record.times.get(at).filter(|time| time.span.end <= span.end)?;
        time.period()?;
        time.value.as_deref().map(one_line)
    }

    /// The number, from 1, of the paragraph in which `span` starts. O(log n).
    fn paragraph_of(&self, span: CharSpan) -> Option<usize> {
        let paragraphs = &self.record.document.paragraphs;
        let started = paragraphs.partition_point(|paragraph| paragraph.start <= span.start);
        let last = paragraphs.get(started.checked_sub(1)?)?;
        (span.start < last.end).then_some(started)
    }

    fn quoted(&self, spans: &[CharSpan]) -> String {
        spans.iter().filter_map(|span| self.words.of(*span)).map(one_line).collect::<Vec<_>>().join(" … ")
    }

    fn paragraph(&mut self, text: &str, indent: usize, style: Option<Style>) {
        for line in wrap(text, self.page.columns.saturating_sub(indent)) {
            let line = style.map_or_else(|| line.clone(), |style| self.paint(&line, style));
            self.lines.push(format!("{:indent$}{line}", ""));
        }
    }

    fn paint(&self, text: &str, style: Style) -> String {
        paint(text, style, self.page.is_coloured)
    }
}

#[cfg(test)]
mod tests {
    use onrecord::Record;
    use serde_json::{Value, json};

    use super::{Page, article, by_speaker};

    const TEXT: &str = "“We will not\n move the gates,” Ada Holm, the harbour master, said, “before May.”\n\n\
        A clerk said that Mr Holm had promised a bridge.\n\nThe toll, reportedly, \u{1b}[31mdoubles\u{202e}.";

    fn spans(words: &[&str]) -> Value {
        let span = |words: &&str| {
            let byte = TEXT.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
            let start = TEXT.get(..byte).unwrap().chars().count();
            [start, start + words.chars().count()]
        };
        words.iter().map(span).map(|span| json!(span)).collect()
    }

    fn statement(id: &str, parent: Option<&str>, form: &str, source: &[&str], cue: &[&str], content: &[&str]) -> Value {
        json!({
            "id": id, "source": {"spans": spans(source)}, "cue": {"spans": spans(cue), "lemma": null, "act": "say"},
            "content": {"spans": spans(content)}, "form": form, "parent": parent, "confidence": 0.966, "because": {"rule": "by hand"}
        })
    }

    fn record(statements: &Value) -> Record {
        let ends = TEXT.match_indices("\n\n").map(|(byte, _)| TEXT.get(..byte).unwrap().chars().count());
        let ends: Vec<usize> = ends.chain([TEXT.chars().count()]).collect();
        let paragraphs: Vec<[usize; 2]> =
            ends.iter().enumerate().map(|(i, &end)| [if i == 0 { 0 } else { ends[i - 1] + 2 }, end]).collect();
        serde_json::from_value(json!({
            "onrecord": 1, "engine": "0", "model": "none", "statements": statements,
            "document": {
                "id": "a", "url": null, "outlet": "The Coast\u{7} Courier", "title": "Gates stay, says harbour master", "bylines": [],
                "published_at": "2024-03-02", "published_at_basis": "given", "language": "en", "text": TEXT,
                "paragraphs": paragraphs, "sentences": []
            }
        }))
        .unwrap()
    }

    fn all() -> Record {
        record(&json!([
            statement(
                "s1",
                None,
                "direct",
                &["Ada Holm, the harbour master"],
                &["said"],
                &["“We will not\n move the gates,”", "“before May.”"]
            ),
            statement("s2", None, "indirect", &["A clerk"], &["said that"], &["that Mr Holm had promised a bridge"]),
            statement("s3", Some("s2"), "indirect", &["Mr Holm"], &["had promised"], &["a bridge"]),
            statement("s4", None, "indirect", &[], &["reportedly"], &["\u{1b}[31mdoubles\u{202e}"]),
        ]))
    }

    #[test]
    fn a_page_reads_like_an_article() {
        let page = article(&all(), "gates.jsonl:1", Page { columns: 80, is_coloured: false });
        assert_eq!(
            page,
            "\
Gates stay, says harbour master
The Coast␇ Courier · 2024-03-02 · gates.jsonl:1

Ada Holm, the harbour master  say · direct · “said” · ¶1 · 97%
    “We will not move the gates,” … “before May.”

A clerk  say · indirect · “said that” · ¶2 · 97%
    that Mr Holm had promised a bridge
    Mr Holm  say · indirect · “had promised” · ¶2 · 97%
        a bridge

No source named  say · indirect · “reportedly” · ¶3 · 97%
    ␛[31mdoubles

4 statements: 1 direct, 3 indirect
"
        );
    }

    #[test]
    fn a_page_by_speaker_names_each_once() {
        let mut record = all();
        let statements = serde_json::to_value(&record.statements).unwrap();
        let entity = |id: &str, name: &str| json!({"id": id, "name": name, "kind": "person", "named": true, "roles": [], "country": "GB", "sector": "GOV", "place": null, "mentions": []});
        record.entities = serde_json::from_value(json!([entity("e1", "Ada Holm"), entity("e2", "Clerk")])).unwrap();
        assert_eq!(statements[0]["source"]["entities"], json!([]));
        for (at, id) in [(0, "e1"), (1, "e2"), (2, "e1")] {
            record.statements[at].source.entities = vec![id.to_owned()];
        }
        let page = by_speaker(&record, "-", Page { columns: 80, is_coloured: false });
        let expected = "\
Ada Holm  GB · GOV
    “We will not move the gates,” … “before May.”
    say · direct · “said” · ¶1 · 97%
    a bridge
    say · indirect · “had promised” · ¶2 · 97%

Clerk  GB · GOV
";
        assert!(page.contains(expected), "{page}");
        assert!(page.contains("No speaker known\n    ␛[31mdoubles\n"), "{page}");
    }

    #[test]
    fn a_narrow_page_wraps_and_colour_marks_speakers() {
        let page = article(&all(), "-", Page { columns: 30, is_coloured: true });
        let expected = "\
\u{1b}[1mAda Holm, the harbour master\u{1b}[0m
\u{1b}[2msay · direct · “said” · ¶1 ·\u{1b}[0m
\u{1b}[2m97%\u{1b}[0m
    “We will not move the
    gates,” … “before May.”
";
        assert!(page.contains(expected), "{page}");
        assert!(page.contains("\u{1b}[2mNo source named\u{1b}[0m"), "{page}");
    }

    #[test]
    fn an_article_without_statements_says_so() {
        let mut record = record(&json!([]));
        (record.document.title, record.document.outlet, record.document.published_at) = (None, None, None);
        let page = article(&record, "-", Page { columns: 80, is_coloured: false });
        assert_eq!(page, "standard input\n\nNo statements found\n");
    }
}
