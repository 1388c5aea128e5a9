//! What a source shows of itself before anybody has looked who it is.

use crate::document::{Document, Span, TokenKind};
use crate::function_words::{Work, does};
use crate::mentions::pronoun;

/// Whether a source has a name in it or stands for one person ("he", "she"): whoever it is can be told. A word in capitals that opens a sentence passes for a name,
/// unless it is a small word.
pub(super) fn tells_who(document: &Document, source: Span) -> bool {
    let words = document.tokens_in(source).iter().filter(|token| token.kind == TokenKind::Word);
    words.map(|token| token.span.text(document.text())).any(|word| is_one_person(word) || is_name(word))
}

fn is_one_person(word: &str) -> bool {
    word.eq_ignore_ascii_case("he") || word.eq_ignore_ascii_case("she")
}

/// Numbers of people that open a sentence in capitals; [`function_words`](crate::function_words) and the pronouns have the rest.
const NUMBERS: &[&str] = &[
    "One", "Some", "Many", "Most", "Few", "Several", "Others", "Another", "All", "Both", "Each", "This", "These",
    "Those", "There",
];

fn is_name(word: &str) -> bool {
    let small =
        NUMBERS.contains(&word) || pronoun(word).is_some() || does(word, Work::Opener) || does(word, Work::Relative);
    word.starts_with(char::is_uppercase) && !small
}

#[cfg(test)]
mod tests {
    use super::tells_who;
    use crate::document::{Document, Span};

    fn told(text: &str) -> bool {
        let document = Document::new(text);
        tells_who(&document, Span::new(0, text.len()))
    }

    #[test]
    fn names_and_single_persons_can_be_told() {
        for source in ["Oda Quint", "the mayor of Lund", "a Treasury official", "he", "She"] {
            assert!(told(source), "{source}");
        }
    }

    #[test]
    fn nouns_and_other_pronouns_cannot() {
        for source in [
            "officials",
            "The neighbours",
            "They",
            "I",
            "Some of those there",
            "Their lawyers",
            "his lawyer",
            "A spokesman",
        ] {
            assert!(!told(source), "{source}");
        }
    }
}
