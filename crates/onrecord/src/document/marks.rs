//! A paragraph → the characters in it that may be quotation marks, each with what its surroundings say.
//!
//! Apostrophes that no reader would take for a mark are left out here: between letters or digits (don’t, 6'2), before a possessive s
//! (“Post”’s), before an elision (’em, ’90s). Which of the rest are marks is settled in `quotations`. Primes (′ ″) are never marks.

use super::paragraphs::is_space;
use super::span::Span;
use super::words;

/// Marks pair only within a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
    Corner,
}

/// What a mark would rather do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    Open,
    Close,
    Either,
}

/// A character, or a pair of them (``, ''), that may be a quotation mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub span: Span,
    pub family: Family,
    /// What its shape says.
    pub glyph: Lean,
    /// What the characters around it say; marks next to each other share them.
    pub context: Lean,
    /// The character before the run of marks it stands in; `None` at the start of the paragraph.
    pub before: Option<char>,
    /// The character after the run of marks it stands in; `None` at the end of the paragraph.
    pub after: Option<char>,
    /// In the run of marks that the paragraph begins with.
    pub leading: bool,
    /// „ or ‚.
    pub low: bool,
    /// Two single marks that stand for a double one.
    pub pair: bool,
    /// The next mark of its family in the paragraph.
    pub next: Option<usize>,
    /// Of singles: a closing mark that is no possessive apostrophe comes before the next opening one.
    pub close_ahead: bool,
}

impl Mark {
    /// Whether it may as well be the apostrophe of a plural possessive or of a dropped g (the voters’ choice, goin’ home).
    pub fn is_possessive_like(&self) -> bool {
        self.before.is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z' | 'n'))
            && self.after.is_some_and(is_space)
            && self.context == Lean::Close
    }
}

/// The marks of `paragraph`, in order. O(n) in the paragraph.
pub(super) fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut marks = collect(text, paragraph);
    let mut edge = (None, paragraph.start);
    let mut leading = true;
    for mark in &mut marks {
        if mark.span.start != edge.1 {
            edge.0 = char_before(text, paragraph, mark.span.start);
            leading = false;
        }
        mark.before = edge.0;
        mark.leading = leading;
        edge.1 = mark.span.end;
    }
    let mut edge = (None, paragraph.end);
    for mark in marks.iter_mut().rev() {
        if mark.span.end != edge.1 {
            edge.0 = char_after(text, paragraph, mark.span.end);
        }
        mark.after = edge.0;
        edge.1 = mark.span.start;
        mark.context = context(mark.before, mark.after);
    }
    link(&mut marks);
    marks
}

fn collect(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before = None;
    let mut chars = paragraph.text(text).char_indices();
    while let Some((at, c)) = chars.next() {
        let here = Span::new(paragraph.start + at, paragraph.start + at + c.len_utf8());
        let rest = Span::new(here.end, paragraph.end).text(text);
        match run(c, before, rest) {
            Run::Two => {
                marks.push(pair(c, here.start));
                chars.next();
            }
            Run::Three if opens_before(before) => {
                marks.push(pair(c, here.start));
                marks.push(mark(Family::Single, glyph(c), Span::new(here.end + here.len(), here.end + 2 * here.len())));
                chars.nth(1);
            }
            Run::Three => {
                marks.push(mark(Family::Single, glyph(c), here));
                marks.push(pair(c, here.end));
                chars.nth(1);
            }
            Run::Other => marks.extend(lone(c, here, before, rest)),
        }
        before = Some(c);
    }
    marks
}

/// The mark that `c` may be by itself.
fn lone(c: char, span: Span, before: Option<char>, rest: &str) -> Option<Mark> {
    let family = family(c)?;
    if family == Family::Single && is_apostrophe(c, before, rest) {
        return None;
    }
    Some(Mark { low: matches!(c, '„' | '‚'), ..mark(family, glyph(c), span) })
}

fn pair(c: char, start: usize) -> Mark {
    Mark { pair: true, ..mark(Family::Double, glyph(c), Span::new(start, start + 2 * c.len_utf8())) }
}

fn mark(family: Family, glyph: Lean, span: Span) -> Mark {
    Mark {
        span,
        family,
        glyph,
        context: Lean::Either,
        before: None,
        after: None,
        leading: false,
        low: false,
        pair: false,
        next: None,
        close_ahead: false,
    }
}

fn family(c: char) -> Option<Family> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' | '〝' | '〞' => Some(Family::Double),
        '\'' | '‘' | '’' | '‚' | '‛' | '`' | '´' | '＇' => Some(Family::Single),
        '«' | '»' => Some(Family::Guillemet),
        '‹' | '›' => Some(Family::SingleGuillemet),
        '「' | '」' | '『' | '』' => Some(Family::Corner),
        _ => None,
    }
}

fn glyph(c: char) -> Lean {
    match c {
        '“' | '„' | '‟' | '‘' | '‚' | '‛' | '`' | '「' | '『' | '«' | '‹' | '〝' => Lean::Open,
        '”' | '’' | '´' | '」' | '』' | '»' | '›' | '〞' => Lean::Close,
        _ => Lean::Either,
    }
}

