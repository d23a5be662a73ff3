//! The output of `lectern --version`.

use crate::build;

/// Returns version, commit, target, features, and the instruction set that recognition uses on this computer.
pub fn long() -> String {
    let (version, target) = (build::VERSION, build::target());
    let commit = build::commit().unwrap_or("not named");
    let features = build::features();
    let features = if features.is_empty() { "none".to_owned() } else { features };
    let uses = crate::asr::cpu::level().map_or_else(|error| error.to_string(), |level| level.to_string());
    format!("{version}\ncommit: {commit}\ntarget: {target}\nfeatures: {features}\nprocessor: {uses}")
}
