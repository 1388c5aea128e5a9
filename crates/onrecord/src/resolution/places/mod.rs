//! Place names → places of the gazetteer: which Springfield.
//!
//! Reads the mentions of an article, its statements and who is who; produces the [`Place`]s in the order of the text. Names are found first
//! (`names`), then it is chosen for the whole article what each means (`choose`). A name that no table knows stays a place without a point. Absent on
//! purpose: peoples ("Nigerian") and places inside the names of bodies ("Bank of Lorne"), which name no place.

mod actors;
mod candidates;
mod choose;
mod datelines;
mod fold;
mod gazetteer;
mod home;
mod names;
mod regions;
mod words;

use std::collections::HashSet;

use super::Resolved;
use crate::document::{Document, Span};
use crate::mentions::Mention;
use crate::relations::Statement;
use crate::rules;
use actors::Actors;
use choose::{Choice, Leaning};
use names::PlaceName;
use words::{Hint, tells};

/// A place that the text names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub span: Span,
    /// Its usual English name.
    pub name: String,
    /// Degrees, WGS 84.
    pub point: Option<(f64, f64)>,
    /// What it is: country, capital, admin1, city, region, …
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// States that claim or administer a disputed place.
    pub claimed_by: Vec<&'static str>,
    pub geonames: Option<u32>,
    /// The name stands for a government.
    pub as_actor: bool,
    /// It stands in the dateline.
    pub is_dateline: bool,
    /// The rule that told which place it is.
    pub rule: &'static str,
}

/// Finds and resolves the places of an article; `outlet` is who published it. O(n) in the text and its mentions.
pub(crate) fn places(
    document: &Document,
    mentions: &[Mention],
    statements: &[Statement],
    resolved: &Resolved,
    outlet: Option<&str>,
) -> Vec<Place> {
    let names = names::place_names(document, mentions, &resolved.entities);
    let leaning = Leaning { peoples: home::peoples(document, mentions).collect(), home: outlet.and_then(home::home) };
    let choices = choose::choose(document.text(), &names, &leaning);
    let actors = Actors::new(document, statements);
    // What no table knows is a place only if something but the head says so, once in the article: its last word, or what stands at it.
    let words = |name: &PlaceName| name.span.text(document.text());
    let located: HashSet<&str> = names.iter().filter(|name| name.is_located).map(words).collect();
    let is_told = |name: &PlaceName| kind_of_unknown(words(name)) != "place" || located.contains(words(name));
    let known = names.iter().zip(choices).filter(|(name, choice)| choice.is_some() || is_told(name));
    let mut places: Vec<Place> = known.map(|(name, choice)| place(document, name, choice, &actors)).collect();
    pair_up(document, &mut places);
    places
}

/// "Both Oslo and Stockholm": if one of two states or capitals stands for its government, so does the other.
fn pair_up(document: &Document, places: &mut [Place]) {
    for at in 1..places.len() {
        let (Some(a), Some(b)) = (places.get(at - 1), places.get(at)) else { continue };
        let gap = document.text().get(a.span.end..b.span.start).unwrap_or_default();
        let is_pair = matches!(gap, " and " | " and the ") && [a, b].iter().all(|place| is_government(place.kind));
        if is_pair && a.as_actor != b.as_actor {
            places[at - 1].as_actor = true;
            places[at].as_actor = true;
        }
    }
}

fn is_government(kind: &str) -> bool {
    matches!(kind, "country" | "capital")
}

fn place(document: &Document, name: &PlaceName, choice: Choice, actors: &Actors) -> Place {
    let words = name.span.text(document.text());
    let mut place = Place {
        span: name.span,
        name: words.to_owned(),
        point: None,
        kind: kind_of_unknown(words),
        country: None,
        claimed_by: Vec::new(),
        geonames: None,
        as_actor: false,
        is_dateline: name.is_dateline,
        rule: rules::PLACE_UNKNOWN,
    };
    let Some((candidate, rule)) = choice else { return place };
    let claims = candidate.claims();
    place.name = candidate.usual_name(words);
    place.point = Some(candidate.point);
    place.kind = candidate.kind;
    place.claimed_by = claims.split(';').filter(|claim| *claim != "-").collect();
    place.country = candidate.country.filter(|_| place.claimed_by.is_empty());
    place.geonames = candidate.geonames;
    place.as_actor = is_government(candidate.kind) && !name.is_dateline && actors.acts(name.span);
    place.rule = rule;
    place
}

