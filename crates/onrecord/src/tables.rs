//! The tables of onrecord-data, row by row.

use std::collections::HashMap;

/// The first `N` columns of every row of a table: below its comments and its header line.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let rows = table.lines().skip_while(|line| line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let row: [Option<&str>; N] = std::array::from_fn(|_| cells.next());
        row.iter().all(Option::is_some).then(|| row.map(Option::unwrap_or_default))
    })
}

/// The words of a table by the kinds that its second column has for each.
pub(crate) fn kinds(table: &'static str) -> HashMap<&'static str, Vec<&'static str>> {
    rows(table).map(|[word, kinds]| (word, parts(kinds).collect())).collect()
}

/// The parts of a cell that holds several, parted by semicolons; `-` holds none.
pub(crate) fn parts(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty() && *part != "-")
}

#[cfg(test)]
mod tests {
    use super::{parts, rows};

    #[test]
    fn comments_header_and_short_rows_are_no_rows() {
        let table = "# what it holds\nword\tkind\nIvory Coast\tstate\nshort\n";
        assert_eq!(rows::<2>(table).collect::<Vec<_>>(), [["Ivory Coast", "state"]]);
    }

    #[test]
    fn a_dash_is_an_empty_cell() {
        assert_eq!(parts("Kyiv; Kiev").collect::<Vec<_>>(), ["Kyiv", "Kiev"]);
        assert_eq!(parts("-").count(), 0);
    }
}
