//! Tokens → atoms: what numbers are put together from. "22-year-old" is 22, year and old; "13.6M" is 13.6 and M.

use super::words::{NumberWord, number_word};
use crate::document::{Document, Span};

/// What stands between two neighbouring atoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mentions) enum Gap {
    /// "13.6" and "M".
    Nothing,
    Hyphen,
    Space,
    /// A line ends, or the text.
    Break,
}

/// A stretch of digits, letters, or anything else.
#[derive(Debug)]
pub(in crate::mentions) struct Atom {
    pub span: Span,
    /// The token that it is part of.
    pub token: Span,
    pub kind: AtomKind,
}

#[derive(Debug)]
pub(in crate::mentions) enum AtomKind {
    Digits(f64),
    /// "½", "3/4".
    Fraction(f64),
    /// A word, with its row if it is a number word.
    Word(Option<&'static NumberWord>),
    Other,
}

/// The atoms of a document.
pub(in crate::mentions) struct Atoms<'d> {
    pub text: &'d str,
    atoms: Vec<Atom>,
}

impl<'d> Atoms<'d> {
    pub(in crate::mentions) fn new(document: &'d Document) -> Atoms<'d> {
        let mut atoms = Atoms { text: document.text(), atoms: Vec::with_capacity(document.tokens().len()) };
        for token in document.tokens() {
            atoms.take(token.span);
        }
        atoms
    }

    pub(in crate::mentions) fn len(&self) -> usize {
        self.atoms.len()
    }

    pub(in crate::mentions) fn get(&self, at: usize) -> Option<&Atom> {
        self.atoms.get(at)
    }

    /// The atom's words, empty past the end.
    pub(in crate::mentions) fn words(&self, at: usize) -> &'d str {
        self.get(at).map_or("", |atom| atom.span.text(self.text))
    }

    /// Whether the atom is this word, in any case.
    pub(in crate::mentions) fn is(&self, at: usize, word: &str) -> bool {
        self.words(at).eq_ignore_ascii_case(word)
    }

    /// The first atom that ends behind `byte`. O(log n).
    pub(in crate::mentions) fn at(&self, byte: usize) -> usize {
        self.atoms.partition_point(|atom| atom.span.end <= byte)
    }

    /// The row of the atom, if it is a number word.
    pub(super) fn number_word(&self, at: usize) -> Option<&'static NumberWord> {
        match self.get(at)?.kind {
            AtomKind::Word(row) => row,
            _ => None,
        }
    }

    /// Whether a number may begin with the atom.
    pub(in crate::mentions) fn is_number(&self, at: usize) -> bool {
        match self.get(at).map(|atom| &atom.kind) {
            Some(AtomKind::Digits(_) | AtomKind::Fraction(_)) => true,
            Some(AtomKind::Word(row)) => row.is_some_and(NumberWord::counts),
            _ => false,
        }
    }

    /// What stands between the atom `at` and the next.
    pub(in crate::mentions) fn gap(&self, at: usize) -> Gap {
        let (Some(left), Some(right)) = (self.get(at), self.get(at + 1)) else { return Gap::Break };
        match Span::new(left.span.end, right.span.start).text(self.text) {
            "" => Gap::Nothing,
            gap if gap.contains(['\n', '\r', '\u{2028}', '\u{2029}']) => Gap::Break,
            gap if gap.trim().is_empty() => Gap::Space,
            _ => Gap::Hyphen,
        }
    }

    /// Whether the next atom follows with a space or a hyphen.
    pub(in crate::mentions) fn leads_on(&self, at: usize) -> bool {
        matches!(self.gap(at), Gap::Space | Gap::Hyphen)
    }

    fn take(&mut self, token: Span) {
        let word = token.text(self.text);
        let is_address =
            word.starts_with(['@', '#']) || word.starts_with("www.") || word.contains("://") || word.contains('@');
        if is_address || !word.chars().any(char::is_alphanumeric) {
            self.atoms.push(Atom { span: token, token, kind: AtomKind::Other });
            return;
        }
        let mut start = token.start;
        for piece in word.split(is_hyphen) {
            self.take_piece(Span::new(start, start + piece.len()), token);
            let hyphen = self.text.get(start + piece.len()..).and_then(|rest| rest.chars().next());
            start += piece.len() + hyphen.map_or(0, char::len_utf8);
        }
    }

    /// A part of a token between hyphens: runs of digits and of other characters.
    fn take_piece(&mut self, piece: Span, token: Span) {
        let words = piece.text(self.text);
        if words.is_empty() {
            return;
        }
        let whole = if words.contains(['/', ':']) {
            Some(fraction(words).map_or(AtomKind::Other, AtomKind::Fraction))
        } else {
            None
        };
        if let Some(kind) = whole.or_else(|| vulgar(words).map(AtomKind::Fraction)) {
            self.atoms.push(Atom { span: piece, token, kind });
            return;
        }
        let mut start = piece.start;
        while start < piece.end {
            let rest = Span::new(start, piece.end).text(self.text);
            let digits = digits_length(rest);
            let length =
                if digits > 0 { digits } else { rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()) };
            let span = Span::new(start, start + length);
            let kind = match (digits > 0, span.text(self.text)) {
                (true, run) => value_of_digits(run).map_or(AtomKind::Other, AtomKind::Digits),
                (false, run) => AtomKind::Word(number_word(run)),
            };
            self.atoms.push(Atom { span, token, kind });
            start = span.end;
        }
    }
}

