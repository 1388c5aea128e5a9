//! What the tables of onrecord-data tell of names and nouns: states, organisations, offices, given names.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::mentions::Kind;
use crate::tables::{parts, rows};

/// What a noun, title or given name tells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gender {
    Female,
    Male,
}

/// How a noun for a person is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NounKind {
    /// Mr, Dr, Sen: before a name, and no job by itself.
    Title,
    /// President, minister, spokeswoman: a post.
    Office,
    /// Analyst, farmer, witness.
    Role,
    /// Mother, husband.
    Kin,
    /// Billionaire, nominee, Democrat: what somebody is who has a name already.
    Description,
}

/// A noun for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PersonNoun {
    pub kind: NounKind,
    pub gender: Option<Gender>,
    pub sector: Option<&'static str>,
}

/// A noun for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BodyNoun {
    pub kind: Kind,
    pub sector: Option<&'static str>,
    /// A part that speaks for the whole: "a panel of the court".
    pub is_part: bool,
}

/// A state, or a part of one that news treats as a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub name: &'static str,
    pub code: Option<&'static str>,
}

/// An organisation that the table knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Organisation {
    pub name: &'static str,
    pub country: Option<&'static str>,
    pub sector: Option<&'static str>,
}

/// The gender that a given name tells; none for names given to both.
pub(super) fn gender_of_name(name: &str) -> Option<Gender> {
    GIVEN_NAMES.get(name).copied().flatten()
}

/// Whether the table has it as a given name.
pub(super) fn is_given_name(name: &str) -> bool {
    GIVEN_NAMES.contains_key(name)
}

/// A noun for a person in lower case and singular, perhaps of several words.
pub(super) fn person_noun(noun: &str) -> Option<PersonNoun> {
    PERSON_NOUNS.get(noun).copied()
}

/// Whether a noun for kin, in the singular, is among what another calls: a mother is a parent.
pub(super) fn is_among(noun: &str, wider: &str) -> bool {
    let members: &[&str] = match wider {
        "parent" => &["father", "mother", "dad", "mom", "mum"],
        "grandparent" => &["grandfather", "grandmother"],
        "child" | "kid" => &["son", "daughter"],
        "sibling" => &["brother", "sister"],
        "spouse" => &["husband", "wife"],
        _ => &[],
    };
    noun == wider || members.contains(&noun)
}

/// The noun that an abbreviated or other title stands for: "sen" for senator.
pub(super) fn full_title(word: &str) -> Option<&'static str> {
    TITLES.get(word).copied()
}

/// A noun for a body that can speak (ministry, newspaper) or for words that speak for one (report), in lower case and singular.
pub(super) fn body_noun(noun: &str) -> Option<BodyNoun> {
    BODY_NOUNS.get(noun).copied()
}

/// The state of that name or alias.
pub(super) fn state(name: &str) -> Option<State> {
    STATES.get(name).copied()
}

/// The state whose government news calls by the name of this city.
pub(super) fn state_of_capital(name: &str) -> Option<State> {
    CAPITALS.get(name).copied()
}

/// The city that news calls the government of a state by first.
pub(super) fn main_capital(state: &str) -> Option<&'static str> {
    rows(onrecord_data::STATES)
        .find(|[name, ..]: &[&str; 4]| *name == state)
        .and_then(|[.., capitals]| parts(capitals).next())
}

/// The state whose people or things this adjective or noun describes.
pub(super) fn state_of_demonym(word: &str) -> Option<State> {
    DEMONYMS.get(word).copied()
}

/// Whether a word in lower case tells a time: a weekday, a month.
pub(super) fn is_time(word: &str) -> bool {
    TIMES.contains(word)
}

/// The organisation of that name or alias, or of a long acronym in which two letters side by side have changed places, if that can be but one.
pub(super) fn organisation(name: &str) -> Option<Organisation> {
    let plain = || name.replace('.', "");
    ORGANISATIONS
        .get(name)
        .copied()
        .or_else(|| ORGANISATIONS.get(plain().as_str()).copied().filter(|_| name.contains('.')))
        .or_else(|| misplaced(name))
}

/// The fewest letters of an acronym that is known by a wrong spelling.
const LONG_ACRONYM: usize = 5;
/// The most.
const LONGEST_ACRONYM: usize = 12;

/// The organisation whose acronym this is but for two letters side by side.
fn misplaced(acronym: &str) -> Option<Organisation> {
    let letters = acronym.as_bytes();
    if !(LONG_ACRONYM..=LONGEST_ACRONYM).contains(&letters.len()) || !letters.iter().all(u8::is_ascii_uppercase) {
        return None;
    }
    let swapped = |at: usize| {
        let mut other = letters.to_vec();
        other.swap(at, at + 1);
        String::from_utf8(other).ok()
    };
    let mut found = (0..letters.len() - 1)
        .filter(|&at| letters.get(at) != letters.get(at + 1))
        .filter_map(|at| ORGANISATIONS.get(swapped(at)?.as_str()).copied());
    found.next().filter(|_| found.next().is_none())
}

/// A noun without its plural ending; "police" and other nouns that only look plural are in the tables as they are.
pub(super) fn singular(noun: &str) -> String {
    let known = |stem: &str| PERSON_NOUNS.contains_key(stem) || BODY_NOUNS.contains_key(stem);
    if known(noun) {
        return noun.to_owned();
    }
    let candidates = [
        noun.strip_suffix("men").map(|stem| format!("{stem}man")),
        noun.strip_suffix("ies").map(|stem| format!("{stem}y")),
        noun.strip_suffix("ives").map(|stem| format!("{stem}ife")),
        noun.strip_suffix("es").filter(|stem| known(stem)).map(str::to_owned),
        noun.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).map(str::to_owned),
    ];
    let mut plausible = candidates.into_iter().flatten();
    plausible.clone().find(|stem| known(stem)).or_else(|| plausible.next()).unwrap_or_else(|| noun.to_owned())
}

