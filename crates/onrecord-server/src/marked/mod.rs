//! A record → its paragraphs, cut at every boundary of what is marked in them.
//!
//! Marks overlap and nest as they like; HTML may not. So the text becomes segments, each with the names of all marks that cover it, and no element ever
//! holds another. Offsets are code points, as in records. Linear in the text and in the marks; nothing of the text is lost, and nothing is copied.

mod words;

#[cfg(test)]
mod tests;

use onrecord::Record;
use onrecord::record::{CharSpan, MentionForm};

pub use words::Words;

/// What a mark says of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The words that a statement reports.
    Content,
    /// Who says it.
    Source,
    /// The words that report it.
    Cue,
    /// The words that tell of an event.
    Trigger,
    /// Somebody or something by name or by a noun.
    Entity,
    /// The same by a pronoun.
    Pronoun,
    /// When.
    Time,
    /// Where.
    Place,
    /// How much.
    Quantity,
}

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Which part of it.
    pub part: Part,
    /// The place of the item in its list of the record, from 0.
    pub item: usize,
}

/// A statement or an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// By its place among the statements, from 0.
    Statement(usize),
    /// By its place among the events.
    Event(usize),
}

/// Words in which no mark begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Where it begins, in characters of the text.
    pub start: usize,
    /// The words.
    pub text: &'a str,
    /// What covers them, in the order of [`Mark`].
    pub marks: Vec<Mark>,
    /// Items whose content or trigger begins here.
    pub begins: Vec<Item>,
    /// Statements whose content ends here.
    pub ends: Vec<usize>,
}

/// A paragraph of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph<'a> {
    /// Its words, in their order, without a gap.
    pub segments: Vec<Segment<'a>>,
    /// Statements and events that begin in it, in the order of the text.
    pub items: Vec<Item>,
}

/// Cuts the text of `record`. What begins between two paragraphs belongs to the next, and behind the last to the last.
pub fn paragraphs(record: &Record) -> Vec<Paragraph<'_>> {
    let text = record.document.text.as_str();
    let marks = Marks::of(record);
    let mut cursor = Cursor { text, chars: 0, byte: 0 };
    let mut sweep = Sweep { marks: &marks.spans, next: 0, active: Vec::new() };
    let (mut begins, mut ends) = (marks.begins.iter().peekable(), marks.ends.iter().peekable());
    let mut paragraphs = Vec::with_capacity(record.document.paragraphs.len());
    for span in stretches(record) {
        let mut segments = Vec::new();
        cursor.go_to(span.start);
        sweep.skip_to(span.start);
        let first = marks.cuts.partition_point(|&cut| cut <= span.start);
        let inside = marks.cuts.iter().skip(first).copied().take_while(|&cut| cut < span.end);
        for end in inside.chain([span.end]) {
            let start = cursor.chars;
            let covering = sweep.at(start);
            let words = cursor.words_to(end);
            if words.is_empty() {
                continue;
            }
            let mut segment = Segment { start, text: words, marks: covering, begins: Vec::new(), ends: Vec::new() };
            while let Some((_, item)) = begins.next_if(|(at, _)| *at < end) {
                segment.begins.push(*item);
            }
            while let Some((_, item)) = ends.next_if(|(at, _)| *at <= end) {
                segment.ends.push(*item);
            }
            segments.push(segment);
        }
        let items = segments.iter().flat_map(|segment| segment.begins.iter().copied()).collect();
        paragraphs.push(Paragraph { segments, items });
    }
    let (begins, ends) = (begins.map(|(_, item)| *item), ends.map(|(_, item)| *item));
    left_over(&mut paragraphs, begins.collect(), ends.collect());
    paragraphs
}

/// Gives the last paragraph what begins behind it, so that no item is without a place.
fn left_over(paragraphs: &mut Vec<Paragraph<'_>>, begins: Vec<Item>, ends: Vec<usize>) {
    if begins.is_empty() && ends.is_empty() {
        return;
    }
    if paragraphs.is_empty() {
        paragraphs.push(Paragraph { segments: Vec::new(), items: Vec::new() });
    }
    if let Some(last) = paragraphs.last_mut() {
        last.items.extend(&begins);
        if let Some(segment) = last.segments.last_mut() {
            segment.begins.extend(begins);
            segment.ends.extend(ends);
        }
    }
}

/// The paragraphs as stretches of the text that do not overlap; the whole text where the record has none.
fn stretches(record: &Record) -> Vec<CharSpan> {
    let mut behind = 0;
    let mut stretches = Vec::with_capacity(record.document.paragraphs.len());
    for span in &record.document.paragraphs {
        let start = span.start.max(behind);
        if start < span.end {
            stretches.push(CharSpan { start, end: span.end });
            behind = span.end;
        }
    }
    if stretches.is_empty() && !record.document.text.is_empty() {
        stretches.push(CharSpan { start: 0, end: record.document.text.chars().count() });
    }
    stretches
}

