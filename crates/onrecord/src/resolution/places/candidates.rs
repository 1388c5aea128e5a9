//! A name → the places that it may mean, each with what tells them apart.

use super::fold::{fold, usual};
use super::gazetteer::{self, Feature};
use super::regions::{Region, regions};
use super::words::{Hint, tells};

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Empty where it is the name's key with capitals.
    pub name: &'static str,
    pub point: (f64, f64),
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2 of the state it is or lies in.
    pub country: Option<&'static str>,
    /// The part of the state it is or lies in.
    pub province: &'static str,
    pub claimed_by: &'static str,
    pub geonames: Option<u32>,
    /// How likely it is meant before anything is read: about the logarithm of the people who live there.
    pub prior: f64,
    /// From the tables, not from the gazetteer.
    pub is_listed: bool,
    /// Found under the name without its last word: "Borno" of "Borno State".
    pub is_of_stem: bool,
    /// A building whose name begins with that of this town.
    pub is_named_for: bool,
}

impl Candidate {
    /// Its usual name; `name` is the one of the text that led to it.
    pub(super) fn usual_name(&self, name: &str) -> String {
        if self.is_named_for {
            return name.to_owned();
        }
        if !self.name.is_empty() {
            return self.name.to_owned();
        }
        let key = key_of(name).unwrap_or_default();
        let stem = without_noun(&key).filter(|_| self.is_of_stem).map(|(stem, _)| stem);
        usual(stem.unwrap_or(&key))
    }

    /// The states that claim or administer it, or the disputed region that it lies in; parted by semicolons.
    pub(super) fn claims(&self) -> &'static str {
        if self.is_listed || self.province.is_empty() {
            return self.claimed_by;
        }
        let key = fold(self.province).unwrap_or_default();
        regions(self.province, &key).find(|region| region.is_disputed()).map_or("-", |region| region.claimed_by)
    }
}

/// The key of a name without its article.
pub(super) fn key_of(name: &str) -> Option<String> {
    fold(name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name))
}

/// How far apart the middles of one area may lie in the tables and in the gazetteer.
const SAME_AREA_KM: f64 = 400.0;

/// The same for one town.
const SAME_TOWN_KM: f64 = 30.0;

/// What a name may mean, in no order; `hints` are the nouns that stand at it. The same name gives the same candidates.
pub(super) fn candidates(name: &str, hints: &[Hint]) -> Vec<Candidate> {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let Some(key) = key_of(name) else { return Vec::new() };
    let mut found = under(name, &key);
    if let Some(stem) = key.strip_suffix(" co").filter(|_| found.is_empty()) {
        found = under(name, &format!("{stem} county"));
    }
    if let Some((stem, kind)) = without_noun(&key).filter(|_| found.is_empty()) {
        let stem_of_name = name.rsplit_once(' ').map_or(name, |(stem, _)| stem);
        let is_part = |candidate: &Candidate| match kind {
            Hint::City => matches!(candidate.kind, "city" | "capital"),
            Hint::Water | Hint::Land => candidate.is_listed,
            _ => matches!(candidate.kind, "admin1" | "admin2" | "region"),
        };
        let all = under(stem_of_name, stem);
        let parts: Vec<Candidate> = all.iter().filter(|candidate| is_part(candidate)).cloned().collect();
        // "Kherson and Lorne Regions": the province goes by the name of its town.
        let stems = if parts.is_empty() { all } else { parts };
        found.extend(stems.into_iter().map(|candidate| Candidate { is_of_stem: true, ..candidate }));
    }
    if found.is_empty() {
        found = named_for(name);
    }
    for candidate in &mut found {
        candidate.prior += hints.iter().map(|&hint| fits(hint, candidate)).sum::<f64>();
    }
    found
}

/// The towns that a building may be named for: Nairobi of "Nairobi International Airport".
fn named_for(building: &str) -> Vec<Candidate> {
    let words: Vec<&str> = building.split([' ', '-']).collect();
    if words.len() < 2 || !words.last().is_some_and(|last| tells(last, Hint::Building)) {
        return Vec::new();
    }
    let towns = (1..words.len().min(4)).rev().find_map(|length| {
        let name = words.get(..length)?.join(" ");
        let is_town =
            |candidate: &Candidate| matches!(candidate.kind, "city" | "capital") && candidate.prior > KNOWN_TOWN;
        let towns: Vec<Candidate> = under(&name, &key_of(&name)?).into_iter().filter(is_town).collect();
        (!towns.is_empty()).then_some(towns)
    });
    let building = |town| Candidate { kind: "building", geonames: None, is_named_for: true, ..town };
    towns.unwrap_or_default().into_iter().map(building).collect()
}

