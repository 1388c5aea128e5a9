//! A record → brat standoff: a text, what is marked in it, and the configuration that names the marks.
//!
//! Offsets are code points of the text file, which is the text as it is. A span never holds a line end: it is cut into pieces there, as brat asks.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use onrecord::record::{CharSpan, Event, Kind, Statement};

use super::name_of;
use crate::article::Article;

/// What brat is told of the marks, with the types of events that PLOVER has.
pub const CONFIGURATION: &str = "\
# Written by onrecord. Offsets are Unicode code points of the .txt file.
[entities]
QUOTE
CUE
SOURCE
PARTY
Person
Organization
Place
Group
Work
Other

[relations]
Says\tArg1:SOURCE, Arg2:QUOTE
Reports\tArg1:CUE, Arg2:QUOTE
Within\tArg1:QUOTE, Arg2:QUOTE
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]
!Event
";

/// Where brat, which is written in Python, ends a line.
const LINE_ENDS: [char; 10] =
    ['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];

/// The types of PLOVER 2.0.
const EVENT_TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The configuration of a folder.
pub fn configuration() -> String {
    let mut configuration = CONFIGURATION.to_owned();
    for kind in EVENT_TYPES {
        let _ = writeln!(configuration, "\t{kind}\tActor*:PARTY, Recipient*:PARTY");
    }
    configuration.push_str(
        "\n[attributes]\nForm\tArg:QUOTE, Value:direct|indirect|mixed\nPolarity\tArg:QUOTE|<EVENT>, Value:positive|negative\n\
         Certainty\tArg:<EVENT>, Value:certain|probable|possible\nTense\tArg:<EVENT>, Value:past|ongoing|future|hypothetical\n",
    );
    configuration
}

/// The `.ann` file of an article.
pub fn annotations(article: &Article) -> String {
    let mut standoff = Standoff { article, out: String::new(), bound: BTreeMap::new(), counts: BTreeMap::new() };
    let mut quotes = HashMap::new();
    for statement in &article.record.statements {
        if let Some(quote) = standoff.statement(statement) {
            quotes.insert(statement.id.as_str(), quote);
        }
    }
    for statement in &article.record.statements {
        let parent = statement.parent.as_deref().and_then(|parent| quotes.get(parent));
        let quote = quotes.get(statement.id.as_str());
        if let (Some(quote), Some(parent)) = (quote, parent.filter(|parent| quote != Some(parent))) {
            standoff.relation("Within", quote, parent);
        }
    }
    standoff.entities();
    for event in &article.record.events {
        standoff.event(event);
    }
    standoff.out
}

/// A file under way.
struct Standoff<'a> {
    article: &'a Article<'a>,
    out: String,
    /// The ids of marks by type and pieces: what is marked twice is marked once.
    bound: BTreeMap<(String, Vec<CharSpan>), String>,
    /// How many there are of each letter.
    counts: BTreeMap<char, usize>,
}

