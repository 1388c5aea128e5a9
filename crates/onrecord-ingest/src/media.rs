//! A `Content-Type` field → whether there is an article to read behind it.

/// What sort of content it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Html,
    Text,
    /// The name it has, or a description.
    Other(String),
}

/// The sort of a body by its `Content-Type`, and the charset that the field names. Where the field is missing or says nothing, the bytes tell.
pub(crate) fn of_field(field: &str, body: &[u8]) -> (Media, Option<String>) {
    let (name, parameters) = field.split_once(';').unwrap_or((field, ""));
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    let media = match name.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Media::Html,
        "text/plain" if looks_like_html(body) => Media::Html,
        "text/plain" => Media::Text,
        "" | "*/*" | "application/octet-stream" | "unknown/unknown" | "text/xml" | "application/xml"
            if looks_like_html(body) =>
        {
            Media::Html
        }
        "" => Media::Other("content of no known type".to_owned()),
        other => Media::Other(other.chars().take(100).collect()),
    };
    (media, charset)
}

/// Whether a page starts here: a document type, or one of the elements that pages start with.
pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let mut head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    while let Some(rest) = head.strip_prefix(b"<!--").or_else(|| head.strip_prefix(b"<?")) {
        let end = memchr::memchr(b'>', rest.get(..4096).unwrap_or(rest));
        head = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default().trim_ascii_start();
    }
    let starts = |tag: &&[u8]| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<title", b"<meta", b"<script"].iter().any(starts)
}

#[cfg(test)]
mod tests {
    use super::{Media, of_field};

    #[test]
    fn the_field_decides_and_the_bytes_where_it_says_nothing() {
        let sort = |field, body: &str| of_field(field, body.as_bytes());
        assert_eq!(sort("text/html; charset=\"koi8-r\"", ""), (Media::Html, Some("koi8-r".to_owned())));
        assert_eq!(sort("Text/HTML;Charset=utf-8;x=y", "").1.as_deref(), Some("utf-8"));
        assert_eq!(sort("", "<!-- x --><!DOCTYPE HTML>").0, Media::Html);
        assert_eq!(sort("text/plain", "The ferry").0, Media::Text);
        assert_eq!(sort("image/png", "<html>").0, Media::Other("image/png".to_owned()));
        assert_eq!(sort("", "GIF89a").0, Media::Other("content of no known type".to_owned()));
    }
}
