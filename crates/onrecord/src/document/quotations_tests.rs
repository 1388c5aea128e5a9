//! What stands in quotation marks, asserted word for word.

use super::*;
use crate::document::paragraphs::paragraphs;

fn find(text: &str) -> Vec<Quotation> {
    quotations(text, &paragraphs(text))
}

fn check(text: &str, expected: &[&str]) {
    let found: Vec<&str> = find(text).iter().map(|quotation| quotation.span.text(text)).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn straight_marks_go_by_their_surroundings() {
    check(r#""Go," he said. "Now.""#, &[r#""Go,""#, r#""Now.""#]);
    check(r#"The so-called "deal"—a "trick"—failed ("badly")."#, &[r#""deal""#, r#""trick""#, r#""badly""#]);
    check(r#"He said:"Go now."And left."#, &[r#""Go now.""#]);
    check(r#"It is " odd " but clear."#, &[r#"" odd ""#]);
}

#[test]
fn a_mistyped_space_does_not_turn_the_paragraph_inside_out() {
    check(r#""We will go. "He left the "house" early."#, &[r#""We will go. ""#, r#""house""#]);
}

#[test]
fn straight_marks_nest_by_their_surroundings() {
    check(r#""I said "go" and left," he said."#, &[r#""I said "go" and left,""#, r#""go""#]);
}

#[test]
fn curly_marks_nest() {
    check("“He told us ‘go’ and we went,” she said.", &["“He told us ‘go’ and we went,”", "‘go’"]);
    check("‘He told us “go” and we went,’ she said.", &["‘He told us “go” and we went,’", "“go”"]);
    check("“‘Go,’” she said, “was ‘all.’”", &["“‘Go,’”", "‘Go,’", "“was ‘all.’”", "‘all.’"]);
    let parents: Vec<Option<usize>> = find("“‘Go,’” she said, “was ‘all.’”").iter().map(|found| found.parent).collect();
    assert_eq!(parents, [None, Some(0), None, Some(2)]);
}

#[test]
fn straight_single_marks_nest() {
    check(r#""He's said 'don't go' twice," she said."#, &[r#""He's said 'don't go' twice,""#, "'don't go'"]);
    check(r#"'She called it "a farce",' he said."#, &[r#"'She called it "a farce",'"#, r#""a farce""#]);
    check(r#"She said "'Go home' is what they shouted""#, &[r#""'Go home' is what they shouted""#, "'Go home'"]);
}

#[test]
fn other_kinds_of_marks() {
    check("«Partez», a-t-il dit. « Non », dit-elle.", &["«Partez»", "« Non »"]);
    check("»Geh«, sagte er. „Nein“, sagte sie. ‚Doch‘.", &["»Geh«", "„Nein“", "‚Doch‘"]);
    check("„Idź”, powiedział.", &["„Idź”"]);
    check("``Go,'' he said, ''now.''", &["``Go,''", "''now.''"]);
    check("‘‘Go,’’ he said. ‘’Now,’’ he said.", &["‘‘Go,’’", "‘’Now,’’"]);
    check(
        "''He said, 'Go,''' she said. '''Go' it was.''",
        &["''He said, 'Go,'''", "'Go,'", "'''Go' it was.''", "'Go'"],
    );
    check("「行け」と『彼』は言った。", &["「行け」", "『彼』"]);
    let style = |text| find(text).first().map(|found| found.style);
    assert_eq!(style("„Nein“"), Some(MarkStyle::LowHigh));
    assert_eq!(style("»Geh«"), Some(MarkStyle::Guillemet));
    assert_eq!(style("'Go'"), Some(MarkStyle::Single));
}

#[test]
fn guillemets_between_links_are_no_quotations() {
    check("Home » News » Sports", &[]);
}

#[test]
fn mistyped_marks_still_pair() {
    check("”Go now,“ he said. “Stay.“ He left.", &["”Go now,“", "“Stay.“"]);
    check("“Go now,\" he said. \"Stay.”", &["“Go now,\"", "\"Stay.”"]);
    check("”Go,” he said,”but not far.” ”Yes.”", &["”Go,”", "”but not far.”", "”Yes.”"]);
    check("‘Go‘ he said.", &["‘Go‘"]);
    check("““Go,” he said.", &["“Go,”"]);
}

#[test]
fn apostrophes_are_no_marks() {
    check("I don’t know the ’90s, rock ’n’ roll or ’em; James’ and the voters’ choice isn’t his.", &[]);
    check("I don't know the '90s, rock 'n' roll or 'em; James' and the voters' choice isn't his.", &[]);
    check("‘90s music and ‘em, goin’ home.", &[]);
    check("The “Post”’s view and \"Time\"'s view.", &["“Post”", "\"Time\""]);
    check("O‘Brien’s", &[]);
    check("‘Arab Faqih wrote of ‘Enbaqom.\nHe did.", &[]);
}

#[test]
fn a_plural_possessive_does_not_close() {
    check("‘The voters’ choice was clear,’ he said.", &["‘The voters’ choice was clear,’"]);
    check("'The voters' and the workers' choice,' he said.", &["'The voters' and the workers' choice,'"]);
    check(
        "“It’s the voters’ choice and ‘theirs alone’ today,” he said.",
        &["“It’s the voters’ choice and ‘theirs alone’ today,”", "‘theirs alone’"],
    );
    check("They called them ‘heroes’ and left.", &["‘heroes’"]);
}

#[test]
fn feet_and_inches_are_no_marks() {
    check("He is 6'2\", she 5' 10\"; a 5\" pipe and a 2\" x 4\" board.", &[]);
    check("\"He is 6'2\" tall,\" she said.", &["\"He is 6'2\" tall,\""]);
    check("“He is 6’2”,” she said.", &["“He is 6’2”,”"]);
    check("\"It was in 2015\" he said of the \"deal\".", &["\"It was in 2015\"", "\"deal\""]);
}

#[test]
fn a_quotation_runs_on_where_the_next_paragraph_opens_with_a_mark() {
    let text = "He said: “We went.\n\n“We saw.\n“We won.”\n“New,” she said.";
    check(text, &["“We went.", "“We saw.", "“We won.”", "“New,”"]);
    let continues: Vec<Option<usize>> = find(text).iter().map(|found| found.continues).collect();
    assert_eq!(continues, [None, Some(0), Some(1), None]);
}

#[test]
fn a_nested_quotation_runs_on_within_its_own() {
    let text = "“He told me: ‘We went.\n“‘We saw,’ he said.”";
    check(text, &["“He told me: ‘We went.", "‘We went.", "“‘We saw,’ he said.”", "‘We saw,’"]);
    let continues: Vec<Option<usize>> = find(text).iter().map(|found| found.continues).collect();
    assert_eq!(continues, [None, None, Some(0), Some(1)]);
}

#[test]
fn single_marks_run_on_in_british_papers() {
    check("'We went.\n'We saw,' he said.", &["'We went.", "'We saw,'"]);
}

#[test]
fn an_unclosed_quotation_ends_with_its_paragraph() {
    check("“We went, he said.\nThey left.", &["“We went, he said."]);
    check("He said \"we went.\nThey left the \"house\".", &["\"we went.", "\"house\""]);
}

#[test]
fn stray_closing_marks_are_nobody_s() {
    check("We went,” he said. Then” “this”.", &["“this”"]);
}

#[test]
fn an_apostrophe_in_a_quotation_is_dropped_when_the_quotation_closes() {
    check("“He said: ‘go now.” She left: ‘why?’", &["“He said: ‘go now.”", "‘why?’"]);
}

#[test]
fn crossing_quotations_do_not_survive() {
    check("«He said \"go» and left\" there.", &["«He said \"go»"]);
}

#[test]
fn depth_is_bounded() {
    let text = "“a ".repeat(MAX_DEPTH + 2);
    let expected: Vec<&str> =
        (0..MAX_DEPTH).filter_map(|depth| text.get(depth * "“a ".len()..)).map(str::trim_end).collect();
    check(&text, &expected);
}
