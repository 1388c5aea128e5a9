//! Names of two articles → whether they may be one and the same: initials, titles, transliterations and short forms make no difference.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon;
use super::names::Words;
use crate::tables::{parts, rows};

/// Whether `name`, an entity's name in some record, may be the one that `wanted` asks for.
///
/// A family name finds everybody who bears it; more words must all fit, in any order that newspapers use. Titles, initials, accents, the usual ways
/// to write Cyrillic and Arabic names ("Zelensky", "Zelenskyy"), short forms and other languages' forms of given names ("Petro", "Pyotr") do not
/// matter; a state or organisation is found by every name that the tables know ("Kiev" finds Kyiv, "UN" the United Nations).
///
/// ```
/// assert!(onrecord::names_match("Zelensky", "Volodymyr Zelenskyy"));
/// assert!(onrecord::names_match("P. Poroshenko", "Petro Poroshenko"));
/// assert!(!onrecord::names_match("Ana Ruiz", "Marta Ruiz"));
/// ```
pub fn names_match(wanted: &str, name: &str) -> bool {
    if let (Some(a), Some(b)) = (known(wanted), known(name)) {
        return a == b;
    }
    let (wanted, name) = (Words::of_person(wanted), Words::of_person(name));
    let (Some(last), Some(other)) = (wanted.last(), name.last()) else { return false };
    let family_first =
        name.0.first().is_some_and(|first| wanted.0.len() == 1 && name.0.len() > 2 && folded(first) == folded(last));
    if folded(last) != folded(other) && !family_first {
        return false;
    }
    let given = |words: &Words| words.0.get(..words.0.len().saturating_sub(1)).unwrap_or_default().to_vec();
    let (wanted, name) = (given(&wanted), given(&name));
    let (few, many) = if wanted.len() <= name.len() { (wanted, name) } else { (name, wanted) };
    few.iter().all(|word| many.iter().any(|other| same_given(word, other)))
}

/// The canonical name of a state, capital or organisation that the tables know.
fn known(name: &str) -> Option<&'static str> {
    let state = lexicon::state(name).map(|state| state.name);
    let capital = || lexicon::state_of_capital(name).and_then(|state| lexicon::main_capital(state.name));
    state.or_else(capital).or_else(|| lexicon::organisation(name).map(|known| known.name))
}

/// Whether two given names may be one person's: equal, an initial, or variants of one name.
fn same_given(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    let usual = |word: &str| VARIANTS.get(word).cloned().unwrap_or_else(|| vec![folded(word)]);
    initial(a, b) || initial(b, a) || folded(a) == folded(b) || usual(a).iter().any(|name| usual(b).contains(name))
}

static VARIANTS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let variants = rows(onrecord_data::GIVEN_NAME_VARIANTS);
    variants
        .map(|[name, usual]| (name.to_lowercase(), parts(usual).map(|usual| folded(&usual.to_lowercase())).collect()))
        .collect()
});

/// A word as it sounds, roughly: without accents and double letters, the endings -y, -yy, -iy and -ij alike.
fn folded(word: &str) -> String {
    let plain: String = word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).collect();
    let plain = plain
        .replace("ph", "f")
        .replace("kh", "h")
        .replace("ck", "k")
        .replace('w', "v")
        .replace('q', "k")
        .replace("ou", "u");
    let endings = ["iy", "yy", "ii", "ij", "ey", "ei", "ay", "ai"];
    let stem = endings.iter().find_map(|ending| plain.strip_suffix(ending)).filter(|stem| stem.len() > 2);
    let plain = stem.map_or_else(|| plain.clone(), |stem| format!("{stem}i"));
    let mut out = String::new();
    for c in plain.chars().map(|c| if matches!(c, 'y' | 'j') { 'i' } else { c }) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::names_match;

    #[test]
    fn transliterations_are_one_name() {
        for (a, b) in [
            ("Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelenskiy", "President Vladimir Zelensky"),
            ("Pyotr Poroshenko", "Petro Poroshenko"),
            ("Sergei Lavrov", "Sergey Lavrov"),
            ("José Ramón", "Jose Ramon"),
            ("Bill Harrow", "William Harrow"),
            ("W. Harrow", "Mr. Harrow"),
        ] {
            assert!(names_match(a, b) && names_match(b, a), "{a} / {b}");
        }
        assert!(names_match("Kim", "Kim Jong Un"), "a family name may come first");
    }

    #[test]
    fn families_stay_apart() {
        for (a, b) in
            [("Ana Ruiz", "Marta Ruiz"), ("Harrow", "Harrows"), ("Paul Meyer", "P. Mayer"), ("Dan Ruiz", "Dina Ruiz")]
        {
            assert!(!names_match(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn states_and_bodies_go_by_every_name_that_the_tables_know() {
        assert!(names_match("Kiev", "Kyiv"));
        assert!(names_match("UN", "United Nations"));
        assert!(names_match("Russian Federation", "Russia"));
        assert!(!names_match("Kyiv", "Ukraine"));
    }
}
