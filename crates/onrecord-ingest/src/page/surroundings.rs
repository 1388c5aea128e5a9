//! A slimmed page → its blocks, and which of them stand in furniture: navigation, links to other articles, appeals, readers' comments.
//!
//! This is the second reading of a page, our own: it knows where a block stands and what it is called, not how good a text it is. What an element is called
//! is not believed where it holds most text of the page: themes name whole articles after what is in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::page::blocks::{Block, Builder};
use crate::page::elements::{Kind, kind};
use crate::page::markup::{Markup, Piece, Tag};
use crate::page::vote::Reading;

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The block.
    pub block: Block,
    /// Whether it stands in furniture, is made of links, or starts as no text of an article does.
    pub is_furniture: bool,
    /// Whether it stands in what the page calls its article's body.
    pub in_body: bool,
}

/// A paragraph from so many bytes on counts as text of the page.
const PARAGRAPH: usize = 80;
/// The share of the main text from which on an element's weak name is not believed.
const WEAK: f64 = 0.3;
/// The same for a strong name.
const STRONG: f64 = 0.8;
/// A block longer than this is no stamp of a date.
const STAMP: usize = 90;
/// A block longer than this is no formula, however it starts.
const FORMULA: usize = 400;

/// The blocks of `body`, in order; it must be well nested, as [`super::slim`] makes it. `main` is what the other reading takes for the main text.
pub fn placed(body: &str, main: &Reading) -> Vec<Placed> {
    let mut walk = Walk::default();
    for piece in Markup::new(body) {
        match piece {
            Piece::Text(text) => walk.builder.written(text),
            Piece::Raw(_) => {}
            Piece::Start(tag) => walk.start(tag),
            Piece::End(name) => walk.end(name),
        }
    }
    walk.judged(main)
}

/// A way through the page that knows what it stands in.
#[derive(Default)]
struct Walk<'a> {
    builder: Builder,
    /// For each open element, the innermost one with a name around it, itself included.
    open: Vec<Option<usize>>,
    named: Vec<Named>,
    /// For each block, the innermost element with a name around it.
    places: Vec<Option<usize>>,
    /// What classes and ids say that were met before: the same come again and again.
    said: HashMap<&'a str, Option<Name>>,
}

/// An element whose name says what it holds.
struct Named {
    around: Option<usize>,
    name: Name,
    /// Bytes of main text in it.
    main: usize,
    /// Bytes of paragraphs in it.
    text: usize,
}

/// What a name says, from what yields to the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Body,
    Weak,
    Strong,
}

impl<'a> Walk<'a> {
    fn start(&mut self, tag: Tag<'a>) {
        self.builder.start(tag.name);
        let around = self.open.last().copied().flatten();
        self.places.resize(self.builder.blocks().len(), around);
        if kind(tag.name) != Kind::Void {
            let here = self.name(tag).map(|name| {
                self.named.push(Named { around, name, main: 0, text: 0 });
                self.named.len() - 1
            });
            self.open.push(here.or(around));
        }
    }

    /// What the name of the element says it holds, if it says anything. Furniture in the name of a body is furniture.
    fn name(&mut self, tag: Tag<'a>) -> Option<Name> {
        if ["aside", "footer", "nav"].iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            return Some(Name::Strong);
        }
        let by_tag = tag.name.eq_ignore_ascii_case("figcaption").then_some(Name::Weak);
        let by_attributes = tag.attributes().filter_map(|(attribute, value)| match attribute {
            "class" | "id" | "role" | "data-component" => *self.said.entry(value).or_insert_with(|| named(value)),
            "itemprop" => value.eq_ignore_ascii_case("articleBody").then_some(Name::Body),
            "hidden" => Some(Name::Strong),
            "aria-hidden" if value == "true" => Some(Name::Weak),
            "style" => Some(Name::Weak),
            _ => None,
        });
        by_attributes.chain(by_tag).max()
    }

    fn end(&mut self, name: &str) {
        self.builder.end(name);
        self.places.resize(self.builder.blocks().len(), self.open.last().copied().flatten());
        self.open.pop();
    }

    fn judged(self, main: &Reading) -> Vec<Placed> {
        let Walk { builder, mut named, mut places, .. } = self;
        let blocks = builder.finished();
        places.resize(blocks.len(), None);
        let mut all = 0;
        for (block, place) in blocks.iter().zip(&places) {
            let text = if block.text.len() - block.linked >= PARAGRAPH { block.text.len() } else { 0 };
            let in_main = if text > 0 && main.confirms(block) { text } else { 0 };
            all += in_main;
            let mut at = *place;
            while let Some(element) = at.and_then(|at| named.get_mut(at)) {
                element.main += in_main;
                element.text += text;
                at = element.around;
            }
        }
        let (furniture, body) = (furniture(&named, all), body_of(&named));
        let placed = blocks.into_iter().zip(places).map(|(block, place)| {
            let is_linked = block.linked * 10 > block.text.len() * 8;
            let stands = place.and_then(|at| furniture.get(at)).copied().unwrap_or(false);
            let in_body = body.is_some() && place.and_then(|at| body_around(&named, at)) == body;
            Placed { is_furniture: stands || is_linked || is_formula(&block.text), in_body, block }
        });
        placed.collect()
    }
}

