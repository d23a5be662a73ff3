//! How good captions are against a reference: word error rate, how exactly sentences start, how soon words are seen.

mod align;
mod english;
mod latency;
mod normalize;
mod numbers;
mod timing;

pub use align::{Step, WordErrors, align, word_errors};
pub use latency::{Latencies, Screen, SpokenWord, heard_words, spoken_words};
pub use normalize::normalize;
pub use timing::{Sentence, StartErrors, TimedText, read_sentences, sentence_starts};
