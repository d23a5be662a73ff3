//! Sixteen lanes as four registers of 128 bits, with `sdot` or with widening multiplications for products of bytes.
//!
//! The matrix instruction `smmla` is not used: its registers hold two rows by two outputs, with eight adjacent inputs
//! of an output. It would need separate kernels and packing.

use std::arch::aarch64::*;
use std::arch::asm;

use super::{Kernel, Simd};

/// A value of this type promises NEON, and with `DOT` also the products of `FEAT_DotProd`.
#[derive(Clone, Copy)]
pub(super) struct Registers128<const DOT: bool>(());

type F = [float32x4_t; 4];
type I = [int32x4_t; 4];

/// # Safety
/// The processor has NEON.
#[target_feature(enable = "neon")]
pub(super) unsafe fn run_neon<K: Kernel>(kernel: K) -> K::Output {
    kernel.run(Registers128::<false>(()))
}

/// # Safety
/// The processor has NEON and `FEAT_DotProd`.
#[target_feature(enable = "neon,dotprod")]
pub(super) unsafe fn run_dotprod<K: Kernel>(kernel: K) -> K::Output {
    kernel.run(Registers128::<true>(()))
}

/// The operation of one register, on each of the four. Not a closure: those are compiled without the instructions.
macro_rules! each {
    ($operation:ident($($x:expr),+)) => {
        unsafe {
            [
                $operation($($x[0]),+),
                $operation($($x[1]),+),
                $operation($($x[2]),+),
                $operation($($x[3]),+),
            ]
        }
    };
}

// SAFETY, for every block below and in the macro: the type promises the instructions, and pointers are the caller's
// promise.
impl<const DOT: bool> Simd for Registers128<DOT> {
    type F = F;
    type I = I;
    const SIGNED_LINES: bool = true;
    const MANY_REGISTERS: bool = false;
    const MEMORY_OPERANDS: bool = false;
    const ROWS: usize = if DOT { 6 } else { 3 };

    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> F {
        unsafe { [vld1q_f32(from), vld1q_f32(from.add(4)), vld1q_f32(from.add(8)), vld1q_f32(from.add(12))] }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32, x: F) {
        unsafe {
            vst1q_f32(to, x[0]);
            vst1q_f32(to.add(4), x[1]);
            vst1q_f32(to.add(8), x[2]);
            vst1q_f32(to.add(12), x[3]);
        }
    }
    #[inline(always)]
    fn splat(self, x: f32) -> F {
        unsafe { [vdupq_n_f32(x); 4] }
    }
    #[inline(always)]
    fn add(self, a: F, b: F) -> F {
        each!(vaddq_f32(a, b))
    }
    #[inline(always)]
    fn sub(self, a: F, b: F) -> F {
        each!(vsubq_f32(a, b))
    }
    #[inline(always)]
    fn mul(self, a: F, b: F) -> F {
        each!(vmulq_f32(a, b))
    }
    #[inline(always)]
    fn div(self, a: F, b: F) -> F {
        each!(vdivq_f32(a, b))
    }
    #[inline(always)]
    fn fma(self, a: F, b: F, c: F) -> F {
        each!(vfmaq_f32(c, a, b))
    }
    #[inline(always)]
    fn max(self, a: F, b: F) -> F {
        each!(larger(a, b))
    }
    #[inline(always)]
    fn abs(self, a: F) -> F {
        each!(vabsq_f32(a))
    }
    #[inline(always)]
    fn raise(self, a: F, exponent: F) -> F {
        each!(raise(a, exponent))
    }
    #[inline(always)]
    fn first(self, count: usize, a: F, other: F) -> F {
        let lanes =
            unsafe { self.load_ints([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].as_ptr()) };
        let count = self.splat_int(count as i32);
        let chosen = each!(vcltq_s32(lanes, count));
        each!(vbslq_f32(chosen, a, other))
    }
    #[inline(always)]
    fn sum(self, a: F) -> f32 {
        unsafe {
            let a = vaddq_f32(vaddq_f32(a[0], a[2]), vaddq_f32(a[1], a[3]));
            let a = vadd_f32(vget_low_f32(a), vget_high_f32(a));
            vget_lane_f32::<0>(a) + vget_lane_f32::<1>(a)
        }
    }
    #[inline(always)]
    fn largest(self, a: F) -> f32 {
        unsafe {
            let a = larger(larger(a[0], a[2]), larger(a[1], a[3]));
            let a = larger(a, vextq_f32::<2>(a, a));
            vgetq_lane_f32::<0>(larger(a, vextq_f32::<1>(a, a)))
        }
    }
    #[inline(always)]
    unsafe fn load_ints(self, from: *const i32) -> I {
        unsafe { [vld1q_s32(from), vld1q_s32(from.add(4)), vld1q_s32(from.add(8)), vld1q_s32(from.add(12))] }
    }
    #[inline(always)]
    fn splat_int(self, x: i32) -> I {
        unsafe { [vdupq_n_s32(x); 4] }
    }
    #[inline(always)]
    fn add_ints(self, a: I, b: I) -> I {
        each!(vaddq_s32(a, b))
    }
    #[inline(always)]
    fn sub_ints(self, a: I, b: I) -> I {
        each!(vsubq_s32(a, b))
    }
    #[inline(always)]
    fn sum_ints(self, a: I) -> i32 {
        unsafe { vaddvq_s32(vaddq_s32(vaddq_s32(a[0], a[2]), vaddq_s32(a[1], a[3]))) }
    }
    #[inline(always)]
    fn to_floats(self, a: I) -> F {
        each!(vcvtq_f32_s32(a))
    }
    #[inline(always)]
    fn round(self, a: F) -> I {
        each!(vcvtnq_s32_f32(a))
    }
    #[inline(always)]
    unsafe fn store_bytes(self, to: *mut i8, a: I) {
        unsafe { vst1q_s8(to, low_bytes(a)) }
    }
    #[inline(always)]
    fn dot(self, sums: I, line: I, four: i32) -> I {
        let four = [four; 4];
        if DOT { each!(dot(sums, line, four)) } else { each!(widening_dot(sums, line, four)) }
    }
    #[inline(always)]
    fn dot_weights(self, sums: I, four: i32, line: I) -> I {
        self.dot(sums, line, four)
    }
    #[inline(always)]
    unsafe fn store_weights(self, to: *mut u8, a: F) {
        unsafe {
            let bytes = vreinterpretq_u8_s8(low_bytes(self.round(a)));
            vst1q_u8(to, veorq_u8(bytes, vdupq_n_u8(128)));
        }
    }
    #[inline(always)]
    fn prefetch(self, at: *const i8) {
        // The intrinsic is not stable.
        unsafe { asm!("prfm pldl1keep, [{}]", in(reg) at.addr(), options(nomem, nostack, preserves_flags)) };
    }
}