/// What a single mark begins: two of the same stand for a double mark, three for a double one around a single one.
enum Run {
    Two,
    Three,
    Other,
}

fn run(c: char, before: Option<char>, rest: &str) -> Run {
    if !matches!(c, '\'' | '`' | '‘' | '’') || before == Some(c) {
        return Run::Other;
    }
    let mut following = rest.chars();
    if c == '‘' && following.next() == Some('’') && following.next() != Some('’') && opens_before(before) {
        // ‘’go’’: both marks turned by a program that saw white space before the first only.
        return Run::Two;
    }
    match rest.chars().take(3).take_while(|&next| next == c).count() {
        1 => Run::Two,
        2 => Run::Three,
        _ => Run::Other,
    }
}

/// Whether a single mark between `before` and `rest` can only be an apostrophe.
fn is_apostrophe(c: char, before: Option<char>, rest: &str) -> bool {
    let after = rest.chars().next();
    let inside = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    let touches_left = before.is_some_and(|b| !opens_before(Some(b)) && family(b) != Some(Family::Single));
    let possessive = touches_left && {
        let mut rest = rest.chars();
        matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphanumeric)
    };
    inside || possessive || (!before.is_some_and(char::is_alphanumeric) && is_elided(c, rest))
}

/// Whether what follows a single mark is a word that lost its beginning: ’em, ’tis, ’90s, ’16.
fn is_elided(c: char, rest: &str) -> bool {
    const LONGEST: usize = 12;
    let length = rest.chars().take(LONGEST).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let word = rest.get(..length).unwrap_or("");
    let decade = word.strip_suffix('s').unwrap_or(word);
    let is_year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
    words::is_elision(word) || (is_year && (decade.len() < word.len() || c != '‘'))
}

fn char_before(text: &str, paragraph: Span, byte: usize) -> Option<char> {
    Span::new(paragraph.start, byte).text(text).chars().next_back()
}

fn char_after(text: &str, paragraph: Span, byte: usize) -> Option<char> {
    Span::new(byte, paragraph.end).text(text).chars().next()
}

fn context(before: Option<char>, after: Option<char>) -> Lean {
    match (opens_before(before), closes_after(after)) {
        (true, false) => Lean::Open,
        (false, true) => Lean::Close,
        _ => Lean::Either,
    }
}

fn opens_before(c: Option<char>) -> bool {
    c.is_none_or(|c| is_space(c) || is_dash(c) || matches!(c, '(' | '[' | '{' | '<' | '>' | '/' | '='))
}

fn closes_after(c: Option<char>) -> bool {
    let is_stop = |c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | ')' | ']' | '}' | '<' | '/');
    c.is_none_or(|c| is_space(c) || is_dash(c) || is_stop(c))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―')
}

/// Fills [`Mark::next`] and [`Mark::close_ahead`].
fn link(marks: &mut [Mark]) {
    let mut next: [Option<usize>; 5] = [None; 5];
    let mut close_ahead = false;
    for i in (0..marks.len()).rev() {
        let Some(mark) = marks.get_mut(i) else { continue };
        mark.next = next.get(mark.family as usize).copied().flatten();
        if mark.family == Family::Single {
            mark.close_ahead = close_ahead;
            close_ahead = mark.context == Lean::Close && (!mark.is_possessive_like() || close_ahead);
        }
        if let Some(slot) = next.get_mut(mark.family as usize) {
            *slot = Some(i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Lean)]) {
        let found: Vec<(&str, Lean)> =
            marks(text, Span::new(0, text.len())).iter().map(|mark| (mark.span.text(text), mark.context)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn surroundings_give_the_direction() {
        check("He said \"go\".", &[("\"", Lean::Open), ("\"", Lean::Close)]);
        check("(\"go\")—\"stay\"", &[("\"", Lean::Open), ("\"", Lean::Close), ("\"", Lean::Open), ("\"", Lean::Close)]);
        check("end.\"Bye", &[("\"", Lean::Either)]);
    }

    #[test]
    fn marks_in_a_run_share_their_surroundings() {
        check("\"'Go'\"", &[("\"", Lean::Open), ("'", Lean::Open), ("'", Lean::Close), ("\"", Lean::Close)]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check(
            "don’t O'Brien ’90s rock ’n’ 6'2 “Post”’s",
            &[("’", Lean::Close), ("“", Lean::Open), ("”", Lean::Either)],
        );
    }

    #[test]
    fn two_single_marks_are_one_double() {
        check("``go'' ''go''", &[("``", Lean::Open), ("''", Lean::Close), ("''", Lean::Open), ("''", Lean::Close)]);
        check("'''go'''", &[("''", Lean::Open), ("'", Lean::Open), ("'", Lean::Close), ("''", Lean::Close)]);
        check("''''", &[("'", Lean::Either), ("'", Lean::Either), ("'", Lean::Either), ("'", Lean::Either)]);
    }

    #[test]
    fn possessives_look_ahead() {
        let text = "‘the voters’ choice’";
        let found: Vec<bool> = marks(text, Span::new(0, text.len())).iter().map(|mark| mark.close_ahead).collect();
        assert_eq!(found, [true, true, false]);
    }
}
