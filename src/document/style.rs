//! Styles of parts of a cue's text, and the cue's position on the picture.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Cue;

/// A styled part of a cue's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Styled {
    /// Byte range in the text; empty for markup at a single position.
    pub range: Range<usize>,
    /// The style of the part.
    pub style: Style,
}

/// The look of text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Italic.
    Italic,
    /// Bold.
    Bold,
    /// Underlined.
    Underline,
    /// Struck through.
    Strike,
    /// A colour: `#` and six lower-case hexadecimal digits.
    Color(String),
    /// Markup that only the original format knows, unchanged.
    Foreign {
        /// The markup before the text.
        open: String,
        /// The markup after the text; may be empty.
        close: String,
    },
}

/// The position of a cue on the picture, other than the bottom centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As on a numeric keypad: 1 is bottom left, 9 is top right.
    pub anchor: u8,
    /// The settings of a WebVTT cue, unchanged; empty for captions from other formats.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub settings: String,
}

/// The bottom centre.
pub const BOTTOM: u8 = 2;

/// Returns the styles of a text after it was changed into another. A part keeps its style if words in it change; text
/// typed at its edges does not get the style.
pub fn follow(styles: &[Styled], old: &str, new: &str) -> Vec<Styled> {
    if styles.is_empty() || old == new {
        return styles.to_vec();
    }
    let steps = steps(old, new);
    let moved = |styled: &Styled| {
        let Range { start, end } = styled.range;
        let is_point = start == end;
        let start = moved_start(&steps, old, new, start);
        let end = if is_point { start } else { moved_end(&steps, old, new, end) };
        (is_point || start < end).then(|| Styled { range: start..end, style: styled.style.clone() })
    };
    styles.iter().filter_map(moved).collect()
}

/// Returns the new positions of ends of pieces of a text that was changed into another, in order. New text between two
/// pieces belongs to the second. Unit: bytes.
pub fn moved(old: &str, new: &str, ends: &[usize]) -> Vec<usize> {
    let steps = steps(old, new);
    let mut earliest = 0;
    let moved = |&end: &usize| {
        earliest = moved_end(&steps, old, new, end).max(earliest);
        earliest
    };
    ends.iter().map(moved).collect()
}

/// Returns the styles whose ranges fit a text, as those in a file may not.
pub fn within(mut styles: Vec<Styled>, text: &str) -> Vec<Styled> {
    styles.retain(|styled| text.get(styled.range.clone()).is_some());
    styles
}

/// Returns the styles of a part of the text, with ranges relative to that part.
pub fn cut(styles: &[Styled], part: Range<usize>) -> Vec<Styled> {
    let within = |styled: &Styled| {
        let Range { start, end } = styled.range;
        let range = start.clamp(part.start, part.end)..end.clamp(part.start, part.end);
        let stays = match start == end {
            true => part.contains(&start) || start == part.end && start > part.start,
            false => range.start < range.end,
        };
        let range = range.start - part.start..range.end - part.start;
        stays.then(|| Styled { range, style: styled.style.clone() })
    };
    styles.iter().filter_map(within).collect()
}

/// Returns the styles moved by the length of text put before theirs. Unit: bytes.
pub fn shifted(styles: &[Styled], by: usize) -> impl Iterator<Item = Styled> {
    styles.iter().map(move |styled| Styled {
        range: styled.range.start + by..styled.range.end + by,
        style: styled.style.clone(),
    })
}

