//! Where, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharIndex, CharSpan};
use crate::resolution;

/// One place name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Place {
    /// `p1`, `p2`, … in the order of the text.
    pub id: String,
    /// Where it stands in the text.
    pub span: CharSpan,
    /// The usual English name of the place.
    pub name: String,
    /// Degrees north, WGS 84; null where the gazetteer does not know the place.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// What it is: `country`, `capital`, `admin1`, `admin2`, `city`, `region`, …
    pub kind: String,
    /// ISO 3166-1 alpha-2; null for seas, continents and disputed places.
    pub country: Option<String>,
    /// States that claim or administer a disputed place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claimed_by: Vec<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Whether the name stands for a government.
    pub as_actor: bool,
    /// Whether it stands in the dateline.
    #[serde(default)]
    pub dateline: bool,
    /// The rule that told which place it is.
    pub because: Because,
}

pub(super) fn write_place(place: &resolution::Place, number: usize, index: &CharIndex) -> Place {
    Place {
        id: format!("p{number}"),
        span: index.chars(place.span),
        name: place.name.clone(),
        lat: place.point.map(|(lat, _)| lat),
        lon: place.point.map(|(_, lon)| lon),
        kind: place.kind.to_owned(),
        country: place.country.map(str::to_owned),
        claimed_by: place.claimed_by.iter().map(|&state| state.to_owned()).collect(),
        geonames: place.geonames,
        as_actor: place.as_actor,
        dateline: place.is_dateline,
        because: Because::rule(place.rule),
    }
}
