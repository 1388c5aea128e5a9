//! `onrecord fetch`: addresses in, articles out, in the order of the addresses.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use onrecord_ingest::fetch::{Answer, Fetcher, Request};
use onrecord_ingest::{Document, Found, Limits, Page, Reason, Refusal, watch};
use serde::Serialize;

use crate::intake::desk::with_text;
use crate::manners::{HOSTS_AT_ONCE, MannersArguments};
use crate::ordered;
use crate::outcome::Outcome;
use crate::plain::one_line;
use crate::progress::Progress;
use crate::settings::Settings;

/// Fetch articles and write them in the form that read and add take
///
/// Of a web page the article is written, a line each: {"id","url","title"?,"outlet"?,"published_at"?,"modified_at"?,"bylines"?,"language","text"}. Of a feed or a
/// sitemap the entries are: with their text where the feed has all of it, else as a line without "text", or with --follow as the articles behind the links.
/// What is not told is left out. Nothing is analysed and nothing is kept: onrecord add URL takes an article into a store at once, onrecord watch what is new in
/// feeds.
///
/// A host is asked one thing at a time, with a pause, and as its robots.txt allows; there is no option to pass that by. Only addresses of the open internet are
/// asked, and those that the setting fetch.allow names. What could not be had is told on stderr with the code of the reason: forbidden (the address), disallowed
/// (robots.txt), unreachable, too_slow, too_busy, http_status, too_large, no_text, no_document and those of onrecord errors.
///
/// Exit code: 0 if all was had, 1 if something was not, 2 if nothing was.
#[derive(Debug, Args)]
pub struct FetchArguments {
    /// Addresses of pages, feeds, sitemaps, or of anything else that onrecord add reads
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value = "jsonl")]
    to: To,
    /// Fetch the articles behind the links of feeds and sitemaps; of a list of sitemaps the addresses are listed
    #[arg(long)]
    follow: bool,
    #[command(flatten)]
    manners: MannersArguments,
}

/// What an article is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// An article a line, as JSON
    Jsonl,
    /// The texts, with an empty line between them; of a link the address
    Text,
}

/// An article, a link to one, or why there is none.
enum Got {
    Article { url: String, page: Box<Page> },
    Link(Box<Document>),
    Refused { url: String, refusal: Refusal },
}

/// Fetches every address and writes to `out` as articles come.
///
/// # Errors
/// A setting that is none, or `out` failed.
pub fn run(arguments: &FetchArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let limits = Limits::default();
    let asking = Asking { fetcher: Arc::new(arguments.manners.fetcher(settings, &limits)?), limits };
    let mut writing =
        Writing { out, to: arguments.to, progress: Progress::new(settings.progress()), written: 0, failed: 0 };
    let workers = std::iter::repeat_n(asking.clone(), arguments.urls.len().min(HOSTS_AT_ONCE)).map(Asking::of_url);
    let urls = arguments.urls.clone().into_iter();
    let written: io::Result<()> = ordered::map(urls, workers.collect(), |got: Vec<Got>| {
        if !arguments.follow || !got.iter().any(|got| matches!(got, Got::Link(_))) {
            return got.into_iter().try_for_each(|got| writing.write(got));
        }
        let workers = std::iter::repeat_n(asking.clone(), HOSTS_AT_ONCE).map(Asking::of_link).collect();
        ordered::map(got.into_iter(), workers, |got| writing.write(got))
    });
    written?;
    Ok(match (writing.written, writing.failed) {
        (_, 0) => Outcome::Clean,
        (0, _) => Outcome::NothingDone,
        _ => Outcome::SomeFailed,
    })
}

/// What a thread needs to ask.
#[derive(Clone)]
struct Asking {
    fetcher: Arc<Fetcher>,
    limits: Limits,
}

