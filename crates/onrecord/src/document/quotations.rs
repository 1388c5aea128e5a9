//! Marks → quotations, matched over the whole document.
//!
//! Reads the marks of each paragraph; produces [`Quotation`]s, properly nested, in order. A paragraph never begins inside a quotation
//! without an opening mark of its own. Marks of a family pair whatever their shape (”go“, “go"), for people mistype them. What finds no
//! partner: a single mark was an apostrophe, a closing mark is nobody's, and an opening double mark opens up to the paragraph's end.

use super::marks::{self, Family, Lean, Mark};
use super::span::Span;

/// Quotations are followed to this depth; deeper opening marks belong to nobody.
pub const MAX_DEPTH: usize = 8;

/// Words between quotation marks, within one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quotation {
    /// The opening mark.
    pub open: Span,
    /// The closing mark; none if it is missing, or if the quotation runs on into the next paragraph.
    pub close: Option<Span>,
    /// From mark to mark, both included; to the end of the paragraph without a closing mark.
    pub span: Span,
    /// The index of the innermost quotation around this one; it is smaller than this one's own.
    pub parent: Option<usize>,
    /// The index of the quotation in the paragraph before that this one carries on.
    pub continues: Option<usize>,
    /// The kind of its marks.
    pub style: MarkStyle,
}

impl Quotation {
    /// What stands between the marks.
    pub fn inner(&self) -> Span {
        Span::new(self.open.end, self.close.map_or(self.span.end, |close| close.start))
    }
}

/// The kind of the opening mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkStyle {
    /// “…”, "…", ``…'', ''…''.
    Double,
    /// ‘…’, '…'.
    Single,
    /// «…», »…«, ‹…›.
    Guillemet,
    /// „…“, ‚…‘.
    LowHigh,
    /// 「…」, 『…』.
    Corner,
}

/// The quotations of `text`, in the order of their opening marks. O(n) in the text.
pub(super) fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut unclosed: Vec<(usize, Family)> = Vec::new();
    let mut current = paragraphs.first().map(|&paragraph| marks::marks(text, paragraph)).unwrap_or_default();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(i + 1).map(|&paragraph| marks::marks(text, paragraph)).unwrap_or_default();
        let pairs = pair_up(&current, &leading_families(&next));
        unclosed = append(&mut found, &current, &pairs, paragraph.end, &unclosed);
        current = next;
    }
    found
}

/// The families of the marks that a paragraph begins with, as far as quotations are followed.
fn leading_families(marks: &[Mark]) -> Vec<Family> {
    let opening = marks.iter().take_while(|mark| mark.leading && mark.after.is_some()).take(MAX_DEPTH);
    opening.map(|mark| mark.family).collect()
}

/// Adds the pairs of a paragraph to the quotations of the document; returns those left open, outermost first.
fn append(
    found: &mut Vec<Quotation>,
    marks: &[Mark],
    pairs: &[Pair],
    paragraph_end: usize,
    unclosed_before: &[(usize, Family)],
) -> Vec<(usize, Family)> {
    let mut unclosed = Vec::new();
    let mut carried = unclosed_before.iter();
    let mut index_of: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let parent = pair.parent.and_then(|parent| index_of.get(parent).copied().flatten());
        let Some(open) = marks.get(pair.open).filter(|_| pair.fate != Fate::Dropped) else {
            index_of.push(parent);
            continue;
        };
        let index = found.len();
        index_of.push(Some(index));
        if pair.fate == Fate::Open {
            unclosed.push((index, open.family));
        }
        let continues = if open.leading { carried.find(|&&(_, family)| family == open.family) } else { None };
        let end = pair.close.map_or(paragraph_end, |close| close.end);
        found.push(Quotation {
            open: open.span,
            close: pair.close,
            span: Span::new(open.span.start, end),
            parent,
            continues: continues.map(|&(index, _)| index),
            style: style(open),
        });
    }
    unclosed
}

fn style(open: &Mark) -> MarkStyle {
    match open.family {
        _ if open.low => MarkStyle::LowHigh,
        Family::Double => MarkStyle::Double,
        Family::Single => MarkStyle::Single,
        Family::Guillemet | Family::SingleGuillemet => MarkStyle::Guillemet,
        Family::Corner => MarkStyle::Corner,
    }
}

/// An opening mark of a paragraph and what became of it.
#[derive(Debug, Clone, Copy)]
struct Pair {
    /// Index of the opening mark.
    open: usize,
    close: Option<Span>,
    /// Index of the pair it was opened in, dropped ones included.
    parent: Option<usize>,
    fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Closed,
    /// The mark was none.
    Dropped,
}

/// Whether the surroundings of straight marks are heeded, or they open and close by turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Straight {
    ByContext,
    ByTurns,
}

