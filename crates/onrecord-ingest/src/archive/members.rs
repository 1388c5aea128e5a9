//! A file that may be packed → the members it was packed in, one after the other, each as bytes to read.
//!
//! Web archives pack each record as a gzip member or zstd frame of its own, so a broken one costs no other: [`Members::resync`] goes on at the next.
//! What comes out is bounded by what went in. An end of file inside a member, a wrong checksum and a bomb are errors, never a short read.

use std::io::{self, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::tape::{AHEAD, Tape};
use crate::found::{Reason, Refusal};
use crate::limits::Limits;

/// Bytes from anywhere.
pub(crate) type Source = Box<dyn Read + Send>;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

/// The first bytes of a gzip member: the mark, and deflate, the only method there is.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
/// The first bytes of a zstd frame.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The frame in which a zstd archive gives its dictionary.
const DICTIONARY: u32 = 0x184D_2A5D;
/// The largest window of a zstd frame in a file, and the largest dictionary.
const WINDOW: u64 = 32 << 20;
/// How much of a packed member is kept, to look for the next one in if it breaks.
const KEPT: usize = 256 << 10;

impl Packing {
    /// By the first bytes.
    pub(crate) fn of(head: &[u8]) -> Packing {
        let is_zstd = head.starts_with(&ZSTD) || head.get(1..4) == Some(&[0x2a, 0x4d, 0x18]) && is_skippable(head);
        match () {
            () if head.starts_with(&GZIP) => Packing::Gzip,
            () if is_zstd => Packing::Zstd,
            () => Packing::Plain,
        }
    }
}

/// An error that carries its reason through [`io::Read`].
pub(crate) fn fault(reason: Reason, message: impl Into<String>) -> io::Error {
    io::Error::other(Refusal::new(reason, message))
}

/// The reason that an error carries; another error is the system's.
pub(crate) fn refusal_of(error: io::Error) -> Refusal {
    let message = error.to_string();
    match error.downcast::<Refusal>() {
        Ok(refusal) => refusal,
        Err(_) => Refusal::new(Reason::Io, message),
    }
}

/// The members of a file.
pub(crate) struct Members {
    tape: Tape<Source>,
    packing: Packing,
    inflate: Decompress,
    crc: Crc,
    zstd: Box<FrameDecoder>,
    ratio: u64,
    ratio_free_bytes: u64,
    start: u64,
    came_out: u64,
    is_open: bool,
    fault: Option<io::Error>,
    kept: Vec<u8>,
}

impl Members {
    /// At the start of the file: [`Members::next_member`] opens the first.
    pub(crate) fn new(tape: Tape<Source>, packing: Packing, limits: &Limits) -> Members {
        let mut zstd = Box::new(FrameDecoder::new());
        zstd.set_max_window_size(WINDOW);
        Members {
            tape,
            packing,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            zstd,
            ratio: limits.ratio as u64,
            ratio_free_bytes: limits.ratio_free_bytes as u64,
            start: 0,
            came_out: 0,
            is_open: false,
            fault: None,
            kept: Vec::new(),
        }
    }

    /// Where the open member starts in the file.
    pub(crate) fn start(&self) -> u64 {
        self.start
    }

    /// Whether the file is packed, so that it has members.
    pub(crate) fn is_packed(&self) -> bool {
        self.packing != Packing::Plain
    }

    /// Opens the next member; `false` if there is none.
    ///
    /// # Errors
    /// What follows is no member, or reading fails. [`Members::resync`] goes on from there.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        self.fault = None;
        self.kept.clear();
        if self.packing == Packing::Zstd {
            self.skip_frames()?;
        }
        (self.start, self.came_out) = (self.tape.offset(), 0);
        if self.tape.is_over()? {
            return Ok(false);
        }
        let opened = match self.packing {
            Packing::Plain => Ok(()),
            Packing::Gzip => self.open_gzip(),
            Packing::Zstd => self.zstd.reset(&mut self.tape).map_err(|error| malformed(&error)),
        };
        self.is_open = opened.is_ok();
        opened.map(|()| true)
    }

    /// After an error: goes to where the next member may start, or to the end. The answer is how many packed bytes were passed over.
    pub(crate) fn resync(&mut self) -> io::Result<u64> {
        let broken_at = self.tape.offset();
        self.is_open = false;
        if !self.kept.is_empty() && self.kept.len() as u64 == broken_at - self.start {
            // A broken member may have run on into the next ones.
            self.tape.put_back(std::mem::take(&mut self.kept));
            self.tape.consume(1);
        } else if broken_at == self.start {
            self.tape.consume(1);
        }
        match self.packing {
            Packing::Plain => self.tape.skip(u64::MAX)?,
            Packing::Gzip => self.tape.seek(1024, |bytes| find(bytes, &GZIP, starts_a_record))?,
            Packing::Zstd => self.tape.seek(64, |bytes| find(bytes, &ZSTD, |_| true))?,
        };
        Ok(self.tape.offset() - self.start)
    }

    fn open_gzip(&mut self) -> io::Result<()> {
        let mut head = self.tape.peek(512)?;
        if head.starts_with(&GZIP) && gzip_header(head).is_none() && head.len() >= 512 {
            head = self.tape.peek(AHEAD)?;
        }
        let Some(length) = gzip_header(head) else {
            return Err(fault(Reason::Malformed, "no gzip member starts here"));
        };
        self.keep(length);
        self.tape.consume(length);
        self.inflate.reset(false);
        self.crc.reset();
        Ok(())
    }

    fn inflate(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let input = self.tape.peek(1)?;
            if input.is_empty() {
                return Err(fault(Reason::Truncated, "the file ends inside a gzip member"));
            }
            let (taken, made) = (self.inflate.total_in(), self.inflate.total_out());
            let status =
                self.inflate.decompress(input, out, FlushDecompress::None).map_err(|error| malformed(&error))?;
            let taken = (self.inflate.total_in() - taken) as usize;
            let made = (self.inflate.total_out() - made) as usize;
            self.keep(taken);
            self.tape.consume(taken);
            self.crc.update(out.get(..made).unwrap_or_default());
            if status == Status::StreamEnd {
                self.is_open = false;
                self.fault = self.close_gzip().err();
                if made == 0 {
                    return self.fault.take().map_or(Ok(0), Err);
                }
            }
            if made > 0 {
                return Ok(made);
            }
            if taken == 0 {
                return Err(fault(Reason::Malformed, "the gzip member goes on with nothing that can be unpacked"));
            }
        }
    }

    /// The eight bytes behind a member: checksum and length.
    fn close_gzip(&mut self) -> io::Result<()> {
        let Some(&[a, b, c, d, e, f, g, h]) = self.tape.peek(8)?.first_chunk() else {
            return Err(fault(Reason::Truncated, "the file ends inside a gzip member"));
        };
        let (sum, length) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        self.keep(8);
        self.tape.consume(8);
        if sum != self.crc.sum() || length != self.crc.amount() {
            return Err(fault(Reason::Malformed, "the checksum of the gzip member is wrong"));
        }
        Ok(())
    }

    fn unzstd(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let made = self.zstd.read(out)?;
            if made > 0 {
                return Ok(made);
            }
            if self.zstd.is_finished() {
                self.is_open = false;
                let told = self.zstd.get_checksum_from_data();
                let is_wrong = told.is_some() && told != self.zstd.get_calculated_checksum();
                return if is_wrong {
                    Err(fault(Reason::Malformed, "the checksum of the zstd frame is wrong"))
                } else {
                    Ok(0)
                };
            }
            let strategy = BlockDecodingStrategy::UptoBytes(AHEAD);
            self.zstd.decode_blocks(&mut self.tape, strategy).map_err(|error| malformed(&error))?;
        }
    }

    /// Passes over zstd frames that hold no data; takes the dictionary from the one that has it.
    fn skip_frames(&mut self) -> io::Result<()> {
        while let Some(&[a, b, c, d, e, f, g, h]) = self.tape.peek(8)?.first_chunk()
            && is_skippable(&[a, b, c, d])
        {
            let length = u64::from(u32::from_le_bytes([e, f, g, h]));
            self.tape.consume(8);
            if u32::from_le_bytes([a, b, c, d]) != DICTIONARY || length > WINDOW {
                self.tape.skip(length)?;
                continue;
            }
            let mut held = Vec::new();
            (&mut self.tape).take(length).read_to_end(&mut held)?;
            let held = if held.starts_with(&ZSTD) { unpack_dictionary(&held)? } else { held };
            let dictionary = Dictionary::decode_dict(&held).map_err(|error| malformed(&error))?;
            self.zstd.add_dict(dictionary).map_err(|error| malformed(&error))?;
        }
        Ok(())
    }

    /// Keeps what is about to be consumed, as long as it is little.
    fn keep(&mut self, count: usize) {
        if self.kept.len() as u64 != self.tape.offset() - self.start || self.kept.len() + count > KEPT {
            return;
        }
        self.kept.extend_from_slice(self.tape.ahead().get(..count).unwrap_or_default());
    }

    fn check_ratio(&self) -> io::Result<()> {
        let went_in = self.tape.offset() - self.start;
        if self.is_packed() && self.came_out > self.ratio_free_bytes + self.ratio * went_in {
            let message = format!("{went_in} packed bytes hold more than {} times as many", self.ratio);
            return Err(fault(Reason::TooDense, message));
        }
        Ok(())
    }
}

