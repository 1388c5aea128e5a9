//! Small words by the work they do around names, titles and cues.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::tables::{parts, rows};

/// The work that a small word can do; the table of onrecord-data says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    Preposition,
    Relative,
    Afterthought,
    Modifier,
    Opener,
    Closer,
    Clause,
    ObjectClause,
}

/// Whether a word, in any case, does this work.
pub(crate) fn does(word: &str, work: Work) -> bool {
    // No word of the table is longer; this bounds the copy.
    word.len() <= 16 && WORDS.get(word.to_lowercase().as_str()).is_some_and(|works| works.contains(&work))
}

static WORDS: LazyLock<HashMap<&str, HashSet<Work>>> = LazyLock::new(|| {
    rows(onrecord_data::FUNCTION_WORDS).map(|[word, kinds]| (word, parts(kinds).filter_map(work).collect())).collect()
});

fn work(kind: &str) -> Option<Work> {
    Some(match kind {
        "preposition" => Work::Preposition,
        "relative" => Work::Relative,
        "afterthought" => Work::Afterthought,
        "modifier" => Work::Modifier,
        "opener" => Work::Opener,
        "closer" => Work::Closer,
        "clause" => Work::Clause,
        "object-clause" => Work::ObjectClause,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_table_is_known() {
        for [word, kinds] in rows(onrecord_data::FUNCTION_WORDS) {
            assert!(parts(kinds).all(|kind| work(kind).is_some()), "{word}: {kinds}");
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert!(does("The", Work::Opener) && does("former", Work::Modifier) && !does("Geneva", Work::Preposition));
    }
}
