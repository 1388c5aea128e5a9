//! Pages made to break a reader: each gives a page or a typed refusal, within 5 s of CPU time and 64 MiB, and nothing panics.
//!
//! Each is read in a process of its own, this program started anew, so that memory is its own and a crash is seen. Linux tells the figures.

use std::fs;
use std::process::Command;

use onrecord_ingest::{Hints, Limits, Reason, html, markdown, text};

/// What is expected: a text that contains this, or a refusal.
enum Outcome {
    Text(&'static str),
    Refused(Reason),
    /// Either; what counts is that it ends.
    Any,
}
use Outcome::{Any, Refused, Text};

const SECONDS: f64 = 5.0;
const MEMORY: u64 = 64 << 20;
const REPORT: &str = "<p>The dam above the town held through the night, the mayor said on Friday, but the river was still rising and people who \
    live near the bridge were asked to leave their houses before dark.</p>";

/// A name, how the page is made, what is expected.
type Case = (&'static str, fn() -> Vec<u8>, Outcome);

fn times(what: &str, count: usize) -> String {
    what.repeat(count)
}

fn numbered(count: usize, what: impl Fn(usize) -> String) -> String {
    (0..count).map(what).collect()
}

fn utf_16(page: &str) -> Vec<u8> {
    page.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn nested() -> Vec<Case> {
    vec![
        ("200k nested div", || times("<div>", 200_000).into_bytes(), Refused(Reason::TooDeep)),
        ("500 nested div, then text", || (times("<div>", 500) + REPORT).into_bytes(), Text("The dam")),
        ("64k nested lists", || times("<ul><li>", 64_000).into_bytes(), Refused(Reason::TooDeep)),
        ("200k open b", || (times("<b>", 200_000) + REPORT).into_bytes(), Refused(Reason::TooLarge)),
        ("15k open b", || (times("<b>", 15_000) + REPORT).into_bytes(), Text("The dam")),
        ("200k open custom elements", || times("<x-y>", 200_000).into_bytes(), Refused(Reason::TooDeep)),
        ("3k nested tables", || times("<table><tr><td>", 3_000).into_bytes(), Refused(Reason::TooDeep)),
        ("160 nested tables", || (times("<table><tr><td>", 160) + REPORT).into_bytes(), Text("The dam")),
        ("300k paragraphs", || times("<p>word ", 300_000).into_bytes(), Refused(Reason::TooLarge)),
        ("19k paragraphs", || times("<p>word ", 19_000).into_bytes(), Any),
        ("19k lists", || times("<ul><li>word</ul>", 9_500).into_bytes(), Any),
        ("19k spans", || times("<span>word</span> ", 19_000).into_bytes(), Any),
        ("19k links", || times("<a href=x>word</a> ", 19_000).into_bytes(), Any),
        ("19k line breaks", || times("word<br>", 19_000).into_bytes(), Any),
        (
            "200 deep and wide",
            || (times(&(times("<div>", 200) + "word" + &times("</div>", 200)), 90)).into_bytes(),
            Any,
        ),
        ("links that end across blocks", || times("<a><div><div><div><div><div><div></a>", 6_000).into_bytes(), Any),
        ("misnested", || numbered(20_000, |n| format!("<a class={n}><p>x<font color={n}>")).into_bytes(), Any),
        (
            "200k ends of nothing, 500 deep",
            || (times("<div>", 500) + &times("</section>", 400_000) + REPORT).into_bytes(),
            Any,
        ),
        ("drawings never closed", || (times("<svg>", 100) + REPORT).into_bytes(), Text("The dam")),
    ]
}

fn odd_markup() -> Vec<Case> {
    vec![
        (
            "a million attributes",
            || format!("<p {}>x", numbered(1_000_000, |n| format!("a{n}=1 "))).into_bytes(),
            Refused(Reason::TooManyAttributes),
        ),
        (
            "9k attributes of one name, 50 times",
            || (times(&format!("<p {}>word", times("class=x ", 9_000)), 50)).into_bytes(),
            Any,
        ),
        (
            "an attribute of 30 MB",
            || format!("<p class=\"{}\">{REPORT}", times("x ", 15 << 20)).into_bytes(),
            Text("The dam"),
        ),
        ("a million quotation marks", || format!("<p>{}</p>", times("\u{201c}", 1_000_000)).into_bytes(), Any),
        ("unbalanced quotes in tags", || (times("<a href=\"x>", 300_000)).into_bytes(), Any),
        ("one line of 50 MB", || format!("<p>{}", times("word ", 10 << 20)).into_bytes(), Refused(Reason::TooLarge)),
        ("comments that never end", || (times("<!--", 1_000_000) + REPORT).into_bytes(), Any),
        ("a million `<`", || (times("<", 1_000_000) + REPORT).into_bytes(), Any),
        ("scripts that never end", || (times("<script>", 100_000) + REPORT).into_bytes(), Any),
        ("16 MB of `</`", || format!("<script>{}", times("</", 8 << 20)).into_bytes(), Any),
        ("NULs", || (times("\0", 100_000) + REPORT + &times("\0", 100_000)).into_bytes(), Any),
        ("NULs in tags", || "<p\0 class=\0x\0>The dam held.".to_owned().into_bytes(), Any),
        ("bidi controls and joiners", || (times("\u{202e}\u{200d}\u{2066}", 100_000) + REPORT).into_bytes(), Any),
        ("a tower of combining marks", || format!("<p>e{}</p>{REPORT}", times("\u{301}", 300_000)).into_bytes(), Any),
        ("references that mean nothing", || times("&#xD800;&#99999999999;&notit;&", 100_000).into_bytes(), Any),
        (
            "JSON-LD nested deep",
            || format!("<script type=application/ld+json>{}</script>{REPORT}", times("[", 900_000)).into_bytes(),
            Text("The dam"),
        ),
        (
            "16 MB of JSON-LD",
            || {
                (times(&format!("<script type=application/ld+json>[{}0]</script>", times("0,", 500_000)), 16) + REPORT)
                    .into_bytes()
            },
            Text("The dam"),
        ),
        ("300k metas", || times("<meta name=date content=x>", 300_000).into_bytes(), Refused(Reason::TooLarge)),
        ("15k metas", || (times("<meta name=date content=x>", 15_000) + REPORT).into_bytes(), Text("The dam")),
        ("15k bylines", || times("<p class=byline>By Jane Doe</p>", 15_000).into_bytes(), Any),
        ("no markup at all", || times("word ", 10_000).into_bytes(), Text("word")),
        ("nothing", || String::new().into_bytes(), Refused(Reason::NoText)),
    ]
}

fn lying(charset: &str) -> Vec<u8> {
    format!("<meta charset={charset}>{REPORT}<p>caf\u{e9}</p>").into_bytes()
}

fn odd_bytes() -> Vec<Case> {
    vec![
        ("says UTF-16", || lying("utf-16"), Text("The dam")),
        ("says UTF-7", || lying("utf-7"), Text("The dam")),
        ("says UTF-32", || lying("utf-32"), Text("The dam")),
        ("says ISO-2022-KR", || lying("iso-2022-kr"), Text("The dam")),
        ("UTF-16 without a mark", || utf_16(REPORT), Text("The dam")),
        (
            "UTF-16 cut in the middle of a unit",
            || [b"\xff\xfe".to_vec(), utf_16(REPORT), vec![0xd8]].concat(),
            Text("The dam"),
        ),
        ("lone surrogates in UTF-8", || [REPORT.as_bytes(), b"\xed\xa0\x80\xed\xb0\x80"].concat(), Text("The dam")),
        (
            "8 MB that are in no encoding",
            || (0..8u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
            Any,
        ),
        ("gzip", || [b"\x1f\x8b\x08\0".to_vec(), vec![0xa5; 10_000]].concat(), Refused(Reason::Unsupported)),
        ("over the limit", || vec![b'x'; (64 << 20) + 1], Refused(Reason::TooLarge)),
    ]
}

/// CPU time of this thread in seconds.
fn cpu() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

/// Bytes of memory: now, and at most since it was asked to forget.
fn memory(field: &str) -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() << 10
}

/// Names the case to the program started anew.
const CASE: &str = "ONRECORD_HOSTILE_CASE";

#[test]
fn every_page_ends_in_time_and_within_memory() {
    let cases: Vec<Case> = [nested, odd_markup, odd_bytes].into_iter().flat_map(|make| make()).collect();
    if let Ok(name) = std::env::var(CASE) {
        return read_one(cases.iter().find(|(given, ..)| *given == name).unwrap());
    }
    let mut faults = Vec::new();
    for (name, ..) in &cases {
        let mut program = Command::new(std::env::current_exe().unwrap());
        let run = program
            .args(["--exact", "every_page_ends_in_time_and_within_memory", "--nocapture"])
            .env(CASE, name)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stdout);
        let told = told.lines().find_map(|line| line.strip_prefix("case ")).unwrap_or("no answer").to_owned();
        println!("{told}");
        if !run.status.success() {
            faults.push(format!("{told}\n{}", String::from_utf8_lossy(&run.stderr)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn read_one((name, make, expected): &Case) {
    let limits = Limits::default();
    // What is made once, tables and patterns, is no page's.
    _ = html(REPORT.as_bytes(), &Hints::default(), &limits);
    let bytes = make();
    _ = fs::write("/proc/self/clear_refs", "5");
    let (start, before) = (cpu(), memory("VmRSS"));
    let outcome = html(&bytes, &Hints::default(), &limits);
    let (seconds, grown) = (cpu() - start, memory("VmHWM").saturating_sub(before));
    let told = match &outcome {
        Ok(page) => format!("{} characters", page.article.text.chars().count()),
        Err(refusal) => format!("{}: {refusal}", refusal.reason.code()),
    };
    println!("case {name}: {seconds:.2} s, {} MiB, {told}", grown >> 20);
    match (expected, &outcome) {
        (Text(words), Ok(page)) => assert!(page.article.text.contains(words), "{told}"),
        (Refused(reason), Err(refusal)) => assert_eq!(refusal.reason, *reason, "{told}"),
        (Any, Ok(_)) => {}
        (Any, Err(refusal)) => assert_ne!(refusal.reason, Reason::Internal),
        _ => panic!("{told}"),
    }
    assert!(seconds <= SECONDS, "{seconds} s");
    assert!(grown <= MEMORY, "{} MiB", grown >> 20);
    for read in [text, markdown] {
        let start = cpu();
        _ = read(&bytes, &Hints::default(), &limits);
        assert!(cpu() - start <= SECONDS, "as text or Markdown: {} s", cpu() - start);
    }
}
