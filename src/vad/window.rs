//! Packs spans of speech into windows for the recognizer, which processes at most 30 s at a time.
//!
//! The recognizer computes 30 s for each window regardless of its content, and a cut inside a phrase costs words. So
//! windows are filled as far as `max_length` allows, cut at long pauses, and long silences between spans are left out.

use std::collections::VecDeque;

use super::FRAME_SAMPLES;
use super::segmenter::{Segmenter, SegmenterOptions, SpeechSpan};
use crate::audio::SAMPLE_RATE;
use crate::time::MediaTime;

/// Lengths are in seconds of 16 kHz mono.
#[derive(Clone, Copy, Debug)]
pub struct WindowOptions {
    /// How speech is separated from silence.
    pub segmenter: SegmenterOptions,
    /// Maximum length of a window, without the padding after its last speech.
    pub max_length: f32,
    /// Minimum length of a window that is cut during speech.
    pub min_length: f32,
    /// Sound kept before and after each span of speech.
    pub padding: f32,
    /// Longer pauses between spans are shortened to the padding on both sides.
    pub max_pause: f32,
    /// Silence after which a window is returned although there is space left.
    pub max_wait: f32,
    /// Silence after which a window of at least the minimum length is returned.
    pub min_wait: f32,
}

impl Default for WindowOptions {
    fn default() -> Self {
        Self {
            segmenter: SegmenterOptions::default(),
            max_length: 28.0,
            min_length: 20.0,
            padding: 0.6,
            max_pause: 3.0,
            max_wait: 20.0,
            min_wait: 20.0,
        }
    }
}

/// Sound for one call of the recognizer: consecutive pieces of the recording, each containing speech.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeechWindow {
    /// 16 kHz mono.
    pub samples: Vec<f32>,
    pieces: Vec<Piece>,
    /// The spans of speech in the window, in samples of the recording.
    pub speech: Vec<SpeechSpan>,
    /// The mean speech probability of each span.
    probabilities: Vec<f32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// The sample of the recording at which the piece begins.
    origin: u64,
    /// The position in the window at which the piece begins.
    offset: usize,
    length: usize,
}

impl SpeechWindow {
    /// Returns a window with only some of the spans of speech, given by ascending numbers, and with as much sound
    /// around them as this window has up to the adjacent spans.
    pub fn narrowed(&self, spans: &[usize]) -> Self {
        let mut window = Self::default();
        for run in spans.chunk_by(|a, b| a + 1 == *b) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let start = first.checked_sub(1).map_or(0, |before| self.speech[before].end);
            let end = self.speech.get(last + 1).map_or(u64::MAX, |after| after.start);
            self.copy_range(start, end, &mut window);
            window.speech.extend_from_slice(&self.speech[first..=last]);
            window.probabilities.extend_from_slice(&self.probabilities[first..=last]);
        }
        window
    }

    /// Returns the part of the window from a sample of the recording on.
    pub fn since(&self, sample: u64) -> Self {
        let mut window = Self::default();
        self.copy_range(sample, u64::MAX, &mut window);
        let clipped = |span: &SpeechSpan| SpeechSpan { start: span.start.max(sample), end: span.end };
        let left = self.speech.partition_point(|span| span.end <= sample);
        window.speech = self.speech[left..].iter().map(clipped).collect();
        window.probabilities = self.probabilities[left..].to_vec();
        window
    }

    /// Appends the part of this window between sample `start` and sample `end` of the recording.
    fn copy_range(&self, start: u64, end: u64, window: &mut Self) {
        for piece in &self.pieces {
            let origin = piece.origin.max(start);
            let piece_end = (piece.origin + piece.length as u64).min(end);
            if origin < piece_end {
                let from = piece.offset + (origin - piece.origin) as usize;
                let length = (piece_end - origin) as usize;
                window.pieces.push(Piece { origin, offset: window.samples.len(), length });
                window.samples.extend_from_slice(&self.samples[from..from + length]);
            }
        }
    }

    /// Returns the same window of a recording that began `samples` earlier.
    pub fn shifted(mut self, samples: u64) -> Self {
        self.pieces.iter_mut().for_each(|piece| piece.origin += samples);
        self.speech
            .iter_mut()
            .for_each(|span| (span.start, span.end) = (span.start + samples, span.end + samples));
        self
    }

    /// Returns the sample of the recording at which the last span of speech ends; 0 if there is none.
    pub fn speech_end(&self) -> u64 {
        self.speech.last().map_or(0, |last| last.end)
    }

    /// Returns the mean probability of speech in the spans of speech, weighted by length. From 0 to 1; 0 if there are
    /// none.
    pub fn speech_probability(&self) -> f32 {
        let weights = self.speech.iter().map(|span| (span.end - span.start) as f32);
        let sum: f32 = weights.clone().zip(&self.probabilities).map(|(weight, p)| weight * p).sum();
        sum / weights.sum::<f32>().max(1.0)
    }

    /// Converts a time in the window to a time in the recording.
    pub fn recording_time(&self, in_window: MediaTime) -> MediaTime {
        let sample = in_window.to_samples(SAMPLE_RATE);
        let piece =
            self.pieces.iter().rev().find(|piece| piece.offset as u64 <= sample).or(self.pieces.first());
        piece.map_or(in_window, |piece| {
            MediaTime::from_samples(piece.origin + sample.saturating_sub(piece.offset as u64), SAMPLE_RATE)
        })
    }
}

