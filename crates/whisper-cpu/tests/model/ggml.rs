//! whisper.cpp's files: whole and damaged ones, and other files instead.

use std::sync::LazyLock;

use proptest::prelude::*;
use whisper_cpu::model::{Element, Foreign, Part, ReadError, Tensor, ggml};

use super::synthetic::{Synthetic, add_numbers};

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| Synthetic::default().file());
/// Where the tokens begin: after the header, and mel filters with their two sizes.
const TOKENS: usize = 4 * (12 + 2 + 80 * 201);

/// Where the tensors begin.
fn tensors_at() -> usize {
    Synthetic::default().layout().1[0]
}

fn with_number(at: usize, number: u32) -> Vec<u8> {
    let mut file = SMALL.clone();
    file[at..at + 4].copy_from_slice(&number.to_le_bytes());
    file
}

fn error(file: &[u8]) -> ReadError {
    ggml::read(file).expect_err("the file is damaged")
}

#[test]
fn a_small_model_of_every_type_is_read() {
    for element in Element::ALL {
        let heads = if element.block_len() > 64 { 4 } else { 1 };
        let small = Synthetic { heads, element, ..Synthetic::default() };
        let file = small.file();
        let weights = ggml::read(&file).unwrap_or_else(|error| panic!("{element}: {error}"));
        assert_eq!(weights.dimensions.state, small.state());
        let matrix = weights.tensor("decoder.blocks.0.cross_attn.key.weight");
        assert_eq!((matrix.element(), matrix.rows()), (element, small.state()));
        let length = small.state() * small.state() / element.block_len() * element.block_bytes();
        let name = b"decoder.blocks.0.cross_attn.key.weight";
        let at =
            file.windows(name.len()).position(|window| window == name).expect("it is there") + name.len();
        let there =
            Tensor::new(element, matrix.shape().to_vec(), &file[at..at + length]).expect("whole blocks");
        assert_eq!(matrix.to_f32(), there.to_f32(), "{element}");
    }
}

#[test]
fn models_align_with_the_published_heads_or_with_the_upper_half() {
    let heads = |small: Synthetic| ggml::read(&small.file()).expect("it is whole").alignment_heads;
    let english = Synthetic { layers: [4, 4], heads: 6, ..Synthetic::default() };
    assert_eq!(heads(english), [(1, 0), (2, 0), (2, 5), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4)]);
    let multilingual = Synthetic { vocabulary: 51_865, layers: [4, 4], heads: 6, ..Synthetic::default() };
    assert_eq!(heads(multilingual), [(2, 2), (3, 0), (3, 2), (3, 3), (3, 4), (3, 5)]);
    // As many layers as tiny, but too few heads for those that were published.
    assert_eq!(heads(Synthetic { layers: [4, 4], ..Synthetic::default() }), [(2, 0), (3, 0)]);
    // Distilled.
    assert_eq!(heads(Synthetic { layers: [4, 2], heads: 2, ..Synthetic::default() }), [(1, 0), (1, 1)]);
    assert_eq!(heads(Synthetic::default()), [(0, 0)]);
}

#[test]
fn every_tensor_of_its_dimensions_is_there() {
    let weights = ggml::read(&SMALL).expect("it is whole");
    for (name, mut shape) in Synthetic::default().tensors() {
        // The biases of convolutions come as columns.
        if shape.len() == 2 && shape[1] == 1 {
            shape.pop();
        }
        assert_eq!(weights.tensor(&name).shape(), shape, "{name}");
    }
}

#[test]
#[should_panic(expected = "no tensor \"encoder.blocks.1.attn_ln.bias\"")]
fn a_tensor_of_another_model_is_a_mistake_of_the_caller() {
    ggml::read(&SMALL).expect("it is whole").tensor("encoder.blocks.1.attn_ln.bias");
}

#[test]
fn what_comes_in_place_of_a_model_is_named() {
    for (bytes, expected) in [
        (&b""[..], Foreign::Empty),
        (b"GGUF\x03\0\0\0", Foreign::Gguf),
        (b"PK\x03\x04", Foreign::Zip),
        (b"version https://git-lfs.github.com/spec/v1\n", Foreign::LfsPointer),
        (b"\n<!doctype html>", Foreign::WebPage),
        (b"\x08\0\0\0\0\0\0\0{\"__meta", Foreign::Safetensors),
        (b"gg", Foreign::Unknown),
    ] {
        assert!(matches!(error(bytes), ReadError::NotGgml(found) if found == expected), "{expected:?}");
    }
}

