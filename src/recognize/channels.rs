//! Puts what was recognized of several channels in one order.

use crate::time::MediaTime;
use crate::transcript::{Segment, Word};

/// Another channel may be heard between two words that are this far apart.
const PAUSE: MediaTime = MediaTime::from_millis(500);

/// The sentences and phrases of all channels, by the times at which they begin. Where people speak at once, one phrase
/// follows the other whole.
pub(super) fn in_one_order(segments: Vec<Segment>) -> Vec<Segment> {
    let mut phrases: Vec<Segment> = segments.into_iter().flat_map(phrases).collect();
    phrases.sort_by_key(|phrase| phrase.span().start);
    phrases
}

fn phrases(segment: Segment) -> Vec<Segment> {
    let begins = |pair: &[Word]| ends_sentence(&pair[0]) || pair[1].span.start - pair[0].span.end >= PAUSE;
    let pairs = segment.words.windows(2).enumerate();
    let starts: Vec<usize> = pairs.filter(|(_, pair)| begins(pair)).map(|(at, _)| at + 1).collect();
    segment.divided(&starts)
}

fn ends_sentence(word: &Word) -> bool {
    word.text.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;
    use crate::transcript::join_words;

    /// A segment of a channel; each word lasts 300 ms and begins at its time.
    fn segment(channel: usize, words: &[(&str, i64)]) -> Segment {
        let word = |(text, start): &(&str, i64)| Word {
            probability: 0.9,
            ..Word::new(*text, TimeSpan::from_millis(*start, start + 300))
        };
        Segment { words: words.iter().map(word).collect(), channel: Some(channel), ..Segment::default() }
    }

    #[test]
    fn phrases_of_two_channels_alternate() {
        let first =
            segment(0, &[("Any", 0), ("questions?", 300), ("Good.", 3000), ("So", 3300), ("now", 3600)]);
        let second = segment(1, &[("Yes,", 900), ("why", 1200), ("Thanks", 3400)]);
        let found = in_one_order(vec![first, second]);
        let told: Vec<_> =
            found.iter().map(|phrase| (phrase.channel.unwrap(), join_words(&phrase.words))).collect();
        let wanted = [(0, "Any questions?"), (1, "Yes, why"), (0, "Good."), (0, "So now"), (1, "Thanks")];
        assert_eq!(told, wanted.map(|(channel, text)| (channel, text.to_owned())));
    }
}
