//! The captions of one recording as a person sees and edits them.
//!
//! A [`Document`] changes by [`Transaction`]s alone, whose [`Edit`]s name cues by their [`CueId`], never by row.
//! Applying one gives its inverse, so [`Editor`] can undo everything. [`ops`] makes the transactions of an
//! editor: split, merge, shift and so on. All of it computes only: no files, no threads.

mod edit;
mod editor;
mod history;
pub mod ops;
pub mod search;
pub mod style;
pub mod words;

pub use edit::{Changes, Edit, EditError, Run, Transaction};
pub use editor::{Done, Editor};

use serde::{Deserialize, Serialize};

use style::{Place, Style, Styled};

use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Segment, Word};

/// Names a cue for as long as its document lives; never used again after the cue is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CueId(pub u64);

/// One caption: text that is on the screen during a span of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// Its own, for as long as the document lives.
    pub id: CueId,
    /// In-time and out-time.
    pub span: TimeSpan,
    /// One to a few lines, divided by `\n`; plain text, never markup.
    pub text: String,
    /// Who speaks, where that is known. Not repeated in `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The timed words behind the text; empty where they are not known, as after reading an SRT file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
    /// Where the text comes from.
    #[serde(default)]
    pub origin: Origin,
    /// The parts of the text that look otherwise than the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<Styled>,
    /// Where the cue stands on the picture; the middle of the bottom where nothing is said.
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
    /// The lines of the text.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n')
    }

    /// Gives the cue another text; its styles stay with their words.
    pub fn respell(&mut self, text: String) {
        self.styles = style::follow(&self.styles, &self.text, &text);
        self.text = text;
    }

    /// Whether all of the text has a style.
    pub fn is_all(&self, style: &Style) -> bool {
        style::has(&self.styles, &(0..self.text.len()), style)
    }
}

/// Cues in order of their in-times, with what is known of the whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Title of the lecture; empty where it is not known.
    pub title: String,
    /// The language of the captions.
    pub language: Language,
    /// The recording that the captions belong to, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// In the order of their start times.
    pub cues: Vec<Cue>,
    /// What the recognizer said, untouched by corrections; empty for captions that came from elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Segment>,
    /// When words are spoken that a filter tags: they stand as they were heard, and some formats tell that they are
    /// listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tagged: Vec<TimeSpan>,
}

impl Document {
    /// Whether a filter tags what is spoken during `span`.
    pub fn is_tagged(&self, span: TimeSpan) -> bool {
        self.tagged.iter().any(|tagged| tagged.start <= span.start && span.end <= tagged.end)
    }

    /// The place of a cue in the order of time, from 0. Takes time in proportion to the number of cues.
    pub fn position(&self, id: CueId) -> Option<usize> {
        self.cues.iter().position(|cue| cue.id == id)
    }

    /// The cue with this id.
    pub fn cue(&self, id: CueId) -> Option<&Cue> {
        self.position(id).map(|position| &self.cues[position])
    }
}

/// A recording beside its captions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Media {
    /// File name without its folder.
    pub file_name: String,
    /// Length of the recording.
    pub duration: MediaTime,
}
