//! A plain text → an article. The text is kept exactly as it stands once its encoding is undone.

use onrecord::Article;

use crate::found::{Hints, Page, PageKind, Reason, Refusal, Rung};
use crate::limits::Limits;
use crate::page::within;
use crate::{encoding, language};

/// Reads a plain text in any encoding.
///
/// # Errors
/// A [`Refusal`] if it is over one of `limits`, blank, or holds a NUL: no text does.
pub fn text(bytes: &[u8], hints: &Hints, limits: &Limits) -> Result<Page, Refusal> {
    within(bytes, limits)?;
    let (text, encoding) = encoding::decode(bytes, hints);
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Err(Refusal::new(Reason::Unsupported, format!("not text: byte {at} is NUL")));
    }
    of(text.into_owned(), Some(encoding.name()), hints, limits)
}

/// The page of a text that has been read.
pub fn of(text: String, encoding: Option<&'static str>, hints: &Hints, limits: &Limits) -> Result<Page, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(Reason::NoText, "there is no text"));
    }
    if text.chars().count() > limits.text_chars {
        return Err(Refusal::new(
            Reason::TooLarge,
            format!("the text is longer than {} characters", limits.text_chars),
        ));
    }
    let language = language::of(&text, None);
    Ok(Page {
        article: Article { text, url: hints.url.clone(), language: Some(language.clone()), ..Article::default() },
        canonical_url: None,
        bylines: Vec::new(),
        modified_at: None,
        language,
        published_rung: None::<Rung>,
        disputed: Vec::new(),
        encoding,
        kind: PageKind::Article,
    })
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::found::{Hints, Reason};
    use crate::limits::Limits;

    #[test]
    fn a_text_is_kept_as_it_stands() {
        let page = text(b"caf\xe9\r\n\r\n  \x93closed\x94 ", &Hints::default(), &Limits::default()).unwrap();
        assert_eq!((page.article.text.as_str(), page.encoding), ("café\r\n\r\n  “closed” ", Some("windows-1252")));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let reason = |bytes: &[u8]| text(bytes, &Hints::default(), &Limits::default()).unwrap_err().reason;
        assert_eq!(reason(b" \n"), Reason::NoText);
        assert_eq!(reason(b"a\0b"), Reason::Unsupported);
        let limits = Limits { text_chars: 3, ..Limits::default() };
        assert_eq!(text("äöüß".as_bytes(), &Hints::default(), &limits).unwrap_err().reason, Reason::TooLarge);
    }
}
