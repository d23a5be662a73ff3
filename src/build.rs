//! Which build of the program this is.

use std::env::consts::{ARCH, OS};

/// The version of the package.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Parts of the program that can be left out of a build, and whether this one has them.
const FEATURES: [(&str, bool); 6] = [
    ("gui", cfg!(feature = "gui")),
    ("mic", cfg!(feature = "mic")),
    ("whisper", cfg!(feature = "whisper")),
    ("cuda", cfg!(feature = "cuda")),
    ("vulkan", cfg!(feature = "vulkan")),
    ("metal", cfg!(feature = "metal")),
];

/// The commit that was built, where whoever builds packages names it; an archive of the sources has none.
pub fn commit() -> Option<&'static str> {
    option_env!("LECTERN_COMMIT").filter(|commit| !commit.is_empty())
}

/// Processor and system that it was built for: `x86_64-linux`.
pub fn target() -> String {
    format!("{ARCH}-{OS}")
}

/// The parts that are in it, divided by spaces.
pub fn features() -> String {
    FEATURES.iter().filter(|(_, is_in)| *is_in).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// Every package that the program is built of, with its licence, a line each. `scripts/licences.sh` writes it.
pub const LICENCES: &str = include_str!("../assets/licences.txt");
