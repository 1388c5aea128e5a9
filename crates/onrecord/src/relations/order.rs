//! Statements in the order of the text.

use super::Statement;

/// Sorts by where statements start, a parent before what it holds, and renumbers the parents.
pub(super) fn in_text_order(statements: Vec<Statement>) -> Vec<Statement> {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    let depth = |mut at: usize| {
        let mut depth = 0;
        while let Some(parent) = statements.get(at).and_then(|s| s.parent) {
            (at, depth) = (parent, depth + 1);
        }
        depth
    };
    order.sort_by_key(|&at| (statements.get(at).map_or(0, Statement::start), depth(at), at));
    let mut place = vec![0; statements.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(old) {
            *slot = new;
        }
    }
    let renumbered = order.iter().filter_map(|&old| statements.get(old)).cloned();
    renumbered.map(|s| Statement { parent: s.parent.and_then(|at| place.get(at).copied()), ..s }).collect()
}
