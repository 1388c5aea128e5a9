//! Every bound on what a run takes, holds or tries, with what happens beyond it.

use serde::Serialize;

use crate::listing::Row;
use crate::settings::Settings;

/// A bound.
#[derive(Debug, Serialize)]
pub struct Limit {
    /// What is bounded.
    pub limit: &'static str,
    /// How much it is now.
    pub value: String,
    /// What it is without a setting.
    pub default: &'static str,
    /// In what it is counted.
    pub unit: &'static str,
    /// The setting that sets it; none where it is fixed.
    pub setting: Option<&'static str>,
    /// What happens beyond it.
    pub beyond: &'static str,
}

impl Row for Limit {
    const COLUMNS: &'static [&'static str] = &["limit", "value", "default", "unit", "setting", "beyond"];
    const SHOWN: &'static [&'static str] = &["limit", "value", "unit", "setting", "beyond"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.limit.to_owned(),
            self.value.clone(),
            self.default.to_owned(),
            self.unit.to_owned(),
            self.setting.unwrap_or("fixed").to_owned(),
            self.beyond.to_owned(),
        ]
    }
}

/// What a fixed limit is, where in the source it stands, and what happens beyond it. A test holds the source against it.
struct Fixed {
    limit: &'static str,
    value: &'static str,
    unit: &'static str,
    beyond: &'static str,
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the test"))]
    source: (&'static str, &'static str),
}

/// Settings that bound something: the limit, its unit, what happens beyond it.
const SET: [(&str, &str, &str, &str); 7] = [
    ("articles read at once", "threads", "threads", "the others wait"),
    ("rows of a table on a terminal", "limits.page", "rows", "the table says how many more, and how to go on"),
    ("answer of a store", "limits.search-seconds", "seconds", "the question ends with an error"),
    (
        "requests of one token or address",
        "limits.requests-per-second",
        "a second, twice that at once",
        "429, with when to ask again",
    ),
    (
        "connections to a server",
        "limits.connections",
        "connections",
        "the one idle longest is closed; where none is, 503",
    ),
    ("texts that a server reads at once", "limits.reading-threads", "texts", "the others wait"),
    ("pause between two requests to a host, at least", "fetch.pause-seconds", "seconds", "the next request waits"),
];

