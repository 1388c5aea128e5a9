use onrecord::Record;
use onrecord::record::CharSpan;
use serde_json::{Value, json};

use super::{Item, Part, Words, paragraphs};

/// A record of one text with its paragraphs, and of each part of statements the spans.
fn record(text: &str, paragraphs: &[[usize; 2]], statements: &[[&[[usize; 2]]; 3]], mentions: &[[usize; 2]]) -> Record {
    let statements = statements.iter().enumerate().map(|(at, [source, cue, content])| {
        json!({
            "id": format!("s{}", at + 1), "source": {"spans": source}, "cue": {"spans": cue, "lemma": "say", "act": "say"},
            "content": {"spans": content}, "form": "direct", "parent": null, "confidence": 0.9, "because": {"rule": "statement/cued"}
        })
    });
    let entities: Vec<Value> = mentions.iter().enumerate().map(|(at, span)| {
        json!({
            "id": format!("e{}", at + 1), "name": "N", "kind": "person", "named": true, "roles": [], "country": null, "sector": null, "place": null,
            "mentions": [{"span": span, "form": "name"}]
        })
    }).collect();
    serde_json::from_value(json!({
        "onrecord": 1, "engine": "0", "model": "m", "entities": entities, "statements": statements.collect::<Vec<_>>(),
        "document": {
            "id": "d", "url": null, "outlet": null, "title": null, "bylines": [], "published_at": null, "published_at_basis": null, "language": "en",
            "text": text, "paragraphs": paragraphs, "sentences": []
        }
    }))
    .unwrap()
}

/// Each segment as `words{marks}`, where marks are written as the parts and numbers of their items.
fn written(record: &Record) -> Vec<String> {
    let marks = |marks: &[super::Mark]| {
        let letter = |part| match part {
            Part::Content => "c",
            Part::Source => "q",
            Part::Cue => "v",
            Part::Entity => "e",
            _ => "?",
        };
        marks.iter().map(|mark| format!("{}{}", letter(mark.part), mark.item + 1)).collect::<Vec<_>>().join(",")
    };
    let paragraph = |paragraph: super::Paragraph| {
        paragraph.segments.iter().map(|one| format!("{}{{{}}}", one.text, marks(&one.marks))).collect::<String>()
    };
    paragraphs(record).into_iter().map(paragraph).collect()
}

#[test]
fn overlapping_and_nested_marks_become_segments_side_by_side() {
    let text = "abcdefgh";
    let nested = record(text, &[[0, 8]], &[[&[], &[], &[[0, 8]]], [&[[1, 2]], &[[2, 3]], &[[3, 6]]]], &[[5, 7]]);
    assert_eq!(written(&nested), ["a{c1}b{c1,q2}c{c1,v2}de{c1,c2}f{c1,c2,e1}g{c1,e1}h{c1}"]);
}

#[test]
fn offsets_count_code_points_whatever_the_bytes() {
    // A flag of two code points, a letter with a combining accent, a family joined by zero-width signs.
    let text = "🇵🇹 e\u{301}! 👩\u{200d}👧 ok";
    let chars = text.chars().count();
    let emoji = record(text, &[[0, chars]], &[[&[[0, 2]], &[[3, 5]], &[[7, 10]]]], &[]);
    assert_eq!(written(&emoji), ["🇵🇹{q1} {}e\u{301}{v1}! {}👩\u{200d}👧{c1} ok{}"]);
    let split = record(text, &[[0, chars]], &[[&[], &[], &[[4, 8]]]], &[]);
    assert_eq!(
        written(&split),
        ["🇵🇹 e{}\u{301}! 👩{c1}\u{200d}👧 ok{}"],
        "a span may cut what a reader takes for one sign"
    );
}

#[test]
fn a_content_in_two_pieces_begins_with_the_first_and_ends_with_the_last() {
    let text = "“One,” she said, “two.”\n\nThree.";
    let split = record(text, &[[0, 23], [25, 31]], &[[&[[7, 10]], &[[11, 15]], &[[0, 6], [17, 23]]]], &[]);
    assert_eq!(written(&split), ["“One,”{c1} {}she{q1} {}said{v1}, {}“two.”{c1}", "Three.{}"]);
    let found = paragraphs(&split);
    let begins: Vec<_> = found[0].segments.iter().map(|segment| segment.begins.len()).collect();
    let ends: Vec<_> = found[0].segments.iter().map(|segment| segment.ends.len()).collect();
    assert_eq!((begins, ends), (vec![1, 0, 0, 0, 0, 0, 0], vec![0, 0, 0, 0, 0, 0, 1]));
    assert_eq!((&found[0].items, &found[1].items), (&vec![Item::Statement(0)], &vec![]));
}

#[test]
fn a_content_over_two_paragraphs_is_cut_at_their_ends_and_its_note_stands_at_the_first() {
    let text = "“One.\n\n“Two.”";
    let long = record(text, &[[0, 5], [7, 13]], &[[&[], &[], &[[0, 13]]]], &[]);
    assert_eq!(written(&long), ["“One.{c1}", "“Two.”{c1}"]);
    let found = paragraphs(&long);
    assert_eq!((found[0].items.len(), found[1].items.len()), (1, 0));
    assert_eq!(found[1].segments[0].ends, [0]);
}

#[test]
fn no_statement_is_without_a_place() {
    let text = "One.\n\nTwo.\n\n";
    let between = record(text, &[[0, 4], [6, 10]], &[[&[], &[], &[[4, 6]]], [&[], &[], &[[10, 12]]]], &[]);
    let items: Vec<_> = paragraphs(&between).into_iter().map(|paragraph| paragraph.items).collect();
    assert_eq!(items, [vec![], vec![Item::Statement(0), Item::Statement(1)]]);
    let none = record("", &[], &[[&[], &[], &[]]], &[]);
    assert_eq!(paragraphs(&none)[0].items, [Item::Statement(0)]);
    assert_eq!(written(&record("All of it.", &[], &[], &[])), ["All of it.{}"], "a text without paragraphs is one");
}

#[test]
fn all_words_of_all_paragraphs_are_there_in_their_order() {
    let text = "Ärger.\n\n¿Qué? 日本語\n\nEnd".repeat(50);
    let chars: Vec<char> = text.chars().collect();
    let spans: Vec<[usize; 2]> =
        (0..chars.len() / 7).map(|at| [at * 7, (at * 7 + at % 19 + 1).min(chars.len())]).collect();
    let all = record(&text, &[[0, 6], [8, 300], [302, chars.len()]], &[], &spans);
    let words: Vec<String> =
        paragraphs(&all).iter().map(|one| one.segments.iter().map(|segment| segment.text).collect()).collect();
    let expected: Vec<String> = [0..6, 8..300, 302..chars.len()].map(|range| chars[range].iter().collect()).into();
    assert_eq!(words, expected);
}

#[test]
fn words_are_cut_at_characters() {
    let long = "né ".repeat(100);
    let words = Words::new(&long);
    let of = |start, end| words.of(CharSpan { start, end });
    assert_eq!(
        [of(0, 2), of(63, 65), of(192, 194), of(299, 300), of(300, 300), of(299, 301), of(9, 3)],
        ["né", "né", "né", " ", "", "", ""]
    );
    let even = "é".repeat(128);
    assert_eq!(Words::new(&even).of(CharSpan { start: 126, end: 128 }), "éé");
    assert_eq!(Words::new("plain").of(CharSpan { start: 1, end: 9 }), "");
}