/// Takes a stream of frames with their speech probabilities and returns windows once they are complete.
pub struct WindowPacker {
    options: WindowOptions,
    segmenter: Segmenter,
    /// Closed spans that wait for their window.
    waiting: VecDeque<SpeechSpan>,
    /// Samples that may still be needed, starting with number `origin` of the recording.
    samples: VecDeque<f32>,
    origin: u64,
    /// Probability of each frame in `samples` from `origin` on.
    probabilities: VecDeque<f32>,
    /// The end of the last window's speech; no window reads sound before it again.
    taken_until: u64,
}

impl WindowPacker {
    /// Creates a packer in its initial state.
    pub fn new(options: WindowOptions) -> Self {
        Self {
            options,
            segmenter: Segmenter::new(options.segmenter),
            waiting: VecDeque::new(),
            samples: VecDeque::new(),
            origin: 0,
            probabilities: VecDeque::new(),
            taken_until: 0,
        }
    }

    /// Takes the next frame; returns a window if one is full or a long silence has ended it.
    pub fn push(&mut self, frame: &[f32; FRAME_SAMPLES], probability: f32) -> Option<SpeechWindow> {
        self.samples.extend(frame);
        self.probabilities.push_back(probability);
        self.waiting.extend(self.segmenter.push(probability));
        if self.is_full() {
            return Some(self.cut_full());
        }
        if self.waited_long() {
            return self.take_window(self.waiting.len());
        }
        self.forget();
        None
    }

    /// Returns the speech since the last window, as if the recording ended here; `None` while nobody speaks.
    pub fn so_far(&self) -> Option<SpeechWindow> {
        let spans: Vec<_> = self.waiting.iter().copied().chain(Some(self.open()?)).collect();
        Some(self.window_of(spans, u64::MAX))
    }

    /// Returns the window that will follow if nobody speaks for a while; `None` during speech, and until the silence
    /// has lasted for the padding.
    pub fn at_pause(&self) -> Option<SpeechWindow> {
        self.silence().filter(|silence| *silence >= samples(self.options.padding))?;
        Some(self.window_of(self.waiting.iter().copied().collect(), u64::MAX))
    }

    /// No window that is still to come begins before this sample, less what it takes to notice speech.
    pub fn pending_from(&self) -> u64 {
        const NOTICED_LATER: u64 = SAMPLE_RATE as u64;
        self.next_speech().min(self.now().saturating_sub(NOTICED_LATER))
    }

    /// Ends the recording: returns what is left.
    pub fn finish(&mut self) -> Option<SpeechWindow> {
        self.waiting.extend(self.segmenter.finish());
        self.take_window(self.waiting.len())
    }

    fn now(&self) -> u64 {
        self.origin + self.samples.len() as u64
    }

    /// Returns the speech up to now that has no end yet.
    fn open(&self) -> Option<SpeechSpan> {
        self.segmenter.open_since().map(|start| SpeechSpan { start, end: self.now() })
    }

    fn is_full(&self) -> bool {
        let spans: Vec<_> = self.waiting.iter().copied().chain(self.open()).collect();
        // Including all the padding of the window: many short pieces have a lot of it.
        self.open().is_some() && self.packed_length(&spans, u64::MAX) > samples(self.options.max_length)
    }

    fn waited_long(&self) -> bool {
        let Some(silence) = self.silence() else { return false };
        let WindowOptions { max_wait, min_wait, min_length, .. } = self.options;
        let has_length = || {
            let spans: Vec<_> = self.waiting.iter().copied().collect();
            self.packed_length(&spans, self.next_speech()) >= samples(min_length)
        };
        silence > samples(max_wait) || silence > samples(min_wait) && has_length()
    }

    /// Returns the length of the silence since speech that waits for its window.
    fn silence(&self) -> Option<u64> {
        let last = self.waiting.back().filter(|_| self.open().is_none())?;
        Some(self.now() - last.end)
    }

