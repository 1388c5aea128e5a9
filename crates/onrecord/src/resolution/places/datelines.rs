//! Datelines: "LYON, France (AP) —" and "Lyon, March 3 (Reuters) -" at the start of a paragraph.

use super::fold::fold;
use super::gazetteer;
use super::regions::regions;
use crate::document::{Document, Span};

/// The place names of one dateline, in order: the town, then what it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    pub names: Vec<Span>,
}

/// How far into a paragraph a dateline reaches, in bytes.
const MOST_BYTES: usize = 80;
/// How many paragraphs may begin with one: titles, bylines and the joint reports of several correspondents stand before.
const MOST_PARAGRAPHS: usize = 12;

/// The datelines of an article. A town must stand in capitals, or an agency or date must stand behind it.
pub(super) fn datelines(document: &Document) -> Vec<Dateline> {
    let paragraphs = document.paragraphs().iter().take(MOST_PARAGRAPHS);
    paragraphs.filter_map(|&paragraph| dateline(document.text(), paragraph)).collect()
}

fn dateline(text: &str, paragraph: Span) -> Option<Dateline> {
    let words = paragraph.text(text);
    let mut end = words.len().min(MOST_BYTES);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let start = words.get(..end)?;
    let dash = ["—", "–", " -- ", "--", " - "].iter().filter_map(|dash| start.find(dash)).min()?;
    let line = start.get(..dash)?;
    let places = line.split(['(', '[']).next()?;
    let has_agency = line.contains(['(', '[']);
    let mut names = Vec::new();
    let mut at = paragraph.start;
    for (number, part) in places.split(',').enumerate() {
        let lead = part.len() - part.trim_start().len();
        let mut span = Span::new(at + lead, at + lead + part.trim().len());
        at += part.len() + 1;
        if number == 0 && has_agency {
            span = shouted_end(text, span);
        }
        let name = span.text(text);
        let is_shouted = !name.contains(char::is_lowercase) && name.chars().filter(|c| c.is_uppercase()).count() > 2;
        if number == 0 && !(is_shouted || has_agency) || name.split(' ').count() > 4 {
            return None;
        }
        match is_name(name) {
            true => names.push(span),
            // A place too small for any table.
            false if number == 0 && is_shouted && has_agency => names.push(span),
            false if number == 0 => return None,
            false => {}
        }
    }
    (!names.is_empty()).then_some(Dateline { names })
}

/// The words in capitals at the end, if others stand before them: "By Ana Ruiz LYON (Reuters) -".
fn shouted_end(text: &str, span: Span) -> Span {
    let mut end = span;
    let mut start = None;
    for word in span.text(text).rsplit(' ') {
        let at = end.end - word.len();
        if word.contains(char::is_lowercase) || !word.contains(char::is_uppercase) {
            break;
        }
        start = Some(at);
        end.end = at.saturating_sub(1);
    }
    start.map_or(span, |start| Span::new(start, span.end))
}

/// Words with capitals that a table or the gazetteer knows as a place.
fn is_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
        && fold(name).is_some_and(|key| {
            regions(name, &key).next().is_some()
                || regions(&title(name), &key).next().is_some()
                || !gazetteer::entries(&key).is_empty()
                || key == "united nations"
        })
}

/// A name in capitals as it is usually printed.
fn title(name: &str) -> String {
    super::fold::usual(&name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::datelines;
    use crate::document::Document;

    fn names(text: &str) -> Vec<String> {
        let found = datelines(&Document::new(text));
        found.iter().flat_map(|dateline| &dateline.names).map(|name| name.text(text).to_owned()).collect()
    }

    #[test]
    fn a_dateline_has_capitals_or_an_agency() {
        assert_eq!(names("LYON, France (AP) — The bridge is open."), ["LYON", "France"]);
        assert_eq!(names("Lyon, March 3 (Reuters) - The bridge is open."), ["Lyon"]);
        assert_eq!(names("AUSTIN, Texas — The bridge is open."), ["AUSTIN", "Texas"]);
        assert_eq!(names("By Ana Ruiz LYON (Reuters) - The bridge is open."), ["LYON"]);
        assert_eq!(names("LORNE GAP, Canada (Reuters) - The bridge is open."), ["LORNE GAP", "Canada"]);
        assert_eq!(names("The bridge in Lyon — the old one — is open."), [""; 0]);
        assert_eq!(names("Lyon — the town, not the club — has a bridge."), [""; 0]);
    }
}
