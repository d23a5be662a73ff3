//! The cues that were copied last, and their text in the clipboard.

use crate::document::{Cue, Document};
use crate::format::{self, WriteOptions};

/// The cues copied last. The text in the clipboard does not hold their words with times and their speakers.
#[derive(Debug, Default)]
pub struct Clip {
    text: String,
    cues: Vec<Cue>,
}

impl Clip {
    /// Returns the clip of some cues, if they can be written.
    pub fn of(cues: Vec<Cue>) -> Option<Self> {
        let document = Document { cues, ..Document::default() };
        let bytes = format::srt::write(&document, &WriteOptions::default()).ok()?;
        Some(Self { text: String::from_utf8(bytes).ok()?, cues: document.cues })
    }

    /// Returns the cues of a text from the clipboard; none if the text is not captions.
    pub fn cues(&self, text: &str) -> Vec<Cue> {
        if !self.cues.is_empty() && text.trim() == self.text.trim() {
            return self.cues.clone();
        }
        let read = format::detect(None, text.as_bytes()).and_then(|format| format.read);
        read.and_then(|read| read(text.as_bytes()).ok()).map(|read| read.document.cues).unwrap_or_default()
    }

    /// Returns the text for the clipboard.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the number of cues.
    pub fn len(&self) -> usize {
        self.cues.len()
    }

    /// Returns whether there are no cues.
    pub fn is_empty(&self) -> bool {
        self.cues.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    #[test]
    fn own_cues_come_back_whole_and_those_of_others_as_they_are_read() {
        let span = TimeSpan::from_millis(1000, 2000);
        let speaker = Some("Ada".to_owned());
        let cue = Cue { span, text: "Good morning.".to_owned(), speaker, ..Cue::default() };
        let clip = Clip::of(vec![cue.clone()]).unwrap();
        assert_eq!(clip.text, "1\n00:00:01,000 --> 00:00:02,000\nAda: Good morning.\n\n");
        assert_eq!(clip.cues(clip.text.trim_end()), [cue]);
        let other = "WEBVTT\n\n00:03.000 --> 00:04.000\n<i>Hello</i>\n";
        let read = clip.cues(other);
        assert_eq!((read.len(), &*read[0].text, read[0].styles.len()), (1, "Hello", 1));
        assert!(clip.cues("Only words.").is_empty());
        assert!(Clip::default().cues("").is_empty());
    }
}
