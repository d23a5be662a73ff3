//! Finds existing captions of a recording: beside it, or in a recent project.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::open::{Opened, RECORDING_EXTENSIONS, open};
use crate::format::{self, Detail, WriteOptions};
use crate::project::{EXTENSION, load};

/// Maximum number of captions to offer.
const MOST: usize = 8;

/// Existing captions of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existing {
    /// The caption file or project.
    pub path: PathBuf,
    /// Whether it is a project, which holds everything about the captions.
    pub is_project: bool,
    /// The number of cues.
    pub cues: usize,
    /// When they were last written.
    pub modified: SystemTime,
}

/// Finds captions and projects in the recording's folder that have its name, such as `lecture.srt`, `lecture.en.vtt`
/// and `lecture.lectern` for `lecture.mp4`, and `known` projects that belong to it. Projects come first, then the
/// newest files. Files that cannot be read or have no cues are left out.
pub fn captions_of(recording: &Path, known: &[PathBuf]) -> Vec<Existing> {
    let beside = files_beside(recording);
    let elsewhere = known.iter().filter(|path| is_project(path) && !beside.contains(path));
    let elsewhere = elsewhere.filter(|path| names(path, recording)).cloned().collect::<Vec<_>>();
    let mut found: Vec<_> = beside.into_iter().chain(elsewhere).filter_map(look_at).collect();
    found.sort_by_key(|existing| (!existing.is_project, std::cmp::Reverse(existing.modified)));
    found.truncate(MOST);
    found
}

fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// Returns whether a project belongs to this recording.
fn names(project: &Path, recording: &Path) -> bool {
    load(project).ok().and_then(|loaded| loaded.project.media).is_some_and(|media| media.is_at(recording))
}

/// Returns files in the recording's folder that may hold its captions, judged by name.
fn files_beside(recording: &Path) -> Vec<PathBuf> {
    let Some(folder) = recording.parent() else { return Vec::new() };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| is_called_like(path, recording)).collect()
}

/// Returns whether a file has the recording's name and a caption extension, with at most a language, a version or the
/// recording's extension between them.
fn is_called_like(file: &Path, recording: &Path) -> bool {
    let (Some(stem), Some(name)) = (recording.file_stem(), file.file_stem()) else { return false };
    let (stem, name) = (stem.to_string_lossy(), name.to_string_lossy());
    let Some(between) = name.strip_prefix(&*stem) else { return false };
    let own = recording.extension().unwrap_or_default().to_string_lossy();
    let may_stand_between = match between.strip_prefix('.') {
        None => between.is_empty(),
        Some(word) => {
            let is_word = word.starts_with(char::is_alphabetic)
                && word.chars().all(|c| c.is_alphanumeric() || c == '-');
            word == own || is_word && !RECORDING_EXTENSIONS.contains(&&*word.to_lowercase())
        }
    };
    may_stand_between && (is_project(file) || is_caption_name(file))
}

fn is_caption_name(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let readable = format::all().iter().filter(|format| format.read.is_some());
    readable.flat_map(|format| format.extensions).any(|known| **known == *extension)
}

fn look_at(path: PathBuf) -> Option<Existing> {
    let modified = fs::metadata(&path).and_then(|meta| meta.modified()).ok()?;
    let is_project = is_project(&path);
    // Reading does not lock a project.
    let cues = match is_project {
        true => load(&path).ok()?.project.document.cues.len(),
        false => match open(&path).ok()? {
            // A transcript without times cannot be shown as captions.
            Opened::Captions(captions) if captions.format.keeps(Detail::Cues, &WriteOptions::default()) => {
                captions.document.cues.len()
            }
            _ => return None,
        },
    };
    Some(Existing { path, is_project, cues, modified })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cue, Document};
    use crate::project::{MediaReference, Project, save};

    const SRT: &str = "1\n00:00:01,000 --> 00:00:03,000\nGood morning.\n";

    fn names_of(found: &[Existing]) -> Vec<String> {
        found.iter().map(|existing| existing.path.file_name().unwrap().display().to_string()).collect()
    }

    #[test]
    fn captions_are_found_by_the_name_of_the_recording() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let recording = folder.path().join("week 1.mp4");
        write("week 1.mp4", "sound");
        assert_eq!(captions_of(&recording, &[]), []);
        let its = ["week 1.srt", "week 1.de.vtt", "week 1.mp4.srt"];
        let others =
            ["week 10.srt", "week 1.5.srt", "week 1.wav.srt", "week 2.srt", "week 1.json", "week 1.txt"];
        its.iter().chain(&others[..4]).for_each(|name| write(name, SRT));
        write("week 1.de.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nGuten Morgen.\n");
        write("week 1.json", "{\"something\": \"else\"}");
        write("week 1.txt", "notes");
        let mut found = names_of(&captions_of(&recording, &[]));
        found.sort();
        assert_eq!(found, ["week 1.de.vtt", "week 1.mp4.srt", "week 1.srt"]);
    }

    #[test]
    fn projects_come_first_and_may_be_in_other_folders() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("projects")).unwrap();
        for (name, sound) in [("a.wav", "one sound"), ("b.wav", "another sound")] {
            fs::write(path(name), sound).unwrap();
        }
        let keep = |recording: &str, project: &str| {
            let document = Document { cues: vec![Cue::default(); 2], ..Document::default() };
            let cues = (1..).zip(document.cues).map(|(n, cue)| Cue { id: crate::document::CueId(n), ..cue });
            let document = Document { cues: cues.collect(), ..Document::default() };
            let media = Some(MediaReference::to(&path(recording)).unwrap());
            save(&Project { document, media, ..Project::default() }, &path(project)).unwrap();
            path(project)
        };
        let known = [keep("a.wav", "projects/first.lectern"), keep("b.wav", "projects/other.lectern")];
        fs::write(path("a.srt"), SRT).unwrap();
        let found = captions_of(&path("a.wav"), &known);
        assert_eq!(names_of(&found), ["first.lectern", "a.srt"]);
        assert_eq!((found[0].is_project, found[0].cues, found[1].cues), (true, 2, 1));
        keep("a.wav", "a.lectern");
        assert_eq!(captions_of(&path("a.wav"), &[path("a.lectern")]).len(), 2, "none is listed twice");
    }
}
