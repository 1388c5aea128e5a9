//! The towns, districts and provinces of the gazetteer, read in place: a name → the places that bear it.
//!
//! Nothing is copied or indexed at the start; a look-up is a binary search over the first names of the blocks and a walk through one block. The
//! repository's gazetteer/README.md tells the layout. A file that is cut short gives fewer places, never a panic.

use std::ops::Range;
use std::sync::LazyLock;

const MAGIC: &[u8] = b"ONGAZ001";
const RECORD_BYTES: usize = 14;
const BLOCK_BYTES: usize = 8;
const PROVINCE_BYTES: usize = 5;
/// The places that are given for a key; most people first.
const MOST_FOR_A_KEY: usize = 120;
/// Names in a block.
const BLOCK: usize = 16;
/// The highest level of population that a record can hold; it stands for 2^25 people.
const TOP_LEVEL: f64 = 31.0;

/// What a place of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    City,
    Capital,
    District,
    Province,
}

/// One place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub feature: Feature,
    pub point: (f64, f64),
    /// Of the order of.
    pub population: f64,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// The main name, where it is not the key with capitals.
    pub name: Option<&'static str>,
    /// The key is another name of it.
    pub is_alias: bool,
    /// Number of its province, for comparison.
    pub province: u16,
    pub province_name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
}

/// The places under a key as [`super::fold`] makes it, at most 120: those of that main name first, most people first in either part.
pub(super) fn entries(key: &str) -> Vec<Entry> {
    let (own, others) = GAZETTEER.find(key);
    let own = own.filter_map(|number| GAZETTEER.entry(number));
    let others = others.into_iter().filter_map(|number| GAZETTEER.entry(number));
    own.chain(others.map(|entry| Entry { is_alias: true, ..entry })).collect()
}

/// Whether there is a place under a key.
pub(super) fn has(key: &str) -> bool {
    let (own, others) = GAZETTEER.find(key);
    !own.is_empty() || !others.is_empty()
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::open(onrecord_data::GAZETTEER).unwrap_or_default());

/// The sections of the file.
#[derive(Debug, Default)]
struct Gazetteer {
    records: &'static [u8],
    keys: &'static [u8],
    blocks: &'static [u8],
    provinces: &'static [u8],
    names: &'static [u8],
}

impl Gazetteer {
    fn open(file: &'static [u8]) -> Option<Gazetteer> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut sizes = [0_usize; 5];
        for size in &mut sizes {
            *size = number(rest.get(..4)?);
            rest = rest.get(4..)?;
        }
        let mut section = |size: usize| {
            let (section, after) = rest.split_at_checked(size)?;
            rest = after;
            Some(section)
        };
        let [records, keys, blocks, provinces, names] = sizes;
        Some(Gazetteer {
            records: section(records)?,
            keys: section(keys)?,
            blocks: section(blocks)?,
            provinces: section(provinces)?,
            names: section(names)?,
        })
    }

    /// The numbers of the records under a key, those of that main name and the others. O(log n).
    fn find(&self, key: &str) -> (Range<usize>, Vec<usize>) {
        let (mut low, mut high) = (0, self.blocks.len() / BLOCK_BYTES);
        while low < high {
            let middle = low.midpoint(high);
            let is_before = self.first_key(middle).is_some_and(|first| first <= key.as_bytes());
            (low, high) = if is_before { (middle + 1, high) } else { (low, middle) };
        }
        low.checked_sub(1).and_then(|block| self.find_in(block, key.as_bytes())).unwrap_or_default()
    }

    fn block(&self, block: usize) -> Option<(usize, usize)> {
        let bytes = self.blocks.get(block * BLOCK_BYTES..(block + 1) * BLOCK_BYTES)?;
        Some((number(bytes.get(..4)?), number(bytes.get(4..)?)))
    }

