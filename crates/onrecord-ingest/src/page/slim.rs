//! A page → the same page without what bears no text: the gate before any tree is built.
//!
//! One pass over the bytes, linear in them whatever they are. It refuses what is over a limit, closes what authors left open, and keeps of the markup what
//! tells text from furniture: structure, classes and ids, addresses of links. Scripts, styles, drawings, forms' parts and letter faces go, so that the
//! extractors behind it build a tree of a fifth of the page, well nested. On the way it notes what the head says.

use std::ops::Range;

use crate::found::{Reason, Refusal};
use crate::limits::Limits;
use crate::page::elements::{Kind, kind};
use crate::page::head::Head;
use crate::page::markup::{Markup, Piece, Tag};

/// A page without what bears no text.
#[derive(Debug)]
pub struct Slim<'a> {
    /// The body, well nested: no `<html>`, no `<head>`.
    pub body: String,
    /// What the head and the marks of the body say.
    pub head: Head<'a>,
    /// How much text there is.
    pub measure: Measure,
}

/// How much text a page has, and what sort. In bytes without white space around.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// All of it.
    pub text: usize,
    /// Within links.
    pub linked: usize,
    /// Links.
    pub links: usize,
    /// Scripts, in bytes.
    pub scripts: usize,
}

/// Slims `page`.
///
/// # Errors
/// A [`Refusal`] if it is over one of `limits`: nesting, attributes, elements, or bytes of markup that stay.
pub fn slim<'a>(page: &'a str, limits: &Limits) -> Result<Slim<'a>, Refusal> {
    let mut slimmer = Slimmer {
        out: String::with_capacity(page.len().min(limits.markup_bytes) / 4),
        head: Head::default(),
        measure: Measure::default(),
        stack: Vec::new(),
        silent: 0,
        preformatted: 0,
        links: 0,
        elements: 0,
        steps: 0,
        limits,
    };
    let mut raw_of = "";
    for piece in Markup::new(page) {
        match piece {
            Piece::Text(text) => slimmer.text(text),
            Piece::Start(tag) => {
                raw_of = tag.name;
                slimmer.start(tag)?;
            }
            Piece::End(name) => slimmer.end(name),
            Piece::Raw(text) => slimmer.raw(raw_of, text),
        }
        if slimmer.out.len() > limits.markup_bytes {
            let message = format!("the page has more than {} bytes of text and structure", limits.markup_bytes);
            return Err(Refusal::new(Reason::TooLarge, message));
        }
    }
    slimmer.close_to(0);
    Ok(Slim { body: slimmer.out, head: slimmer.head, measure: slimmer.measure })
}

/// How many open elements a link that ends across blocks may reopen.
const REOPENED: usize = 8;
/// How many open elements all end tags together may look at.
const STEPS: usize = 40_000_000;
/// Of a class, an id or an address, what is kept.
const VALUE: usize = 400;

struct Slimmer<'a, 'l> {
    out: String,
    head: Head<'a>,
    measure: Measure,
    stack: Vec<Open<'a>>,
    silent: usize,
    preformatted: usize,
    links: usize,
    elements: usize,
    steps: usize,
    limits: &'l Limits,
}

/// An element that is open.
#[derive(Debug, Clone)]
struct Open<'a> {
    name: &'a str,
    kind: Kind,
    /// Its start tag in the output; empty where it has none.
    tag: Range<usize>,
    /// Whether its text is wanted: a byline, a heading.
    wanted: bool,
}

