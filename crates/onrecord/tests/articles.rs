//! Every example article through every stage, against what stands in its folder `expected/`.
//!
//! `document.txt`: paragraphs, sentences and quotations. `entities.txt`: who is who, with every mention. `statements.txt`: who said what. `times.txt`, `places.txt`, `quantities.txt`: when, where, how much. `events.txt`: what happened. All print
//! the words beside the offsets, so that a difference can be read. `UPDATE=1 cargo test` rewrites them and still fails: a person reads the difference and commits it, or not.
//! What is wrong in them, and known to be, stands in `gaps.md` beside them.
//!
//! Processors add in different orders and widths, so that an item which is nearly as doubtful as what is left out may be read on one and not on another. On
//! processors of the kind that wrote the files (`tests/processor.txt`) every line must be the same, on others nearly all.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::document::{Document, Span};
use onrecord::record::{CharSpan, Polarity, Record};
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
        if !s.source.entities.is_empty() {
            let name = |id: &String| record.entities.iter().find(|entity| entity.id == *id).unwrap().name.clone();
            writeln!(out, "  speaker {}", s.source.entities.iter().map(name).collect::<Vec<_>>().join("; ")).unwrap();
        }
        if s.polarity == Polarity::Negative {
            writeln!(out, "  negative").unwrap();
        }
        let circumstances = [("to", s.addressee), ("medium", s.medium), ("when", s.said_when), ("where", s.said_where)];
        for (name, span) in circumstances.iter().filter_map(|(name, span)| Some((name, (*span)?))) {
            writeln!(out, "  {name:7} {}", words(&[span])).unwrap();
        }
    }
    out
}

fn entities_stage(record: &Record) -> String {
    let chars: Vec<char> = record.document.text.chars().collect();
    let words = |span: &CharSpan| {
        format!("{}..{} {:?}", span.start, span.end, chars[span.start..span.end].iter().collect::<String>())
    };
    let mut out = String::new();
    for entity in &record.entities {
        let unnamed = if entity.named { "" } else { ", unnamed" };
        let codes: Vec<&str> = entity.country.iter().chain(&entity.sector).map(String::as_str).collect();
        writeln!(out, "{} {} ({:?}{unnamed}) {}", entity.id, entity.name, entity.kind, codes.join(" ")).unwrap();
        for role in &entity.roles {
            writeln!(out, "  role    {}", words(&role.span)).unwrap();
        }
        for mention in &entity.mentions {
            writeln!(out, "  {:7} {}", format!("{:?}", mention.form).to_lowercase(), words(&mention.span)).unwrap();
        }
    }
    out
}

/// The words of a span beside its offsets.
fn words_at(record: &Record, span: CharSpan) -> String {
    let words: String = record.document.text.chars().skip(span.start).take(span.end - span.start).collect();
    format!("{}..{} {words:?}", span.start, span.end)
}

fn times_stage(record: &Record) -> String {
    let document = &record.document;
    let told = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
    let mut out = format!("published {} {}\n", told(&document.published_at), told(&document.published_at_basis));
    for time in &record.times {
        let words = words_at(record, time.span);
        let value = time.value.as_deref().unwrap_or("none");
        let modifier = time.modifier.as_ref().map(|modifier| format!(" {modifier}")).unwrap_or_default();
        let until = time.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
        let (id, rule) = (&time.id, &time.because.rule);
        let kind = format!("{:?}", time.kind).to_uppercase();
        writeln!(out, "{id} {words} {kind} {value}{modifier}{until} {rule}").unwrap();
    }
    out
}

/// The day of publication that stands in `source.toml`.
fn published_at(folder: &Path) -> Option<String> {
    let source = fs::read_to_string(folder.join("source.toml")).unwrap();
    let line = source.lines().find_map(|line| line.strip_prefix("published_at = "))?;
    Some(line.trim_matches('"').to_owned())
}

fn places_stage(record: &Record) -> String {
    let mut out = String::new();
    for place in &record.places {
        let point = place.lat.zip(place.lon).map_or("nowhere".to_owned(), |(lat, lon)| format!("{lat:.2} {lon:.2}"));
        let country = place.country.as_deref().unwrap_or("none");
        let flags = [(place.as_actor, " actor"), (place.dateline, " dateline")];
        let flags: String = flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| *flag).collect();
        let words = words_at(record, place.span);
        let (name, kind, rule) = (&place.name, &place.kind, &place.because.rule);
        writeln!(out, "{} {words} {name} ({kind}, {country}) {point}{flags} {rule}", place.id).unwrap();
    }
    out
}

fn quantities_stage(record: &Record) -> String {
    let mut out = String::new();
    for quantity in &record.quantities {
        let upper = quantity.upper.map(|upper| format!(" to {upper}")).unwrap_or_default();
        let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let code = quantity.unit_code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
        let of = quantity.of.map(|of| format!(" of {}", words_at(record, of))).unwrap_or_default();
        let words = words_at(record, quantity.span);
        let (bound, value, rule) = (quantity.bound, quantity.value, &quantity.because.rule);
        writeln!(out, "{} {words} {bound:?} {value}{upper}{unit}{code}{of} {rule}", quantity.id).unwrap();
    }
    out
}

