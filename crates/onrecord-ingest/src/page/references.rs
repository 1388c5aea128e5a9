//! `&eacute;` → é: character references, by the rules of the HTML standard.

use std::borrow::Cow;

/// `text` with its character references resolved. Borrows where there are none.
pub fn resolve(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    htmlize::unescape(text)
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_by_name_and_number() {
        assert_eq!(resolve("caf&eacute; &amp; bar &#8220;x&#x201d; &#146;"), "café & bar “x” ’");
        assert_eq!(resolve("AT&T &ampx &nosuch; &#0; &#x110000;"), "AT&T &x &nosuch; \u{fffd} \u{fffd}");
        assert_eq!(resolve("no more"), "no more");
    }
}
