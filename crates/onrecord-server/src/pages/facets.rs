//! How hits are spread → lists of links that narrow a search, and the days as bars.

use onrecord_store::search::Facet;

use super::words;
use crate::asked::Parameters;

/// A field with its values, as links.
pub struct FacetView {
    /// What people read.
    pub name: &'static str,
    /// The most frequent values.
    pub values: Vec<ValueView>,
    /// How many values are not shown.
    pub more: u64,
}

/// A value of a field.
pub struct ValueView {
    /// What people read.
    pub label: String,
    /// In how many hits.
    pub count: u64,
    /// The search with it, or without it where it is chosen.
    pub url: String,
    /// Whether the search has it.
    pub is_chosen: bool,
}

/// The fields in the order in which people look for them.
const NAMES: [(&str, &str); 13] = [
    ("kind", "Kind"),
    ("speaker", "Speaker"),
    ("type", "Type"),
    ("actor", "Actor"),
    ("recipient", "Recipient"),
    ("outlet", "Outlet"),
    ("act", "Act"),
    ("form", "Form"),
    ("country", "Country"),
    ("place", "Place"),
    ("negated", "Negated"),
    ("asserted", "Told by"),
    ("status", "Review"),
];

/// The lists beside a search that stands at `path`.
pub fn views(facets: &[Facet], asked: &Parameters, path: &str) -> Vec<FacetView> {
    let views = NAMES.iter().filter_map(|&(field, name)| {
        let facet = facets.iter().find(|facet| facet.field == field && !facet.values.is_empty())?;
        let chosen = asked.all(field);
        let values = facet.values.iter().map(|value| ValueView {
            label: if field == "country" { words::country(&value.label).to_owned() } else { value.label.clone() },
            count: value.count,
            url: asked.toggled(field, &value.value).behind(path),
            is_chosen: chosen.contains(&value.value),
        });
        let values: Vec<_> = values.collect();
        Some(FacetView { name, more: facet.distinct.saturating_sub(values.len()) as u64, values })
    });
    views.collect()
}
