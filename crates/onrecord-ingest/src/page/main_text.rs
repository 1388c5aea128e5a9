//! A slimmed page → its main text, as blocks.
//!
//! Two readings vote on each block. One is Mozilla's Readability, which weighs how much text stands where; the other is our own, which knows what the places
//! are called ([`super::surroundings`]). They err differently: what both keep is the article far more often than what either keeps. Readability is not
//! trusted with the page itself: it gets it slimmed, within limits and well nested, and a panic of its costs one reading, not the program.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::page::blocks::{Block, blocks};
use crate::page::slim::Slim;
use crate::page::surroundings::{Placed, placed};
use crate::page::vote::Reading;

/// A block of the main text, and whether only one of the readings has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voted {
    /// The block.
    pub block: Block,
    /// Whether only one of the readings has it.
    pub is_disputed: bool,
}

/// Bytes of text from which on an article's body, marked as such, is believed against the other reading.
const BODY: usize = 400;

/// The main text of the page. What one reading alone has is left out as long as something remains; else it is marked.
pub fn main_text(slim: &Slim) -> Vec<Voted> {
    let first = readability(slim);
    let theirs = Reading::of(&first);
    let second: Vec<Placed> = placed(&slim.body, &theirs).into_iter().filter(|placed| !placed.is_furniture).collect();
    if let Some(body) = missed_body(&second, &theirs) {
        return body;
    }
    let disputed = |block: Block| Voted { block, is_disputed: true };
    if first.is_empty() {
        return second.into_iter().map(|placed| disputed(placed.block)).collect();
    }
    let ours: Vec<Block> = second.into_iter().map(|placed| placed.block).collect();
    let ours = Reading::of(&ours);
    if first.iter().any(|block| ours.confirms(block)) {
        first
            .into_iter()
            .filter(|block| ours.confirms(block))
            .map(|block| Voted { block, is_disputed: false })
            .collect()
    } else {
        first.into_iter().map(disputed).collect()
    }
}

/// What the page marks as its article's body, where Readability took something else for the text.
fn missed_body(second: &[Placed], theirs: &Reading) -> Option<Vec<Voted>> {
    let body = || second.iter().filter(|placed| placed.in_body).map(|placed| &placed.block);
    let all: usize = body().map(|block| block.text.len()).sum();
    let confirmed: usize = body().filter(|block| theirs.confirms(block)).map(|block| block.text.len()).sum();
    let is_missed = all >= BODY && confirmed * 5 < all;
    is_missed
        .then(|| body().map(|block| Voted { is_disputed: !theirs.confirms(block), block: block.clone() }).collect())
}

/// The blocks that Readability keeps; none if it panics.
fn readability(slim: &Slim) -> Vec<Block> {
    let page = document(slim);
    let read = || {
        let mut parser = libreadability::Parser::new();
        parser.disable_jsonld = true;
        parser.parse(&page, None).map(|article| blocks(&article.content)).unwrap_or_default()
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_default()
}

/// The page as Readability gets it. The author is given lest it look for one and take an article that is called after its author for a byline.
fn document(slim: &Slim) -> String {
    let (class, id) = slim.head.body;
    let title = slim.head.title.unwrap_or_default();
    let [class, id] = [class, id].map(|value| value.replace('"', "&quot;"));
    format!(
        "<!DOCTYPE html><html><head><meta name=\"author\" content=\"-\"><title>{title}</title></head><body class=\"{class}\" id=\"{id}\">{}</body></html>",
        slim.body
    )
}