impl<'a> Slimmer<'a, '_> {
    fn start(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        self.elements += 1;
        if self.elements > self.limits.elements {
            let message = format!("the page has more than {} elements", self.limits.elements);
            return Err(Refusal::new(Reason::TooLarge, message));
        }
        if tag.attributes().nth(self.limits.attributes).is_some() {
            let message = format!("an element has more than {} attributes", self.limits.attributes);
            return Err(Refusal::new(Reason::TooManyAttributes, message));
        }
        let kind = kind(tag.name);
        if self.silent > 0 {
            self.break_out(kind);
        }
        if self.silent == 0 {
            self.head.start(tag, kind);
            self.close_before(kind, tag.name);
        }
        match kind {
            Kind::Transparent | Kind::Bare => {}
            Kind::Frame => self.head.frame(tag),
            Kind::Void if self.silent > 0 => {}
            Kind::Void => _ = self.write_tag(tag),
            _ => self.open(tag, kind)?,
        }
        Ok(())
    }

    fn open(&mut self, tag: Tag<'a>, kind: Kind) -> Result<(), Refusal> {
        if self.silent > 0 && tag.is_self_closing() {
            return Ok(());
        }
        if self.stack.len() >= self.limits.nesting {
            let message = format!("elements are nested more than {} deep", self.limits.nesting);
            return Err(Refusal::new(Reason::TooDeep, message));
        }
        self.silent += usize::from(kind == Kind::Silent);
        let written = if self.silent > 0 { 0..0 } else { self.write_tag(tag) };
        if self.silent == 0 {
            self.preformatted += usize::from(kind == Kind::Preformatted);
            self.links += usize::from(kind == Kind::Link);
            self.measure.links += usize::from(kind == Kind::Link);
            if kind == Kind::Quotation {
                self.out.push('“');
            }
        }
        let wanted = self.silent == 0 && self.head.wants(tag);
        self.stack.push(Open { name: tag.name, kind, tag: written, wanted });
        Ok(())
    }

    /// Elements of the text end a drawing or a list of choices that was left open.
    fn break_out(&mut self, kind: Kind) {
        if !kind.closes_paragraph() {
            return;
        }
        let outer = self.stack.iter().position(|open| open.kind == Kind::Silent);
        if let Some(at) = outer
            && self
                .stack
                .get(at)
                .is_some_and(|open| ["svg", "math", "select"].iter().any(|name| open.name.eq_ignore_ascii_case(name)))
        {
            self.close_to(at);
        }
    }

    /// Closes what the start of such an element closes.
    fn close_before(&mut self, kind: Kind, name: &str) {
        if kind.closes_paragraph() || name.eq_ignore_ascii_case("hr") {
            self.close_open(&[Kind::Paragraph], &[Kind::Cell, Kind::Table]);
        }
        match kind {
            Kind::Heading if self.stack.last().is_some_and(|open| open.kind == Kind::Heading) => {
                self.close_to(self.stack.len() - 1);
            }
            Kind::Item => self.close_open(&[Kind::Item], &[Kind::Block, Kind::Table, Kind::Cell]),
            Kind::Definition => self.close_open(&[Kind::Definition], &[Kind::Block, Kind::Table, Kind::Cell]),
            Kind::Cell => self.close_open(&[Kind::Cell], &[Kind::Table]),
            Kind::Row => self.close_outermost(&[Kind::Cell, Kind::Row]),
            Kind::RowGroup => self.close_outermost(&[Kind::Cell, Kind::Row, Kind::RowGroup]),
            Kind::Link if self.links > 0 => self.end("a"),
            _ => {}
        }
    }

    /// Closes the innermost open element of `kinds` that no element of `bounds` hides.
    fn close_open(&mut self, kinds: &[Kind], bounds: &[Kind]) {
        let found = self.stack.iter().rposition(|open| kinds.contains(&open.kind) || is_bound(open, bounds));
        if let Some(at) = found
            && self.stack.get(at).is_some_and(|open| kinds.contains(&open.kind))
        {
            self.close_to(at);
        }
    }

    /// Closes the outermost open element of `kinds` within the innermost table.
    fn close_outermost(&mut self, kinds: &[Kind]) {
        let table = self.stack.iter().rposition(|open| open.kind == Kind::Table).map_or(0, |at| at + 1);
        let inside = self.stack.get(table..).unwrap_or_default();
        if let Some(at) = inside.iter().position(|open| kinds.contains(&open.kind)) {
            self.close_to(table + at);
        }
    }

    fn end(&mut self, name: &str) {
        let kind = kind(name);
        if name.eq_ignore_ascii_case("br") && self.silent == 0 {
            self.out.push_str("<br>");
        }
        let Some(at) = self.opened(name, kind) else { return };
        let above = self.stack.get(at + 1..).unwrap_or_default();
        let blocks: Vec<Open> = above.iter().filter(|open| open.kind.is_block()).cloned().collect();
        if !blocks.is_empty() && matches!(kind, Kind::Inline | Kind::Quotation) {
            return;
        }
        if blocks.is_empty() || kind != Kind::Link {
            self.close_to(at);
        } else if blocks.len() <= REOPENED {
            // As browsers do: the link ends here, the blocks in it go on.
            self.close_to(at);
            blocks.into_iter().for_each(|open| self.reopen(open));
        }
    }

    /// Where the element that an end tag of `name` ends was opened.
    fn opened(&mut self, name: &str, kind: Kind) -> Option<usize> {
        let bound = match kind {
            Kind::Cell | Kind::Row | Kind::RowGroup => Kind::Table,
            Kind::Table => Kind::Frame,
            _ => Kind::Cell,
        };
        if matches!(kind, Kind::Transparent | Kind::Bare | Kind::Void | Kind::Frame) || self.steps > STEPS {
            return None;
        }
        let from_top = self.stack.iter().rev().position(|open| {
            open.name.eq_ignore_ascii_case(name)
                || kind == Kind::Heading && open.kind == Kind::Heading
                || open.kind == bound
        });
        self.steps += from_top.unwrap_or(self.stack.len());
        let at = self.stack.len() - 1 - from_top?;
        self.stack.get(at).filter(|open| open.kind != bound || open.name.eq_ignore_ascii_case(name)).map(|_| at)
    }

    fn reopen(&mut self, open: Open<'a>) {
        let start = self.out.len();
        self.out.extend_from_within(open.tag.clone());
        self.preformatted += usize::from(open.kind == Kind::Preformatted);
        self.stack.push(Open { tag: start..self.out.len(), wanted: false, ..open });
    }

    /// Closes the open elements from `depth` on.
    fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(open) = self.stack.pop() else { return };
            if self.silent > 0 {
                self.silent -= usize::from(open.kind == Kind::Silent);
                continue;
            }
            self.preformatted -= usize::from(open.kind == Kind::Preformatted);
            self.links -= usize::from(open.kind == Kind::Link);
            if open.wanted {
                self.head.take(open.name, self.out.get(open.tag.clone()), self.out.get(open.tag.end..));
            }
            if open.kind == Kind::Quotation {
                self.out.push('”');
            }
            self.out.push_str("</");
            push_lower(&mut self.out, open.name);
            self.out.push('>');
        }
    }

    /// Writes the start tag with the attributes that are kept; returns its place.
    fn write_tag(&mut self, tag: Tag<'a>) -> Range<usize> {
        let start = self.out.len();
        self.out.push('<');
        push_lower(&mut self.out, tag.name);
        let mut seen = [false; KEPT.len()];
        for (name, value) in tag.attributes() {
            let Some(at) = KEPT.iter().position(|kept| kept.eq_ignore_ascii_case(name)) else { continue };
            let kept = KEPT.get(at).copied().unwrap_or_default();
            if kept == "style" && !hides(value) || seen.get(at).is_none_or(|seen| *seen) {
                continue;
            }
            if let Some(seen) = seen.get_mut(at) {
                *seen = true;
            }
            self.out.push(' ');
            self.out.push_str(kept);
            self.out.push_str("=\"");
            push_value(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
        start..self.out.len()
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        // What is over the limit is refused by the caller; it is not copied first.
        let mut end = text.len().min(self.limits.markup_bytes + 1);
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let text = text.get(..end).unwrap_or_default();
        let length = text.trim_ascii().len();
        self.measure.text += length;
        if self.links > 0 {
            self.measure.linked += length;
        }
        if self.preformatted > 0 {
            push_text(&mut self.out, text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let white = rest.len() - rest.trim_ascii_start().len();
            if white > 0 && !self.out.ends_with(' ') {
                self.out.push(' ');
            }
            rest = rest.get(white..).unwrap_or_default();
            let word = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
            push_text(&mut self.out, rest.get(..word).unwrap_or_default());
            rest = rest.get(word..).unwrap_or_default();
        }
    }

    fn raw(&mut self, name: &str, text: &'a str) {
        if name.eq_ignore_ascii_case("script") {
            self.measure.scripts += text.len();
        }
        // Within the element itself `silent` is one.
        if self.silent <= 1 {
            self.head.raw(name, text);
        }
    }
}

fn is_bound(open: &Open, bounds: &[Kind]) -> bool {
    // A division holds list items together as little as a paragraph does.
    bounds.contains(&open.kind) && !["div", "address"].iter().any(|name| open.name.eq_ignore_ascii_case(name))
}

/// The attributes that tell text from furniture.
const KEPT: [&str; 12] = [
    "class",
    "id",
    "href",
    "itemprop",
    "itemtype",
    "rel",
    "role",
    "hidden",
    "aria-hidden",
    "style",
    "data-component",
    "src",
];

fn hides(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.contains("none") || style.contains("hidden")
}

fn push_lower(out: &mut String, name: &str) {
    out.extend(name.chars().filter(|&c| c != '\0').map(|c| c.to_ascii_lowercase()));
}

fn push_value(out: &mut String, value: &str) {
    let mut end = value.len().min(VALUE);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    for c in value.get(..end).unwrap_or_default().chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '\0' => {}
            c => out.push(c),
        }
    }
}

