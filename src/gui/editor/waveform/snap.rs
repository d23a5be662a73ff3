//! Times to which dragged edges snap.

use crate::audio::{Peaks, SoundEdges};
use crate::document::{CueId, Document};
use crate::time::{MediaTime, TimeSpan};

/// Times to which starts and ends snap.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub starts: Vec<MediaTime>,
    pub ends: Vec<MediaTime>,
}

impl Marks {
    /// Collects the marks of a span: `gap` before and after other cues, the words of all cues, and where sound begins
    /// and ends. `moved` are the cues that are dragged.
    pub fn within(
        span: TimeSpan,
        document: &Document,
        moved: &[CueId],
        gap: MediaTime,
        peaks: &Peaks,
    ) -> Self {
        let SoundEdges { begins, ends } = SoundEdges::of(peaks, span);
        let mut marks = Self { starts: begins, ends };
        let first = document.cues.partition_point(|cue| cue.span.end < span.start - gap);
        for cue in document.cues[first..].iter().take_while(|cue| cue.span.start <= span.end + gap) {
            if !moved.contains(&cue.id) {
                marks.starts.push(cue.span.end + gap);
                marks.ends.push(cue.span.start - gap);
            }
            marks.starts.extend(cue.words.first().map(|word| word.span.start));
            marks.ends.extend(cue.words.last().map(|word| word.span.end));
        }
        marks
    }

    /// Snaps the start of a cue.
    pub fn start(&self, time: MediaTime, snap: MediaTime) -> MediaTime {
        snapped(&self.starts, time, snap)
    }

    /// Snaps the end of a cue.
    pub fn end(&self, time: MediaTime, snap: MediaTime) -> MediaTime {
        snapped(&self.ends, time, snap)
    }
}

fn snapped(marks: &[MediaTime], time: MediaTime, snap: MediaTime) -> MediaTime {
    let near = marks.iter().copied().filter(|mark| mark.abs_diff(time) <= snap);
    near.min_by_key(|mark| mark.abs_diff(time)).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cue;
    use crate::transcript::Word;

    #[test]
    fn marks_are_at_sound_words_and_other_cues() {
        let mut peaks = Peaks::default();
        for (seconds, loudness) in [(2, 0.001), (2, 0.3), (2, 0.001_f32)] {
            peaks.push(&vec![loudness; seconds * 16_000]);
        }
        let word = |start, end| Word::new("word", TimeSpan::from_millis(start, end));
        let cue = |id, start, end, words| Cue {
            id: CueId(id),
            span: TimeSpan::from_millis(start, end),
            words,
            ..Cue::default()
        };
        let first = cue(1, 1000, 3000, vec![word(1100, 1300), word(1400, 2900)]);
        let cues = vec![first, cue(2, 3000, 5000, Vec::new()), cue(3, 90_000, 91_000, Vec::new())];
        let document = Document { cues, ..Document::default() };
        let gap = MediaTime::from_millis(80);
        let marks = Marks::within(TimeSpan::from_millis(0, 6000), &document, &[CueId(1)], gap, &peaks);
        let millis = |times: &[MediaTime]| times.iter().map(|time| time.as_millis()).collect::<Vec<_>>();
        assert_eq!(
            (millis(&marks.starts), millis(&marks.ends)),
            (vec![2000, 1100, 5080], vec![4000, 2900, 2920])
        );
        let at = |millis| marks.start(MediaTime::from_millis(millis), MediaTime::from_millis(30)).as_millis();
        assert_eq!([at(1960), at(1980), at(1120), at(1500)], [1960, 2000, 1100, 1500]);
    }
}