impl Read for Members {
    /// Gives 0 at the end of each member.
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        if !self.is_open || out.is_empty() {
            return Ok(0);
        }
        let made = match self.packing {
            Packing::Plain => self.tape.read(out)?,
            Packing::Gzip => self.inflate(out)?,
            Packing::Zstd => self.unzstd(out)?,
        };
        self.came_out += made as u64;
        self.check_ratio()?;
        Ok(made)
    }
}

/// All members as one stream; what is behind the last and no member of its own ends it.
pub(crate) struct Unpacked(Tape<Members>);

impl Unpacked {
    /// `tape` has a member open.
    pub(crate) fn new(tape: Tape<Members>) -> Unpacked {
        Unpacked(tape)
    }
}

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let made = self.0.read(out)?;
            if made > 0 || out.is_empty() {
                return Ok(made);
            }
            let members = self.0.source();
            match members.next_member() {
                Ok(true) => self.0.go_on(),
                Ok(false) => return Ok(0),
                // Padding and other litter behind a whole member: gzip itself passes over it.
                Err(_) if members.tape.offset() == members.start => return Ok(0),
                Err(error) => return Err(error),
            }
        }
    }
}

fn malformed(error: &dyn std::fmt::Display) -> io::Error {
    fault(Reason::Malformed, format!("cannot be unpacked: {error}"))
}