/// All marks of a record.
struct Marks {
    /// By where they begin.
    spans: Vec<(CharSpan, Mark)>,
    /// Where marks begin and end, in order, each once.
    cuts: Vec<usize>,
    /// Where the content or trigger of each item begins, in order.
    begins: Vec<(usize, Item)>,
    /// Where the content of each statement ends, in order.
    ends: Vec<(usize, usize)>,
}

impl Marks {
    fn of(record: &Record) -> Marks {
        let mut marks = Marks { spans: Vec::new(), cuts: Vec::new(), begins: Vec::new(), ends: Vec::new() };
        for (item, statement) in record.statements.iter().enumerate() {
            let (source, cue, content) = (&statement.source.spans, &statement.cue.spans, &statement.content.spans);
            marks.put(Part::Content, item, content);
            marks.put(Part::Source, item, source);
            marks.put(Part::Cue, item, cue);
            let words = [content, cue, source].into_iter().find(|spans| !spans.is_empty());
            let (start, end) = hull(words.map(Vec::as_slice).unwrap_or_default());
            marks.begins.push((start, Item::Statement(item)));
            marks.ends.push((end, item));
        }
        for (item, event) in record.events.iter().enumerate() {
            marks.put(Part::Trigger, item, &event.trigger.spans);
            marks.begins.push((hull(&event.trigger.spans).0, Item::Event(item)));
        }
        for (item, entity) in record.entities.iter().enumerate() {
            for mention in &entity.mentions {
                let part = if mention.form == MentionForm::Pronoun { Part::Pronoun } else { Part::Entity };
                marks.put(part, item, &[mention.span]);
            }
        }
        record.times.iter().enumerate().for_each(|(item, time)| marks.put(Part::Time, item, &[time.span]));
        record.places.iter().enumerate().for_each(|(item, place)| marks.put(Part::Place, item, &[place.span]));
        record.quantities.iter().enumerate().for_each(|(item, of)| marks.put(Part::Quantity, item, &[of.span]));
        marks.sorted()
    }

    fn put(&mut self, part: Part, item: usize, spans: &[CharSpan]) {
        for span in spans.iter().filter(|span| span.start < span.end) {
            self.spans.push((*span, Mark { part, item }));
            self.cuts.extend([span.start, span.end]);
        }
    }

    fn sorted(mut self) -> Marks {
        self.spans.sort_by_key(|(span, mark)| (span.start, *mark));
        self.cuts.sort_unstable();
        self.cuts.dedup();
        self.begins.sort();
        self.ends.sort_unstable();
        self
    }
}

/// From the first to the last character of some spans.
fn hull(spans: &[CharSpan]) -> (usize, usize) {
    let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
    (start, spans.iter().map(|span| span.end).max().unwrap_or_default())
}

/// Goes through marks from the first to the last and knows which cover the place where it is.
struct Sweep<'a> {
    marks: &'a [(CharSpan, Mark)],
    next: usize,
    active: Vec<(usize, Mark)>,
}

impl Sweep<'_> {
    /// Takes in what begins before `chars`.
    fn skip_to(&mut self, chars: usize) {
        while let Some((span, mark)) = self.marks.get(self.next).filter(|(span, _)| span.start <= chars) {
            self.active.push((span.end, *mark));
            self.next += 1;
        }
    }

    /// What covers the character `chars`.
    fn at(&mut self, chars: usize) -> Vec<Mark> {
        self.skip_to(chars);
        self.active.retain(|(end, _)| *end > chars);
        let mut marks: Vec<_> = self.active.iter().map(|(_, mark)| *mark).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

/// A place in the text that only goes forward.
struct Cursor<'a> {
    text: &'a str,
    chars: usize,
    byte: usize,
}

impl<'a> Cursor<'a> {
    fn go_to(&mut self, chars: usize) {
        self.words_to(chars);
    }

    /// The words up to the character `end`, or to the end of the text.
    fn words_to(&mut self, end: usize) -> &'a str {
        let rest = self.text.get(self.byte..).unwrap_or_default();
        let wanted = end.saturating_sub(self.chars);
        let length = rest.char_indices().nth(wanted).map_or(rest.len(), |(byte, _)| byte);
        let words = rest.get(..length).unwrap_or_default();
        self.byte += length;
        self.chars = self.chars.max(end);
        words
    }
}
