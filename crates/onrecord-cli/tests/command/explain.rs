//! `onrecord explain`: the rules by name.

use crate::desk::Desk;

#[test]
fn every_rule_has_a_line_and_an_entry() {
    let desk = Desk::new();
    let list = desk.run(&["explain"]);
    assert_eq!(list.code, Some(0));
    assert_eq!(list.out.lines().count(), onrecord::rules().len());
    for rule in onrecord::rules() {
        assert!(list.out.contains(rule.finds), "{}", list.out);
        let entry = desk.run(&["explain", rule.name]);
        assert_eq!(entry.code, Some(0));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&entry.out).contains(&words(rule.how)), "{}", entry.out);
        assert!(entry.out.lines().all(|line| line.chars().count() <= 80), "{}", entry.out);
    }
}

#[test]
fn an_unknown_rule_names_the_nearest() {
    let run = Desk::new().run(&["explain", "statement/qued"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_eq!(run.err, "onrecord: there is no rule \"statement/qued\"; did you mean statement/cued?\n");
}
