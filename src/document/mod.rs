//! The captions of one recording, as the user sees and edits them.
//!
//! A [`Document`] changes only by [`Transaction`]s, whose [`Edit`]s name cues by [`CueId`], never by row. Applying one
//! returns its inverse, so [`Editor`] can undo everything. [`ops`] makes the transactions of an editor: split, merge,
//! shift and so on. Everything here is pure computation: no files, no threads.

mod edit;
mod editor;
mod heard;
mod history;
mod labels;
pub mod ops;
pub mod search;
pub mod style;
pub mod words;

pub use edit::{Changes, Edit, EditError, Run, Transaction};
pub use editor::{Done, Editor};
pub use heard::{HeardTerm, TermPlace, heard_terms};
pub use labels::{SpeakerLabels, label};

use serde::{Deserialize, Serialize};

use style::{Place, Style, Styled};

use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, LanguageScore, Segment, Voices, Word};

/// Identifies a cue while its document is open; never reused after the cue is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CueId(pub u64);

/// One caption: text that is on screen during a time span.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// Its unique id.
    pub id: CueId,
    /// Start and end.
    pub span: TimeSpan,
    /// One or a few lines, separated by `\n`; plain text, never markup.
    pub text: String,
    /// The speaker, if known. Not repeated in `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The timed words behind the text; empty if unknown, as after reading an SRT file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
    /// Where the text comes from.
    #[serde(default)]
    pub origin: Origin,
    /// The parts of the text that have a style.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<Styled>,
    /// The position on the picture; `None` is the bottom centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Where the text of a cue comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A caption file.
    #[default]
    Imported,
    /// The recognizer, unchanged since.
    Recognized,
    /// A person, who typed it or changed a word of it.
    Edited,
}

impl Cue {
    /// Returns the lines of the text.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n')
    }

    /// Replaces the text; styles stay with their words.
    pub fn respell(&mut self, text: String) {
        self.styles = style::follow(&self.styles, &self.text, &text);
        self.text = text;
    }

    /// Returns whether the whole text has a style.
    pub fn is_all(&self, style: &Style) -> bool {
        style::has(&self.styles, &(0..self.text.len()), style)
    }
}

/// Cues in order of their start times, with data about the whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Title of the lecture; empty if unknown.
    pub title: String,
    /// The language of the captions.
    pub language: Language,
    /// How probable it and others are, the most probable first, where it was detected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub language_scores: Vec<LanguageScore>,
    /// The recording that the captions belong to, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// In order of their start times.
    pub cues: Vec<Cue>,
    /// The recognizer's result, without the user's corrections; empty for captions from elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Segment>,
    /// Spans of words that a filter tags: the words stay as spoken, and some formats mark them as tagged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tagged: Vec<TimeSpan>,
    /// The voices of the recording, if speakers were looked for. Only projects store them: they are personal data.
    #[serde(skip)]
    pub voices: Option<Voices>,
}

impl Document {
    /// Returns whether a filter tags the speech during `span`.
    pub fn is_tagged(&self, span: TimeSpan) -> bool {
        self.tagged.iter().any(|tagged| tagged.start <= span.start && span.end <= tagged.end)
    }

    /// Returns the index of a cue. Takes time in proportion to the number of cues.
    pub fn position(&self, id: CueId) -> Option<usize> {
        self.cues.iter().position(|cue| cue.id == id)
    }

    /// Returns the cue with this id.
    pub fn cue(&self, id: CueId) -> Option<&Cue> {
        self.position(id).map(|position| &self.cues[position])
    }
}

/// The recording that captions belong to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Media {
    /// File name without its folder.
    pub file_name: String,
    /// Length of the recording.
    pub duration: MediaTime,
}
