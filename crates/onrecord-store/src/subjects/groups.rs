//! Subjects of one family → which are one and the same, and why. A pure function of the set: their order makes no difference.
//!
//! Two are *compatible* where their names may be one and nothing speaks against it: countries that differ always do, sectors that differ do unless
//! the two share a word of their roles. A fuller or other spelling needs something that speaks for it: the same country or a shared role; a bare
//! family name needs both. Who is compatible with two that are not compatible with each other could be either, and stays apart.

use std::collections::{BTreeSet, HashMap};

use onrecord::ComparedName;

/// A subject as it is compared.
#[derive(Debug)]
pub struct Node {
    pub number: i64,
    pub id: String,
    pub is_person: bool,
    pub name: ComparedName,
    /// Characters of the name.
    pub length: usize,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub role_words: BTreeSet<String>,
}

/// Which nodes are held to be another, and why.
pub fn same(nodes: &[&Node]) -> HashMap<i64, (i64, String)> {
    let count = nodes.len();
    let mut links = vec![vec![None; count]; count];
    for a in 0..count {
        for b in 0..a {
            let reason = reason(nodes[a], nodes[b]);
            links[a][b].clone_from(&reason);
            links[b][a] = reason;
        }
    }
    let neighbours =
        |a: usize| (0..count).filter(move |b| *b != a).filter(|b| links[a][*b].is_some()).collect::<Vec<_>>();
    let could_be_two = |a: usize| {
        let near = neighbours(a);
        near.iter().any(|b| near.iter().any(|c| b != c && links[*b][*c].is_none()))
    };
    let sure: Vec<bool> = (0..count).map(|a| !could_be_two(a)).collect();
    let mut same = HashMap::new();
    for a in (0..count).filter(|a| sure[*a]) {
        // All that are left of those near a sure node are near each other: one person.
        let near = neighbours(a).into_iter().filter(|b| sure[*b]);
        let main = near.chain([a]).max_by(|b, c| fuller(nodes[*b], nodes[*c])).unwrap_or(a);
        if let Some(reason) = links[a][main].clone().filter(|_| main != a) {
            same.insert(nodes[a].number, (nodes[main].number, reason));
        }
    }
    same
}

/// Whose name stands for both: of more words, with a country, longer; else the one whose permalink comes first.
fn fuller(a: &Node, b: &Node) -> std::cmp::Ordering {
    let rank = |node: &Node| (node.name.words(), !node.name.has_initial(), node.country.is_some(), node.length);
    rank(a).cmp(&rank(b)).then_with(|| b.id.cmp(&a.id))
}

/// Why two may be one; none where they are not.
fn reason(a: &Node, b: &Node) -> Option<String> {
    let country = both(&a.country, &b.country);
    if country.is_some_and(|(a, b)| a != b) {
        return None;
    }
    let country = country.map(|(country, _)| country);
    let is_one_spelling = a.name.spelling() == b.name.spelling();
    if !a.is_person {
        return Some(match country {
            Some(country) => format!("the same name, both {country}"),
            None => "the same name, and no other country".to_owned(),
        });
    }
    let may_be_one = is_one_spelling || (a.name.may_be(&b.name) && b.name.may_be(&a.name));
    if !may_be_one {
        return None;
    }
    let role = a.role_words.intersection(&b.role_words).next();
    if role.is_none() && both(&a.sector, &b.sector).is_some_and(|(a, b)| a != b) {
        return None;
    }
    let words = a.name.words().min(b.name.words());
    let names = if is_one_spelling { "the same name" } else { "names of one person" };
    match (words, country, role) {
        (1, Some(country), Some(role)) => Some(format!("{names}, both {country}, both \u{201c}{role}\u{201d}")),
        (1, _, _) => None,
        (_, Some(country), Some(role)) => Some(format!("{names}, both {country}, both \u{201c}{role}\u{201d}")),
        (_, Some(country), None) => Some(format!("{names}, both {country}")),
        (_, None, Some(role)) => Some(format!("{names}, both \u{201c}{role}\u{201d}")),
        (_, None, None) if is_one_spelling && opposed(a, b) => None,
        (_, None, None) if is_one_spelling => Some("the same name, and nothing speaks against it".to_owned()),
        (_, None, None) => None,
    }
}

/// Two with roles that have not one word in common, where no country tells more.
fn opposed(a: &Node, b: &Node) -> bool {
    !a.role_words.is_empty() && !b.role_words.is_empty()
}

fn both<'a>(a: &'a Option<String>, b: &'a Option<String>) -> Option<(&'a str, &'a str)> {
    a.as_deref().zip(b.as_deref())
}

/// The words of roles that tell something: "former Kremlin spokesman" → kremlin, spokesman.
pub fn role_words(roles: &[String]) -> BTreeSet<String> {
    const SAY_LITTLE: &[&str] =
        &["acting", "former", "from", "late", "long-time", "longtime", "senior", "then", "veteran", "with"];
    let words = roles.iter().flat_map(|role| role.split(|c: char| !c.is_alphanumeric() && c != '-'));
    words.filter(|word| word.chars().count() > 3 && !SAY_LITTLE.contains(word)).map(str::to_owned).collect()
}
