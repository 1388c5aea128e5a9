//! Web archives as they come from the net: whole, packed, damaged.
#![allow(clippy::unwrap_used, reason = "a test fails where its input is not what it was made to be")]

mod common;

use common::{article, found, gzip, page, record, record_of, response, told, zstd};
use onrecord_ingest::{Input, Limits, Reason, open};

#[test]
fn an_archive_gives_its_pages_and_says_what_else_there_is() {
    let mut archive = record("warcinfo", "", b"software: a crawler\r\n");
    archive.extend(record("request", "https://courier.example/Valmora", b"GET /Valmora HTTP/1.1\r\n\r\n"));
    archive.extend(article("Valmora"));
    archive.extend(record(
        "response",
        "https://courier.example/gone",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone",
    ));
    archive.extend(record(
        "response",
        "https://courier.example/a.png",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
    ));
    archive.extend(article("Karst"));
    let expected = [
        "0 no_document: a record of the type \"warcinfo\"",
        "1 no_document: a record of the type \"request\"",
        "2 https://courier.example/Valmora | The ferry to Valmora will not",
        "3 no_document: the server answered 404",
        "4 no_document: no page but \"image/png\"",
        "5 https://courier.example/Karst | The ferry to Karst will not",
    ];
    let starts = |told: Vec<String>| {
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.starts_with(expected), "{told}\n{expected}");
        }
        assert_eq!(told.len(), expected.len(), "{told:#?}");
    };
    starts(told(&found("plain.warc", archive.clone())));
    starts(told(&found("one member.warc.gz", gzip(&archive))));
    let records: Vec<&[u8]> = split(&archive);
    starts(told(&found("members.warc.gz", records.iter().flat_map(|record| gzip(record)).collect())));
    starts(told(&found("frames.warc.zst", records.iter().flat_map(|record| zstd(record)).collect())));
}

/// Where records start.
fn split(archive: &[u8]) -> Vec<&[u8]> {
    let mut starts: Vec<usize> = memchr::memmem::find_iter(archive, b"WARC/1.0").collect();
    starts.push(archive.len());
    starts.windows(2).map(|pair| &archive[pair[0]..pair[1]]).collect()
}

#[test]
fn reading_goes_on_where_it_stopped() {
    let archive: Vec<u8> = ["Valmora", "Karst", "Oriel"].iter().flat_map(|place| gzip(&article(place))).collect();
    let all = found("a.warc.gz", archive.clone());
    let rest: Vec<_> = open(Input::bytes("a.warc.gz", archive), &Limits::default(), 2).collect();
    assert_eq!(rest.as_slice(), all.get(2..).unwrap());
    assert_eq!(rest.first().unwrap().origin.url.as_deref(), Some("https://courier.example/Oriel"));
}

/// A broken member between two sound ones.
fn between(broken: Vec<u8>) -> Vec<u8> {
    [gzip(&article("Valmora")), broken, gzip(&article("Karst"))].concat()
}

#[track_caller]
fn told_between(broken: Vec<u8>) -> Vec<String> {
    let told = told(&found("a.warc.gz", between(broken)));
    assert!(told.first().unwrap().contains("/Valmora |"), "{told:#?}");
    assert!(told.last().unwrap().contains("/Karst |"), "{told:#?}");
    told.get(1..told.len() - 1).unwrap().to_vec()
}

#[test]
fn a_broken_member_costs_no_other() {
    let sound = gzip(&article("Oriel"));
    let at = gzip(&article("Valmora")).len();
    let mut turned = sound.clone();
    let middle = turned.len() / 2;
    turned[middle] ^= 0xff;
    turned[middle + 1] ^= 0xff;
    // The record may seem to have a wrong length before the member shows that it is broken.
    let told = told_between(turned);
    assert!(told.last().unwrap().contains(&format!(" malformed: the member at byte {at}: ")), "{told:#?}");

    let mut cut = sound.clone();
    cut.truncate(sound.len() / 2);
    let told = told_between(cut);
    assert_eq!(told.len(), 1, "{told:#?}");

    let mut sum = sound.clone();
    let end = sum.len() - 8;
    sum[end] ^= 1;
    assert_eq!(
        told_between(sum),
        [format!(
            "1 malformed: the member at byte {at}: the checksum of the gzip member is wrong; {} bytes passed over",
            sound.len()
        )]
    );

    let litter = b"<html>this is no member</html>".to_vec();
    assert_eq!(
        told_between(litter),
        [format!("1 malformed: the member at byte {at}: no gzip member starts here; 30 bytes passed over")]
    );
}

#[test]
fn litter_at_the_end_is_said() {
    let archive = [gzip(&article("Valmora")), b"litter".to_vec()].concat();
    let told = told(&found("a.warc.gz", archive));
    assert!(told[1].ends_with("no gzip member starts here; 6 bytes passed over"), "{told:#?}");
    assert_eq!(told.len(), 2);
}

