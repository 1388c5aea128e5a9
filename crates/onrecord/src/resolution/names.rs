//! Names as words that can be compared: "Mr. Ortega's" and "Daniela Ortega" share "ortega".

use super::lexicon::{self, NounKind};

/// A name in words, in lower case, without titles, possessive endings and stops.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Words(pub Vec<String>);

/// Words that a name may carry after its last one.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
/// Words that tell what kind of company a name is, and may be left out.
const COMPANY: &[&str] =
    &["ag", "co", "company", "corp", "corporation", "group", "holdings", "inc", "ltd", "plc", "sa"];
/// Words of a name that give no letter to its acronym.
const SMALL: &[&str] = &["a", "and", "for", "in", "of", "on", "the", "to"];
/// A name of so many letters is more likely misspelt than another's.
const LONG: usize = 7;

impl Words {
    /// The words of a name as it stands in a text.
    pub(super) fn of(name: &str) -> Words {
        let words = name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.' | '&')));
        let words = words.map(|word| {
            let word = word.to_lowercase();
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word).to_owned();
            word.replace(['.', '\'', '’'], "")
        });
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        if words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an") {
            words.remove(0);
        }
        Words(words)
    }

    /// The words of a person's name: titles before it and suffixes behind it dropped.
    pub(super) fn of_person(name: &str) -> Words {
        let Words(mut words) = Words::of(name);
        while words.len() > 1 && is_title(&words[0]) {
            words.remove(0);
        }
        while words.len() > 2 && words.last().is_some_and(|word| SUFFIXES.contains(&word.as_str())) {
            words.pop();
        }
        Words(words)
    }

    /// The words of an organisation's name, with the bodies and states in it that the tables know by their full names: "U.N. Security Council".
    pub(super) fn of_body(name: &str) -> Words {
        let parts = name.split_whitespace().filter(|part| name != *part);
        let full = |part: &str| {
            let is_acronym = part.len() > 1 && part.chars().all(|c| c.is_uppercase() || c == '.');
            let known = lexicon::organisation(part)
                .map(|known| known.name)
                .or_else(|| lexicon::state(part).map(|state| state.name));
            known.filter(|_| is_acronym).unwrap_or(part).to_owned()
        };
        let parts: Vec<String> = parts.map(full).collect();
        if parts.is_empty() { Words::of(name) } else { Words::of(&parts.join(" ")) }
    }

    pub(super) fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both may be the same person's: the same family name, and one's other words, or their initials, among the other's. Names of which
    /// the family name comes first match as they stand.
    pub(super) fn same_person(&self, other: &Words) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        if short.last() != long.last() || short.is_empty() {
            return false;
        }
        let given = |words: &Words| words.0[..words.0.len() - 1].to_vec();
        let long = given(long);
        given(short).iter().all(|word| long.iter().any(|other| abbreviates(word, other)))
    }

    /// Whether the name says that it is a company's: "Halvorsen Cold Chain Inc."
    pub(super) fn is_company(&self) -> bool {
        self.last().is_some_and(|last| COMPANY.contains(&last))
    }

    /// Whether one is the other's end ("Security Council") or differs by the kind of company ("Boeing Co").
    pub(super) fn same_body(&self, other: &Words) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        let company = |words: &[String]| words.iter().all(|word| COMPANY.contains(&word.as_str()));
        let called_by_first = short.0.len() == 1 && long.is_company() && long.0.first() == short.0.first();
        !short.is_empty()
            && (called_by_first
                || long.0.ends_with(&short.0)
                || long.0.starts_with(&short.0) && company(&long.0[short.0.len()..]))
    }
}

/// Whether one word is the other, or its first letter.
fn abbreviates(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a)
}

/// The letters that two spellings of a name share at the start; none of a short word.
pub(super) fn opening(word: &str) -> Option<&str> {
    let (end, _) = word.char_indices().nth(2).filter(|_| word.chars().count() >= LONG)?;
    word.get(..end)
}

/// Whether two long words differ by one letter within, or by two neighbours that changed places. First and last letters count: Petrova is not Petrov.
pub(super) fn nearly(a: &str, b: &str) -> bool {
    let ends = |word: &str| (opening(word).map(str::to_owned), word.chars().next_back());
    opening(a).is_some() && ends(a) == ends(b) && strsim::osa_distance(a, b) == 1
}

fn is_title(word: &str) -> bool {
    lexicon::person_noun(word).is_some_and(|noun| matches!(noun.kind, NounKind::Title | NounKind::Office))
}

/// Whether `short` ("AFA", "U.N.") is made of the first letters of the words of `long`.
pub(super) fn is_acronym(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    if letters.chars().count() < 2 || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    let words: Vec<&str> = long.split([' ', '-', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let first = |word: &&str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let all: String = words.iter().filter(|word| !matches!(word.to_lowercase().as_str(), "the")).map(first).collect();
    let large: String = words.iter().filter(|word| !SMALL.contains(&word.to_lowercase().as_str())).map(first).collect();
    words.len() > 1 && (all == letters || large == letters)
}

#[cfg(test)]
mod tests {
    use super::{Words, is_acronym, nearly};

    fn same(a: &str, b: &str) -> bool {
        Words::of_person(a).same_person(&Words::of_person(b))
    }

    #[test]
    fn titles_initials_and_possessives_do_not_matter() {
        assert!(same("Mr. Ortega's", "Daniela Ortega"));
        assert!(same("D. M. Ortega", "Daniela Maria Ortega Jr."));
        assert!(!same("Pablo Ortega", "Daniela Ortega"));
        assert!(!same("Daniela", "Daniela Ortega"));
    }

    #[test]
    fn bodies_are_known_by_their_end_or_without_their_kind() {
        let same = |a: &str, b: &str| Words::of(a).same_body(&Words::of(b));
        assert!(same("the Harbour Council", "Northport Harbour Council"));
        assert!(same("Tallow", "Tallow Holdings Inc."));
        assert!(!same("Northport", "Northport Harbour Council"));
    }

    #[test]
    fn a_letter_within_may_be_missing_wrong_or_misplaced() {
        assert!(nearly("solberg", "sollberg"));
        assert!(nearly("halvorsen", "halvorson"));
        assert!(nearly("halvorsen", "havlorsen"));
        assert!(!nearly("petrovic", "petrovica"));
        assert!(!nearly("halvorsen", "halvarson"));
        assert!(!nearly("holm", "hohm"));
        assert!(!nearly("solberg", "solberg"));
    }

    #[test]
    fn acronyms_skip_small_words_or_keep_them() {
        assert!(is_acronym("U.N.", "United Nations"));
        assert!(is_acronym("NHC", "the Northport Harbour Council"));
        assert!(is_acronym("FPT", "Friends of Public Transport"));
        assert!(is_acronym("FOPT", "Friends of Public Transport"));
        assert!(!is_acronym("Un", "United Nations"));
    }
}
