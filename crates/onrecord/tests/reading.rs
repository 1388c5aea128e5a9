//! What holds of any text, article or not: reading never fails, anchors lie in the text, the same text gives the same record.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use onrecord::record::CharSpan;
use onrecord::{Article, DateBasis, Reader, Record, rule};

fn read(reader: &Reader, text: &str) -> Record {
    reader.read(&Article { text: text.to_owned(), ..Article::default() })
}

fn check_anchors(record: &Record) {
    let length = record.document.text.chars().count();
    let statements =
        record.statements.iter().flat_map(|s| s.source.spans.iter().chain(&s.cue.spans).chain(&s.content.spans));
    let circumstances = record.statements.iter().flat_map(|s| [s.addressee, s.medium, s.said_when, s.said_where]);
    let circumstances: Vec<CharSpan> = circumstances.flatten().collect();
    let mentions = record.entities.iter().flat_map(|entity| entity.mentions.iter().map(|mention| &mention.span));
    let roles = record.entities.iter().flat_map(|entity| entity.roles.iter().map(|role| &role.span));
    let statements = statements.chain(&circumstances).chain(mentions).chain(roles);
    for CharSpan { start, end } in statements.chain(&record.document.paragraphs).chain(&record.document.sentences) {
        assert!(start < end && *end <= length, "anchor {start}..{end} in {length} characters");
    }
    for entity in &record.entities {
        assert!(!entity.name.trim().is_empty() && !entity.mentions.is_empty(), "{entity:?}");
        assert!(entity.mentions.is_sorted_by(|a, b| a.span < b.span), "{entity:?}");
    }
    for s in &record.statements {
        assert_eq!(s.source.because.is_some(), !s.source.entities.is_empty(), "{s:?}");
        assert!(s.source.because.iter().all(|because| rule(&because.rule).is_some()), "{s:?}");
        let known = |id: &String| record.entities.iter().any(|entity| entity.id == *id);
        assert!(s.source.entities.iter().all(known), "{s:?}");
        assert!(!s.content.spans.is_empty() && s.content.spans.is_sorted_by(|a, b| a.end <= b.start), "{s:?}");
        assert!((0.0..=1.0).contains(&s.confidence), "{s:?}");
        assert!(rule(&s.because.rule).is_some(), "no rule {:?}", s.because.rule);
        if let Some(parent) = &s.parent {
            let parent = record.statements.iter().find(|p| &p.id == parent).unwrap();
            let inside =
                |span: &CharSpan| parent.content.spans.iter().any(|p| p.start <= span.start && span.end <= p.end);
            assert!(
                s.content.spans.iter().chain(&s.source.spans).chain(&s.cue.spans).all(inside),
                "{s:?} in {parent:?}"
            );
        }
    }
}

#[test]
fn any_text_is_read() {
    let reader = Reader::new().unwrap();
    let quotes = "\"“‘«' ".repeat(400);
    let letters = "a".repeat(5_000);
    let said = "He said that he said that she said. ".repeat(60);
    let texts = [
        "",
        " ",
        "\n\r\n\u{2028}",
        "\0\0said\0",
        "“",
        "said",
        ":",
        "said said said",
        "😀 “😀,” said 😀 e\u{301}\u{301}.",
        &quotes,
        &letters,
        &said,
        "\u{202E}“abc,” said\u{202C} Müller.",
        "A: B",
        "「明日」と彼は言った。",
        "Mr. X said: \"No.\"\r\n\"Yes,\" said\u{a0}Y.\r",
    ];
    for text in texts {
        let record = read(&reader, text);
        assert_eq!(record.document.text, text);
        check_anchors(&record);
    }
}

#[test]
fn the_same_text_gives_the_same_record() {
    let text = "“The gates were open,” Ito Hana, the harbour master, told reporters on Tuesday. The ministry denied that anyone had been warned.";
    let reader = Reader::new().unwrap();
    let once = read(&reader, text);
    let other = reader.clone();
    let again = std::thread::spawn(move || read(&other, text)).join().unwrap();
    assert_eq!(once, again);
    assert!(!once.statements.is_empty(), "nothing found in a text with two statements");
    check_anchors(&once);
}

#[test]
fn offsets_count_code_points() {
    let text = "🙂🙂 “Já chega,” said Zoë Müller.";
    let record = read(&Reader::new().unwrap(), text);
    let chars: Vec<char> = text.chars().collect();
    let words = |span: &CharSpan| chars[span.start..span.end].iter().collect::<String>();
    let found: Vec<(String, String)> = record
        .statements
        .iter()
        .map(|s| (s.source.spans.iter().map(words).collect(), s.content.spans.iter().map(words).collect()))
        .collect();
    assert_eq!(found, [("Zoë Müller".to_owned(), "“Já chega,”".to_owned())]);
}

#[test]
fn a_text_in_another_language_keeps_its_paragraphs_and_what_is_known_of_it() {
    let reader = Reader::new().unwrap();
    let article = Article {
        text: "Der Damm hielt.\n\n„Er hält“, sagte Ada Holm.".to_owned(),
        language: Some("de".to_owned()),
        bylines: vec!["Jürgen Weiß".to_owned()],
        published_at: Some("2024-05-01".to_owned()),
        published_at_basis: DateBasis::Page,
        ..Article::default()
    };
    let record = reader.read(&article);
    let document = &record.document;
    assert_eq!((document.language.as_str(), document.bylines.as_slice()), ("de", article.bylines.as_slice()));
    assert_eq!(
        (document.published_at.as_deref(), document.published_at_basis.as_deref()),
        (Some("2024-05-01"), Some("page"))
    );
    let paragraphs: Vec<[usize; 2]> = document.paragraphs.iter().map(|&span| span.into()).collect();
    assert_eq!(paragraphs, [[0, 15], [17, 43]]);
    assert!(document.sentences.is_empty() && record.statements.is_empty() && record.entities.is_empty());
    assert!(
        record.places.is_empty() && record.times.is_empty() && record.quantities.is_empty() && record.events.is_empty()
    );
}

#[test]
fn english_under_any_of_its_tags_is_analysed() {
    let reader = Reader::new().unwrap();
    let text = "The dam held, Ada Holm said.".to_owned();
    let read = |language: Option<&str>| {
        reader.read(&Article { text: text.clone(), language: language.map(str::to_owned), ..Article::default() })
    };
    let plain = read(None);
    assert_eq!(plain.document.language, "en");
    for tag in ["en-GB", "und"] {
        let record = read(Some(tag));
        assert_eq!(record.document.language, tag);
        assert_eq!(record.statements, plain.statements);
    }
}

#[test]
fn to_deny_a_charge_is_to_speak_and_no_refusal() {
    let reader = Reader::new().unwrap();
    let refusals = |text: &str| read(&reader, text).events.iter().filter(|event| event.kind == "REJECT").count();
    assert_eq!(refusals("Mayor Ada Holm denied on Monday that she had taken money from the harbour company."), 0);
    assert_eq!(refusals("Sweden on Monday rejected a request by Norway to extradite the harbour master."), 1);
}
