//! Text of unknown origin → one line that may be shown anywhere: nothing in it moves the cursor, recolours or reorders.

/// `text` on one line: runs of white space become one space, control characters become visible, and characters that turn the direction of
/// writing are dropped.
pub fn one_line(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            '\0'..='\x1f' => plain.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            '\x7f' => plain.push('\u{2421}'),
            '\u{80}'..='\u{9f}' => plain.push('\u{fffd}'),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c => plain.push(c),
        }
    }
    plain.trim().to_owned()
}

/// The first `chars` characters of `text`, with an ellipsis if there are more.
pub fn clip(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{clip, one_line};

    #[test]
    fn nothing_is_left_for_a_terminal_to_obey() {
        assert_eq!(one_line("a\x1b[31mred\x1b[0m\x07"), "a␛[31mred␛[0m␇");
        assert_eq!(one_line("\u{9b}2J\0\x7f"), "\u{fffd}2J␀␡");
        assert_eq!(one_line("\u{feff}safe\u{202e}gpj.exe\u{2066}\u{200f}"), "safegpj.exe");
        assert_eq!(one_line(" a\r\n\tb\u{2028}c\u{a0} d\u{85} "), "a b c d");
    }

    #[test]
    fn a_clipped_text_says_so() {
        assert_eq!(clip("déjà", 4), "déjà");
        assert_eq!(clip("déjà vu", 4), "déjà…");
    }
}