    /// Cuts after the span with the longest following pause, among those that fill the window well enough.
    fn cut_full(&mut self) -> SpeechWindow {
        let spans: Vec<_> = self.waiting.iter().copied().chain(self.open()).collect();
        let enough = samples(self.options.min_length);
        let pause_after = |count: usize| spans[count].start - spans[count - 1].end;
        let cut = (1..spans.len())
            .filter(|&count| self.packed_length(&spans[..count], self.next_speech()) >= enough)
            .max_by_key(|&count| (pause_after(count), count));
        match cut {
            Some(count) => self.take_window(count).unwrap_or_default(),
            None => self.cut_inside_speech(),
        }
    }

    /// Cuts at the frame that is least like speech, if there was no long pause.
    fn cut_inside_speech(&mut self) -> SpeechWindow {
        let open = self.open().map_or(self.origin, |span| span.start);
        let latest = self.now().saturating_sub(FRAME_SAMPLES as u64);
        let earliest = (open + FRAME_SAMPLES as u64).max(latest.saturating_sub(samples(10.0))).min(latest);
        let frame_of = |sample: u64| ((sample - self.origin) / FRAME_SAMPLES as u64) as usize;
        let quietest = (frame_of(earliest)..=frame_of(latest))
            .min_by(|&a, &b| self.probabilities[a].total_cmp(&self.probabilities[b]))
            .unwrap_or(frame_of(latest));
        let at = self.origin + (quietest * FRAME_SAMPLES) as u64;
        self.waiting.extend(self.segmenter.split_at(at));
        self.take_window(self.waiting.len()).unwrap_or_default()
    }

    /// Takes the first `count` waiting spans as a window.
    fn take_window(&mut self, count: usize) -> Option<SpeechWindow> {
        let speech: Vec<_> = self.waiting.drain(..count).collect();
        if speech.is_empty() {
            return None;
        }
        let window = self.window_of(speech, self.next_speech());
        self.taken_until = window.speech.last().map_or(self.taken_until, |last| last.end);
        self.forget();
        Some(window)
    }

    /// Returns the start of the first speech that waits or is open.
    fn next_speech(&self) -> u64 {
        self.waiting.front().copied().or(self.open()).map_or(u64::MAX, |span| span.start)
    }

    /// Makes a window. `next_speech` is the start of the speech after these spans, as far as it is known.
    fn window_of(&self, speech: Vec<SpeechSpan>, next_speech: u64) -> SpeechWindow {
        let probabilities = speech.iter().map(|span| self.mean_probability(span)).collect();
        let mut window = SpeechWindow { speech, probabilities, ..SpeechWindow::default() };
        for (start, end) in self.pieces(&window.speech, next_speech) {
            let length = (end - start) as usize;
            window.pieces.push(Piece { origin: start, offset: window.samples.len(), length });
            let range = (start - self.origin) as usize..(end - self.origin) as usize;
            window.samples.extend(self.samples.range(range));
        }
        window
    }

    fn mean_probability(&self, span: &SpeechSpan) -> f32 {
        let frame = |sample: u64| ((sample - self.origin) / FRAME_SAMPLES as u64) as usize;
        let frames = self.probabilities.range(frame(span.start)..frame(span.end));
        let count = frames.len().max(1) as f32;
        frames.sum::<f32>() / count
    }

    /// Returns the padded pieces of the recording that contain these spans, without long pauses.
    fn pieces(&self, spans: &[SpeechSpan], next_speech: u64) -> Vec<(u64, u64)> {
        let padding = samples(self.options.padding);
        let latest = self.now().min(next_speech);
        let mut pieces: Vec<(u64, u64)> = Vec::new();
        for span in spans {
            let start = span.start.saturating_sub(padding).max(self.origin).max(self.taken_until);
            let end = (span.end + padding).min(latest).max(span.end);
            match pieces.last_mut() {
                Some(last) if span.start.saturating_sub(last.1) <= samples(self.options.max_pause) => {
                    last.1 = end
                }
                _ => pieces.push((start, end)),
            }
        }
        pieces
    }

    fn packed_length(&self, spans: &[SpeechSpan], next_speech: u64) -> u64 {
        self.pieces(spans, next_speech).iter().map(|(start, end)| end - start).sum()
    }

    /// Drops samples that no window can need any more.
    fn forget(&mut self) {
        let speech = self.waiting.front().map(|span| span.start).or(self.segmenter.open_since());
        let needed = speech.unwrap_or(self.now()).saturating_sub(samples(self.options.padding));
        let frames = needed.saturating_sub(self.origin) / FRAME_SAMPLES as u64;
        self.samples.drain(..frames as usize * FRAME_SAMPLES);
        self.probabilities.drain(..frames as usize);
        self.origin += frames * FRAME_SAMPLES as u64;
    }
}

