//! Lists of recordings: one path per line, or CSV with a title and options for each recording.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// A recording in a list. Its options are texts, as they are written for a whole batch; those that are left out are the
/// batch's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default)]
pub struct Listed {
    /// The recording. Relative paths start at the folder of the list.
    pub path: PathBuf,
    /// Title of the lecture.
    pub title: Option<String>,
    /// A language, `auto`, or `mixed`.
    pub language: Option<String>,
    /// Languages among which it is detected.
    pub languages: Option<String>,
    /// Whether to transcribe or to translate.
    pub task: Option<String>,
    /// A text file with names and terms.
    pub vocabulary: Option<PathBuf>,
    /// The number of readings to keep.
    pub alternatives: Option<String>,
    /// The number of speakers, or `auto`.
    pub speakers: Option<String>,
    /// The names of the channels, or `apart`.
    pub channels: Option<String>,
    /// A text file with words to hide.
    pub filter: Option<PathBuf>,
    /// How to hide them.
    pub filter_method: Option<String>,
    /// Kinds of personal data to redact, or `all`.
    pub redact: Option<String>,
    /// The label for them.
    pub redact_as: Option<String>,
}

/// A list that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingList {
    /// Its recordings, in their order.
    pub recordings: Vec<Listed>,
    /// Columns of a table that Lectern does not know, in lower case. They are skipped.
    pub other_columns: Vec<String>,
}

impl Listed {
    /// The names of the columns.
    pub const COLUMNS: [&str; 13] = [
        "path",
        "title",
        "language",
        "languages",
        "task",
        "vocabulary",
        "alternatives",
        "speakers",
        "channels",
        "filter",
        "filter_method",
        "redact",
        "redact_as",
    ];

    /// A recording without options of its own.
    pub fn of(path: PathBuf) -> Self {
        Self { path, ..Self::default() }
    }

    /// The options alone; recordings with equal ones have the same.
    pub fn options(&self) -> Self {
        Self { path: PathBuf::new(), title: None, ..self.clone() }
    }

    /// Lets relative paths start at this folder.
    fn within(mut self, folder: &Path) -> Self {
        for path in std::iter::once(&mut self.path).chain(&mut self.vocabulary).chain(&mut self.filter) {
            *path = folder.join(&*path);
        }
        self
    }
}

/// Why a list cannot be used.
#[derive(Debug, Error)]
pub enum ListError {
    /// The file cannot be read, or is not UTF-8.
    #[error("{}: the list cannot be read ({source}); use a UTF-8 text or CSV file", .path.display())]
    Unreadable {
        /// The list.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A row of a CSV list is invalid.
    #[error(
        "{}, line {line}: {cause}; the columns are {}, and only path is required",
        .path.display(), Listed::COLUMNS.join(", ")
    )]
    Row {
        /// The list.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        cause: String,
    },
}

/// Reads a list. It is CSV if its first line names a column `path`; otherwise each line is a path, and empty lines
/// and lines that start with `#` are skipped.
///
/// # Errors
/// [`ListError`] if the list cannot be read, or a row of a CSV list is invalid or has no path.
pub fn read(path: &Path) -> Result<RecordingList, ListError> {
    let unreadable = |source| ListError::Unreadable { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut list = match separator(text) {
        Some(separator) => table(text, separator, path)?,
        None => RecordingList { recordings: lines(text), other_columns: Vec::new() },
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    list.recordings = list.recordings.into_iter().map(|row| row.within(folder)).collect();
    Ok(list)
}

/// Returns the separator of a CSV list: spreadsheets in some countries write semicolons.
fn separator(text: &str) -> Option<u8> {
    let head = text.lines().next()?.to_ascii_lowercase();
    let names_path = |separator: &u8| {
        head.split(char::from(*separator)).any(|column| column.trim().trim_matches('"') == "path")
    };
    [b',', b';', b'\t'].into_iter().find(names_path)
}

fn lines(text: &str) -> Vec<Listed> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| Listed::of(line.into())).collect()
}

