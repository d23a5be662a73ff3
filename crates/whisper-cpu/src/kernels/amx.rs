//! The tile unit, through inline assembly: its intrinsics are unstable.
//!
//! All eight tiles always have 16 rows of 64 bytes. Rows and columns past the end of a matrix are computed from padding
//! and ignored, so one configuration serves every call.

use std::arch::asm;
use std::marker::PhantomData;

/// Rows of a tile.
pub(super) const TILE_ROWS: usize = 16;

/// Whether the processor has tiles of bytes, and the system allows this process to use them.
pub(crate) fn is_available() -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::sync::OnceLock;
        static AVAILABLE: OnceLock<bool> = OnceLock::new();
        *AVAILABLE.get_or_init(|| has_tiles() && may_use_tiles())
    }
    #[cfg(not(target_os = "linux"))]
    false
}

#[cfg(target_os = "linux")]
fn has_tiles() -> bool {
    use std::arch::x86_64::{__cpuid, __cpuid_count};
    const TILE: u32 = 1 << 24;
    const INT8: u32 = 1 << 25;
    const HIGHEST_LEAF: u32 = 7;
    __cpuid(0).eax >= HIGHEST_LEAF && __cpuid_count(7, 0).edx & (TILE | INT8) == TILE | INT8
}

/// Asks Linux for tiles, which it grants only on request because they enlarge the state of a thread by 8 KiB.
#[cfg(target_os = "linux")]
fn may_use_tiles() -> bool {
    const ARCH_REQ_XCOMP_PERM: libc::c_long = 0x1023;
    const XFEATURE_XTILEDATA: libc::c_long = 18;
    // SAFETY: a system call that takes numbers only.
    unsafe { libc::syscall(libc::SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0 }
}

#[repr(C, align(64))]
struct Configuration {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

/// Keeps the tiles of this thread configured until it is dropped.
pub(super) struct Tiles(PhantomData<*const ()>);

impl Tiles {
    pub fn configure() -> Self {
        assert!(is_available(), "this processor has no tiles");
        let mut configuration =
            Configuration { palette: 1, start_row: 0, reserved: [0; 14], row_bytes: [0; 16], rows: [0; 16] };
        configuration.row_bytes[..8].fill(64);
        configuration.rows[..8].fill(TILE_ROWS as u8);
        // SAFETY: the processor has tiles, and the configuration is one of palette 1.
        unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const configuration, options(nostack, readonly)) };
        Self(PhantomData)
    }
}

impl Drop for Tiles {
    fn drop(&mut self) {
        // SAFETY: the processor has tiles.
        unsafe { asm!("tilerelease", options(nostack, nomem)) };
    }
}

/// The places of the two blocks of 16 columns of the right factor.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    pub at: *const u8,
    /// Bytes from one row of a tile to the next.
    pub stride: usize,
    /// Bytes from the first block of columns to the second.
    pub second: usize,
    /// Bytes from one tile to that of the next 64 products.
    pub step: usize,
}

macro_rules! product_32x32 {
    ($name:ident, $instruction:literal) => {
        /// 32 rows times 32 columns, over `steps` times 64 products, into 32 rows of integers. Strides are in bytes.
        ///
        /// # Safety
        /// The pointers are good for 32 rows of `steps * 64` bytes, for `steps` tiles of each block of columns, and for
        /// 32 rows of 32 integers.
        #[inline(always)]
        pub(super) unsafe fn $name(
            _: &Tiles, rows: *const u8, row_stride: usize, columns: Columns, steps: usize, out: *mut i32,
            out_stride: usize,
        ) {
            let out = out.cast::<u8>();
            // SAFETY: the tiles are configured, and the pointers are the caller's promise.
            unsafe {
                asm!(
                    "tilezero tmm0",
                    "tilezero tmm1",
                    "tilezero tmm2",
                    "tilezero tmm3",
                    "2:",
                    "tileloadd tmm4, [{a0} + {lda}*1]",
                    "tileloadd tmm6, [{b0} + {ldb}*1]",
                    concat!($instruction, " tmm0, tmm4, tmm6"),
                    "tileloadd tmm5, [{a1} + {lda}*1]",
                    concat!($instruction, " tmm2, tmm5, tmm6"),
                    "tileloadd tmm7, [{b1} + {ldb}*1]",
                    concat!($instruction, " tmm1, tmm4, tmm7"),
                    concat!($instruction, " tmm3, tmm5, tmm7"),
                    "add {a0}, 64",
                    "add {a1}, 64",
                    "add {b0}, {step}",
                    "add {b1}, {step}",
                    "dec {n}",
                    "jnz 2b",
                    "tilestored [{c0} + {ldc}*1], tmm0",
                    "tilestored [{c1} + {ldc}*1], tmm2",
                    "tilestored [{c0} + {ldc}*1 + 64], tmm1",
                    "tilestored [{c1} + {ldc}*1 + 64], tmm3",
                    a0 = inout(reg) rows => _,
                    a1 = inout(reg) rows.wrapping_add(TILE_ROWS * row_stride) => _,
                    b0 = inout(reg) columns.at => _,
                    b1 = inout(reg) columns.at.wrapping_add(columns.second) => _,
                    n = inout(reg) steps => _,
                    lda = in(reg) row_stride,
                    ldb = in(reg) columns.stride,
                    step = in(reg) columns.step,
                    c0 = in(reg) out,
                    c1 = in(reg) out.wrapping_add(TILE_ROWS * out_stride),
                    ldc = in(reg) out_stride,
                    options(nostack),
                );
            }
        }
    };
}
product_32x32!(signed_by_unsigned, "tdpbsud");
product_32x32!(unsigned_by_signed, "tdpbusd");

/// 16 rows of signed bytes times the 64 columns of a panel of unsigned ones, whose rows have 256 bytes.
///
/// # Safety
/// The pointers are good for 16 rows of `steps * 64` bytes, for `steps * 4096` bytes, and for 16 rows of 64 integers.
#[inline(always)]
pub(super) unsafe fn signed_by_panel(
    _: &Tiles,
    rows: *const u8,
    row_stride: usize,
    panel: *const u8,
    steps: usize,
    out: *mut i32,
) {
    // SAFETY: the tiles are configured, and the pointers are the caller's promise.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            "tileloadd tmm4, [{a} + {lda}*1]",
            "tileloadd tmm5, [{b} + {ldb}*1]",
            "tdpbsud tmm0, tmm4, tmm5",
            "tileloadd tmm6, [{b} + {ldb}*1 + 64]",
            "tdpbsud tmm1, tmm4, tmm6",
            "tileloadd tmm7, [{b} + {ldb}*1 + 128]",
            "tdpbsud tmm2, tmm4, tmm7",
            "tileloadd tmm5, [{b} + {ldb}*1 + 192]",
            "tdpbsud tmm3, tmm4, tmm5",
            "add {a}, 64",
            "add {b}, 4096",
            "dec {n}",
            "jnz 2b",
            "tilestored [{c} + {ldb}*1], tmm0",
            "tilestored [{c} + {ldb}*1 + 64], tmm1",
            "tilestored [{c} + {ldb}*1 + 128], tmm2",
            "tilestored [{c} + {ldb}*1 + 192], tmm3",
            a = inout(reg) rows => _,
            b = inout(reg) panel => _,
            n = inout(reg) steps => _,
            lda = in(reg) row_stride,
            ldb = in(reg) 256usize,
            c = in(reg) out,
            options(nostack),
        );
    }
}
