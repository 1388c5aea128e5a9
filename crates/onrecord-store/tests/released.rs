//! Stores of every released format are opened by this program and give back what they hold.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;

use std::path::{Path, PathBuf};

use articles::invented;
use onrecord_store::search::{self, Query};
use onrecord_store::{NewDocument, Store};

const NOW: &str = "2026-03-12T09:00:00Z";

fn golden(version: usize) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/released/v{version}.deflate"))
}

/// Packed, since most of a small store is empty pages.
#[test]
fn every_released_store_is_read() {
    for version in 1..=onrecord_store::VERSION {
        if std::env::var_os("UPDATE").is_some() && version == onrecord_store::VERSION {
            make(&golden(version));
            panic!("{} was written anew: a released one never changes", golden(version).display());
        }
        let packed = std::fs::read(golden(version)).unwrap();
        let bytes = miniz_oxide::inflate::decompress_to_vec(&packed).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.onrecord");
        std::fs::write(&path, bytes).unwrap();
        let store = Store::open(&path).unwrap();
        let reading = store.readers().get(None).unwrap();
        let hit = search::statements(&reading, &Query::text("quay")).unwrap().items.remove(0);
        assert_eq!((hit.content.as_str(), hit.speakers[0].name.as_str()), ("“The quay is closed”", "Ada Holm"));
        assert_eq!(store.record(&hit.id).unwrap(), Some(invented("Ada Holm", "The quay is closed")));
        let mut writer = store.writer().unwrap();
        assert!(writer.add(&NewDocument::new(invented("Jon Reed", "It floats"), NOW)).unwrap().was_new());
        writer.commit().unwrap();
    }
}

fn make(path: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    writer.tidy().unwrap();
    drop(writer);
    let bytes = std::fs::read(store.path()).unwrap();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, miniz_oxide::deflate::compress_to_vec(&bytes, 9)).unwrap();
}
