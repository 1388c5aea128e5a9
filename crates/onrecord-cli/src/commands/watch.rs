//! `onrecord watch`: what is new in feeds into a store, again and again.

use std::collections::HashSet;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;
use onrecord_ingest::Limits;
use onrecord_ingest::watch::{Subscription, subscriptions};
use onrecord_store::Store;
use onrecord_store::jobs::NewJob;

use super::add::{Words, end, summary};
use super::read::threads;
use crate::intake::Engine;
use crate::intake::clock::now;
use crate::intake::desk::Desk;
use crate::intake::feeds::Feeds;
use crate::intake::keeper::{Bytes, Keeper};
use crate::intake::sources::Source;
use crate::intake::stop::Stop;
use crate::intake::watch::{self, Show, Standing};
use crate::manners::MannersArguments;
use crate::ordered;
use crate::outcome::{self, Outcome};
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Read what is new in feeds into a store, again and again
///
/// Takes lists of feeds (OPML) and addresses of feeds: RSS, Atom, JSON Feed. An entry with the whole article is read from the feed; of any other, the article
/// behind its link is fetched. Of each entry the store notes that it was seen, together with its document, so that it comes once, whenever the program ends;
/// an article that could not be had for a reason that passes (unreachable, too_slow, too_busy) is asked for again in the next round. A feed that is as it was
/// is not sent again by servers that can tell.
///
/// Several hosts are asked at once; one is asked one thing at a time, with a pause, and as its robots.txt allows. Only addresses of the open internet are asked,
/// and those that the setting fetch.allow names. Lists are read anew in each round. A feed or an article that cannot be read is told on stderr and listed by
/// onrecord errors; the others go on.
///
/// Without --once it goes on until Ctrl-C, with a line after each round and one for all of them at the end.
///
/// Exit code: 0 if all was read, 1 if something could not be read or a run with --once was stopped, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct WatchArguments {
    #[command(flatten)]
    store: StoreArgument,
    /// Lists of feeds, and addresses of feeds
    #[arg(value_name = "FEEDS.opml|URL", required = true)]
    feeds: Vec<String>,
    /// Do one round and end
    #[arg(long)]
    once: bool,
    /// How long to wait between two rounds: 90s, 15m, 6h, 1d
    #[arg(long, value_name = "TIME", value_parser = length, default_value = "15m", conflicts_with = "once")]
    every: Duration,
    /// Fetch the articles behind links; this is the default
    #[arg(long, overrides_with = "no_follow")]
    follow: bool,
    /// Take only the articles that are in the feeds; a link is then noted as seen, and passed over
    #[arg(long, overrides_with = "follow")]
    no_follow: bool,
    #[command(flatten)]
    manners: MannersArguments,
    /// How many articles are read at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// How it is shown how far a round has come [default: bar on a terminal, else none]
    #[arg(long, value_enum)]
    progress: Option<Show>,
}

/// Watches, and writes a line to `out` after each round.
///
/// # Errors
/// A list cannot be read or names no feed, the store cannot be opened, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &WatchArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut listed = listed(&arguments.feeds)?;
    let limits = Limits::default();
    let fetcher = Arc::new(arguments.manners.fetcher(settings, &limits)?);
    let store = Arc::new(Store::open_or_create(settings.store(arguments.store.store.as_deref()))?);
    let stop = Stop::listen().context("the system does not tell of Ctrl-C")?;
    let desk = Desk { engine: Engine::load()?, store: Arc::clone(&store), limits: limits.clone(), date: None };
    let feeds = Feeds {
        store: Arc::clone(&store),
        fetcher,
        limits,
        follows: !arguments.no_follow,
        stop: stop.clone(),
        bytes: Arc::default(),
    };
    let place = store.path().display().to_string();
    let words = Words { done: "added", to: "to", place, unchanged: "feeds unchanged" };
    let (mut total, mut rounds) = (Standing::default(), 0_u64);
    loop {
        let Some(standing) = round(arguments, settings, &desk, &feeds, listed.clone())? else {
            return Ok(Outcome::SomeFailed);
        };
        add_up(&mut total, &standing);
        rounds += 1;
        writeln!(out, "{}", summary(&standing, &words))?;
        out.flush()?;
        if arguments.once || !waited(arguments.every, &stop) {
            break;
        }
        match self::listed(&arguments.feeds) {
            Ok(now) => listed = now,
            Err(error) => outcome::tell(&format!("{error:#}; the feeds it had are watched on")),
        }
    }
    if !arguments.once {
        let plural = if rounds == 1 { "" } else { "s" };
        writeln!(out, "{rounds} round{plural}: {}", summary(&total, &words))?;
    }
    let is_cut_off = arguments.once && stop.is_asked();
    Ok(if total.counts.failed == 0 && !is_cut_off { Outcome::Clean } else { Outcome::SomeFailed })
}

