//! The places of the tables: states, regions, disputed areas, seas, landmarks. They come before towns of the same name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use crate::tables::{parts, rows};

/// A place of the tables.
#[derive(Debug, PartialEq)]
pub(super) struct Region {
    /// Its usual English name.
    pub name: &'static str,
    /// As in the table; `country` for a state.
    pub kind: &'static str,
    pub point: (f64, f64),
    /// The state it is or lies in.
    pub country: Option<&'static str>,
    /// States that claim or administer it, parted by semicolons.
    pub claimed_by: &'static str,
    pub geonames: Option<u32>,
}

impl Region {
    pub(super) fn is_disputed(&self) -> bool {
        self.claimed_by != "-"
    }
}

/// The places of the tables that `name` may mean, states first; `key` is its key. A name in capitals or with stops matches only as the table prints it,
/// but may lack its last stop.
pub(super) fn regions<'n>(name: &'n str, key: &str) -> impl Iterator<Item = &'static Region> + use<'n> {
    let listed = NAMES.get(key).map(Vec::as_slice).unwrap_or_default();
    listed.iter().filter(|listed| listed.is_written(name)).map(|listed| listed.region)
}

/// Whether the tables print a name just so; `key` is its key. Tells "southern Africa", a name, from "southern Chad".
pub(super) fn is_printed(name: &str, key: &str) -> bool {
    NAMES.get(key).is_some_and(|listed| listed.iter().any(|listed| listed.printed == name))
}

/// Whether `name` is an abbreviation that means a part of a state only behind the name of a town: "Ill." or "OR".
pub(super) fn is_short_form(name: &str) -> bool {
    let letters = name.trim_end_matches('.');
    letters.len() < name.len() && !letters.contains('.')
        || letters.len() == 2 && letters.chars().all(|c| c.is_ascii_uppercase())
        || letters.len() < 6 && fold(letters).is_some_and(|key| SHORT.contains_key(&key))
}

struct Listed {
    printed: &'static str,
    /// The only way to write it.
    exact: Option<&'static str>,
    region: &'static Region,
}

impl Listed {
    fn is_written(&self, name: &str) -> bool {
        let shouted = |exact: &str| exact.ends_with('.') && name == exact.to_uppercase();
        self.exact.is_none_or(|exact| exact == name || exact.strip_suffix('.') == Some(name) || shouted(exact))
    }
}

static REGIONS: LazyLock<Vec<(Region, &'static str, &'static str)>> = LazyLock::new(|| {
    let aliases: HashMap<&str, &str> = rows(onrecord_data::STATES).map(|[name, _, aliases]| (name, aliases)).collect();
    let states = rows(onrecord_data::COUNTRY_POINTS).filter_map(|[name, code, lat, lon, geonames]| {
        let point = (lat.parse().ok()?, lon.parse().ok()?);
        let geonames = geonames.parse().ok();
        let state = Region { name, kind: "country", point, country: Some(code), claimed_by: "-", geonames };
        Some((state, name, aliases.get(name).copied().unwrap_or("-")))
    });
    let regions = rows(onrecord_data::REGIONS).filter_map(|[listed, kind, lat, lon, within, claimed_by, aliases]| {
        let name = listed.split_once(" (").map_or(listed, |(name, _)| name);
        let point = (lat.parse().ok()?, lon.parse().ok()?);
        let country = (within != "-").then_some(within);
        Some((Region { name, kind, point, country, claimed_by, geonames: None }, name, aliases))
    });
    states.chain(regions).collect()
});

static NAMES: LazyLock<HashMap<String, Vec<Listed>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<Listed>> = HashMap::new();
    for (region, name, aliases) in REGIONS.iter() {
        for (at, alias) in std::iter::once(*name).chain(parts(aliases)).enumerate() {
            let is_exact = at > 0 && (alias.contains('.') || !alias.contains(char::is_lowercase));
            let listed = Listed { printed: alias, exact: is_exact.then_some(alias), region };
            if let Some(key) = fold(alias.trim_start_matches("the ")) {
                names.entry(key).or_default().push(listed);
            }
        }
    }
    names
});

/// Abbreviations of parts of states with one stop, behind them: "ill".
static SHORT: LazyLock<HashMap<String, ()>> = LazyLock::new(|| {
    let aliases =
        REGIONS.iter().filter(|(region, ..)| region.kind == "admin1").flat_map(|(.., aliases)| parts(aliases));
    let short = aliases.filter(|alias| alias.strip_suffix('.').is_some_and(|letters| !letters.contains('.')));
    short.filter_map(|alias| Some((fold(alias)?, ()))).collect()
});

#[cfg(test)]
mod tests {
    use super::{fold, is_short_form, regions};

    fn found(name: &str) -> Vec<&'static str> {
        regions(name, &fold(name).unwrap_or_default()).map(|region| region.name).collect()
    }

    #[test]
    fn abbreviations_match_as_they_are_printed() {
        assert_eq!(found("N.M."), ["New Mexico"]);
        assert_eq!(found("N.M"), ["New Mexico"]);
        assert_eq!(found("Ky"), ["Kentucky"]);
        assert_eq!(found("act"), [""; 0]);
        assert_eq!(found("US"), ["United States"]);
        assert_eq!(found("us"), [""; 0]);
        assert!(is_short_form("Ill.") && is_short_form("Ill") && is_short_form("OR") && !is_short_form("N.M."));
    }

    #[test]
    fn states_come_before_their_namesakes() {
        assert_eq!(found("Georgia"), ["Georgia", "Georgia"]);
        assert_eq!(regions("Georgia", "georgia").next().and_then(|region| region.country), Some("GE"));
    }

    #[test]
    fn a_disputed_place_has_a_point_and_no_state() {
        for name in ["Crimea", "the Golan", "Kashmir", "Karabakh", "Abkhazia"] {
            let region = regions(name, &fold(name.trim_start_matches("the ")).unwrap_or_default()).next();
            assert!(region.is_some_and(|region| region.is_disputed() && region.country.is_none()), "{name}");
        }
    }
}
