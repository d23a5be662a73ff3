//! Timed words made from text, as a recognizer would give them for a steady speaker.

use lectern::time::TimeSpan;
use lectern::transcript::{Segment, Word};

/// How a text is spoken.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// Words a minute between the pauses; characters a minute in scripts without spaces.
    pub rate: f64,
    /// Pause after a comma or the like. Milliseconds.
    pub clause_pause: i64,
    /// Pause after a sentence. Milliseconds.
    pub sentence_pause: i64,
    /// How much words differ in length, as a share.
    pub unsteadiness: f64,
}

impl Voice {
    pub const LECTURER: Self =
        Self { rate: 170.0, clause_pause: 150, sentence_pause: 500, unsteadiness: 0.25 };
}

/// Letters in a word, with the space, of an ordinary text.
const LETTERS_A_WORD: f64 = 5.7;

/// Speaks a text of words with spaces between them.
pub fn speak(text: &str, voice: Voice) -> Vec<Segment> {
    let letter = 60_000.0 / voice.rate / LETTERS_A_WORD;
    speak_words(text.split_whitespace().map(|word| (word.to_owned(), true)), letter, voice)
}

/// Speaks a text without spaces, given as tokens of one to three characters.
pub fn speak_tokens(text: &str, voice: Voice) -> Vec<Segment> {
    let mut dice = Dice(7);
    let mut tokens: Vec<String> = Vec::new();
    let mut room = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let joins = "。、？！".contains(c) || room > 0;
        match tokens.last_mut().filter(|_| joins) {
            Some(token) => token.push(c),
            None => tokens.push(c.to_string()),
        }
        room = if room > 0 { room - 1 } else { dice.below(3) };
    }
    speak_words(tokens.into_iter().map(|token| (token, false)), 60_000.0 / voice.rate, voice)
}

fn speak_words(words: impl Iterator<Item = (String, bool)>, letter: f64, voice: Voice) -> Vec<Segment> {
    let mut dice = Dice(1);
    let mut now = 500.0;
    let mut segments = vec![Segment::default()];
    let mut window = now;
    for (text, space_before) in words {
        let letters = text.chars().count() as f64 + if space_before { 1.0 } else { 0.0 };
        let jitter = 1.0 + voice.unsteadiness * (dice.below(2001) as f64 / 1000.0 - 1.0);
        let end = now + letters * letter * jitter;
        let pause = match text.chars().next_back() {
            Some('.' | '?' | '!' | '。' | '؟') => voice.sentence_pause,
            Some(',' | ':' | ';' | '、' | '،') => voice.clause_pause,
            _ => 0,
        };
        let span = TimeSpan::from_millis(now as i64, end as i64);
        segments.last_mut().unwrap().words.push(Word {
            probability: 0.9,
            space_before,
            ..Word::new(text, span)
        });
        now = end + pause as f64;
        if now - window > 25_000.0 && pause > 0 {
            segments.push(Segment::default());
            window = now;
        }
    }
    segments.retain(|segment| !segment.words.is_empty());
    segments
}

/// A small generator of numbers that look random and are the same in every run (Knuth's MMIX constants).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
