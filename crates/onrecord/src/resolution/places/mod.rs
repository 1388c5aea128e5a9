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
mod names;
mod regions;
mod words;

use super::{Resolved, lexicon};
use crate::document::{Document, Span};
use crate::mentions::{Form, Kind, Mention};
use crate::relations::Statement;
use crate::rules;
use actors::Actors;
use choose::Choice;
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
    let choices = choose::choose(document.text(), &names, &leaning(document, mentions, outlet));
    let actors = Actors::new(document, statements);
    let mut places: Vec<Place> =
        names.iter().zip(choices).map(|(name, choice)| place(document, name, choice, &actors)).collect();
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

/// States that the article leans to before its places are read: by its peoples ("the Kenyan police") and the address of its outlet.
fn leaning(document: &Document, mentions: &[Mention], outlet: Option<&str>) -> Vec<(&'static str, f64)> {
    let peoples = mentions.iter().filter(|mention| mention.form == Form::Name && mention.kind == Kind::Group);
    let states = peoples.filter_map(|people| lexicon::state_of_demonym(people.span.text(document.text()))?.code);
    let mut leaning: Vec<(&'static str, f64)> = states.map(|state| (state, 0.3)).collect();
    leaning.extend(outlet.and_then(state_of_address).map(|state| (state, 1.0)));
    leaning
}

/// The state of an internet address: `GB` of "www.example.co.uk".
fn state_of_address(outlet: &str) -> Option<&'static str> {
    let host = outlet.split("//").last()?.split('/').next()?;
    let (_, domain) = host.rsplit_once('.')?;
    let code = if domain.eq_ignore_ascii_case("uk") { "GB".to_owned() } else { domain.to_ascii_uppercase() };
    let states = crate::tables::rows(onrecord_data::COUNTRY_POINTS).map(|[_, code]| code);
    // Addresses that are sold to anybody.
    let is_sold = matches!(code.as_str(), "TV" | "CO" | "ME" | "FM" | "WS" | "CC" | "LY");
    states.filter(|_| !is_sold).find(|state| *state == code)
}
