//! When a cue leaves the screen, and how long its text needs. Times here are plain milliseconds, because the composer
//! asks a million times.

use super::rules::Profile;

/// How far a cue may end after its last word without a reason.
const RUN_ON: i64 = 500;
/// How far it may end after its last word if that brings the reading speed to its target.
const RUN_ON_FOR_SPEED: i64 = 1000;
/// How long a cue stays after its last word during silence.
const LINGER: i64 = 250;
/// A cue that reaches its maximum duration before its last word ends must show that word this long.
const LEAST_SHOWN: i64 = 200;

/// The amount of text in a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Load {
    /// Columns of all lines, plus one for each line break.
    pub(super) characters: i64,
    pub(super) words: i64,
}

/// The speech of a cue, and the start of the next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speech {
    pub(super) start: i64,
    /// Start of the last word.
    pub(super) last_word: i64,
    pub(super) end: i64,
    pub(super) next: Option<i64>,
}

/// The durations and gaps of a profile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    pub(super) min_duration: i64,
    pub(super) max_duration: Option<i64>,
    comfortable_duration: i64,
    time_per_word: i64,
    hard_cps: Option<f64>,
    soft_cps: Option<f64>,
    hard_wpm: Option<f64>,
    soft_wpm: Option<f64>,
    pub(super) min_gap: i64,
    close_below: i64,
}

impl Timing {
    pub(super) fn new(profile: &Profile) -> Self {
        let millis = |time: Option<crate::time::MediaTime>| time.map(crate::time::MediaTime::as_millis);
        let min_duration = millis(profile.min_duration.hard).unwrap_or(0);
        Self {
            min_duration,
            max_duration: millis(profile.max_duration),
            comfortable_duration: millis(profile.min_duration.soft).unwrap_or(min_duration),
            time_per_word: millis(profile.min_time_per_word).unwrap_or(0),
            hard_cps: profile.reading_speed.hard,
            soft_cps: profile.reading_speed.soft,
            hard_wpm: profile.word_rate.hard,
            soft_wpm: profile.word_rate.soft,
            min_gap: profile.min_gap.as_millis(),
            close_below: millis(profile.close_gap_below).unwrap_or(LINGER),
        }
    }

    /// Returns the minimum time that satisfies the hard limits of reading speed and word rate.
    pub(super) fn reading_time(&self, load: Load) -> i64 {
        time_at(load.characters, self.hard_cps, 1000.0).max(time_at(load.words, self.hard_wpm, 60_000.0))
    }

    /// Returns the minimum time that satisfies every hard limit.
    pub(super) fn needed(&self, load: Load) -> i64 {
        self.reading_time(load).max(self.min_duration)
    }

    /// Returns the minimum time that also satisfies the soft limits.
    pub(super) fn comfortable(&self, load: Load) -> i64 {
        time_at(load.characters, self.soft_cps, 1000.0)
            .max(time_at(load.words, self.soft_wpm, 60_000.0))
            .max(load.words * self.time_per_word)
            .max(self.comfortable_duration)
            .max(self.needed(load))
    }

    /// Returns the end of a cue: after the last word, into the silence as far as the text needs it, and up to the next
    /// cue if only a short gap would be left.
    pub(super) fn out_time(&self, speech: Speech, load: Load) -> i64 {
        let Speech { start, end, .. } = speech;
        let needed = start + self.needed(load);
        let comfortable = start + self.comfortable(load);
        let longest = self.longest(speech);
        let wanted = (end + LINGER).max(comfortable.min(end + RUN_ON_FOR_SPEED)).max(needed).min(longest);
        let Some(next) = speech.next else { return wanted };
        let limit = next - self.min_gap;
        if wanted >= limit {
            return limit;
        }
        if next - wanted >= self.close_below {
            return wanted;
        }
        let open = next - self.close_below;
        let may_close = limit - end <= RUN_ON.max(self.close_below)
            || (open < comfortable && limit - end <= RUN_ON_FOR_SPEED)
            || open < needed
            || open < end;
        match may_close {
            true if limit <= longest => limit,
            true => wanted,
            false => open,
        }
    }

    /// Returns the latest end that the maximum duration allows, unless that would hide the last word.
    fn longest(&self, speech: Speech) -> i64 {
        match self.max_duration {
            Some(max) if speech.last_word + LEAST_SHOWN <= speech.start + max => speech.start + max,
            _ => i64::MAX,
        }
    }
}

/// Returns the time in milliseconds that `count` takes at a rate per `unit` milliseconds.
fn time_at(count: i64, rate: Option<f64>, unit: f64) -> i64 {
    rate.map_or(0, |rate| (count as f64 * unit / rate).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(profile: &str, end: i64, next: Option<i64>, characters: i64) -> i64 {
        let timing = Timing::new(&Profile::named(profile).unwrap());
        let speech = Speech { start: 0, last_word: end - 300, end, next };
        timing.out_time(speech, Load { characters, words: characters / 6 })
    }

    #[test]
    fn a_cue_runs_on_only_into_silence() {
        assert_eq!(out("lecture", 3000, None, 20), 3250);
        assert_eq!(out("lecture", 3000, Some(3100), 20), 3100);
        assert_eq!(out("lecture", 500, None, 6), 1500);
        assert_eq!(out("ted", 500, None, 6), 1000);
        assert_eq!(out("lecture", 2000, None, 48), 3000);
    }

    #[test]
    fn short_gaps_are_closed_and_others_left_open() {
        assert_eq!(out("lecture", 3000, Some(3400), 20), 3400);
        assert_eq!(out("netflix", 3000, Some(3400), 20), 3334);
        assert_eq!(out("bbc", 3000, Some(3900), 20), 3900);
        assert_eq!(out("lecture", 3000, Some(3600), 20), 3100);
        assert_eq!(out("lecture", 3000, Some(4000), 20), 3250);
    }

    #[test]
    fn the_greatest_duration_holds_unless_it_hides_a_word() {
        assert_eq!(out("lecture", 6100, None, 60), 6000);
        assert_eq!(out("lecture", 6500, None, 60), 6750);
    }
}
