//! The output of `lectern --version`.

use std::env::consts::{ARCH, OS};

/// The commit of this build, if the packager sets it; an archive of the sources has none.
const COMMIT: Option<&str> = option_env!("LECTERN_COMMIT");

/// Parts of the program that can be left out of a build, and whether this one has them.
const FEATURES: [(&str, bool); 6] = [
    ("gui", cfg!(feature = "gui")),
    ("mic", cfg!(feature = "mic")),
    ("whisper", cfg!(feature = "whisper")),
    ("cuda", cfg!(feature = "cuda")),
    ("vulkan", cfg!(feature = "vulkan")),
    ("metal", cfg!(feature = "metal")),
];

/// Returns version, commit, target, features, and the instruction set that recognition uses on this computer.
pub fn long() -> String {
    let commit = COMMIT.filter(|commit| !commit.is_empty()).unwrap_or("not named");
    let features: Vec<_> = FEATURES.iter().filter(|(_, is_in)| *is_in).map(|(name, _)| *name).collect();
    let features = if features.is_empty() { "none".to_owned() } else { features.join(" ") };
    let uses = crate::asr::cpu::level().map_or_else(|error| error.to_string(), |level| level.to_string());
    let version = env!("CARGO_PKG_VERSION");
    format!("{version}\ncommit: {commit}\ntarget: {ARCH}-{OS}\nfeatures: {features}\nprocessor: {uses}")
}
