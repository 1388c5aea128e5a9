//! Code-point spans of a record → the words of its text.

use onrecord::record::CharSpan;

/// A text in which characters can be found by their number. Building is O(n) in the text; a look-up steps over at most 255 characters.
#[derive(Debug)]
pub struct Words<'a> {
    text: &'a str,
    /// The byte of every 256th character.
    steps: Vec<usize>,
    chars: usize,
}

const STEP: usize = 256;

impl<'a> Words<'a> {
    /// Indexes `text`.
    pub fn new(text: &'a str) -> Words<'a> {
        Words {
            text,
            steps: text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect(),
            chars: text.chars().count(),
        }
    }

    /// The number of characters of the text.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// The words of `span`, or `None` if it is reversed or ends past the text.
    pub fn of(&self, span: CharSpan) -> Option<&'a str> {
        self.text.get(self.byte(span.start)?..self.byte(span.end)?)
    }

    fn byte(&self, char: usize) -> Option<usize> {
        if char == self.chars {
            return Some(self.text.len());
        }
        let step = *self.steps.get(char / STEP)?;
        self.text.get(step..)?.char_indices().nth(char % STEP).map(|(byte, _)| step + byte)
    }
}

#[cfg(test)]
mod tests {
    use onrecord::record::CharSpan;

    use super::Words;

    #[test]
    fn every_span_of_a_long_text_gives_its_characters() {
        let text: String = (0..700).map(|n| if n % 3 == 0 { 'é' } else { '𝄞' }).collect();
        let words = Words::new(&text);
        assert_eq!(words.chars(), 700);
        for start in [0, 1, 255, 256, 257, 511, 512, 699, 700] {
            for end in start..=700 {
                let expected: String = text.chars().skip(start).take(end - start).collect();
                assert_eq!(words.of(CharSpan { start, end }), Some(expected.as_str()), "{start}..{end}");
            }
        }
    }

    #[test]
    fn a_span_outside_or_reversed_has_no_words() {
        let words = Words::new("né");
        assert_eq!(words.of(CharSpan { start: 1, end: 3 }), None);
        assert_eq!(words.of(CharSpan { start: 2, end: 1 }), None);
        assert_eq!(words.of(CharSpan { start: 2, end: 2 }), Some(""));
        assert_eq!(Words::new("").of(CharSpan { start: 0, end: 0 }), Some(""));
    }
}
