//! The facts of a document, and what it names beside statements and events.

use std::collections::HashSet;

use onrecord::record::{Bound, Entity, Quantity};
use onrecord_store::views::ArticleView;

use super::words;
use crate::marked::Words;

/// What is told of the document itself.
pub struct Facts<'a> {
    /// How the day of publication is known.
    pub basis: Option<String>,
    /// `15 statements`, `3 events`, …
    pub counts: Vec<String>,
    /// The address, where it is one of the web.
    pub address: Option<&'a str>,
    /// A language that is not read, by its tag.
    pub unread: Option<&'a str>,
    /// The speakers.
    pub speakers: u64,
}

impl<'a> Facts<'a> {
    /// Those of an article.
    pub fn of(article: &'a ArticleView) -> Facts<'a> {
        let record = &article.record;
        let document = &record.document;
        let basis = document.published_at_basis.as_deref().map(|basis| match basis {
            "given" => "as it was given".to_owned(),
            "page" => "as the page tells".to_owned(),
            "inferred" => match &document.published_at_because {
                Some(because) => format!("inferred from the text by {}", because.rule),
                None => "inferred from the text".to_owned(),
            },
            other => other.to_owned(),
        });
        let counted = [
            (record.statements.len(), "statement"),
            (record.events.len(), "event"),
            (record.times.len(), "time"),
            (record.places.len(), "place name"),
            (record.quantities.len(), "quantity"),
        ];
        let counts = counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| plural(count, noun));
        let speakers: HashSet<_> = record.statements.iter().flat_map(|statement| &statement.source.entities).collect();
        let is_english = document.language == "en" || document.language.starts_with("en-");
        // Where sentences end is found in what is read, and nowhere else.
        let is_read = is_english || !document.sentences.is_empty();
        Facts {
            basis,
            counts: counts.collect(),
            address: document.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            unread: (!is_read).then_some(document.language.as_str()),
            speakers: speakers.len() as u64,
        }
    }
}

fn plural(count: usize, noun: &str) -> String {
    if noun == "quantity" && count != 1 {
        return format!("{} quantities", words::count(count as u64));
    }
    words::plural(count as u64, noun)
}

/// What an article names.
pub struct NamedView<'a> {
    /// Everybody and everything with a name.
    pub entities: Vec<EntityView<'a>>,
    /// Words and what they stand for.
    pub times: Vec<(&'a str, String)>,
    /// Words, the place and its country.
    pub places: Vec<(&'a str, String)>,
    /// Words and the amount.
    pub quantities: Vec<(&'a str, String)>,
}

/// Somebody or something with a name.
pub struct EntityView<'a> {
    /// What it is.
    pub entity: &'a Entity,
    /// The permalink across articles.
    pub subject: Option<&'a str>,
    /// What the article calls it beside its name.
    pub roles: String,
}

impl<'a> NamedView<'a> {
    /// What an article names.
    pub fn of(article: &'a ArticleView) -> NamedView<'a> {
        let record = &article.record;
        let text = Words::new(&record.document.text);
        let entities = record.entities.iter().zip(&article.subjects).filter(|(entity, _)| entity.named);
        let entities = entities.map(|(entity, subject)| EntityView {
            entity,
            subject: subject.as_ref().map(|subject| subject.id.as_str()),
            roles: entity.roles.iter().map(|role| role.text.as_str()).collect::<Vec<_>>().join(", "),
        });
        let times = record
            .times
            .iter()
            .map(|time| (text.of(time.span), time.value.as_deref().map_or_else(|| "not told".to_owned(), words::day)));
        let places = record.places.iter().map(|place| {
            let about = [Some(place.kind.as_str()), place.country.as_deref()];
            let about = about.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
            (text.of(place.span), format!("{} ({about})", place.name))
        });
        NamedView {
            entities: entities.collect(),
            times: times.collect(),
            places: places.collect(),
            quantities: record.quantities.iter().map(|one| (text.of(one.span), amount(one))).collect(),
        }
    }
}

/// `more than 300 km`.
pub fn amount(quantity: &Quantity) -> String {
    let bound = match quantity.bound {
        Bound::Exactly | Bound::Between => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::MoreThan => "more than ",
        Bound::AtMost => "at most ",
        Bound::LessThan => "less than ",
    };
    let upper = quantity.upper.map(|upper| format!("–{upper}")).unwrap_or_default();
    let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{bound}{}{upper}{unit}", quantity.value)
}
