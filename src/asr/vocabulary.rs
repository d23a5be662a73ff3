//! Names and terms that may be spoken, one a line, as people write them down.

/// The terms, without blank lines and the space around them.
pub fn terms(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|term| !term.is_empty())
}

/// What a model reads beforehand, so that it spells the terms as they are here; `None` where there are none. It takes
/// them best as a sentence that a speaker might have said before.
pub fn prompt(text: &str) -> Option<String> {
    let terms: Vec<_> = terms(text).collect();
    (!terms.is_empty()).then(|| format!("{}.", terms.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_become_a_sentence() {
        assert_eq!(prompt("\nTony Hoare\r\n  quicksort \n\n").as_deref(), Some("Tony Hoare, quicksort."));
    }

    #[test]
    fn no_terms_are_no_sentence() {
        assert_eq!(prompt(" \n\r\n"), None);
    }
}
