//! Words → time expressions, as they are said: "Friday", "two days after", "between September 23 and 27".
//!
//! Rules over a table of words, in the tradition of HeidelTime (Strötgen and Gertz 2010) and SUTime (Chang and Manning 2012), read as a grammar: at each word the
//! longest reading wins. What the expressions come to on the calendar is for `resolution` to say. Absent on purpose: ages ("22-year-old"), which tell of a
//! person, and adjectives such as "recent" and "current".

mod bounds;
mod calendar;
mod clock;
mod holidays;
mod lengths;
mod points;
mod ranges;
mod relative;
mod said;
mod scan;
mod words;

use super::numbers::Numeral;
use crate::document::{Document, Span};
pub(crate) use said::{
    Base, Calendar, Every, Length, Modifier, Part, Point, Reference, Said, Season, TimeOfDay, Unit, Way, Which, Year,
};

/// One time expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeExpression {
    pub span: Span,
    pub said: Said,
    pub modifier: Option<Modifier>,
    /// It is the beginning of a stretch of which the next expression is the end: "from 2014 to 2016".
    pub opens: bool,
}

impl TimeExpression {
    /// Whether it says when something was, not how long or how often.
    pub(crate) fn tells_when(&self) -> bool {
        matches!(self.said, Said::Point(_) | Said::Range(..) | Said::Vague(_))
    }
}

/// All time expressions of a document, in the order of the text; none goes over the end of a paragraph. O(n).
pub(crate) fn times(document: &Document, numerals: &[Numeral]) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    for &paragraph in document.paragraphs() {
        let words = words::words(document, paragraph, numerals);
        scan::Scanner { words: &words }.expressions(&mut found);
    }
    found
}
