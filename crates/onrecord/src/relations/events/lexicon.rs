//! A second opinion on what a trigger tells: what news most often means by its words. It speaks for types beside the heads, and fills in modes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Known;
use crate::relations::acts;
use crate::tables::{parts, rows};

/// What the scores of a type gain that the table has for the trigger's words; 0 would leave the types to the heads.
pub(super) const PRIOR: f32 = 1.5;
/// The longest phrase of the table, in words.
const LONGEST: usize = 5;

/// What the table knows of a word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub kinds: Vec<&'static str>,
    pub mode: Option<&'static str>,
}

static WORDS: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let entry = |[word, kinds, mode]: [&'static str; 3]| {
        (word, Entry { kinds: parts(kinds).collect(), mode: (mode != "-").then_some(mode) })
    };
    rows(onrecord_data::EVENT_WORDS).map(entry).collect()
});

/// The longest phrase of the table among a trigger's words; of two as long, the later.
pub(super) fn look_up(trigger: &str) -> Option<&'static Entry> {
    let words: Vec<String> = trigger.split_whitespace().take(8).map(str::to_lowercase).collect();
    (1..=words.len().min(LONGEST)).rev().find_map(|length| words.windows(length).rev().find_map(phrase))
}

/// Whether what the table has for a trigger agrees with a type.
pub(super) fn knows(entry: Option<&Entry>, kind: &str) -> Known {
    match entry {
        Some(entry) if entry.kinds.contains(&kind) => Known::So,
        Some(_) => Known::Otherwise,
        None => Known::Not,
    }
}

/// A phrase of the table; its first word may be inflected.
fn phrase(words: &[String]) -> Option<&'static Entry> {
    let (first, rest) = words.split_first()?;
    forms(first).into_iter().find_map(|form| {
        let whole = rest.iter().fold(form, |text, word| format!("{text} {word}"));
        WORDS.get(whole.as_str())
    })
}

/// What a word may be a form of, the likeliest first.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), acts::lemma_of(word)];
    for ending in ["ing", "ed", "es", "s"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) else { continue };
        forms.push(stem.to_owned());
        forms.push(format!("{stem}e"));
        // "banned", "retaliated", "denied"
        let mut back = stem.chars().rev();
        if back.next() == back.next() {
            forms.extend(stem.get(..stem.len() - 1).map(str::to_owned));
        }
        forms.extend(stem.strip_suffix('i').map(|stem| format!("{stem}y")));
    }
    forms.extend(IRREGULAR.iter().find(|(form, _)| *form == word).map(|(_, lemma)| (*lemma).to_owned()));
    forms
}

/// Whether a word, in lower case, looks like a past tense and not like a noun.
pub(super) fn is_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") || IRREGULAR.iter().any(|(form, _)| *form == word)
}

/// Irregular forms of the table's verbs that no other table has.
const IRREGULAR: &[(&str, &str)] = &[
    ("beaten", "beat"),
    ("blew", "blow"),
    ("blown", "blow"),
    ("broke", "break"),
    ("broken", "break"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("fought", "fight"),
    ("gave", "give"),
    ("held", "hold"),
    ("laid", "lay"),
    ("left", "leave"),
    ("lent", "lend"),
    ("met", "meet"),
    ("overthrew", "overthrow"),
    ("overthrown", "overthrow"),
    ("sent", "send"),
    ("shot", "shoot"),
    ("slain", "slay"),
    ("sought", "seek"),
    ("stole", "steal"),
    ("struck", "strike"),
    ("swore", "swear"),
    ("taken", "take"),
    ("threw", "throw"),
    ("took", "take"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("withheld", "withhold"),
];

#[cfg(test)]
mod tests {
    use super::look_up;

    #[test]
    fn forms_lead_to_the_row() {
        for (trigger, kind) in [
            ("banned", "COERCE"),
            ("has called for", "REQUEST"),
            ("retaliated", "SANCTION"),
            ("withdrew", "RETREAT"),
            ("denies", "REJECT"),
            ("opened fire", "ASSAULT"),
            ("arrests", "COERCE"),
            ("accusing", "ACCUSE"),
        ] {
            assert!(look_up(trigger).is_some_and(|entry| entry.kinds.contains(&kind)), "{trigger}");
        }
        assert_eq!(look_up("whistled"), None);
    }

    #[test]
    fn every_type_of_the_table_is_one_of_the_model() {
        let labels: Vec<[&str; 3]> = crate::tables::rows(onrecord_data::EVENT_LABELS).collect();
        for [word, kinds, mode] in crate::tables::rows(onrecord_data::EVENT_WORDS) {
            for kind in crate::tables::parts(kinds) {
                assert!(labels.contains(&["kind", kind, mode]), "{word}: {kind} {mode}");
            }
        }
    }
}
