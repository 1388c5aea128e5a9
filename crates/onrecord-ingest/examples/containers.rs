//! Reads an input and says how fast and in how much memory: `containers PATH [--unread]`. With `--unread` documents are found but not read.
//!
//! Prints the reasons of what is no page, with how often and the first message, so that nothing is lost without a word.

use std::collections::BTreeMap;
use std::time::Instant;

use onrecord_ingest::{Input, Limits, documents};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        eprintln!("containers PATH [--unread]");
        std::process::exit(2);
    };
    let is_read = !arguments.iter().any(|argument| argument == "--unread");
    let limits = Limits::default();
    let started = Instant::now();
    let (mut records, mut pages, mut characters) = (0_u64, 0_u64, 0_u64);
    let mut reasons: BTreeMap<&str, (u64, String)> = BTreeMap::new();
    for document in documents(Input::path(path), &limits, 0) {
        records += 1;
        if !is_read && document.is_there() {
            pages += 1;
            continue;
        }
        match document.read(&limits).outcome {
            Ok(page) => {
                pages += 1;
                characters += page.article.text.len() as u64;
            }
            Err(refusal) => reasons.entry(refusal.reason.code()).or_insert((0, refusal.message)).0 += 1,
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{records} records, {pages} pages, {characters} bytes of text in {seconds:.1} s: {:.0} records/s",
        records as f64 / seconds
    );
    for (reason, (count, message)) in reasons {
        println!("  {reason}: {count}, first: {message}");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")) {
        println!("{line}");
    }
}
