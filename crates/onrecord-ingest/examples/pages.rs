//! Reads a folder of pages (`ID.html`, `ID.html.gz`) and writes `{"ID": "text", …}`; bench/pages.py scores it.
//!
//! `pages FOLDER OUT [PASSES]`: with PASSES, the folder is read from memory as many times, and the median of pages a second of this thread's CPU time goes
//! to stderr.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use onrecord_ingest::{Hints, Limits, html};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out, ..] = arguments.as_slice() else { panic!("pages FOLDER OUT [PASSES]") };
    let pages = load(Path::new(folder));
    let limits = Limits::default();
    let texts: BTreeMap<&str, String> = pages
        .iter()
        .map(|(id, bytes)| {
            let text = html(bytes, &Hints::default(), &limits).map(|page| page.article.text);
            (
                id.as_str(),
                text.unwrap_or_else(|refusal| {
                    eprintln!("{id}: {refusal}");
                    String::new()
                }),
            )
        })
        .collect();
    fs::write(out, serde_json::to_string(&texts).expect("texts are JSON")).expect("the output can be written");
    if let Some(passes) = arguments.get(2).and_then(|passes| passes.parse().ok()) {
        eprintln!("{:.1} pages/s", speed(&pages, passes, &limits));
    }
}

fn load(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("the page can be read");
        if let Some(id) = name.strip_suffix(".html.gz") {
            let mut page = Vec::new();
            MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).expect("the page is whole");
            pages.insert(id.to_owned(), page);
        } else if let Some(id) = name.strip_suffix(".html") {
            pages.insert(id.to_owned(), bytes);
        }
    }
    pages
}

fn speed(pages: &BTreeMap<String, Vec<u8>>, passes: usize, limits: &Limits) -> f64 {
    let mut speeds: Vec<f64> = (0..passes)
        .map(|_| {
            let start = cpu();
            for bytes in pages.values() {
                _ = std::hint::black_box(html(bytes, &Hints::default(), limits));
            }
            pages.len() as f64 / (cpu() - start)
        })
        .collect();
    speeds.sort_by(f64::total_cmp);
    speeds.get(passes / 2).copied().unwrap_or_default()
}

/// CPU time of this thread in seconds: what else the machine does is left out.
fn cpu() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells the CPU time of a thread");
    told.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).expect("nanoseconds") / 1e9
}
