//! Checks that this processor has the instructions that whisper.cpp was built for. whisper.cpp does not check, and
//! crashes at the first missing one.

/// Returns the instruction sets that this build of whisper.cpp uses and this processor lacks.
#[cfg(target_arch = "x86_64")]
pub(super) fn missing() -> Vec<&'static str> {
    // Each answer is a constant of the build: asking runs no instruction that may be missing.
    let built = whisper_rs::SystemInfo::default();
    lacking(&[
        ("AVX", built.avx, is_x86_feature_detected!("avx")),
        ("AVX2", built.avx2, is_x86_feature_detected!("avx2")),
        // whisper.cpp does not report this one, which its build enables together with AVX2.
        ("BMI2", built.avx2, is_x86_feature_detected!("bmi2")),
        ("FMA", built.fma, is_x86_feature_detected!("fma")),
        ("F16C", built.f16c, is_x86_feature_detected!("f16c")),
    ])
}

/// Returns nothing: on other processors the build works on all of them.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn missing() -> Vec<&'static str> {
    lacking(&[])
}

/// Returns the names of the instruction sets that are used but missing.
fn lacking(sets: &[(&'static str, bool, bool)]) -> Vec<&'static str> {
    sets.iter().filter(|(_, is_used, is_there)| *is_used && !is_there).map(|(name, ..)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_must_be_there() {
        let sets = [("A", true, true), ("B", true, false), ("C", false, false), ("D", true, false)];
        assert_eq!(lacking(&sets), ["B", "D"]);
    }
}
