//! Which language a text is in: what the page says, checked against its words.
//!
//! Editors' systems say `en` of pages in any language, so the words have the last word where there are enough of them to be sure.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::found::UNKNOWN_LANGUAGE;

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 4096;
/// A text of fewer letters is not judged by its words.
const LETTERS: usize = 120;

/// The BCP 47 tag of the language of `text`; `said` is what the page says, as [`tag`] gives it.
pub fn of(text: &str, said: Option<&str>) -> String {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    let letters = head.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count();
    let found = whatlang::detect(head).filter(|found| found.is_reliable() || said.is_none() && letters >= LETTERS);
    let found = found.and_then(|found| TAGS.get(found.lang().code()).copied());
    match (found, said) {
        (Some(found), Some(said)) if primary(said) == found || is_kin(primary(said), found) => said.to_owned(),
        (Some(_), Some(said)) if letters < LETTERS => said.to_owned(),
        (Some(found), _) if letters >= LETTERS => found.to_owned(),
        (_, Some(said)) => said.to_owned(),
        _ => UNKNOWN_LANGUAGE.to_owned(),
    }
}

/// `en_us.UTF-8` → `en-US`: a language as it is written, as a BCP 47 tag; none if it is none.
pub fn tag(written: &str) -> Option<String> {
    let written = written.trim().split([',', ';', '.', '@', ' ']).next()?;
    let mut parts = written.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&language.len())
        || !language.bytes().all(|b| b.is_ascii_lowercase())
        || language == UNKNOWN_LANGUAGE
    {
        return None;
    }
    let language = TAGS.get(language.as_str()).map_or(language.clone(), |tag| (*tag).to_owned());
    let more = parts.map_while(|part| match part.len() {
        2 if part.bytes().all(|b| b.is_ascii_alphabetic()) => Some(part.to_ascii_uppercase()),
        3 if part.bytes().all(|b| b.is_ascii_digit()) => Some(part.to_owned()),
        4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
            let (first, rest) = part.split_at(1);
            Some(first.to_ascii_uppercase() + &rest.to_ascii_lowercase())
        }
        _ => None,
    });
    Some(std::iter::once(language).chain(more.take(2)).collect::<Vec<_>>().join("-"))
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Languages so close that the page knows better than its words do.
fn is_kin(one: &str, other: &str) -> bool {
    const KIN: [&[&str]; 5] =
        [&["bs", "hr", "sr", "sh", "me"], &["da", "nb", "nn", "no"], &["id", "ms"], &["es", "gl"], &["cs", "sk"]];
    KIN.iter().any(|kin| kin.contains(&one) && kin.contains(&other))
}

static TAGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    crate::tables::rows(include_str!("../tables/languages.tsv"))
        .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::{TAGS, of, tag};

    const ENGLISH: &str = "The dam above the town held through the night, the mayor said on Friday, but the river was still rising and people \
        who live near the bridge were asked to leave their houses before dark.";
    const GERMAN: &str = "Der Damm über der Stadt hielt die ganze Nacht, sagte die Bürgermeisterin am Freitag, aber der Fluss stieg weiter, und wer \
        an der Brücke wohnt, wurde gebeten, sein Haus vor Einbruch der Dunkelheit zu verlassen.";

    #[test]
    fn the_words_have_the_last_word() {
        assert_eq!(of(ENGLISH, Some("en-GB")), "en-GB");
        assert_eq!(of(GERMAN, Some("en")), "de");
        assert_eq!(of(GERMAN, None), "de");
    }

    #[test]
    fn too_few_words_leave_it_to_the_page() {
        assert_eq!(of("Damm hält", Some("de")), "de");
        assert_eq!(of("Damm hält", None), "und");
        assert_eq!(of("", None), "und");
    }

    #[test]
    fn languages_as_they_are_written() {
        for (written, expected) in [
            ("en", "en"),
            ("EN_us.UTF-8", "en-US"),
            ("zh-hans-cn", "zh-Hans-CN"),
            ("eng", "en"),
            ("de-DE, en", "de-DE"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(tag(written).as_deref(), Some(expected), "{written}");
        }
        for written in ["", "english", "e", "und", "{{lang}}", "en-"] {
            assert_eq!(tag(written).as_deref().filter(|tag| *tag != "en"), None, "{written}");
        }
    }

    #[test]
    fn every_language_that_can_be_told_has_its_tag() {
        for lang in whatlang::Lang::all() {
            assert!(TAGS.contains_key(lang.code()), "{}", lang.code());
        }
        let codes: Vec<&str> = crate::tables::rows(include_str!("../tables/languages.tsv")).map(|row| row[0]).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
    }
}
