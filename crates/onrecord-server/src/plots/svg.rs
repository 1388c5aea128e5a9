//! What every picture is written with.

use std::fmt::Write;

/// Text with what SVG would take for its own as entities.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no others of these.
            other if other.is_control() && !matches!(other, '\n' | '\t') => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// A coordinate with at most one decimal.
pub fn short(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}

/// Appends formatted text; writing into a string cannot fail.
pub fn put(out: &mut String, text: std::fmt::Arguments) {
    let _ = out.write_fmt(text);
}

/// How wide a label is about, in units, with letters of `size` units.
pub fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(|character| if character.is_uppercase() { 0.68 } else { 0.55 }).sum::<f64>() * size
}

/// The steps of an axis from 0 to `most`: one, two or three numbers that people like.
pub fn steps(most: u64) -> Vec<u64> {
    let mut step = 1_u64;
    for factor in [2, 5, 10].iter().cycle() {
        if most / step <= 3 {
            break;
        }
        let decade = 10_u64.saturating_pow(step.ilog10());
        step = decade.saturating_mul(*factor);
    }
    (1..=most / step).map(|times| times * step).collect()
}

#[cfg(test)]
mod tests {
    use super::{escaped, short, steps};

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<b a='1'>\"&\u{1}"), "&lt;b a=&#39;1&#39;&gt;&quot;&amp; ");
    }

    #[test]
    fn coordinates_are_short_and_never_minus_zero() {
        assert_eq!([1.0, -0.01, 2.345, 1e3].map(short), ["1", "0", "2.3", "1000"]);
    }

    #[test]
    fn an_axis_has_at_most_three_steps_and_ends_below_the_largest() {
        assert_eq!(steps(0), [] as [u64; 0]);
        assert_eq!(steps(3), [1, 2, 3]);
        assert_eq!(steps(7), [2, 4, 6]);
        assert_eq!(steps(19), [5, 10, 15]);
        assert_eq!(steps(20), [10, 20]);
        assert_eq!(steps(999), [500]);
        assert_eq!(steps(4_200), [2_000, 4_000]);
    }
}