impl Standoff<'_> {
    fn id(&mut self, letter: char) -> String {
        let count = self.counts.entry(letter).or_default();
        *count += 1;
        format!("{letter}{count}")
    }

    /// Marks spans; none where they hold nothing but line ends.
    fn mark(&mut self, kind: &str, spans: &[CharSpan]) -> Option<String> {
        let pieces: Vec<CharSpan> =
            spans.iter().flat_map(|span| pieces(self.article.words(*span), span.start)).collect();
        if pieces.is_empty() {
            return None;
        }
        let key = (kind.to_owned(), pieces);
        if let Some(id) = self.bound.get(&key) {
            return Some(id.clone());
        }
        let id = self.id('T');
        let places: Vec<String> = key.1.iter().map(|piece| format!("{} {}", piece.start, piece.end)).collect();
        let words: Vec<&str> = key.1.iter().map(|piece| self.article.words(*piece)).collect();
        let _ = writeln!(self.out, "{id}\t{kind} {}\t{}", places.join(";"), words.join(" "));
        self.bound.insert(key, id.clone());
        Some(id)
    }

    fn relation(&mut self, kind: &str, from: &str, to: &str) {
        let id = self.id('R');
        let _ = writeln!(self.out, "{id}\t{kind} Arg1:{from} Arg2:{to}");
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        let id = self.id('A');
        let _ = writeln!(self.out, "{id}\t{name} {of} {value}");
    }

    fn note(&mut self, of: &str, text: &str) {
        let id = self.id('#');
        let _ = writeln!(self.out, "{id}\tAnnotatorNotes {of}\t{}", super::cells::flat(text));
    }

    /// Marks the parts of a statement; gives the id of its content.
    fn statement(&mut self, statement: &Statement) -> Option<String> {
        let source = self.mark("SOURCE", &statement.source.spans);
        let cue = self.mark("CUE", &statement.cue.spans);
        let quote = self.mark("QUOTE", &statement.content.spans)?;
        if let Some(source) = source {
            self.relation("Says", &source, &quote);
        }
        if let Some(cue) = cue {
            self.relation("Reports", &cue, &quote);
        }
        self.attribute("Form", &quote, &name_of(&statement.form));
        self.attribute("Polarity", &quote, &name_of(&statement.polarity));
        let speaker = self.article.speaker_of(statement);
        self.note(&quote, &format!("{} {} · {speaker} · {}", statement.id, statement.cue.act, statement.confidence));
        Some(quote)
    }

    fn entities(&mut self) {
        let article = self.article;
        for entity in &article.record.entities {
            let kind = match entity.kind {
                Kind::Person => "Person",
                Kind::Organization => "Organization",
                Kind::Place => "Place",
                Kind::Group => "Group",
                Kind::Work => "Work",
                Kind::Other => "Other",
            };
            let geonames = article.place(entity.place.as_deref()).and_then(|place| place.geonames);
            for mention in &entity.mentions {
                let Some(mark) = self.mark(kind, &[mention.span]) else { continue };
                let id = self.id('N');
                let name = super::cells::flat(&entity.name);
                let _ = match geonames {
                    Some(geonames) => writeln!(self.out, "{id}\tReference {mark} GeoNames:{geonames}\t{name}"),
                    None => writeln!(self.out, "{id}\tReference {mark} onrecord:{}\t{name}", entity.id),
                };
            }
        }
    }

    fn event(&mut self, event: &Event) {
        let kind: String = event.kind.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let Some(trigger) = self.mark(&kind, &event.trigger.spans) else { return };
        let mut arguments = String::new();
        for (role, parties) in [("Actor", &event.actors), ("Recipient", &event.recipients)] {
            let mut known = BTreeSet::new();
            for party in parties {
                let Some(mark) = self.mark("PARTY", &[party.span]).filter(|mark| known.insert(mark.clone())) else {
                    continue;
                };
                let number = if known.len() > 1 { known.len().to_string() } else { String::new() };
                let _ = write!(arguments, " {role}{number}:{mark}");
            }
        }
        let id = self.id('E');
        let _ = writeln!(self.out, "{id}\t{kind}:{trigger}{arguments}");
        self.attribute("Polarity", &id, &name_of(&event.polarity));
        self.attribute("Certainty", &id, &name_of(&event.certainty));
        self.attribute("Tense", &id, &name_of(&event.tense));
    }
}

/// The parts of `words`, which begin at character `start`, between its line ends and without the white space beside them.
fn pieces(words: &str, start: usize) -> Vec<CharSpan> {
    let mut pieces = Vec::new();
    let mut at = start;
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    for line in words.split_inclusive(LINE_ENDS) {
        let before = line.chars().take_while(|c| is_blank(*c)).count();
        let kept = line.trim_matches(is_blank).chars().count();
        if kept > 0 {
            pieces.push(CharSpan { start: at + before, end: at + before + kept });
        }
        at += line.chars().count();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use onrecord::record::CharSpan;

    use super::pieces;

    #[test]
    fn spans_are_cut_at_line_ends() {
        let at =
            |spans: &[(usize, usize)]| spans.iter().map(|&(start, end)| CharSpan { start, end }).collect::<Vec<_>>();
        assert_eq!(pieces("🌊 held\r\n\r\n “on” ", 10), at(&[(10, 16), (21, 25)]));
        assert_eq!(pieces("one", 4), at(&[(4, 7)]));
        assert_eq!(pieces("\n \n", 4), []);
    }
}
