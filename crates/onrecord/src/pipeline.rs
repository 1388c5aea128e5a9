//! `read`: the calls in order, nothing else.

use crate::document::Document;
use crate::record::{self, Record};

/// What a reader is given of one article. Only the text is read; the rest is passed through to the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The text, kept exactly as it came.
    pub text: String,
    /// The id given by the input; without one the record carries the SHA-256 of the text.
    pub id: Option<String>,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline, where it is not part of the text.
    pub title: Option<String>,
    /// ISO 8601 date or date-time of publication.
    pub published_at: Option<String>,
}

/// Why a [`Reader`] could not be made.
#[derive(Debug)]
pub struct LoadError(pub(crate) String);

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LoadError {}

/// The engine with its model loaded; made once, used for any number of articles and from several threads.
#[derive(Debug, Clone)]
pub struct Reader {}

impl Reader {
    /// Loads the model that is built into the program.
    ///
    /// # Errors
    /// [`LoadError`] if the built-in weights cannot be read, which means a broken build.
    pub fn new() -> Result<Reader, LoadError> {
        Ok(Reader {})
    }

    /// Reads one article. Never fails: of a text that is no article it finds less.
    pub fn read(&self, article: &Article) -> Record {
        let document = Document::new(article.text.clone());
        record::write(article, &document)
    }
}
