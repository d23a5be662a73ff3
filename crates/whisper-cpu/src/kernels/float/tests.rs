use super::*;
use crate::level::Level;

fn numbers(count: usize, seed: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * i * 7 + i * 31 + seed * 13) % 197) as f32 / 98.0 - 1.0).collect()
}

/// Two lines of rows with two parts each. The places for outputs have contents, to which `add` adds.
fn apply(level: Level, outputs: usize, count: usize, activation: Activation, add: bool) -> Vec<f32> {
    let layer = Dense::new(level, &numbers(6 * outputs, 1), &numbers(outputs, 2));
    let values = numbers(500, 3);
    let rows = Rows { values: &values, lines: 2, line: 200, count, stride: 5, taps: 2, tap: 40 };
    let (stride, line) = (outputs + 3, 40 * (outputs + 3));
    let mut out = numbers(2 * line, 4);
    layer.apply(rows, activation, Places { values: &mut out, line, stride, add });
    out
}

/// The same, computed from the definition.
fn expected(outputs: usize, count: usize, activation: Activation, add: bool) -> Vec<f32> {
    let (weights, bias, values) = (numbers(6 * outputs, 1), numbers(outputs, 2), numbers(500, 3));
    let (stride, line) = (outputs + 3, 40 * (outputs + 3));
    let mut out = numbers(2 * line, 4);
    for (at, row) in (0..2).flat_map(|l| (0..count).map(move |r| (l * line + r * stride, l * 200 + r * 5))) {
        for output in 0..outputs {
            let input = |i: usize| f64::from(values[row + i / 3 * 40 + i % 3]);
            let sum: f64 = (0..6).map(|i| input(i) * f64::from(weights[i * outputs + output])).sum();
            let place = &mut out[at + output];
            let x = sum + f64::from(bias[output]) + if add { f64::from(*place) } else { 0.0 };
            *place = match activation {
                Activation::None => x,
                Activation::Relu => x.max(0.0),
                Activation::LeakyRelu => x.max(x * 0.01),
                Activation::Abs => x.abs(),
            } as f32;
        }
    }
    out
}

#[test]
fn layers_are_products_with_the_same_bits_at_every_level() {
    for (outputs, count) in [(1, 1), (7, 13), (16, 12), (32, 31), (60, 9), (80, 3)] {
        for activation in [Activation::None, Activation::Relu, Activation::LeakyRelu, Activation::Abs] {
            for add in [false, true] {
                let plain = apply(Level::Scalar, outputs, count, activation, add);
                for (found, exact) in plain.iter().zip(expected(outputs, count, activation, add)) {
                    assert!((found - exact).abs() < 1e-5, "{outputs} {count} {activation:?} {add}");
                }
                for level in Level::available() {
                    assert_eq!(apply(level, outputs, count, activation, add), plain, "{level}");
                }
            }
        }
    }
}

#[test]
#[should_panic(expected = "within their memory")]
fn rows_beyond_their_memory_are_refused() {
    let layer = Dense::new(Level::Scalar, &[1.0; 8], &[0.0; 2]);
    layer.apply(Rows::overlapping(&[0.0; 11], 3, 4), Activation::None, Places::of(&mut [0.0; 6], 2));
}

#[test]
fn cells_follow_the_definition() {
    let gates: Vec<f32> = numbers(64, 1).iter().map(|x| x * 90.0).chain(numbers(64, 2)).collect();
    let run = |level| {
        let (mut cells, mut out) = (numbers(32, 3), vec![0.0; 32]);
        lstm_cell(level, &gates, &mut cells, &mut out);
        (cells, out)
    };
    let sigmoid = |x: f32| 1.0 / (1.0 + (-f64::from(x)).exp());
    let plain = run(Level::Scalar);
    for i in 0..32 {
        let new = f64::from(gates[64 + i]).tanh();
        let cell = sigmoid(gates[32 + i]) * f64::from(numbers(32, 3)[i]) + sigmoid(gates[i]) * new;
        assert!((f64::from(plain.0[i]) - cell).abs() < 1e-6, "{i}");
        assert!((f64::from(plain.1[i]) - sigmoid(gates[96 + i]) * cell.tanh()).abs() < 1e-6, "{i}");
    }
    for level in Level::available() {
        assert_eq!(run(level), plain, "{level}");
    }
}

#[test]
fn columns_are_normalized_and_scaled_alike_at_every_level() {
    let run = |level| {
        let mut rows = numbers(150 * 20, 1);
        normalize_columns(level, &mut rows, &[2.0; 20], &[30.0; 20]);
        let mut scaled = vec![0.0; 150 * 7];
        scale_shift_relu(level, &rows, 20, &numbers(7, 2), &numbers(7, 3), &mut scaled);
        let mut largest = vec![0.0; 50 * 20];
        largest_of_three(level, &rows, 20, &mut largest);
        let mut products = vec![0.0; 25];
        dots(level, &rows[..25 * 96], &rows[300..396], &mut products);
        (rows, scaled, largest, products)
    };
    let plain = run(Level::Scalar);
    let column: Vec<f64> = plain.0.iter().skip(3).step_by(20).map(|&x| f64::from(x)).collect();
    let mean = column.iter().sum::<f64>() / 150.0;
    let variance = column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 150.0;
    assert!((mean - 30.0).abs() < 1e-4 && (variance.sqrt() - 2.0).abs() < 1e-3, "{mean} {variance}");
    assert_eq!(plain.1[9], plain.0[22].mul_add(numbers(7, 2)[2], numbers(7, 3)[2]).max(0.0));
    assert_eq!(plain.2[25], plain.0[65].max(plain.0[85]).max(plain.0[105]));
    let product: f32 = (0..96).map(|i| plain.0[96 + i] * plain.0[300 + i]).sum();
    assert!((plain.3[1] - product).abs() < 1e-4 * product.abs());
    for level in Level::available() {
        assert_eq!(run(level), plain, "{level}");
    }
}
