//! How good captions are against a reference: word error rate, and how exactly sentences start.

mod align;
mod english;
mod normalize;
mod numbers;
mod timing;

pub use align::{Step, WordErrors, align, word_errors};
pub use normalize::normalize;
pub use timing::{Sentence, StartErrors, TimedText, read_sentences, sentence_starts};
