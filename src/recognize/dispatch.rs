//! Hands windows to the recognizers. The one that decides the language comes first.

use crossbeam::channel::Sender;

use crate::audio::SAMPLE_RATE;
use crate::time::MediaTime;
use crate::vad::SpeechWindow;

/// Length of audio that is enough to detect the language: a lecture often begins with a single word, which may belong
/// to many languages, followed by silence. Unit: samples.
pub(crate) const LANGUAGE_SAMPLES: usize = 5 * SAMPLE_RATE as usize;
/// Maximum number of short windows that wait for a longer one.
const MOST_HELD: usize = 8;

/// A window for a recognizer.
pub(super) struct Work {
    /// Index of the window in the recording.
    pub number: usize,
    pub window: SpeechWindow,
    /// The channel that it comes from, counted from 0.
    pub channel: usize,
    /// The language of the recording is detected in this window, which comes before all others.
    pub settles_language: bool,
}

/// The sending end of the queue of windows, which are numbered in the order of the recording.
pub(super) struct Outlet {
    work: Sender<Work>,
    next: usize,
    /// Windows that wait for one that is long enough to detect the language; `None` once it is sent or known.
    held: Option<Vec<Work>>,
}

impl Outlet {
    pub fn new(work: Sender<Work>, seeks_language: bool) -> Self {
        Self { work, next: 0, held: seeks_language.then(Vec::new) }
    }

    /// Adds the next window. Returns false if the recognizers have ended.
    pub fn push(&mut self, window: SpeechWindow, channel: usize) -> bool {
        let is_long = window.samples.len() >= LANGUAGE_SAMPLES;
        let work = Work { number: self.next, window, channel, settles_language: false };
        self.next += 1;
        let Some(held) = &mut self.held else { return self.work.send(work).is_ok() };
        held.push(work);
        if is_long || held.len() == MOST_HELD { self.release() } else { true }
    }

    /// Sends the windows that are still waiting, at the end of the recording.
    pub fn finish(mut self) {
        self.release();
    }

    /// Sends the windows that were held back, the longest first.
    fn release(&mut self) -> bool {
        let mut held = self.held.take().unwrap_or_default();
        // The earliest of equally long ones.
        if let Some(longest) = (0..held.len()).rev().max_by_key(|&n| held[n].window.samples.len()) {
            held[longest].settles_language = true;
            held[..=longest].rotate_right(1);
        }
        held.into_iter().all(|work| self.work.send(work).is_ok())
    }
}

/// Returns the time in the recording at which the speech of a window ends.
pub(super) fn end_of(window: &SpeechWindow) -> MediaTime {
    MediaTime::from_samples(window.speech_end(), SAMPLE_RATE)
}

#[cfg(test)]
mod tests {
    use crossbeam::channel::bounded;

    use super::*;

    /// Returns the order in which windows of these lengths in seconds are sent, and which of them decides the language.
    fn order(seeks_language: bool, seconds: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let (work, out) = bounded(16);
        let mut outlet = Outlet::new(work, seeks_language);
        for seconds in seconds {
            let mut window = SpeechWindow::default();
            window.samples.resize(seconds * SAMPLE_RATE as usize, 0.0);
            assert!(outlet.push(window, 0));
        }
        outlet.finish();
        let work: Vec<_> = out.into_iter().collect();
        let settle = work.iter().filter(|work| work.settles_language).map(|work| work.number).collect();
        (work.iter().map(|work| work.number).collect(), settle)
    }

    #[test]
    fn the_first_long_window_decides_the_language() {
        assert_eq!(order(true, &[9, 1, 20]), (vec![0, 1, 2], vec![0]));
        assert_eq!(order(true, &[1, 2, 9, 20]), (vec![2, 0, 1, 3], vec![2]));
        assert_eq!(order(false, &[1, 9]), (vec![0, 1], vec![]));
    }

    #[test]
    fn without_a_long_window_the_longest_decides_it() {
        assert_eq!(order(true, &[1, 3, 3, 2]), (vec![1, 0, 2, 3], vec![1]));
        assert_eq!(order(true, &[]), (vec![], vec![]));
        let (numbers, settle) = order(true, &[1, 1, 1, 1, 1, 1, 1, 2, 4]);
        assert_eq!((numbers[0], settle), (7, vec![7]), "windows do not wait for long");
    }
}
