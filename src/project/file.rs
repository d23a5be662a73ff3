//! The format of a project file: versioned JSON. `docs/project.md` describes it.
//!
//! The structures here belong to the file and are separate from those of the program, so that the program can change
//! while old files stay readable. An unknown field is rejected rather than lost at the next save, so a new field
//! requires a new version. A project is written as the first version that has all its fields.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use super::media::{Fingerprint, MediaReference};
use super::{NotProject, Project, ProjectDamage, ProjectSettings};
use crate::document::style::{self, Place, Styled};
use crate::document::{self, CueId, Document, Origin};
use crate::remembered::{NUMBERS, RememberedVoices};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{
    self, Doubt, Language, LanguageScore, OtherReading, SecondOpinion, TermPart, Voices,
};

const NAME: &str = "lectern-project";
/// The last version that can be read.
pub(super) const VERSION: u64 = 5;
/// The first version for projects with incomplete captions.
const INCOMPLETE: u64 = 2;
/// The first version with second opinions on words, and with styles and positions of cues.
const RICH: u64 = 3;
/// The first version of projects that store the voices of their recordings.
const VOICES: u64 = 4;
/// The first version of projects that pass on remembered voices.
const REMEMBERED: u64 = 5;
/// Voices of a hundred hours are smaller than this; larger ones are not stored. Unit: bytes.
const MOST_VOICES: usize = 128 << 20;
/// Ids from here on are rejected: other programs read JSON's numbers as floats, exact up to 2^53.
const TOO_GREAT: u64 = 1 << 53;

/// Why bytes are not a project.
#[derive(Debug)]
pub(super) enum ParseError {
    NotAProject(NotProject),
    TooNew(u64),
    Damaged(ProjectDamage),
}

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    version: u64,
    title: String,
    language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    language_scores: Vec<LanguageScore>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media: Option<Media>,
    #[serde(default)]
    settings: ProjectSettings,
    #[serde(default)]
    vocabulary: Vec<String>,
    #[serde(default)]
    speakers: Vec<String>,
    cues: Vec<Cue>,
    #[serde(default)]
    segments: Vec<Segment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tagged: Vec<Tagged>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recognized_until_ms: Option<MediaTime>,
    /// Encoded in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voices: Option<String>,
    #[serde(default, skip_serializing_if = "RememberedVoices::is_empty")]
    remembered: RememberedVoices,
}