impl Asking {
    /// What is at an address.
    fn of_url(self) -> impl FnMut(String) -> Vec<Got> + Send + 'static {
        move |url| match self.fetcher.fetch(&Request::new(url.clone())) {
            Ok(Answer::Fetched(fetched)) => {
                fetched.documents(&self.limits).map(|document| self.got(document, &url)).collect()
            }
            Ok(Answer::NotModified) => {
                let refusal = Refusal::new(Reason::HttpStatus, "not modified, though nobody asked");
                vec![Got::Refused { url, refusal }]
            }
            Err(refusal) => vec![Got::Refused { url, refusal }],
        }
    }

    /// The article behind a link.
    fn of_link(self) -> impl FnMut(Got) -> Got + Send + 'static {
        move |got| match got {
            Got::Link(link) => {
                let url = link.origin.url.clone().unwrap_or_default();
                self.got(watch::follow(&*self.fetcher, *link), &url)
            }
            other => other,
        }
    }

    fn got(&self, document: Document, asked: &str) -> Got {
        let is_link = document.refusal().is_some_and(|refusal| refusal.reason == Reason::LinkOnly);
        if is_link && document.origin.url.is_some() {
            return Got::Link(Box::new(document));
        }
        let Found { origin, outcome } = document.read(&self.limits);
        let url = origin.url.unwrap_or_else(|| asked.to_owned());
        match outcome.and_then(with_text) {
            Ok(page) => Got::Article { url, page: Box::new(page) },
            Err(refusal) => Got::Refused { url, refusal },
        }
    }
}

/// A line of the output.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified_at: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    bylines: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// Where articles go.
struct Writing<'a, W> {
    out: &'a mut W,
    to: To,
    progress: Progress,
    written: u64,
    failed: u64,
}

impl<W: Write> Writing<'_, W> {
    fn write(&mut self, got: Got) -> io::Result<()> {
        match got {
            Got::Article { url, page } => self.article(&url, &page)?,
            Got::Link(link) => self.link(&link)?,
            Got::Refused { url, refusal: Refusal { reason, message } } => {
                let message = if message.contains(&url) { message } else { format!("{url}: {message}") };
                self.progress.tell(&format!("{}: {message}", reason.code()));
                self.progress.add(0, true);
                self.failed += 1;
                return Ok(());
            }
        }
        self.written += 1;
        self.out.flush()
    }

    fn article(&mut self, url: &str, page: &Page) -> io::Result<()> {
        let article = &page.article;
        self.progress.add(article.text.len() as u64, false);
        if self.to == To::Text {
            return self.text(&article.text);
        }
        let url = page.canonical_url.as_deref().or(article.url.as_deref()).unwrap_or(url);
        self.line(&Line {
            id: url,
            url,
            title: article.title.as_deref(),
            outlet: article.outlet.as_deref(),
            published_at: article.published_at.as_deref().or(article.published_as.as_deref()),
            modified_at: page.modified_at.as_deref(),
            bylines: &page.bylines,
            language: Some(&page.language),
            text: Some(&article.text),
        })
    }

    fn link(&mut self, link: &Document) -> io::Result<()> {
        let url = link.origin.url.as_deref().unwrap_or_default();
        self.progress.add(0, false);
        if self.to == To::Text {
            return writeln!(self.out, "{}", one_line(url));
        }
        let told = link.told();
        self.line(&Line {
            id: url,
            url,
            title: told.and_then(|told| told.title.as_deref()),
            outlet: told.and_then(|told| told.outlet.as_deref()),
            published_at: told.and_then(|told| told.published_at.as_deref().or(told.published_as.as_deref())),
            modified_at: None,
            bylines: &[],
            language: None,
            text: None,
        })
    }

    fn line(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, line)?;
        self.out.write_all(b"\n")
    }

    /// A text as it is; to a terminal without what a terminal would obey.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if self.written > 0 {
            self.out.write_all(b"\n")?;
        }
        if !io::stdout().is_terminal() {
            return writeln!(self.out, "{}", text.trim_end());
        }
        text.trim_end().lines().try_for_each(|line| writeln!(self.out, "{}", one_line(line)))
    }
}
