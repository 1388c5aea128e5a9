//! A form or JSON → the correction that somebody asks for.

use onrecord::record::{CharSpan, Kind};
use onrecord_store::corrections::{Change, Edit, Speaker};
use serde::Deserialize;

use crate::data::corrections::{Wish, Wished};
use crate::problem::Problem;

/// A correction that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What is asked for.
    pub wish: Wish,
    /// The permalink to whose place the sender goes back.
    pub back: String,
}

/// A correction as JSON.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The permalink of a statement, an event or a subject; of what is undone, the id of the correction.
    item: String,
    /// `accept`, `reject`, `reopen`, `edit`, `attribute`, `merge`, `apart`, `undo`.
    change: String,
    /// Who says so.
    who: String,
    /// Why.
    #[serde(default)]
    why: Option<String>,
    /// Of an edit: the new spans of `source`, `cue`, `content` or `trigger`, in characters of the text.
    #[serde(default)]
    spans: Option<Edit>,
    /// Of an attribution: who said it, each with `name` and `kind`; nobody whom the text names, where there are none.
    #[serde(default)]
    speakers: Option<Vec<Speaker>>,
    /// Of a merge: the permalink of the subject that it is.
    #[serde(default)]
    into: Option<String>,
}

/// Reads a correction from JSON.
///
/// # Errors
/// [`Problem::Asked`].
pub fn of_json(body: &[u8]) -> Result<Sent, Problem> {
    let body: Body = serde_json::from_slice(body).map_err(|error| Problem::Asked(format!("no correction: {error}")))?;
    let Body { item, change, who, why, spans, speakers, into } = body;
    let given = [
        ("edit", "spans", spans.is_some()),
        ("attribute", "speakers", speakers.is_some()),
        ("merge", "into", into.is_some()),
    ];
    if let Some((_, field, _)) = given.iter().find(|(of, _, is_given)| *is_given && *of != change) {
        return Err(Problem::Asked(format!("{change:?} takes no {field}")));
    }
    let lacks = |field: &str| Problem::Asked(format!("{change:?} takes {field}"));
    let change = match change.as_str() {
        "edit" => Change::Edit(spans.ok_or_else(|| lacks("spans"))?),
        "attribute" => Change::Attribute(speakers.ok_or_else(|| lacks("speakers"))?),
        "merge" => Change::Merge(into.ok_or_else(|| lacks("into"))?),
        other => plain(other)?,
    };
    let wish = Wish { item: item.clone(), change: Wished::Plain(change), who, why };
    Ok(Sent { wish, back: item })
}

/// Reads a correction from a form of a page.
///
/// # Errors
/// [`Problem::Asked`].
pub fn of_form(body: &[u8]) -> Result<Sent, Problem> {
    let fields = Fields(form_urlencoded::parse(body).into_owned().collect());
    fields.known()?;
    let back = fields.one("item")?.ok_or_else(|| Problem::Asked("item is missing".to_owned()))?;
    let (item, change) = match fields.one("undo")? {
        Some(entry) => (entry, Wished::Plain(Change::Undo)),
        None => (back.clone(), fields.change()?),
    };
    let who = fields.one("who")?.unwrap_or_default();
    Ok(Sent { wish: Wish { item, change, who, why: fields.one("why")? }, back })
}

fn plain(name: &str) -> Result<Change, Problem> {
    match name {
        "accept" => Ok(Change::Accept),
        "reject" => Ok(Change::Reject),
        "reopen" => Ok(Change::Reopen),
        "apart" => Ok(Change::Apart),
        "undo" => Ok(Change::Undo),
        other => Err(Problem::Asked(format!(
            "change is {other:?}, but takes accept, reject, reopen, edit, attribute, merge, apart or undo"
        ))),
    }
}

const KNOWN: [&str; 16] = [
    "item",
    "change",
    "undo",
    "who",
    "why",
    "speaker",
    "kind",
    "into",
    "source.start",
    "source.end",
    "cue.start",
    "cue.end",
    "content.start",
    "content.end",
    "trigger.start",
    "trigger.end",
];

/// The fields of a form, in their order.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn known(&self) -> Result<(), Problem> {
        match self.0.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
            Some((name, _)) => Err(Problem::Asked(format!("no field is called {name:?}"))),
            None => Ok(()),
        }
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// The one value of a field that is not empty.
    fn one(&self, name: &str) -> Result<Option<String>, Problem> {
        let mut values = self.all(name).filter(|value| !value.is_empty());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Problem::Asked(format!("{name} may be given once"))),
            (value, None) => Ok(value.map(str::to_owned)),
        }
    }

    fn change(&self) -> Result<Wished, Problem> {
        let name = self.one("change")?.unwrap_or_default();
        let change = match name.as_str() {
            "attribute" => {
                let Some(speaker) = self.one("speaker")? else {
                    return Err(Problem::Asked("nobody is named who said it".to_owned()));
                };
                return Ok(Wished::Speaker(speaker, self.kind()?));
            }
            "nobody" => Change::Attribute(Vec::new()),
            "edit" => {
                let [source, cue, content, trigger] =
                    ["source", "cue", "content", "trigger"].map(|part| self.spans(part));
                return Ok(Wished::Words(Edit { source: source?, cue: cue?, content: content?, trigger: trigger? }));
            }
            "merge" => Change::Merge(self.one("into")?.unwrap_or_default()),
            other => plain(other)?,
        };
        Ok(Wished::Plain(change))
    }

    fn kind(&self) -> Result<Kind, Problem> {
        let name = self.one("kind")?.unwrap_or_else(|| "person".to_owned());
        serde_json::from_value(serde_json::Value::from(name.as_str())).map_err(|_| {
            Problem::Asked(format!("kind is {name:?}, but takes person, organization, place, group, work or other"))
        })
    }

    /// The spans of a part, in their order in the text; none where the form has no fields for it. Empty pairs are no spans.
    fn spans(&self, part: &str) -> Result<Option<Vec<CharSpan>>, Problem> {
        let (starts, ends) = (format!("{part}.start"), format!("{part}.end"));
        let (starts, ends): (Vec<_>, Vec<_>) = (self.all(&starts).collect(), self.all(&ends).collect());
        if starts.is_empty() && ends.is_empty() {
            return Ok(None);
        }
        if starts.len() != ends.len() {
            return Err(Problem::Asked(format!("{part} has {} starts and {} ends", starts.len(), ends.len())));
        }
        let number = |text: &str| {
            text.parse()
                .map_err(|_| Problem::Asked(format!("{part} has a span at {text:?}, but takes numbers of characters")))
        };
        let pairs = starts.into_iter().zip(ends).filter(|pair| *pair != ("", ""));
        let spans = pairs.map(|(start, end)| Ok(CharSpan { start: number(start)?, end: number(end)? }));
        let mut spans = spans.collect::<Result<Vec<_>, Problem>>()?;
        spans.sort_unstable();
        Ok(Some(spans))
    }
}
