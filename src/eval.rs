//! Measures captions against a reference: word error rate, accuracy of sentence starts, and delay of words.

mod align;
mod english;
mod latency;
mod normalize;
mod numbers;
mod timing;

pub use align::{Step, WordErrors, align, word_errors};
pub use latency::{Latencies, SimulatedScreen, SpokenWord, recognized_words, spoken_words};
pub use normalize::normalize;
pub use timing::{Sentence, StartErrors, TimedText, read_sentences, sentence_starts};
