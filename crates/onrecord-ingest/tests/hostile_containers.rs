//! Inputs made to do harm: each gives a result or a typed refusal, in at most 5 s of processor time and 64 MiB, and what follows in the same input is read.
//!
//! The files that are not ours lie beside the checkout, in `../shared/hostile`; without them that part says so and does nothing.
#![allow(clippy::unwrap_used, reason = "a test fails where its input is not what it was made to be")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::{article, found, gzip, page, reasons, record, told, zstd_of};
use onrecord_ingest::{Found, Input, Limits, Reason, open};

const SECONDS: f64 = 5.0;
const MIB: u64 = 64;

/// Runs a case and holds it to the limits. Linux only; elsewhere the case just runs.
#[track_caller]
fn held(name: &str, case: impl FnOnce() -> Vec<Found>) -> Vec<Found> {
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (base, started) = (resident("VmRSS:"), cpu());
    let found = case();
    let (seconds, mib) = (cpu() - started, resident("VmHWM:").saturating_sub(base) >> 10);
    println!("{name}: {seconds:.2} s, {mib} MiB, {:?}", reasons(&found).iter().take(3).collect::<Vec<_>>());
    assert!(!found.is_empty(), "{name}: nothing was found, and no reason");
    assert!(seconds <= SECONDS, "{name}: {seconds} s");
    assert!(mib <= MIB, "{name}: {mib} MiB");
    assert!(!reasons(&found).contains(&Some(Reason::Internal)), "{name}: {:?}", told(&found));
    found
}

/// KiB, from the status of the process.
fn resident(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or_default()
}

/// Seconds of this thread.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

/// The first few and the last of what is found, so that what a caller would have dropped does not count.
fn ends(name: &str, bytes: Vec<u8>) -> Vec<Found> {
    let mut kept = Vec::new();
    for found in open(Input::bytes(name, bytes), &Limits::default(), 0) {
        kept.truncate(5);
        kept.push(found);
    }
    kept
}

fn repeated(part: &str, times: usize) -> Vec<u8> {
    part.repeat(times).into_bytes()
}

/// One test, since memory is measured: cases beside each other would count for each other.
#[test]
fn hostile_inputs_are_refused_or_read_within_the_limits() {
    bombs();
    packed_twice_and_litter();
    feeds();
    json();
    naughty_strings();
    shared_archives();
    shared_json();
}

