//! The articles that records were made from, for `onrecord check` to hold them against.

use std::collections::HashMap;
use std::path::Path;

use crate::audit::{hash_in, hash_of};
use crate::failure::Failure;
use crate::input::{Input, Job};

/// The originals of a set of records. Of a JSONL file only ids, hashes and lengths are held.
#[derive(Debug)]
pub enum Originals {
    /// The one text that every record was made from.
    One(String),
    /// Articles by their id; by their hash, where the input gave none.
    Many(HashMap<String, Print>),
}

/// What is kept of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Print {
    hash: String,
    chars: usize,
}

impl Originals {
    /// Reads a text file, or a JSONL file of articles. Lines that are no articles are left out: their records are error records.
    ///
    /// # Errors
    /// The file cannot be read, or is one article that cannot be.
    pub fn open(path: &Path) -> Result<Originals, Failure> {
        let mut many = HashMap::new();
        for Job { label, id, article, .. } in Input::new(path, None).jobs(None) {
            let is_line = label != Input::new(path, None).label();
            match article {
                Ok(article) if !is_line => return Ok(Originals::One(article.text)),
                Err(failure) if !is_line => return Err(failure),
                Ok(article) => {
                    let print = Print { hash: hash_of(&article.text), chars: article.text.chars().count() };
                    many.insert(id.unwrap_or_else(|| print.hash.clone()), print);
                }
                Err(_) => {}
            }
        }
        Ok(Originals::Many(many))
    }

    /// How `text`, of the record `id`, differs from its original; `None` if it does not.
    pub fn difference(&self, id: &str, text: &str) -> Option<String> {
        match self {
            Originals::One(original) if original == text => None,
            Originals::One(original) => {
                let same = original.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
                Some(format!("the text is not the article's: they part at character {same}"))
            }
            Originals::Many(prints) => {
                let Some(print) = prints.get(id).or_else(|| prints.get(hash_in(id)?)) else {
                    return Some("no article has this id".to_owned());
                };
                let chars = text.chars().count();
                (print.hash != hash_of(text)).then(|| {
                    format!(
                        "the text is not the article's: {chars} characters in the record, {} in the article",
                        print.chars
                    )
                })
            }
        }
    }

    /// Whether the articles gave `id` themselves, so that it need not be the hash of the text even if it looks like one.
    pub fn gave(&self, id: &str) -> bool {
        matches!(self, Originals::Many(prints) if prints.get(id).is_some_and(|print| print.hash != id))
    }
}
