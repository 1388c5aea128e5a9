//! What an article is of before its places are read: its peoples ("the Kenyan police") and where its outlet is read.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::Document;
use crate::mentions::{Form, Kind, Mention};
use crate::resolution::lexicon;
use crate::tables::rows;

/// Where the readers of an outlet are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Home {
    /// ISO 3166-1 alpha-2.
    pub state: &'static str,
    /// Of a local outlet, the part of the state and the town.
    pub town: Option<(&'static str, (f64, f64))>,
}

/// The states that an article's peoples belong to, one for each mention.
pub(super) fn peoples<'d>(
    document: &'d Document,
    mentions: &'d [Mention],
) -> impl Iterator<Item = &'static str> + use<'d> {
    let peoples = mentions.iter().filter(|mention| mention.form == Form::Name && mention.kind == Kind::Group);
    peoples.filter_map(|people| lexicon::state_of_demonym(people.span.text(document.text()))?.code)
}

/// Where an outlet is read, by its address or name in the table, or by the ending of its address: "example.co.uk".
pub(super) fn home(outlet: &str) -> Option<Home> {
    let outlet = outlet.trim();
    let address = outlet.split("//").last()?.split('/').next()?.to_ascii_lowercase();
    let address = address.strip_prefix("www.").unwrap_or(&address);
    // "africa.example.com" is a part of "example.com".
    let parents = std::iter::successors(Some(address), |address| address.split_once('.').map(|(_, parent)| parent));
    let by_address =
        parents.filter(|address| address.contains('.')).take(MOST_LABELS).find_map(|address| OUTLETS.get(address));
    let name = outlet.strip_prefix("The ").unwrap_or(outlet);
    by_address.or_else(|| OUTLETS.get(name)).copied().or_else(|| {
        let state = state_of_ending(address)?;
        Some(Home { state, town: None })
    })
}

/// How deep an address may be.
const MOST_LABELS: usize = 6;

/// Endings of addresses that are sold to anybody.
const SOLD: [&str; 8] = ["cc", "co", "fm", "io", "ly", "me", "tv", "ws"];

fn state_of_ending(address: &str) -> Option<&'static str> {
    let (_, ending) = address.rsplit_once('.')?;
    let code = if ending == "uk" { "GB".to_owned() } else { ending.to_ascii_uppercase() };
    let mut states = rows(onrecord_data::COUNTRY_POINTS).map(|[_, code]| code);
    if SOLD.contains(&ending) { None } else { states.find(|state| *state == code) }
}

static OUTLETS: LazyLock<HashMap<&str, Home>> = LazyLock::new(|| {
    let mut outlets = HashMap::new();
    for [domain, name, state, province, lat, lon] in rows(onrecord_data::OUTLETS) {
        let point = || Some((lat.parse().ok()?, lon.parse().ok()?));
        let home = Home { state, town: point().map(|point| (province, point)) };
        outlets.insert(domain, home);
        if name != "-" {
            outlets.entry(name.strip_prefix("The ").unwrap_or(name)).or_insert(home);
        }
    }
    outlets
});

#[cfg(test)]
mod tests {
    use super::home;

    #[test]
    fn an_outlet_is_known_by_address_or_name() {
        let state = |outlet: &str| home(outlet).map(|home| home.state);
        assert_eq!(
            home("https://www.ottawacitizen.com/news").and_then(|home| home.town).map(|(province, _)| province),
            Some("Ontario")
        );
        assert_eq!(home("The Buffalo News").and_then(|home| home.town).map(|(province, _)| province), Some("New York"));
        assert_eq!(state("europe.chinadaily.com.cn"), Some("CN"));
        assert_eq!(state("www.lorne-echo.co.uk"), Some("GB"));
        assert_eq!(state("lorne.tv"), None);
        assert_eq!(state(""), None);
    }
}
