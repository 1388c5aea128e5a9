//! The places of a record → a page for a terminal: every place once.
//!
//! What stands here is the form; which place a name means was decided when the article was read.

use std::collections::HashMap;

use onrecord::Record;
use onrecord::record::Place;

use crate::paint::{Style, paint};
use crate::plain::{clip, one_line};

/// Every place once, in the order of the text, with how often it is named.
pub fn page(record: &Record, label: &str, is_coloured: bool) -> String {
    let title = record.document.title.as_deref().unwrap_or(label);
    let mut out = paint(&clip(&one_line(title), 90), Style::Bold, is_coloured) + "\n";
    let mut listed: Vec<(&Place, usize)> = Vec::new();
    let mut known: HashMap<(&str, Option<u64>, Option<u64>), usize> = HashMap::new();
    for place in &record.places {
        let key = (place.name.as_str(), place.lat.map(f64::to_bits), place.lon.map(f64::to_bits));
        let at = *known.entry(key).or_insert_with(|| {
            listed.push((place, 0));
            listed.len() - 1
        });
        if let Some((_, count)) = listed.get_mut(at) {
            *count += 1;
        }
    }
    let width = listed.iter().map(|(place, _)| place.name.chars().count()).max().unwrap_or(0).min(30);
    for (place, count) in listed {
        let name = clip(&one_line(&place.name), 30);
        let tail = if place.dateline { ", dateline" } else { "" };
        let line = format!("  {name:width$}  {:>3}×  {}{tail}", count, whereabouts(place));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out + "\n"
}

/// `city, UA, 48.57 N 39.31 E`.
pub fn whereabouts(place: &Place) -> String {
    let mut parts = vec![place.kind.clone()];
    parts.extend(place.country.clone());
    if !place.claimed_by.is_empty() {
        parts.push(format!("claimed or held by {}", place.claimed_by.join(", ")));
    }
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        let (north, east) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
        parts.push(format!("{:.2} {north} {:.2} {east}", lat.abs(), lon.abs()));
    }
    parts.join(", ")
}
