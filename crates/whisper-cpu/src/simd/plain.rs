//! Sixteen lanes in plain Rust: the reference, and the fallback if no other level is available.

use std::array::from_fn;

use super::{LANES, ROUNDER, Simd};

#[derive(Clone, Copy)]
pub(crate) struct Plain;

type F = [f32; LANES];
type I = [i32; LANES];

fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Adds halves until one is left.
fn halve<T: Copy>(lanes: [T; LANES], add: impl Fn(T, T) -> T) -> T {
    let lanes: [T; 8] = from_fn(|i| add(lanes[i], lanes[i + 8]));
    let lanes: [T; 4] = from_fn(|i| add(lanes[i], lanes[i + 4]));
    add(add(lanes[0], lanes[2]), add(lanes[1], lanes[3]))
}

impl Simd for Plain {
    type F = F;
    type I = I;
    const SIGNED_LINES: bool = true;
    const MANY_REGISTERS: bool = false;
    const MEMORY_OPERANDS: bool = true;
    const ROWS: usize = 4;

    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> F {
        // SAFETY: the caller's pointer is good for sixteen floats.
        unsafe { from.cast::<F>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32, x: F) {
        // SAFETY: the caller's pointer is good for sixteen floats.
        unsafe { to.cast::<F>().write_unaligned(x) }
    }
    #[inline(always)]
    fn splat(self, x: f32) -> F {
        [x; LANES]
    }
    #[inline(always)]
    fn add(self, a: F, b: F) -> F {
        from_fn(|i| a[i] + b[i])
    }
    #[inline(always)]
    fn sub(self, a: F, b: F) -> F {
        from_fn(|i| a[i] - b[i])
    }
    #[inline(always)]
    fn mul(self, a: F, b: F) -> F {
        from_fn(|i| a[i] * b[i])
    }
    #[inline(always)]
    fn div(self, a: F, b: F) -> F {
        from_fn(|i| a[i] / b[i])
    }
    #[inline(always)]
    fn fma(self, a: F, b: F, c: F) -> F {
        from_fn(|i| a[i].mul_add(b[i], c[i]))
    }
    #[inline(always)]
    fn max(self, a: F, b: F) -> F {
        from_fn(|i| larger(a[i], b[i]))
    }
    #[inline(always)]
    fn abs(self, a: F) -> F {
        a.map(f32::abs)
    }
    #[inline(always)]
    fn raise(self, a: F, exponent: F) -> F {
        from_fn(|i| f32::from_bits(a[i].to_bits().wrapping_add(exponent[i].to_bits() << 23)))
    }
    #[inline(always)]
    fn first(self, count: usize, a: F, other: F) -> F {
        from_fn(|i| if i < count { a[i] } else { other[i] })
    }
    #[inline(always)]
    fn sum(self, a: F) -> f32 {
        halve(a, |a, b| a + b)
    }
    #[inline(always)]
    fn largest(self, a: F) -> f32 {
        halve(a, larger)
    }
    #[inline(always)]
    unsafe fn load_ints(self, from: *const i32) -> I {
        // SAFETY: the caller's pointer is good for sixteen integers.
        unsafe { from.cast::<I>().read_unaligned() }
    }
    #[inline(always)]
    fn splat_int(self, x: i32) -> I {
        [x; LANES]
    }
    #[inline(always)]
    fn add_ints(self, a: I, b: I) -> I {
        from_fn(|i| a[i].wrapping_add(b[i]))
    }
    #[inline(always)]
    fn sub_ints(self, a: I, b: I) -> I {
        from_fn(|i| a[i].wrapping_sub(b[i]))
    }
    #[inline(always)]
    fn sum_ints(self, a: I) -> i32 {
        halve(a, i32::wrapping_add)
    }
    #[inline(always)]
    fn to_floats(self, a: I) -> F {
        a.map(|x| x as f32)
    }
    #[inline(always)]
    fn round(self, a: F) -> I {
        a.map(|x| x.round_ties_even() as i32)
    }
    #[inline(always)]
    unsafe fn store_bytes(self, to: *mut i8, a: I) {
        // SAFETY: the caller's pointer is good for sixteen bytes.
        unsafe { to.cast::<[i8; LANES]>().write_unaligned(a.map(|x| x as i8)) }
    }
    #[inline(always)]
    fn dot(self, sums: I, line: I, four: i32) -> I {
        let four = four.to_ne_bytes();
        from_fn(|i| {
            let line = line[i].to_ne_bytes();
            (0..4).fold(sums[i], |sum, j| sum + i32::from(line[j] as i8) * i32::from(four[j] as i8))
        })
    }
    #[inline(always)]
    fn dot_weights(self, sums: I, four: i32, line: I) -> I {
        self.dot(sums, line, four)
    }
    #[inline(always)]
    unsafe fn store_weights(self, to: *mut u8, a: F) {
        let bytes = a.map(|x| (x + ROUNDER).to_bits() as u8 ^ 128);
        // SAFETY: the caller's pointer is good for sixteen bytes.
        unsafe { to.cast::<[u8; LANES]>().write_unaligned(bytes) }
    }
    #[inline(always)]
    fn prefetch(self, _at: *const i8) {}
}
