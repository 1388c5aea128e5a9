//! A record as JSON → what is wrong with it. Anchors are looked for by name, so those of fields to come are checked too.
//!
//! Reads the JSON itself and not the types of the engine: a record of a later version must not lose fields before they are checked.

use std::collections::{HashMap, HashSet};
use std::fmt;

use onrecord::record::{CharSpan, FORMAT};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::plain::{clip, one_line};
use onrecord_tables::words::Words;

/// What was found in one record.
#[derive(Debug, Default)]
pub struct Audit {
    /// The id of the document; empty if it has none.
    pub id: String,
    /// How many anchors were checked.
    pub anchors: usize,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What it is.
    pub standing: Standing,
}

/// What stands where a record should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Something that cannot be read.
    #[default]
    Unread,
    /// A record.
    Record,
    /// An error record, which has nothing to check.
    ErrorRecord,
}

/// One thing that is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The id of the item, or `document`.
    pub item: String,
    /// What is wrong with it.
    pub what: String,
    /// The words that the anchor covers, as far as there are any.
    pub words: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", one_line(&self.item), one_line(&self.what))?;
        match &self.words {
            Some(words) => write!(f, ": “{}”", clip(&one_line(words), 60)),
            None => Ok(()),
        }
    }
}

/// Keys under which an array is an anchor or a list of them. (A number may have the same key: `because.scores.spans`.)
const ANCHORS: [&str; 4] = ["paragraphs", "sentences", "span", "spans"];
/// Keys under which an anchor may stand.
const MAYBE_ANCHORS: [&str; 5] = ["addressee", "medium", "of", "said_when", "said_where"];

/// Lists whose items name an item of another list by its id: (list, key, other list).
const REFERENCES: [(&str, &str, &str); 6] = [
    ("entities", "place", "places"),
    ("statements", "place", "places"),
    ("statements", "time", "times"),
    ("events", "place", "places"),
    ("events", "time", "times"),
    ("events", "same_as", "events"),
];

/// How the fault of an id that is no hash of the text begins.
pub const NOT_THE_HASH: &str = "the id is not the hash of the text";

/// Checks everything that a record promises about itself: its anchors, parents, references and hash.
pub fn audit(record: &Value) -> Audit {
    let mut audit = Audit::default();
    let document = &record["document"];
    document["id"].as_str().unwrap_or_default().clone_into(&mut audit.id);
    if !record["error"].is_null() {
        audit.standing = Standing::ErrorRecord;
        return audit;
    }
    audit.standing = Standing::Record;
    if record["onrecord"] != FORMAT {
        audit.fault(
            "document",
            format!("the record format is {}, but this program checks {FORMAT}", record["onrecord"]),
        );
    }
    let Some(text) = document["text"].as_str() else {
        audit.fault("document", "there is no text");
        return audit;
    };
    audit.identity(text);
    let words = Words::new(text);
    let mut walk = Walk { words: &words, ids: HashSet::new(), audit: &mut audit };
    walk.visit(record, "document", "");
    audit.sentences(document, &words);
    audit.entities(&record["entities"], &words);
    audit.statements(&record["statements"], &words);
    audit.speakers(record);
    audit.events(record, &words);
    audit.references(record);
    audit
}

/// The 64 hex digits of an id that is, or looks like, the SHA-256 of a text.
pub fn hash_in(id: &str) -> Option<&str> {
    let digits = id.strip_prefix("sha256:").unwrap_or(id);
    (digits.len() == 64 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))).then_some(digits)
}

