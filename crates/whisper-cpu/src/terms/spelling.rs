//! The spellings in which a term may appear.

/// Longer spellings are not terms and are left out. Amazon's tables have the same limit.
const MOST_BYTES: usize = 256;

/// Letters with marks, and the letters that models write for them.
const PLAIN: [(&str, &str); 14] = [
    ("àáâãäåāăą", "a"),
    ("çćč", "c"),
    ("ďđ", "d"),
    ("èéêëēěę", "e"),
    ("ğ", "g"),
    ("ìíîïīı", "i"),
    ("ł", "l"),
    ("ñńň", "n"),
    ("òóôõöøōő", "o"),
    ("ř", "r"),
    ("śšş", "s"),
    ("ùúûüūůű", "u"),
    ("ýÿ", "y"),
    ("žźż", "z"),
];

/// Bytes, in lower case where they are ASCII, and what the spelling adds to the written term: nothing, or the `s` of a
/// plural. Marks may be missing, and hyphens may be spaces.
pub(super) fn variants(term: &str) -> Vec<(Vec<u8>, &'static str)> {
    let lower = term.to_lowercase();
    let plain: String = lower.chars().map(plain).collect();
    let mut spellings =
        vec![term.to_ascii_lowercase(), lower.replace('-', " "), plain.replace('-', " "), lower, plain];
    spellings.sort();
    spellings.dedup();
    spellings
        .into_iter()
        .filter(|spelling| (1..=MOST_BYTES).contains(&spelling.len()))
        .flat_map(|spelling| {
            let plural = (!spelling.ends_with('s')).then(|| (format!("{spelling}s").into_bytes(), "s"));
            std::iter::once((spelling.into_bytes(), "")).chain(plural)
        })
        .collect()
}

fn plain(letter: char) -> char {
    let found = PLAIN.iter().find(|(marked, _)| marked.contains(letter));
    found.and_then(|(_, plain)| plain.chars().next()).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_be_missing_and_hyphens_may_be_spaces() {
        let found: Vec<_> =
            variants("Müller-Lyer").into_iter().map(|(bytes, _)| String::from_utf8(bytes).unwrap()).collect();
        for spelling in ["müller-lyer", "muller-lyer", "müller lyer", "muller lyers"] {
            assert!(found.iter().any(|other| other == spelling), "{spelling}: {found:?}");
        }
        assert_eq!(variants("stomas"), [(b"stomas".to_vec(), "")]);
        assert!(variants("").is_empty() && variants(&"a".repeat(257)).is_empty());
    }
}