fn events_stage(record: &Record) -> String {
    let mut out = String::new();
    for event in &record.events {
        let mode = event.mode.as_deref().unwrap_or("-");
        let contexts = event.contexts.join(" ");
        let (id, rule) = (&event.id, &event.because.rule);
        let same = event.same_as.as_ref().map(|first| format!(" same as {first}")).unwrap_or_default();
        writeln!(out, "{id} {} {mode} [{contexts}] {rule}{same}", event.kind).unwrap();
        for span in &event.trigger.spans {
            writeln!(out, "  trigger   {}", words_at(record, *span)).unwrap();
        }
        for (role, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
            for party in parties {
                let name = record.entities.iter().find(|entity| Some(&entity.id) == party.entity.as_ref());
                let name = name.map_or("nobody", |entity| &entity.name);
                writeln!(out, "  {role:9} {} {name}", words_at(record, party.span)).unwrap();
            }
        }
        let (tense, certainty, polarity) = (event.tense, event.certainty, event.polarity);
        writeln!(out, "  status    {tense:?} {certainty:?} {polarity:?} by {}", event.asserted_by).unwrap();
        let told = event.time.iter().chain(&event.place).chain(&event.quantities).cloned().collect::<Vec<_>>();
        if !told.is_empty() {
            writeln!(out, "  facts     {}", told.join(" ")).unwrap();
        }
    }
    out
}

/// What an article was read as, stage by stage: the file, what stands in it, and what was found.
struct Stage {
    path: PathBuf,
    expected: String,
    found: String,
}

impl Stage {
    fn first_difference(&self) -> String {
        let difference = self.expected.lines().zip(self.found.lines()).find(|(a, b)| a != b);
        let (old, new) = difference.unwrap_or(("its end", "more, or less"));
        format!("{}\n  expected {old}\n  found    {new}", self.path.display())
    }

    /// How many lines there are, and how many are in both, whatever their items are numbered.
    fn agreement(&self) -> (usize, usize) {
        let (expected, found) = (without_numbers(&self.expected), without_numbers(&self.found));
        let mut left = expected.clone();
        let mut same = 0;
        for line in &found {
            if let Some(at) = left.iter().position(|other| other == line) {
                left.swap_remove(at);
                same += 1;
            }
        }
        (expected.len().max(found.len()), same)
    }
}

/// The lines, with `s` in place of `s12`.
fn without_numbers(text: &str) -> Vec<String> {
    let is_item = |word: &str| {
        word.len() > 1
            && word.starts_with(['s', 'e', 'v', 't', 'p', 'q'])
            && word[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    let word = |word: &str| if is_item(word) { word[..1].to_owned() } else { word.to_owned() };
    text.lines().map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ")).collect()
}

/// The kind of this processor, as far as sums depend on it.
fn processor() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vnni") {
            return "x86-64 with AVX-512 VNNI";
        }
        if is_x86_feature_detected!("avx512f") {
            return "x86-64 with AVX-512";
        }
        if is_x86_feature_detected!("avx2") {
            return "x86-64 with AVX2";
        }
    }
    std::env::consts::ARCH
}

fn read(folder: &Path, reader: &Reader) -> Vec<Stage> {
    let text = fs::read_to_string(folder.join("article.txt")).unwrap();
    let document = Document::new(text.clone());
    let record = reader.read(&Article { text, published_at: published_at(folder), ..Article::default() });
    let stages = [
        ("document.txt", document_stage(&document)),
        ("entities.txt", entities_stage(&record)),
        ("statements.txt", statements_stage(&record)),
        ("times.txt", times_stage(&record)),
        ("places.txt", places_stage(&record)),
        ("quantities.txt", quantities_stage(&record)),
        ("events.txt", events_stage(&record)),
    ];
    let stage = |(file, found): (&str, String)| {
        let path = folder.join("expected").join(file);
        // A stage that finds nothing has no file.
        Stage { expected: fs::read_to_string(&path).unwrap_or_default(), path, found }
    };
    stages.map(stage).into()
}

/// How many lines of a hundred are the same on any processor. Measured: see docs/measurements.md.
const SAME: usize = 95;

#[test]
fn examples_read_as_expected() {
    let reader = Reader::new().unwrap();
    let folders = folders();
    assert!(!folders.is_empty(), "no examples found");
    let stages: Vec<Stage> = folders.iter().flat_map(|folder| read(folder, &reader)).collect();
    let other: Vec<&Stage> = stages.iter().filter(|stage| stage.expected != stage.found).collect();
    let written_on = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/processor.txt");
    if std::env::var_os("UPDATE").is_some() {
        for Stage { path, found, .. } in &other {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, found).unwrap();
        }
        fs::write(written_on, format!("{}\n", processor())).unwrap();
        panic!("{} files rewritten: read the difference", other.len());
    }
    let (lines, same) = stages.iter().map(Stage::agreement).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let differences = other.iter().map(|stage| stage.first_difference()).collect::<Vec<_>>().join("\n");
    let written_on = fs::read_to_string(written_on).unwrap();
    if written_on.trim() == processor() {
        assert!(other.is_empty(), "{differences}");
    } else {
        println!("written on {}, read on {}: {same} of {lines} lines are the same", written_on.trim(), processor());
        assert!(same * 100 >= lines * SAME, "{same} of {lines} lines are the same\n{differences}");
    }
}
