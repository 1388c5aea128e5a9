//! `onrecord explain`: what the `because` of an item means.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use onrecord::{Rule, rule, rules};

use crate::outcome::Outcome;
use crate::{paint, plain};

/// Explain the rules that records name under "because"
///
/// Without RULE, lists them all. An unknown RULE ends with exit code 2.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The name of a rule, such as statement/cued
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

/// Writes the entry of one rule, or a line for each.
///
/// # Errors
/// There is no such rule, or `out` failed.
pub fn run(arguments: &ExplainArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let columns = paint::columns();
    match &arguments.rule {
        None => out.write_all(list(rules()).as_bytes())?,
        Some(name) => match rule(name) {
            Some(rule) => out.write_all(entry(rule, columns).as_bytes())?,
            None => match nearest(name, rules()) {
                Some(nearest) => bail!("there is no rule {name:?}; did you mean {nearest}?"),
                None => bail!("there is no rule {name:?}"),
            },
        },
    }
    Ok(Outcome::Clean)
}

fn list(rules: &[Rule]) -> String {
    let widest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    rules.iter().map(|rule| format!("{:widest$}  {}\n", rule.name, rule.finds)).collect()
}

fn entry(rule: &Rule, columns: usize) -> String {
    let mut entry = format!("{}\n", rule.name);
    let parts = [("Finds", rule.finds), ("How", rule.how), ("Example", rule.example), ("Limits", rule.limits)];
    for (heading, text) in parts {
        entry.push_str(&format!("\n{heading}\n"));
        for line in plain::wrap(&plain::one_line(text), columns.saturating_sub(4)) {
            entry.push_str(&format!("    {line}\n"));
        }
    }
    entry
}

/// The rule whose name, or whose name after the slash, is nearest to `name`.
fn nearest(name: &str, rules: &[Rule]) -> Option<&'static str> {
    let distance = |rule: &&Rule| {
        let tail = rule.name.rsplit('/').next().unwrap_or(rule.name);
        strsim::damerau_levenshtein(name, rule.name).min(strsim::damerau_levenshtein(name, tail))
    };
    rules.iter().min_by_key(distance).map(|rule| rule.name)
}

#[cfg(test)]
mod tests {
    use onrecord::Rule;

    use super::{entry, list, nearest};

    const RULES: &[Rule] = &[
        Rule {
            name: "event/trigger",
            finds: "an event",
            how: "By its trigger.",
            example: "Troops moved.",
            limits: "None.",
        },
        Rule {
            name: "statement/cued",
            finds: "a statement",
            how: "By the cue.",
            example: "It rains, she said.",
            limits: "Far sources.",
        },
    ];

    #[test]
    fn the_list_has_a_line_for_each_rule() {
        assert_eq!(list(RULES), "event/trigger   an event\nstatement/cued  a statement\n");
    }

    #[test]
    fn an_entry_is_wrapped() {
        let rule = Rule { how: "By its trigger, as the model marks it.", ..RULES[0] };
        assert_eq!(
            entry(&rule, 30),
            "event/trigger\n\nFinds\n    an event\n\nHow\n    By its trigger, as the\n    model marks it.\n\n\
             Example\n    Troops moved.\n\nLimits\n    None.\n"
        );
    }

    #[test]
    fn the_nearest_name_may_be_a_part() {
        assert_eq!(nearest("statment/cue", RULES), Some("statement/cued"));
        assert_eq!(nearest("cued", RULES), Some("statement/cued"));
        assert_eq!(nearest("triger", RULES), Some("event/trigger"));
        assert_eq!(nearest("x", &[]), None);
    }
}
