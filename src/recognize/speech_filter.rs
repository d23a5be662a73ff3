//! Decides whether recognized words were spoken at all.
//!
//! In music or barking, the detector finds something like a voice, and the recognizer something like words. Mumbled
//! speech is hard to understand too, but clearly a voice; and faint speech leaves the detector unsure, because it does
//! not adapt to the level. So words are dropped as noise only if the audio is loud and both the detector and the
//! recognizer are unsure.
//!
//! The limits lie between measured values. For a hundred windows of speech in seven languages: probability at least
//! 0.85, even with noise and music twice as loud; for faint speech, at -64 to -71 dB, 0.67 with a log-probability of
//! -0.37. For words recognized in ten minutes of noise, animals and music: at most 0.71 and -0.50, at a level of at
//! least -22 dB.

use crate::audio::{Level, Meter};
use crate::transcript::Segment;
use crate::vad::SpeechWindow;

/// The detector is unsure if its mean probability over a window is below this.
const SURE_VOICE: f32 = 0.8;
/// The recognizer is unsure if the mean log-probability of its tokens is below this.
const UNDERSTOOD: f32 = -0.45;
/// Audio below this root mean square is faint. Unit: decibels of full scale.
const FAINT_DB: f32 = -50.0;

/// Returns whether the words of the segment, recognized in the window, are speech rather than noise.
pub(super) fn was_spoken(segment: &Segment, window: &SpeechWindow) -> bool {
    let has_letters = segment.words.iter().any(|word| word.text.contains(char::is_alphanumeric));
    let is_understood = || segment.average_log_probability >= UNDERSTOOD;
    let is_voice = || window.speech_probability() >= SURE_VOICE || level(window).rms_db() < FAINT_DB;
    has_letters && (is_understood() || is_voice())
}

fn level(window: &SpeechWindow) -> Level {
    let meter = Meter::default();
    meter.measure(window.samples.iter().copied());
    meter.take()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;
    use crate::transcript::Word;
    use crate::vad::{FRAME_SAMPLES, WindowOptions, WindowPacker};

    /// Returns whether these words, recognized in a second of loud audio, count as speech.
    fn believed(voice: f32, log_probability: f32, texts: &[&str]) -> bool {
        believed_at(0.1, voice, log_probability, texts)
    }

    fn believed_at(level: f32, voice: f32, log_probability: f32, texts: &[&str]) -> bool {
        let mut packer = WindowPacker::new(WindowOptions::default());
        for _ in 0..32 {
            assert_eq!(packer.push(&[level; FRAME_SAMPLES], voice), None);
        }
        let word = |text: &&str| Word { probability: 0.5, ..Word::new(*text, TimeSpan::default()) };
        let words = texts.iter().map(word).collect();
        let segment = Segment { words, average_log_probability: log_probability, ..Segment::default() };
        was_spoken(&segment, &packer.finish().unwrap())
    }

    #[test]
    fn noise_convinces_neither_detector_nor_recognizer() {
        assert!(!believed(0.61, -0.65, &["Don't", "look!"]), "a dog");
        assert!(!believed(0.58, -0.50, &["mmmmm"]), "a whale");
        assert!(believed(0.69, -0.36, &["clear"]));
        assert!(believed(0.97, -0.97, &["mumbled"]));
        assert!(believed_at(0.001, 0.69, -0.6, &["faint"]));
    }

    #[test]
    fn punctuation_alone_is_not_speech() {
        assert!(!believed(1.0, -0.1, &["."]));
        assert!(!believed(1.0, -0.1, &[]));
        assert!(believed(1.0, -0.1, &[".", "五"]));
    }
}
