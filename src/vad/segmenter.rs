//! Turns speech probabilities into spans of speech.

use super::FRAME_SAMPLES;

/// A run of speech, in samples of the 16 kHz recording, without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeechSpan {
    /// The first sample.
    pub start: u64,
    /// The sample after the last one.
    pub end: u64,
}

/// Thresholds of the segmenter. The defaults follow Silero's own.
#[derive(Clone, Copy, Debug)]
pub struct SegmenterOptions {
    /// Speech begins at a frame with at least this probability.
    pub onset: f32,
    /// Speech continues while frames have at least this probability.
    pub offset: f32,
    /// Shorter pauses do not end a span. Unit: frames of 32 ms.
    pub min_silence_frames: u32,
    /// Shorter spans count as noise. Unit: frames of 32 ms.
    pub min_speech_frames: u32,
}

impl Default for SegmenterOptions {
    fn default() -> Self {
        Self { onset: 0.5, offset: 0.35, min_silence_frames: 4, min_speech_frames: 6 }
    }
}

/// Follows one stream of probabilities, frame by frame.
#[derive(Debug)]
pub struct Segmenter {
    options: SegmenterOptions,
    /// Number of frames so far.
    frames: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Silence,
    Speech {
        start: u64,
    },
    /// A pause that may still be too short to end the speech. All numbers are frames.
    Pause {
        start: u64,
        end: u64,
    },
}

impl Segmenter {
    /// Creates a segmenter in its initial state.
    pub fn new(options: SegmenterOptions) -> Self {
        Self { options, frames: 0, state: State::Silence }
    }

    /// Takes the next frame's probability; returns a span once its end is certain.
    pub fn push(&mut self, probability: f32) -> Option<SpeechSpan> {
        let frame = self.frames;
        self.frames += 1;
        match self.state {
            State::Silence if probability >= self.options.onset => {
                self.state = State::Speech { start: frame }
            }
            State::Speech { start } if probability < self.options.offset => {
                self.state = State::Pause { start, end: frame };
            }
            State::Pause { start, .. } if probability >= self.options.onset => {
                self.state = State::Speech { start };
            }
            State::Pause { start, end }
                if self.frames - end >= u64::from(self.options.min_silence_frames) =>
            {
                self.state = State::Silence;
                return self.span(start, end);
            }
            _ => {}
        }
        None
    }

    /// Returns the start of speech that has not ended yet, in samples.
    pub fn open_since(&self) -> Option<u64> {
        match self.state {
            State::Silence => None,
            State::Speech { start } | State::Pause { start, .. } => Some(start * FRAME_SAMPLES as u64),
        }
    }

    /// Ends the open span at a sample inside it, at a frame boundary; the speech continues in a new span from there.
    pub fn split_at(&mut self, sample: u64) -> Option<SpeechSpan> {
        let at = sample / FRAME_SAMPLES as u64;
        match &mut self.state {
            State::Speech { start } | State::Pause { start, .. } if *start < at && at < self.frames => {
                let span = SpeechSpan { start: *start * FRAME_SAMPLES as u64, end: sample };
                *start = at;
                Some(span)
            }
            _ => None,
        }
    }

    /// Ends the stream: returns the span that was still open.
    pub fn finish(&mut self) -> Option<SpeechSpan> {
        let (start, end) = match std::mem::replace(&mut self.state, State::Silence) {
            State::Silence => return None,
            State::Speech { start } => (start, self.frames),
            State::Pause { start, end } => (start, end),
        };
        self.span(start, end)
    }

    fn span(&self, start: u64, end: u64) -> Option<SpeechSpan> {
        let long_enough = end - start >= u64::from(self.options.min_speech_frames);
        let samples = |frame| frame * FRAME_SAMPLES as u64;
        long_enough.then(|| SpeechSpan { start: samples(start), end: samples(end) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(probabilities: &[f32]) -> Vec<(u64, u64)> {
        let mut segmenter = Segmenter::new(SegmenterOptions::default());
        let mut found: Vec<_> = probabilities.iter().filter_map(|&p| segmenter.push(p)).collect();
        found.extend(segmenter.finish());
        let frames = |sample| sample / FRAME_SAMPLES as u64;
        found.into_iter().map(|span| (frames(span.start), frames(span.end))).collect()
    }

    fn stream(runs: &[(f32, usize)]) -> Vec<f32> {
        runs.iter().flat_map(|&(p, count)| std::iter::repeat_n(p, count)).collect()
    }

    #[test]
    fn a_span_ends_where_the_pause_began() {
        assert_eq!(spans(&stream(&[(0.1, 5), (0.9, 10), (0.1, 6)])), [(5, 15)]);
    }

    #[test]
    fn short_pauses_and_wavering_do_not_divide() {
        assert_eq!(spans(&stream(&[(0.9, 10), (0.1, 3), (0.9, 10)])), [(0, 23)]);
        assert_eq!(spans(&stream(&[(0.9, 10), (0.4, 20), (0.9, 10)])), [(0, 40)]);
    }

    #[test]
    fn clicks_are_no_speech() {
        assert_eq!(spans(&stream(&[(0.1, 5), (0.9, 3), (0.1, 20)])), []);
    }

    #[test]
    fn split_gives_both_halves() {
        let mut segmenter = Segmenter::new(SegmenterOptions::default());
        for _ in 0..40 {
            assert_eq!(segmenter.push(0.9), None);
        }
        let at = 20 * FRAME_SAMPLES as u64;
        assert_eq!(segmenter.split_at(at), Some(SpeechSpan { start: 0, end: at }));
        assert_eq!(segmenter.finish(), Some(SpeechSpan { start: at, end: 40 * FRAME_SAMPLES as u64 }));
    }
}