pub(in crate::mentions) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// The narrow space that does not break: Unicode has no word boundary there, so 1 000 is one token with it.
const NARROW_SPACE: char = '\u{202f}';

/// How many bytes of digits, with stops, commas and narrow spaces between digits, `text` starts with.
fn digits_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_followed = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !(c.is_ascii_digit() || at > 0 && matches!(c, '.' | ',' | NARROW_SPACE) && is_followed) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The value of digits with separators; none for 1.2.3, 12.05.2022 and what has more digits than any count.
fn value_of_digits(digits: &str) -> Option<f64> {
    if digits.len() > 32 {
        return None;
    }
    if digits.contains(NARROW_SPACE) {
        return is_grouped(digits, NARROW_SPACE).then(|| digits.replace(NARROW_SPACE, "").parse().ok()).flatten();
    }
    let groups: Vec<&str> = digits.split(',').collect();
    let (whole, decimals) = match groups.last()?.split_once('.') {
        Some((_, decimals)) if !decimals.contains('.') => (digits.strip_suffix(decimals)?.strip_suffix('.')?, decimals),
        Some(_) if groups.len() == 1 && is_grouped(digits, '.') => return digits.replace('.', "").parse().ok(),
        Some(_) => return None,
        None => (digits, ""),
    };
    if let [first, rest] = groups.as_slice()
        && rest.len() < 3
        && decimals.is_empty()
    {
        return format!("{first}.{rest}").parse().ok();
    }
    let is_whole = groups.len() == 1 || is_grouped(whole, ',');
    is_whole.then(|| format!("{}.{decimals}0", whole.replace(',', "")).parse().ok()).flatten()
}

/// Groups of three behind the first; in South Asia of two, and three at the end.
fn is_grouped(whole: &str, separator: char) -> bool {
    let groups: Vec<usize> = whole.split(separator).map(str::len).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return false };
    (1..=3).contains(first)
        && *last == 3
        && (middle.iter().all(|&n| n == 3) || *first < 3 && middle.iter().all(|&n| n == 2))
}

/// The value of "3/4"; none for 24/7, 9/11 and dates.
fn fraction(words: &str) -> Option<f64> {
    let (above, below) = words.split_once('/')?;
    let (above, below): (u32, u32) = (above.parse().ok()?, below.parse().ok()?);
    let is_usual = matches!(below, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 32 | 64);
    (is_usual && 0 < above && above < below).then(|| f64::from(above) / f64::from(below))
}

/// The value of "½".
fn vulgar(words: &str) -> Option<f64> {
    let mut chars = words.chars();
    let value = match chars.next()? {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅕' => 1.0 / 5.0,
        '⅖' => 2.0 / 5.0,
        '⅗' => 3.0 / 5.0,
        '⅘' => 4.0 / 5.0,
        '⅙' => 1.0 / 6.0,
        '⅚' => 5.0 / 6.0,
        '⅛' => 1.0 / 8.0,
        '⅜' => 3.0 / 8.0,
        '⅝' => 5.0 / 8.0,
        '⅞' => 7.0 / 8.0,
        _ => return None,
    };
    chars.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_group_thousands_or_part_decimals() {
        assert_eq!(value_of_digits("1,000"), Some(1000.0));
        assert_eq!(value_of_digits("27,349.19"), Some(27349.19));
        assert_eq!(value_of_digits("1,00,000"), Some(100_000.0));
        assert_eq!(value_of_digits("1.250.000"), Some(1_250_000.0));
        assert_eq!(value_of_digits("2,5"), Some(2.5));
        assert_eq!(value_of_digits("12.05.2022"), None);
        assert_eq!(value_of_digits("1,0000"), None);
    }

    #[test]
    fn only_usual_fractions() {
        assert_eq!(fraction("3/4"), Some(0.75));
        assert_eq!(fraction("24/7"), None);
        assert_eq!(fraction("4/3"), None);
    }
}
