//! Text of an article → a cell of a table whose cells are parted by tabs.

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

#[cfg(test)]
mod tests {
    use super::{flat, joined};

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
}
