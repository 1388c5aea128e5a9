//! What an element is to a page without scripts and pictures: whether it stays, and what its start closes.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its tags go, what it holds stays: letters set bold, and the like.
    Transparent,
    /// It goes with all that it holds.
    Silent,
    /// It has no content and goes: the page is read from it, at most.
    Bare,
    /// It has no content and stays: a line break, a picture, a rule, a field of a form, for these tell what is around them.
    Void,
    /// `html`, `head`, `body`: written anew.
    Frame,
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A list item.
    Item,
    /// A term of a list of definitions, or its definition.
    Definition,
    /// A table.
    Table,
    /// Rows of a table together.
    RowGroup,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A link.
    Link,
    /// Words between quotation marks that the browser sets.
    Quotation,
    /// Text with its white space.
    Preformatted,
    /// Any other element that starts on a line of its own.
    Block,
    /// Any other element, known or not.
    Inline,
}

impl Kind {
    /// Whether a browser closes an open paragraph before it.
    pub fn closes_paragraph(self) -> bool {
        use Kind::{Block, Definition, Heading, Item, Paragraph, Preformatted, Table};
        matches!(self, Paragraph | Heading | Item | Definition | Table | Preformatted | Block)
    }

    /// Whether its text stands on lines of its own.
    pub fn is_block(self) -> bool {
        use Kind::{Cell, Row, RowGroup};
        self.closes_paragraph() || matches!(self, Row | RowGroup | Cell)
    }
}

/// What the element of that name is, `name` in any case.
pub fn kind(name: &str) -> Kind {
    let mut lower = [0; 16];
    let Some(lower) = lower.get_mut(..name.len()) else { return Kind::Inline };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"a" => Kind::Link,
        b"p" => Kind::Paragraph,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Kind::Heading,
        b"li" => Kind::Item,
        b"dt" | b"dd" => Kind::Definition,
        b"table" => Kind::Table,
        b"tbody" | b"thead" | b"tfoot" => Kind::RowGroup,
        b"tr" => Kind::Row,
        b"td" | b"th" | b"caption" => Kind::Cell,
        b"q" => Kind::Quotation,
        b"pre" | b"listing" => Kind::Preformatted,
        b"br" | b"hr" | b"img" | b"input" => Kind::Void,
        b"html" | b"head" | b"body" => Kind::Frame,
        b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"cite" | b"dfn" | b"em" | b"font" | b"i" | b"ins"
        | b"kbd" | b"mark" | b"nobr" | b"rb" | b"ruby" | b"s" | b"samp" | b"small" | b"strike" | b"strong" | b"sub"
        | b"sup" | b"tt" | b"u" | b"var" => Kind::Transparent,
        b"audio" | b"canvas" | b"datalist" | b"iframe" | b"map" | b"math" | b"noembed" | b"noframes" | b"noscript"
        | b"object" | b"rp" | b"rt" | b"script" | b"select" | b"style" | b"svg" | b"template" | b"textarea"
        | b"title" | b"video" | b"xmp" => Kind::Silent,
        b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"colgroup" | b"embed" | b"frame" | b"image"
        | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => Kind::Bare,
        b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dialog" | b"dir" | b"div"
        | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"header" | b"hgroup" | b"main"
        | b"menu" | b"nav" | b"ol" | b"search" | b"section" | b"summary" | b"ul" => Kind::Block,
        _ => Kind::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(kind("ARTICLE"), Kind::Block);
        assert_eq!(kind("Script"), Kind::Silent);
        assert_eq!(kind("amp-carousel"), Kind::Inline);
        assert_eq!(kind("a-name-longer-than-any-known"), Kind::Inline);
        assert_eq!(kind(""), Kind::Inline);
    }
}