fn is_skippable(head: &[u8]) -> bool {
    head.get(1..4) == Some(&[0x2a, 0x4d, 0x18]) && head.first().is_some_and(|byte| byte & 0xf0 == 0x50)
}

fn unpack_dictionary(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(WINDOW);
    let mut left = packed;
    decoder.reset(&mut left).map_err(|error| malformed(&error))?;
    let mut held = Vec::new();
    while !decoder.is_finished() && held.len() as u64 <= WINDOW {
        decoder.decode_blocks(&mut left, BlockDecodingStrategy::UptoBytes(AHEAD)).map_err(|error| malformed(&error))?;
        decoder.collect_to_writer(&mut held)?;
    }
    Ok(held)
}

/// The length of a gzip member's header, if a whole and valid one starts here.
pub(crate) fn gzip_header(head: &[u8]) -> Option<usize> {
    let flags = *head.get(3)?;
    if !head.starts_with(&GZIP) || flags & 0xe0 != 0 {
        return None;
    }
    let mut at = 10;
    if flags & 4 != 0 {
        let length = head.get(at..)?.first_chunk::<2>()?;
        at += 2 + usize::from(u16::from_le_bytes(*length));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += memchr::memchr(0, head.get(at..)?)? + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    (at <= head.len()).then_some(at)
}

fn find(bytes: &[u8], mark: &[u8], is_start: impl Fn(&[u8]) -> bool) -> Option<usize> {
    memchr::memmem::find_iter(bytes, mark).find(|&at| is_start(bytes.get(at..).unwrap_or_default()))
}

/// Whether the member here unpacks to the first bytes of a record: three bytes alone are found by chance once in 16 MiB. True if too few bytes are
/// held to tell.
fn starts_a_record(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let Some(length) = gzip_header(head) else { return false };
    let mut out = [0; 5];
    let mut inflate = Decompress::new(false);
    let body = head.get(length..).unwrap_or_default();
    let is_sound = inflate.decompress(body, &mut out, FlushDecompress::None).is_ok();
    let made = inflate.total_out() as usize;
    is_sound && b"WARC/".starts_with(out.get(..made).unwrap_or_default()) && (made == 5 || head.len() < 1024)
}
