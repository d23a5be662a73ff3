//! The model in this repository.

use std::fs;
use std::sync::LazyLock;

use whisper_cpu::model::{Dimensions, Element, Weights, ggml};

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/ggml-base-q8_0.bin");
    fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"))
});

/// whisper.cpp's `base` in q8_0.
pub fn weights() -> &'static Weights<'static> {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| ggml::read(&FILE).expect("the model is whole"));
    &WEIGHTS
}

#[test]
fn its_dimensions_are_those_of_base() {
    let expected = Dimensions {
        vocabulary: 51_865,
        audio_positions: 1500,
        state: 512,
        encoder_heads: 8,
        encoder_layers: 6,
        text_positions: 448,
        decoder_heads: 8,
        decoder_layers: 6,
        mel_bands: 80,
    };
    assert_eq!(weights().dimensions, expected);
    assert!(weights().dimensions.is_multilingual());
    assert_eq!(weights().mel_filters.len(), 80 * 201);
    assert_eq!(weights().alignment_heads, [(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)]);
}

#[test]
fn its_tensors_have_the_shapes_that_the_engine_expects() {
    for (name, element, shape) in [
        ("encoder.conv1.weight", Element::F16, vec![512, 80, 3]),
        ("encoder.conv1.bias", Element::F32, vec![512]),
        ("encoder.positional_embedding", Element::F32, vec![1500, 512]),
        ("encoder.blocks.5.mlp.0.weight", Element::Q8_0, vec![2048, 512]),
        ("decoder.blocks.0.cross_attn.query.weight", Element::Q8_0, vec![512, 512]),
        ("decoder.token_embedding.weight", Element::Q8_0, vec![51_865, 512]),
    ] {
        let tensor = weights().tensor(name);
        assert_eq!((tensor.element(), tensor.shape()), (element, &shape[..]), "{name}");
    }
}

#[test]
fn its_positions_are_the_published_sinusoids() {
    // `sinusoids` in OpenAI's model.py: sines in the first half of a row, cosines in the second.
    let positions = weights().tensor("encoder.positional_embedding");
    let mut row = vec![0.0; 512];
    for position in [0, 1, 700, 1499] {
        positions.row(position, &mut row);
        for i in 0..256 {
            let angle = position as f64 * (-(10_000_f64.ln()) / 255.0 * i as f64).exp();
            assert!((f64::from(row[i]) - angle.sin()).abs() < 1e-3, "position {position}, sine {i}");
            assert!((f64::from(row[256 + i]) - angle.cos()).abs() < 1e-3, "position {position}, cosine {i}");
        }
    }
}

#[test]
fn its_numbers_are_of_sensible_size() {
    let norm = weights().tensor("encoder.ln_post.weight").to_f32();
    assert!(norm.iter().all(|gain| (0.0..10.0).contains(gain)));
    let query = weights().tensor("decoder.blocks.3.attn.query.weight").to_f32();
    let mean_square = query.iter().map(|x| x * x).sum::<f32>() / query.len() as f32;
    assert!((0.001..0.1).contains(&mean_square.sqrt()), "{}", mean_square.sqrt());
}
