//! The rows of a table: comments and the line of column names passed over.

/// The cells of each row of `tsv`.
pub fn rows(tsv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    tsv.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}
