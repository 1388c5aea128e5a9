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
    ComparedName::new(wanted).may_be(&ComparedName::new(name))
}

/// A name taken apart once, to be compared with many; [`names_match`] compares two.
///
/// ```
/// let [short, long] = ["Zelensky", "Volodymyr Zelenskyy"].map(onrecord::ComparedName::new);
/// assert!(short.may_be(&long));
/// assert_eq!(short.family(), long.family());
/// assert_eq!(onrecord::ComparedName::new("Sergei Lavrov").spelling(), onrecord::ComparedName::new("Sergey Lavrov").spelling());
/// ```
#[derive(Debug, Clone)]
pub struct ComparedName {
    known: Option<&'static str>,
    words: Words,
    folded: Vec<String>,
}

impl ComparedName {
    /// Takes a name apart: titles and what follows a family name ("Jr.") do not count.
    pub fn new(name: &str) -> ComparedName {
        let words = Words::of_person(name);
        ComparedName { known: known(name), folded: words.0.iter().map(|word| folded(word)).collect(), words }
    }

    /// Whether `self`, as somebody asks for it, may be `name`, as some record has it.
    pub fn may_be(&self, name: &ComparedName) -> bool {
        if let (Some(a), Some(b)) = (self.known, name.known) {
            return a == b;
        }
        let (Some(last), Some(other)) = (self.folded.last(), name.folded.last()) else { return false };
        let family_first = self.folded.len() == 1 && name.folded.len() > 2 && name.folded.first() == Some(last);
        if last != other && !family_first {
            return false;
        }
        let (wanted, name) = (self.given(), name.given());
        let (few, many) = if wanted.len() <= name.len() { (wanted, name) } else { (name, wanted) };
        few.iter().all(|word| many.iter().any(|other| same_given(word, other)))
    }

    /// The usual name of a state, capital or organisation that the tables know.
    pub fn known(&self) -> Option<&'static str> {
        self.known
    }

    /// The last word as it sounds; empty for a name without letters. Two people's names that may be one share it, but where a family name comes first.
    pub fn family(&self) -> &str {
        self.folded.last().map(String::as_str).unwrap_or_default()
    }

    /// All words as they sound: the same for the usual spellings of one name, and for no other's.
    pub fn spelling(&self) -> String {
        self.folded.join(" ")
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.folded.len()
    }

    /// Whether one of the words before the last is no more than a letter.
    pub fn has_initial(&self) -> bool {
        self.given().iter().any(|word| word.chars().count() == 1)
    }

    fn given(&self) -> &[String] {
        self.words.0.get(..self.words.0.len().saturating_sub(1)).unwrap_or_default()
    }
}

/// The words by which a body, a people or a place is compared: the usual name where the tables know it, else its words in lower case without "the",
/// acronyms of bodies and states that the tables know written out.
pub fn body_name(name: &str) -> String {
    known(name).map_or_else(|| Words::of_body(name).0.join(" "), str::to_owned)
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
