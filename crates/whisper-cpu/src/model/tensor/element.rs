//! The types of numbers in models.

use std::fmt;

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};

use super::{blocks, k_blocks};

/// How a tensor's numbers are stored. The quantized types are ggml's (`ggml-common.h`): blocks of small
/// integers with a scale, some with a minimum; those of K have scales of scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(non_camel_case_types, reason = "the names that ggml and its users know")]
#[expect(missing_docs, reason = "the names say it all")]
#[non_exhaustive]
pub enum Element {
    F32,
    F16,
    Bf16,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K,
}

impl Element {
    /// Every type.
    pub const ALL: [Self; 13] = [
        Self::F32,
        Self::F16,
        Self::Bf16,
        Self::Q4_0,
        Self::Q4_1,
        Self::Q5_0,
        Self::Q5_1,
        Self::Q8_0,
        Self::Q2_K,
        Self::Q3_K,
        Self::Q4_K,
        Self::Q5_K,
        Self::Q6_K,
    ];

    /// The type's number in ggml files (`ggml_type` in ggml.h).
    pub fn ggml_code(self) -> u32 {
        match self {
            Self::F32 => 0,
            Self::F16 => 1,
            Self::Bf16 => 30,
            Self::Q4_0 => 2,
            Self::Q4_1 => 3,
            Self::Q5_0 => 6,
            Self::Q5_1 => 7,
            Self::Q8_0 => 8,
            Self::Q2_K => 10,
            Self::Q3_K => 11,
            Self::Q4_K => 12,
            Self::Q5_K => 13,
            Self::Q6_K => 14,
        }
    }

    /// The type of a number in ggml files, if it is read.
    pub fn from_ggml_code(code: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.ggml_code() == code)
    }

    /// Numbers that are stored together.
    pub fn block_len(self) -> usize {
        match self {
            Self::F32 | Self::F16 | Self::Bf16 => 1,
            Self::Q4_0 | Self::Q4_1 | Self::Q5_0 | Self::Q5_1 | Self::Q8_0 => blocks::LEN,
            Self::Q2_K | Self::Q3_K | Self::Q4_K | Self::Q5_K | Self::Q6_K => k_blocks::LEN,
        }
    }

    /// Bytes of [`block_len`](Self::block_len) numbers.
    pub fn block_bytes(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::Q4_0 => 18,
            Self::Q4_1 => 20,
            Self::Q5_0 => 22,
            Self::Q5_1 => 24,
            Self::Q8_0 => 34,
            Self::Q2_K => 84,
            Self::Q3_K => 110,
            Self::Q4_K => 144,
            Self::Q5_K => 176,
            Self::Q6_K => 210,
        }
    }

    /// Where a block of a quantized type has its scale and minimum, in half precision. Unit: bytes.
    fn scales(self) -> &'static [usize] {
        match self {
            Self::F32 | Self::F16 | Self::Bf16 => &[],
            Self::Q4_0 | Self::Q5_0 | Self::Q8_0 => &[0],
            Self::Q4_1 | Self::Q5_1 | Self::Q4_K | Self::Q5_K => &[0, 2],
            Self::Q2_K => &[80, 82],
            Self::Q3_K => &[108],
            Self::Q6_K => &[208],
        }
    }

    /// Whether all numbers of whole blocks are finite: those of quantized types are where their scales are, since the
    /// largest half times the largest integer is far from the largest float.
    pub(super) fn is_finite(self, bytes: &[u8]) -> bool {
        /// Bytes that are checked together: whole blocks of every type that is not quantized.
        const STRETCH: usize = 4096;
        /// Exponents with all bits set.
        const F32: u32 = 0x7f80_0000;
        const F16: u16 = 0x7c00;
        const BF16: u16 = 0x7f80;
        let halves_are_finite = |exponent: u16| {
            let is_special = |half: &[u8; 2]| u16::from_le_bytes(*half) & exponent == exponent;
            bytes.chunks(STRETCH).all(|part| !any(part.as_chunks().0, is_special))
        };
        match self {
            Self::F32 => {
                let is_special = |float: &[u8; 4]| u32::from_le_bytes(*float) & F32 == F32;
                bytes.chunks(STRETCH).all(|part| !any(part.as_chunks().0, is_special))
            }
            Self::F16 => halves_are_finite(F16),
            Self::Bf16 => halves_are_finite(BF16),
            _ => bytes.chunks_exact(self.block_bytes()).all(|block| {
                let half = |&at: &usize| u16::from_le_bytes([block[at], block[at + 1]]);
                self.scales().iter().all(|at| half(at) & F16 != F16)
            }),
        }
    }

    /// Decodes whole blocks into as many numbers as they hold.
    pub(super) fn decode(self, bytes: &[u8], out: &mut [f32]) {
        match self {
            Self::F32 => decode_f32(bytes, out),
            Self::F16 => {
                decode_halves(bytes, out, f16::from_le_bytes, |halves, out| halves.convert_to_f32_slice(out))
            }
            Self::Bf16 => {
                decode_halves(bytes, out, bf16::from_le_bytes, |halves, out| halves.convert_to_f32_slice(out))
            }
            Self::Q4_0 => blocks::decode(bytes, out, blocks::q4_0),
            Self::Q4_1 => blocks::decode(bytes, out, blocks::q4_1),
            Self::Q5_0 => blocks::decode(bytes, out, blocks::q5_0),
            Self::Q5_1 => blocks::decode(bytes, out, blocks::q5_1),
            Self::Q8_0 => blocks::decode(bytes, out, blocks::q8_0),
            Self::Q2_K => blocks::decode(bytes, out, k_blocks::q2_k),
            Self::Q3_K => blocks::decode(bytes, out, k_blocks::q3_k),
            Self::Q4_K => blocks::decode(bytes, out, k_blocks::q4_k),
            Self::Q5_K => blocks::decode(bytes, out, k_blocks::q5_k),
            Self::Q6_K => blocks::decode(bytes, out, k_blocks::q6_k),
        }
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Whether `is_so` holds for any number. It never returns early, so that it is compiled to vectors.
fn any<T>(all: &[T], is_so: impl Fn(&T) -> bool) -> bool {
    all.iter().fold(false, |any, one| any | is_so(one))
}

fn decode_f32(bytes: &[u8], out: &mut [f32]) {
    for (out, bytes) in out.iter_mut().zip(bytes.as_chunks().0) {
        *out = f32::from_le_bytes(*bytes);
    }
}

/// Collects a few numbers at a time, because bytes of a file need not be aligned.
fn decode_halves<T: Copy + Default>(
    bytes: &[u8],
    out: &mut [f32],
    from_le_bytes: impl Fn([u8; 2]) -> T,
    convert: impl Fn(&[T], &mut [f32]),
) {
    let mut halves = [T::default(); 128];
    for (out, bytes) in out.chunks_mut(halves.len()).zip(bytes.chunks(2 * halves.len())) {
        let halves = &mut halves[..out.len()];
        for (half, bytes) in halves.iter_mut().zip(bytes.as_chunks().0) {
            *half = from_le_bytes(*bytes);
        }
        convert(halves, out);
    }
}