static GIVEN_NAMES: LazyLock<HashMap<&str, Option<Gender>>> =
    LazyLock::new(|| rows(onrecord_data::GIVEN_NAMES).map(|[name, gender]| (name, gender_of(gender))).collect());

static PERSON_NOUNS: LazyLock<HashMap<&str, PersonNoun>> = LazyLock::new(|| {
    let row = |[noun, kind, gender, sector]: [&'static str; 4]| {
        Some((noun, PersonNoun { kind: noun_kind(kind)?, gender: gender_of(gender), sector: cell(sector) }))
    };
    rows(onrecord_data::PERSON_NOUNS).filter_map(row).collect()
});

static TIMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let times = rows(onrecord_data::CUE_TIMES).filter(|[_, kind]| *kind == "time");
    times.map(|[word, _]| word).collect()
});

static TITLES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| rows(onrecord_data::TITLES).map(|[word, noun]| (word, noun)).collect());

static BODY_NOUNS: LazyLock<HashMap<&str, BodyNoun>> = LazyLock::new(|| {
    let row = |[noun, sector, kind]: [&'static str; 3]| {
        let is_part = kind == "part";
        let kind = match kind {
            "body" | "publication" => Kind::Organization,
            "document" => Kind::Work,
            "crowd" => Kind::Group,
            "part" => Kind::Organization,
            _ => return None,
        };
        Some((noun, BodyNoun { kind, sector: cell(sector), is_part }))
    };
    rows(onrecord_data::BODY_NOUNS).filter_map(row).collect()
});

static STATES: LazyLock<HashMap<&str, State>> = LazyLock::new(|| states(|[name, _, aliases, ..]| [name, aliases]));
static CAPITALS: LazyLock<HashMap<&str, State>> = LazyLock::new(|| states(|[_, _, _, capitals, _]| [capitals, "-"]));
static DEMONYMS: LazyLock<HashMap<&str, State>> = LazyLock::new(|| states(|[.., demonyms]| [demonyms, "-"]));

/// The states under the names in two of the columns; the first row of the table that has a name keeps it.
fn states(columns: fn([&'static str; 5]) -> [&'static str; 2]) -> HashMap<&'static str, State> {
    let mut out = HashMap::new();
    for row in rows(onrecord_data::STATES) {
        let state = State { name: row[0], code: cell(row[1]) };
        for name in columns(row).into_iter().flat_map(parts) {
            out.entry(name).or_insert(state);
        }
    }
    out
}

static ORGANISATIONS: LazyLock<HashMap<&str, Organisation>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for [name, aliases, country, sector] in rows(onrecord_data::ORGANISATIONS) {
        let organisation = Organisation { name, country: cell(country), sector: cell(sector) };
        out.insert(name, organisation);
        for alias in parts(aliases) {
            out.entry(alias).or_insert(organisation);
        }
    }
    out
});

fn cell(text: &'static str) -> Option<&'static str> {
    (text != "-").then_some(text)
}

fn gender_of(cell: &str) -> Option<Gender> {
    match cell {
        "female" => Some(Gender::Female),
        "male" => Some(Gender::Male),
        _ => None,
    }
}

fn noun_kind(cell: &str) -> Option<NounKind> {
    match cell {
        "title" => Some(NounKind::Title),
        "office" => Some(NounKind::Office),
        "role" => Some(NounKind::Role),
        "kin" => Some(NounKind::Kin),
        "description" => Some(NounKind::Description),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_gender_in_the_tables_is_known() {
        for [noun, kind, gender] in rows(onrecord_data::PERSON_NOUNS) {
            assert!(
                noun_kind(kind).is_some() && (gender == "any" || gender_of(gender).is_some()),
                "{noun}: {kind} {gender}"
            );
        }
        let bodies = rows(onrecord_data::BODY_NOUNS).map(|[noun]| noun);
        let unknown: Vec<&str> = bodies.filter(|noun| body_noun(noun).is_none()).collect();
        assert!(unknown.is_empty(), "nouns of no known kind: {unknown:?}");
        for [name, gender] in rows(onrecord_data::GIVEN_NAMES) {
            assert!(gender == "either" || gender_of(gender).is_some(), "{name}: {gender}");
        }
    }

    #[test]
    fn a_capital_and_a_demonym_lead_to_the_state() {
        assert_eq!(state("Russian Federation").map(|s| s.name), Some("Russia"));
        assert_eq!(state_of_capital("Kiev").map(|s| s.name), Some("Ukraine"));
        assert_eq!(state_of_demonym("Nigerian").and_then(|s| s.code), Some("NG"));
        assert_eq!(state("Atlantis"), None);
    }

    #[test]
    fn an_acronym_may_be_misspelt() {
        let name = |acronym| organisation(acronym).map(|known| known.name);
        assert_eq!(name("UNHCR"), Some("U.N. High Commissioner for Refugees"));
        assert_eq!(name("UNHRC").filter(|name| name.contains("Refugees")), None, "the council for human rights");
        assert_eq!(name("UHNCR"), name("UNHCR"));
        assert_eq!(name("OSEC"), None);
        assert_eq!(name("Uhncr"), None);
    }

    #[test]
    fn plurals_lead_to_the_row() {
        for (plural, one) in
            [("spokesmen", "spokesman"), ("ministries", "ministry"), ("judges", "judge"), ("wives", "wife")]
        {
            assert_eq!(singular(plural), one);
        }
        assert_eq!(singular("congress"), "congress");
    }
}
