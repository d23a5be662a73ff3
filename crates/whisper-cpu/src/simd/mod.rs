//! Vectors of sixteen lanes on every instruction set.
//!
//! A kernel is written once, over [`Simd`], and compiled for each level. Sixteen lanes are one register of 512 bits,
//! two of 256 or four of 128: the registers differ, the order of every float operation does not. Libraries of portable
//! vectors use as many lanes as a register has, so their sums depend on the processor; that is why none is used here.
//! All operations are those of IEEE 754 (add, multiply, divide, fused multiply-add), so equal inputs give equal bits.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;
mod plain;

use crate::level::Level;

pub(crate) use plain::Plain;

/// Lanes of a vector.
pub(crate) const LANES: usize = 16;

/// Adding this to a float below 2^22 rounds it to the nearest whole number, which is then in the low bits.
pub(crate) const ROUNDER: f32 = 12_582_912.0;

/// Sixteen floats or integers at a time. A value of a type exists only if the processor has its instructions: creating
/// one is unsafe.
///
/// Reading and writing memory is also unsafe: the pointers must be valid for sixteen elements, with any alignment.
pub(crate) trait Simd: Copy {
    /// Sixteen floats.
    type F: Copy;
    /// Sixteen integers of 32 bits, or 64 of 8 bits.
    type I: Copy;
    /// Whether both factors of [`Simd::dot`] are signed. Otherwise the line holds its values with 128 added.
    const SIGNED_LINES: bool;
    /// Whether there are 32 registers of sixteen lanes, not 8.
    const MANY_REGISTERS: bool;
    /// Whether an instruction can take an operand from memory; otherwise each line also needs registers.
    const MEMORY_OPERANDS: bool;
    /// The number of rows whose sums fit into registers, besides a line of outputs and what [`Simd::dot`] needs.
    const ROWS: usize;

    unsafe fn load(self, from: *const f32) -> Self::F;
    unsafe fn store(self, to: *mut f32, x: Self::F);
    fn splat(self, x: f32) -> Self::F;
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    fn div(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once.
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    /// The larger of each two; no lane is NaN.
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    fn abs(self, a: Self::F) -> Self::F;
    /// `a` times two to the whole number in the low bits of `exponent`, which [`ROUNDER`] was added to.
    fn raise(self, a: Self::F, exponent: Self::F) -> Self::F;
    /// The first `count` lanes of `a`, and `other` in the rest.
    fn first(self, count: usize, a: Self::F, other: Self::F) -> Self::F;
    /// The sum of the lanes: halves are added until one lane is left.
    fn sum(self, a: Self::F) -> f32;
    /// The largest lane.
    fn largest(self, a: Self::F) -> f32;

    /// Sixteen integers, or a line of 64 bytes.
    unsafe fn load_ints(self, from: *const i32) -> Self::I;
    fn splat_int(self, x: i32) -> Self::I;
    fn add_ints(self, a: Self::I, b: Self::I) -> Self::I;
    fn sub_ints(self, a: Self::I, b: Self::I) -> Self::I;
    fn sum_ints(self, a: Self::I) -> i32;
    fn to_floats(self, a: Self::I) -> Self::F;
    /// Rounds to the nearest integers, ties to even; the lanes lie within the range of an `i32`.
    fn round(self, a: Self::F) -> Self::I;
    /// Writes the low bytes of integers from -128 to 127.
    unsafe fn store_bytes(self, to: *mut i8, a: Self::I);
    /// Adds to each lane the products of four bytes of a line with the four bytes of `four`, the same for all lanes.
    /// The line's bytes are signed or have 128 added, see [`Simd::SIGNED_LINES`]; the four are signed.
    fn dot(self, sums: Self::I, line: Self::I, four: i32) -> Self::I;
    /// The same with four non-negative bytes and a line of signed bytes; with [`Simd::SIGNED_LINES`], 128 is subtracted
    /// from the four.
    fn dot_weights(self, sums: Self::I, four: i32, line: Self::I) -> Self::I;
    /// Rounds floats from 0 to 255 to the bytes that [`Simd::dot_weights`] takes.
    unsafe fn store_weights(self, to: *mut u8, a: Self::F);
    /// Prefetches a cache line. Any address is allowed.
    fn prefetch(self, at: *const i8);
}

/// Work that is compiled for each level.
pub(crate) trait Kernel {
    type Output;
    /// Must be marked `#[inline(always)]`, like everything that it calls, so that it is compiled with the level's
    /// instructions. Closures are not inlined, and would call each instruction as a function.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// Runs a kernel with a level's instructions.
///
/// # Panics
/// If this processor does not have the level: the caller must have checked.
#[inline]
pub(crate) fn dispatch<K: Kernel>(level: Level, kernel: K) -> K::Output {
    debug_assert!(level.is_available());
    match level {
        // SAFETY: models are packed for levels that are available, as `Model` checks, and kernels run for models.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { avx2::run_avx2(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::AvxVnni => unsafe { avx2::run_vnni(kernel) },
        // SAFETY: as above. Processors with tiles have AVX-512 VNNI.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512Vnni | Level::Amx => unsafe { avx512::run(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "aarch64")]
        Level::Neon => unsafe { neon::run_neon(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "aarch64")]
        Level::NeonDotprod => unsafe { neon::run_dotprod(kernel) },
        // Plain Rust, and levels of other processors, which are never available.
        _ => kernel.run(Plain),
    }
}

/// Whether lines that are packed for the level are signed bytes, or have 128 added: [`Simd::SIGNED_LINES`].
pub(crate) fn has_signed_lines(level: Level) -> bool {
    struct HasSignedLines;
    impl Kernel for HasSignedLines {
        type Output = bool;
        #[inline(always)]
        fn run<S: Simd>(self, _: S) -> bool {
            S::SIGNED_LINES
        }
    }
    dispatch(level, HasSignedLines)
}

#[cfg(test)]
mod tests;
