//! `onrecord read` on pipes that are long, slow, or closed at the other end.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::desk::{Desk, line};

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let desk = Desk::new();
    let lines: String = (0..3000).map(|n| line(&format!("n{n}"), "The pier is shut.")).collect();
    desk.put("long.jsonl", lines);
    for threads in ["1", "2"] {
        let mut command = desk.command(&["read", "--threads", threads, "long.jsonl"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.contains("\"n0\""), "{first}");
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    }
}

#[test]
fn each_record_comes_before_the_next_line_is_given() {
    for threads in ["1", "2"] {
        let desk = Desk::new();
        let mut command = desk.command(&["read", "--from", "jsonl", "--threads", threads]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        for id in ["a", "b", "c"] {
            stdin.write_all(line(id, "The pier is shut.").as_bytes()).unwrap();
            let mut record = String::new();
            stdout.read_line(&mut record).unwrap();
            assert!(record.contains(&format!("\"id\":\"{id}\"")), "{record}");
        }
        drop(stdin);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

/// The most memory the process has held, in KiB, as Linux counts it.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_over_the_limit_is_passed_by_in_little_memory() {
    let desk = Desk::new();
    let mut command = desk.command(&["read", "--from", "jsonl", "--threads", "1"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut next = || {
        let mut record = String::new();
        stdout.read_line(&mut record).unwrap();
        record
    };
    stdin.write_all(line("before", "The pier is shut.").as_bytes()).unwrap();
    assert!(next().contains("\"before\""));
    let before = peak(child.id());
    let block = vec![b'x'; 1 << 20];
    for _ in 0..200 {
        stdin.write_all(&block).unwrap();
    }
    stdin.write_all(b"\n").unwrap();
    let error = next();
    assert!(error.contains("\"-:2\"") && error.contains("\"too_large\""), "{error}");
    stdin.write_all(line("after", "The pier is open.").as_bytes()).unwrap();
    assert!(next().contains("\"after\""));
    // A growing buffer may hold 64 MiB and the 128 MiB that it grows into; the whole line would be 200 MiB and more.
    let grown = (peak(child.id()) - before) >> 10;
    assert!(grown < 160, "{grown} MiB more");
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
