//! The order of the stages is the order of their names: a stage imports only stages before it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: [&str; 5] = ["document", "encoder", "mentions", "relations", "resolution"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn a_stage_imports_only_stages_before_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert!(STAGES.is_sorted());
    let mut read = 0;
    for (at, stage) in STAGES.iter().enumerate() {
        for file in sources(&src.join(stage)) {
            let text = fs::read_to_string(&file).unwrap();
            read += 1;
            for later in STAGES[at + 1..].iter().chain(&["pipeline", "record"]) {
                let import = format!("crate::{later}");
                assert!(!text.contains(&import), "{} imports {import}", file.display());
            }
        }
    }
    assert!(read >= STAGES.len(), "no sources found under {}", src.display());
}