/// For each named element, whether it or one around it is furniture.
fn furniture(named: &[Named], all: usize) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::with_capacity(named.len());
    for element in named {
        let around = element.around.is_some_and(|around| found.get(around).copied().unwrap_or(false));
        let share = element.main as f64 / all.max(1) as f64;
        found.push(
            around || element.name == Name::Weak && share < WEAK || element.name == Name::Strong && share < STRONG,
        );
    }
    found
}

/// The element that the page calls its article's body, if it is the only one with so much text.
fn body_of(named: &[Named]) -> Option<usize> {
    let bodies = || named.iter().enumerate().filter(|(_, element)| element.name == Name::Body);
    let (at, largest) = bodies().max_by_key(|(at, element)| (element.text, std::cmp::Reverse(*at)))?;
    let inner = |other: usize| {
        std::iter::successors(named.get(other)?.around, |&at| named.get(at)?.around).find(|&around| around == at)
    };
    let rivals =
        bodies().filter(|(other, element)| *other != at && element.text * 2 > largest.text && inner(*other).is_none());
    (rivals.count() == 0).then_some(at)
}

/// The outermost body around the element `at`.
fn body_around(named: &[Named], at: usize) -> Option<usize> {
    let around = std::iter::successors(Some(at), |&at| named.get(at)?.around);
    around.filter(|&at| named.get(at).is_some_and(|element| element.name == Name::Body)).last()
}

/// What a class, an id or the like says.
fn named(value: &str) -> Option<Name> {
    let value = value.to_ascii_lowercase();
    let is_there = |row: &&Row| if row.is_part { value.contains(row.name) } else { is_word_of(row.name, &value) };
    NAMES.iter().filter(is_there).map(|row| row.says).max()
}

fn is_word_of(word: &str, value: &str) -> bool {
    value.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word)
}

/// Whether the block starts as no text of an article does.
pub fn is_formula(text: &str) -> bool {
    if text.len() > FORMULA {
        return false;
    }
    let lower: String =
        text.chars().take(40).flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect();
    let has_digits = text.len() < STAMP && text.bytes().any(|b| b.is_ascii_digit()) && !text.ends_with('.');
    FORMULAS.iter().any(|&(words, matched)| match matched {
        "whole" => lower == words,
        "stamp" => has_digits && lower.starts_with(words),
        _ => lower.starts_with(words),
    })
}

struct Row {
    name: &'static str,
    is_part: bool,
    says: Name,
}

static NAMES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    crate::tables::rows(include_str!("../../tables/furniture.tsv"))
        .filter_map(|row| match row[..] {
            [name, matched, says, _] => {
                let says = match says {
                    "body" => Name::Body,
                    "weak" => Name::Weak,
                    _ => Name::Strong,
                };
                Some(Row { name, is_part: matched == "part", says })
            }
            _ => None,
        })
        .collect()
});

static FORMULAS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    crate::tables::rows(include_str!("../../tables/formulas.tsv"))
        .filter_map(|row| match row[..] {
            [words, matched, _] => Some((words, matched)),
            _ => None,
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::{is_formula, placed};
    use crate::page::blocks::blocks;
    use crate::page::vote::Reading;

    fn kept(body: &str) -> Vec<String> {
        placed(body, &Reading::of(&blocks(REPORT)))
            .into_iter()
            .filter(|placed| !placed.is_furniture)
            .map(|placed| placed.block.text)
            .collect()
    }

    const REPORT: &str = "<p>The dam above the town held through the night, the mayor said on Friday, but the river was still rising.</p>";

    #[test]
    fn what_stands_in_furniture_is_no_text() {
        let body = format!(
            "<nav>Home</nav><div class=\"story related-links\"><p>Who pays for dams?</p></div>{REPORT}<p><a href=\"/x\">River towns</a></p>"
        );
        assert_eq!(kept(&body).len(), 1);
        assert_eq!(kept("<p class=\"load\">Loads were dropped.</p>"), ["Loads were dropped."]);
    }

    #[test]
    fn an_article_called_after_what_is_in_it_is_an_article() {
        assert_eq!(kept(&format!("<article class=\"has-comments-open\">{REPORT}{REPORT}</article>")).len(), 2);
        assert_eq!(kept(&format!("<div class=\"promo\">{REPORT}</div>{REPORT}")).len(), 2);
    }

    #[test]
    fn formulas_are_told_by_their_start() {
        for text in [
            "Read more: Who pays?",
            "RELATED",
            "Don’t miss our podcast",
            "(Reporting by Jane Doe; editing by Kit Moss)",
        ] {
            assert!(is_formula(text), "{text}");
        }
        for text in ["Related parties were told to leave.", "Moreover, the dam held.", "She signed up."] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn tables_are_sorted() {
        for table in [include_str!("../../tables/furniture.tsv"), include_str!("../../tables/formulas.tsv")] {
            let names: Vec<&str> = crate::tables::rows(table).map(|row| row[0]).collect();
            assert!(names.is_sorted_by(|a, b| a < b));
        }
    }
}
