//! Every level against plain Rust.

use proptest::prelude::*;

use super::*;

/// Bits of what every operation gives for these inputs.
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

proptest! {
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
