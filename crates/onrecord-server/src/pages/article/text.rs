//! Segments of a paragraph → spans of HTML: classes for what they are, and the names of the items that cover them for the script.

use onrecord::record::{Review, Status};
use onrecord_store::views::ArticleView;

use crate::marked::{Item, Mark, Paragraph, Part};

/// The deepest nesting that has a tint of its own.
const DEEPEST: usize = 4;

/// A paragraph.
pub struct ParagraphView<'a> {
    /// Where it begins, in characters of the text.
    pub start: usize,
    /// Its words.
    pub segments: Vec<SegmentView<'a>>,
}

/// Words that carry the same marks.
pub struct SegmentView<'a> {
    /// Names of places in the page: of the statements and events that begin here.
    pub anchors: Vec<&'a str>,
    /// Classes; empty where nothing is marked.
    pub class: String,
    /// What covers it: `s1:content e2`.
    pub of: String,
    /// What it stands for, in words.
    pub title: String,
    /// The words.
    pub text: &'a str,
    /// Numbers of the notes on the statements that end here.
    pub references: Vec<Reference<'a>>,
}

/// The number of a note.
pub struct Reference<'a> {
    /// The number.
    pub number: usize,
    /// The end of the permalink of its statement.
    pub mark: &'a str,
}

/// A paragraph for the page.
pub fn view<'a>(article: &'a ArticleView, paragraph: &Paragraph<'a>) -> ParagraphView<'a> {
    let segments = paragraph.segments.iter().map(|segment| SegmentView {
        anchors: segment.begins.iter().map(|item| mark_of(article, *item)).collect(),
        class: class(article, &segment.marks),
        of: segment.marks.iter().map(|mark| name(*mark)).collect::<Vec<_>>().join(" "),
        title: title(article, &segment.marks),
        text: segment.text,
        references: segment.ends.iter().map(|at| reference(article, *at)).collect(),
    });
    ParagraphView {
        start: paragraph.segments.first().map(|segment| segment.start).unwrap_or_default(),
        segments: segments.collect(),
    }
}

fn reference(article: &ArticleView, at: usize) -> Reference<'_> {
    Reference { number: at + 1, mark: mark_of(article, Item::Statement(at)) }
}

/// The end of an item's permalink, behind that of the article.
pub fn mark_of(article: &ArticleView, item: Item) -> &str {
    let permalink = match item {
        Item::Statement(at) => article.statements.get(at),
        Item::Event(at) => article.events.get(at),
    };
    permalink.and_then(|id| id.strip_prefix(article.id.as_str())).unwrap_or_default()
}

/// How the script finds the words of an item.
fn name(mark: Mark) -> String {
    let number = mark.item + 1;
    match mark.part {
        Part::Content => format!("s{number}:content"),
        Part::Source => format!("s{number}:source"),
        Part::Cue => format!("s{number}:cue"),
        Part::Trigger => format!("v{number}"),
        Part::Entity | Part::Pronoun => format!("e{number}"),
        Part::Time => format!("t{number}"),
        Part::Place => format!("p{number}"),
        Part::Quantity => format!("q{number}"),
    }
}

fn class(article: &ArticleView, marks: &[Mark]) -> String {
    let mut classes = Vec::new();
    let mut depth = 0;
    for mark in marks {
        let is_rejected = is_rejected(article, *mark);
        let class = match mark.part {
            Part::Content => {
                depth += usize::from(!is_rejected);
                continue;
            }
            Part::Pronoun => continue,
            _ if is_rejected => continue,
            Part::Source => "source",
            Part::Cue => "cue",
            Part::Trigger => "event",
            Part::Entity => "entity",
            Part::Time => "time",
            Part::Place => "place",
            Part::Quantity => "quantity",
        };
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    const DEPTHS: [&str; DEEPEST] = ["content c1", "content c2", "content c3", "content c4"];
    classes.extend(depth.checked_sub(1).and_then(|deep| DEPTHS.get(deep.min(DEEPEST - 1))));
    classes.join(" ")
}

fn is_rejected(article: &ArticleView, mark: Mark) -> bool {
    let rejected = |review: Option<&Review>| review.is_some_and(|review| review.status == Some(Status::Rejected));
    match mark.part {
        Part::Content | Part::Source | Part::Cue => {
            article.record.statements.get(mark.item).is_some_and(|statement| rejected(statement.review.as_ref()))
        }
        Part::Trigger => article.record.events.get(mark.item).is_some_and(|event| rejected(event.review.as_ref())),
        _ => false,
    }
}

/// What names, times, places and quantities stand for.
fn title(article: &ArticleView, marks: &[Mark]) -> String {
    let record = &article.record;
    let words = marks.iter().filter_map(|mark| match mark.part {
        Part::Entity | Part::Pronoun => record.entities.get(mark.item).map(|entity| entity.name.clone()),
        Part::Time => record.times.get(mark.item).and_then(|time| time.value.clone()),
        Part::Place => record.places.get(mark.item).map(|place| match &place.country {
            Some(country) => format!("{}, {country}", place.name),
            None => place.name.clone(),
        }),
        Part::Quantity => record.quantities.get(mark.item).map(super::facts::amount),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" · ")
}