#[test]
fn sizes_that_no_model_has_are_refused() {
    let names = [
        "vocabulary",
        "audio_positions",
        "state",
        "encoder_heads",
        "encoder_layers",
        "text_positions",
        "state",
        "decoder_heads",
        "decoder_layers",
        "mel_bands",
    ];
    for (field, expected) in (1..).zip(names) {
        for number in [0, 5, u32::MAX] {
            let file = with_number(4 * field, number);
            match ggml::read(&file) {
                Err(ReadError::Dimension { name, .. }) if name == expected => {}
                // Five layers and five positions are possible, but this file does not have them.
                Err(ReadError::MissingTensor(_) | ReadError::TensorShape { .. }) if number == 5 => {}
                other => panic!("{expected} = {number}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_found_out() {
    let part = |length: usize| match error(&SMALL[..length]) {
        ReadError::CutShort(part) => Some(part),
        ReadError::MissingTensor(_) => None,
        other => panic!("{length}: {other}"),
    };
    assert_eq!(part(40), Some(Part::Header));
    assert_eq!(part(TOKENS - 1), Some(Part::MelFilters));
    assert_eq!(part(TOKENS + 3), Some(Part::Vocabulary));
    assert_eq!(part(tensors_at() - 1), Some(Part::Vocabulary));
    assert_eq!(part(SMALL.len() - 1), Some(Part::Tensors));
    assert_eq!(part(tensors_at()), None);
    for length in (4..SMALL.len()).step_by(1777) {
        part(length);
    }
}

#[test]
fn claims_beyond_the_file_are_found_out() {
    let shape_at = tensors_at() + 12;
    let cut = |file: &[u8], part| assert!(matches!(error(file), ReadError::CutShort(found) if found == part));
    cut(&with_number(TOKENS + 4, u32::MAX), Part::Vocabulary);
    cut(&with_number(shape_at, 0x7fff_ff00), Part::Tensors);
    let too_many = with_number(TOKENS, 51_865);
    assert!(matches!(error(&too_many), ReadError::Dimension { name: "vocabulary", value: 51_865 }));
    let filters = with_number(4 * 13, u32::MAX);
    assert!(matches!(error(&filters), ReadError::MelFilters { bands: 80, frequencies: 0xffff_ffff }));
    // Four dimensions whose product fits into no memory.
    let mut file = SMALL.clone();
    add_numbers(&mut file, &[4, 1, 0, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff]);
    file.push(b'x');
    assert!(matches!(error(&file), ReadError::TensorBytes { element: Element::F32, .. }));
}

#[test]
fn tensors_that_do_not_belong_there_are_found_out() {
    let with_tensor = |numbers: &[usize], name: &[u8]| {
        let mut file = SMALL.clone();
        add_numbers(&mut file, &[1, name.len(), numbers[0], numbers[1]]);
        file.extend(name);
        file.extend(vec![0; 4 * numbers[1]]);
        file
    };
    let unknown = with_tensor(&[0, 64], b"encoder.ln_before.bias");
    assert!(matches!(error(&unknown), ReadError::UnknownTensor(name) if name == "encoder.ln_before.bias"));
    let twice = with_tensor(&[0, 64], b"encoder.ln_post.bias");
    assert!(matches!(error(&twice), ReadError::DuplicateTensor(name) if name == "encoder.ln_post.bias"));
    let strange = with_tensor(&[24, 64], b"encoder.ln_before.bias");
    assert!(matches!(error(&strange), ReadError::ElementType { element, .. } if element == "24"));
    assert!(matches!(error(&with_tensor(&[0, 1], b"\xff")), ReadError::TensorName));
    assert!(matches!(error(&with_tensor(&[0, 1], &[b'x'; 65])), ReadError::TensorName));
    let rank = with_number(tensors_at(), 5);
    assert!(matches!(error(&rank), ReadError::TensorName));
    // Positions in another shape with as many numbers.
    let mut turned = with_number(tensors_at() + 12, 4);
    turned[tensors_at() + 16..tensors_at() + 20].copy_from_slice(&64_u32.to_le_bytes());
    assert!(matches!(error(&turned), ReadError::TensorShape { found, .. } if found == [64, 4]));
}

#[test]
fn numbers_that_are_not_finite_are_refused_with_the_name_of_their_tensor() {
    let name = "decoder.blocks.0.mlp.2.weight";
    for element in Element::ALL {
        let heads = if element.block_len() > 64 { 4 } else { 1 };
        let mut file = Synthetic { heads, element, ..Synthetic::default() }.file();
        let at = file.windows(name.len()).position(|window| window == name.as_bytes()).expect("it is there");
        // The last block. Most types store its scale first, some last.
        let end = at + name.len() + 4 * heads * 64 * heads * 64 / element.block_len() * element.block_bytes();
        file[end - element.block_bytes()..end].fill(0xff);
        assert!(matches!(error(&file), ReadError::NotFinite(found) if found == name), "{element}");
    }
    let filters = with_number(4 * 14, f32::NAN.to_bits());
    assert!(matches!(error(&filters), ReadError::NotFinite(found) if found == "mel filters"));
}

#[test]
fn a_vocabulary_that_cannot_spell_is_refused() {
    let mut tokens: Vec<Vec<u8>> = (0..256).map(|byte| vec![byte as u8]).collect();
    tokens[0x41] = b"AB".to_vec();
    let file = Synthetic { tokens, ..Synthetic::default() }.file();
    assert!(matches!(error(&file), ReadError::NoTokenForByte(0x41)));
    // All but the last may be missing, as the empty token of the multilingual vocabulary is in some files.
    let mut few = SMALL[..TOKENS].to_vec();
    add_numbers(&mut few, &[1, 1]);
    few.push(b'a');
    few.extend(&SMALL[tensors_at()..]);
    assert!(matches!(error(&few), ReadError::FewTokens { found: 1, expected: 50_256 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_changed_number_does_no_harm(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u32>()), 1..4),
        among_tensors: bool,
    ) {
        let mut file = SMALL.clone();
        let start = if among_tensors { tensors_at() } else { 0 };
        for (place, number) in places {
            let at = start + place.index(file.len() - start - 4);
            file[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        let _ = ggml::read(&file);
    }
}
