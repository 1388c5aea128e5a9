//! What the tests of this crate build their inputs with. All of it is invented.
#![allow(dead_code, reason = "each test uses a part")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_ingest::{Found, Input, Limits, Reason, open};

/// A page with an article of some length about a place.
pub fn page(place: &str) -> String {
    let paragraphs: String = (1..=6)
        .map(|day| format!("<p>The ferry to {place} will not sail for {day} days, the harbour master said on Monday. “Nobody is going out in this,” she told reporters.</p>\n"))
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>No ferry to {place}</title></head><body><article><h1>No ferry to {place}</h1>\n{paragraphs}</article></body></html>"
    )
}

/// An HTTP response with a page.
pub fn response(body: &[u8]) -> Vec<u8> {
    let mut response =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    response.extend_from_slice(body);
    response
}

/// A record of a web archive that claims to be `length` bytes long.
pub fn record_of(kind: &str, url: &str, block: &[u8], length: u64) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-09T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A record of a web archive.
pub fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    record_of(kind, url, block, block.len() as u64)
}

/// The record of an article about a place.
pub fn article(place: &str) -> Vec<u8> {
    record("response", &format!("https://courier.example/{place}"), &response(page(place).as_bytes()))
}

/// A gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A zstd frame that repeats a byte, in blocks of 128 KiB.
pub fn zstd_of(byte: u8, blocks: usize) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x58];
    for block in 1..=blocks {
        let header = (128 << 10) << 3 | 1 << 1 | u32::from(block == blocks);
        frame.extend_from_slice(header.to_le_bytes().get(..3).unwrap());
        frame.push(byte);
    }
    frame
}

/// A zstd frame that holds bytes as they are; fewer than 128 KiB.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x58];
    let header = (bytes.len() as u32) << 3 | 1;
    frame.extend_from_slice(header.to_le_bytes().get(..3).unwrap());
    frame.extend_from_slice(bytes);
    frame
}

/// What is found in bytes that have a name.
pub fn found(name: &str, bytes: Vec<u8>) -> Vec<Found> {
    open(Input::bytes(name, bytes), &Limits::default(), 0).collect()
}

/// What a reader would say was found, one line each: the URL and the first words, or the reason.
pub fn told(found: &[Found]) -> Vec<String> {
    let line = |found: &Found| {
        let member = found.origin.member.map_or_else(|| "-".to_owned(), |member| member.to_string());
        match &found.outcome {
            Ok(page) => {
                let text: String =
                    page.article.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(36).collect();
                format!("{member} {} | {text}", found.origin.url.as_deref().unwrap_or("-"))
            }
            Err(refusal) => format!("{member} {}: {}", refusal.reason.code(), refusal.message),
        }
    };
    found.iter().map(line).collect()
}

/// The reasons, in order; none for a page.
pub fn reasons(found: &[Found]) -> Vec<Option<Reason>> {
    found.iter().map(|found| found.outcome.as_ref().err().map(|refusal| refusal.reason)).collect()
}
