//! Names as keys: "Côte d’Ivoire" and "Cote d'Ivoire" are one, so are "Ft. Worth" and "Fort Worth".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a name: lower case, ASCII letters and digits, single blanks; `None` if other letters are left or nothing is. The same rules as
/// `fold` in the repository's gazetteer/build.py. O(n) in the name.
pub(super) fn fold(name: &str) -> Option<String> {
    let mut key = String::with_capacity(name.len());
    let mut word = String::new();
    for c in name.chars().flat_map(spelled).flat_map(|c| std::iter::once(c).nfd()) {
        match c {
            _ if is_combining_mark(c) => {}
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => return None,
            _ => add_word(&mut key, &mut word),
        }
    }
    add_word(&mut key, &mut word);
    (!key.is_empty()).then_some(key)
}

fn add_word(key: &mut String, word: &mut String) {
    if !word.is_empty() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(match word.as_str() {
            "saint" => "st",
            "sainte" => "ste",
            "mount" => "mt",
            "fort" => "ft",
            other => other,
        });
        word.clear();
    }
}

/// A letter that Unicode does not take apart, as its Latin letters; marks inside words are dropped.
fn spelled(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ə' | 'Ə' => "a",
        'ħ' | 'Ħ' => "h",
        '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '.' => "",
        _ => return Spelled::One(Some(c)),
    };
    Spelled::More(letters.chars())
}

enum Spelled {
    One(Option<char>),
    More(std::str::Chars<'static>),
}

impl Iterator for Spelled {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Spelled::One(c) => c.take(),
            Spelled::More(letters) => letters.next(),
        }
    }
}

/// How a key is printed if nothing else is known: each word with a capital.
pub(super) fn usual(key: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect::<String>()
    };
    key.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{fold, usual};

    #[test]
    fn accents_marks_and_short_forms_do_not_matter() {
        assert_eq!(fold("Côte d’Ivoire").as_deref(), Some("cote divoire"));
        assert_eq!(fold("Ft. Worth"), fold("Fort Worth"));
        assert_eq!(fold("Saint-Denis"), fold("St. Denis"));
        assert_eq!(fold("Łódź").as_deref(), Some("lodz"));
        assert_eq!(fold("Москва"), None);
        assert_eq!(fold("—"), None);
    }

    #[test]
    fn a_key_is_printed_with_capitals() {
        assert_eq!(usual("new bern"), "New Bern");
    }
}
