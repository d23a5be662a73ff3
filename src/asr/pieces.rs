//! How a speech model spells words: in pieces, of which a word that it knows well is one.

use whisper_cpu::model::{Vocabulary, ggml};

use super::RecognizeError;
use super::model::SpeechModel;

/// The pieces of a model.
pub struct Pieces(Vocabulary);

impl Pieces {
    /// Those of a model.
    ///
    /// # Errors
    /// [`RecognizeError::Load`] if the model is none that the engine reads.
    pub fn of(model: &SpeechModel) -> Result<Self, RecognizeError> {
        let weights = ggml::read(&model.bytes).map_err(|error| RecognizeError::Load(error.to_string()))?;
        Ok(Self(weights.vocabulary.clone()))
    }

    /// The fewest pieces that spell a word with a capital or without. At least 1.
    pub fn count(&self, word: &str) -> usize {
        let small = word.to_lowercase();
        let mut letters = small.chars();
        let capital: String =
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let count = |word: &str| self.0.encode(&format!(" {word}")).len();
        [word, &small, &capital].into_iter().map(count).min().unwrap_or(1).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_everybody_knows_are_one_piece() {
        let bytes = std::fs::read("models/ggml-base-q8_0.bin").unwrap();
        let pieces = Pieces(ggml::read(&bytes).unwrap().vocabulary.clone());
        assert_eq!(["method", "Method", "energy"].map(|word| pieces.count(word)), [1; 3]);
        assert!(["Galerkin", "podocyte", "Grönwall"].iter().all(|word| pieces.count(word) > 1));
    }
}
