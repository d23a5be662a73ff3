//! Reads caption files of any format, and projects.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use anyhow::anyhow;
use serde_json::{Value, json};

use crate::document::Document;
use crate::exchange::{CaptionFile, CaptionFileError, name_language};
use crate::format::{Detail, Format, Repair, WriteOptions};
use crate::project;
use crate::transcript::Language;

/// Captions that were read, and their format.
pub struct InputCaptions {
    pub document: Document,
    /// What had to be fixed while reading.
    pub repairs: Vec<Repair>,
    pub source: CaptionSource,
    /// Name or file of the profile for the captions, if the file has one.
    pub profile: Option<String>,
    /// The contents of the file; empty for a project.
    pub bytes: Vec<u8>,
}

/// The kind of file that captions are read from.
#[derive(Clone, Copy)]
pub enum CaptionSource {
    Format(&'static Format),
    Project,
}

impl CaptionSource {
    /// Returns its name on the command line and in events.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format(format) => format.name,
            Self::Project => project::EXTENSION,
        }
    }

    /// Returns its name in messages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Format(format) => format.title,
            Self::Project => "Lectern project",
        }
    }

    /// Returns whether it has the times of the captions.
    pub fn has_times(self) -> bool {
        match self {
            Self::Format(format) => format.keeps(Detail::Cues, &WriteOptions::default()),
            Self::Project => true,
        }
    }
}

impl InputCaptions {
    /// Reads a project, or captions in the named format or the one detected. The language is `language` if given, then
    /// the one in the file, then the one in the file's name.
    pub fn read(
        path: &Path,
        named: Option<&'static Format>,
        language: Option<&Language>,
    ) -> anyhow::Result<Self> {
        let is_project = path.extension().is_some_and(|extension| extension == project::EXTENSION);
        let mut captions = match named {
            None if is_project => Self::read_project(path)?,
            _ => Self::read_format(path, named)?,
        };
        if let Some(language) = language {
            captions.document.language = language.clone();
        }
        Ok(captions)
    }

    fn read_project(path: &Path) -> anyhow::Result<Self> {
        let mut project = project::load(path)?.project;
        name_language(&mut project.document, path);
        Ok(Self {
            document: project.document,
            repairs: Vec::new(),
            source: CaptionSource::Project,
            profile: project.settings.profile,
            bytes: Vec::new(),
        })
    }

    fn read_format(path: &Path, named: Option<&'static Format>) -> anyhow::Result<Self> {
        let read = match is_standard(path) {
            true => CaptionFile::read_from(io::stdin().lock(), named),
            false => CaptionFile::read(path, named),
        };
        let CaptionFile { format, document, repairs, bytes } = read.map_err(|error| in_words(error, path))?;
        Ok(Self { document, repairs, source: CaptionSource::Format(format), profile: None, bytes })
    }
}

fn in_words(error: CaptionFileError, path: &Path) -> anyhow::Error {
    let shown = shown(path);
    match error {
        CaptionFileError::Io(error) => anyhow::Error::new(error).context(format!("{shown}: cannot be read")),
        CaptionFileError::Damaged(error) => anyhow::Error::new(error).context(shown),
        CaptionFileError::TooLarge => {
            anyhow!("{shown}: too large for captions; `lectern caption` makes captions of recordings")
        }
        CaptionFileError::UnknownFormat => {
            anyhow!("{shown}: not in a format that Lectern recognizes; name its format with --from")
        }
        CaptionFileError::OnlyWritten(format) => {
            anyhow!("{shown}: {} can be written but not read", format.title)
        }
    }
}

/// Returns whether a path stands for standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// Returns a path for messages.
pub fn shown(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Maximum number of line numbers that are printed; the rest are counted.
const MOST_LINES: usize = 5;

/// Returns the repairs as text, each kind once with its line numbers.
pub fn repair_lines<'a>(repairs: impl Iterator<Item = &'a Repair>) -> Vec<String> {
    let mut kinds: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for Repair { what, line, .. } in repairs {
        let kind = *known.entry(what).or_insert(kinds.len());
        if kind == kinds.len() {
            kinds.push((what, Vec::new()));
        }
        kinds[kind].1.extend(line);
    }
    kinds.into_iter().map(|(what, lines)| format!("{}{what}", places(&lines))).collect()
}

fn places(lines: &[usize]) -> String {
    let named: Vec<_> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
    match (lines.len(), lines.len() - named.len()) {
        (0, _) => String::new(),
        (1, _) => format!("line {}: ", named[0]),
        (_, 0) => format!("lines {}: ", named.join(", ")),
        (_, more) => format!("lines {} and {more} more: ", named.join(", ")),
    }
}

pub fn repair_object(repair: &Repair) -> Value {
    let Repair { line, what, breaks_format } = repair;
    json!({ "event": "repair", "line": line, "message": what, "breaks_format": breaks_format })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_of_one_kind_are_joined() {
        let repairs: Vec<_> = (1..=7)
            .map(|line| Repair::left_out(line, "markup was left out"))
            .chain([Repair::at(3, "the cue had no index"), Repair::of_file("the file is not UTF-8")])
            .collect();
        assert_eq!(
            repair_lines(repairs.iter()),
            [
                "lines 1, 2, 3, 4, 5 and 2 more: markup was left out",
                "line 3: the cue had no index",
                "the file is not UTF-8"
            ]
        );
    }
}
