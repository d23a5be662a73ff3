//! Windows being recognized: their words so far, and the parts that the recognizer left out and must decode again.

use std::collections::{HashMap, VecDeque};

use super::align::{Missed, align, missed, times_of};
use super::speech_filter::was_spoken;
use crate::transcript::{Segment, Word};
use crate::vad::SpeechWindow;

/// Audio that a recognizer decodes in one call.
struct Part {
    /// The number of the window that it belongs to.
    window: usize,
    /// For a part that was left out: its words belong before the word with this index. `None` for a whole window.
    before_word: Option<usize>,
    sound: SpeechWindow,
}

/// A window whose left-out parts are being recognized.
struct Open {
    segment: Segment,
    /// The number of parts still to be recognized.
    left: usize,
    /// Words that were found, and the index of the word that they belong before.
    found: Vec<(usize, Vec<Word>)>,
}

/// Any number of windows that pass through one recognizer, part by part.
#[derive(Default)]
pub(super) struct Assembly {
    waiting: VecDeque<Part>,
    /// Parts given to the recognizer, by the number that it counts them with.
    given: HashMap<usize, Part>,
    count: usize,
    open: HashMap<usize, Open>,
}

impl Assembly {
    /// Adds a window of speech, under a number that the caller chooses.
    pub fn push(&mut self, window: usize, sound: SpeechWindow) {
        self.waiting.push_back(Part { window, before_word: None, sound });
    }

    /// Returns the samples of the next part to recognize, mono at 16 kHz.
    pub fn next(&mut self) -> Option<Vec<f32>> {
        let part = self.waiting.pop_front()?;
        let samples = part.sound.samples.clone();
        self.given.insert(self.count, part);
        self.count += 1;
        Some(samples)
    }

    /// Adds the result for a part. Returns the window that this part completes, with times in the recording.
    pub fn take(&mut self, number: usize, segment: Segment) -> Option<(usize, Segment)> {
        let Part { window, before_word, sound } = self.given.remove(&number)?;
        let segment = placed(segment, &sound);
        match before_word {
            None => self.take_whole(window, &sound, segment),
            Some(before_word) => self.take_missed(window, before_word, &sound, segment.words),
        }
    }

    fn take_whole(
        &mut self,
        window: usize,
        sound: &SpeechWindow,
        mut segment: Segment,
    ) -> Option<(usize, Segment)> {
        let speech = times_of(&sound.speech);
        let left_out = missed(&segment.words, &speech);
        let is_spoken = |span: &usize| !left_out.iter().any(|missed| missed.spans.contains(span));
        let spoken: Vec<_> = (0..speech.len()).filter(is_spoken).map(|span| speech[span]).collect();
        align(&mut segment.words, &spoken);
        if left_out.is_empty() {
            return Some((window, segment));
        }
        self.open.insert(window, Open { segment, left: left_out.len(), found: Vec::new() });
        for Missed { before_word, spans } in left_out {
            let sound = sound.narrowed(&spans);
            // Before the windows that wait, so that this one is complete soon.
            self.waiting.push_front(Part { window, before_word: Some(before_word), sound });
        }
        None
    }

    fn take_missed(
        &mut self,
        window: usize,
        before_word: usize,
        sound: &SpeechWindow,
        mut words: Vec<Word>,
    ) -> Option<(usize, Segment)> {
        align(&mut words, &times_of(&sound.speech));
        let open = self.open.get_mut(&window)?;
        open.found.push((before_word, words));
        open.left -= 1;
        if open.left > 0 {
            return None;
        }
        let Open { mut segment, mut found, .. } = self.open.remove(&window)?;
        // From the back, so that the indices of earlier words stay valid.
        found.sort_by_key(|(before_word, _)| std::cmp::Reverse(*before_word));
        for (before_word, words) in found {
            segment.insert_words(before_word, words);
        }
        Some((window, segment))
    }
}

/// Returns the segment of a window with times in the recording; without words if it was not speech.
pub(super) fn placed(mut segment: Segment, window: &SpeechWindow) -> Segment {
    if !was_spoken(&segment, window) {
        segment.words.clear();
        segment.alternatives.clear();
    }
    for word in &mut segment.words {
        word.span.start = window.recording_time(word.span.start);
        word.span.end = window.recording_time(word.span.end);
    }
    segment
}
