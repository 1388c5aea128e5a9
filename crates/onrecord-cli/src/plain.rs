//! Text of unknown origin → text that may be shown in a terminal: nothing in it moves the cursor, recolours or reorders.

pub use onrecord_tables::plain::{clip, one_line};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The words of `text`, which is on one line, in lines of at most `columns` columns. A word that is longer is cut.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        if used + gap + word.width() <= columns {
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(word);
            used += gap + word.width();
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for c in word.chars() {
            let width = c.width().unwrap_or(0);
            if used + width > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += width;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_as_wide_as_the_columns_allow() {
        assert_eq!(wrap("the dam held through the night", 10), ["the dam", "held", "through", "the night"]);
        assert_eq!(wrap("a 大坝守住了 b", 6), ["a", "大坝守", "住了 b"]);
        assert_eq!(wrap("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(wrap("", 10), Vec::<String>::new());
    }
}