/// Text in which `<` is no tag; references stay as they are.
fn push_text(out: &mut String, text: &str) {
    for (at, part) in text.split('<').enumerate() {
        if at > 0 {
            out.push_str("&lt;");
        }
        // A NUL is no character of a page, and makes a note in the parser behind.
        out.extend(part.split('\0'));
    }
}

#[cfg(test)]
mod tests {
    use super::slim;
    use crate::found::Reason;
    use crate::limits::Limits;

    fn body(page: &str) -> String {
        slim(page, &Limits::default()).unwrap().body
    }

    #[test]
    fn scripts_styles_and_drawings_go_and_their_neighbours_stay() {
        assert_eq!(body("<p>a<script>b</script>c<style>d</style><svg><path d=x /><text>e</text></svg>f"), "<p>acf</p>");
        assert_eq!(body("<p style='color:red' onclick=x class=lead data-x=y>a<b>b</b>"), "<p class=\"lead\">ab</p>");
        assert_eq!(body("<div style='display: none'>a</div>"), "<div style=\"display: none\">a</div>");
    }

    #[test]
    fn what_authors_left_open_is_closed_where_browsers_close_it() {
        assert_eq!(body("<p>a<p>b<div>c</p>d"), "<p>a</p><p>b</p><div>cd</div>");
        assert_eq!(
            body("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"),
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"
        );
        assert_eq!(
            body("<table><tr><td>a<td>b<tr><td>c</table>d"),
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d"
        );
        assert_eq!(body("<div><span>a</div>b</span>"), "<div><span>a</span></div>b");
        assert_eq!(body("<a href=x>a<a href=y>b"), "<a href=\"x\">a</a><a href=\"y\">b</a>");
    }

