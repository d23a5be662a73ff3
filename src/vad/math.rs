//! Functions with the same results on every processor and system, unlike those of the C library.

/// 1.5 * 2^23: adding it to a float removes the fraction.
const ROUNDER: f32 = 12_582_912.0;
/// Beyond this in either direction, the exponential leaves the range of normal floats.
const MOST: f32 = 87.0;

/// Returns e^x with an error of some units in the last place; `x` is clamped to -87..87.
#[inline]
fn exp(x: f32) -> f32 {
    let x = x.clamp(-MOST, MOST);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let power = shifted - ROUNDER;
    // x - power * ln 2, with the logarithm in two parts, the first of which causes no rounding error.
    let rest = (x - power * 0.693_359_4) + power * 2.121_944_4e-4;
    let coefficients = [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5];
    let series = coefficients.iter().fold(1.987_569_1e-4, |sum, next| sum * rest + next);
    let series = series * rest * rest + rest + 1.0;
    let exponent = (shifted.to_bits() as i32).wrapping_sub(ROUNDER.to_bits() as i32) + 127;
    series * f32::from_bits((exponent << 23) as u32)
}

/// Returns 1 / (1 + e^-x).
#[inline]
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline]
pub(super) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (1.0 + exp(2.0 * x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns all 16-bit patterns in the upper half: every exponent and sign, including infinities and subnormals.
    fn floats() -> impl Iterator<Item = f32> {
        (0..=u16::MAX).map(|upper| f32::from_bits(u32::from(upper) << 16 | 0x1234)).filter(|x| !x.is_nan())
    }

    #[test]
    fn functions_are_as_exact_as_floats() {
        for x in floats().filter(|x| x.abs() < 87.0) {
            let wanted = f64::from(x).exp();
            assert!((f64::from(exp(x)) - wanted).abs() <= 2.5e-7 * wanted, "e^{x}");
        }
        for x in floats() {
            let wide = f64::from(x);
            assert!((f64::from(sigmoid(x)) - 1.0 / (1.0 + (-wide).exp())).abs() <= 1.5e-7, "sigmoid of {x}");
            assert!((f64::from(tanh(x)) - wide.tanh()).abs() <= 2.5e-7, "tanh of {x}");
        }
    }

    #[test]
    fn what_is_no_number_stays_so() {
        assert!(sigmoid(f32::NAN).is_nan() && tanh(f32::NAN).is_nan());
    }

    #[test]
    fn bits_are_the_same_everywhere() {
        let sums = floats().fold([0_u32; 2], |[a, b], x| {
            let mixed = |sum: u32, y: f32| sum.rotate_left(5) ^ y.to_bits();
            [mixed(a, sigmoid(x)), mixed(b, tanh(x))]
        });
        assert_eq!(sums, [1_007_880_835, 1_160_386_797]);
    }
}
