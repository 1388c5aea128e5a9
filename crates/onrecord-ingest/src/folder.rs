//! A folder → its files, in a settled order: by name, folder by folder.
//!
//! Hidden files are passed over, and what a `.onrecordignore` names, in the syntax of git. Links are not followed, so nothing outside is read and nothing
//! twice.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::found::{Reason, Refusal};

/// The name of the file that says what to pass over.
pub const IGNORE_FILE: &str = ".onrecordignore";

/// The files in `folder`; where one cannot be looked into, its path and why.
pub fn files(folder: &Path) -> impl Iterator<Item = Result<PathBuf, (String, Refusal)>> + Send + use<> {
    let name = folder.display().to_string();
    let mut walk = WalkBuilder::new(folder);
    walk.standard_filters(false)
        .hidden(true)
        .parents(false)
        .follow_links(false)
        .add_custom_ignore_filename(IGNORE_FILE);
    walk.sort_by_file_name(std::ffi::OsStr::cmp);
    walk.build().filter_map(move |entry| match entry {
        Ok(entry) => entry.file_type().is_some_and(|kind| kind.is_file()).then(|| Ok(entry.into_path())),
        Err(error) => Some(Err((name.clone(), Refusal::new(Reason::Io, error.to_string())))),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::files;

    #[test]
    fn files_come_by_name_and_what_is_ignored_does_not() {
        let folder = std::env::temp_dir().join(format!("onrecord-folder-{}", std::process::id()));
        fs::create_dir_all(folder.join("b/drafts")).unwrap();
        for name in ["c.txt", "a.txt", ".hidden", "b/2.html", "b/10.html", "b/drafts/x.txt", "b/skip.tmp"] {
            fs::write(folder.join(name), name).unwrap();
        }
        fs::write(folder.join(".onrecordignore"), "*.tmp\ndrafts/\n").unwrap();
        fs::write(folder.join(".gitignore"), "a.txt\n").unwrap();
        let found: Vec<String> =
            files(&folder).map(|file| file.unwrap().strip_prefix(&folder).unwrap().display().to_string()).collect();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, ["a.txt", "b/10.html", "b/2.html", "c.txt"]);
    }
}
