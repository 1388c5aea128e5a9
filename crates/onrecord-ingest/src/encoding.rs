//! Bytes → text: which encoding they are in, and the text they stand for.
//!
//! In the order of the WHATWG standard: a byte order mark, what HTTP says, what the page says in its first kilobyte. Both of these lie often enough that
//! bytes which are valid UTF-8 with a character beyond ASCII are read as UTF-8 whatever is said. Where nothing is said and it is not UTF-8, the encoding is
//! guessed from the first 64 KiB, which costs more than all the rest. Never fails: bytes that mean nothing become U+FFFD.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::found::Hints;

/// How much of a page is searched for its `<meta charset>`; the standard says 1,024, pages say otherwise.
const DECLARED_WITHIN: usize = 4096;
/// How much is looked at to guess.
const GUESSED_FROM: usize = 64 << 10;

/// The text of `bytes`, without a byte order mark, and the encoding they were in. Borrows where they are UTF-8. O(n).
pub fn decode<'a>(bytes: &'a [u8], hints: &Hints) -> (Cow<'a, str>, &'static Encoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = bytes.get(mark..).unwrap_or_default();
        return (encoding.decode_without_bom_handling(bytes).0, encoding);
    }
    let told = hints.charset.as_deref().and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    // UTF-16 without a mark is full of NULs, and no page declares it in bytes that can be read: HTTP is believed or nobody.
    if let Some(encoding) = told.filter(|encoding| *encoding == UTF_16LE || *encoding == UTF_16BE)
        && looks_like_utf_16(bytes)
    {
        return (encoding.decode_without_bom_handling(bytes).0, encoding);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // An escape is ASCII: text in ISO-2022-JP is valid UTF-8 and means something else.
        let is_stateful = memchr::memchr(0x1b, bytes).is_some();
        let encoding = told.or_else(|| declared(bytes)).filter(|encoding| !encoding.is_ascii_compatible());
        match encoding.filter(|_| is_stateful) {
            None => return (Cow::Borrowed(text), UTF_8),
            Some(encoding) => return (encoding.decode_without_bom_handling(bytes).0, encoding),
        }
    }
    let encoding = told.or_else(|| declared(bytes)).filter(|encoding| usable(encoding, bytes));
    let encoding = encoding.unwrap_or_else(|| guess(bytes));
    (encoding.decode_without_bom_handling(bytes).0, encoding)
}

/// Whether what was said can be true of the bytes: UTF-8 may have stray bytes, but not many.
fn usable(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return false;
    }
    encoding != UTF_8 || mostly_utf_8(bytes)
}

/// Whether most characters beyond ASCII of the first 64 KiB are well-formed.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let head = bytes.get(..GUESSED_FROM).unwrap_or(bytes);
    let (mut good, mut bad) = (0, 0);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// The encoding that a `<meta>` or an XML declaration near the start names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let lower = head.to_ascii_lowercase();
    let mut from = 0;
    let is_xml = lower.trim_ascii_start().starts_with(b"<?xml");
    while let Some(at) =
        memchr::memmem::find(lower.get(from..)?, if is_xml && from == 0 { b"encoding" } else { b"charset" })
    {
        from += at + 7;
        let rest = lower.get(from..)?;
        let rest = rest.strip_prefix(b"g").unwrap_or(rest).trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=") else { continue };
        let value = rest.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end =
            value.iter().position(|b| matches!(b, b'"' | b'\'' | b'>' | b';' | b'/' | b'?') || b.is_ascii_whitespace());
        if let Some(encoding) = Encoding::for_label_no_replacement(value.get(..end.unwrap_or(value.len()))?) {
            // The standard: a page that can be read so far is not in UTF-16, whatever it says.
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
        }
    }
    None
}

/// Whether every other byte of the start is mostly NUL.
fn looks_like_utf_16(bytes: &[u8]) -> bool {
    utf_16_without_mark(bytes).is_some()
}