#[test]
fn a_length_that_lies_is_said_and_the_next_record_found() {
    let block = response(page("Oriel").as_bytes());
    for length in [10, block.len() as u64 - 1, block.len() as u64 + 700, 30 << 20] {
        let lying = record_of("response", "https://courier.example/Oriel", &block, length);
        let archive = [article("Valmora"), lying.clone(), article("Karst")].concat();
        let in_plain = told(&found("a.warc", archive));
        assert!(in_plain[1].starts_with("1 malformed: the record at byte "), "{in_plain:#?}");
        assert!(in_plain[2].starts_with("2 https://courier.example/Karst |"), "{in_plain:#?}");
        let in_members = told_between(gzip(&lying));
        assert_eq!(in_members.len(), 1, "{in_members:#?}");
        assert!(in_members[0].contains(&format!("claims {length} bytes")), "{in_members:#?}");
    }
    let long = record_of("response", "https://courier.example/Oriel", &block, 1 << 40);
    let told = told(&found("a.warc", [article("Valmora"), long].concat()));
    assert!(told[1].contains("has 1099511627776 bytes, the limit is 33554432"), "{told:#?}");
}

#[test]
fn what_is_between_records_is_said() {
    let archive = [article("Valmora"), b"some litter\r\n".to_vec(), article("Karst")].concat();
    let told = told(&found("a.warc", archive));
    // What follows a record may be the rest of it: its length is not believed.
    assert!(told[0].contains("goes on for"), "{told:#?}");
    assert!(told[1].starts_with("1 https://courier.example/Karst |"), "{told:#?}");
    let nothing = told_of(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec());
    assert_eq!(nothing, ["0 malformed: the record at byte 0 has no length but \"\"; 0 bytes passed over"]);
}

fn told_of(bytes: Vec<u8>) -> Vec<String> {
    told(&found("a.warc", bytes))
}

#[test]
fn codings_of_http_are_undone() {
    let body = page("Valmora");
    let chunks: Vec<u8> = [format!("{:x}\r\n", body.len()).as_bytes(), body.as_bytes(), b"\r\n0\r\n\r\n"].concat();
    let coded = |head: &str, body: &[u8]| {
        let block = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        told(&found("a.warc", record("response", "https://courier.example/a", &block)))
    };
    for told in [
        coded("Transfer-Encoding: chunked", &chunks),
        coded(
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip",
            &[format!("{:x}\r\n", gzip(body.as_bytes()).len()).as_bytes(), &gzip(body.as_bytes()), b"\r\n0\r\n\r\n"]
                .concat(),
        ),
        coded("Content-Encoding: gzip", &gzip(body.as_bytes())),
        coded("Content-Encoding: zstd", &zstd(body.as_bytes())),
        coded("Content-Encoding: br", body.as_bytes()),
        coded("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", body.as_bytes()),
    ] {
        assert!(told[0].starts_with("0 https://courier.example/a | The ferry to Valmora will not"), "{told:#?}");
    }
    let brotli = [
        0x8b, 0x1d, 0x80, 0x3c, 0x70, 0x3e, 0x54, 0x68, 0x65, 0x20, 0x66, 0x65, 0x72, 0x72, 0x79, 0x20, 0x73, 0x61,
        0x6e, 0x6b, 0x20, 0x6f, 0x66, 0x66, 0x20, 0x74, 0x68, 0x65, 0x20, 0x68, 0x61, 0x72, 0x62, 0x6f, 0x75, 0x72,
        0x2c, 0x20, 0x74, 0x68, 0x65, 0x20, 0x63, 0x6f, 0x61, 0x73, 0x74, 0x20, 0x67, 0x75, 0x61, 0x72, 0x64, 0x20,
        0x73, 0x61, 0x69, 0x64, 0x2e, 0x3c, 0x2f, 0x70, 0x3e, 0x03,
    ];
    assert!(coded("Content-Encoding: br", &brotli)[0].contains("The ferry sank off the harbour"));
}

#[test]
fn a_record_may_go_on_in_the_next_member() {
    let (first, second) = (article("Valmora"), article("Karst"));
    let (start, rest) = first.split_at(first.len() / 2);
    let told = told(&found("a.warc.gz", [gzip(start), gzip(&[rest, &second].concat())].concat()));
    assert!(told[0].contains("/Valmora | The ferry") && told[1].contains("/Karst | The ferry"), "{told:#?}");
    let told = common::told(&found("a.warc.gz", [gzip(start), gzip(&second)].concat()));
    assert!(
        told[0].starts_with("0 truncated: the record at byte 0 claims ") && told[1].contains("/Karst | The ferry"),
        "{told:#?}"
    );
}

#[test]
fn another_archive_format_is_called_by_its_name() {
    let found = found("a.arc", b"filedesc://a.arc 127.0.0.1 20260309100000 text/plain 70\n".to_vec());
    let refusal = found[0].outcome.as_ref().unwrap_err();
    assert_eq!(
        (refusal.reason, refusal.message.as_str()),
        (Reason::Unsupported, "an ARC file, the format before WARC")
    );
}
