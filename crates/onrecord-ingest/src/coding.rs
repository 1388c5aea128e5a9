//! Bytes as HTTP sends them → the bytes that were meant: content codings, bounded where they come out.
//!
//! Used for answers just fetched and for those in archives alike.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::found::{Reason, Refusal};
use crate::limits::Limits;

/// A content coding that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// What is asked for when fetching.
#[cfg(feature = "fetch")]
pub(crate) const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// The largest window of zstd as a content coding: RFC 9659.
const WINDOW: u64 = 8 << 20;
/// How many codings may lie over each other.
const DEEPEST: usize = 3;

/// The body behind the codings of a `Content-Encoding` field.
///
/// Archives often keep the field of a body that they have decoded already, so a body that does not begin as its coding would is taken as it is.
///
/// # Errors
/// `TooDense` and `TooLarge` for what is over the limits, `Malformed` and `Truncated` for what cannot be decoded, `Unsupported` for other codings.
pub(crate) fn decode(field: &str, mut body: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let names: Vec<&str> = field.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > DEEPEST {
        return Err(Refusal::new(
            Reason::Unsupported,
            format!("{} content codings, the limit is {DEEPEST}", names.len()),
        ));
    }
    for name in names.iter().rev() {
        let coding = match name.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Coding::Gzip,
            "deflate" => Coding::Deflate,
            "br" => Coding::Brotli,
            "zstd" => Coding::Zstd,
            "identity" | "none" | "utf-8" | "utf8" => continue,
            other => {
                return Err(Refusal::new(Reason::Unsupported, format!("the content coding \"{other}\" is not read")));
            }
        };
        if is_plausible(coding, &body) {
            body = unpack(coding, &body, limits)?;
        }
    }
    Ok(body)
}

/// Whether `body` begins as the coding would have it. Brotli has no mark: what begins as markup is taken for decoded.
fn is_plausible(coding: Coding, body: &[u8]) -> bool {
    match coding {
        Coding::Gzip => body.starts_with(&[0x1f, 0x8b]),
        Coding::Zstd => body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]),
        Coding::Deflate | Coding::Brotli => {
            let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
            !(text.is_empty()
                || text.starts_with(b"<") && std::str::from_utf8(text.get(..64).unwrap_or(text)).is_ok_and(is_printed))
        }
    }
}

fn is_printed(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !c.is_whitespace())
}

/// Unpacks all of `packed`.
pub(crate) fn unpack(coding: Coding, packed: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    match coding {
        Coding::Gzip => gzip(packed, limits),
        Coding::Deflate if has_zlib_header(packed) => bounded(ZlibDecoder::new(packed), packed.len(), limits),
        Coding::Deflate => bounded(DeflateDecoder::new(packed), packed.len(), limits),
        Coding::Brotli => brotli(packed, limits),
        Coding::Zstd => zstd(packed, limits),
    }
}

/// One member or several; litter behind the first is passed over, as browsers do.
fn gzip(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut left = packed;
    let mut body = Vec::new();
    while body.is_empty() || left.starts_with(&[0x1f, 0x8b]) {
        let mut decoder = flate2::bufread::GzDecoder::new(left);
        body.append(&mut bounded(&mut decoder, packed.len(), limits)?);
        left = decoder.into_inner();
        if body.len() > most(packed.len(), limits) || left.is_empty() {
            break;
        }
    }
    within(body, packed.len(), limits)
}

fn brotli(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    // The mark of a window beyond the 16 MiB of RFC 7932, which the decoder would make room for.
    if packed.first().is_some_and(|byte| byte & 0x7f == 0x11) {
        return Err(Refusal::new(Reason::Unsupported, "brotli with a large window is not read"));
    }
    bounded(brotli_decompressor::Decompressor::new(packed, 4096), packed.len(), limits)
}

fn zstd(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(WINDOW);
    let decoder = StreamingDecoder::new_with_decoder(packed, decoder)
        .map_err(|error| Refusal::new(Reason::Malformed, format!("cannot be unpacked: {error}")))?;
    bounded(decoder, packed.len(), limits)
}

fn has_zlib_header(packed: &[u8]) -> bool {
    matches!(packed, [a, b, ..] if a & 0xf == 8 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31))
}

/// How many bytes may come out of so many.
fn most(packed: usize, limits: &Limits) -> usize {
    limits.document_bytes.min(limits.ratio_free_bytes.max(packed.saturating_mul(limits.ratio)))
}

fn bounded(decoder: impl Read, packed: usize, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    let read = decoder.take(most(packed, limits) as u64 + 1).read_to_end(&mut body);
    if let Err(error) = read {
        let reason =
            if error.kind() == std::io::ErrorKind::UnexpectedEof { Reason::Truncated } else { Reason::Malformed };
        return Err(Refusal::new(reason, format!("cannot be unpacked after {} bytes: {error}", body.len())));
    }
    within(body, packed, limits)
}

fn within(body: Vec<u8>, packed: usize, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    if body.len() <= most(packed, limits) {
        return Ok(body);
    }
    if most(packed, limits) == limits.document_bytes {
        let message = format!("{packed} packed bytes hold more than {} bytes", limits.document_bytes);
        return Err(Refusal::new(Reason::TooLarge, message));
    }
    Err(Refusal::new(Reason::TooDense, format!("{packed} packed bytes hold more than {} times as many", limits.ratio)))
}
