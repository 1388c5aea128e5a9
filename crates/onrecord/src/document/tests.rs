//! Whole documents: what holds for any text, hostile ones included, and at what cost.

use std::time::{Duration, Instant};

use super::*;

/// What [`Document`] promises about its parts.
fn check_invariants(text: &str) {
    let document = Document::new(text);
    assert_eq!(document.text(), text);
    let shown: String = text.chars().take(40).collect();
    let mut covered = 0;
    for token in document.tokens() {
        assert!(!token.span.text(text).is_empty(), "{shown:?}: {token:?}");
        let gap = Span::new(covered, token.span.start);
        assert!(gap.text(text).chars().all(paragraphs::is_space), "{shown:?}: {:?} in no token", gap.text(text));
        covered = token.span.end;
    }
    let mut sentences = document.sentences().iter();
    let mut sentence = sentences.next();
    for token in document.tokens() {
        while sentence.is_some_and(|sentence| sentence.end <= token.span.start) {
            sentence = sentences.next();
        }
        assert!(sentence.is_some_and(|sentence| sentence.contains(token.span)), "{shown:?}: {token:?} in no sentence");
    }
    for pair in document.sentences().windows(2) {
        assert!(pair[0].end <= pair[1].start, "{shown:?}");
    }
    check_quotations(&document, &shown);
}

fn check_quotations(document: &Document, shown: &str) {
    let quotations = document.quotations();
    for (i, quotation) in quotations.iter().enumerate() {
        assert_eq!(document.quote_state(quotation.open.start), QuoteState::Opening, "{shown:?}");
        if let Some(close) = quotation.close {
            assert_eq!(document.quote_state(close.start), QuoteState::Closing, "{shown:?}");
            assert_eq!(quotation.span.end, close.end, "{shown:?}");
        }
        for earlier in [quotation.parent, quotation.continues].into_iter().flatten() {
            assert!(earlier < i, "{shown:?}: {quotation:?}");
        }
        if let Some(parent) = quotation.parent.and_then(|parent| quotations.get(parent)) {
            assert!(parent.inner().contains(quotation.span), "{shown:?}: {quotation:?} in {parent:?}");
        }
    }
}

/// Short texts that repeat into hostile ones.
const HOSTILE: &[&str] = &[
    "\"",
    "“",
    "”",
    "'",
    "‘",
    "’",
    "``",
    "''",
    "'''",
    "'''a ",
    "«",
    "»",
    "„",
    "“‘",
    "\"'",
    " \"",
    "\" ",
    " '",
    "' ",
    "a' ",
    "s' ",
    " 'a s' ",
    "\0",
    ".",
    ". ",
    ".)",
    ". 1 ",
    "!\"",
    "?” ",
    "A. ",
    "A.",
    "U.S. ",
    "www.",
    "www. ",
    "http://",
    "http:// ",
    "@",
    "#",
    "a@",
    "-",
    "a-",
    "s's",
    "’s",
    "'s",
    "\r",
    "\n",
    "\r\n",
    "\"\n",
    "“a\n",
    "‘a\n",
    "\u{2028}",
    "🙂",
    "\u{200D}",
    "🙂\u{200D}",
    "🇺🇸",
    "\u{301}",
    "a\u{301}",
    ".\u{301}",
    "\u{FEFF}",
    "a.",
    "a:",
    "1,",
    "1:",
    "&",
    "A&",
    "Mr. ",
    "No. ",
    "“A.” Smith ",
    "“A!” Smith Smith ",
    "…",
    "... ",
    "(",
    "—",
    "— ",
    "a",
    "A",
    "1",
    "日本。",
    "「",
    "\"a \"b\" ",
    "\"a \"b ",
    "5\" ",
    "\"5\" ",
    "’n’ ",
    "'a",
    " ‘a ‘b ",
    "‘a s’ ",
    "\u{600}",
    "ا\u{200D}",
];

#[test]
fn any_text_will_do() {
    check_invariants("");
    for text in HOSTILE {
        check_invariants(text);
        check_invariants(&text.repeat(7));
        for other in HOSTILE {
            check_invariants(&format!("{text}{other}a{other} {text}"));
        }
    }
}

#[test]
fn the_cost_is_linear_in_the_text() {
    const SHORT: usize = 1 << 14;
    for unit in HOSTILE {
        let time = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let once = || {
                let start = Instant::now();
                std::hint::black_box(Document::new(text.as_str()));
                start.elapsed()
            };
            (0..3).map(|_| once()).min().unwrap_or_default()
        };
        let (short, long) = (time(SHORT), time(8 * SHORT));
        // A quadratic pass takes 64 times as long; the floor keeps the clock's own noise out.
        let limit = 20 * short.max(Duration::from_micros(500));
        assert!(long < limit, "{unit:?}: {short:?} for {SHORT} bytes, {long:?} for 8 times as many");
    }
}

#[test]
fn the_state_of_every_character() {
    let text = "A “b ‘c’ d” e\n“f";
    let document = Document::new(text);
    let states: String = text
        .char_indices()
        .map(|(at, _)| match document.quote_state(at) {
            QuoteState::Outside => '.',
            QuoteState::Inside => 'i',
            QuoteState::Opening => '<',
            QuoteState::Closing => '>',
        })
        .collect();
    assert_eq!(states, "..<ii<i>ii>...<i");
    assert_eq!(document.quote_state(text.len()), QuoteState::Outside);
    assert_eq!(document.quote_state(usize::MAX), QuoteState::Outside);
}

#[test]
fn an_article_comes_apart() {
    let text = "Mayor quits\r\n\r\nKYIV — “I am tired,” Mayor Ann Poe said.\r\n\r\n“It is over.";
    let document = Document::new(text);
    let words = |spans: &[Span]| -> Vec<&str> { spans.iter().map(|span| span.text(text)).collect() };
    assert_eq!(
        words(document.paragraphs()),
        ["Mayor quits", "KYIV — “I am tired,” Mayor Ann Poe said.", "“It is over."]
    );
    assert_eq!(words(document.sentences()), words(document.paragraphs()));
    let inner: Vec<&str> = document.quotations().iter().map(|quotation| quotation.inner().text(text)).collect();
    assert_eq!(inner, ["I am tired,", "It is over."]);
}