fn table(text: &str, separator: u8, path: &Path) -> Result<RecordingList, ListError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let wrong = |error: csv::Error| ListError::Row {
        path: path.to_owned(),
        line: error.position().map_or(0, csv::Position::line),
        cause: error.to_string(),
    };
    let headers = reader.headers().map_err(wrong)?;
    let headers: csv::StringRecord = headers.iter().map(str::to_ascii_lowercase).collect();
    let other_columns = headers.iter().filter(|name| !name.is_empty() && !Listed::COLUMNS.contains(name));
    let other_columns = other_columns.map(str::to_owned).collect();
    let mut recordings = Vec::new();
    for record in reader.records() {
        let mut record = record.map_err(wrong)?;
        // Spreadsheets leave out empty cells at the end.
        (record.len()..headers.len()).for_each(|_| record.push_field(""));
        if record.iter().all(str::is_empty) {
            continue;
        }
        let row: Listed = record.deserialize(Some(&headers)).map_err(wrong)?;
        if row.path.as_os_str().is_empty() {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(ListError::Row { path: path.to_owned(), line, cause: "there is no path".to_owned() });
        }
        recordings.push(row);
    }
    Ok(RecordingList { recordings, other_columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Vec<Listed>, ListError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        fs::write(&file, text).unwrap();
        let mut listed = read(&file)?.recordings;
        for row in &mut listed {
            row.path = row.path.strip_prefix(folder.path()).unwrap_or(&row.path).to_owned();
            for file in row.vocabulary.iter_mut().chain(&mut row.filter) {
                *file = file.strip_prefix(folder.path()).unwrap().to_owned();
            }
        }
        Ok(listed)
    }

    fn paths(text: &str) -> Vec<String> {
        list(text).unwrap().iter().map(|row| row.path.display().to_string()).collect()
    }

    #[test]
    fn a_path_on_each_line() {
        assert_eq!(
            paths("a, b.mp4\n\n# old\n  Woche 1/ü.mp3  \r\n/x/c.wav"),
            ["a, b.mp4", "Woche 1/ü.mp3", "/x/c.wav"]
        );
        assert!(paths("").is_empty());
    }

    #[test]
    fn other_columns_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        fs::write(&file, "Room,path,,Redact\nA1,a.wav,,all\n").unwrap();
        let list = read(&file).unwrap();
        assert_eq!((list.recordings.len(), &list.other_columns[..]), (1, &["room".to_owned()][..]));
    }

    #[test]
    fn rows_say_more_than_a_path() {
        let rows = list(
            "\u{feff}Title,PATH,language,vocabulary,room\n\
             \"Sorting, part 1\",a.mp4,en,terms.txt,A1\n\n,b.mp4,,\n",
        )
        .unwrap();
        assert_eq!(
            rows[0],
            Listed {
                path: "a.mp4".into(),
                title: Some("Sorting, part 1".to_owned()),
                language: Some("en".to_owned()),
                vocabulary: Some("terms.txt".into()),
                ..Listed::default()
            }
        );
        assert_eq!(rows[1], Listed::of("b.mp4".into()));
        assert_eq!(paths("path;title\na.mp4;\"x;y\"\n"), ["a.mp4"]);
    }

    #[test]
    fn a_row_has_options_as_they_are_typed() {
        let rows = list(
            "path;languages;alternatives;channels;filter;redact;Redact_As\n\
             a.wav;en,de;3;Ada,Ben;words.txt;all;pii\nb.wav;;;;;;\n",
        )
        .unwrap();
        let Listed { languages, alternatives, channels, filter, redact, redact_as, .. } = rows[0].clone();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!((languages, alternatives, channels), (text("en,de"), text("3"), text("Ada,Ben")));
        assert_eq!((filter.unwrap(), redact, redact_as), ("words.txt".into(), text("all"), text("pii")));
        assert_eq!(rows[1].options(), Listed::default());
    }

    #[test]
    fn a_row_without_a_path_is_named() {
        let error = list("path,title\na.mp4,A\n,B\n").unwrap_err();
        assert!(matches!(error, ListError::Row { line: 3, .. }), "{error}");
        assert!(matches!(read(Path::new("/nobody/has/this")), Err(ListError::Unreadable { .. })));
    }
}
