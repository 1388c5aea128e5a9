//! The words that are numbers or parts of them, from the table of onrecord-data.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tables::{parts, rows};

/// What a word can do in a number; the table says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Unit,
    Teen,
    Tens,
    Scale,
    Suffix,
    Short,
    Letter,
    Ordinal,
    /// "third" of "a third".
    Share,
    /// "thirds" of "two thirds".
    Shares,
    /// "hundreds".
    Many,
    /// "several".
    Some,
}

/// One row of the table.
#[derive(Debug)]
pub(in crate::mentions) struct NumberWord {
    roles: Vec<Role>,
    pub value: f64,
}

impl NumberWord {
    pub(super) fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// "three", "twenty", "dozens": not "third", "hundred" or "bn" by themselves.
    pub(super) fn counts(&self) -> bool {
        [Role::Unit, Role::Teen, Role::Tens, Role::Many].iter().any(|&role| self.is(role))
    }
}

/// The row of a word, in any case.
pub(super) fn number_word(word: &str) -> Option<&'static NumberWord> {
    // No word of the table is longer; this bounds the copy.
    if word.len() > 12 || !word.is_ascii() {
        return None;
    }
    WORDS.get(word.to_ascii_lowercase().as_str())
}

static WORDS: LazyLock<HashMap<&str, NumberWord>> = LazyLock::new(|| {
    let entry = |[word, kinds, value]: [&'static str; 3]| {
        Some((word, NumberWord { roles: parts(kinds).filter_map(role).collect(), value: value.parse().ok()? }))
    };
    rows(onrecord_data::NUMBER_WORDS).filter_map(entry).collect()
});

fn role(kind: &str) -> Option<Role> {
    Some(match kind {
        "unit" => Role::Unit,
        "teen" => Role::Teen,
        "tens" => Role::Tens,
        "scale" => Role::Scale,
        "suffix" => Role::Suffix,
        "short" => Role::Short,
        "letter" => Role::Letter,
        "ordinal" => Role::Ordinal,
        "part" => Role::Share,
        "parts" => Role::Shares,
        "many" => Role::Many,
        "some" => Role::Some,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for [word, kinds, value] in rows(onrecord_data::NUMBER_WORDS) {
            assert!(
                parts(kinds).all(|kind| role(kind).is_some()) && value.parse::<f64>().is_ok(),
                "{word}: {kinds} {value}"
            );
            assert!(number_word(word).is_some(), "{word}");
        }
    }
}
