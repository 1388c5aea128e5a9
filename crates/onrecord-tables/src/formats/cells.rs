//! Text of an article → a cell of a table whose cells are parted by tabs or commas.

/// `text` on one line and without tabs: each white-space or control character is a space.
pub fn flat(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect()
}

/// Several values in a cell, parted by `"; "`; a value's own `;` becomes a comma, so that they can be parted again. A value that is not known is `gap`, and so is a
/// cell in which none is.
pub fn joined<'a>(values: impl IntoIterator<Item = Option<&'a str>>, gap: &str) -> String {
    let values: Vec<Option<String>> =
        values.into_iter().map(|value| value.map(|value| flat(value).replace(';', ","))).collect();
    if values.iter().all(Option::is_none) {
        return gap.to_owned();
    }
    values.into_iter().map(|value| value.unwrap_or_else(|| gap.to_owned())).collect::<Vec<_>>().join("; ")
}

/// A cell of CSV: words that a spreadsheet must not run, or a number or word of ours.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Words(String),
    Plain(String),
}

/// A header of RFC 4180, with its line end; for a spreadsheet behind a byte order mark.
pub fn csv_header<'a>(columns: impl IntoIterator<Item = &'a str>, is_for_spreadsheet: bool) -> String {
    let mark = if is_for_spreadsheet { "\u{feff}" } else { "" };
    format!("{mark}{}\r\n", columns.into_iter().collect::<Vec<_>>().join(","))
}

/// A row of RFC 4180, with its line end; for a spreadsheet, what it would run as a formula is led by an apostrophe.
pub fn csv_line(cells: impl IntoIterator<Item = Cell>, is_for_spreadsheet: bool) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| written(cell, is_for_spreadsheet)).collect();
    cells.join(",") + "\r\n"
}

/// A cell, quoted where it must be.
fn written(cell: Cell, is_for_spreadsheet: bool) -> String {
    let text = match cell {
        Cell::Words(words) if is_for_spreadsheet && words.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{words}")
        }
        Cell::Words(text) | Cell::Plain(text) => text,
    };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::{Cell, flat, joined, written};

    #[test]
    fn nothing_in_a_cell_ends_it() {
        assert_eq!(flat("the\tdam\r\nheld\u{2028}on"), "the dam  held on");
    }

    #[test]
    fn values_stay_in_step() {
        assert_eq!(joined([Some("Ada; Holm"), None, Some("the\npolice")], "None"), "Ada, Holm; None; the police");
        assert_eq!(joined([None, None], "None"), "None");
        assert_eq!(joined([], ""), "");
    }

    #[test]
    fn a_cell_is_quoted_and_for_a_spreadsheet_runs_no_formula() {
        let words = |text: &str| Cell::Words(text.to_owned());
        assert_eq!(written(words("Ada, \"the\" judge"), false), "\"Ada, \"\"the\"\" judge\"");
        assert_eq!(written(words("=1+1"), false), "=1+1");
        assert_eq!(written(words("=1+1"), true), "'=1+1");
        assert_eq!(written(words("@holm, ha"), true), "\"'@holm, ha\"");
        assert_eq!(written(Cell::Plain("-70.5".to_owned()), true), "-70.5");
    }
}
