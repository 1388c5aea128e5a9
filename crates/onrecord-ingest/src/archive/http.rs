//! The bytes of an HTTP response, as archives keep them → its status, head and body as the server meant it.
//!
//! What archives say of transfer and content codings is often not true any more, so both are tried and neither is believed.

use super::records::{Head, end_of_head};
use crate::coding;
use crate::found::{Reason, Refusal};
use crate::limits::Limits;

/// A response.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
}

/// Reads a response and decodes its body.
///
/// # Errors
/// `Malformed` if no HTTP response starts there; what decoding the body may come to.
pub(crate) fn response(mut block: Vec<u8>, limits: &Limits) -> Result<Response, Refusal> {
    let (length, start) = end_of_head(&block).unwrap_or((block.len(), block.len()));
    let head = block.get(..length).unwrap_or_default();
    let (line, fields) = head.split_at(memchr::memchr(b'\n', head).unwrap_or(head.len()));
    let status = status(line).ok_or_else(|| Refusal::new(Reason::Malformed, "no HTTP response in the record"))?;
    let head = Head::parse(fields);
    block.drain(..start);
    let is_chunked = head.get("transfer-encoding").is_some_and(|field| field.to_ascii_lowercase().contains("chunked"));
    let mut body = block;
    if is_chunked && let Some(whole) = dechunk(&body)? {
        body = whole;
    }
    if let Some(field) = head.get("content-encoding") {
        body = coding::decode(field, body, limits)?;
    }
    if body.len() > limits.document_bytes {
        let message = format!("the page has {} bytes, the limit is {}", body.len(), limits.document_bytes);
        return Err(Refusal::new(Reason::TooLarge, message));
    }
    Ok(Response { status, head, body })
}

/// The status of a line such as `HTTP/1.1 200 OK`; also of `HTTP/2 200` and `HTTP 200`.
fn status(line: &[u8]) -> Option<u16> {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split_ascii_whitespace();
    let protocol = words.next()?;
    let status = words.next()?;
    (protocol.starts_with("HTTP") && status.len() == 3).then(|| status.parse().ok())?
}

/// The chunks joined; none if the body does not start with a chunk, which means that it was joined before.
fn dechunk(body: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    let mut whole = Vec::new();
    let mut left = body;
    loop {
        let Some((size, rest)) = chunk_size(left) else {
            if whole.is_empty() {
                return Ok(None);
            }
            // What is missing is often no more than the last chunk, which is empty.
            if left.trim_ascii().is_empty() {
                return Ok(Some(whole));
            }
            let message = format!("no chunk at byte {} of the body", body.len() - left.len());
            return Err(Refusal::new(Reason::Malformed, message));
        };
        if size == 0 {
            return Ok(Some(whole));
        }
        let Some(chunk) = rest.get(..size) else {
            if whole.is_empty() && rest.len().checked_mul(2).is_none_or(|twice| twice < size) {
                return Ok(None);
            }
            let message = format!("the body ends {} bytes before its chunk", size - rest.len());
            return Err(Refusal::new(Reason::Truncated, message));
        };
        whole.extend_from_slice(chunk);
        left = rest.get(size..).unwrap_or_default();
        left = left.strip_prefix(b"\r\n").or_else(|| left.strip_prefix(b"\n")).unwrap_or(left);
    }
}

/// The size at the start of a chunk, and what follows its line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let line = bytes.get(..bytes.len().min(256))?;
    let end = memchr::memchr(b'\n', line)?;
    let digits = line.get(..end)?;
    let digits = digits.split(|&byte| byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() <= 8 && !digits.is_empty())?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    Some((usize::from_str_radix(digits, 16).ok()?, bytes.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::response;
    use crate::found::Reason;
    use crate::limits::Limits;

    #[track_caller]
    fn reads(block: &[u8], body: &str) {
        let response = response(block.to_vec(), &Limits::default()).unwrap();
        assert_eq!(String::from_utf8_lossy(&response.body), body);
    }

    #[test]
    fn chunks_are_joined_where_there_are_any() {
        reads(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nThe \r\nA;x=1\r\ndam burst.\r\n0\r\n\r\n",
            "The dam burst.",
        );
        reads(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>The dam burst.", "<p>The dam burst.");
        reads(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nThe\r\n", "The");
        reads(b"HTTP/1.0 200\nA: b\n\nThe dam", "The dam");
        reads(b"HTTP/1.1 204 No Content\r\nA: b\r\n\r\n", "");
    }

    #[test]
    fn a_coding_that_was_undone_already_is_passed_over() {
        reads(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>The dam", "<p>The dam");
        reads(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n<p>The dam", "<p>The dam");
    }

    #[test]
    fn what_is_no_response_is_refused() {
        let refusal = |block: &[u8]| response(block.to_vec(), &Limits::default()).map(|_| ()).unwrap_err();
        assert_eq!(refusal(b"<html>").reason, Reason::Malformed);
        assert_eq!(
            refusal(b"HTTP/1.1 200 OK\r\nContent-Encoding: compress\r\n\r\nx").message,
            "the content coding \"compress\" is not read"
        );
        let broken = refusal(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nThe\r\nzz");
        assert_eq!((broken.reason, broken.message.as_str()), (Reason::Malformed, "no chunk at byte 8 of the body"));
    }
}