/// Pairs the marks of one paragraph, given the families of the marks that the next one begins with.
///
/// Where the surroundings of straight marks leave a quotation open that the next paragraph does not carry on, and reading them by turns
/// leaves none open at the price of no more contradictions than it mends, a space was mistyped: they are read by turns.
fn pair_up(marks: &[Mark], next_leading: &[Family]) -> Vec<Pair> {
    let mut first = Pairing::run(marks, Straight::ByContext, next_leading);
    let unclosed = first.unclosed_doubles();
    if unclosed > 0 && !next_leading.contains(&Family::Double) {
        let second = Pairing::run(marks, Straight::ByTurns, next_leading);
        if second.unclosed_doubles() == 0 && second.contradictions <= unclosed {
            first = second;
        }
    }
    first.pairs
}

enum Act {
    Open,
    Close,
    Stray,
}

/// The marks of one paragraph, read from left to right.
struct Pairing<'m> {
    marks: &'m [Mark],
    straight: Straight,
    pairs: Vec<Pair>,
    /// Indices of the pairs open now, outermost first.
    stack: Vec<usize>,
    /// How many of each family are open.
    open: [usize; 5],
    /// Straight marks that were read against their surroundings.
    contradictions: usize,
}

impl<'m> Pairing<'m> {
    fn run(marks: &'m [Mark], straight: Straight, next_leading: &[Family]) -> Pairing<'m> {
        let mut pairing =
            Pairing { marks, straight, pairs: Vec::new(), stack: Vec::new(), open: [0; 5], contradictions: 0 };
        for (i, mark) in marks.iter().enumerate() {
            match pairing.act(mark) {
                Act::Open => pairing.open(i, mark),
                Act::Close => pairing.close(mark),
                Act::Stray => {}
            }
        }
        pairing.drop_apostrophes(next_leading);
        pairing
    }

    fn unclosed_doubles(&self) -> usize {
        let open = self.pairs.iter().filter(|pair| pair.fate == Fate::Open);
        open.filter(|pair| self.marks.get(pair.open).is_some_and(|mark| mark.family == Family::Double)).count()
    }

    fn is_open(&self, family: Family) -> bool {
        self.depth(family) > 0
    }

    fn depth(&self, family: Family) -> usize {
        self.open.get(family as usize).copied().unwrap_or(0)
    }

    /// The opening mark of the innermost open quotation.
    fn innermost(&self) -> Option<&'m Mark> {
        let pair = self.stack.last().and_then(|&pair| self.pairs.get(pair))?;
        self.marks.get(pair.open)
    }

    fn act(&mut self, mark: &Mark) -> Act {
        match mark.family {
            Family::Double => self.double(mark),
            Family::Single => self.single(mark),
            Family::Guillemet | Family::SingleGuillemet => self.guillemet(mark),
            Family::Corner if mark.glyph == Lean::Open => Act::Open,
            Family::Corner => self.close_if_open(mark),
        }
    }

    fn close_if_open(&self, mark: &Mark) -> Act {
        if self.is_open(mark.family) { Act::Close } else { Act::Stray }
    }

    fn double(&mut self, mark: &Mark) -> Act {
        let inside = self.is_open(Family::Double);
        match mark.glyph {
            Lean::Open if inside && (mark.context == Lean::Close || self.is_spaced_close(mark)) => Act::Close,
            Lean::Open if mark.context == Lean::Close => Act::Stray,
            Lean::Open => Act::Open,
            Lean::Close if self.is_inches(mark) => Act::Stray,
            Lean::Close if inside || self.closes_singles(mark) => Act::Close,
            Lean::Close if mark.context == Lean::Open && mark.next.is_some() => Act::Open,
            Lean::Close if mark.context == Lean::Either && self.next_closes(mark) => Act::Open,
            Lean::Close => Act::Stray,
            Lean::Either if self.straight == Straight::ByTurns => self.by_turns(mark, inside),
            Lean::Either => match mark.context {
                Lean::Close if self.closes_singles(mark) => Act::Close,
                Lean::Close if !inside || self.is_inches(mark) => Act::Stray,
                Lean::Close => Act::Close,
                Lean::Either if inside => Act::Close,
                Lean::Either | Lean::Open => Act::Open,
            },
        }
    }

    fn by_turns(&mut self, mark: &Mark, inside: bool) -> Act {
        let against = if inside { Lean::Open } else { Lean::Close };
        self.contradictions += usize::from(mark.context == against);
        if inside { Act::Close } else { Act::Open }
    }

    /// “ with white space on both sides while a quotation is open.
    fn is_spaced_close(&self, mark: &Mark) -> bool {
        mark.context == Lean::Either
            && mark.before.is_some_and(char::is_whitespace)
            && mark.after.is_none_or(char::is_whitespace)
    }

    /// Whether a pair of single marks closes a single quotation, for want of a double one.
    fn closes_singles(&self, mark: &Mark) -> bool {
        mark.pair
            && mark.context != Lean::Open
            && !self.is_open(Family::Double)
            && self.innermost().is_some_and(|open| open.family == Family::Single)
    }

    /// The mark of `a 5" pipe` within a quotation: after a digit, and the next mark closes as well.
    fn is_inches(&self, mark: &Mark) -> bool {
        mark.before.is_some_and(|c| c.is_ascii_digit()) && self.depth(Family::Double) == 1 && self.next_closes(mark)
    }

