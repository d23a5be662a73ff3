//! Lists of recordings: one path per line, or CSV with a title, a language and a vocabulary for each recording.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// A recording in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// The recording. Relative paths start at the folder of the list.
    pub path: PathBuf,
    /// Title of the lecture.
    #[serde(default)]
    pub title: Option<String>,
    /// A language code, or `auto`.
    #[serde(default)]
    pub language: Option<String>,
    /// A text file with one term per line.
    #[serde(default)]
    pub vocabulary: Option<PathBuf>,
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
        "{}, line {line}: {cause}; the columns are path, title, language and vocabulary, and only path is required",
        .path.display()
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
pub fn read(path: &Path) -> Result<Vec<Listed>, ListError> {
    let unreadable = |source| ListError::Unreadable { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut listed = match separator(text) {
        Some(separator) => rows(text, separator, path)?,
        None => lines(text),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    for row in &mut listed {
        row.path = folder.join(&row.path);
        row.vocabulary = row.vocabulary.take().map(|file| folder.join(file));
    }
    Ok(listed)
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
    lines.map(|line| Listed { path: line.into(), ..Listed::default() }).collect()
}

fn rows(text: &str, separator: u8, path: &Path) -> Result<Vec<Listed>, ListError> {
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
    let mut listed = Vec::new();
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
        listed.push(row);
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Vec<Listed>, ListError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        fs::write(&file, text).unwrap();
        let mut listed = read(&file)?;
        for row in &mut listed {
            row.path = row.path.strip_prefix(folder.path()).unwrap_or(&row.path).to_owned();
            row.vocabulary =
                row.vocabulary.as_ref().map(|file| file.strip_prefix(folder.path()).unwrap().into());
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
            }
        );
        assert_eq!(rows[1], Listed { path: "b.mp4".into(), ..Listed::default() });
        assert_eq!(paths("path;title\na.mp4;\"x;y\"\n"), ["a.mp4"]);
    }

    #[test]
    fn a_row_without_a_path_is_named() {
        let error = list("path,title\na.mp4,A\n,B\n").unwrap_err();
        assert!(matches!(error, ListError::Row { line: 3, .. }), "{error}");
        assert!(matches!(read(Path::new("/nobody/has/this")), Err(ListError::Unreadable { .. })));
    }
}
