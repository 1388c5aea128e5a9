//! Markdown → an article: the words without the signs, in blocks joined by blank lines.
//!
//! The first heading of the first rank, where it opens the text, is the title. A head of `key: value` lines between `---` gives title, date and author.
//! Code and pictures bear no text of an article; HTML in it is read as a page's.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::found::{Hints, Page, Reason, Refusal, Rung};
use crate::limits::Limits;
use crate::page::{blocks, bylines, dates, within};
use crate::{encoding, plain};

/// Reads a text in Markdown (CommonMark).
///
/// # Errors
/// A [`Refusal`] if it is over one of `limits` or has no text.
pub fn markdown(bytes: &[u8], hints: &Hints, limits: &Limits) -> Result<Page, Refusal> {
    within(bytes, limits)?;
    let (source, encoding) = encoding::decode(bytes, hints);
    let (front, body) = front_matter(&source);
    let field =
        |names: &[&str]| front.iter().find(|(key, _)| names.contains(&key.as_str())).map(|(_, value)| value.clone());
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, Options::empty()) {
        reader.take(event);
        if reader.depth > limits.nesting {
            return Err(Refusal::new(
                Reason::TooDeep,
                format!("elements are nested more than {} deep", limits.nesting),
            ));
        }
    }
    reader.finish();
    let mut page = plain::of(reader.blocks.join("\n\n"), Some(encoding.name()), hints, limits)?;
    page.article.title = field(&["title"]).or(reader.title);
    page.article.published_at = field(&["date", "published", "publishdate"]).and_then(|date| dates::iso(&date));
    page.published_rung = page.article.published_at.as_ref().map(|_| Rung::Header);
    page.article.bylines =
        bylines::read(&field(&["author", "authors", "byline"]).into_iter().collect::<Vec<_>>(), &[], &[], None);
    page.bylines.clone_from(&page.article.bylines);
    Ok(page)
}

/// The fields of a head between two lines of `---`, keys in lower case, and what comes behind it.
fn front_matter(source: &str) -> (Vec<(String, String)>, &str) {
    let whole = || (Vec::new(), source);
    let Some(rest) = source.strip_prefix("---\n").or_else(|| source.strip_prefix("---\r\n")) else { return whole() };
    let Some(end) = rest.find("\n---") else { return whole() };
    let (head, body) = rest.split_at(end);
    let body = body.get(4..).unwrap_or_default();
    let fields = head.lines().filter_map(|line| line.split_once(':')).map(|(key, value)| {
        let value = value.trim().trim_matches(['"', '\'', '[', ']']).to_owned();
        (key.trim().to_ascii_lowercase(), value)
    });
    (fields.filter(|(_, value)| !value.is_empty()).collect(), body)
}

#[derive(Default)]
struct Reader {
    blocks: Vec<String>,
    text: String,
    html: String,
    title: Option<String>,
    /// Of code and pictures.
    silent: usize,
    depth: usize,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.silent == 0 => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) if html.starts_with("<br") => self.text.push('\n'),
            Event::Rule => self.finish(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        self.depth += 1;
        if is_inline(&tag.to_end()) {
            self.silent += usize::from(matches!(tag, Tag::Image { .. }));
            return;
        }
        self.finish();
        self.silent += usize::from(matches!(tag, Tag::CodeBlock(_)));
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth -= 1;
        match tag {
            TagEnd::Image | TagEnd::CodeBlock => self.silent -= 1,
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.blocks.extend(blocks::blocks(&html).into_iter().map(|block| block.text));
            }
            TagEnd::Heading(pulldown_cmark::HeadingLevel::H1) if self.title.is_none() && self.blocks.is_empty() => {
                self.title = Some(std::mem::take(&mut self.text).trim().to_owned()).filter(|title| !title.is_empty());
            }
            _ => {}
        }
        if !is_inline(&tag) {
            self.finish();
        }
    }

    fn finish(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            self.blocks.push(text.to_owned());
        }
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Subscript
            | TagEnd::Superscript
    )
}

#[cfg(test)]
mod tests {
    use super::markdown;
    use crate::found::{Hints, Page};
    use crate::limits::Limits;

    fn read(source: &str) -> Page {
        markdown(source.as_bytes(), &Hints::default(), &Limits::default()).unwrap()
    }

    #[test]
    fn the_words_without_the_signs() {
        let page = read(
            "# Dam *holds*\n\nThe dam [held](https://example.org), she\nsaid: **\"It held.\"**\n\n- One\n- Two ![a map](x.png)\n\n> Quoted  \n> line\n\n```\ncode\n```\n",
        );
        assert_eq!(page.article.title.as_deref(), Some("Dam holds"));
        assert_eq!(page.article.text, "The dam held, she said: \"It held.\"\n\nOne\n\nTwo\n\nQuoted\nline");
    }

    #[test]
    fn the_head_gives_title_date_and_author() {
        let page = read("---\ntitle: \"Dam: it held\"\ndate: 2024-05-01\nauthor: Jane Doe\n---\nThe dam held.\n");
        assert_eq!(page.article.title.as_deref(), Some("Dam: it held"));
        assert_eq!(page.article.published_at.as_deref(), Some("2024-05-01"));
        assert_eq!((page.bylines, page.article.text.as_str()), (vec!["Jane Doe".to_owned()], "The dam held."));
    }

    #[test]
    fn html_in_it_is_read() {
        assert_eq!(
            read("One<br>two\n\n<div><p>Three</p><p>Four</p></div>\n").article.text,
            "One\ntwo\n\nThree\n\nFour"
        );
    }
}