fn bombs() {
    let zeros = vec![0; 48 << 20];
    let bomb = gzip(&zeros);
    drop(zeros);
    for name in ["bomb.gz", "bomb.html.gz", "bomb.warc.gz", "bomb.jsonl.gz", "bomb.xml.gz"] {
        let bytes = bomb.clone();
        let found = held(name, || found(name, bytes));
        assert!(found.iter().all(|found| found.outcome.is_err()), "{name}");
    }
    let inside = record(
        "response",
        "https://bomb.example/",
        &[b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n", bomb.as_slice()].concat(),
    );
    let bytes = [gzip(&inside), gzip(&article("Valmora"))].concat();
    let found_inside = held("gzip bomb in a record", || found("a.warc.gz", bytes));
    assert_eq!(reasons(&found_inside), [Some(Reason::TooDense), None]);
    let as_member = [
        gzip(&article("Karst")),
        gzip(&record("response", "https://bomb.example/", &vec![0; 31 << 20])),
        gzip(&article("Valmora")),
    ]
    .concat();
    let found_member = held("a member that is a bomb", || found("a.warc.gz", as_member));
    assert_eq!(reasons(&found_member), [None, Some(Reason::TooDense), None]);
    let zstd = zstd_of(0, 2000);
    let bytes = zstd.clone();
    held("zstd bomb", || found("bomb.html.zst", bytes));
    let coded = |coding: &str, body: &[u8]| {
        let block = [
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n").as_bytes(),
            body,
        ]
        .concat();
        [record("response", "https://bomb.example/", &block), article("Valmora")].concat()
    };
    let bytes = coded("zstd", &zstd);
    assert_eq!(reasons(&held("zstd bomb in a record", || found("a.warc", bytes))), [Some(Reason::TooDense), None]);
    let bytes = coded("br", &BROTLI_BOMB);
    assert_eq!(reasons(&held("brotli bomb in a record", || found("a.warc", bytes))), [Some(Reason::TooDense), None]);
    let bytes = coded("br", &[0x11, 0x1e, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(
        reasons(&held("brotli with a window of 1 GiB", || found("a.warc", bytes))),
        [Some(Reason::Unsupported), None]
    );
    let window = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 0x03, 0, 0, b'a'];
    held("zstd with a window of 2 GiB", || found("a.txt.zst", window));
}

/// 4 MiB of zeros.
const BROTLI_BOMB: [u8; 14] = [0x9b, 0xff, 0xff, 0x3f, 0xf8, 0x27, 0x00, 0xe2, 0xb1, 0x40, 0x20, 0xf7, 0xfe, 0x07];

fn packed_twice_and_litter() {
    let twice = gzip(&gzip(page("Valmora").as_bytes()));
    let found_twice = held("gzip in gzip", || found("a.html.gz", twice));
    assert_eq!(reasons(&found_twice), [Some(Reason::Unsupported)]);
    let litter = [gzip(page("Valmora").as_bytes()), b"litter that is no member".to_vec()].concat();
    assert_eq!(reasons(&held("litter behind a page", || found("a.html.gz", litter))), [None]);
    let many: Vec<u8> = (0..20_000).flat_map(|_| gzip(b"")).chain(gzip(page("Valmora").as_bytes())).collect();
    held("20,000 empty members", || found("a.html.gz", many));
    let many: Vec<u8> = (0..20_000).flat_map(|_| gzip(b"")).chain(gzip(&article("Valmora"))).collect();
    held("20,000 empty members of an archive", || found("a.warc.gz", many));
    let marks = [0x1f, 0x8b, 8, 0].repeat(1 << 20);
    held("4 MiB of marks of members", || found("a.warc.gz", marks).into_iter().take(10).collect());
    let zip = b"PK\x03\x04\x14\0\0\0\0\0../../etc/passwd".to_vec();
    assert_eq!(reasons(&held("zip with ../", || found("a.zip", zip))), [Some(Reason::Unsupported)]);
    let lines = repeated("WARC/1.0\r\n", 1 << 20);
    held("10 MiB of first lines of records", || ends("a.warc", lines));
    let heads = repeated("WARC/1.0\r\nContent-Length: 99999\r\n\r\n", 100_000);
    held("heads of records that hold each other", || ends("a.warc", heads));
    let heads = repeated("WARC/1.0\r\nContent-Length: 31999999\r\n\r\n", 800_000);
    held("heads of records that claim 30 MiB", || ends("a.warc", heads));
    let heads = repeated("WARC/1.0\r\nA: b\r\n", 400_000);
    held("heads without an end", || ends("a.warc", heads));
    held("an archive of NULs", || ends("a.warc", vec![0; 8 << 20]));
}

fn feeds() {
    let mut lol = String::from("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"lol\">");
    for step in 1..10 {
        let _ = write!(lol, "<!ENTITY a{step} \"{}\">", format!("&a{};", step - 1).repeat(10));
    }
    lol.push_str("]><rss version=\"2.0\"><channel><item><title>&a9;</title></item></channel></rss>");
    let laughs = lol.clone().into_bytes();
    assert_eq!(reasons(&held("billion laughs", || found("a.xml", laughs))), [Some(Reason::XmlDtd)]);
    let outside = b"<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x;</title></item></channel></rss>".to_vec();
    assert_eq!(reasons(&held("external entity", || found("a.xml", outside))), [Some(Reason::XmlDtd)]);
    let named = b"<!DOCTYPE rss SYSTEM \"http://evil.example/x.dtd\"><rss><channel><item><title>Ferry</title><link>https://courier.example/</link></item></channel></rss>".to_vec();
    assert_eq!(reasons(&held("a DTD by name", || found("a.xml", named))), [Some(Reason::LinkOnly)]);
    let mut honest = String::from("<rss version=\"2.0\"><channel><title>Courier</title>");
    for item in 0..3_900 {
        let _ = write!(honest, "<item><title>Item {item} &amp; more</title><link>https://courier.example/{item}</link><description>{}</description></item>", "&lt;b&gt;Ferry &amp; dam&lt;/b&gt; &#8220;said&#8221; she &nbsp; and more &quot;of it&quot;, &eacute;tude &hellip; &mdash; so &rsquo;t was &lt;br&gt; &amp;amp; &lt;i&gt;end&lt;/i&gt; ".to_owned() + &"&amp;".repeat(7));
    }
    honest.push_str("</channel></rss>");
    assert!(honest.matches('&').count() >= 111_000, "{}", honest.matches('&').count());
    let items = held("an honest feed of 111,000 entities", || found("a.xml", honest.into_bytes()));
    assert!(items.iter().all(|item| item.outcome.as_ref().unwrap_err().reason == Reason::LinkOnly));
    assert_eq!(items.last().unwrap().origin.url.as_deref(), Some("https://courier.example/3899"));
    let deep = ["<rss><channel><item><title>".to_owned(), "<b>".repeat(500_000)].concat().into_bytes();
    held("a feed 500,000 deep", || found("a.xml", deep));
    let attributes =
        format!("<rss><channel><item {}><title>x</title></item></channel></rss>", "a='b' ".repeat(300_000))
            .into_bytes();
    held("300,000 attributes", || found("a.xml", attributes));
    let cut = b"<rss><channel><item><title>Ferry</title><link>https://courier.example/</link></item><item><title>Cut <![CDATA[".to_vec();
    let found_cut = held("a feed that breaks off", || found("a.xml", cut));
    assert_eq!(reasons(&found_cut).first(), Some(&Some(Reason::LinkOnly)));
    let sitemap =
        ["<urlset>".to_owned(), "<url><loc>https://courier.example/</loc></url>".repeat(120_000)].concat().into_bytes();
    let found_sitemap = held("a sitemap of 120,000 addresses", || found("a.xml", sitemap));
    assert_eq!(reasons(&found_sitemap).last(), Some(&Some(Reason::TooLarge)));
}

fn json() {
    let line =
        [b"{\"text\":\"".to_vec(), vec![b'a'; 50 << 20], b"\"}\n{\"text\":\"The ferry sank.\"}\n".to_vec()].concat();
    let found_line = held("a line of 50 MB", || found("a.jsonl", line));
    assert_eq!(reasons(&found_line), [Some(Reason::TooLarge), None]);
    let lone =
        b"{\"text\":\"The \\ud800 ferry\"}\n{\"text\":\"\\udc00\\ud800\"}\n{\"text\":\"The ferry sank.\"}\n".to_vec();
    assert_eq!(
        reasons(&held("lone surrogates", || found("a.jsonl", lone))),
        [Some(Reason::Malformed), Some(Reason::Malformed), None]
    );
    let deep = [repeated("{\"a\":", 200_000), b"\n{\"text\":\"The ferry sank.\"}\n".to_vec()].concat();
    assert_eq!(reasons(&held("JSON 200,000 deep", || found("a.jsonl", deep))), [Some(Reason::Malformed), None]);
    let deep = repeated("[", 1 << 20);
    held("a list 1,000,000 deep", || found("a.json", deep));
    let bytes = b"{\"text\":\"caf\xe9\"}\n\xff\xfe\n{\"text\":\"The ferry sank.\"}\n".to_vec();
    assert_eq!(
        reasons(&held("lines that are no UTF-8", || found("a.jsonl", bytes))),
        [Some(Reason::NotUtf8), Some(Reason::NotUtf8), None]
    );
    held("nothing", || found("a.jsonl", b"\n".to_vec()).into_iter().chain(found("a", Vec::new())).collect());
}

/// The folder of files that are not ours, if it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/hostile").join(name);
    if !path.exists() {
        println!("{} is not there: nothing done with it", path.display());
        return None;
    }
    Some(path)
}

fn naughty_strings() {
    let Some(path) = shared("naughty-strings.txt") else { return };
    let text = fs::read_to_string(path).unwrap();
    let strings: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let lines: String = strings
        .iter()
        .map(|string| {
            serde_json::json!({"id": string, "text": string, "title": string, "url": string}).to_string() + "\n"
        })
        .collect();
    let found_lines = held("naughty strings as lines", || found("a.jsonl", lines.into_bytes()));
    for (string, found) in strings.iter().zip(&found_lines) {
        match &found.outcome {
            Ok(page) => assert_eq!(&page.article.text, string),
            Err(refusal) => assert_eq!(refusal.reason, Reason::NoText, "{string:?}"),
        }
    }
    let escaped = |string: &str| string.replace('&', "&amp;").replace('<', "&lt;");
    let items: String = strings
        .iter()
        .map(|string| {
            format!("<item><title>x {0}</title><link>{0}</link><description>{0}</description></item>", escaped(string))
        })
        .collect();
    held("naughty strings in a feed", || found("a.xml", format!("<rss><channel>{items}</channel></rss>").into_bytes()));
    let raw: String = strings.iter().map(|string| format!("<item><title>x {string}</title></item>")).collect();
    held("naughty strings in a feed, not escaped", || {
        found("a.xml", format!("<rss><channel>{raw}</channel></rss>").into_bytes())
    });
    let archive: Vec<u8> = strings
        .iter()
        .flat_map(|string| record("response", string, &common::response(page(string).as_bytes())))
        .collect();
    let found_records = held("naughty strings in an archive", || found("a.warc", archive));
    assert_eq!(found_records.len(), strings.len());
}

fn shared_archives() {
    let Some(folder) = shared("warc") else { return };
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found_whole = held(&name, || found(&name, bytes.clone()));
        println!("  {}", told(&found_whole).join("\n  "));
        mutated(&name, &bytes);
    }
}

/// Every cut, and bytes turned by a fixed rule: no panic, and an end.
fn mutated(name: &str, bytes: &[u8]) {
    held(&format!("{name}, cut and turned"), || {
        let mut all = Vec::new();
        for step in 0..400 {
            let at = bytes.len() * step / 400;
            let mut turned = bytes.to_vec();
            if let Some(byte) = turned.get_mut(at) {
                *byte ^= 1 << (step % 8);
            }
            all.extend(found(name, turned).pop());
            all.extend(found(name, bytes.get(..at).unwrap().to_vec()).pop());
        }
        all
    });
}

fn shared_json() {
    let Some(folder) = shared("json") else { return };
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    held("JSON that parsers stumble over", || {
        let mut all = Vec::new();
        for path in paths {
            let bytes = fs::read(&path).unwrap();
            for name in ["a.json", "a.jsonl"] {
                let found_file = found(name, bytes.clone());
                assert!(
                    found_file.iter().all(|found| found.outcome.is_err()),
                    "{}: {:?}",
                    path.display(),
                    told(&found_file)
                );
                all.extend(found_file);
            }
        }
        all
    });
}
