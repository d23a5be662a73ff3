//! Finds recordings in folders.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use thiserror::Error;
use walkdir::{DirEntry, WalkDir};

/// Extensions of files that count as recordings unless a pattern says otherwise.
const EXTENSIONS: [&str; 43] = [
    "3gp", "aac", "ac3", "aif", "aifc", "aiff", "amr", "asf", "au", "avi", "caf", "dts", "flac", "flv",
    "m2ts", "m4a", "m4b", "m4v", "mka", "mkv", "mov", "mp2", "mp3", "mp4", "mpeg", "mpg", "mts", "mxf",
    "oga", "ogg", "ogv", "opus", "rf64", "spx", "ts", "tta", "voc", "w64", "wav", "weba", "webm", "wma",
    "wmv",
];

/// Decides which files of a folder are recordings.
#[derive(Clone, Debug)]
pub struct FileFilter {
    include: Option<GlobSet>,
    exclude: GlobSet,
    /// How many levels of folders to search; 1 is the folder itself.
    max_depth: usize,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, Error)]
pub enum PatternError {
    /// The text is not a valid pattern.
    #[error("\"{pattern}\" is not a valid pattern: {cause}; write one such as *.mp4 or week*/**")]
    Syntax {
        /// The text.
        pattern: String,
        /// What is wrong with it.
        cause: String,
    },
}

/// A folder or file that could not be searched.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}: {cause}; check that it exists, is mounted and can be read", .path.display())]
pub struct ScanError {
    /// The folder or file.
    pub path: PathBuf,
    /// The error of the system, or a link that leads nowhere or to itself.
    pub cause: String,
}

impl FileFilter {
    /// Creates a filter. Patterns are those of .gitignore files, ignoring case: one without a slash is matched with the
    /// names of files and folders, one with a slash with paths from the folder that is searched. If `include` is empty,
    /// files with the extensions of recordings are included. `max_depth` is the number of levels of folders to search,
    /// 1 for the folder itself.
    ///
    /// # Errors
    /// [`PatternError::Syntax`] if a pattern is invalid.
    pub fn new(
        include: &[String],
        exclude: &[String],
        max_depth: Option<usize>,
    ) -> Result<Self, PatternError> {
        let include = if include.is_empty() { None } else { Some(set(include)?) };
        Ok(Self { include, exclude: set(exclude)?, max_depth: max_depth.unwrap_or(usize::MAX) })
    }

    /// Returns the recordings in a folder, sorted by path, and what could not be searched. Hidden files and folders are
    /// left out; links are followed.
    pub fn find(&self, folder: &Path) -> (Vec<PathBuf>, Vec<ScanError>) {
        let (mut found, mut failed) = (Vec::new(), Vec::new());
        let walk = WalkDir::new(folder).max_depth(self.max_depth).follow_links(true).sort_by_file_name();
        let wanted = |entry: &DirEntry| entry.depth() == 0 || self.may_enter(folder, entry);
        for entry in walk.into_iter().filter_entry(wanted) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    if self.takes(folder, entry.path()) {
                        found.push(entry.into_path());
                    }
                }
                Ok(_) => {}
                Err(error) => failed.push(ScanError {
                    path: error.path().unwrap_or(folder).to_owned(),
                    cause: cause(&error),
                }),
            }
        }
        (found, failed)
    }

    fn may_enter(&self, folder: &Path, entry: &DirEntry) -> bool {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        !hidden && !matches(&self.exclude, folder, entry.path())
    }

    fn takes(&self, folder: &Path, path: &Path) -> bool {
        match &self.include {
            Some(include) => matches(include, folder, path),
            None => {
                let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
                EXTENSIONS.contains(&extension.as_str())
            }
        }
    }
}

fn cause(error: &walkdir::Error) -> String {
    match error.io_error() {
        None => "it links to itself".to_owned(),
        Some(error) if error.kind() == ErrorKind::NotFound => {
            "it does not exist, or is a link to nothing".to_owned()
        }
        Some(error) => error.to_string(),
    }
}

/// Compiles patterns. One without a slash matches in every folder.
fn set(patterns: &[String]) -> Result<GlobSet, PatternError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let syntax = |error: globset::Error| PatternError::Syntax {
            pattern: pattern.clone(),
            cause: error.kind().to_string(),
        };
        let path = pattern.trim_end_matches('/');
        let path = if path.contains('/') { path.to_owned() } else { format!("**/{path}") };
        let glob = GlobBuilder::new(path.trim_start_matches('/'))
            .case_insensitive(true)
            .literal_separator(true)
            .build()
            .map_err(syntax)?;
        set.add(glob);
    }
    let cause = |error: globset::Error| PatternError::Syntax {
        pattern: patterns.join(", "),
        cause: error.kind().to_string(),
    };
    set.build().map_err(cause)
}

fn matches(set: &GlobSet, folder: &Path, path: &Path) -> bool {
    set.is_match(path.strip_prefix(folder).unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    #[track_caller]
    fn check(include: &[&str], exclude: &[&str], max_depth: Option<usize>, expected: &[&str]) {
        let folder = tree(&[
            "a.mp4",
            "a.srt",
            "Week 1/b.MP3",
            "Week 1/b draft.mp3",
            "Week 1/deep/c.wav",
            "notes/readme.txt",
            ".lectern/d.wav",
        ]);
        let owned = |patterns: &[&str]| patterns.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let filter = FileFilter::new(&owned(include), &owned(exclude), max_depth).unwrap();
        let (found, failed) = filter.find(folder.path());
        let relative = |path: &PathBuf| path.strip_prefix(folder.path()).unwrap().display().to_string();
        assert_eq!(found.iter().map(relative).collect::<Vec<_>>(), expected);
        assert_eq!(failed, []);
    }

    #[test]
    fn recordings_are_found_by_the_ends_of_their_names() {
        check(&[], &[], None, &["Week 1/b draft.mp3", "Week 1/b.MP3", "Week 1/deep/c.wav", "a.mp4"]);
    }

    #[test]
    fn patterns_choose_files_and_folders() {
        check(&["*.mp3"], &["*draft*"], None, &["Week 1/b.MP3"]);
        check(&[], &["week*"], None, &["a.mp4"]);
        check(&["Week 1/*"], &[], None, &["Week 1/b draft.mp3", "Week 1/b.MP3"]);
        check(&["readme.*"], &[], None, &["notes/readme.txt"]);
        check(&[], &["deep/"], Some(1), &["a.mp4"]);
        check(&[], &[], Some(2), &["Week 1/b draft.mp3", "Week 1/b.MP3", "a.mp4"]);
    }

    #[test]
    fn what_cannot_be_searched_is_reported_and_the_rest_found() {
        let filter = FileFilter::new(&[], &[], None).unwrap();
        let (found, failed) = filter.find(Path::new("/nobody/has/this/folder"));
        assert!(found.is_empty());
        assert_eq!(failed[0].path, Path::new("/nobody/has/this/folder"));
        assert!(FileFilter::new(&["a{".to_owned()], &[], None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_links_to_itself_ends() {
        let folder = tree(&["a.mp4"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        let (found, failed) = FileFilter::new(&[], &[], None).unwrap().find(folder.path());
        assert_eq!((found.len(), failed.len()), (1, 1), "{failed:?}");
    }
}
