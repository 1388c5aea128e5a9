//! Codes of records → codes and names of other data sets, by the tables of onrecord-data.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What other data sets call a state.
#[derive(Debug, Clone, Copy)]
pub struct Country {
    /// ISO 3166-1 alpha-3, as CAMEO has it.
    pub iso3: &'static str,
    /// Number of the Correlates of War.
    pub cow: Option<&'static str>,
    /// FIPS 10-4.
    pub fips: Option<&'static str>,
    /// Usual English name.
    pub name: &'static str,
}

/// What other data sets call a sector.
#[derive(Debug, Clone, Copy)]
pub struct Sector {
    /// Role code of CAMEO.
    pub cameo: Option<&'static str>,
    /// In words.
    pub title: &'static str,
}

static COUNTRIES: LazyLock<HashMap<&'static str, Country>> = LazyLock::new(|| {
    let rows = rows(onrecord_data::COUNTRY_CODES);
    rows.map(|[iso2, iso3, cow, _, fips, name]| (iso2, Country { iso3, cow: filled(cow), fips: filled(fips), name }))
        .collect()
});
static SECTORS: LazyLock<HashMap<&'static str, Sector>> = LazyLock::new(|| {
    let rows = rows(onrecord_data::SECTOR_CODES);
    rows.map(|[sector, cameo, title]| (sector, Sector { cameo: filled(cameo), title })).collect()
});
static CAMEO: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    rows(onrecord_data::CAMEO_CODES).map(|[code, goldstein, title]| (code, (goldstein, title))).collect()
});
static SCORES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(onrecord_data::PLOVER_SCORES).map(|[plover, score]| (plover, score)).collect());

/// The state of an ISO 3166-1 alpha-2 code; none for PLOVER's codes of those that are no state.
pub fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.get(code)
}

/// The sector of a PLOVER code.
pub fn sector(code: &str) -> Option<&'static Sector> {
    SECTORS.get(code)
}

/// Goldstein's weight of a CAMEO code; that of the code above it, where the published scale has none.
pub fn goldstein(cameo: &str) -> Option<&'static str> {
    let weight = |code: &str| CAMEO.get(code).and_then(|(weight, _)| filled(weight));
    let above = cameo.get(..3).filter(|_| cameo.len() > 3).map(str::to_owned);
    let root = cameo.get(..2).map(|root| format!("{root}0"));
    weight(cameo).or_else(|| weight(&above?)).or_else(|| weight(&root?))
}

/// What a CAMEO code is called.
pub fn title(cameo: &str) -> Option<&'static str> {
    CAMEO.get(cameo).map(|(_, title)| *title)
}

/// The score of a PLOVER type and mode, as the manual prints it; that of the type where the mode has none.
pub fn score(kind: &str, mode: Option<&str>) -> Option<&'static str> {
    let by_mode = mode.and_then(|mode| SCORES.get(format!("{kind}/{mode}").as_str()));
    by_mode.or_else(|| SCORES.get(kind)).copied()
}

fn filled(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

/// The first `N` columns of every row of a table: below its comments and its header line.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let rows = table.lines().skip_while(|line| line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split('\t').take(N).collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::{country, goldstein, score, sector, title};

    #[test]
    fn codes_are_found_or_stood_in_for() {
        let names =
            ["PS", "XK", "GB"].map(|code| country(code).map(|country| (country.iso3, country.fips, country.name)));
        let expected = [("PSE", "GZ", "Palestine"), ("KOS", "KV", "Kosovo"), ("GBR", "UK", "United Kingdom")];
        assert_eq!(names, expected.map(|(iso3, fips, name)| Some((iso3, Some(fips), name))));
        assert!(country("UNO").is_none());
        assert_eq!(sector("JRN").and_then(|sector| sector.cameo), Some("MED"));
        assert_eq!(
            ["190", "1952", "155", "999", "1"].map(goldstein),
            [Some("-10.0"), Some("-10.0"), Some("-7.2"), None, None]
        );
        assert_eq!(title("173"), Some("Arrest, detain or charge with legal action"));
        assert_eq!(score("PROTEST", Some("riot")), Some("-7"));
        assert_eq!(score("PROTEST", Some("vandalize")), Some("-5"));
    }
}
