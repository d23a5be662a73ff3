//! The cross-attention heads that follow the audio.

use super::Dimensions;

/// Layers of the encoder and of the decoder, the vocabulary, the mel bands.
type Shape = (usize, usize, usize, usize);
/// A layer of the decoder and a head in it.
type Head = (usize, usize);

/// The heads that OpenAI found to follow the words, by the shapes of its models (`_ALIGNMENT_HEADS` in its
/// `__init__.py` of 25 June 2025). large-v1 has the shape of large-v2, whose heads are used here.
#[rustfmt::skip]
const PUBLISHED: [(Shape, &[Head]); 11] = [
    // tiny.en
    ((4, 4, 51_864, 80), &[(1, 0), (2, 0), (2, 5), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4)]),
    // tiny
    ((4, 4, 51_865, 80), &[(2, 2), (3, 0), (3, 2), (3, 3), (3, 4), (3, 5)]),
    // base.en
    ((6, 6, 51_864, 80), &[(3, 3), (4, 7), (5, 1), (5, 5), (5, 7)]),
    // base
    ((6, 6, 51_865, 80), &[(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)]),
    // small.en
    ((12, 12, 51_864, 80), &[
        (6, 6), (7, 0), (7, 3), (7, 8), (8, 2), (8, 5), (8, 7), (9, 0), (9, 4), (9, 8),
        (9, 10), (10, 0), (10, 1), (10, 2), (10, 3), (10, 6), (10, 11), (11, 2), (11, 4),
    ]),
    // small
    (
        (12, 12, 51_865, 80),
        &[(5, 3), (5, 9), (8, 0), (8, 4), (8, 7), (8, 8), (9, 0), (9, 7), (9, 9), (10, 5)],
    ),
    // medium.en
    ((24, 24, 51_864, 80), &[
        (11, 4), (14, 1), (14, 12), (14, 14), (15, 4), (16, 0), (16, 4), (16, 9), (17, 12), (17, 14),
        (18, 7), (18, 10), (18, 15), (20, 0), (20, 3), (20, 9), (20, 14), (21, 12),
    ]),
    // medium
    ((24, 24, 51_865, 80), &[(13, 15), (15, 4), (15, 15), (16, 1), (20, 0), (23, 4)]),
    // large-v2
    ((32, 32, 51_865, 80), &[
        (10, 12), (13, 17), (16, 11), (16, 12), (16, 13), (17, 15), (17, 16), (18, 4), (18, 11), (18, 19),
        (19, 11), (21, 2), (21, 3), (22, 3), (22, 9), (22, 12), (23, 5), (23, 7), (23, 13), (25, 5),
        (26, 1), (26, 12), (27, 15),
    ]),
    // large-v3
    (
        (32, 32, 51_866, 128),
        &[(7, 0), (10, 17), (12, 18), (13, 12), (16, 1), (17, 14), (19, 11), (21, 4), (24, 1), (25, 6)],
    ),
    // large-v3-turbo
    ((32, 4, 51_866, 128), &[(2, 4), (2, 11), (3, 3), (3, 6), (3, 11), (3, 14)]),
];

/// The published heads of a model of these dimensions, or all heads of the upper half of its decoder.
pub fn heads(dimensions: &Dimensions) -> Vec<Head> {
    let &Dimensions { encoder_layers, decoder_layers, vocabulary, mel_bands, decoder_heads, .. } = dimensions;
    let shape = (encoder_layers, decoder_layers, vocabulary, mel_bands);
    let inside = |heads: &[Head]| heads.iter().all(|head| is_inside(dimensions, head));
    match PUBLISHED.iter().find(|(published, heads)| *published == shape && inside(heads)) {
        Some((_, heads)) => heads.to_vec(),
        None => (decoder_layers / 2..decoder_layers)
            .flat_map(|layer| (0..decoder_heads).map(move |head| (layer, head)))
            .collect(),
    }
}

/// Whether a model of these dimensions has the head.
pub fn is_inside(dimensions: &Dimensions, &(layer, head): &Head) -> bool {
    layer < dimensions.decoder_layers && head < dimensions.decoder_heads
}
