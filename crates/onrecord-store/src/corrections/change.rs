//! What a correction changes, and how the log writes it.

use onrecord::record::{CharSpan, Kind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::StoreError;

/// What a correction changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The statement or event is right.
    Accept,
    /// It is wrong and should not be there.
    Reject,
    /// Nobody has decided on it any more; edits stay.
    Reopen,
    /// Its words are others.
    Edit(Edit),
    /// Others said the statement; nobody that the text names, where there are none.
    Attribute(Vec<Speaker>),
    /// The subject is the one with this permalink.
    Merge(String),
    /// The subject is none of those whom it was held to be.
    Apart,
    /// The correction that the item names does not count; taken back itself, it counts again.
    Undo,
}

/// Spans that take the place of others; what is none stays. Characters of the document's text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Of a statement: who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Vec<CharSpan>>,
    /// Of a statement: the words that report it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Vec<CharSpan>>,
    /// Of a statement: the words reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Vec<CharSpan>>,
    /// Of an event: the words that tell of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Vec<CharSpan>>,
}

/// Who said a statement, by what tells them from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// A person, a body, …
    pub kind: Kind,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The PLOVER code of the sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
}

/// Where the item stood when it was corrected: what a new reading is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Anchor {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cue: Vec<CharSpan>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<CharSpan>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trigger: Vec<CharSpan>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl Change {
    /// Its name in the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Change::Accept => "accept",
            Change::Reject => "reject",
            Change::Reopen => "reopen",
            Change::Edit(_) => "edit",
            Change::Attribute(_) => "attribute",
            Change::Merge(_) => "merge",
            Change::Apart => "apart",
            Change::Undo => "undo",
        }
    }

    /// Whether it is about a statement or an event.
    pub(super) fn is_of_item(&self) -> bool {
        !matches!(self, Change::Merge(_) | Change::Apart | Change::Undo)
    }

    /// What the log holds of it beside its name.
    pub(super) fn payload(&self, anchor: Option<&Anchor>) -> Map<String, Value> {
        let mut payload = Map::new();
        let mut put = |key: &str, value: Result<Value, serde_json::Error>| {
            payload.insert(key.to_owned(), value.unwrap_or_default());
        };
        match self {
            Change::Edit(edit) => put("spans", serde_json::to_value(edit)),
            Change::Attribute(speakers) => put("speakers", serde_json::to_value(speakers)),
            Change::Merge(into) => put("into", Ok(Value::from(into.as_str()))),
            _ => {}
        }
        if let Some(anchor) = anchor {
            put("at", serde_json::to_value(anchor));
        }
        payload
    }

    /// Reads what the log holds.
    pub(super) fn read(kind: &str, payload: &Map<String, Value>) -> Result<(Change, Anchor), StoreError> {
        let broken =
            |error: serde_json::Error| StoreError::Correction(format!("the correction {kind:?} is broken: {error}"));
        let field = |key: &str| payload.get(key).cloned().unwrap_or_default();
        let change = match kind {
            "accept" => Change::Accept,
            "reject" => Change::Reject,
            "reopen" => Change::Reopen,
            "edit" => Change::Edit(serde_json::from_value(field("spans")).map_err(broken)?),
            "attribute" => Change::Attribute(serde_json::from_value(field("speakers")).map_err(broken)?),
            "merge" => Change::Merge(serde_json::from_value(field("into")).map_err(broken)?),
            "apart" => Change::Apart,
            "undo" => Change::Undo,
            other => return Err(StoreError::Correction(format!("no correction is called {other:?}"))),
        };
        let anchor = match payload.get("at") {
            Some(at) => serde_json::from_value(at.clone()).map_err(broken)?,
            None => Anchor::default(),
        };
        Ok((change, anchor))
    }
}
