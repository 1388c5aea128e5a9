//! What a folder of tables holds → `_manifest.json`, written last.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::permalinks::hex;

/// What a folder holds.
#[derive(Debug, Serialize)]
pub struct Manifest {
    format: &'static str,
    onrecord: &'static str,
    record_format: u32,
    offset_unit: &'static str,
    files: Vec<Listed>,
}

/// One file.
#[derive(Debug, Serialize)]
pub struct Listed {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    pub fn new(format: &'static str, files: Vec<Listed>) -> Manifest {
        let record_format = onrecord::record::FORMAT;
        Manifest { format, onrecord: env!("CARGO_PKG_VERSION"), record_format, offset_unit: "codepoint", files }
    }

    /// Writes `_manifest.json`.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut file = File::create_new(folder.join("_manifest.json"))?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.sync_all()
    }
}

/// A writer that counts and hashes what goes through it.
#[derive(Debug)]
pub struct Hashed<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashed<W> {
    pub fn new(out: W) -> Hashed<W> {
        Hashed { out, hash: Sha256::new(), bytes: 0 }
    }

    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    pub fn sha256(&self) -> String {
        hex(&self.hash.clone().finalize())
    }
}

impl Hashed<BufWriter<File>> {
    /// Writes what is still held through to the disk.
    pub fn finish(self) -> io::Result<()> {
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
