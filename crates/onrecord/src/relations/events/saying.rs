//! Saying is no event: "noted", "reported", "explained" tell who says something, unless the act itself is one that PLOVER codes.

use super::{Event, Statement, lexicon};
use crate::document::Document;
use crate::relations::acts;
use crate::relations::places::Places;
use crate::rules::EVENT_SAYING;

/// Acts of speech that no type of PLOVER is about.
const PLAIN: [&str; 11] =
    ["say", "state", "report", "confirm", "explain", "reply", "predict", "believe", "hope", "doubt", "cite"];

/// Words for declaring false. CAMEO's 016, and PLOVER leaves out all that is but said; who denies somebody a visa reports nothing.
const DENIALS: [&str; 2] = ["deny", "denial"];

/// How sure a statement must be for its cue to count: the heads of events may know better.
const SURE: f64 = 0.7;

/// Takes the confidence from every event whose trigger is but the cue of a plain statement; words of the table keep theirs. O(n).
pub(super) fn drop_cues(document: &Document, events: &mut [Event], statements: &[Statement], places: &Places) {
    for event in events {
        let told = places.touching(event.trigger).filter_map(|(_, at)| statements.get(at));
        let trigger = event.trigger.text(document.text());
        let denial = DENIALS.contains(&acts::lemma_of(&trigger.to_lowercase()).as_str());
        let unknown = lexicon::look_up(trigger).is_none();
        let says = |statement: &Statement| {
            let is_cue = statement.cue.is_some_and(|cue| cue.contains(event.trigger));
            let is_plain = unknown && PLAIN.contains(&statement.act) || denial && statement.act == "deny";
            is_cue && statement.confidence >= SURE && is_plain
        };
        if told.into_iter().any(says) {
            (event.confidence, event.rule) = (0.0, EVENT_SAYING);
        }
    }
}
