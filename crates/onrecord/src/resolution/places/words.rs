//! The words around place names, as the table knows them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::tables::{parts, rows};

/// What a word tells of the place name that it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Hint {
    Province,
    District,
    City,
    Water,
    Land,
    Building,
    Road,
    Direction,
    Counterpart,
    Auxiliary,
    People,
    Disease,
}

/// Whether a word, in any case, tells this.
pub(super) fn tells(word: &str, hint: Hint) -> bool {
    hints(word).is_some_and(|hints| hints.contains(&hint))
}

/// Everything that a word tells.
pub(super) fn hints(word: &str) -> Option<&'static HashSet<Hint>> {
    // No word of the table is longer; this bounds the copy.
    if word.len() > 16 {
        return None;
    }
    WORDS.get(word.to_lowercase().as_str())
}

static WORDS: LazyLock<HashMap<&str, HashSet<Hint>>> = LazyLock::new(|| {
    rows(onrecord_data::PLACE_WORDS).map(|[word, kinds]| (word, parts(kinds).filter_map(hint).collect())).collect()
});

fn hint(kind: &str) -> Option<Hint> {
    Some(match kind {
        "province" => Hint::Province,
        "district" => Hint::District,
        "city" => Hint::City,
        "water" => Hint::Water,
        "land" => Hint::Land,
        "building" => Hint::Building,
        "road" => Hint::Road,
        "direction" => Hint::Direction,
        "counterpart" => Hint::Counterpart,
        "auxiliary" => Hint::Auxiliary,
        "people" => Hint::People,
        "disease" => Hint::Disease,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Hint, hint, tells};
    use crate::tables::{parts, rows};

    #[test]
    fn every_kind_in_the_table_is_known() {
        for [word, kinds] in rows(onrecord_data::PLACE_WORDS) {
            assert!(parts(kinds).all(|kind| hint(kind).is_some()), "{word}: {kinds}");
        }
        assert!(tells("Oblast", Hint::Province) && !tells("Oblast", Hint::Road));
    }
}
