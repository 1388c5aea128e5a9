//! What sort of page it is: only what can be told for sure.

use crate::found::PageKind;
use crate::page::main_text::Voted;
use crate::page::metadata::Metadata;
use crate::page::slim::Slim;

/// Words below which a text is no report.
const WORDS: usize = 40;
/// Bytes of text from which on a page has text of its own.
const OWN_TEXT: usize = 600;
/// Bytes of scripts that a page has whose text they make.
const SCRIPTS: usize = 5_000;
/// Bytes of a paragraph such as reports have.
const PARAGRAPH: usize = 200;
/// What titles of pages say that ask for consent.
const CONSENT: [&str; 6] = [
    "before you continue",
    "cookie consent",
    "cookie settings",
    "privacy settings",
    "we value your privacy",
    "your privacy choices",
];

/// What sort of page it is.
pub fn of(voted: &[Voted], slim: &Slim, said: &Metadata) -> PageKind {
    let words: usize = voted.iter().map(|voted| voted.block.text.split_whitespace().count()).sum();
    let letters: usize = voted.iter().map(|voted| voted.block.text.len()).sum();
    // Some languages set no spaces between words.
    let is_short = words < WORDS && letters < OWN_TEXT;
    let measure = slim.measure;
    let title = said.title.as_deref().unwrap_or_default().to_lowercase();
    let is_article = said.published.is_some()
        || slim.head.content("og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    let has_paragraph = voted.iter().any(|voted| voted.block.text.len() - voted.block.linked >= PARAGRAPH);
    if CONSENT.iter().any(|words| title.contains(words)) {
        PageKind::ConsentWall
    } else if said.is_paid {
        PageKind::Paywall
    } else if is_short && measure.text < OWN_TEXT && measure.scripts > SCRIPTS {
        PageKind::ScriptOnly
    } else if !is_article && !has_paragraph && measure.links >= 10 && measure.linked * 2 > measure.text {
        PageKind::Index
    } else if is_short {
        PageKind::TooShort
    } else {
        PageKind::Article
    }
}
