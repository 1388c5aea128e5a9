//! Text → paragraphs.
//!
//! A paragraph is what stands between two line breaks (LF, CR LF, CR, U+2028, U+2029), without the white space at its ends; blank lines
//! make none. Hard-wrapped text is not joined again: every line of it is a paragraph.

use super::span::Span;

/// The paragraphs of `text` in order, none empty. O(n).
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut words: Option<Span> = None;
    for (at, c) in text.char_indices() {
        if is_line_break(c) {
            found.extend(words.take());
        } else if !is_space(c) {
            let here = Span::new(at, at + c.len_utf8());
            words = Some(words.map_or(here, |span| span.cover(here)));
        }
    }
    found.extend(words);
    found
}

/// White space, and the two characters without width that stand for none: zero width space and byte order mark.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).iter().map(|span| span.text(text)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_kind_of_line_break_separates() {
        check("one\ntwo\r\nthree\rfour\u{2028}five\u{2029}six", &["one", "two", "three", "four", "five", "six"]);
    }

    #[test]
    fn blank_lines_and_outer_space_are_nobody_s() {
        check("\u{FEFF}  one two \n\n \t \r\n\u{A0}three\u{200B}\n", &["one two", "three"]);
    }

    #[test]
    fn nothing_gives_nothing() {
        check("", &[]);
        check(" \n \u{2028}", &[]);
    }

    #[test]
    fn control_characters_are_text() {
        check("\0\n\0a", &["\0", "\0a"]);
    }
}
