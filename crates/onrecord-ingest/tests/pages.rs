//! Whole pages: what a reader of the record sees of them. See tests/pages/README.md.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use onrecord_ingest::{Hints, Limits, Page, html};

#[track_caller]
fn check_page(name: &str, url: Option<&str>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name);
    let bytes = fs::read(folder.join("page.html")).unwrap();
    let hints = Hints { url: url.map(str::to_owned), ..Hints::default() };
    let found = match html(&bytes, &hints, &Limits::default()) {
        Ok(page) => told(&page),
        Err(refusal) => format!("refused: {}: {refusal}\n", refusal.reason.code()),
    };
    let path = folder.join("expected.txt");
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if found != expected && std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, expected, "{}", path.display());
}

/// A page as people read it; a block in dispute has a question mark before it.
fn told(page: &Page) -> String {
    let article = &page.article;
    let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let rung = page.published_rung.map_or("-", |rung| rung.name());
    let mut out = format!(
        "kind {}\nencoding {}\nlanguage {}\ntitle {}\noutlet {}\nbylines {}\npublished {} {rung}\nmodified {}\nurl {}\n",
        page.kind.name(),
        page.encoding.unwrap_or("-"),
        page.language,
        or(&article.title),
        or(&article.outlet),
        page.bylines.join("; "),
        or(&article.published_at),
        or(&page.modified_at),
        or(&article.url),
    );
    let mut start = 0;
    for block in article.text.split("\n\n") {
        let is_disputed = page.disputed.iter().any(|span| span.start == start);
        out += &format!("\n{}{block}\n", if is_disputed { "? " } else { "" });
        start += block.len() + 2;
    }
    out
}

#[test]
fn a_report_with_all_that_surrounds_it() {
    check_page("dam", None);
}

#[test]
fn a_page_in_windows_1252_that_says_it_is_english() {
    check_page("damm", Some("https://www.talbote.example/welt/damm.html"));
}

#[test]
fn a_front_page() {
    check_page("front", Some("https://valleypost.example/"));
}

#[test]
fn a_page_made_of_tables_and_line_breaks() {
    check_page("oldschool", Some("http://www.lorne-echo.example/1999/03/22/ferry.htm"));
}

#[test]
fn a_page_whose_text_a_script_would_put_there() {
    check_page("wall", None);
}
