//! Every example article through every stage, against what stands in its folder `expected/`.
//!
//! `document.txt`: paragraphs, sentences and quotations. `statements.txt`: who said what. Both print the words beside the offsets, so that a
//! difference can be read. `UPDATE=1 cargo test` rewrites them and still fails: a person reads the difference and commits it, or not.
//! What is wrong in them, and known to be, stands in `gaps.md` beside them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::document::{Document, Span};
use onrecord::record::{CharSpan, Record};
use onrecord::{Article, Reader};

fn folders() -> Vec<PathBuf> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn document_stage(document: &Document) -> String {
    let mut out = String::new();
    let line = |out: &mut String, kind: &str, span: Span| {
        writeln!(out, "{kind} {}..{} {:?}", span.start, span.end, span.text(document.text())).unwrap();
    };
    for &paragraph in document.paragraphs() {
        writeln!(out, "paragraph {}..{}", paragraph.start, paragraph.end).unwrap();
        for &sentence in document.sentences().iter().filter(|sentence| paragraph.contains(**sentence)) {
            line(&mut out, "  sentence", sentence);
        }
        for quotation in document.quotations().iter().filter(|quotation| paragraph.contains(quotation.span)) {
            let kind = match (quotation.close, quotation.continues) {
                (Some(_), None) => "  quotation",
                (None, None) => "  quotation left open",
                (Some(_), Some(_)) => "  quotation carried on",
                (None, Some(_)) => "  quotation carried on, left open",
            };
            line(&mut out, kind, quotation.span);
        }
    }
    out
}

fn statements_stage(record: &Record) -> String {
    let chars: Vec<char> = record.document.text.chars().collect();
    let words = |spans: &[CharSpan]| -> String {
        let one = |span: &CharSpan| {
            format!("{}..{} {:?}", span.start, span.end, chars[span.start..span.end].iter().collect::<String>())
        };
        if spans.is_empty() { "none".to_owned() } else { spans.iter().map(one).collect::<Vec<_>>().join(" … ") }
    };
    let mut out = String::new();
    for s in &record.statements {
        let parent = s.parent.as_ref().map(|parent| format!(" in {parent}")).unwrap_or_default();
        let lemma = s.cue.lemma.as_deref().unwrap_or("none");
        writeln!(out, "{}{parent} {:?} {} ({lemma}) {}", s.id, s.form, s.cue.act, s.because.rule).unwrap();
        writeln!(out, "  source  {}", words(&s.source.spans)).unwrap();
        writeln!(out, "  cue     {}", words(&s.cue.spans)).unwrap();
        writeln!(out, "  content {}", words(&s.content.spans)).unwrap();
    }
    out
}

/// Compares with the file, or rewrites it; returns what went wrong.
fn compare(path: &Path, found: &str) -> Option<String> {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == found {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, found).unwrap();
        return Some(format!("{} rewritten: read the difference", path.display()));
    }
    let difference = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
    let (old, new) = difference.unwrap_or(("its end", "more, or less"));
    Some(format!("{}\n  expected {old}\n  found    {new}", path.display()))
}

fn check_article(folder: &Path, reader: &Reader) -> Vec<String> {
    let text = fs::read_to_string(folder.join("article.txt")).unwrap();
    let document = Document::new(text.clone());
    let record = reader.read(&Article { text, ..Article::default() });
    let stages = [("document.txt", document_stage(&document)), ("statements.txt", statements_stage(&record))];
    stages.iter().filter_map(|(file, found)| compare(&folder.join("expected").join(file), found)).collect()
}

#[test]
fn examples_read_as_expected() {
    let reader = Reader::new().unwrap();
    let folders = folders();
    assert!(!folders.is_empty(), "no examples found");
    let faults: Vec<String> = folders.iter().flat_map(|folder| check_article(folder, &reader)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
