//! What was read must be usable.

use whisper_cpu::model::Weights;

use crate::synthetic::Synthetic;

/// Does with a small model what an engine does, for the tensors of the first layers.
pub fn use_weights(weights: &Weights) {
    let dimensions = &weights.dimensions;
    assert_eq!(weights.mel_filters.len(), 201 * dimensions.mel_bands);
    assert!(!weights.alignment_heads.is_empty());
    for &(layer, head) in &weights.alignment_heads {
        assert!(layer < dimensions.decoder_layers && head < dimensions.decoder_heads);
    }
    for (name, _) in Synthetic::default().tensors() {
        let tensor = weights.tensor(&name);
        let mut row = vec![0.0; tensor.row_len()];
        tensor.row(tensor.rows() - 1, &mut row);
    }
    let vocabulary = &weights.vocabulary;
    let text = " it's 42 \u{266a}\u{266a} (he\u{301}llo)";
    assert_eq!(vocabulary.text(&vocabulary.encode(text)), text);
    assert!(vocabulary.non_speech_tokens().iter().all(|&token| token < vocabulary.end_of_text()));
    assert_eq!(vocabulary.bytes_of(vocabulary.blank()), b" ");
}
