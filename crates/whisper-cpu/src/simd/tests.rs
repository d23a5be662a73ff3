//! Compares every level with plain Rust.

use proptest::prelude::*;

use super::*;

/// The bits of each operation's result for these inputs.
struct Everything<'a>(&'a [f32; LANES], &'a [f32; LANES], &'a [i32; LANES]);

impl Kernel for Everything<'_> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Vec<u32> {
        let mut bits = Vec::new();
        let mut keep = |x: S::F| {
            let mut lanes = [0f32; LANES];
            // SAFETY: sixteen floats.
            unsafe { s.store(lanes.as_mut_ptr(), x) };
            bits.extend(lanes.map(f32::to_bits));
        };
        // SAFETY: sixteen elements each.
        let (a, b, c) =
            unsafe { (s.load(self.0.as_ptr()), s.load(self.1.as_ptr()), s.load_ints(self.2.as_ptr())) };
        for x in [
            s.add(a, b),
            s.sub(a, b),
            s.mul(a, b),
            s.div(a, b),
            s.fma(a, b, s.splat(0.3)),
            s.max(a, b),
            s.abs(a),
            s.raise(s.abs(b), s.add(s.splat(5.0), s.splat(ROUNDER))),
            s.first(5, a, b),
            s.first(16, a, b),
            s.first(11, a, b),
            s.to_floats(s.round(a)),
            s.to_floats(s.add_ints(c, s.splat_int(7))),
            s.to_floats(s.sub_ints(c, s.splat_int(-9))),
            s.splat(s.sum(a)),
            s.splat(s.largest(a)),
            s.splat(s.sum_ints(c) as f32),
        ] {
            keep(x);
        }
        let mut bytes = [0i8; LANES];
        // SAFETY: sixteen bytes.
        unsafe { s.store_bytes(bytes.as_mut_ptr(), s.round(a)) };
        bits.extend(bytes.map(|byte| byte as u32));
        bits
    }
}

/// The sums of [`Simd::dot`], and of [`Simd::dot_weights`] with the first four weights, without what is added to bytes.
struct Products<'a> {
    line: &'a [i8; 64],
    four: [i8; 4],
    weights: &'a [f32; LANES],
}

impl Kernel for Products<'_> {
    type Output = [[f32; LANES]; 2];

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Self::Output {
        let Self { line, four, weights } = self;
        let flip = if S::SIGNED_LINES { 0 } else { 128 };
        let flipped = line.map(|byte| byte as u8 ^ flip);
        let offset = i32::from(flip) * four.iter().map(|&byte| i32::from(byte)).sum::<i32>();
        let taken_off = if S::SIGNED_LINES { 128 } else { 0 };
        let mut offsets = [0; LANES];
        for (offset, bytes) in offsets.iter_mut().zip(line.as_chunks::<4>().0) {
            *offset = taken_off * bytes.iter().map(|&byte| i32::from(byte)).sum::<i32>();
        }
        let (mut bytes, mut found) = ([0u8; LANES], [[0.0; LANES]; 2]);
        // SAFETY: sixteen elements each, or 64 bytes.
        unsafe {
            let sums = s.dot(
                s.splat_int(7),
                s.load_ints(flipped.as_ptr().cast()),
                i32::from_ne_bytes(four.map(|byte| byte as u8)),
            );
            s.store(found[0].as_mut_ptr(), s.to_floats(s.sub_ints(sums, s.splat_int(7 + offset))));
            s.store_weights(bytes.as_mut_ptr(), s.load(weights.as_ptr()));
            let four = i32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
            let sums = s.dot_weights(s.load_ints(offsets.as_ptr()), four, s.load_ints(line.as_ptr().cast()));
            s.store(found[1].as_mut_ptr(), s.to_floats(sums));
        }
        found
    }
}

fn byte() -> impl Strategy<Value = i8> {
    prop_oneof![Just(-127), Just(127), -127i8..=127]
}

fn weight() -> impl Strategy<Value = f32> {
    prop_oneof![Just(0.0), Just(255.0), 0f32..255.0]
}

proptest! {
    #[test]
    fn products_of_bytes_are_exact(
        line in proptest::collection::vec(byte(), 64), four in proptest::array::uniform4(byte()),
        weights in proptest::array::uniform16(weight()),
    ) {
        let line: [i8; 64] = line.try_into().unwrap();
        let sums = |by: [i32; 4]| -> Vec<f32> {
            let sum = |bytes: &[i8; 4]| bytes.iter().zip(by).map(|(&byte, by)| i32::from(byte) * by).sum::<i32>();
            line.as_chunks::<4>().0.iter().map(|bytes| sum(bytes) as f32).collect()
        };
        let rounded = std::array::from_fn(|i| weights[i].round_ties_even() as i32);
        let expected = [sums(four.map(i32::from)), sums(rounded)];
        for level in Level::available() {
            let found = dispatch(level, Products { line: &line, four, weights: &weights });
            prop_assert_eq!(found.map(|sums| sums.to_vec()), expected.clone(), "{}", level);
        }
    }

    #[test]
    fn every_level_gives_the_same_bits(
        a in proptest::array::uniform16(-127f32..127.0), b in proptest::array::uniform16(1f32..100.0),
        c in proptest::array::uniform16(-100_000i32..100_000),
    ) {
        let plain = Everything(&a, &b, &c).run(Plain);
        for level in Level::available() {
            prop_assert_eq!(dispatch(level, Everything(&a, &b, &c)), plain.clone(), "{}", level);
        }
    }
}