    fn first_key(&self, block: usize) -> Option<&'static [u8]> {
        let (at, _) = self.block(block)?;
        let length = usize::from(*self.keys.get(at + 1)?);
        self.keys.get(at + 2..at + 2 + length)
    }

    fn find_in(&self, block: usize, key: &[u8]) -> Option<(Range<usize>, Vec<usize>)> {
        let (at, mut record) = self.block(block)?;
        let mut keys = Bytes(self.keys.get(at..)?);
        let mut here: Vec<u8> = Vec::new();
        for _ in 0..BLOCK {
            let (shared, length) = (keys.take(1)?, keys.take(1)?);
            here.truncate(shared);
            here.extend_from_slice(keys.slice(length)?);
            let counts = keys.take(1)?;
            let own = if counts & 15 == 15 { keys.take(2)? } else { counts & 15 };
            let others = if counts >> 4 == 15 { keys.take(2)? } else { counts >> 4 };
            let listed = keys.slice(others * 3)?;
            if here == key {
                return Some((record..record + own.min(MOST_FOR_A_KEY), listed.chunks_exact(3).map(number).collect()));
            }
            if here.as_slice() > key {
                return None;
            }
            record += own;
        }
        None
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let record = self.records.get(at * RECORD_BYTES..(at + 1) * RECORD_BYTES)?;
        let mut record = Bytes(record);
        let place = record.take(5)?;
        let degrees = |value: usize, range: f64| (value & 0xF_FFFF) as f64 / f64::from(0xF_FFFF) * range - range / 2.0;
        let point = (degrees(place >> 20, 180.0), degrees(place, 360.0));
        let (kind, province) = (record.take(1)?, record.take(2)?);
        let (geonames, name) = (record.take(3)?, record.take(3)?);
        let feature = match kind >> 5 {
            0 => Feature::City,
            1 => Feature::Capital,
            2 => Feature::District,
            _ => Feature::Province,
        };
        let mut state = Bytes(self.provinces.get(province * PROVINCE_BYTES..(province + 1) * PROVINCE_BYTES)?);
        let country = std::str::from_utf8(state.slice(2)?).ok()?;
        Some(Entry {
            feature,
            point: (rounded(point.0), rounded(point.1)),
            population: ((kind & 31) as f64 * 25.0 / TOP_LEVEL).exp2(),
            geonames: u32::try_from(geonames).ok().filter(|id| *id > 0),
            name: self.name(name),
            is_alias: false,
            province: u16::try_from(province).ok()?,
            province_name: self.name(state.take(3)?).unwrap_or_default(),
            country,
        })
    }

    fn name(&self, at: usize) -> Option<&'static str> {
        let length = usize::from(*self.names.get(at)?);
        std::str::from_utf8(self.names.get(at + 1..at + 1 + length)?).ok().filter(|name| !name.is_empty())
    }
}

/// To what the file can tell apart: four places.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}

/// A little-endian number of up to eight bytes.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |value, &byte| value << 8 | usize::from(byte))
}

struct Bytes(&'static [u8]);

impl Bytes {
    fn slice(&mut self, length: usize) -> Option<&'static [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn take(&mut self, length: usize) -> Option<usize> {
        self.slice(length).map(number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, Gazetteer, entries};

    #[test]
    fn spellings_of_a_town_lead_to_it() {
        for name in ["luhansk", "lugansk", "voroshilovgrad"] {
            let found = entries(name);
            let luhansk = found.iter().find(|entry| entry.geonames == Some(702_658));
            assert_eq!(luhansk.map(|entry| (entry.country, entry.feature)), Some(("UA", Feature::City)), "{name}");
        }
        assert!(entries("no such place").is_empty());
    }

    #[test]
    fn the_largest_of_a_name_comes_first() {
        let found = entries("springfield");
        assert!(found.len() > 10 && found[0].population >= found[1].population);
        assert!((found[0].point.0 - 37.2).abs() < 0.3, "{:?}", found[0]);
    }

    #[test]
    fn districts_and_provinces_have_points() {
        let found = entries("cook county");
        assert!(found.iter().any(|entry| entry.feature == Feature::District && entry.province_name == "Illinois"));
        assert!(entries("bavaria").iter().any(|entry| entry.feature == Feature::Province && entry.country == "DE"));
    }

    #[test]
    fn a_broken_file_has_no_places() {
        assert!(Gazetteer::open(&onrecord_data::GAZETTEER[..99]).is_none());
        assert!(Gazetteer::default().find("paris").1.is_empty());
    }
}
