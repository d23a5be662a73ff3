//! Compares every kernel with the same product in 64-bit floats, and the kernels with each other.

use proptest::prelude::*;

use super::*;

fn layer(level: Level, inputs: usize, outputs: usize, weights: &[f32]) -> Linear {
    Linear::new(level, inputs, outputs, |output, row| {
        row.copy_from_slice(&weights[output * inputs..][..inputs]);
        output as f32 / 8.0
    })
}

/// Rows of 8-bit precision times the layer's weights.
fn exact(layer: &Linear, row: &[f32]) -> Vec<f64> {
    let largest = row.iter().fold(0f32, |largest, x| largest.max(x.abs()));
    let scale = f64::from(largest) / 127.0;
    let by = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    let product = |output| {
        let terms = row
            .iter()
            .enumerate()
            .map(|(input, x)| f64::from((x * by).round_ties_even()) * scale * layer.weight(output, input));
        terms.sum::<f64>() + f64::from(layer.bias[output])
    };
    (0..layer.outputs).map(product).collect()
}

/// Sizes from one, including the edges of tiles, panels and blocks.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![1usize..10, 14usize..20, 60usize..70, 120usize..140]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn products_are_right_and_equal(
        (count, inputs, outputs, gap) in (size(), size(), size(), 0usize..5), seed in any::<u64>(),
    ) {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        };
        let weights: Vec<f32> = (0..inputs * outputs).map(|_| next()).collect();
        let values: Vec<f32> = (0..count * (inputs + gap)).map(|_| next() * 3.0).collect();
        let rows = Rows::strided(&values, count, inputs, inputs + gap);
        let mut first: Option<Vec<u32>> = None;
        for level in Level::available() {
            let layer = layer(level, inputs, outputs, &weights);
            let mut out = vec![0.0; count * outputs];
            layer.apply(rows, Activation::None, &mut Activations::default(), &mut out);
            for (row, out) in out.chunks(outputs).enumerate() {
                for (x, exact) in out.iter().zip(exact(&layer, rows.row(row))) {
                    prop_assert!((f64::from(*x) - exact).abs() <= 1e-4 * (1.0 + exact.abs()), "{level}: {x} {exact}");
                }
            }
            layer.apply(rows, Activation::Gelu, &mut Activations::default(), &mut out);
            let bits: Vec<u32> = out.iter().map(|x| x.to_bits()).collect();
            prop_assert_eq!(first.get_or_insert_with(|| bits.clone()), &bits, "{}", level);
        }
    }

    #[test]
    fn a_row_does_not_depend_on_the_rows_beside_it(count in 1usize..50, chosen in 0usize..50) {
        let chosen = chosen % count;
        let values: Vec<f32> = (0..count * 80).map(|i| ((i * 37 % 101) as f32 - 50.0) / 7.0).collect();
        let weights: Vec<f32> = (0..80 * 96).map(|i| ((i * 53 % 97) as f32 - 48.0) / 9.0).collect();
        for level in Level::available() {
            let layer = layer(level, 80, 96, &weights);
            let (mut all, mut one) = (vec![0.0; count * 96], vec![0.0; 96]);
            layer.apply(Rows::of(&values, 80), Activation::Gelu, &mut Activations::default(), &mut all);
            let row = &values[chosen * 80..][..80];
            layer.apply(Rows::of(row, 80), Activation::Gelu, &mut Activations::default(), &mut one);
            prop_assert_eq!(&all[chosen * 96..][..96], &one[..]);
        }
    }
}

#[test]
fn a_layer_is_packed_the_same_by_any_number_of_threads() {
    let (inputs, outputs) = (192, 64 * 37 + 5);
    let weights: Vec<f32> = (0..inputs * outputs).map(|i| (i % 251) as f32 - 125.0).collect();
    for level in Level::available() {
        let layer = layer(level, inputs, outputs, &weights);
        for output in [0, 63, 64, 1000, 64 * 18, 64 * 19 - 1, outputs - 1] {
            assert_eq!(layer.bias[output], output as f32 / 8.0);
            for input in [0, 5, 191] {
                let found = layer.weight(output, input);
                let exact = f64::from(weights[output * inputs + input]);
                assert!((found - exact).abs() <= 0.5, "{level}: {found} {exact}");
            }
        }
    }
}

#[test]
fn rows_and_weights_of_zeros_give_the_bias() {
    for level in Level::available() {
        let layer = layer(level, 64, 3, &[0.0; 192]);
        let mut out = [9.0; 6];
        layer.apply(Rows::of(&[0.0; 128], 64), Activation::None, &mut Activations::default(), &mut out);
        assert_eq!(out, [0.0, 0.125, 0.25, 0.0, 0.125, 0.25]);
    }
}