    fn next_closes(&self, mark: &Mark) -> bool {
        let next = mark.next.and_then(|next| self.marks.get(next));
        next.is_some_and(|next| {
            next.context == Lean::Close || (next.context == Lean::Either && next.glyph == Lean::Close)
        })
    }

    fn single(&mut self, mark: &Mark) -> Act {
        let innermost = self.innermost().filter(|open| open.family == Family::Single);
        match (mark.context, innermost) {
            (Lean::Open, Some(_)) if mark.glyph == Lean::Close => Act::Stray,
            (Lean::Open, Some(open)) => {
                if !open.leading {
                    self.drop_innermost();
                }
                Act::Open
            }
            (Lean::Open, None) if mark.glyph == Lean::Close && !self.closes_soon(mark) => Act::Stray,
            (Lean::Open, None) => Act::Open,
            (_, Some(_)) if mark.is_possessive_like() && mark.close_ahead => Act::Stray,
            (_, Some(_)) => Act::Close,
            (Lean::Either, None) if mark.glyph == Lean::Open => Act::Open,
            (Lean::Either, None) if mark.glyph == Lean::Either && mark.close_ahead && is_before_word(mark) => Act::Open,
            (_, None) => Act::Stray,
        }
    }

    /// A ’ that seems to open is an apostrophe (’bama) unless a mark that closes stands near.
    fn closes_soon(&self, mark: &Mark) -> bool {
        const NEAR: usize = 300;
        let next = mark.next.and_then(|next| self.marks.get(next));
        next.is_some_and(|next| {
            next.context == Lean::Close && !next.is_possessive_like() && next.span.start - mark.span.end < NEAR
        })
    }

    fn guillemet(&mut self, mark: &Mark) -> Act {
        let innermost = self.innermost().filter(|open| open.family == mark.family);
        match innermost {
            Some(open) if open.glyph != mark.glyph || mark.context == Lean::Close => Act::Close,
            Some(_) => Act::Open,
            None if self.is_open(mark.family) && mark.context != Lean::Open => Act::Close,
            None if mark.context == Lean::Open => Act::Open,
            None if mark.glyph == Lean::Open && mark.context == Lean::Either => Act::Open,
            None => Act::Stray,
        }
    }

    fn open(&mut self, index: usize, mark: &Mark) {
        if self.stack.len() >= MAX_DEPTH {
            return;
        }
        let parent = self.stack.last().copied();
        self.stack.push(self.pairs.len());
        self.pairs.push(Pair { open: index, close: None, parent, fate: Fate::Open });
        if let Some(open) = self.open.get_mut(mark.family as usize) {
            *open += 1;
        }
    }

    /// Closes the innermost quotation of the family of `mark`; marks left open within it were none.
    fn close(&mut self, mark: &Mark) {
        let family = if self.closes_singles(mark) { Family::Single } else { mark.family };
        while self.innermost().is_some_and(|open| open.family != family) {
            self.drop_innermost();
        }
        self.settle_innermost(Fate::Closed, Some(mark.span));
    }

    fn drop_innermost(&mut self) {
        self.settle_innermost(Fate::Dropped, None);
    }

    fn settle_innermost(&mut self, fate: Fate, close: Option<Span>) {
        let family = self.innermost().map(|open| open.family);
        let Some(pair) = self.stack.pop().and_then(|pair| self.pairs.get_mut(pair)) else { return };
        pair.fate = fate;
        pair.close = close;
        if let Some(open) = family.and_then(|family| self.open.get_mut(family as usize)) {
            *open = open.saturating_sub(1);
        }
    }

    /// At the end of the paragraph: single marks still open were apostrophes or letters (‘Arab), unless the next paragraph opens with
    /// one that carries them on. A double mark still open right before another was typed twice.
    fn drop_apostrophes(&mut self, next_leading: &[Family]) {
        let mut carried = next_leading.iter();
        for &at in &self.stack {
            let Some(mark) = self.pairs.get(at).and_then(|pair| self.marks.get(pair.open)) else { continue };
            let runs_on = carried.any(|&family| family == mark.family);
            let is_plain = mark.glyph == Lean::Open || (mark.leading && mark.glyph != Lean::Close);
            let stays = match mark.family {
                Family::Single => is_plain && runs_on,
                _ => runs_on || !self.is_typed_twice(at, mark),
            };
            if let Some(pair) = self.pairs.get_mut(at).filter(|_| !stays) {
                pair.fate = Fate::Dropped;
            }
        }
    }

    fn is_typed_twice(&self, pair: usize, mark: &Mark) -> bool {
        let next = self.pairs.get(pair + 1).filter(|next| next.fate == Fate::Closed);
        let next = next.and_then(|next| self.marks.get(next.open));
        next.is_some_and(|next| next.family == mark.family && next.span.start == mark.span.end)
    }
}

fn is_before_word(mark: &Mark) -> bool {
    mark.after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
#[path = "quotations_tests.rs"]
mod tests;
