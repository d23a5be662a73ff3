//! How long it takes to compose and check ten hours of speech. Run with `cargo bench --bench compose`.

#![expect(clippy::print_stdout, reason = "what a bench is run for")]

use std::time::Instant;

use lectern::caption::{Profile, check, compose};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Word};

/// At 150 words a minute.
const WORDS: usize = 90_000;
const ROUNDS: usize = 5;

fn main() {
    let segments = ten_hours();
    for name in Profile::names() {
        let Some(profile) = Profile::named(name) else { continue };
        let seconds: Vec<f64> = (0..ROUNDS).map(|_| round(&segments, &profile)).collect();
        let best = seconds.iter().copied().fold(f64::INFINITY, f64::min);
        println!("{name:8} {WORDS} words in {best:.3} s");
    }
}

fn round(segments: &[Segment], profile: &Profile) -> f64 {
    let start = Instant::now();
    let cues = compose(segments, &Language::new("en"), profile);
    let violations = check(&cues, profile);
    let seconds = start.elapsed().as_secs_f64();
    assert!(!cues.is_empty() && violations.iter().all(|found| !found.is_fault()));
    seconds
}

/// The words of an English lecture over and over, 0.33 s each, with a pause after each sentence.
fn ten_hours() -> Vec<Segment> {
    let text = include_str!("../tests/data/caption/lecture_en.txt");
    let mut now = 0;
    let words = text.split_whitespace().cycle().take(WORDS).map(|text| {
        let start = now;
        let end = start + 40 + 60 * text.len() as i64;
        now = if text.ends_with(['.', '?']) { end + 600 } else { end };
        Word { probability: 0.9, ..Word::new(text, TimeSpan::from_millis(start, end)) }
    });
    let words: Vec<Word> = words.collect();
    words.chunks(70).map(|words| Segment { words: words.to_vec(), ..Segment::default() }).collect()
}
