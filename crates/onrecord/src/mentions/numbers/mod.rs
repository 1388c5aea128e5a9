//! Digits and number words → numerals: "1,000", "three hundred and twelve", "2.5 million", "two-thirds", "dozens", "23rd".
//!
//! The one place where a number is read; times and quantities build on it. A numeral is what stands there, nothing more: whether "19" in "COVID-19", "one" in "no
//! one" or "1990" counts anything is for them to say, and [`Numeral::word`] shows them what the number is glued to. Absent on purpose: clock times, dates with
//! slashes and version numbers (no numerals at all), signs, currencies, ranges, Roman numerals.

mod atoms;
mod grammar;
mod words;

use crate::document::{Document, Span};
pub(super) use atoms::{Atoms, Gap};
use grammar::read;

/// A number of the text, as its digits or words stand there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    /// Digits or words, with what multiplies them: "1,000", "2.5 million", "13.6M", "a hundred", "twenty-five".
    pub span: Span,
    /// The whole words that it stands in: "22-year-old", "1,000km-long", "COVID-19", "5-10"; mostly the span itself.
    pub word: Span,
    /// 1/3 for "a third", 12 for "dozens", 100,000 for "hundreds of thousands".
    pub value: f64,
    /// "third", "23rd".
    pub is_ordinal: bool,
    /// "two-thirds", "half", "3/4", "½".
    pub is_fraction: bool,
    /// "dozens", "several hundred": at least the value, and not told how many.
    pub is_vague: bool,
    /// No digits in it.
    pub is_in_words: bool,
}

impl Numeral {
    /// What stands in front of it in the same word: "COVID-", "$" never.
    pub(crate) fn head(self, text: &str) -> &str {
        Span::new(self.word.start, self.span.start).text(text)
    }

    /// What stands behind it in the same word: "-year-old", "km-long", "G".
    pub(crate) fn tail(self, text: &str) -> &str {
        Span::new(self.span.end, self.word.end).text(text)
    }
}

/// All numerals of a document, in the order of the text, none within another. O(n).
pub(crate) fn numerals(document: &Document) -> Vec<Numeral> {
    let atoms = Atoms::new(document);
    let mut found = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        match read(&atoms, at) {
            Some((end, numeral)) => {
                found.push(numeral);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints each numeral as words=value, with `#` for ordinals, `/` for fractions, `~` for vague ones.
    fn check(text: &str, expected: &str) {
        let shown = |numeral: &Numeral| {
            let flag = match numeral {
                Numeral { is_ordinal: true, .. } => "#",
                Numeral { is_fraction: true, .. } => "/",
                Numeral { is_vague: true, .. } => "~",
                _ => "",
            };
            format!("{}={}{flag}", numeral.span.text(text), (numeral.value * 1000.0).round() / 1000.0)
        };
        let found: Vec<String> = numerals(&Document::new(text)).iter().map(shown).collect();
        assert_eq!(found.join(" | "), expected, "{text:?}");
    }

    #[test]
    fn digits_with_separators() {
        check("It sold 1,250 boats, 1.5 per day, at 12,34,567 rupees.", "1,250=1250 | 1.5=1.5 | 12,34,567=1234567");
        check(
            "Some 1\u{a0}250 boats, or 3\u{202f}400\u{202f}000.",
            "1\u{a0}250=1250 | 3\u{202f}400\u{202f}000=3400000",
        );
        check("A rate of .05 per cent and 1.250.000 seeds.", ".05=0.05 | 1.250.000=1250000");
    }

    #[test]
    fn number_words_add_up() {
        check("Three hundred and twelve hens and twenty-five geese.", "Three hundred and twelve=312 | twenty-five=25");
        check("Two million four hundred thousand and six.", "Two million four hundred thousand and six=2400006");
        check(
            "One two three, nineteen hundred, twenty twenty.",
            "One=1 | two=2 | three=3 | nineteen hundred=1900 | twenty=20 | twenty=20",
        );
        check("Forty two-man boats.", "Forty=40 | two=2");
        check(
            "A hundred sheep, a dozen eggs, half a million bees, two dozen.",
            "A hundred=100 | a dozen=12 | half a million=500000 | two dozen=24",
        );
        check("Two and a half hours, 3½ miles, 2 1/2 cups.", "Two and a half=2.5 | 3½=3.5 | 2 1/2=2.5");
    }

    #[test]
    fn scales_belong_to_the_numeral() {
        check(
            "2.5 million euros, $3bn, $13.6M, 25k and 4 hundred.",
            "2.5 million=2500000 | 3bn=3000000000 | 13.6M=13600000 | 25k=25000 | 4 hundred=400",
        );
        check("A 5m wall; 2.7m visitors; £40m; Rs 3 crore.", "5=5 | 2.7m=2700000 | 40m=40000000 | 3 crore=30000000");
        check("A four-million-euro bridge.", "four-million=4000000");
    }

    #[test]
    fn fractions() {
        check(
            "Two-thirds of the hall, a third of it, one quarter, 3/4, ½.",
            "Two-thirds=0.667/ | a third=0.333/ | one quarter=0.25/ | 3/4=0.75/ | ½=0.5/",
        );
        check("Half of them left in the first half of May.", "Half=0.5/ | first=1#");
        check("A third man left; a quarter of a million stayed.", "third=3# | a quarter of a million=250000");
        check("Open 24/7 since 9/11 at 9:30.", "");
    }

    #[test]
    fn ordinals() {
        check(
            "The 23rd and twenty-third try, her second and the two hundredth.",
            "23rd=23# | twenty-third=23# | second=2# | two hundredth=200#",
        );
    }

    #[test]
    fn vague_numbers() {
        check(
            "Dozens fled, tens of thousands stayed, several hundred fought.",
            "Dozens=12~ | tens of thousands=10000~ | several hundred=100~",
        );
        check("Scores of geese. His test scores of May.", "Scores=20~");
    }

    #[test]
    fn the_word_around_a_number_is_kept() {
        let text = "The 22-year-old drove a 1,000km-long road with COVID-19 and a 5G phone.";
        let found: Vec<(&str, &str, &str)> =
            numerals(&Document::new(text)).iter().map(|n| (n.head(text), n.span.text(text), n.tail(text))).collect();
        assert_eq!(found, [("", "22", "-year-old"), ("", "1,000", "km-long"), ("COVID-", "19", ""), ("", "5", "G")]);
    }

    #[test]
    fn numbers_end_with_the_paragraph() {
        check("Forty\nTwo million", "Forty=40 | Two million=2000000");
    }
}
