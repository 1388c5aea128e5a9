//! `read`: the calls in order, nothing else.

use std::sync::Arc;

use crate::document::{Document, Span};
use crate::encoder::{ReaderModel, Worker};
use crate::mentions::{self, Collector};
use crate::record::{self, Record};
use crate::relations::{self, Finder};
use crate::resolution;

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
    /// The words that stand in its place where they are no ISO 8601 date: "Dec. 19, 2016, 9:43 p.m.". A day that they tell is taken for the date.
    pub published_as: Option<String>,
    /// Where `published_at` came from.
    pub published_at_basis: DateBasis,
    /// Those who signed it.
    pub bylines: Vec<String>,
    /// BCP 47 tag of the language of the text; without one it is taken for English. A text in another language is recorded and not analysed.
    pub language: Option<String>,
}

impl Article {
    /// Whether the engine reads its language: English, or one that could not be told (`und`).
    pub fn is_readable(&self) -> bool {
        let primary = self.language.as_deref().map(|tag| tag.split('-').next().unwrap_or(tag));
        primary.is_none_or(|primary| ["en", "eng", "und", ""].iter().any(|known| known.eq_ignore_ascii_case(primary)))
    }
}

/// Where the date of publication of an [`Article`] came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateBasis {
    /// The user, or the data that the text came with.
    #[default]
    Given,
    /// The web page that the text stood in.
    Page,
}

impl DateBasis {
    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            DateBasis::Given => "given",
            DateBasis::Page => "page",
        }
    }
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

/// The engine with its model loaded. A clone shares the weights and computes on a thread of its own: make one for each thread that reads.
#[derive(Debug, Clone)]
pub struct Reader {
    finder: Finder,
    model: Arc<str>,
}

impl Reader {
    /// Loads the model that is built into the program: some 60 ms.
    ///
    /// # Errors
    /// [`LoadError`] if the built-in weights cannot be read, which means a broken build.
    pub fn new() -> Result<Reader, LoadError> {
        let model = ReaderModel::load().map_err(|fault| LoadError(fault.0))?;
        let finder = Finder::new(Worker::new(Arc::new(model)));
        // Networks that run on one text run on any: what could fail does so here.
        let found =
            finder.find(&Document::new("“Yes,” she said."), &mut |_, _| {}).map_err(|fault| LoadError(fault.0))?;
        if found.statements.is_empty() {
            return Err(LoadError("the reader model finds nothing in a sentence that says something".to_owned()));
        }
        Ok(Reader { finder, model: ReaderModel::hash().into() })
    }

    /// The same reader, but it keeps every statement and event from this confidence on, 0 to 1. At 0 it also keeps the triggers of events that a rule takes
    /// for no event of their own; `because` tells which.
    pub fn with_least_confidence(mut self, least: f64) -> Reader {
        self.finder.least = Some(least);
        self
    }

    /// Reads one article. Never fails: of a text that is no article it finds less. Of one in another language than English it finds nothing: the record
    /// holds its text, its paragraphs and its language.
    ///
    /// # Panics
    /// If the networks that [`Reader::new`] tried out do not run: a broken build.
    pub fn read(&self, article: &Article) -> Record {
        let document = Document::new(article.text.clone());
        let told = || article.published_as.as_deref().and_then(resolution::day_told);
        let published_at = article.published_at.clone().or_else(told);
        if !article.is_readable() {
            return record::write_unread(article, &document, published_at.as_deref(), &self.model);
        }
        let mut collector = Collector::default();
        let read = self.finder.find(&document, &mut |window, vectors| collector.take(&document, window, vectors));
        let relations::Findings { mut statements, events } = match read {
            Ok(found) => found,
            // An empty record would mislead: this is a broken build, not an article that says nothing.
            Err(fault) => panic!("the reader model does not run: {}", fault.0),
        };
        let mentions = collector.mentions();
        let numerals = mentions::numerals(&document);
        let expressions = mentions::times(&document, &numerals);
        let whens: Vec<Span> = expressions.iter().filter(|time| time.tells_when()).map(|time| time.span).collect();
        relations::add_circumstances(&document, &mentions, &whens, &mut statements);
        let resolved = resolution::resolve(&document, &mentions, &statements, &events);

        let dates = resolution::dates(&document, &expressions, published_at.as_deref());
        let places = resolution::places(&document, &mentions, &statements, &resolved, article.outlet.as_deref());
        let taken: Vec<Span> = expressions.iter().map(|expression| expression.span).collect();
        let quantities = mentions::quantities(&document, &numerals, &taken);

        let surroundings = resolution::Surroundings {
            statements: &statements,
            dates: &dates,
            places: &places,
            quantities: &quantities,
        };
        let happenings = resolution::happenings(&document, &events, &resolved, &surroundings);

        let found = record::Findings {
            published_at: published_at.as_deref(),
            statements: &statements,
            events: &events,
            happenings: &happenings,
            resolved: &resolved,
            dates: &dates,
            places: &places,
            quantities: &quantities,
        };
        record::write(article, &document, &found, &self.model)
    }
}

#[cfg(test)]
mod tests {
    use super::{Article, Reader};

    #[test]
    fn english_and_what_could_not_be_told_are_read() {
        let is_readable =
            |tag: Option<&str>| Article { language: tag.map(str::to_owned), ..Article::default() }.is_readable();
        for tag in [None, Some("en"), Some("en-GB"), Some("EN"), Some("und")] {
            assert!(is_readable(tag), "{tag:?}");
        }
        for tag in ["de", "enm", "zh-Hans"] {
            assert!(!is_readable(Some(tag)), "{tag}");
        }
    }

    #[test]
    fn readers_go_to_other_threads() {
        fn sendable<T: Send + Sync + Clone + 'static>() {}
        sendable::<Reader>();
    }
}
