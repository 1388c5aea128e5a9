//! Characters of a record's text → its words.

use onrecord::record::CharSpan;

/// A text that can be cut at characters; O(n) to make, and a cut costs its own length.
pub struct Words<'a> {
    text: &'a str,
    /// Where characters begin, in a text that is not all ASCII.
    starts: Option<Vec<usize>>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Words<'a> {
        let starts = || text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Words { text, starts: (!text.is_ascii()).then(starts) }
    }

    /// The words of a span; nothing where the span lies outside the text.
    pub fn of(&self, span: CharSpan) -> &'a str {
        let byte = |chars: usize| match &self.starts {
            Some(starts) => starts.get(chars).copied(),
            None => Some(chars),
        };
        byte(span.start).zip(byte(span.end)).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The words of several spans, parted by an ellipsis; none where there are no spans.
    pub fn joined(&self, spans: &[CharSpan]) -> Option<String> {
        (!spans.is_empty()).then(|| spans.iter().map(|span| self.of(*span)).collect::<Vec<_>>().join(" … "))
    }
}

/// From the first to the last character of some spans.
pub fn hull(spans: &[CharSpan]) -> (usize, usize) {
    let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
    (start, spans.iter().map(|span| span.end).max().unwrap_or_default())
}

/// The word by which a record writes a value of a closed list: `at least`, `direct`.
pub fn name<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
