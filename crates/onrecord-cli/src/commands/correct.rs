//! `onrecord correct`: a person's word on what was read, kept in a log that is only added to.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use onrecord::record::{CharSpan, Entity, Kind};
use onrecord_store::corrections::{Change, Correction, Edit, NewCorrection, Speaker};
use onrecord_store::{Store, Withdrawal, fault, views};

use crate::intake::clock::now;
use crate::outcome::{self, Outcome};
use crate::plain::one_line;
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Correct what was read: accept or reject it, change its words or its speaker, say who is one and who is not
///
/// Items are named by their permalinks. Each correction is an entry of a log, with who made it, when and why; nothing in it is ever changed, and undoing
/// is another entry. Corrections stay when a document is read again, and stand in every output beside what was read.
///
/// Exit code: 0 if it was done, 1 if some lines of a log could not be taken in, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct CorrectArguments {
    #[command(flatten)]
    store: StoreArgument,
    #[command(flatten)]
    signature: Signature,
    #[command(subcommand)]
    what: What,
}

/// Who makes a correction, and why.
#[derive(Debug, Args)]
struct Signature {
    /// Who makes the correction [default: $ONRECORD_WHO, else the name of the user]
    #[arg(long, value_name = "NAME", global = true)]
    who: Option<String>,
    /// Why it is made
    #[arg(long, value_name = "WORDS", global = true)]
    why: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A statement or an event is right
    Accept { item: String },
    /// A statement or an event is wrong and should not be there
    Reject { item: String },
    /// Nobody has decided on a statement or an event any more
    Reopen { item: String },
    /// Change the words of a statement or an event
    Edit(EditArguments),
    /// Say who said a statement
    Attribute(AttributeArguments),
    /// Two subjects are one: what is said of the first is said of the second
    Merge { subject: String, into: String },
    /// A subject is none of those whom it was held to be
    Split { subject: String },
    /// Take an article out with all that was read from it: its permalinks tell who did it and why, and its text does not come back by being added again
    Withdraw { article: String },
    /// Take a correction back
    Undo { correction: String },
    /// Write the log, as JSON lines that `replay` takes in: all of it, or what is about a permalink
    Log { about: Option<String> },
    /// Take in the log of another store, or of this one before; what is there already stays as it is
    Replay { log: PathBuf },
}

/// Spans are characters of the article's text, START-END, several parted by commas; or the words themselves, the ones nearest to where the item is.
#[derive(Debug, Args)]
struct EditArguments {
    item: String,
    /// Who says it, in the words of the article
    #[arg(long, value_name = "SPANS|WORDS")]
    source: Option<String>,
    /// The words that report it
    #[arg(long, value_name = "SPANS|WORDS")]
    cue: Option<String>,
    /// The words reported
    #[arg(long, value_name = "SPANS|WORDS")]
    content: Option<String>,
    /// Of an event: the words that tell of it
    #[arg(long, value_name = "SPANS|WORDS")]
    trigger: Option<String>,
}

#[derive(Debug, Args)]
struct AttributeArguments {
    item: String,
    /// A name, the permalink of a subject, or an entity of the record (e3); once for each who said it
    #[arg(long, value_name = "WHO", required_unless_present = "nobody")]
    to: Vec<String>,
    /// Nobody whom the text names said it
    #[arg(long, conflicts_with = "to")]
    nobody: bool,
    /// What somebody is whom the article does not name
    #[arg(long, value_parser = kind, default_value = "person")]
    kind: Kind,
}

/// Makes a correction and writes its id to `out`; `log` writes the log.
///
/// # Errors
/// The store cannot be opened or written, the correction does not fit, or `out` failed.
pub fn run(arguments: &CorrectArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = arguments.store.open(settings)?;
    let (item, change) = match &arguments.what {
        What::Log { about } => return log(&store, about.as_deref(), out),
        What::Replay { log } => return replay(&store, log, out),
        What::Withdraw { article } => return withdraw(&store, article, &arguments.signature, out),
        What::Accept { item } => (item, Change::Accept),
        What::Reject { item } => (item, Change::Reject),
        What::Reopen { item } => (item, Change::Reopen),
        What::Edit(edit) => (&edit.item, Change::Edit(spans(&store, edit)?)),
        What::Attribute(to) => (&to.item, Change::Attribute(speakers(&store, to)?)),
        What::Merge { subject, into } => (subject, Change::Merge(into.clone())),
        What::Split { subject } => (subject, Change::Apart),
        What::Undo { correction } => (correction, Change::Undo),
    };
    let who = arguments.signature.who()?;
    let new = NewCorrection { item: item.clone(), change, who, at: now(), why: arguments.signature.why.clone() };
    let mut writer = store.writer()?;
    writer.make_durable()?;
    let entry = writer.correct(&new)?;
    writer.commit()?;
    writer.settle_log()?;
    writeln!(out, "{}", entry.id)?;
    Ok(Outcome::Clean)
}

fn withdraw(store: &Store, id: &str, signature: &Signature, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let why = signature.why.clone().filter(|why| !why.trim().is_empty());
    let why =
        why.ok_or_else(|| anyhow!("whoever follows a link to an article that was taken out is told why: give --why"))?;
    let withdrawal = Withdrawal { who: signature.who()?, why, at: now() };
    let mut writer = store.writer()?;
    writer.make_durable()?;
    if !writer.delete(id, &withdrawal)? {
        bail!("no article has the permalink {id:?}");
    }
    writer.commit()?;
    writer.settle_log()?;
    writeln!(out, "{id}")?;
    Ok(Outcome::Clean)
}