/// Not `fmax`, which holds 0 for larger than -0.
///
/// # Safety
/// The processor has NEON.
#[inline(always)]
unsafe fn larger(a: float32x4_t, b: float32x4_t) -> float32x4_t {
    // SAFETY: as the caller promises.
    unsafe { vbslq_f32(vcgtq_f32(a, b), a, b) }
}

/// # Safety
/// The processor has NEON.
#[inline(always)]
unsafe fn raise(a: float32x4_t, exponent: float32x4_t) -> float32x4_t {
    // SAFETY: as the caller promises.
    unsafe {
        let exponent = vshlq_n_s32::<23>(vreinterpretq_s32_f32(exponent));
        vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(a), exponent))
    }
}

/// The low byte of each of sixteen integers.
///
/// # Safety
/// The processor has NEON.
#[inline(always)]
unsafe fn low_bytes(a: I) -> int8x16_t {
    // SAFETY: as the caller promises.
    unsafe {
        let low = vuzp1q_s16(vreinterpretq_s16_s32(a[0]), vreinterpretq_s16_s32(a[1]));
        let high = vuzp1q_s16(vreinterpretq_s16_s32(a[2]), vreinterpretq_s16_s32(a[3]));
        vuzp1q_s8(vreinterpretq_s8_s16(low), vreinterpretq_s8_s16(high))
    }
}

/// Products of signed bytes in one instruction, whose intrinsic is not stable. The four bytes are taken from the lowest
/// lane: to repeat them in each lane would cost an instruction.
///
/// # Safety
/// The processor has `FEAT_DotProd`.
#[inline(always)]
unsafe fn dot(sums: int32x4_t, line: int32x4_t, four: i32) -> int32x4_t {
    let mut sums = sums;
    // SAFETY: as the caller promises.
    unsafe {
        asm!(
            "sdot {sums:v}.4s, {line:v}.16b, {four:v}.4b[0]",
            sums = inout(vreg) sums,
            line = in(vreg) line,
            four = in(vreg) four,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sums
}

/// The same without `FEAT_DotProd`. Sums of two products fit 16 bits, since lines hold -127 to 127: `2 * 128 * 127 <
/// 2^15`.
///
/// # Safety
/// The processor has NEON.
#[inline(always)]
unsafe fn widening_dot(sums: int32x4_t, line: int32x4_t, four: i32) -> int32x4_t {
    // SAFETY: as the caller promises.
    unsafe {
        let (line, four) = (vreinterpretq_s8_s32(line), vreinterpretq_s8_s32(vdupq_n_s32(four)));
        let low = vmull_s8(vget_low_s8(line), vget_low_s8(four));
        vpadalq_s16(sums, vpaddq_s16(low, vmull_high_s8(line, four)))
    }
}