/// Copies styles and positions to cues with the same words in another division. Does nothing if the letters differ.
pub fn carry(old: &[Cue], new: &mut [Cue]) {
    let (letters, first_of_old) = count(old);
    let (others, first_of_new) = count(new);
    if letters != others || old.iter().all(|cue| cue.styles.is_empty() && cue.place.is_none()) {
        return;
    }
    let places = |cue: &Cue, first: usize| -> Vec<(Range<usize>, Style)> {
        let at = |byte: usize| first + cue.text[..byte].chars().filter(|c| !c.is_whitespace()).count();
        cue.styles.iter().map(|own| (at(own.range.start)..at(own.range.end), own.style.clone())).collect()
    };
    let styled: Vec<_> = old.iter().zip(&first_of_old).flat_map(|(cue, &first)| places(cue, first)).collect();
    for (cue, &first) in new.iter_mut().zip(&first_of_new) {
        let letters: Vec<_> = cue.text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let range = first..first + letters.len();
        // Markup at a single position between letters has no letter to go with.
        let meets = |own: &Range<usize>| own.start.max(range.start) < own.end.min(range.end);
        let near = styled.iter().filter(|(own, _)| meets(own));
        let own = near.map(|(own, style)| {
            let (from, to) = (own.start.max(range.start) - first, own.end.min(range.end) - first);
            let (last, c) = letters[to - 1];
            Styled { range: letters[from].0..last + c.len_utf8(), style: style.clone() }
        });
        cue.styles = own.collect();
        let from = first_of_old.partition_point(|&start| start <= first).saturating_sub(1);
        cue.place = old.get(from).and_then(|cue| cue.place.clone());
    }
}

/// Counts the letters of cues: all, and those before each cue.
fn count(cues: &[Cue]) -> (usize, Vec<usize>) {
    let mut all = 0;
    let before = |cue: &Cue| {
        let before = all;
        all += cue.text.chars().filter(|c| !c.is_whitespace()).count();
        before
    };
    let firsts = cues.iter().map(before).collect();
    (all, firsts)
}

/// Returns whether a part that is not empty has a style throughout.
pub fn has(styles: &[Styled], part: &Range<usize>, style: &Style) -> bool {
    let mut at = part.start;
    let mut ranges: Vec<_> = styles.iter().filter(|own| own.style == *style).map(|own| &own.range).collect();
    ranges.sort_by_key(|range| range.start);
    for range in ranges {
        if range.start <= at {
            at = at.max(range.end);
        }
    }
    at >= part.end
}

/// Adds a style to a part, joined with adjacent ranges of the same style.
pub fn with(styles: &[Styled], part: Range<usize>, style: &Style) -> Vec<Styled> {
    let mut range = part;
    let mut all: Vec<_> = styles.to_vec();
    all.retain(|own| {
        let joins = own.style == *style && own.range.start <= range.end && range.start <= own.range.end;
        if joins {
            range = range.start.min(own.range.start)..range.end.max(own.range.end);
        }
        !joins
    });
    all.push(Styled { range, style: style.clone() });
    all.sort_by_key(|own| own.range.start);
    all
}

/// Removes a style from a part.
pub fn without(styles: &[Styled], part: &Range<usize>, style: &Style) -> Vec<Styled> {
    let outside = |own: &Styled| {
        if own.style != *style {
            return vec![own.clone()];
        }
        let Range { start, end } = own.range;
        let parts = [start..end.min(part.start), start.max(part.end)..end];
        let kept = parts.into_iter().filter(|range| range.start < range.end);
        kept.map(|range| Styled { range, style: own.style.clone() }).collect()
    };
    styles.iter().flat_map(outside).collect()
}

/// A piece of a text before and after a change, as byte ranges.
struct Step {
    old: Range<usize>,
    new: Range<usize>,
}

/// Returns how one text changed into the other, piece by piece in order.
fn steps(old: &str, new: &str) -> Vec<Step> {
    let pieces = |text| -> Vec<(usize, &str)> { str::split_word_bound_indices(text).collect() };
    let (old_pieces, new_pieces) = (pieces(old), pieces(new));
    let keys = |pieces: &[(usize, &str)]| -> Vec<String> {
        pieces.iter().map(|(_, piece)| piece.to_lowercase()).collect()
    };
    let starts = |pieces: &[(usize, &str)], length: usize| -> Vec<usize> {
        pieces.iter().map(|(at, _)| *at).chain([length]).collect()
    };
    let (old_at, new_at) = (starts(&old_pieces, old.len()), starts(&new_pieces, new.len()));
    let mut steps = Vec::new();
    for difference in capture_diff_slices(Algorithm::Myers, &keys(&old_pieces), &keys(&new_pieces)) {
        let (from, to) = (difference.old_range(), difference.new_range());
        let is_even =
            from.len() == to.len() && !matches!(difference, DiffOp::Insert { .. } | DiffOp::Delete { .. });
        if is_even {
            let pairs = from.zip(to);
            steps.extend(
                pairs.map(|(a, b)| Step { old: old_at[a]..old_at[a + 1], new: new_at[b]..new_at[b + 1] }),
            );
        } else {
            steps.push(Step {
                old: old_at[from.start]..old_at[from.end],
                new: new_at[to.start]..new_at[to.end],
            });
        }
    }
    steps
}

