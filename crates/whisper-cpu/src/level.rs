//! The instruction sets with their own kernels, and which of them this processor has.

#[cfg(target_arch = "aarch64")]
use std::arch::is_aarch64_feature_detected;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// An instruction set with its own kernels; those of one kind of processor are sorted from the slowest. All levels give
/// the same results, to the bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Plain Rust: any processor, and the reference for the others.
    Scalar,
    /// AVX2 and FMA: x86-64 from 2013 on.
    Avx2,
    /// 256-bit `vpdpbusd`: Alder Lake and later processors without AVX-512.
    AvxVnni,
    /// 512-bit `vpdpbusd`: Ice Lake, Zen 4 and later.
    Avx512Vnni,
    /// Tiles of 16 rows of 64 bytes: Sapphire Rapids and later. Linux only.
    Amx,
    /// NEON: every 64-bit Arm processor.
    Neon,
    /// NEON and `sdot` (`FEAT_DotProd`): Cortex-A55 and A75, Neoverse N1, Apple M1 and later.
    NeonDotprod,
}

impl Level {
    /// All levels, those of one kind of processor from the slowest to the fastest.
    pub const ALL: [Self; 7] =
        [Self::Scalar, Self::Avx2, Self::AvxVnni, Self::Avx512Vnni, Self::Amx, Self::Neon, Self::NeonDotprod];

    /// The fastest level of this processor.
    pub fn best() -> Self {
        Self::ALL.into_iter().rfind(|level| level.is_available()).unwrap_or(Self::Scalar)
    }

    /// The levels of this processor, the slowest first.
    pub fn available() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|level| level.is_available())
    }

    /// Whether this processor and its system can run the kernels of the level.
    pub fn is_available(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => has_avx2(),
            #[cfg(target_arch = "x86_64")]
            Self::AvxVnni => has_avx2() && is_x86_feature_detected!("avxvnni"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512Vnni => has_avx512_vnni(),
            #[cfg(target_arch = "x86_64")]
            Self::Amx => has_avx512_vnni() && crate::kernels::amx::is_available(),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => is_aarch64_feature_detected!("neon"),
            #[cfg(target_arch = "aarch64")]
            Self::NeonDotprod => {
                is_aarch64_feature_detected!("neon") && is_aarch64_feature_detected!("dotprod")
            }
            _ => false,
        }
    }

    /// The name that [`Level::from_str`] parses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Avx2 => "avx2",
            Self::AvxVnni => "avx-vnni",
            Self::Avx512Vnni => "avx512-vnni",
            Self::Amx => "amx",
            Self::Neon => "neon",
            Self::NeonDotprod => "neon-dotprod",
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

#[cfg(target_arch = "x86_64")]
fn has_avx512_vnni() -> bool {
    has_avx2()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vnni")
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no level with this name.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "\"{0}\" is not an instruction set; use scalar, avx2, avx-vnni, avx512-vnni, amx, neon or neon-dotprod"
)]
pub struct UnknownLevel(pub String);

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(name: &str) -> Result<Self, UnknownLevel> {
        Self::ALL.into_iter().find(|level| level.name() == name).ok_or_else(|| UnknownLevel(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_a_name_of_its_own() {
        for level in Level::ALL {
            assert_eq!(level.name().parse(), Ok(level));
        }
        assert_eq!("sse9".parse::<Level>(), Err(UnknownLevel("sse9".to_owned())));
    }

    #[test]
    fn plain_rust_is_always_there_and_the_best_is_available() {
        assert!(Level::Scalar.is_available());
        assert!(Level::best().is_available());
    }
}
