//! Sixteen lanes as two registers of 256 bits, with `vpmaddubsw` or with `vpdpbusd` for products of bytes.

use std::arch::x86_64::*;

use super::{Kernel, Simd};

/// A value of this type promises AVX2 and FMA, and with `VNNI` also AVX-VNNI.
#[derive(Clone, Copy)]
pub(super) struct Registers256<const VNNI: bool>(());

type F = [__m256; 2];
type I = [__m256i; 2];

/// # Safety
/// The processor has AVX2 and FMA.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn run_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run(Registers256::<false>(()))
}

/// # Safety
/// The processor has AVX2, FMA and AVX-VNNI.
#[target_feature(enable = "avx2,fma,avxvnni")]
pub(super) unsafe fn run_vnni<K: Kernel>(kernel: K) -> K::Output {
    kernel.run(Registers256::<true>(()))
}

// SAFETY, for every block below: the type promises the instructions, and pointers are the caller's promise.
impl<const VNNI: bool> Simd for Registers256<VNNI> {
    type F = F;
    type I = I;
    const SIGNED_LINES: bool = !VNNI;
    const MANY_REGISTERS: bool = false;
    const MEMORY_OPERANDS: bool = true;
    const ROWS: usize = if VNNI { 6 } else { 4 };

    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> F {
        unsafe { [_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))] }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32, x: F) {
        unsafe {
            _mm256_storeu_ps(to, x[0]);
            _mm256_storeu_ps(to.add(8), x[1]);
        }
    }
    #[inline(always)]
    fn splat(self, x: f32) -> F {
        unsafe { [_mm256_set1_ps(x); 2] }
    }
    #[inline(always)]
    fn add(self, a: F, b: F) -> F {
        unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn sub(self, a: F, b: F) -> F {
        unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn mul(self, a: F, b: F) -> F {
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn div(self, a: F, b: F) -> F {
        unsafe { [_mm256_div_ps(a[0], b[0]), _mm256_div_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn fma(self, a: F, b: F, c: F) -> F {
        unsafe { [_mm256_fmadd_ps(a[0], b[0], c[0]), _mm256_fmadd_ps(a[1], b[1], c[1])] }
    }
    #[inline(always)]
    fn max(self, a: F, b: F) -> F {
        unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn abs(self, a: F) -> F {
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            [_mm256_andnot_ps(sign, a[0]), _mm256_andnot_ps(sign, a[1])]
        }
    }
    #[inline(always)]
    fn raise(self, a: F, exponent: F) -> F {
        unsafe { [raise(a[0], exponent[0]), raise(a[1], exponent[1])] }
    }
    #[inline(always)]
    fn first(self, count: usize, a: F, other: F) -> F {
        unsafe {
            let lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
            let (low, high) = (_mm256_set1_epi32(count as i32), _mm256_set1_epi32(count as i32 - 8));
            let low = _mm256_castsi256_ps(_mm256_cmpgt_epi32(low, lanes));
            let high = _mm256_castsi256_ps(_mm256_cmpgt_epi32(high, lanes));
            [_mm256_blendv_ps(other[0], a[0], low), _mm256_blendv_ps(other[1], a[1], high)]
        }
    }
    #[inline(always)]
    fn sum(self, a: F) -> f32 {
        unsafe {
            let a = _mm256_add_ps(a[0], a[1]);
            let a = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_add_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_add_ss(a, _mm_shuffle_ps::<1>(a, a)))
        }
    }
    #[inline(always)]
    fn largest(self, a: F) -> f32 {
        unsafe {
            let a = _mm256_max_ps(a[0], a[1]);
            let a = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_max_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_max_ss(a, _mm_shuffle_ps::<1>(a, a)))
        }
    }
    #[inline(always)]
    unsafe fn load_ints(self, from: *const i32) -> I {
        unsafe { [_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(8).cast())] }
    }
    #[inline(always)]
    fn splat_int(self, x: i32) -> I {
        unsafe { [_mm256_set1_epi32(x); 2] }
    }
    #[inline(always)]
    fn add_ints(self, a: I, b: I) -> I {
        unsafe { [_mm256_add_epi32(a[0], b[0]), _mm256_add_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn sub_ints(self, a: I, b: I) -> I {
        unsafe { [_mm256_sub_epi32(a[0], b[0]), _mm256_sub_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn sum_ints(self, a: I) -> i32 {
        unsafe {
            let a = _mm256_add_epi32(a[0], a[1]);
            let a = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256::<1>(a));
            let a = _mm_add_epi32(a, _mm_shuffle_epi32::<0b1110>(a));
            _mm_cvtsi128_si32(_mm_add_epi32(a, _mm_shuffle_epi32::<1>(a)))
        }
    }
    #[inline(always)]
    fn to_floats(self, a: I) -> F {
        unsafe { [_mm256_cvtepi32_ps(a[0]), _mm256_cvtepi32_ps(a[1])] }
    }
    #[inline(always)]
    fn round(self, a: F) -> I {
        unsafe { [_mm256_cvtps_epi32(a[0]), _mm256_cvtps_epi32(a[1])] }
    }
    #[inline(always)]
    unsafe fn store_bytes(self, to: *mut i8, a: I) {
        unsafe {
            let words = _mm256_permute4x64_epi64::<0b11011000>(_mm256_packs_epi32(a[0], a[1]));
            let bytes = _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(to.cast(), bytes);
        }
    }
    #[inline(always)]
    fn dot(self, sums: I, line: I, four: i32) -> I {
        unsafe {
            let four = _mm256_set1_epi32(four);
            if VNNI {
                let low = _mm256_dpbusd_avx_epi32(sums[0], line[0], four);
                [low, _mm256_dpbusd_avx_epi32(sums[1], line[1], four)]
            } else {
                [signed_dot(sums[0], four, line[0]), signed_dot(sums[1], four, line[1])]
            }
        }
    }
    #[inline(always)]
    fn dot_weights(self, sums: I, four: i32, line: I) -> I {
        unsafe {
            let four = _mm256_set1_epi32(four);
            if VNNI {
                let low = _mm256_dpbusd_avx_epi32(sums[0], four, line[0]);
                [low, _mm256_dpbusd_avx_epi32(sums[1], four, line[1])]
            } else {
                [signed_dot(sums[0], four, line[0]), signed_dot(sums[1], four, line[1])]
            }
        }
    }
    #[inline(always)]
    unsafe fn store_weights(self, to: *mut u8, a: F) {
        unsafe {
            let words = _mm256_packs_epi32(_mm256_cvtps_epi32(a[0]), _mm256_cvtps_epi32(a[1]));
            let words = _mm256_permute4x64_epi64::<0b11011000>(words);
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            let flip = _mm_set1_epi8(if VNNI { 0 } else { -128 });
            _mm_storeu_si128(to.cast(), _mm_xor_si128(bytes, flip));
        }
    }
    #[inline(always)]
    fn prefetch(self, at: *const i8) {
        unsafe { _mm_prefetch::<_MM_HINT_T0>(at) };
    }
}

/// # Safety
/// The processor has AVX2.
#[inline(always)]
unsafe fn raise(a: __m256, exponent: __m256) -> __m256 {
    // SAFETY: as the caller promises.
    unsafe {
        let exponent = _mm256_slli_epi32::<23>(_mm256_castps_si256(exponent));
        _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(a), exponent))
    }
}

/// Products of signed bytes. The sign moves from `four` to the line, so that `vpmaddubsw`, which takes one unsigned
/// factor, never saturates: `2 * 128 * 127 < 2^15`. A line byte of -128 would; lines hold -127 to 127.
///
/// # Safety
/// The processor has AVX2.
#[inline(always)]
unsafe fn signed_dot(sums: __m256i, four: __m256i, line: __m256i) -> __m256i {
    // SAFETY: as the caller promises.
    unsafe {
        let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(four), _mm256_sign_epi8(line, four));
        _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    }
}
