//! Suggests the name that was probably meant by a mistyped one.

/// Minimum similarity, from 0 to 1, at which a word counts as a typing error.
const ALIKE: f64 = 0.8;

/// Returns the name that was probably meant by a word that is none of them.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.map(|name| (strsim::jaro_winkler(word, name), name));
    let (score, name) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score >= ALIKE).then_some(name)
}

/// Returns text such as `; did you mean "srt"?`, or nothing if no name is similar.
pub fn suggestion<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(&word.to_lowercase(), names)
        .map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_recognized() {
        let names = ["caption", "live", "batch", "check", "convert", "models", "devices", "bench"];
        let meant = |word| nearest(word, names.into_iter());
        for (word, name) in
            [("captoin", "caption"), ("lvie", "live"), ("model", "models"), ("covert", "convert")]
        {
            assert_eq!(meant(word), Some(name), "{word}");
        }
        for word in ["lecture.mp4", "week 1.wav", "photosynthesis", "missing.srt"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
