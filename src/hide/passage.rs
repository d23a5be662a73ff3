//! Joins pieces such as cues or words to running text, in which matches may cross pieces.

use std::ops::Range;

/// A range of a passage, and its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Byte range of the passage.
    pub range: Range<usize>,
    /// The replacement; may be empty.
    pub with: String,
}

/// The running text, and the range of each piece in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    pub text: String,
    pieces: Vec<Range<usize>>,
}

impl Passage {
    /// Joins pieces, each with whether a space precedes it. Line breaks become spaces, so that positions in a piece are
    /// the same in the passage.
    pub fn of<'a>(pieces: impl Iterator<Item = (&'a str, bool)>) -> Self {
        let mut passage = Self::default();
        for (piece, space_before) in pieces {
            if space_before && !passage.text.is_empty() {
                passage.text.push(' ');
            }
            let start = passage.text.len();
            passage.text.extend(piece.chars().map(|c| if c == '\n' { ' ' } else { c }));
            passage.pieces.push(start..passage.text.len());
        }
        passage
    }

    /// Returns the range of a piece.
    pub fn piece(&self, index: usize) -> Range<usize> {
        self.pieces[index].clone()
    }

    /// Returns the cuts that affect a piece, with byte ranges of the piece. The replacement of a range goes where the
    /// range begins.
    pub fn cuts_in(&self, index: usize, cuts: &[Cut]) -> Vec<Cut> {
        let piece = self.piece(index);
        let first = cuts.partition_point(|cut| cut.range.end <= piece.start);
        let here = cuts[first..].iter().take_while(|cut| cut.range.start < piece.end);
        here.map(|cut| Cut {
            range: cut.range.start.max(piece.start) - piece.start..cut.range.end.min(piece.end) - piece.start,
            with: if cut.range.start >= piece.start { cut.with.clone() } else { String::new() },
        })
        .collect()
    }

    /// Returns the cut that began before a piece and extends into it.
    pub fn cut_into<'a>(&self, index: usize, cuts: &'a [Cut]) -> Option<&'a Cut> {
        let start = self.pieces[index].start;
        let cut = cuts.get(cuts.partition_point(|cut| cut.range.end <= start))?;
        (cut.range.start < start).then_some(cut)
    }
}

/// Sorts cuts and joins those that overlap; the first one determines the replacement.
pub(super) fn in_order(mut cuts: Vec<Cut>) -> Vec<Cut> {
    cuts.retain(|cut| !cut.range.is_empty());
    cuts.sort_by_key(|cut| (cut.range.start, std::cmp::Reverse(cut.range.end)));
    let mut joined: Vec<Cut> = Vec::with_capacity(cuts.len());
    for cut in cuts {
        match joined.last_mut() {
            Some(last) if cut.range.start < last.range.end => {
                last.range.end = last.range.end.max(cut.range.end);
            }
            _ => joined.push(cut),
        }
    }
    joined
}

/// Returns the text after the cuts, which are in order. Without a replacement, the spaces around a range become one,
/// and lines without a word are removed.
pub(super) fn cut(text: &str, cuts: &[Cut]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut end = 0;
    for cut in cuts {
        after.push_str(&text[end..cut.range.start]);
        after.push_str(&cut.with);
        end = cut.range.end;
    }
    after.push_str(&text[end..]);
    if cuts.iter().all(|cut| !cut.with.is_empty()) { after } else { tidy(&after) }
}

/// Returns text with single spaces, no space before punctuation, and no line that begins with punctuation or has
/// nothing else.
fn tidy(text: &str) -> String {
    let lines = text.split('\n').map(tidy_line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn tidy_line(line: &str) -> String {
    let mut tidy = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        let is_marks = word.chars().all(is_mark);
        if is_marks && tidy.is_empty() {
            continue;
        }
        if !is_marks && !tidy.is_empty() {
            tidy.push(' ');
        }
        if !(is_marks && tidy.ends_with(is_mark)) {
            tidy.push_str(word);
        }
    }
    tidy
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_of(range: Range<usize>, with: &str) -> Cut {
        Cut { range, with: with.to_owned() }
    }

    #[test]
    fn a_stretch_across_pieces_is_cut_from_each() {
        let pieces = ["call five", "five five\nnow"];
        let passage = Passage::of(pieces.iter().map(|piece| (*piece, true)));
        assert_eq!(passage.text, "call five five five now");
        let cuts = [cut_of(5..19, "[PHONE]")];
        let after = |index: usize| cut(pieces[index], &passage.cuts_in(index, &cuts));
        assert_eq!([after(0), after(1)], ["call [PHONE]", "now"]);
    }

    #[test]
    fn stretches_that_overlap_become_one() {
        let cuts = vec![cut_of(4..9, "b"), cut_of(0..5, "a"), cut_of(9..12, "c"), cut_of(3..3, "d")];
        assert_eq!(in_order(cuts), [cut_of(0..9, "a"), cut_of(9..12, "c")]);
    }

    #[test]
    fn what_is_removed_leaves_no_gap() {
        assert_eq!(cut("Oh damn, yes.", &[cut_of(3..7, "")]), "Oh, yes.");
        assert_eq!(cut("Damn, yes.\ndamn!", &[cut_of(0..4, ""), cut_of(11..15, "")]), "yes.");
        assert_eq!(cut("damn", &[cut_of(0..4, "***")]), "***");
    }
}
