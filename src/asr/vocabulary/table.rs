//! Amazon Transcribe's tables of terms, as its documentation of custom vocabularies describes them: `Phrase` with
//! hyphens for spaces and points after the letters of an acronym, `SoundsLike` with hyphens between syllables, and
//! `DisplayAs` with the spelling for captions. `IPA` is for pronunciations, which the model cannot use, and is ignored.

use super::{VocabularyEntry, VocabularyError};

/// Positions of the columns.
pub(super) struct Columns {
    count: usize,
    phrase: usize,
    sounds_like: Option<usize>,
    display_as: Option<usize>,
}

/// Returns the columns, if the first line names several including a phrase.
pub(super) fn columns(text: &str) -> Option<Columns> {
    let names: Vec<&str> = text.lines().next()?.split('\t').map(str::trim).collect();
    let place = |name: &str| names.iter().position(|other| other.eq_ignore_ascii_case(name));
    (names.len() > 1).then_some(())?;
    Some(Columns {
        count: names.len(),
        phrase: place("Phrase")?,
        sounds_like: place("SoundsLike"),
        display_as: place("DisplayAs"),
    })
}

/// Returns the entries of all rows with a phrase.
pub(super) fn entries(text: &str, columns: &Columns) -> Result<Vec<VocabularyEntry>, VocabularyError> {
    let mut entries = Vec::new();
    for (index, row) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = row.trim_end().split('\t').map(str::trim).collect();
        if cells.len() > columns.count {
            return Err(VocabularyError::TooManyCells { line: index + 1, columns: columns.count });
        }
        let cell = |place: usize| cells.get(place).copied().filter(|cell| !cell.is_empty());
        if let Some(phrase) = cell(columns.phrase) {
            entries.push(entry(
                phrase,
                columns.sounds_like.and_then(cell),
                columns.display_as.and_then(cell),
            ));
        }
    }
    Ok(entries)
}

fn entry(phrase: &str, sounds_like: Option<&str>, display_as: Option<&str>) -> VocabularyEntry {
    let spoken = if is_acronym(phrase) { phrase.replace('.', "") } else { phrase.replace('-', " ") };
    let written = display_as.map_or_else(|| spoken.clone(), str::to_owned);
    let mut heard = vec![spoken];
    if is_acronym(phrase) {
        heard.extend([phrase.to_owned(), phrase.replace('.', " ").trim().to_owned()]);
    }
    if let Some(sounds) = sounds_like {
        heard.extend([sounds.replace('-', " "), sounds.replace('-', "")]);
    }
    heard.retain(|heard| *heard != written);
    VocabularyEntry { written, heard }
}

/// Returns whether a phrase is letters with a point after each, such as `C.L.I.`, or `C.L.I.s` in the plural.
fn is_acronym(phrase: &str) -> bool {
    let letters: Vec<char> = phrase.strip_suffix('s').unwrap_or(phrase).chars().collect();
    letters.len() >= 2
        && letters.chunks(2).all(|pair| matches!(pair, [letter, '.'] if letter.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::*;

    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let terms = Vocabulary::read(text).unwrap().terms();
        terms.into_iter().map(|term| (term.written, term.heard)).collect()
    }

    #[test]
    fn all_spellings_lead_to_what_is_displayed() {
        let found = read(
            "Phrase\tSoundsLike\tIPA\tDisplayAs\n\
             Los-Angeles\t\t\tLos Angeles\n\
             F.E.M.A.\t\t\tFEMA\n\
             etcd\tet-see-dee\t\t\n\n\
             Andorra-la-Vella\n",
        );
        let expected: [(&str, &[&str]); 4] = [
            ("Los Angeles", &[]),
            ("FEMA", &["F.E.M.A.", "F E M A"]),
            ("etcd", &["et see dee", "etseedee"]),
            ("Andorra la Vella", &[]),
        ];
        let expected = expected.map(|(written, heard)| {
            (written.to_owned(), heard.iter().map(|&heard| heard.to_owned()).collect::<Vec<_>>())
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_come_in_any_order_and_some_may_lack() {
        assert_eq!(read("DisplayAs\tPhrase\nTLA+\tT.L.A.-plus\n")[0].0, "TLA+");
        let list = read("phrase\nquicksort\n");
        assert_eq!(list.len(), 2, "a list, whose first term is named like a column");
    }

    #[test]
    fn a_row_that_does_not_fit_is_named() {
        let error = Vocabulary::read("Phrase\tDisplayAs\nab\tAB\ncd\tCD\tmore\n").unwrap_err();
        assert_eq!(error, VocabularyError::TooManyCells { line: 3, columns: 2 });
        assert_eq!(Vocabulary::read("Phrase\tDisplayAs\n\tAB\n"), Err(VocabularyError::Empty));
    }

    #[test]
    fn acronyms_have_a_point_after_each_letter() {
        assert!(is_acronym("C.L.I.") && is_acronym("C.L.I.s"));
        assert!(!is_acronym("etc.") && !is_acronym("C") && !is_acronym("s") && !is_acronym(""));
    }
}
