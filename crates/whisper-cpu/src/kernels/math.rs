//! Functions that the C library also has, but with different bits on each processor and system.

use crate::simd::{ROUNDER, Simd};

/// 2^r for r from -0.5 to 0.5: the minimax polynomial of degree 5, constant term first. Relative error below 3e-7.
const EXP2: [f32; 6] =
    [1.0, std::f32::consts::LN_2, 0.240_226_46, 0.055_502_73, 0.009_671_057, 0.001_339_262];

/// erf(z) = 1 - (A0 t + ... + A4 t^5) exp(-z^2) with t = 1 / (1 + 0.3275911 z): Abramowitz and Stegun, 7.1.26.
const ERF_STEEPNESS: f32 = 0.327_591_1;
const ERF: [f32; 5] = [0.254_829_6, -0.284_496_74, 1.421_413_8, -1.453_152, 1.061_405_4];

/// The natural logarithm of a positive, normal number, to the nearest f32 except for rare ties.
pub fn ln(x: f32) -> f32 {
    const MANTISSA_BITS: u32 = 52;
    const ONE: u64 = 1023 << MANTISSA_BITS;
    let bits = f64::from(x).to_bits();
    let mut exponent = (bits >> MANTISSA_BITS) as i64 - 1023;
    let mut mantissa = f64::from_bits(bits & ((1 << MANTISSA_BITS) - 1) | ONE);
    if mantissa > std::f64::consts::SQRT_2 {
        exponent += 1;
        mantissa *= 0.5;
    }
    // The series of 2 artanh(s), |s| < 0.172.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let mut series = 1.0 / 13.0;
    for term in [1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0, 1.0] {
        series = series * square + term;
    }
    (2.0 * s * series + exponent as f64 * std::f64::consts::LN_2) as f32
}

/// e^x of one number, with the bits of `exp2`.
pub fn exp(x: f32) -> f32 {
    use crate::simd::Plain;
    exp2(Plain, [x * std::f32::consts::LOG2_E; crate::simd::LANES])[0]
}

/// 2^x for x up to 127. Results below 2^-125 become 2^-125: denormal numbers would cost a hundred cycles each.
#[inline(always)]
pub(super) fn exp2<S: Simd>(s: S, x: S::F) -> S::F {
    let x = s.max(x, s.splat(-125.0));
    let whole = s.add(x, s.splat(ROUNDER));
    let rest = s.sub(x, s.sub(whole, s.splat(ROUNDER)));
    let mut power = s.splat(EXP2[5]);
    for term in [EXP2[4], EXP2[3], EXP2[2], EXP2[1], EXP2[0]] {
        power = s.fma(power, rest, s.splat(term));
    }
    s.raise(power, whole)
}

/// The exact GELU: x / 2 (1 + erf(x / sqrt 2)).
#[inline(always)]
pub(super) fn gelu<S: Simd>(s: S, x: S::F) -> S::F {
    let size = s.abs(x);
    let z = s.mul(size, s.splat(std::f32::consts::FRAC_1_SQRT_2));
    // A division: the estimate of a reciprocal is not the same on every processor.
    let t = s.div(s.splat(1.0), s.fma(z, s.splat(ERF_STEEPNESS), s.splat(1.0)));
    let mut series = s.splat(ERF[4]);
    for term in [ERF[3], ERF[2], ERF[1], ERF[0]] {
        series = s.fma(series, t, s.splat(term));
    }
    let decay = exp2(s, s.mul(s.mul(z, z), s.splat(-std::f32::consts::LOG2_E)));
    let erf = s.fma(s.mul(s.mul(series, t), s.splat(-1.0)), decay, s.splat(1.0));
    s.mul(s.splat(0.5), s.fma(size, erf, x))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::simd::{LANES, Plain};

    /// erf by its power series, which converges well for the numbers here.
    fn erf(z: f64) -> f64 {
        let mut term = z;
        let mut sum = z;
        for n in 1..200 {
            term *= -z * z / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    }

    proptest! {
        #[test]
        fn logarithms_are_right(x in 1e-30f32..1e30) {
            let exact = f64::from(x).ln();
            prop_assert!((f64::from(ln(x)) - exact).abs() <= 1e-7 * exact.abs().max(1.0));
        }

        #[test]
        fn powers_are_right(x in -86f32..80.0) {
            let exact = f64::from(x).exp();
            // The rounding of x / ln 2 costs up to 80 units of the last place.
            prop_assert!((f64::from(exp(x)) - exact).abs() <= 1e-5 * exact);
        }

        #[test]
        fn gelu_is_right(x in -5f32..5.0) {
            let exact = f64::from(x) / 2.0 * (1.0 + erf(f64::from(x) * std::f64::consts::FRAC_1_SQRT_2));
            prop_assert!((f64::from(gelu(Plain, [x; LANES])[0]) - exact).abs() <= 3e-6);
        }
    }

    #[test]
    fn powers_that_are_too_small_stop_at_a_normal_number() {
        assert!(exp2(Plain, [-1e9; LANES])[0].is_normal());
    }
}
