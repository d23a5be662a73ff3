//! Numbers as a file stores them.

use half::f16;

use super::blocks;

/// Single precision.
pub fn f32(row: &[f32]) -> Option<Vec<u8>> {
    Some(row.iter().flat_map(|number| number.to_le_bytes()).collect())
}

/// Half precision; `None` if a number is too large for it.
pub fn f16(row: &[f32]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(2 * row.len());
    for &number in row {
        bytes.extend(half(number)?);
    }
    Some(bytes)
}

/// Blocks of 32 with a scale, rounded as `quantize_row_q8_0_ref` in ggml-quants.c does: the scale in half precision, the
/// bytes by the scale in single precision. `None` if a scale is too large for half precision.
pub fn q8_0(row: &[f32]) -> Option<Vec<u8>> {
    let (blocks, rest) = row.as_chunks::<{ blocks::LEN }>();
    debug_assert!(rest.is_empty(), "rows are whole blocks");
    let mut bytes = Vec::with_capacity(blocks.len() * (2 + blocks::LEN));
    for block in blocks {
        let largest = block.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
        let scale = largest / 127.0;
        let by = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        bytes.extend(half(scale)?);
        bytes.extend(block.iter().map(|number| ((number * by).round() as i8).cast_unsigned()));
    }
    Some(bytes)
}

fn half(number: f32) -> Option<[u8; 2]> {
    let half = f16::from_f32(number);
    half.is_finite().then(|| half.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Element;
    use super::*;

    fn decoded(element: Element, bytes: &[u8], length: usize) -> Vec<f32> {
        let mut numbers = vec![0.0; length];
        element.decode(bytes, &mut numbers);
        numbers
    }

    proptest! {
        #[test]
        fn a_block_comes_back_within_half_a_step(row in prop::collection::vec(-4.0_f32..4.0, 64)) {
            let back = decoded(Element::Q8_0, &q8_0(&row).expect("small numbers fit"), row.len());
            for (block, back) in row.chunks(32).zip(back.chunks(32)) {
                let largest = block.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
                for (number, back) in block.iter().zip(back) {
                    // Half a step, and the rounding of the scale to half precision.
                    prop_assert!((number - back).abs() <= largest * (0.5 / 127.0 + 1.0 / 1024.0));
                }
            }
        }

        #[test]
        fn quantizing_again_changes_nothing(row in prop::collection::vec(-4.0_f32..4.0, 32)) {
            let once = q8_0(&row).expect("small numbers fit");
            let back = decoded(Element::Q8_0, &once, row.len());
            // The largest number gives the scale again, unless half precision rounds it elsewhere.
            let twice = decoded(Element::Q8_0, &q8_0(&back).expect("small numbers fit"), row.len());
            for (once, twice) in back.iter().zip(twice) {
                prop_assert!((once - twice).abs() <= once.abs() / 512.0);
            }
        }
    }

    #[test]
    fn halves_and_floats_come_back() {
        let row = [0.0, -1.5, 65_504.0, 0.000_061_035_156];
        assert_eq!(decoded(Element::F16, &f16(&row).unwrap(), 4), row);
        assert_eq!(decoded(Element::F32, &f32(&row).unwrap(), 4), row);
    }

    #[test]
    fn numbers_beyond_half_precision_are_refused() {
        assert_eq!(f16(&[1e6]), None);
        assert_eq!(q8_0(&[1e8; 32]), None);
        assert_eq!(q8_0(&[0.0; 32]), Some(vec![0; 34]));
    }
}
