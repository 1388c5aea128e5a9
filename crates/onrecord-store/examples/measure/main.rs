//! What a store costs: its size, its searches, and adding to a small and to a large one. No model is run: the records are invented.
//!
//! `cargo run --release -p onrecord-store --example measure -- size RECORDS.jsonl` packs given records (each many times, made different by a last line);
//! `… -- search [STATEMENTS]` makes a store of so many statements and asks; `… -- adding [DOCUMENTS]` adds to an empty store and to one of so many;
//! `… -- make STATEMENTS PATH` makes a store and leaves it there, for bench/load.py.

mod invented;

use std::time::{Duration, Instant};

use onrecord::Record;
use onrecord_store::search::{self, Order, Query};
use onrecord_store::{NewDocument, Store};

const NOW: &str = "2026-03-12T09:00:00Z";
type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |default: usize| arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(default);
    match arguments.first().map(String::as_str) {
        Some("size") => size(arguments.get(1).ok_or("which records?")?),
        Some("search") => search(number(300_000)),
        Some("adding") => adding(number(100_000)),
        Some("make") => make(number(300_000), arguments.get(2).ok_or("where?")?),
        _ => Err("one of: size RECORDS.jsonl, search [STATEMENTS], adding [DOCUMENTS], make STATEMENTS PATH".into()),
    }
}

/// How large the store is beside the texts, part by part.
fn size(path: &str) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let store = Store::create(folder.path().join("store"))?;
    let mut writer = store.writer()?;
    let lines = std::fs::read_to_string(path)?;
    let records: Vec<Record> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut bytes = 0;
    for copy in 0..60 {
        for record in &records {
            let mut record = record.clone();
            record.document.text += &format!("\nCopy {copy} of {}.", copy * 7919 % 6007);
            record.document.id = format!("{copy}");
            bytes += record.document.text.len();
            writer.add(&NewDocument::new(record, NOW))?;
        }
    }
    writer.commit()?;
    writer.tidy()?;
    report_size(&store, bytes)
}

fn report_size(store: &Store, bytes: usize) -> Result<(), Failure> {
    let reading = store.readers().get(None)?;
    let per_text = |n: i64| n as f64 / bytes as f64;
    let pages: i64 =
        reading.query_row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", [], |row| {
            row.get(0)
        })?;
    println!("{bytes} bytes of text, {pages} bytes of store: {:.2} times", per_text(pages));
    let sql = "SELECT name, sum(pgsize), sum(unused) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 24";
    let mut statement = match reading.prepare(sql) {
        Ok(statement) => statement,
        Err(error) => {
            println!("no parts: {error}");
            return Ok(());
        }
    };
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, size, unused): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        println!("  {:.3}  {name} ({:.0} % empty)", per_text(size), 100.0 * unused as f64 / size as f64);
    }
    Ok(())
}

/// What searches cost in a store of `statements` statements.
fn search(statements: usize) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let store = Store::create(folder.path().join("store"))?;
    let start = Instant::now();
    let bytes = fill(&store, 0, statements / 12)?;
    println!("{statements} statements in {:.1} s", start.elapsed().as_secs_f64());
    report_size(&store, bytes)?;
    let reading = store.readers().get(None)?;
    let broad = |counts| Query { counts, ..Query::text("government") };
    let speaker = search::statements(&reading, &broad(true))?.facets[0].values[0].value.clone();
    let newest = Query { order: Order::Newest, counts: false, ..Query::default() };
    let cases = [
        ("a rare word, ranked", Query { counts: false, ..Query::text("zeppelin") }),
        ("a rare word, ranked, counts and facets", Query::text("zeppelin")),
        ("a word in 24 % of rows, newest first", broad(false)),
        ("the same, counts and facets", broad(true)),
        (
            "the same of one act and outlet, counts and facets",
            Query { acts: vec!["deny".into()], outlets: vec!["Paper 7".into()], ..broad(true) },
        ),
        ("the same as a prefix, counts and facets", Query::text("governm*")),
        ("all of one speaker, counts and facets", Query { speakers: vec![speaker], ..Query::default() }),
        ("the newest of all", newest),
        ("everything, counts and facets", Query::default()),
    ];
    for (name, query) in &cases {
        let mut times = Vec::new();
        let mut page = search::statements(&reading, query)?;
        let before = cpu();
        let rounds = if query.counts { 50 } else { 400 };
        for _ in 0..rounds {
            let start = Instant::now();
            page = search::statements(&reading, query)?;
            times.push(start.elapsed());
        }
        let spent = (cpu() - before).as_secs_f64() * 1000.0 / f64::from(rounds);
        times.sort();
        let total = page.total.map_or_else(String::new, |total| format!("{total} hits, "));
        println!(
            "{:8.3} ms at the median, {spent:.2} ms of CPU: {name} ({total}{} shown)",
            times[times.len() / 2].as_secs_f64() * 1000.0,
            page.items.len()
        );
    }
    Ok(())
}

/// How long adding takes: to an empty store, and to one that holds `documents` already, by turns.
fn adding(documents: usize) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let large = Store::create(folder.path().join("large"))?;
    let start = Instant::now();
    fill(&large, 0, documents)?;
    println!("{documents} documents in {:.1} s", start.elapsed().as_secs_f64());
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..5 {
        let small = Store::create(folder.path().join(format!("small{turn}")))?;
        let seed = documents * 10 + turn * 1_000;
        for (store, times) in [&small, &large].into_iter().zip(&mut times) {
            let before = cpu();
            fill(store, seed, 1_000)?;
            times.push(cpu() - before);
        }
    }
    for (name, times) in ["empty", "large"].iter().zip(&mut times) {
        times.sort();
        println!(
            "1000 documents to the {name} store: {:.2} s of CPU at the median of {}",
            times[times.len() / 2].as_secs_f64(),
            times.len()
        );
    }
    println!("the large one takes {:+.1} %", 100.0 * (times[1][2].as_secs_f64() / times[0][2].as_secs_f64() - 1.0));
    Ok(())
}

/// Makes a store of `statements` statements that stays.
fn make(statements: usize, path: &str) -> Result<(), Failure> {
    let store = Store::create(path)?;
    fill(&store, 0, statements / 12)?;
    store.writer()?.tidy()?;
    Ok(())
}

fn fill(store: &Store, first: usize, documents: usize) -> Result<usize, Failure> {
    let mut writer = store.writer()?;
    let mut bytes = 0;
    for seed in first..first + documents {
        let record = invented::record(seed as u64);
        bytes += record.document.text.len();
        writer.add(&NewDocument::new(record, NOW))?;
        if seed % 500 == 499 {
            writer.commit()?;
        }
    }
    writer.commit()?;
    Ok(bytes)
}

/// CPU time of this process so far, user and system, from /proc (in hundredths of a second); zero where there is none.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name: the state is the first field, utime and stime are the 12th and 13th.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|n| n.parse::<u64>().ok()).unwrap_or_default();
    Duration::from_millis(10 * (ticks(11) + ticks(12)))
}