/// What a name that no table knows says itself to be.
fn kind_of_unknown(words: &str) -> &'static str {
    let last = words.rsplit(' ').next().unwrap_or_default();
    match () {
        () if tells(last, Hint::Building) => "building",
        () if tells(last, Hint::Road) => "road",
        () => "place",
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, places};
    use crate::document::{Document, Span};
    use crate::mentions::{Form, Kind, Mention};
    use crate::resolution::Resolved;

    /// The places of `text`, of which the head for names marks `marked`, each at its next occurrence.
    fn found(text: &str, marked: &[(&str, Kind)]) -> Vec<Place> {
        let mut from = 0;
        let mention = |&(name, kind): &(&str, Kind)| {
            let start = from + text[from..].find(name).unwrap_or_else(|| panic!("no {name} behind byte {from}"));
            from = start + name.len();
            Mention { span: Span::new(start, from), kind, form: Form::Name }
        };
        let mentions: Vec<Mention> = marked.iter().map(mention).collect();
        places(&Document::new(text), &mentions, &[], &Resolved::default(), None)
    }

    /// `words = name, kind, country` of each.
    fn told(text: &str, marked: &[(&str, Kind)]) -> Vec<String> {
        let told = |place: &Place| {
            let country = place.country.unwrap_or("-");
            format!("{} = {}, {}, {country}", place.span.text(text), place.name, place.kind)
        };
        found(text, marked).iter().map(told).collect()
    }

    #[track_caller]
    fn rule(text: &str, marked: &[(&str, Kind)], number: usize) -> &'static str {
        found(text, marked)[number].rule
    }

    #[test]
    fn what_stands_behind_the_comma_decides_for_the_whole_article() {
        let text = "The mill in Paris, Texas, burnt down. Paris has no other.";
        let marked = [("Paris, Texas", Kind::Place), ("Paris", Kind::Place)];
        assert_eq!(
            told(text, &marked),
            ["Paris = Paris, city, US", "Texas = Texas, admin1, US", "Paris = Paris, city, US"]
        );
        assert_eq!(rule(text, &marked, 0), "place/contained");
        assert_eq!(rule(text, &marked, 2), "place/same-name");
        let text = "She moved from Springfield, Ill., to Ireland.";
        let marked = [("Springfield", Kind::Place), ("Ireland", Kind::Place)];
        let springfield = &found(text, &marked)[0];
        assert!((springfield.point.unwrap_or_default().0 - 39.8).abs() < 0.2, "{springfield:?}");
        assert_eq!(told(text, &marked)[1], "Ill. = Illinois, admin1, US");
    }

    #[test]
    fn the_rest_of_the_article_tells_namesakes_apart() {
        let text = "The bus from Atlanta to Savannah crosses Georgia.";
        let marked = [("Atlanta", Kind::Place), ("Savannah", Kind::Place), ("Georgia", Kind::Place)];
        assert_eq!(told(text, &marked)[2], "Georgia = Georgia, admin1, US");
        let text = "The bus from Tbilisi to Batumi crosses Georgia.";
        let marked = [("Tbilisi", Kind::Place), ("Batumi", Kind::Place), ("Georgia", Kind::Place)];
        assert_eq!(told(text, &marked)[2], "Georgia = Georgia, country, GE");
    }

    #[test]
    fn a_city_comes_before_the_state_that_is_named_like_it_but_not_in_a_list_of_states() {
        assert_eq!(told("He lives in New York.", &[("New York", Kind::Place)]), ["New York = New York City, city, US"]);
        let text = "It snowed in Vermont, New York and Ohio.";
        let marked = [("Vermont", Kind::Place), ("New York", Kind::Place), ("Ohio", Kind::Place)];
        assert_eq!(told(text, &marked)[1], "New York = New York, admin1, US");
    }

    #[test]
    fn a_disputed_place_has_a_point_and_no_country() {
        let crimea = &found("The ship left Crimea.", &[("Crimea", Kind::Place)])[0];
        assert_eq!((crimea.country, crimea.claimed_by.as_slice()), (None, ["UA", "RU"].as_slice()));
        assert!(crimea.point.is_some());
        let town = &found("The ship left Simferopol.", &[("Simferopol", Kind::Place)])[0];
        assert_eq!((town.country, town.claimed_by.as_slice()), (None, ["UA", "RU"].as_slice()), "{town:?}");
    }

    #[test]
    fn peoples_bodies_and_diseases_are_no_places() {
        let text = "European envoys and the Turkish crew caught Marburg fever, the United Nations said.";
        let marked = [
            ("European", Kind::Place),
            ("Turkish", Kind::Group),
            ("Marburg", Kind::Place),
            ("United Nations", Kind::Place),
        ];
        assert_eq!(told(text, &marked), [""; 0]);
    }

    #[test]
    fn names_that_the_head_misses_or_calls_something_else_are_found_in_the_tables() {
        assert_eq!(told("Floods in Mozambique.", &[]), ["Mozambique = Mozambique, country, MZ"]);
        assert_eq!(
            told("The Korean peninsula is calm.", &[("Korean", Kind::Group)]),
            ["Korean peninsula = Korean Peninsula, region, -"]
        );
    }

    #[test]
    fn a_name_that_no_table_knows_has_no_point() {
        let hamlet = &found("They met in Upper Zzlorne.", &[("Upper Zzlorne", Kind::Place)])[0];
        assert_eq!((hamlet.point, hamlet.kind, hamlet.rule), (None, "place", "place/unknown"));
        let airport =
            &found("It landed at Nairobi International Airport.", &[("Nairobi International Airport", Kind::Place)])[0];
        assert_eq!((airport.kind, airport.rule, airport.country), ("building", "place/named-for", Some("KE")));
    }

    #[test]
    fn a_dateline_is_marked_and_read_by_its_form() {
        let text = "LYON, France (AP) — The bridge in Lyon is open.";
        let places = found(text, &[("Lyon", Kind::Place)]);
        let marked: Vec<(&str, bool)> = places.iter().map(|place| (place.span.text(text), place.is_dateline)).collect();
        assert_eq!(marked, [("LYON", true), ("France", true), ("Lyon", false)]);
    }

    #[test]
    fn two_governments_act_together() {
        let places =
            found("Talks between Oslo and Stockholm failed.", &[("Oslo", Kind::Place), ("Stockholm", Kind::Place)]);
        assert!(places.iter().all(|place| place.as_actor), "{places:?}");
        assert!(!found("He flew from Oslo.", &[("Oslo", Kind::Place)])[0].as_actor);
    }

    #[test]
    fn a_long_text_of_names_takes_time_in_its_length() {
        let text = "Springfield, San Antonio, Washington and ".repeat(3000);
        assert!(found(&text, &[("Springfield", Kind::Place)]).len() > 1000);
    }
}