/// A span of words that a filter tags.
#[derive(Serialize, Deserialize)]
struct Tagged {
    start_ms: MediaTime,
    end_ms: MediaTime,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Media {
    file_name: String,
    duration_ms: MediaTime,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    found: Option<Found>,
}

/// Where the recording was when the project was saved.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    /// With `/` between folders; relative to the project's folder if the recording is in or below it.
    path: String,
    bytes: u64,
    sha256: Fingerprint,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    id: CueId,
    start_ms: MediaTime,
    end_ms: MediaTime,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    origin: Origin,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<Word>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    styles: Vec<Styled>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Segment {
    words: Vec<Word>,
    average_log_probability: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubt: Option<Doubt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    channel: Option<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternatives>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut>,
}

/// Readings of some words of a segment.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Alternatives {
    first_word: usize,
    words: usize,
    readings: Vec<OtherReading>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeftOut {
    start_ms: MediaTime,
    end_ms: MediaTime,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    text: String,
    start_ms: MediaTime,
    end_ms: MediaTime,
    probability: f32,
    #[serde(default = "spaced", skip_serializing_if = "is_spaced")]
    space_before: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second: Option<SecondOpinion>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed: Option<TermPart>,
}

fn spaced() -> bool {
    true
}

fn is_spaced(space: &bool) -> bool {
    *space
}

/// Returns the bytes of a project that will be in `folder`. Numbers that are not finite become 0.
pub(super) fn to_bytes(project: &Project, folder: &Path) -> serde_json::Result<Vec<u8>> {
    let document = &project.document;
    let file = File {
        format: NAME.to_owned(),
        version: version(project),
        title: document.title.clone(),
        language: document.language.clone(),
        language_scores: document.language_scores.clone(),
        media: media(project, folder),
        settings: project.settings.clone(),
        vocabulary: project.vocabulary.clone(),
        speakers: project.speakers.clone(),
        cues: document.cues.iter().map(Cue::from).collect(),
        segments: document.segments.iter().map(Segment::from).collect(),
        tagged: document.tagged.iter().map(|t| Tagged { start_ms: t.start, end_ms: t.end }).collect(),
        recognized_until_ms: project.recognized_until,
        voices: kept_voices(document).map(|voices| BASE64.encode(voices.bytes())),
        remembered: project.remembered.clone(),
    };
    let mut bytes = serde_json::to_vec(&file)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Returns the voices of the recording, unless they are too large.
fn kept_voices(document: &Document) -> Option<&Voices> {
    document.voices.as_ref().filter(|voices| voices.bytes().len() <= MOST_VOICES)
}

/// Returns the first version with everything that the project holds.
fn version(project: &Project) -> u64 {
    let Document { cues, segments, .. } = &project.document;
    let is_styled = |cue: &document::Cue| !cue.styles.is_empty() || cue.place.is_some();
    let words = cues.iter().flat_map(|cue| &cue.words);
    let mut words = words.chain(segments.iter().flat_map(|segment| &segment.words));
    let has_opinions = words.any(|word| word.second.is_some() || word.listed.is_some())
        || segments.iter().any(|segment| !segment.left_out.is_empty() || segment.channel.is_some());
    let has_languages = !project.document.language_scores.is_empty()
        || segments.iter().any(|segment| segment.language.is_some() || !segment.alternatives.is_empty());
    match project.recognized_until {
        _ if !project.remembered.is_empty() => REMEMBERED,
        _ if kept_voices(&project.document).is_some() => VOICES,
        _ if has_opinions || has_languages || cues.iter().any(is_styled) => RICH,
        Some(_) => INCOMPLETE,
        None => 1,
    }
}

fn media(project: &Project, folder: &Path) -> Option<Media> {
    let found = project.media.as_ref().map(|media| Found {
        path: portable(&media.path, folder),
        bytes: media.bytes,
        sha256: media.fingerprint,
    });
    let document::Media { file_name, duration } = match (&project.document.media, &project.media) {
        (Some(media), _) => media.clone(),
        (None, Some(media)) => document::Media { file_name: media.file_name(), ..document::Media::default() },
        (None, None) => return None,
    };
    Some(Media { file_name, duration_ms: duration, found })
}

/// Returns a path for the file. Parts that are not Unicode are lost; the fingerprint then finds the recording.
fn portable(path: &Path, folder: &Path) -> String {
    match path.strip_prefix(folder) {
        Ok(inside) => {
            let names: Vec<_> = inside.components().map(|name| name.as_os_str().to_string_lossy()).collect();
            names.join("/")
        }
        Err(_) => path.to_string_lossy().into_owned(),
    }
}

/// Reads the bytes of a project that is in `folder`.
pub(super) fn from_bytes(bytes: &[u8], folder: &Path) -> Result<Project, ParseError> {
    let header: Header = serde_json::from_slice(bytes).map_err(|error| match says_that_it_is_one(bytes) {
        true => ParseError::Damaged(error.into()),
        false => ParseError::NotAProject(NotProject::OtherForm),
    })?;
    if header.format != NAME {
        return Err(ParseError::NotAProject(NotProject::OtherFormat(header.format)));
    }
    if header.version > VERSION {
        return Err(ParseError::TooNew(header.version));
    }
    let file: File = serde_json::from_slice(bytes).map_err(|error| ParseError::Damaged(error.into()))?;
    let project = file.into_project(folder);
    check(&project.document).map_err(ParseError::Damaged)?;
    Ok(project)
}

/// Returns whether an unreadable file was a project, or is empty where a project should be.
fn says_that_it_is_one(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    head.contains(NAME)
        || bytes.iter().all(|&byte| byte == 0)
        || "{\"format\":\"lectern-project\"".starts_with(&*head)
}

fn check(document: &Document) -> Result<(), ProjectDamage> {
    let mut seen = HashSet::with_capacity(document.cues.len());
    match document.cues.iter().find(|cue| cue.id.0 >= TOO_GREAT || !seen.insert(cue.id)) {
        Some(cue) => Err(ProjectDamage::CueNumber { at: cue.span.start }),
        None => Ok(()),
    }
}

impl File {
    fn into_project(self, folder: &Path) -> Project {
        let mut media = None;
        let document_media = self.media.map(|Media { file_name, duration_ms, found }| {
            media = found.map(|found| MediaReference {
                path: folder.join(PathBuf::from(found.path)),
                bytes: found.bytes,
                fingerprint: found.sha256,
            });
            document::Media { file_name, duration: duration_ms }
        });
        let mut cues: Vec<document::Cue> = self.cues.into_iter().map(Cue::into_cue).collect();
        cues.sort_by_key(|cue| (cue.span.start, cue.id));
        let document = Document {
            title: self.title,
            language: Language::new(self.language.tag()),
            language_scores: self.language_scores,
            media: document_media,
            cues,
            segments: self.segments.into_iter().map(Segment::into_segment).collect(),
            tagged: self
                .tagged
                .into_iter()
                .map(|tagged| TimeSpan::new(tagged.start_ms, tagged.end_ms))
                .collect(),
            // Without them, speakers can still be found again from the sound.
            voices: self.voices.and_then(|voices| BASE64.decode(voices).ok()).map(Voices::new),
        };
        let Self {
            settings, vocabulary, speakers, recognized_until_ms: recognized_until, remembered, ..
        } = self;
        let remembered = remembered.iter().filter(|voice| voice.numbers.len() == NUMBERS).cloned().collect();
        Project { document, media, settings, vocabulary, speakers, recognized_until, remembered }
    }
}

impl From<&document::Cue> for Cue {
    fn from(cue: &document::Cue) -> Self {
        Self {
            id: cue.id,
            start_ms: cue.span.start,
            end_ms: cue.span.end,
            text: cue.text.clone(),
            speaker: cue.speaker.clone(),
            origin: cue.origin,
            words: cue.words.iter().map(Word::from).collect(),
            styles: cue.styles.clone(),
            place: cue.place.clone(),
        }
    }
}

impl Cue {
    fn into_cue(self) -> document::Cue {
        document::Cue {
            id: self.id,
            span: TimeSpan::new(self.start_ms, self.end_ms),
            speaker: self.speaker,
            words: self.words.into_iter().map(Word::into_word).collect(),
            origin: self.origin,
            styles: style::within(self.styles, &self.text),
            place: self.place,
            text: self.text,
        }
    }
}

impl From<&transcript::Segment> for Segment {
    fn from(segment: &transcript::Segment) -> Self {
        Self {
            words: segment.words.iter().map(Word::from).collect(),
            average_log_probability: finite(segment.average_log_probability),
            doubt: segment.doubt,
            speaker: segment.speaker.clone(),
            language: segment.language.clone(),
            channel: segment.channel,
            alternatives: segment.alternatives.iter().map(Alternatives::from).collect(),
            left_out: segment.left_out.iter().map(LeftOut::from).collect(),
        }
    }
}

impl Segment {
    fn into_segment(self) -> transcript::Segment {
        transcript::Segment {
            words: self.words.into_iter().map(Word::into_word).collect(),
            average_log_probability: self.average_log_probability,
            doubt: self.doubt,
            speaker: self.speaker,
            language: self.language,
            channel: self.channel,
            alternatives: self.alternatives.into_iter().map(Alternatives::into_alternatives).collect(),
            left_out: self.left_out.into_iter().map(LeftOut::into_left_out).collect(),
        }
    }
}

impl From<&transcript::Alternatives> for Alternatives {
    fn from(own: &transcript::Alternatives) -> Self {
        let readings = own.readings.iter().map(|reading| OtherReading {
            text: reading.text.clone(),
            confidence: finite(reading.confidence),
        });
        Self { first_word: own.words.start, words: own.words.len(), readings: readings.collect() }
    }
}

impl Alternatives {
    fn into_alternatives(self) -> transcript::Alternatives {
        let words = self.first_word..self.first_word.saturating_add(self.words);
        transcript::Alternatives { words, readings: self.readings }
    }
}

impl From<&transcript::LeftOut> for LeftOut {
    fn from(passage: &transcript::LeftOut) -> Self {
        let transcript::LeftOut { span, text } = passage;
        Self { start_ms: span.start, end_ms: span.end, text: text.clone() }
    }
}

impl LeftOut {
    fn into_left_out(self) -> transcript::LeftOut {
        transcript::LeftOut { span: TimeSpan::new(self.start_ms, self.end_ms), text: self.text }
    }
}

impl From<&transcript::Word> for Word {
    fn from(word: &transcript::Word) -> Self {
        Self {
            text: word.text.clone(),
            start_ms: word.span.start,
            end_ms: word.span.end,
            probability: finite(word.probability),
            space_before: word.space_before,
            second: word.second.clone(),
            listed: word.listed.clone(),
        }
    }
}

impl Word {
    fn into_word(self) -> transcript::Word {
        transcript::Word {
            text: self.text,
            span: TimeSpan::new(self.start_ms, self.end_ms),
            probability: self.probability,
            space_before: self.space_before,
            second: self.second,
            listed: self.listed,
        }
    }
}

fn finite(number: f32) -> f32 {
    if number.is_finite() { number } else { 0.0 }
}
