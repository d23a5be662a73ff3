//! The Fourier transform of frames of 400 real samples, sixteen frames at a time, each in a lane of its own.
//!
//! Libraries use different code on different processors, which rounds differently, and take cosines from the C library,
//! which does the same.

use super::{FRAME, FREQUENCIES};
use crate::simd::{LANES, Simd};

/// Pairs of samples are treated as complex numbers, so there are half as many.
const HALF: usize = FRAME / 2;
/// What the stages make of one number after the other: their product is [`HALF`].
const RADICES: [usize; 5] = [5, 5, 2, 2, 2];

/// One value of each frame.
pub(super) type Lane = [f32; LANES];

#[derive(Clone, Copy)]
struct Complex<T> {
    re: T,
    im: T,
}

/// Cosines and sines, and the order in which the first stage reads.
pub(super) struct Fourier {
    /// e^(-2 pi i k / 400).
    turns: Vec<Complex<f32>>,
    order: Vec<usize>,
}

/// Working memory.
pub(super) struct Buffer(Vec<Complex<Lane>>);

impl Buffer {
    pub fn new() -> Self {
        Self(vec![Complex { re: [0.0; LANES], im: [0.0; LANES] }; HALF])
    }
}

impl Fourier {
    pub fn new() -> Self {
        let turns = turns().map(|(cosine, sine)| Complex { re: cosine as f32, im: -sine as f32 });
        let mut order = vec![0];
        for radix in RADICES {
            // The last stage joins numbers that lie `radix` apart.
            order = (0..radix).flat_map(|first| order.iter().map(move |at| at * radix + first)).collect();
        }
        Self { turns: turns.collect(), order }
    }

    /// The power at each frequency of sixteen frames.
    #[inline(always)]
    pub fn powers<S: Simd>(
        &self,
        s: S,
        frames: &[Lane; FRAME],
        buffer: &mut Buffer,
        powers: &mut [Lane; FREQUENCIES],
    ) {
        let values = &mut buffer.0;
        for (value, &from) in values.iter_mut().zip(&self.order) {
            *value = Complex { re: frames[2 * from], im: frames[2 * from + 1] };
        }
        let mut size = 1;
        for radix in RADICES {
            match radix {
                2 => self.stage::<S, 2>(s, values, size),
                _ => self.stage::<S, 5>(s, values, size),
            }
            size *= radix;
        }
        for (k, power) in powers.iter_mut().enumerate() {
            self.power(s, values, k, power);
        }
    }

    /// Combines `R` transforms of `size` numbers each into one.
    #[inline(always)]
    fn stage<S: Simd, const R: usize>(&self, s: S, values: &mut [Complex<Lane>], size: usize) {
        let step = FRAME / (R * size);
        for whole in values.chunks_exact_mut(R * size) {
            for k in 0..size {
                let mut parts = [Complex { re: s.splat(0.0), im: s.splat(0.0) }; R];
                for (q, part) in parts.iter_mut().enumerate() {
                    *part = turned(s, load(s, &whole[q * size + k]), self.turns[q * k * step % FRAME]);
                }
                for p in 0..R {
                    let mut sum = parts[0];
                    for (q, part) in parts.iter().enumerate().skip(1) {
                        let part = turned(s, *part, self.turns[p * q * (FRAME / R) % FRAME]);
                        sum = Complex { re: s.add(sum.re, part.re), im: s.add(sum.im, part.im) };
                    }
                    store(s, sum, &mut whole[p * size + k]);
                }
            }
        }
    }

    /// The power at one frequency, from the transform of even samples (real) and odd ones (imaginary).
    #[inline(always)]
    fn power<S: Simd>(&self, s: S, values: &[Complex<Lane>], k: usize, power: &mut Lane) {
        let a = load(s, &values[k % HALF]);
        let b = load(s, &values[(HALF - k) % HALF]);
        let even = Complex { re: s.add(a.re, b.re), im: s.sub(a.im, b.im) };
        let odd = Complex { re: s.add(a.im, b.im), im: s.sub(b.re, a.re) };
        let odd = turned(s, odd, self.turns[k]);
        let (re, im) = (s.add(even.re, odd.re), s.add(even.im, odd.im));
        // Both halves were doubled.
        let sum = s.mul(s.add(s.mul(re, re), s.mul(im, im)), s.splat(0.25));
        // SAFETY: sixteen floats.
        unsafe { s.store(power.as_mut_ptr(), sum) };
    }
}

#[inline(always)]
fn load<S: Simd>(s: S, from: &Complex<Lane>) -> Complex<S::F> {
    // SAFETY: sixteen floats each.
    unsafe { Complex { re: s.load(from.re.as_ptr()), im: s.load(from.im.as_ptr()) } }
}

#[inline(always)]
fn store<S: Simd>(s: S, value: Complex<S::F>, to: &mut Complex<Lane>) {
    // SAFETY: sixteen floats each.
    unsafe {
        s.store(to.re.as_mut_ptr(), value.re);
        s.store(to.im.as_mut_ptr(), value.im);
    }
}

#[inline(always)]
fn turned<S: Simd>(s: S, value: Complex<S::F>, by: Complex<f32>) -> Complex<S::F> {
    let (re, im) = (s.splat(by.re), s.splat(by.im));
    Complex {
        re: s.sub(s.mul(value.re, re), s.mul(value.im, im)),
        im: s.add(s.mul(value.re, im), s.mul(value.im, re)),
    }
}

/// Cosine and sine of each 400th part of a turn, by a rotation: additions and multiplications alone, which round the
/// same everywhere.
pub(super) fn turns() -> impl Iterator<Item = (f64, f64)> {
    /// Cosine and sine of the 400th part.
    const STEP: (f64, f64) = (0.999_876_632_481_660_6, 0.015_707_317_311_820_675);
    let next = |&(cosine, sine): &(f64, f64)| {
        Some((cosine * STEP.0 - sine * STEP.1, sine * STEP.0 + cosine * STEP.1))
    };
    std::iter::successors(Some((1.0, 0.0)), next).take(FRAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level;
    use crate::simd::{Kernel, dispatch};

    struct Powers<'a>(&'a [Lane; FRAME]);

    impl Kernel for Powers<'_> {
        type Output = Vec<Lane>;
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Vec<Lane> {
            let mut powers = [[0.0; LANES]; FREQUENCIES];
            Fourier::new().powers(s, self.0, &mut Buffer::new(), &mut powers);
            powers.to_vec()
        }
    }

    #[test]
    fn powers_are_those_of_the_transform_by_its_definition() {
        let frames: [Lane; FRAME] = std::array::from_fn(|i| {
            std::array::from_fn(|lane| ((i * i * 7 + lane * 13 + i * 31) % 97) as f32 / 48.0 - 1.0)
        });
        let plain = dispatch(Level::Scalar, Powers(&frames));
        for (k, powers) in plain.iter().enumerate() {
            for lane in [0, 15] {
                let (mut re, mut im) = (0.0, 0.0);
                for (i, frame) in frames.iter().enumerate() {
                    let angle = std::f64::consts::TAU * (i * k) as f64 / FRAME as f64;
                    re += f64::from(frame[lane]) * angle.cos();
                    im += f64::from(frame[lane]) * angle.sin();
                }
                let exact = re * re + im * im;
                assert!((f64::from(powers[lane]) - exact).abs() < 1e-3 + 1e-5 * exact, "{k} {lane}");
            }
        }
        for level in Level::available() {
            assert_eq!(dispatch(level, Powers(&frames)), plain, "{level}");
        }
    }
}