/// How well a noun at the name fits a candidate.
fn fits(hint: Hint, candidate: &Candidate) -> f64 {
    match (hint, candidate.kind) {
        (Hint::Province, "admin1" | "region") | (Hint::District, "admin2") | (Hint::City, "city" | "capital") => 2.5,
        (Hint::Province, "admin2") | (Hint::District, "admin1" | "region") => 1.0,
        (Hint::Water, "river" | "sea" | "lake" | "ocean" | "strait") => 4.0,
        (Hint::Land, "island" | "mountain" | "desert" | "region" | "forest") => 3.0,
        (Hint::Province | Hint::District | Hint::City, "country") => -1.0,
        (Hint::City, "admin1" | "admin2" | "region") => -3.0,
        _ => 0.0,
    }
}

/// The key without its last word, where that is a noun for a kind of place: "kherson region", "borno state".
fn without_noun(key: &str) -> Option<(&str, Hint)> {
    let (stem, noun) = key.rsplit_once(' ')?;
    [Hint::Province, Hint::District, Hint::City, Hint::Water, Hint::Land]
        .into_iter()
        .find(|&hint| tells(noun, hint))
        .map(|hint| (stem, hint))
}

fn under(name: &str, key: &str) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = regions(name, key).map(listed).collect();
    let entries = gazetteer::entries(key);
    // The gazetteer's province may be the region of the tables.
    let stands_for = |entry: &gazetteer::Entry, other: &Candidate| {
        let is_part = matches!(entry.feature, Feature::Province | Feature::District);
        let is_area = matches!(other.kind, "admin1" | "admin2" | "region" | "island");
        !is_part && other.kind == "city" && distance_km(entry.point, other.point) < SAME_TOWN_KM
            || is_part && is_area && distance_km(entry.point, other.point) < SAME_AREA_KM
            || entry.feature == Feature::Province && other.kind == "admin1" && other.country == Some(entry.country)
    };
    for entry in entries {
        if !found.iter().any(|other| other.is_listed && stands_for(&entry, other)) {
            found.push(placed(&entry));
        }
    }
    metropolis_first(&mut found);
    found
}

/// A part of a state that is named like its metropolis, or like the capital, has to be told from it: "New York" alone is the city.
fn metropolis_first(found: &mut [Candidate]) {
    let is_metropolis =
        |candidate: &&Candidate| candidate.kind == "capital" || candidate.kind == "city" && candidate.prior > 6.1;
    let states: Vec<&'static str> =
        found.iter().filter(is_metropolis).filter_map(|candidate| candidate.country).collect();
    for candidate in found.iter_mut().filter(|candidate| candidate.is_listed && candidate.kind == "admin1") {
        if candidate.country.is_some_and(|state| states.contains(&state)) {
            candidate.prior = 6.0;
        }
    }
}

/// How likely a town must be for a building to be named for it: 100,000 people.
const KNOWN_TOWN: f64 = 5.0;

/// States whose parts news of the world names without the state.
const KNOWN_BY_PARTS: [&str; 7] = ["AU", "CA", "CN", "DE", "GB", "IN", "US"];

fn listed(region: &'static Region) -> Candidate {
    let prior = match region.kind {
        "country" => 12.0,
        "admin1" if region.country.is_some_and(|state| KNOWN_BY_PARTS.contains(&state)) => 11.0,
        "admin1" => 8.0,
        "admin2" | "city" => 6.0,
        "landmark" | "river" | "lake" | "mountain" | "forest" | "desert" => 7.0,
        _ => 8.5,
    };
    Candidate {
        name: region.name,
        point: region.point,
        kind: region.kind,
        country: region.country,
        province: if region.kind == "admin1" { region.name } else { "" },
        claimed_by: region.claimed_by,
        geonames: region.geonames,
        prior,
        is_listed: true,
        is_of_stem: false,
        is_named_for: false,
    }
}

fn placed(entry: &gazetteer::Entry) -> Candidate {
    let people = entry.population.max(1.0).log10();
    let (kind, prior) = match entry.feature {
        Feature::Capital if entry.is_alias => ("capital", people),
        Feature::City if people > 6.6 && !entry.is_alias => ("city", people + 1.5),
        Feature::City => ("city", people),
        Feature::Capital => ("capital", people + 2.5),
        Feature::District => ("admin2", 0.5 * people + 0.5),
        Feature::Province => ("admin1", 0.6 * people + 1.5),
    };
    let prior = if entry.is_alias { prior - 0.5 } else { prior };
    Candidate {
        name: entry.name.unwrap_or_default(),
        point: entry.point,
        kind,
        country: Some(entry.country),
        province: entry.province_name,
        claimed_by: "-",
        geonames: entry.geonames,
        prior,
        is_listed: false,
        is_of_stem: false,
        is_named_for: false,
    }
}

/// Great-circle distance; points in degrees.
pub(super) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (up, across) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let chord = up.sin().powi(2) + lat_a.cos() * lat_b.cos() * across.sin().powi(2);
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}
