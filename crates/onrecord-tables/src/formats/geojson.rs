//! The places of a record → GeoJSON (RFC 7946): a point for each mention whose place has one, never without its precision.

use onrecord::Record;
use serde_json::json;

use super::Options;
use super::places::{Roles, precision};
use crate::article::Article;
use crate::permalinks::Item;

/// What stands before the features of a collection, and behind them.
pub const COLLECTION: (&str, &str) = ("{\"type\":\"FeatureCollection\",\"features\":[", "\n]}\n");

/// A feature for each mention whose place has a point.
pub fn features(record: &Record, options: &Options) -> Vec<String> {
    of_article(&Article::new(record), options)
}

pub(crate) fn of_article(article: &Article, options: &Options) -> Vec<String> {
    let record = article.record;
    let document = &record.document;
    let roles = Roles::new(record);
    let features = record.places.iter().zip(&article.links.places).filter_map(|(place, id)| {
        let (lat, lon) = (place.lat?, place.lon?);
        let (role, events) = roles.of(place);
        let feature = json!({
            "type": "Feature",
            "id": options.base.permalink(Item::Place, id),
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "id": format!("{}#{}", document.id, place.id),
                "title": place.name,
                "words": article.words(place.span),
                "start": place.span.start,
                "end": place.span.end,
                "offset_unit": "codepoint",
                "date": document.published_at,
                "precision": precision(place),
                "kind": place.kind,
                "country": place.country,
                "claimed_by": place.claimed_by,
                "source": document.outlet,
                "article": document.title,
                "permalink": article.address(place.span),
                "role": role,
                "events": events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(),
                "confidence": events.iter().map(|event| event.confidence).reduce(f64::max),
                "as_actor": place.as_actor,
                "geonames": place.geonames,
                "rule": place.because.rule,
            },
        });
        Some(feature.to_string())
    });
    features.collect()
}
