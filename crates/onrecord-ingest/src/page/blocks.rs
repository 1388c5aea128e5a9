//! Markup → blocks of text: paragraphs, headings, items of lists, in the order of the page.
//!
//! A block starts where an element starts or ends a line of its own, or at two line breaks. Within a block white space is one space, a single line break
//! is a line end. Words of neighbouring blocks are never run together, and no text is composed: what is in a block stood there in the page.

use crate::page::elements::{Kind, kind};
use crate::page::markup::{Markup, Piece};
use crate::page::references::resolve;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, or text that stands in no other.
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, never blank.
    pub text: String,
    /// How many bytes of it are in links.
    pub linked: usize,
}

/// The blocks of `markup`, which holds no scripts.
pub fn blocks(markup: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    let mut raw = false;
    for piece in Markup::new(markup) {
        match piece {
            Piece::Text(text) => builder.written(text),
            Piece::Start(tag) => {
                raw = kind(tag.name) == Kind::Silent;
                builder.start(tag.name);
            }
            Piece::End(name) => builder.end(name),
            Piece::Raw(text) if !raw => builder.text(text),
            Piece::Raw(_) => {}
        }
    }
    builder.finished()
}

/// The text of `markup` on one line.
pub fn plain(markup: &str) -> String {
    let texts: Vec<String> = blocks(markup).into_iter().map(|block| block.text.replace('\n', " ")).collect();
    texts.join(" ")
}

/// Builds blocks from the pieces of markup.
#[derive(Debug, Default)]
pub struct Builder {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    links: usize,
    preformatted: usize,
    /// White space came, which becomes one space before the next word.
    gap: Gap,
    kinds: Vec<BlockKind>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Blank,
}

impl Builder {
    /// The blocks that are finished.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// All blocks.
    pub fn finished(mut self) -> Vec<Block> {
        self.finish();
        self.blocks
    }

    /// Takes text as it is written, character references unresolved.
    pub fn written(&mut self, text: &str) {
        self.text(&resolve(text));
    }

    /// Takes the start of an element.
    pub fn start(&mut self, name: &str) {
        let kind = kind(name);
        if name.eq_ignore_ascii_case("br") {
            let next = if self.gap >= Gap::Line { Gap::Blank } else { Gap::Line };
            self.gap = self.gap.max(next);
            return;
        }
        if kind.is_block() || name.eq_ignore_ascii_case("hr") {
            self.finish();
        }
        match kind {
            Kind::Heading => self.kinds.push(BlockKind::Heading),
            Kind::Item => self.kinds.push(BlockKind::Item),
            Kind::Cell => self.kinds.push(BlockKind::Cell),
            Kind::Link => self.links += 1,
            Kind::Preformatted => self.preformatted += 1,
            _ => {}
        }
    }

    /// Takes the end of an element.
    pub fn end(&mut self, name: &str) {
        let kind = kind(name);
        if kind.is_block() {
            self.finish();
        }
        match kind {
            Kind::Heading | Kind::Item | Kind::Cell => _ = self.kinds.pop(),
            Kind::Link => self.links = self.links.saturating_sub(1),
            Kind::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' if self.preformatted > 0 => {
                    self.gap = if self.gap == Gap::Line && c == '\n' { Gap::Blank } else { self.gap.max(Gap::Line) };
                }
                c if c.is_whitespace() => self.gap = self.gap.max(Gap::Space),
                // What cannot be seen and joins nothing: soft hyphens, zero-width spaces, marks of byte order, controls.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                c if c.is_control() => {}
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        match self.gap {
            Gap::Blank => self.finish(),
            Gap::Line if !self.text.is_empty() => self.text.push('\n'),
            Gap::Space if !self.text.is_empty() => self.text.push(' '),
            _ => {}
        }
        self.gap = Gap::None;
        self.text.push(c);
        if self.links > 0 {
            self.linked += c.len_utf8();
        }
    }

    fn finish(&mut self) {
        self.gap = Gap::None;
        let linked = std::mem::take(&mut self.linked);
        if self.text.is_empty() {
            return;
        }
        let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
        self.blocks.push(Block { kind, text: std::mem::take(&mut self.text), linked });
    }
}

#[cfg(test)]
mod tests {
    use super::{blocks, plain};

    fn texts(markup: &str) -> Vec<String> {
        blocks(markup).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn blocks_are_never_glued_and_inline_elements_never_split() {
        assert_eq!(
            texts("<h2>Dam</h2>It <b>h</b>eld.<p>She  said\n so.<ul><li>One<li>Two</ul>"),
            ["Dam", "It held.", "She said so.", "One", "Two"]
        );
        assert_eq!(texts("<div>a<span> b </span>c</div><div>d</div>"), ["a b c", "d"]);
    }

    #[test]
    fn two_line_breaks_part_blocks_and_one_ends_a_line() {
        assert_eq!(texts("one<br>two<br><br>three<br> <br>four"), ["one\ntwo", "three", "four"]);
        assert_eq!(texts("<pre>a  b\nc\n\nd</pre>"), ["a b\nc", "d"]);
    }

    #[test]
    fn what_cannot_be_seen_is_no_text() {
        assert_eq!(texts("<p>\u{200b}</p><p>sus\u{ad}pend&nbsp;it&#0;</p><script>x</script>"), ["suspend it\u{fffd}"]);
        assert_eq!(plain("By <a href=x>Jane<br>Doe</a>"), "By Jane Doe");
    }
}
