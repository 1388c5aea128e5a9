//! The inputs of the html5lib tokenizer and encoding tests: every one is read or refused, and none panics.
//!
//! They lie in ../shared/hostile beside the checkout and are not shipped; without them the test says so.

use std::fs;
use std::path::{Path, PathBuf};

use onrecord_ingest::{Hints, Limits, html};
use serde_json::Value;

fn folder(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/hostile").join(name);
    if !root.is_dir() {
        println!("not run: {} is not there", root.display());
    }
    root.is_dir().then_some(root)
}

/// Reads the input alone and in a page; gives how many of the two had text.
fn read(input: &[u8]) -> usize {
    let paged =
        [b"<html><body><p>The dam held through the night.</p><div>", input, b"</div><p>The river rose.</p>"].concat();
    [input.to_vec(), paged].iter().filter(|bytes| html(bytes, &Hints::default(), &Limits::default()).is_ok()).count()
}

#[test]
fn tokenizer_inputs_do_no_harm() {
    let Some(folder) = folder("html5lib-tokenizer") else { return };
    let (mut inputs, mut read_with_text) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let file: Value = serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        for test in file.get("tests").or_else(|| file.get("xmlViolationTests")).and_then(Value::as_array).unwrap() {
            let input = test.get("input").and_then(Value::as_str).unwrap();
            read_with_text += read(input.as_bytes());
            inputs += 1;
        }
    }
    println!("{inputs} inputs, {read_with_text} of {} pages with text", 2 * inputs);
    assert!(inputs > 1000, "the folder has lost its tests");
}

#[test]
fn encoding_inputs_do_no_harm() {
    let Some(folder) = folder("html5lib-encoding") else { return };
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let bytes = fs::read(entry).unwrap();
        for test in bytes.split(|&b| b == b'#') {
            read(test);
        }
    }
}
