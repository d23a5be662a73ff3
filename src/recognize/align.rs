//! Gives a recognizer's words exact times, using the voice activity detector.
//!
//! The recognizer knows the order of words well and their times roughly: they are late by up to a third of a second,
//! sometimes by much more. The voice activity detector knows to 30 ms when speech starts and stops, but not what is
//! said. So each word is assigned to a span of speech, in order, at the least total distance. The first word of a span
//! starts at its beginning and the last word ends at its end.

use crate::audio::SAMPLE_RATE;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Word;
use crate::vad::SpeechSpan;

/// How late token times by attention are, on average. Measured on lectures with known times.
const LATENESS_MS: i64 = 100;
/// The cost of leaving a span of speech without a word, for each millisecond of it.
const SILENT_SPAN_COST: f64 = 0.35;
/// Minimum duration of a word per letter, as long as its span has space.
const LEAST_MS_PER_LETTER: i64 = 25;
/// Speech without a word counts as missed if it lasts longer than this.
const MISSED_MS: i64 = 1000;

/// Converts spans of speech from samples to times in the recording.
pub(super) fn times_of(speech: &[SpeechSpan]) -> Vec<TimeSpan> {
    let time = |sample| MediaTime::from_samples(sample, SAMPLE_RATE);
    speech.iter().map(|span| TimeSpan::new(time(span.start), time(span.end))).collect()
}

/// Corrects the times of words. `words` are in order, with rough times; `speech` is in order and does not overlap.
/// Afterwards words follow each other without overlap, inside the speech.
pub(super) fn align(words: &mut [Word], speech: &[TimeSpan]) {
    if speech.is_empty() {
        return;
    }
    let assigned = assign(words, speech);
    let mut first = 0;
    while first < words.len() {
        let span = assigned[first];
        let count = assigned[first..].iter().take_while(|&&other| other == span).count();
        fit(&mut words[first..first + count], speech[span]);
        first += count;
    }
}

/// Returns the index of the span of each word: never decreasing, at the least total cost.
fn assign(words: &[Word], speech: &[TimeSpan]) -> Vec<usize> {
    let spans = speech.len();
    let silent: Vec<f64> =
        speech.iter().map(|span| span.duration().as_millis() as f64 * SILENT_SPAN_COST).collect();
    // best[s]: least cost of the words so far with the last one in span s; from[w][s]: the span of the word before.
    let mut best: Vec<f64> = (0..spans).map(|span| silent[..span].iter().sum()).collect();
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let mut next = vec![f64::INFINITY; spans];
        let mut came = vec![0; spans];
        for span in 0..spans {
            if index == 0 {
                next[span] = best[span];
            } else {
                let mut skipped = 0.0;
                for previous in (0..=span).rev() {
                    let cost = best[previous] + skipped;
                    if cost < next[span] {
                        (next[span], came[span]) = (cost, previous);
                    }
                    if previous < span {
                        skipped += silent[previous];
                    }
                }
            }
            next[span] += distance(word, speech[span]);
        }
        best = next;
        from.push(came);
    }
    let after = |span: usize| silent[span + 1..].iter().sum::<f64>();
    let mut span =
        (0..spans).min_by(|&a, &b| (best[a] + after(a)).total_cmp(&(best[b] + after(b)))).unwrap_or(0);
    let mut assigned = vec![0; words.len()];
    for index in (0..words.len()).rev() {
        assigned[index] = span;
        span = from[index][span];
    }
    assigned
}

/// Returns the distance of a word's rough start from a span, in milliseconds.
fn distance(word: &Word, span: TimeSpan) -> f64 {
    let start = rough_start(word);
    let outside = (span.start - start).max(start - span.end).max(MediaTime::ZERO);
    outside.as_millis() as f64
}

fn rough_start(word: &Word) -> MediaTime {
    word.span.start - MediaTime::from_millis(LATENESS_MS)
}

/// Places the words of one span in it: the first starts with it, the last ends with it, and the others start at their
/// rough times, as far as the adjacent words leave space.
fn fit(words: &mut [Word], span: TimeSpan) {
    let least: Vec<i64> = words.iter().map(|word| letters(word) * LEAST_MS_PER_LETTER).collect();
    let needed: i64 = least.iter().sum();
    let room = span.duration().as_millis();
    let scale = if needed > room { room as f64 / needed as f64 } else { 1.0 };
    let mut before = 0;
    let mut earliest = span.start;
    for index in 0..words.len() {
        let after: i64 = needed - before;
        let latest = span.end - scaled(after, scale);
        let start =
            if index == 0 { span.start } else { rough_start(&words[index]).min(latest).max(earliest) };
        words[index].span.start = start;
        if index > 0 {
            words[index - 1].span.end = start;
        }
        before += least[index];
        earliest = start + scaled(least[index], scale);
    }
    if let Some(last) = words.last_mut() {
        last.span.end = span.end.max(last.span.start);
    }
}

fn scaled(millis: i64, scale: f64) -> MediaTime {
    MediaTime::from_millis((millis as f64 * scale) as i64)
}

fn letters(word: &Word) -> i64 {
    word.text.chars().count().max(1) as i64
}

/// Returns spans of speech without words, in order: what the recognizer left out. `words` have rough times; a word is
/// assumed to last as long as its letters take at a slow pace.
pub(super) fn missed(words: &[Word], speech: &[TimeSpan]) -> Vec<Missed> {
    const SLOW_MS_PER_LETTER: i64 = 90;
    const SLOW_MS: i64 = 400;
    let mut missed = Vec::new();
    let mut from = MediaTime::from_millis(i64::MIN / 2);
    for index in 0..=words.len() {
        let until = words.get(index).map_or(MediaTime::MAX, rough_start);
        let silent: Vec<usize> = (0..speech.len())
            .filter(|&span| {
                let inside = TimeSpan::new(speech[span].start.max(from), speech[span].end.min(until));
                2 * inside.duration().as_millis() > speech[span].duration().as_millis()
            })
            .collect();
        let length: i64 = silent.iter().map(|&span| speech[span].duration().as_millis()).sum();
        if length > MISSED_MS {
            missed.push(Missed { before_word: index, spans: silent });
        }
        if let Some(word) = words.get(index) {
            let slow = SLOW_MS + letters(word) * SLOW_MS_PER_LETTER;
            from = from.max(rough_start(word) + MediaTime::from_millis(slow));
        }
    }
    missed
}

/// Speech without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missed {
    /// The words of this speech belong before the word with this index.
    pub before_word: usize,
    /// Indices of the spans of speech.
    pub spans: Vec<usize>,
}
