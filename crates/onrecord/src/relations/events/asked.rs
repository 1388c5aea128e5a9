//! What is but asked is no event: "Did the foundation refuse?" tells of no refusal, and who asks whether it did requests nothing.

use super::{Event, Sentence, status};
use crate::document::Document;
use crate::function_words::{Work, does};
use crate::rules::EVENT_QUESTION;

/// Words that open what is asked, and those that open what is asked for.
const WHAT: [&str; 9] = ["about", "how", "if", "what", "when", "where", "whether", "who", "why"];
const FOR: [&str; 3] = ["for", "that", "to"];
/// How far behind "asked" its content begins, in tokens.
const REACH: usize = 10;

/// Takes the confidence from every event that is but asked about. O(n).
pub(super) fn drop_questions(document: &Document, events: &mut [Event]) {
    for event in events {
        let Some(sentence) = Sentence::around(document, event.trigger) else { continue };
        if is_polar(&sentence) || event.kind == "REQUEST" && asks(&sentence) {
            (event.confidence, event.rule) = (0.0, EVENT_QUESTION);
        }
    }
}

/// "Did the guards fire?": what stands in the clause that opens so is not said to have happened.
fn is_polar(sentence: &Sentence) -> bool {
    let words = || (0..sentence.tokens.len()).filter(|&at| sentence.is_word(at) || sentence.word(at) == "?");
    let opens = words()
        .next()
        .filter(|&at| ["auxiliary", "modal", "future"].iter().any(|kind| status::is(&sentence.word(at), kind)));
    let ends = words().next_back().is_some_and(|at| sentence.word(at) == "?");
    let told = |at: usize| {
        let word = sentence.word(at);
        does(&word, Work::Relative) || does(&word, Work::Clause) || status::is(&word, "happened")
    };
    opens.is_some_and(|first| ends && first < sentence.first && !(first + 1..sentence.first).any(told))
}

/// "asked her pointedly whether".
fn asks(sentence: &Sentence) -> bool {
    let first = sentence.word(sentence.first);
    let mut behind = sentence.trigger_words().skip(1).chain(sentence.behind()).take(REACH);
    let content = behind.find(|word| WHAT.contains(&word.as_str()) || FOR.contains(&word.as_str()));
    matches!(first.as_str(), "ask" | "asks" | "asked" | "asking")
        && content.is_some_and(|word| WHAT.contains(&word.as_str()))
}
