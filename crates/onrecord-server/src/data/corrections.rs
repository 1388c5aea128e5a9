//! The log of corrections: read, and added to.

use onrecord::record::{CharSpan, Entity, Kind};
use onrecord_store::corrections::{self, Change, Correction, Edit, Logged, NewCorrection, Speaker};
use onrecord_store::{Store, views};

use super::PATIENCE;
use crate::answer::Found;
use crate::asked::Parameters;
use crate::problem::Problem;

/// The most characters that a name has.
pub const LONGEST_NAME: usize = 200;
/// The most characters that a reason has.
pub const LONGEST_REASON: usize = 2000;

/// The log in its order: all of it, or what is `about` a permalink; `path` is where it stands, for the address of the next page.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn log(store: &Store, asked: &Parameters, path: &str) -> Result<Found<Logged>, Problem> {
    asked.only(&["about", "after", "limit"])?;
    let after = asked.place("after")?.map_or(0, u64::cast_signed);
    let reading = store.readers().get(Some(PATIENCE))?;
    let (rows, next) = corrections::log(&reading, asked.one("about")?, after, asked.rows()?)?;
    let next_url = next.map(|next| asked.with("after", Some(&next.to_string())).behind(path));
    Ok(Found { ok: true, rows, next_url, total: None, facets: Vec::new(), is_ranked: false })
}

/// What somebody asks to be corrected, with names where the log has what they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// A permalink; of what is undone, the id of the correction.
    pub item: String,
    /// What is changed.
    pub change: Wished,
    /// Who says so.
    pub who: String,
    /// Why.
    pub why: Option<String>,
}

/// What somebody asks to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wished {
    /// As the log has it.
    Plain(Change),
    /// The speaker is the one whom the article calls so, or somebody of this kind with this name.
    Speaker(String, Kind),
    /// All spans of the parts are these; parts that have them already stay.
    Words(Edit),
}

/// Makes a correction; `now` is ISO 8601.
///
/// # Errors
/// [`Problem::NotFound`] where that is not there, [`Problem::Asked`] where it does not fit it.
pub fn correct(store: &Store, wish: Wish, now: String) -> Result<Correction, Problem> {
    at_most(&wish.who, "the name of who corrects", LONGEST_NAME)?;
    at_most(wish.why.as_deref().unwrap_or_default(), "the reason", LONGEST_REASON)?;
    let change = match wish.change {
        Wished::Plain(change) => change,
        Wished::Speaker(name, kind) => Change::Attribute(vec![speaker(store, &wish.item, &name, kind)?]),
        Wished::Words(edit) => Change::Edit(changed(store, &wish.item, edit)?),
    };
    if let Change::Attribute(speakers) = &change {
        speakers.iter().try_for_each(|speaker| at_most(&speaker.name, "a name", LONGEST_NAME))?;
    }
    let new = NewCorrection { item: wish.item, change, who: wish.who, at: now, why: wish.why };
    let mut writer = store.writer()?;
    writer.make_durable()?;
    let entry = writer.correct(&new)?;
    writer.commit()?;
    Ok(entry)
}

fn at_most(text: &str, what: &str, most: usize) -> Result<(), Problem> {
    match text.chars().count() {
        count if count > most => {
            Err(Problem::Asked(format!("{what} has {count} characters, but takes at most {most}")))
        }
        _ => Ok(()),
    }
}

/// Somebody by name: an entity of the article, a subject of the store by its permalink, or the name as it stands.
fn speaker(store: &Store, item: &str, name: &str, kind: Kind) -> Result<Speaker, Problem> {
    let record = store.record(item)?.ok_or_else(|| Problem::NotFound(format!("no statement {item}")))?;
    let of_entity = |entity: &Entity| Speaker {
        name: entity.name.clone(),
        kind: entity.kind,
        country: entity.country.clone(),
        sector: entity.sector.clone(),
    };
    if let Some(entity) = record.entities.iter().find(|entity| entity.named && entity.name == name) {
        return Ok(of_entity(entity));
    }
    let subject = views::subject(&store.readers().get(Some(PATIENCE))?, name)?;
    let known = subject.and_then(|subject| {
        let kind = serde_json::from_value(serde_json::Value::from(subject.kind.as_str())).ok()?;
        Some(Speaker { name: subject.name, kind, country: subject.country, sector: subject.sector })
    });
    Ok(known.unwrap_or_else(|| Speaker { name: name.to_owned(), kind, country: None, sector: None }))
}

/// The parts of an edit that are others than what the item has.
fn changed(store: &Store, item: &str, edit: Edit) -> Result<Edit, Problem> {
    let nothing = || Problem::NotFound(format!("no statement or event {item}"));
    let record = store.record(item)?.ok_or_else(nothing)?;
    let in_record = match store.item(item)? {
        Some(onrecord_store::Item::Statement(id) | onrecord_store::Item::Event(id)) => id,
        _ => return Err(nothing()),
    };
    let statement = record.statements.iter().find(|statement| statement.id == in_record);
    let event = record.events.iter().find(|event| event.id == in_record);
    let other = |new: Option<Vec<CharSpan>>, old: Option<&Vec<CharSpan>>| new.filter(|new| Some(new) != old);
    let edit = Edit {
        source: other(edit.source, statement.map(|statement| &statement.source.spans)),
        cue: other(edit.cue, statement.map(|statement| &statement.cue.spans)),
        content: other(edit.content, statement.map(|statement| &statement.content.spans)),
        trigger: other(edit.trigger, event.map(|event| &event.trigger.spans)),
    };
    if edit == Edit::default() {
        return Err(Problem::Asked("these are the words that it has already".to_owned()));
    }
    Ok(edit)
}
