//! The types of numbers.

use proptest::prelude::*;
use whisper_cpu::model::{Element, ReadError, Tensor};

/// Blocks with the numbers that the `gguf` package of Python decodes from them.
#[test]
fn quantized_numbers_are_those_that_ggml_has() {
    let mut rest: &[u8] = include_bytes!("../data/blocks.bin");
    let mut types = 0;
    while !rest.is_empty() {
        let mut take = |length: usize| {
            let (taken, after) = rest.split_at(length);
            rest = after;
            taken
        };
        let mut number = || u32::from_le_bytes(take(4).try_into().expect("four bytes"));
        let (code, length) = (number(), number() as usize);
        let element = Element::from_ggml_code(code).expect("a known type");
        let blocks = length / element.block_bytes();
        let shape = vec![blocks / 2, 2 * element.block_len()];
        let tensor = Tensor::new(element, shape, take(length)).expect("whole blocks");
        let expected: Vec<f32> = take(4 * tensor.len())
            .chunks_exact(4)
            .map(|bytes| f32::from_le_bytes(bytes.try_into().expect("four bytes")))
            .collect();
        assert_eq!(tensor.to_f32(), expected, "{element}");
        types += 1;
    }
    assert_eq!(types, 10);
}

/// The value of a half precision number, from the definition.
fn half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        0 => mantissa * 2_f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + mantissa) * 2_f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

fn same(a: f32, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || f64::from(a) == b
}

#[test]
fn every_number_in_half_precision_is_decoded() {
    // An odd offset, as in a file where a name of an odd length comes before.
    let bytes: Vec<u8> = [0].into_iter().chain((0..=u16::MAX).flat_map(u16::to_le_bytes)).collect();
    let tensor = Tensor::new(Element::F16, vec![256, 256], &bytes[1..]).expect("whole rows");
    assert!(tensor.to_f32().into_iter().zip(0..=u16::MAX).all(|(number, bits)| same(number, half(bits))));
    let tensor = Tensor::new(Element::Bf16, vec![256, 256], &bytes[1..]).expect("whole rows");
    let upper_half = |bits: u16| f64::from(f32::from_bits(u32::from(bits) << 16));
    assert!(
        tensor.to_f32().into_iter().zip(0..=u16::MAX).all(|(number, bits)| same(number, upper_half(bits)))
    );
}

#[test]
fn every_number_in_half_precision_is_finite_or_not() {
    for bits in 0..=u16::MAX {
        for element in [Element::F16, Element::Bf16] {
            let bytes = bits.to_le_bytes();
            let tensor = Tensor::new(element, vec![1], &bytes).expect("one number");
            assert_eq!(tensor.is_finite(), tensor.to_f32()[0].is_finite(), "{element} {bits:#06x}");
        }
    }
}

#[test]
fn numbers_in_single_precision_are_taken_as_they_are() {
    let numbers = [0.0, -0.0, 1.5, f32::MIN_POSITIVE / 2.0, f32::INFINITY, -f32::MAX];
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let tensor = Tensor::new(Element::F32, vec![6], &bytes).expect("whole rows");
    assert_eq!(tensor.to_f32().map_bits(), numbers.to_vec().map_bits());
    assert_eq!((tensor.rows(), tensor.row_len(), tensor.len()), (6, 1, 6));
}

trait MapBits {
    fn map_bits(self) -> Vec<u32>;
}

impl MapBits for Vec<f32> {
    fn map_bits(self) -> Vec<u32> {
        self.into_iter().map(f32::to_bits).collect()
    }
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    let bytes = [0; 68];
    for (element, shape) in [
        (Element::F32, vec![18]),
        (Element::F32, vec![]),
        // Two blocks, but in rows of half a block, and in one dimension.
        (Element::Q8_0, vec![4, 16]),
        (Element::Q8_0, vec![64]),
        (Element::F32, vec![usize::MAX, 2]),
        // 17 numbers, as many as the bytes hold, were it not for the overflow.
        (Element::F32, vec![3, 17_usize.wrapping_mul(usize::MAX / 3 * 2 + 1)]),
        (Element::Q8_0, vec![0, usize::MAX, 2]),
    ] {
        let refused = Tensor::new(element, shape.clone(), &bytes);
        assert!(matches!(refused, Err(ReadError::TensorBytes { .. })), "{element} {shape:?}");
    }
    assert!(Tensor::new(Element::Q8_0, vec![2, 32], &bytes).is_ok());
}

proptest! {
    #[test]
    fn rows_are_parts_of_the_whole(
        element in prop::sample::select(&Element::ALL),
        rows in 1_usize..5,
        blocks in 1_usize..300,
        seed: u64,
    ) {
        let blocks = if element.block_len() == 1 { blocks } else { blocks % 4 + 1 };
        let noise = |i: usize| (seed.wrapping_mul(i as u64 * 2 + 1) >> 32) as u8;
        let bytes: Vec<u8> = (0..rows * blocks * element.block_bytes()).map(noise).collect();
        let shape = vec![rows, blocks, element.block_len()];
        let tensor = Tensor::new(element, shape, &bytes).expect("whole blocks");
        let mut row = vec![0.0; tensor.row_len()];
        let mut all = Vec::new();
        for i in 0..rows {
            tensor.row(i, &mut row);
            all.extend(&row);
        }
        prop_assert_eq!(all.map_bits(), tensor.to_f32().map_bits());
    }

    #[test]
    fn numbers_that_are_not_finite_are_found_out(
        element in prop::sample::select(&Element::ALL),
        blocks in 1_usize..5,
        seed: u64,
        scale in prop_oneof![Just(0x7c00_u16), Just(0xfc01), Just(0x7fff), Just(0x7bff), any::<u16>()],
    ) {
        let noise = |i: usize| (seed.wrapping_mul(i as u64 * 2 + 1) >> 32) as u8 & 0x3f;
        let mut bytes: Vec<u8> = (0..blocks * element.block_bytes()).map(noise).collect();
        let at = seed as usize % (bytes.len() - 1);
        bytes[at..at + 2].copy_from_slice(&scale.to_le_bytes());
        let tensor = Tensor::new(element, vec![blocks, element.block_len()], &bytes).expect("whole blocks");
        prop_assert_eq!(tensor.is_finite(), tensor.to_f32().iter().all(|number| number.is_finite()));
    }
}
