//! Facts about this build of the program.

use std::env::consts::{ARCH, OS};

/// The version of the package.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Parts of the program that can be left out of a build, and whether this build has them.
const FEATURES: [(&str, bool); 6] = [
    ("gui", cfg!(feature = "gui")),
    ("mic", cfg!(feature = "mic")),
    ("whisper", cfg!(feature = "whisper")),
    ("cuda", cfg!(feature = "cuda")),
    ("vulkan", cfg!(feature = "vulkan")),
    ("metal", cfg!(feature = "metal")),
];

/// Returns the commit of this build, if the packager sets it; an archive of the sources has none.
pub fn commit() -> Option<&'static str> {
    option_env!("LECTERN_COMMIT").filter(|commit| !commit.is_empty())
}

/// Returns the processor and the system that it was built for: `x86_64-linux`.
pub fn target() -> String {
    format!("{ARCH}-{OS}")
}

/// Returns the parts in this build, separated by spaces.
pub fn features() -> String {
    FEATURES.iter().filter(|(_, is_in)| *is_in).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// Every package in the program with its licence, one per line. Written by `scripts/licences.sh`.
pub const LICENCES: &str = include_str!("../assets/licences.txt");