/// The SHA-256 of `text`, in hex digits.
pub fn hash_of(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `value` as an anchor: two numbers.
fn anchor(value: &Value) -> Option<CharSpan> {
    let [start, end] = value.as_array()?.as_slice() else { return None };
    Some(CharSpan { start: usize::try_from(start.as_u64()?).ok()?, end: usize::try_from(end.as_u64()?).ok()? })
}

fn anchors(value: &Value) -> Vec<CharSpan> {
    value.as_array().into_iter().flatten().filter_map(anchor).collect()
}

/// From the start of the first to the end of the last.
fn reach(spans: &[CharSpan]) -> Option<CharSpan> {
    let start = spans.iter().map(|span| span.start).min()?;
    Some(CharSpan { start, end: spans.iter().map(|span| span.end).max()? })
}

fn within(inner: CharSpan, outer: CharSpan) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Audit {
    fn fault(&mut self, item: &str, what: impl Into<String>) {
        self.faults.push(Fault { item: item.to_owned(), what: what.into(), words: None });
    }

    fn fault_at(&mut self, item: &str, what: impl Into<String>, words: Option<&str>) {
        self.faults.push(Fault { item: item.to_owned(), what: what.into(), words: words.map(str::to_owned) });
    }

    fn identity(&mut self, text: &str) {
        if self.id.is_empty() {
            self.fault("document", "there is no id");
        }
        let of_text = hash_of(text);
        if hash_in(&self.id).is_some_and(|hash| hash != of_text) {
            self.fault("document", format!("{NOT_THE_HASH}, which is {of_text}"));
        }
    }

    fn sentences(&mut self, document: &Value, words: &Words) {
        let paragraphs = anchors(&document["paragraphs"]);
        for (number, sentence) in anchors(&document["sentences"]).into_iter().enumerate() {
            let after = paragraphs.partition_point(|paragraph| paragraph.start <= sentence.start);
            let holder = after.checked_sub(1).and_then(|before| paragraphs.get(before));
            if !holder.is_some_and(|paragraph| within(sentence, *paragraph)) {
                self.fault_at("document", format!("sentences[{number}] is not inside a paragraph"), words.of(sentence));
            }
        }
    }

    fn statements(&mut self, statements: &Value, words: &Words) {
        let all = statements.as_array().map(Vec::as_slice).unwrap_or_default();
        let by_id: HashMap<&str, &Value> = all.iter().filter_map(|s| Some((s["id"].as_str()?, s))).collect();
        for (number, statement) in all.iter().enumerate() {
            let unnamed = format!("statements[{number}]");
            let item = statement["id"].as_str().unwrap_or(&unnamed);
            if statement["id"].as_str().is_none() {
                self.fault(item, "there is no id");
            }
            let content = anchors(&statement["content"]["spans"]);
            if content.is_empty() {
                self.fault(item, "the content has no anchor");
            }
            for part in ["source", "cue", "content"] {
                if !statement[part]["spans"].is_array() {
                    self.fault(item, format!("{part}.spans is {}, not a list of anchors", statement[part]["spans"]));
                }
                for span in anchors(&statement[part]["spans"]) {
                    self.whole_words(item, part, span, words);
                }
            }
            if !statement["parent"].is_null() {
                self.parent(item, statement, &by_id, words);
            }
        }
    }

    /// The words of roles are copied into the record; they must be those of the text.
    fn entities(&mut self, entities: &Value, words: &Words) {
        for entity in entities.as_array().into_iter().flatten() {
            let item = entity["id"].as_str().unwrap_or("entities");
            for role in entity["roles"].as_array().into_iter().flatten() {
                let there = anchor(&role["span"]).and_then(|span| words.of(span));
                if there.is_some() && there != role["text"].as_str() {
                    self.fault_at(item, format!("the role {} is not what its anchor points at", role["text"]), there);
                }
            }
        }
    }

    /// Speakers must be entities of the record.
    fn speakers(&mut self, record: &Value) {
        let entities = record["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
        let known: HashSet<&str> = entities.iter().filter_map(|entity| entity["id"].as_str()).collect();
        for statement in record["statements"].as_array().into_iter().flatten() {
            for id in statement["source"]["entities"].as_array().into_iter().flatten() {
                if !id.as_str().is_some_and(|id| known.contains(id)) {
                    self.fault(
                        statement["id"].as_str().unwrap_or("statements"),
                        format!("the entity {id} does not exist"),
                    );
                }
            }
        }
    }

    /// Who takes part, what is counted and who asserts must be of the record, and triggers and parties whole words.
    fn events(&mut self, record: &Value, words: &Words) {
        let ids = |list: &str| -> HashSet<&str> {
            let items = record[list].as_array().map(Vec::as_slice).unwrap_or_default();
            items.iter().filter_map(|item| item["id"].as_str()).collect()
        };
        let (entities, quantities, statements) = (ids("entities"), ids("quantities"), ids("statements"));
        for event in record["events"].as_array().into_iter().flatten() {
            let item = event["id"].as_str().unwrap_or("events");
            let triggers = anchors(&event["trigger"]["spans"]);
            if triggers.is_empty() {
                self.fault(item, "the trigger has no anchor");
            }
            for span in triggers.into_iter().filter(|&span| words.of(span).is_some()) {
                self.whole_words(item, "trigger", span, words);
            }
            for part in ["actors", "recipients"] {
                for party in event[part].as_array().into_iter().flatten() {
                    if let Some(span) = anchor(&party["span"]).filter(|&span| words.of(span).is_some()) {
                        self.whole_words(item, part, span, words);
                    }
                    self.known(item, "entity", &party["entity"], &entities);
                }
            }
            let told =
                event["toll"].as_object().into_iter().flat_map(|toll| toll.values()).chain([&event["quantities"]]);
            for id in told.filter_map(Value::as_array).flatten() {
                self.known(item, "quantity", id, &quantities);
            }
            if event["asserted_by"] != "document" {
                self.known(item, "statement", &event["asserted_by"], &statements);
            }
        }
    }

    /// An id, if there is one, is among those of the record.
    fn known(&mut self, item: &str, what: &str, id: &Value, known: &HashSet<&str>) {
        if !id.is_null() && !id.as_str().is_some_and(|id| known.contains(id)) {
            self.fault(item, format!("the {what} {id} does not exist"));
        }
    }

    /// What points at a place or time must point at one of the record.
    fn references(&mut self, record: &Value) {
        for (list, key, targets) in REFERENCES {
            let known = record[targets].as_array().map(Vec::as_slice).unwrap_or_default();
            let known: HashSet<&str> = known.iter().filter_map(|target| target["id"].as_str()).collect();
            for item in record[list].as_array().into_iter().flatten() {
                let id = &item[key];
                if !id.is_null() && !id.as_str().is_some_and(|id| known.contains(id)) {
                    self.fault(item["id"].as_str().unwrap_or(list), format!("the {key} {id} does not exist"));
                }
            }
        }
    }

    /// An anchor that was moved by a character most often starts or ends inside a word, which the engine never does.
    fn whole_words(&mut self, item: &str, part: &str, span: CharSpan, words: &Words) {
        let is_letter = |start: usize| {
            let c = words.of(CharSpan { start, end: start + 1 }).and_then(|c| c.chars().next());
            c.is_some_and(|c| c.is_alphabetic() && c < '\u{250}')
        };
        let cuts = |at: usize| at > 0 && is_letter(at - 1) && is_letter(at);
        if span.start < span.end && (cuts(span.start) || cuts(span.end)) {
            self.fault_at(item, format!("{part} [{}, {}] cuts a word", span.start, span.end), words.of(span));
        }
    }

    fn parent(&mut self, item: &str, statement: &Value, by_id: &HashMap<&str, &Value>, words: &Words) {
        let Some(parent) = statement["parent"].as_str().and_then(|parent| by_id.get(parent)) else {
            return self.fault(item, format!("the parent {} does not exist", statement["parent"]));
        };
        let mut above = Some(parent);
        for _ in 0..by_id.len() {
            above = above.and_then(|above| by_id.get(above["parent"].as_str()?));
            if above.is_none() {
                break;
            }
        }
        if above.is_some() {
            return self.fault(item, "the parents go round in a circle");
        }
        let content = reach(&anchors(&statement["content"]["spans"]));
        let holder = reach(&anchors(&parent["content"]["spans"]));
        if let (Some(content), Some(holder)) = (content, holder)
            && !within(content, holder)
        {
            let what = format!("the content is not inside that of its parent {}", parent["id"]);
            self.fault_at(item, what, words.of(content));
        }
    }
}

/// The walk through a record that looks at every anchor.
struct Walk<'a> {
    words: &'a Words<'a>,
    ids: HashSet<String>,
    audit: &'a mut Audit,
}

impl Walk<'_> {
    /// `item` is the nearest item around `value` that has an id, `path` the way from there.
    fn visit(&mut self, value: &Value, item: &str, path: &str) {
        match value {
            Value::Object(fields) => {
                let id = fields.get("id").and_then(Value::as_str).filter(|_| path != "document");
                if let Some(id) = id
                    && !self.ids.insert(id.to_owned())
                {
                    self.audit.fault(id, "the id is used twice");
                }
                let (item, path) = id.map_or((item, path), |id| (id, ""));
                for (key, value) in fields {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    self.field(key, value, item, &path);
                }
            }
            Value::Array(values) => {
                for (number, value) in values.iter().enumerate() {
                    self.visit(value, item, &format!("{path}[{number}]"));
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, key: &str, value: &Value, item: &str, path: &str) {
        let is_list = |values: &Vec<Value>| !values.is_empty() && values.iter().all(|value| anchor(value).is_some());
        let is_anchor = anchor(value).is_some() || value.as_array().is_some_and(is_list);
        let is_named = ANCHORS.contains(&key) || (MAYBE_ANCHORS.contains(&key) && is_anchor);
        match value.as_array().filter(|_| is_named) {
            Some(_) if anchor(value).is_some() => {
                self.anchor(value, item, path);
            }
            Some(values) => self.anchors(values, item, path),
            None => self.visit(value, item, path),
        }
    }

    fn anchors(&mut self, values: &[Value], item: &str, path: &str) {
        let mut before = 0;
        for (number, value) in values.iter().enumerate() {
            let Some(span) = self.anchor(value, item, &format!("{path}[{number}]")) else { continue };
            if span.start < before {
                let what = format!(
                    "{path}[{number}] starts at character {}, before the one before it ends at {before}",
                    span.start
                );
                self.audit.fault_at(item, what, self.words.of(span));
            }
            before = span.end;
        }
    }

    /// Checks one anchor and gives it back if it is sound.
    fn anchor(&mut self, value: &Value, item: &str, path: &str) -> Option<CharSpan> {
        self.audit.anchors += 1;
        let Some(span) = anchor(value) else {
            self.audit.fault(item, format!("{path} is {value}, not an anchor"));
            return None;
        };
        let (CharSpan { start, end }, chars) = (span, self.words.chars());
        if start >= end {
            self.audit.fault(item, format!("{path} starts at character {start} and ends at {end}"));
        } else if end > chars {
            let words = self.words.of(CharSpan { start, end: chars });
            self.audit.fault_at(item, format!("{path} ends at character {end}, but the text has {chars}"), words);
        } else {
            return Some(span);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Standing, audit, hash_in, hash_of};

    /// 0 Ada said the dam held, 22 and Bo agreed.
    const TEXT: &str = "Ada said the dam held and Bo agreed.";

    fn record() -> Value {
        json!({
            "onrecord": 1, "engine": "0", "model": "none",
            "document": {"id": "a", "text": TEXT, "paragraphs": [[0, 36]], "sentences": [[0, 36]]},
            "statements": [
                {"id": "s1", "source": {"spans": [[0, 3]]}, "cue": {"spans": [[4, 8]]}, "content": {"spans": [[9, 35]]}, "parent": null,
                 "time": null, "place": null},
                {"id": "s2", "source": {"spans": [[26, 28]]}, "cue": {"spans": [[29, 35]]}, "content": {"spans": [[9, 21]]}, "parent": "s1"}
            ],
            "entities": [],
            "times": [{"id": "t1", "span": [0, 3]}],
            "quantities": [{"id": "q1", "span": [13, 16], "of": [9, 16]}]
        })
    }

    #[track_caller]
    fn faults(path: &str, value: Value) -> Vec<String> {
        let mut record = record();
        *record.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
        audit(&record).faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sound_record_has_no_faults() {
        let audit = audit(&record());
        assert_eq!(audit.faults, []);
        assert_eq!((audit.id.as_str(), audit.anchors, audit.standing), ("a", 11, Standing::Record));
    }

    #[test]
    fn anchors_outside_reversed_or_empty_are_faults() {
        assert_eq!(
            faults("/statements/0/source/spans/0", json!([29, 40])),
            ["s1: source.spans[0] ends at character 40, but the text has 36: “agreed.”"]
        );
        assert_eq!(
            faults("/statements/0/source/spans/0", json!([3, 3])),
            ["s1: source.spans[0] starts at character 3 and ends at 3"]
        );
        assert_eq!(
            faults("/statements/0/source/spans/0", json!([3, 0])),
            ["s1: source.spans[0] starts at character 3 and ends at 0"]
        );
        assert_eq!(faults("/statements/0/cue/spans/0", json!([-4, 8])), ["s1: cue.spans[0] is [-4,8], not an anchor"]);
        assert_eq!(faults("/statements/0/cue", json!({})), ["s1: cue.spans is null, not a list of anchors"]);
        assert_eq!(
            faults("/statements/0/cue/spans", json!("said")),
            ["s1: cue.spans is \"said\", not a list of anchors"]
        );
    }

    #[test]
    fn places_and_times_that_are_pointed_at_exist() {
        assert_eq!(faults("/statements/0/place", json!("p1")), ["s1: the place \"p1\" does not exist"]);
        assert_eq!(faults("/statements/0/time", json!("t9")), ["s1: the time \"t9\" does not exist"]);
        assert_eq!(faults("/statements/0/time", json!("t1")), [""; 0]);
        assert_eq!(faults("/entities", json!([{"id": "e1", "place": "p7"}])), ["e1: the place \"p7\" does not exist"]);
    }

    #[test]
    fn a_shifted_anchor_cuts_a_word() {
        assert_eq!(faults("/statements/0/cue/spans/0", json!([5, 9])), ["s1: cue [5, 9] cuts a word: “aid”"]);
        assert_eq!(faults("/statements/0/source/spans/0", json!([0, 2])), ["s1: source [0, 2] cuts a word: “Ad”"]);
    }

    #[test]
    fn anchors_of_one_part_stand_in_order() {
        assert_eq!(
            faults("/statements/0/content/spans", json!([[22, 35], [9, 21]])),
            ["s1: content.spans[1] starts at character 9, before the one before it ends at 35: “the dam held”"]
        );
    }

    #[test]
    fn anchors_of_fields_to_come_are_checked() {
        assert_eq!(
            faults("/quantities/0/span", json!([13, 99])),
            ["q1: span ends at character 99, but the text has 36: “dam held and Bo agreed.”"]
        );
        assert_eq!(
            faults("/quantities/0/span", json!([0.25, 4])),
            ["q1: span[0] is 0.25, not an anchor", "q1: span[1] is 4, not an anchor"]
        );
        assert_eq!(faults("/quantities/0/span", json!(-0.25)), Vec::<String>::new());
        assert_eq!(faults("/quantities/0/of", json!([16, 9])), ["q1: of starts at character 16 and ends at 9"]);
        assert_eq!(
            faults("/quantities", json!([{"id": "q1", "deep": [{"spans": [[1, 50]]}]}])),
            ["q1: deep[0].spans[0] ends at character 50, but the text has 36: “da said the dam held and Bo agreed.”"]
        );
    }

    #[test]
    fn sentences_stand_inside_paragraphs() {
        assert_eq!(
            faults("/document/paragraphs", json!([[0, 21], [22, 36]])),
            ["document: sentences[0] is not inside a paragraph: “Ada said the dam held and Bo agreed.”"]
        );
    }

    #[test]
    fn parents_exist_and_hold_their_statements() {
        assert_eq!(faults("/statements/1/parent", json!("s9")), ["s2: the parent \"s9\" does not exist"]);
        assert_eq!(
            faults("/statements/0/parent", json!("s2")),
            ["s1: the parents go round in a circle", "s2: the parents go round in a circle"]
        );
        assert_eq!(
            faults("/statements/0/content/spans/0", json!([17, 35])),
            ["s2: the content is not inside that of its parent \"s1\": “the dam held”"]
        );
        assert_eq!(faults("/statements/1/id", json!("s1"))[0], "s1: the id is used twice");
        assert_eq!(faults("/statements/1/content/spans", json!([])), ["s2: the content has no anchor"]);
    }

    #[test]
    fn speakers_are_entities_and_roles_are_words_of_the_text() {
        let mut record = record();
        record["statements"][0]["source"]["entities"] = json!(["e1"]);
        let found = |record: &Value| audit(record).faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(found(&record), ["s1: the entity \"e1\" does not exist"]);
        record["entities"] =
            json!([{"id": "e1", "roles": [{"text": "Bo", "span": [0, 3]}], "mentions": [{"span": [0, 3]}]}]);
        assert_eq!(found(&record), ["e1: the role \"Bo\" is not what its anchor points at: “Ada”"]);
    }

    #[test]
    fn a_hash_for_an_id_is_the_hash_of_the_text() {
        let hash = hash_of(TEXT);
        assert_eq!(hash_in(&format!("sha256:{hash}")), Some(hash.as_str()));
        assert_eq!(faults("/document/id", json!(hash)), Vec::<String>::new());
        assert_eq!(faults("/document/id", json!(format!("sha256:{hash}"))), Vec::<String>::new());
        assert_eq!(
            faults("/document/id", json!(hash_of("another"))),
            [format!("document: the id is not the hash of the text, which is {hash}")]
        );
        assert_eq!(faults("/document/id", json!("")), ["document: there is no id"]);
    }

    #[test]
    fn what_is_no_record_is_a_fault_and_an_error_record_is_not() {
        let faults = |value: Value| audit(&value).faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            faults(json!([1])),
            ["document: the record format is null, but this program checks 1", "document: there is no text"]
        );
        let error = audit(
            &json!({"onrecord": 1, "document": {"id": "a"}, "error": {"kind": "empty", "message": "there is no text"}}),
        );
        assert_eq!((error.standing, error.faults), (Standing::ErrorRecord, vec![]));
    }
}