/// Asks each feed once; none where the store failed after a part of it.
fn round(
    arguments: &WatchArguments,
    settings: &Settings,
    desk: &Desk,
    feeds: &Feeds,
    listed: Vec<Subscription>,
) -> anyhow::Result<Option<Standing>> {
    let feeds = Feeds { bytes: Arc::default(), ..feeds.clone() };
    let mut writer = feeds.store.writer()?;
    let source =
        arguments.feeds.iter().map(|name| Ok(Source::new(name)?.name())).collect::<anyhow::Result<Vec<_>>>()?;
    let job = NewJob { kind: "watch".to_owned(), source: source.join("\n"), options: None, now: now() };
    let job = writer.begin_job(&job)?;
    let done_before = job.counts.documents;
    let bytes = Bytes { read: Arc::clone(&feeds.bytes), ..Bytes::unknown() };
    let mut keeper = Keeper::new(writer, job, watch::watcher(arguments.progress), feeds.stop.clone(), bytes);
    if done_before > 0 {
        keeper.tell(&format!("going on after {done_before} documents"));
    }
    let workers = desk.clone().workers(arguments.threads.or_else(|| settings.threads()));
    let done = ordered::map(feeds.round(listed), workers, |done| keeper.take(done));
    end(done, feeds.stop.is_asked(), &mut keeper)
}

fn add_up(total: &mut Standing, standing: &Standing) {
    total.counts.documents += standing.counts.documents;
    total.counts.added += standing.counts.added;
    total.counts.failed += standing.counts.failed;
    total.counts.passed_over += standing.counts.passed_over;
    total.unchanged += standing.unchanged;
}

/// Waits; false where the run is to end.
fn waited(time: Duration, stop: &Stop) -> bool {
    let start = Instant::now();
    while !stop.is_asked() {
        let left = time.saturating_sub(start.elapsed());
        if left.is_zero() {
            return true;
        }
        thread::sleep(left.min(Duration::from_millis(100)));
    }
    false
}

/// The feeds that the arguments name, each once.
fn listed(arguments: &[String]) -> anyhow::Result<Vec<Subscription>> {
    let mut listed = Vec::new();
    let mut known = HashSet::new();
    for argument in arguments {
        let feeds = match Source::new(argument)? {
            Source::Url(url) => vec![Subscription { url, title: None }],
            Source::Path(path) => of_list(&path, argument)?,
            Source::Stdin => bail!("-: a list of feeds is a file, since it is read in each round"),
        };
        listed.extend(feeds.into_iter().filter(|feed| known.insert(feed.url.clone())));
    }
    Ok(listed)
}

fn of_list(path: &Path, name: &str) -> anyhow::Result<Vec<Subscription>> {
    let opml = std::fs::read(path).with_context(|| name.to_owned())?;
    let feeds = subscriptions(&opml).with_context(|| name.to_owned())?;
    if feeds.is_empty() {
        bail!("{name}: the list names no feed");
    }
    Ok(feeds)
}

/// The units of a length of time, in seconds.
const UNITS: [(char, u64); 4] = [('s', 1), ('m', 60), ('h', 3600), ('d', 86_400)];
/// The longest that is waited between two rounds: a year.
const LONGEST: u64 = 365 * 86_400;

/// A length of time as it is written on the command line.
fn length(text: &str) -> Result<Duration, String> {
    let of_unit = |(unit, seconds): (char, u64)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(seconds).filter(|seconds| (1..=LONGEST).contains(seconds))
    };
    let seconds = UNITS.into_iter().find_map(of_unit);
    seconds.map(Duration::from_secs).ok_or_else(|| "not a time such as 90s, 15m, 6h or 1d".to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::length;

    #[test]
    fn a_time_has_a_number_and_a_unit() {
        for (text, seconds) in [("90s", 90), ("15m", 900), ("6h", 21_600), ("1d", 86_400)] {
            assert_eq!(length(text), Ok(Duration::from_secs(seconds)));
        }
        for text in ["", "15", "m", "0s", "1.5h", "-1m", "15 m", "99999999999d", "15min"] {
            assert!(length(text).is_err(), "{text}");
        }
    }
}
