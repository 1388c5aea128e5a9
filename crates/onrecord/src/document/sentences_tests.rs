//! Texts written with | where a sentence is to end.

use crate::document::Document;

/// `marked` has | between its sentences.
fn check(marked: &str) {
    let text = marked.replace('|', "");
    let document = Document::new(text.as_str());
    let found: Vec<&str> = document.sentences().iter().map(|span| span.text(&text)).collect();
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn plain_stops() {
    check("He left.| She stayed!| Why?| Nobody knows.");
    check("It rose 3.5 percent to 4.| Then it fell.");
    check("He left in 2015.| 20 people stayed.");
}

#[test]
fn titles_and_initials() {
    check("Mr. Smith met Sen. Jane Doe, Lt. Col. J. K. Rowe and Gov. Brown.| They spoke.");
    check("George W. Bush and John F. Kerry met.| Plan B.| The end.");
}

#[test]
fn acronyms_end_a_sentence_before_a_word_that_starts_one() {
    check("He lives in the U.S.| The house is old.");
    check("The U.S. President met the U.S. Army in Washington, D.C. on Monday.");
    check("She left the U.S.| “I had to,” she said.");
}

#[test]
fn abbreviations() {
    check("He works at Apple Inc. in Calif. and lives at No. 10 St. James St. with e.g. Tom.");
    check("She said no.| Tim Cook of Apple Inc. Chief Lawyer Co. agreed.");
    check("We met on Jan. 5 at 9 a.m. Monday, or 3 p.m. ET.| They left at 5 p.m.| Smith stayed.");
    check("COLUMBIA, S.C. — The mayor of Orange (Calif.).| Smith stayed.");
    check("Yahoo! Inc. and Jeb! Bush, vs. Roe v. Wade, etc. were there.| It ended.");
}

#[test]
fn closing_marks_belong_to_the_sentence() {
    check("“He left.”| She stayed.");
    check("(He left.)| She stayed.| [Sic.]");
    check("He said “no.”| “Yes,” she said.");
    check("\"He left.\"| \"She stayed.\"");
}

#[test]
fn a_tag_goes_on_with_the_sentence() {
    check("“Why?” he asked.| “Go!” shouted Smith.");
    check("“Why?” Smith asked.| “Go!” Mary J. Smith shouted at them.");
    check("“I agree.” Smith said.| He left.");
    check("“I agree.”| Smith said that she left.| “Why?”| He answered, “No.”");
}

#[test]
fn marks_within_a_sentence() {
    check("Jeb!, Ben and “Jeopardy!” were on.| What?| Yes.");
    check("Well ... maybe… but not now…| He left.");
    check("He left.| — Reuters");
}

#[test]
fn a_missing_space_does_not_join_sentences() {
    check("He left.|She stayed.| See example.com or node.js now.");
    check("“Go.”|She went.");
}

#[test]
fn list_numbers_and_small_capitals() {
    check("1. The first.| 2 The next.");
    check("He sold it.| iPhones fell.| wikiHow rose.");
    check("He was born in Kent. [3] [4]| She was not.[5]| He (b. 1950) was.");
}

#[test]
fn sentences_end_with_their_paragraph() {
    check("A headline without a stop\n|A dateline");
}