/// UTF-16 shows in the NULs of its markup: all on even places, or all on odd ones.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..512.min(bytes.len() & !1))?;
    let nulls = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nulls(0), nulls(1));
    let pairs = head.len() / 2;
    match (even, odd) {
        _ if pairs < 4 => None,
        (0, odd) if odd * 2 > pairs => Some(UTF_16LE),
        (even, 0) if even * 2 > pairs => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = bytes.get(..GUESSED_FROM).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == UTF_8 && !mostly_utf_8(bytes) { WINDOWS_1252 } else { encoding }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::found::Hints;

    #[track_caller]
    fn decodes(bytes: &[u8], charset: Option<&str>, text: &str, encoding: &str) {
        let hints = Hints { charset: charset.map(str::to_owned), ..Hints::default() };
        let (decoded, found) = decode(bytes, &hints);
        assert_eq!((decoded.as_ref(), found.name()), (text, encoding));
    }

    #[test]
    fn a_byte_order_mark_is_believed_before_http() {
        decodes(b"\xef\xbb\xbfd\xc3\xa9j\xc3\xa0", Some("windows-1252"), "déjà", "UTF-8");
        decodes(b"\xff\xfeD\x00e\x00", None, "De", "UTF-16LE");
        decodes(b"\xfe\xff\x00D\x00e", Some("utf-8"), "De", "UTF-16BE");
    }

    #[test]
    fn bytes_that_are_utf_8_are_utf_8_whatever_is_said() {
        decodes("“Nein”, sagte Jürgen".as_bytes(), Some("iso-8859-1"), "“Nein”, sagte Jürgen", "UTF-8");
        decodes("<meta charset=koi8-r>Да".as_bytes(), None, "<meta charset=koi8-r>Да", "UTF-8");
    }

    #[test]
    fn http_is_believed_before_the_page_and_the_page_before_a_guess() {
        decodes(b"<meta charset=utf-8>\xc4\xe0", Some("windows-1251"), "<meta charset=utf-8>Да", "windows-1251");
        decodes(b"<meta charset='windows-1251'>\xc4\xe0", None, "<meta charset='windows-1251'>Да", "windows-1251");
        decodes(
            b"<?xml version='1.0' encoding=\"iso-8859-2\"?>\xa3\xf3d\xbc",
            None,
            "<?xml version='1.0' encoding=\"iso-8859-2\"?>Łódź",
            "ISO-8859-2",
        );
        decodes(
            b"the caf\xe9 in the rue d'Alger was \x93closed\x94",
            None,
            "the café in the rue d'Alger was “closed”",
            "windows-1252",
        );
    }

    #[test]
    fn a_page_in_utf_8_with_a_stray_byte_stays_utf_8() {
        decodes(
            b"<meta charset=utf-8>caf\xc3\xa9 \xe2\x80\x9cclosed\xe2\x80\x9d \xe9",
            None,
            "<meta charset=utf-8>café “closed” \u{fffd}",
            "UTF-8",
        );
    }

    #[test]
    fn a_page_that_says_utf_8_and_has_none_is_guessed() {
        decodes(
            b"<meta charset=utf-8>the caf\xe9 was \x93closed\x94",
            None,
            "<meta charset=utf-8>the café was “closed”",
            "windows-1252",
        );
    }

    #[test]
    fn utf_16_without_a_mark_shows_in_its_nulls() {
        let bytes: Vec<u8> = "<p>Danach</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        decodes(&bytes, None, "<p>Danach</p>", "UTF-16LE");
        let bytes: Vec<u8> = "<p>Danach</p>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        decodes(&bytes, Some("utf-16be"), "<p>Danach</p>", "UTF-16BE");
    }

    #[test]
    fn iso_2022_jp_is_ascii_with_escapes() {
        decodes(b"<meta charset=iso-2022-jp>\x1b$BF|K\\\x1b(B", None, "<meta charset=iso-2022-jp>日本", "ISO-2022-JP");
    }

    #[test]
    fn labels_that_name_nothing_are_passed_over() {
        decodes(b"<meta charset=x-unknown>abc", Some("utf-7"), "<meta charset=x-unknown>abc", "UTF-8");
        decodes(b"", None, "", "UTF-8");
    }
}
