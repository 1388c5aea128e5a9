//! Happenings → rows of GDELT 2.0's files of events (61 columns) and of mentions (16), parted by tabs, without a header, empty where nothing is known.

use onrecord::record::{Entity, Event, Place};

use super::cells::flat;
use crate::article::{Actor, Article, Happening};
use crate::codes;
use crate::dates;
use crate::permalinks::number;

/// Where GDELT writes that an actor was not found in the text.
const NOWHERE: &str = "-1";

/// The cells of one event: what it is, two actors, the action, three places, and where it was read.
pub fn event(article: &Article, happening: &Happening) -> Vec<String> {
    let event = happening.event;
    let document = &article.record.document;
    let (actor, other) = article.pair(event);
    let of_entity = |entity: Option<&Entity>| article.place(entity.and_then(|entity| entity.place.as_deref()));
    let mut cells = vec![number(&happening.id).to_string()];
    cells.extend(day(article, event));
    cells.extend(party(actor));
    cells.extend(party(other));
    cells.extend(action(article, happening));
    cells.extend(geo(of_entity(actor.and_then(|actor| actor.entity))));
    cells.extend(geo(of_entity(other.and_then(|other| other.entity))));
    cells.extend(geo(article.place(event.place.as_deref())));
    cells.extend([added(article), flat(document.url.as_deref().unwrap_or(&document.id))]);
    cells
}

/// The cells of each mention of an event in its article.
pub fn mentions(article: &Article, happening: &Happening) -> Vec<Vec<String>> {
    let document = &article.record.document;
    let added = added(article);
    let row = |event: &&Event| {
        let (actor, other) = article.pair(event);
        let offset = |actor: Option<Actor>| actor.map_or(NOWHERE.to_owned(), |actor| actor.span.start.to_string());
        let sentence = article.sentence(event).map(|(number, _)| number.to_string());
        vec![
            number(&happening.id).to_string(),
            added.clone(),
            added.clone(),
            // 1 is a page of the web, 2 a citation.
            if document.url.is_some() { "1" } else { "2" }.to_owned(),
            document.outlet.as_deref().map(flat).unwrap_or_default(),
            flat(document.url.as_deref().unwrap_or(&document.id)),
            sentence.unwrap_or_default(),
            offset(actor),
            offset(other),
            article.trigger(event).start.to_string(),
            "1".to_owned(),
            format!("{:.0}", event.confidence * 100.0),
            article.chars().to_string(),
            String::new(),
            String::new(),
            String::new(),
        ]
    };
    happening.mentions.iter().map(row).collect()
}

/// SQLDATE, MonthYear, Year, FractionDate.
fn day(article: &Article, event: &Event) -> [String; 4] {
    let Some(when) = article.when(event) else { return Default::default() };
    let day = when.first;
    [day.compact(), day.month(), day.year(), day.fraction()]
}

/// The ten columns of an actor.
fn party(actor: Option<Actor>) -> [String; 10] {
    let Some(actor) = actor else { return Default::default() };
    let country = actor.country().map(|country| country.iso3);
    let outside = actor.country_code().filter(|_| country.is_none());
    let (country, group, kind) = match outside {
        Some("EUR") => (Some("EUR"), None, None),
        Some("UNO") => (None, Some("UNO"), None),
        // The militants of no state are an international group.
        Some("ISM") => (None, None, Some("IMG")),
        kind => (country, None, kind),
    };
    let sector = actor.sector().and_then(codes::sector).and_then(|sector| sector.cameo);
    let mut roles = [kind, sector].into_iter().flatten();
    let (first, second) = (roles.next().unwrap_or_default(), roles.next().unwrap_or_default());
    let text = |code: Option<&str>| flat(code.unwrap_or_default());
    [
        format!("{}{}{}{}", text(country), text(group), flat(first), second),
        flat(actor.name()).to_uppercase(),
        text(country),
        text(group),
        String::new(),
        String::new(),
        String::new(),
        flat(first),
        second.to_owned(),
        String::new(),
    ]
}

/// From IsRootEvent to AvgTone.
fn action(article: &Article, happening: &Happening) -> [String; 10] {
    let event = happening.event;
    let cameo = article.cameo(event).unwrap_or_default();
    let cut = |digits: usize| cameo.get(..digits).unwrap_or(cameo).to_owned();
    let is_root = happening.mentions.iter().any(|mention| article.is_in_lead(mention));
    [
        u8::from(is_root).to_string(),
        cameo.to_owned(),
        cut(3),
        cut(2),
        quad(cameo).map(|quad| quad.to_string()).unwrap_or_default(),
        codes::goldstein(cameo).unwrap_or_default().to_owned(),
        happening.mentions.len().to_string(),
        "1".to_owned(),
        "1".to_owned(),
        String::new(),
    ]
}

/// GDELT's QuadClass, which goes by the root of the CAMEO code. It is not always PLOVER's: who yields (08) is material there and verbal here.
fn quad(cameo: &str) -> Option<u8> {
    match cameo.get(..2)?.parse().ok()? {
        1..=5_u8 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

/// The eight columns of a place.
fn geo(place: Option<&Place>) -> [String; 8] {
    let Some(place) = place else {
        return std::array::from_fn(|column| if column == 0 { "0".to_owned() } else { String::new() });
    };
    let country = place.country.as_deref().and_then(codes::country);
    let fips = country.and_then(|country| country.fips).unwrap_or_default();
    let is_american = place.country.as_deref() == Some("US");
    let kind = match (place.kind.as_str(), is_american) {
        ("country", _) => "1",
        ("admin1", true) => "2",
        ("admin1", false) => "5",
        (_, true) => "3",
        (_, false) => "4",
    };
    let is_state = kind == "1";
    let full = match country {
        Some(country) if !is_state => format!("{}, {}", flat(&place.name), country.name),
        _ => flat(&place.name),
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let of_state = if is_state { fips } else { "" }.to_owned();
    [
        kind.to_owned(),
        full,
        fips.to_owned(),
        of_state.clone(),
        String::new(),
        number(place.lat),
        number(place.lon),
        of_state,
    ]
}

/// When the article was published, to the quarter of an hour: the nearest to when GDELT would have added it that needs no clock.
fn added(article: &Article) -> String {
    article.record.document.published_at.as_deref().and_then(dates::quarter).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::quad;

    #[test]
    fn the_class_goes_by_the_root() {
        let classes = ["030", "057", "061", "0871", "090", "138", "1411", "204", "999", ""].map(quad);
        assert_eq!(classes, [Some(1), Some(1), Some(2), Some(2), Some(3), Some(3), Some(4), Some(4), None, None]);
    }
}