impl Signature {
    fn who(&self) -> anyhow::Result<String> {
        let of = |name: &str| std::env::var(name).ok().filter(|who| !who.trim().is_empty());
        let named = self.who.clone().or_else(|| of("ONRECORD_WHO")).or_else(|| of("USER")).or_else(|| of("USERNAME"));
        named.ok_or_else(|| anyhow!("nobody is named who makes the correction: give --who"))
    }
}

fn kind(name: &str) -> Result<Kind, String> {
    let kind = serde_json::from_value(serde_json::Value::from(name));
    kind.map_err(|_| "not person, organization, place, group, work or other".to_owned())
}

fn log(store: &Store, about: Option<&str>, out: &mut impl Write) -> anyhow::Result<Outcome> {
    for entry in store.corrections(about)? {
        serde_json::to_writer(&mut *out, &entry)?;
        writeln!(out)?;
    }
    Ok(Outcome::Clean)
}

/// Takes in entries one by one; writes the id of each that came in once it is kept.
fn replay(store: &Store, path: &Path, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let lines: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(path).with_context(|| path.display().to_string())?))
    };
    let mut writer = store.writer()?;
    writer.make_durable()?;
    let mut failed = 0;
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let entry: Result<Correction, _> = serde_json::from_str(&line);
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                failed += 1;
                outcome::tell(&format!("line {number}: no correction: {error}"));
                continue;
            }
        };
        match writer.replay(&entry) {
            Ok(is_new) => {
                writer.commit()?;
                fault("replay/committed")?;
                if is_new {
                    writeln!(out, "{}", entry.id)?;
                    out.flush()?;
                }
            }
            Err(onrecord_store::StoreError::Correction(why)) => {
                failed += 1;
                outcome::tell(&format!("line {number}: {}", one_line(&why)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(if failed == 0 { Outcome::Clean } else { Outcome::SomeFailed })
}

/// The spans of an edit.
fn spans(store: &Store, edit: &EditArguments) -> anyhow::Result<Edit> {
    let record = store.record_as_read(&edit.item)?.ok_or_else(|| anyhow!("no statement or event {}", edit.item))?;
    let near = store.place_in_text(&edit.item)?.unwrap_or_default();
    let of =
        |words: &Option<String>| words.as_deref().map(|words| part(&record.document.text, words, near)).transpose();
    Ok(Edit {
        source: of(&edit.source)?,
        cue: of(&edit.cue)?,
        content: of(&edit.content)?,
        trigger: of(&edit.trigger)?,
    })
}

/// `120-140,150-160`, or the words nearest to the character `near`; nothing for no words.
fn part(text: &str, words: &str, near: usize) -> anyhow::Result<Vec<CharSpan>> {
    let number = |span: &str| {
        let (start, end) = span.trim().split_once('-')?;
        Some(CharSpan { start: start.parse().ok()?, end: end.parse().ok()? })
    };
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    if let Some(spans) = words.split(',').map(number).collect() {
        return Ok(spans);
    }
    let starts = text.match_indices(words).map(|(byte, _)| text.get(..byte).map_or(0, |before| before.chars().count()));
    let Some(start) = starts.min_by_key(|start| start.abs_diff(near)) else {
        bail!("the article does not have the words {words:?}");
    };
    Ok(vec![CharSpan { start, end: start + words.chars().count() }])
}

/// Who is meant: an entity of the record, a subject of the store, or a name as it stands.
fn speakers(store: &Store, to: &AttributeArguments) -> anyhow::Result<Vec<Speaker>> {
    let record = store.record(&to.item)?.ok_or_else(|| anyhow!("no statement {}", to.item))?;
    let of_entity = |entity: &Entity| Speaker {
        name: entity.name.clone(),
        kind: entity.kind,
        country: entity.country.clone(),
        sector: entity.sector.clone(),
    };
    let mut speakers = Vec::new();
    for who in &to.to {
        let named = |entity: &&Entity| entity.named && (entity.id == *who || entity.name == *who);
        if let Some(entity) = record.entities.iter().find(named) {
            speakers.push(of_entity(entity));
            continue;
        }
        let subject = views::subject(&store.readers().get(None)?, who)?;
        speakers.push(match subject {
            Some(subject) => Speaker {
                kind: kind(&subject.kind).map_err(|why| anyhow!(why))?,
                name: subject.name,
                country: subject.country,
                sector: subject.sector,
            },
            None => Speaker { name: who.clone(), kind: to.kind, country: None, sector: None },
        });
    }
    Ok(speakers)
}

#[cfg(test)]
mod tests {
    use onrecord::record::CharSpan;

    use super::part;

    #[test]
    fn spans_are_numbers_or_words() {
        let text = "“Évora is calm,” she said. “Évora is calm.”";
        let of = |words: &str, near| part(text, words, near).unwrap();
        assert_eq!(of("1-5, 7-9", 0), [CharSpan { start: 1, end: 5 }, CharSpan { start: 7, end: 9 }]);
        assert_eq!(of("Évora", 0), [CharSpan { start: 1, end: 6 }]);
        assert_eq!(of("Évora", 30), [CharSpan { start: 28, end: 33 }]);
        assert_eq!(of("", 30), []);
        assert!(part(text, "Faro", 0).is_err());
    }
}