    #[test]
    fn a_link_ends_where_it_ends_though_blocks_in_it_go_on() {
        assert_eq!(
            body("<a href=x><div class=y>a</a>b</div>"),
            "<a href=\"x\"><div class=\"y\">a</div></a><div class=\"y\">b</div>"
        );
    }

    #[test]
    fn quotation_marks_that_browsers_set_are_set() {
        assert_eq!(body("She said <q>it <b>held</b></q>."), "She said <q>“it held”</q>.");
    }

    #[test]
    fn signs_that_are_no_tags_are_text() {
        assert_eq!(body("<p title='\"'>1 < 2 &amp; <3"), "<p>1 &lt; 2 &amp; &lt;3</p>");
        assert_eq!(body("<p class='a\"b'>x"), "<p class=\"a&quot;b\">x</p>");
    }

    #[test]
    fn what_is_over_a_limit_is_refused() {
        let refused = |page: &str, limits: Limits| slim(page, &limits).unwrap_err().reason;
        let limits = || Limits { nesting: 2, attributes: 2, elements: 4, ..Limits::default() };
        assert_eq!(refused("<div><div><div>", limits()), Reason::TooDeep);
        assert_eq!(refused("<p a b c>", limits()), Reason::TooManyAttributes);
        assert_eq!(refused("<p><p><p><p><p>", limits()), Reason::TooLarge);
        assert_eq!(refused("<p>some words", Limits { markup_bytes: 5, ..Limits::default() }), Reason::TooLarge);
    }
}