const FIXED: [Fixed; 34] = [
    Fixed {
        limit: "text of an article, line of JSONL",
        value: "64",
        unit: "MiB",
        beyond: "passed by with the error too_large",
        source: ("onrecord-cli/src/lines.rs", "LIMIT: usize = 64 << 20"),
    },
    Fixed {
        limit: "line of records for onrecord check",
        value: "1024",
        unit: "MiB",
        beyond: "a fault of that line",
        source: ("onrecord-cli/src/commands/check.rs", "RECORD_LIMIT: usize = 16 * LIMIT"),
    },
    Fixed {
        limit: "quotations within quotations",
        value: "8",
        unit: "deep",
        beyond: "marks further in are part of the text",
        source: ("onrecord/src/document/quotations.rs", "MAX_DEPTH: usize = 8"),
    },
    Fixed {
        limit: "statements within statements",
        value: "16",
        unit: "deep",
        beyond: "not looked for",
        source: ("onrecord/src/relations/mod.rs", "DEEPEST: usize = 16"),
    },
    Fixed {
        limit: "word that the model knows",
        value: "100",
        unit: "characters",
        beyond: "an unknown word",
        source: ("onrecord/src/encoder/pieces.rs", "LONGEST_WORD_CHARS: usize = 100"),
    },
    Fixed {
        limit: "what the model sees at once",
        value: "256",
        unit: "word pieces",
        beyond: "cut between paragraphs, else between sentences",
        source: ("onrecord/src/encoder/windows.rs", "WINDOW: usize = 256"),
    },
    Fixed {
        limit: "parties of one event",
        value: "12",
        unit: "parties",
        beyond: "left out",
        source: ("onrecord/src/relations/events/mod.rs", "MOST_PARTIES: usize = 12"),
    },
    Fixed {
        limit: "words of a search",
        value: "100",
        unit: "words",
        beyond: "refused",
        source: ("onrecord-store/src/search/syntax.rs", "MOST: usize = 100"),
    },
    Fixed {
        limit: "matches that are ranked",
        value: "500",
        unit: "matches",
        beyond: "the newest come first",
        source: ("onrecord-store/src/search/mod.rs", "RANKED: usize = 500"),
    },
    Fixed {
        limit: "text or record in a store",
        value: "128",
        unit: "MiB",
        beyond: "refused",
        source: ("onrecord-store/src/connection.rs", "LARGEST: i32 = 128 * 1024 * 1024"),
    },
    Fixed {
        limit: "wait for another's write to a store",
        value: "20",
        unit: "seconds",
        beyond: "ends with an error",
        source: ("onrecord-store/src/connection.rs", "PATIENCE: Duration = Duration::from_secs(20)"),
    },
    Fixed {
        limit: "names of a family that are all compared",
        value: "32",
        unit: "names",
        beyond: "only equal spellings are",
        source: ("onrecord-store/src/subjects/mod.rs", "MOST: usize = 32"),
    },
    Fixed {
        limit: "roles of a subject that are held",
        value: "32",
        unit: "roles",
        beyond: "those that come first stay",
        source: ("onrecord-store/src/subjects/mod.rs", "MOST_ROLES: i64 = 32"),
    },
    Fixed {
        limit: "connections to a store that are kept",
        value: "4",
        unit: "connections a core",
        beyond: "opened for each question",
        source: ("onrecord-store/src/readers.rs", "KEPT: usize = 4"),
    },
    Fixed {
        limit: "questions that a server works on at once",
        value: "2",
        unit: "questions a core",
        beyond: "wait for their turn",
        source: ("onrecord-server/src/app.rs", "QUESTIONS: usize = 2"),
    },
    Fixed {
        limit: "rows read from a store at once",
        value: "500",
        unit: "rows",
        beyond: "read in turn; all are written",
        source: ("onrecord-cli/src/shelf.rs", "BATCH: usize = 500"),
    },
    Fixed {
        limit: "hosts that are asked at once",
        value: "8",
        unit: "hosts",
        beyond: "the others wait",
        source: ("onrecord-cli/src/manners.rs", "HOSTS_AT_ONCE: usize = 8"),
    },
    Fixed {
        limit: "answer to a request, redirects and all",
        value: "20",
        unit: "seconds",
        beyond: "the error too_slow",
        source: ("onrecord-ingest/src/limits.rs", "fetch_time: Duration::from_secs(20)"),
    },
    Fixed {
        limit: "redirects followed",
        value: "5",
        unit: "redirects",
        beyond: "the error unreachable",
        source: ("onrecord-ingest/src/limits.rs", "redirects: 5,"),
    },
    Fixed {
        limit: "entries remembered of a feed that are not in it any more",
        value: "2000",
        unit: "entries",
        beyond: "the oldest are forgotten",
        source: ("onrecord-ingest/src/watch.rs", "REMEMBERED: usize = 2000"),
    },
    Fixed {
        limit: "threads that may be asked for",
        value: "1024",
        unit: "threads",
        beyond: "refused",
        source: ("onrecord-cli/src/commands/read.rs", "most = 1024"),
    },
    Fixed {
        limit: "body of a request",
        value: "1",
        unit: "MiB",
        beyond: "413",
        source: ("onrecord-server/src/app.rs", "body_bytes: 1024 * 1024"),
    },
    Fixed {
        limit: "text of POST /read",
        value: "200000",
        unit: "characters",
        beyond: "413",
        source: ("onrecord-server/src/sent.rs", "MOST_CHARS: usize = 200_000"),
    },
    Fixed {
        limit: "texts of POST /read that wait",
        value: "16",
        unit: "texts",
        beyond: "503, with when to ask again",
        source: ("onrecord-server/src/reading.rs", "WAITING: usize = 16"),
    },
    Fixed {
        limit: "answer to POST /read",
        value: "60",
        unit: "seconds",
        beyond: "503",
        source: ("onrecord-server/src/security/mod.rs", "READING_TIME: Duration = Duration::from_secs(60)"),
    },
    Fixed {
        limit: "answer to any other request",
        value: "10",
        unit: "seconds",
        beyond: "503",
        source: ("onrecord-server/src/security/mod.rs", "const TIME: Duration = Duration::from_secs(10)"),
    },
    Fixed {
        limit: "search of a page",
        value: "1",
        unit: "seconds",
        beyond: "503",
        source: ("onrecord-server/src/data/mod.rs", "PATIENCE: Duration = Duration::from_secs(1)"),
    },
    Fixed {
        limit: "head of a request, silence before it",
        value: "20",
        unit: "seconds",
        beyond: "the connection is closed",
        source: ("onrecord-server/src/listen.rs", "HEAD_TIME: Duration = Duration::from_secs(20)"),
    },
    Fixed {
        limit: "head of a request",
        value: "64",
        unit: "KiB",
        beyond: "431",
        source: ("onrecord-server/src/listen.rs", "max_buf_size(64 * 1024)"),
    },
    Fixed {
        limit: "rows of a page of the API",
        value: "1000",
        unit: "rows",
        beyond: "400; without asking 50",
        source: ("onrecord-server/src/asked.rs", "MOST_ROWS: usize = 1000"),
    },
    Fixed {
        limit: "words of a search on a page",
        value: "2000",
        unit: "characters",
        beyond: "400",
        source: ("onrecord-server/src/asked.rs", "MOST_CHARS: usize = 2000"),
    },
    Fixed {
        limit: "use of a token that was revoked",
        value: "5",
        unit: "seconds",
        beyond: "401",
        source: ("onrecord-server/src/security/callers.rs", "KEPT: Duration = Duration::from_secs(5)"),
    },
    Fixed {
        limit: "tokens and addresses that are counted",
        value: "10000",
        unit: "of them",
        beyond: "those with nothing to count are let go",
        source: ("onrecord-server/src/security/pace.rs", "KEPT: usize = 10_000"),
    },
    Fixed {
        limit: "last words of a server that ends",
        value: "5",
        unit: "seconds",
        beyond: "cut off",
        source: ("onrecord-server/src/listen.rs", "LAST_WORDS: Duration = Duration::from_secs(5)"),
    },
];

/// All limits: those that can be set first, as they are set now.
pub fn limits(settings: &Settings) -> Vec<Limit> {
    let set = SET.iter().filter_map(|&(limit, name, unit, beyond)| {
        let (key, setting) = settings.each().find(|(key, _)| key.name == name)?;
        Some(Limit { limit, value: setting.value.clone(), default: key.default, unit, setting: Some(key.name), beyond })
    });
    let fixed = FIXED.iter().map(|fixed| Limit {
        limit: fixed.limit,
        value: fixed.value.to_owned(),
        default: fixed.value,
        unit: fixed.unit,
        setting: None,
        beyond: fixed.beyond,
    });
    set.chain(fixed).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::FIXED;

    #[test]
    fn what_is_said_to_be_fixed_stands_so_in_the_source() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for fixed in &FIXED {
            let (file, words) = fixed.source;
            let source = std::fs::read_to_string(crates.join(file)).unwrap();
            assert!(source.contains(words), "{}: {words:?} does not stand in {file}", fixed.limit);
        }
    }
}
