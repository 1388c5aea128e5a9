//! An event's PLOVER type, mode and contexts → its CAMEO code, by the table of onrecord-data.
//!
//! CAMEO parts what PLOVER has in one and the other way round, so the way back is a choice, and each row says why. Absent on purpose: who did it to whom, and the
//! words; what type, mode and contexts do not tell stays at the root's own code ("130").

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tables::rows;

static CODES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(onrecord_data::CAMEO).map(|[plover, code]| (plover, code)).collect());

/// The CAMEO code of an event of the PLOVER type `kind`: 2 to 4 digits; none for what is no type.
///
/// The row that says most wins: for the mode with a context, then for the mode, then for a context, then for the type. Of several contexts the one with the
/// deepest code counts, and of these the first. A mode or context that the table does not know is passed over.
pub fn code(kind: &str, mode: Option<&str>, contexts: &[&str]) -> Option<&'static str> {
    let look = |key: &str| CODES.get(key).copied();
    let deepest = |mode: &str| {
        let codes = contexts.iter().filter_map(|context| look(&format!("{kind}/{mode}/{context}")));
        codes.fold(None, |best: Option<&'static str>, code| match best {
            Some(best) if best.len() >= code.len() => Some(best),
            _ => Some(code),
        })
    };
    let by_mode = mode.and_then(|mode| deepest(mode).or_else(|| look(&format!("{kind}/{mode}"))));
    by_mode.or_else(|| deepest("-")).or_else(|| look(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(event: &str, contexts: &[&str], expected: &str) {
        let (kind, mode) = event.split_once(' ').map_or((event, None), |(kind, mode)| (kind, Some(mode)));
        assert_eq!(code(kind, mode, contexts), Some(expected), "{event} {contexts:?}");
    }

    #[test]
    fn what_is_told_no_finer_has_the_code_of_the_root() {
        for (kind, expected) in [
            ("AGREE", "030"),
            ("CONSULT", "040"),
            ("SUPPORT", "050"),
            ("CONCEDE", "080"),
            ("COOPERATE", "060"),
            ("AID", "070"),
            ("RETREAT", "080"),
            ("REQUEST", "100"),
            ("ACCUSE", "110"),
            ("REJECT", "120"),
            ("THREATEN", "130"),
            ("PROTEST", "140"),
            ("SANCTION", "160"),
            ("MOBILIZE", "150"),
            ("COERCE", "170"),
            ("ASSAULT", "180"),
        ] {
            check(kind, &[], expected);
        }
    }

    #[test]
    fn mode_and_context_make_it_deeper() {
        check("CONSULT visit", &[], "042");
        check("CONSULT third-party", &["peacekeeping"], "045");
        check("COOPERATE", &["military"], "062");
        check("RETREAT ceasefire", &["military"], "0871");
        check("PROTEST demo", &["election"], "1411");
        check("PROTEST riot", &[], "145");
        check("COERCE arrest", &["election"], "173");
        check("ASSAULT aerial", &["military"], "195");
        check("ASSAULT", &["military"], "190");
        check("MOBILIZE troops", &["military"], "154");
    }

    #[test]
    fn borders_that_the_manual_draws() {
        // A summoned ambassador is a complaint, not talks; a note of protest is no march.
        check("ACCUSE disapprove", &["diplomatic"], "114");
        // A meeting that is called off.
        check("REJECT meet", &["diplomatic"], "125");
        // Aid that is withdrawn.
        check("SANCTION discontinue", &["health"], "1623");
        // A warrant for somebody who is away.
        check("THREATEN arrest", &["legal"], "137");
        // Somebody is sentenced; the prison is an event of its own.
        check("SANCTION convict", &["legal"], "173");
        // A joint drill works together, a drill alone shows force.
        check("COOPERATE", &["military", "territory"], "062");
        check("MOBILIZE", &["military"], "150");
        // Inquiries and embargoes: one type in PLOVER, roots of their own in CAMEO.
        check("ACCUSE investigate", &["corruption"], "091");
        check("COERCE restrict", &["economic"], "163");
        check("COERCE seize", &["territory"], "192");
        check("ASSAULT destroy", &["military"], "1712");
    }

    #[test]
    fn of_several_contexts_the_deepest_code_then_the_first_counts() {
        check("AGREE", &["diplomatic", "economic"], "0311");
        check("REQUEST assist", &["legal", "military"], "1013");
        check("REQUEST assist", &["military", "legal"], "1032");
        // The mode says more than a context alone.
        check("SANCTION expel", &["economic"], "174");
    }

    #[test]
    fn what_the_table_does_not_know_is_passed_over() {
        check("AID loan", &["economic", "weather"], "071");
        check("ASSAULT massacre", &[], "202");
        assert_eq!(code("CELEBRATE", None, &[]), None);
        assert_eq!(code("", Some(""), &[""]), None);
    }

    #[test]
    fn every_code_has_a_title_and_is_of_two_to_four_digits() {
        let titles: HashMap<&str, &str> =
            rows(onrecord_data::CAMEO_CODES).map(|[code, _, title]| (code, title)).collect();
        for (plover, code) in CODES.iter() {
            assert!((2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()), "{plover}: {code}");
            assert!(titles.contains_key(code), "{plover}: {code} has no title");
        }
    }
}