fn moved_start(steps: &[Step], old: &str, new: &str, at: usize) -> usize {
    let step = steps.iter().find(|step| step.old.contains(&at));
    step.map_or(new.len(), |step| inside(step, old, new, at))
}

fn moved_end(steps: &[Step], old: &str, new: &str, at: usize) -> usize {
    let step = steps.iter().rfind(|step| step.old.start < at && at <= step.old.end);
    step.map_or(0, |step| if at == step.old.end { step.new.end } else { inside(step, old, new, at) })
}

/// Returns the new position of a place inside a changed piece: it stays with the unchanged beginning or end of the
/// piece.
fn inside(step: &Step, old: &str, new: &str, at: usize) -> usize {
    let (before, after) = (&old[step.old.clone()], &new[step.new.clone()]);
    let alike: usize =
        before.chars().zip(after.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let offset = at - step.old.start;
    if offset <= alike {
        return step.new.start + offset;
    }
    let rest = (&before[alike..], &after[alike..]);
    let alike_at_end: usize = rest
        .0
        .chars()
        .rev()
        .zip(rest.1.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let from_end = before.len() - offset;
    if from_end <= alike_at_end { step.new.end - from_end } else { step.new.end - alike_at_end }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses a text whose italic parts are enclosed in `*`.
    fn parsed(marked: &str) -> (String, Vec<Styled>) {
        let (mut text, mut styles, mut open) = (String::new(), Vec::new(), None);
        for (n, part) in marked.split('*').enumerate() {
            if n > 0 {
                match open.take() {
                    Some(start) => styles.push(Styled { range: start..text.len(), style: Style::Italic }),
                    None => open = Some(text.len()),
                }
            }
            text.push_str(part);
        }
        (text, styles)
    }

    #[test]
    fn styles_stay_with_their_words() {
        let cases = [
            ("a *b* c", "*b*"),
            ("Plants *eat* light", "All plants *eat* light"),
            ("Plants *eat* light", "Plants *drink* light"),
            ("*Plants* eat", "Many *Plants* eat"),
            ("eat *light*", "eat *light* now"),
            ("the *end*.", "the *END*."),
            ("*one two* three", "*one five two* three"),
            ("*one two* three", "*two* three"),
            ("*alone*", "other"),
            ("x *schön* y", "x *schöner* y"),
            ("*Hello* there", "*HELLO* THERE"),
            ("a *word", "a word"),
        ];
        for (before, after) in cases {
            let ((old, styles), (new, wanted)) = (parsed(before), parsed(after));
            let wanted =
                if before == "*alone*" { vec![Styled { range: 0..5, style: Style::Italic }] } else { wanted };
            assert_eq!(follow(&styles, &old, &new), wanted, "{before} to {after}");
        }
    }

    #[test]
    fn a_style_is_put_on_and_taken_off() {
        let (_, styles) = parsed("a *b* c");
        assert!(has(&styles, &(2..3), &Style::Italic) && !has(&styles, &(1..3), &Style::Italic));
        let more = with(&styles, 3..5, &Style::Italic);
        assert_eq!(more, [Styled { range: 2..5, style: Style::Italic }]);
        let ranges: Vec<_> =
            without(&more, &(3..4), &Style::Italic).into_iter().map(|own| own.range).collect();
        assert_eq!(ranges, [2..3, 4..5]);
        assert_eq!(cut(&more, 3..5)[0].range, 0..2);
    }
}