fn samples(seconds: f32) -> u64 {
    (seconds * SAMPLE_RATE as f32) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uses short waits: a long silence is 20 frames, a short one 10.
    fn options() -> WindowOptions {
        WindowOptions {
            min_length: 1.0,
            max_length: 10.0,
            padding: 0.16,
            max_wait: 0.63,
            min_wait: 0.31,
            ..WindowOptions::default()
        }
    }

    /// Feeds runs of frames with and without speech; returns each window with the number of the frame after which it
    /// came.
    fn push_all(packer: &mut WindowPacker, runs: &[(usize, bool)]) -> Vec<(usize, SpeechWindow)> {
        let frames = runs.iter().flat_map(|&(count, is_speech)| vec![is_speech; count]);
        let frame = |is_speech| (if is_speech { 0.5 } else { 0.0 }, if is_speech { 0.9 } else { 0.1 });
        let mut windows = Vec::new();
        for (n, (sample, probability)) in frames.map(frame).enumerate() {
            windows.extend(packer.push(&[sample; FRAME_SAMPLES], probability).map(|window| (n + 1, window)));
        }
        windows
    }

    #[test]
    fn a_short_pause_ends_a_long_window_only() {
        let came = |speech| {
            let windows =
                push_all(&mut WindowPacker::new(options()), &[(10, false), (speech, true), (40, false)]);
            assert_eq!(windows.len(), 1);
            windows[0].0 - 10 - speech
        };
        assert_eq!((came(15), came(60)), (20, 10));
    }

    #[test]
    fn many_short_pieces_fill_a_window_no_further() {
        let options = WindowOptions::default();
        let mut packer = WindowPacker::new(options);
        // A second of speech after every five seconds: each piece has its padding.
        let mut windows: Vec<_> = push_all(&mut packer, &[(150, false), (30, true)].repeat(40))
            .into_iter()
            .map(|(_, window)| window)
            .collect();
        windows.extend(packer.finish());
        assert!(windows.len() > 1);
        for window in windows {
            let most = samples(options.max_length + options.padding) as usize + FRAME_SAMPLES;
            assert!(window.samples.len() <= most, "{} samples", window.samples.len());
        }
    }

    #[test]
    fn what_a_pause_promises_is_given_if_it_lasts() {
        let mut packer = WindowPacker::new(options());
        assert_eq!(push_all(&mut packer, &[(10, false), (15, true), (4, false)]), []);
        assert_eq!(packer.at_pause(), None, "the padding is not complete");
        push_all(&mut packer, &[(1, false)]);
        let promised = packer.at_pause().unwrap();
        let given = push_all(&mut packer, &[(20, false)]);
        assert_eq!(given[0].1, promised);
        assert_eq!(packer.at_pause(), None);
        // Speech continues after a short pause, so the window of the pause never comes.
        push_all(&mut packer, &[(15, true), (6, false)]);
        assert!(packer.at_pause().is_some());
        push_all(&mut packer, &[(2, true)]);
        assert_eq!(packer.at_pause(), None);
        assert_eq!(packer.so_far().unwrap().speech.len(), 2);
    }

    #[test]
    fn a_window_knows_how_probable_its_speech_is() {
        let mut packer = WindowPacker::new(options());
        push_all(&mut packer, &[(10, false)]);
        for probability in [0.6, 0.7, 0.8].repeat(10) {
            packer.push(&[0.5; FRAME_SAMPLES], probability);
        }
        push_all(&mut packer, &[(8, false), (10, true), (4, false)]);
        let window = packer.finish().unwrap();
        let near = |window: &SpeechWindow, wanted: f32| (window.speech_probability() - wanted).abs() < 0.001;
        assert!(near(&window, 0.75), "30 frames of 0.7 and 10 of 0.9: {}", window.speech_probability());
        assert!(near(&window.narrowed(&[1]), 0.9) && near(&window.narrowed(&[0, 1]), 0.75));
        assert!(near(&window.since(window.speech[1].start), 0.9));
        assert!(near(&SpeechWindow::default(), 0.0));
    }

    #[test]
    fn the_end_of_a_window_keeps_its_times() {
        let mut packer = WindowPacker::new(options());
        push_all(&mut packer, &[(10, false), (40, true)]);
        let window = packer.so_far().unwrap();
        let cut = (30 * FRAME_SAMPLES) as u64;
        let end = window.since(cut);
        assert_eq!(end.samples.len(), 20 * FRAME_SAMPLES);
        assert_eq!(end.speech, [SpeechSpan { start: cut, end: (50 * FRAME_SAMPLES) as u64 }]);
        assert_eq!(end.recording_time(MediaTime::ZERO), MediaTime::from_samples(cut, SAMPLE_RATE));
        assert_eq!(window.since(0), window);
    }
}
