//! Places decoded frames on the time line of a recording.

use crate::time::MediaTime;

/// Maximum total silence that time stamps may insert in one recording. Damaged time stamps ask for years.
const MAX_SILENCE: MediaTime = MediaTime::from_millis(3_600_000);

/// Containers round their time stamps, and the clocks of sound cards are not exact: up to this distance packets are
/// joined without a gap. After a lost packet, or if time stamps count samples, a much smaller distance counts.
const JITTER: MediaTime = MediaTime::from_millis(100);
const EXACT: MediaTime = MediaTime::from_millis(5);

/// Places the packets of one track one after another: drops frames before zero (the priming of encoders) or after the
/// end, and fills gaps with silence, so that sound and picture stay in sync.
///
/// Positions are frames at the track's sample rate.
#[derive(Clone, Debug)]
pub(super) struct FramePlacement {
    rate: u32,
    /// The position of the next frame; negative before the start of the sound. `None` before the first packet.
    position: Option<i64>,
    /// Added to time stamps.
    shift: i64,
    /// The end of the sound.
    end: i64,
    is_exact: bool,
    /// Frames of padding that may still be cut from the ends of packets.
    padding: u64,
    /// Frames of silence that may still be inserted.
    silence: u64,
    /// A packet was lost, so the next one is placed exactly.
    lost: bool,
    /// How far the last packet's time stamp was from its expected position, if that was too far.
    suspect: Option<i64>,
    /// The total length of the gaps, and the time of the first one.
    gaps: Option<(MediaTime, MediaTime)>,
    leapt: bool,
}

/// First insert `silence`, then use `keep` frames of the packet from frame `skip` on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Placement {
    pub silence: u64,
    pub skip: usize,
    pub keep: usize,
}

impl FramePlacement {
    /// `shift` is added to all time stamps; `padding` is the maximum number of frames that the container may cut off.
    pub fn new(rate: u32, shift: i64, end: Option<i64>, padding: u64) -> Self {
        Self {
            rate,
            position: None,
            shift,
            end: end.unwrap_or(i64::MAX),
            padding,
            silence: MAX_SILENCE.to_samples(rate),
            is_exact: false,
            lost: false,
            suspect: None,
            gaps: None,
            leapt: false,
        }
    }

    /// Makes it follow time stamps exactly.
    pub fn exact(self) -> Self {
        Self { is_exact: true, ..self }
    }

    /// Places a packet. `at` is its time stamp, `None` if it follows the previous one; `frames` is the number of
    /// decoded frames; `padding` is the number of frames at its end that the container marks as inaudible.
    pub fn place(&mut self, at: Option<i64>, frames: usize, padding: u64) -> Placement {
        let (mut position, silence) = self.silence_before(at);
        let silence = silence.min(self.end.saturating_sub(position.max(0)).max(0) as u64);
        position += silence as i64;

        let frames = frames as u64;
        let skip = position.min(0).unsigned_abs().min(frames);
        position += skip as i64;
        let padding = padding.min(self.padding).min(frames - skip);
        self.padding -= padding;
        let room = self.end.saturating_sub(position.max(0)).max(0) as u64;
        let keep = (frames - skip - padding).min(room);
        self.position = Some(position + keep as i64);
        self.lost = false;
        Placement { silence, skip: skip as usize, keep: keep as usize }
    }

    /// Notes that a packet could not be decoded.
    pub fn lose_packet(&mut self) {
        self.lost = true;
    }

    /// Returns the total length of the gaps filled with silence, and the time of the first one.
    pub fn gaps(&self) -> Option<(MediaTime, MediaTime)> {
        self.gaps
    }

    /// Returns whether time stamps jumped too far to be believed.
    pub fn leapt(&self) -> bool {
        self.leapt
    }

    /// Returns the time of the next frame.
    pub fn now(&self) -> MediaTime {
        MediaTime::from_samples(self.position.unwrap_or(0).max(0) as u64, self.rate)
    }

    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// From here on positions are frames at this sample rate.
    pub fn set_rate(&mut self, rate: u32) {
        if rate == self.rate {
            return;
        }
        let scale = |at: i64| scale(at, rate, self.rate);
        self.position = self.position.map(scale);
        self.shift = scale(self.shift);
        self.end = if self.end == i64::MAX { i64::MAX } else { scale(self.end) };
        self.silence = scale(self.silence as i64) as u64;
        self.suspect = self.suspect.map(scale);
        self.rate = rate;
    }

    /// Returns the position of the packet's first frame without silence, and the silence before it.
    fn silence_before(&mut self, at: Option<i64>) -> (i64, u64) {
        let at = at.map(|at| at.saturating_add(self.shift));
        let Some(position) = self.position else {
            let start = at.unwrap_or(0);
            return (start.min(0), self.afford(start.max(0)));
        };
        let gap = at.map_or(0, |at| self.believed(at.saturating_sub(position)));
        if gap < 0 {
            // Chained streams restart at zero; their sound follows on.
            self.shift = self.shift.saturating_sub(gap);
        }
        let silence = self.afford(gap.max(0));
        if silence > 0 {
            let here = MediaTime::from_samples(position.max(0) as u64, self.rate);
            let (sum, _) = self.gaps.get_or_insert((MediaTime::ZERO, here));
            *sum += MediaTime::from_samples(silence, self.rate);
        }
        (position, silence)
    }

    /// Returns how much of a packet's distance from its expected position to follow. A single time stamp may be
    /// damaged, so two packets must agree, or one must have been lost.
    fn believed(&mut self, gap: i64) -> i64 {
        let tolerance = if self.lost || self.is_exact { EXACT } else { JITTER };
        let tolerance = tolerance.to_samples(self.rate) as i64;
        if (-i64::from(self.rate)..=tolerance).contains(&gap) {
            self.suspect = None;
            return 0;
        }
        if self.lost {
            return gap.max(0);
        }
        match self.suspect.replace(gap) {
            Some(before) if before.signum() == gap.signum() => {
                let agreed = if before.unsigned_abs() < gap.unsigned_abs() { before } else { gap };
                self.suspect =
                    Some(gap - agreed).filter(|rest| rest.unsigned_abs() > tolerance.unsigned_abs());
                agreed
            }
            _ => 0,
        }
    }

    fn afford(&mut self, gap: i64) -> u64 {
        let silence = gap as u64;
        if silence > self.silence {
            self.leapt = true;
            self.shift = self.shift.saturating_sub(gap);
            return 0;
        }
        self.silence -= silence;
        silence
    }
}

/// Returns `at * to / from`, for positions that change from one sample rate to another.
pub(super) fn scale(at: i64, to: u32, from: u32) -> i64 {
    let (at, to, from) = (i128::from(at), i128::from(to), i128::from(from.max(1)));
    let scaled = (at * to + from / 2).div_euclid(from);
    scaled.clamp(i128::from(i64::MIN / 2), i128::from(i64::MAX / 2)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 1000;

    fn line() -> FramePlacement {
        FramePlacement::new(RATE, 0, None, 500)
    }

    fn placed(silence: u64, skip: usize, keep: usize) -> Placement {
        Placement { silence, skip, keep }
    }

    #[test]
    fn priming_before_zero_is_dropped() {
        let mut line = line();
        assert_eq!(line.place(Some(-150), 100, 0), placed(0, 100, 0));
        assert_eq!(line.place(Some(-50), 100, 0), placed(0, 50, 50));
        assert_eq!(line.place(Some(50), 100, 0), placed(0, 0, 100));
        assert_eq!(line.now().as_millis(), 150);
    }

    #[test]
    fn a_late_track_and_a_gap_get_silence() {
        let mut line = line();
        assert_eq!(line.place(Some(3000), 100, 0), placed(3000, 0, 100));
        assert_eq!(
            line.place(Some(3180), 100, 0),
            placed(0, 0, 100),
            "80 ms are within what clocks differ by"
        );
        assert_eq!(line.place(Some(3400), 100, 0), placed(0, 0, 100), "one time stamp may be damaged");
        assert_eq!(line.place(Some(3500), 100, 0), placed(200, 0, 100));
        assert_eq!(line.gaps(), Some((MediaTime::from_millis(200), MediaTime::from_millis(3300))));
    }

    #[test]
    fn one_damaged_time_stamp_changes_nothing() {
        let mut line = line();
        line.place(Some(0), 100, 0);
        for at in [9000, 200, -9000, 400, i64::MAX, 600, 700] {
            assert_eq!(line.place(Some(at), 100, 0), placed(0, 0, 100));
        }
        assert_eq!((line.gaps(), line.leapt()), (None, false));
    }

    #[test]
    fn a_lost_packet_leaves_its_place_empty() {
        let mut line = line();
        line.place(Some(0), 40, 0);
        line.lose_packet();
        assert_eq!(line.place(Some(80), 40, 0), placed(40, 0, 40));
        assert_eq!(line.place(Some(160), 40, 0), placed(0, 0, 40), "nothing was lost here");
    }

    #[test]
    fn exact_time_stamps_show_small_gaps() {
        let mut line = line().exact();
        for (at, silence) in [(0, 0), (100, 0), (230, 0), (330, 30), (430, 0)] {
            assert_eq!(line.place(Some(at), 100, 0), placed(silence, 0, 100));
        }
    }

    #[test]
    fn padding_is_cut_as_far_as_it_was_announced() {
        let mut line = FramePlacement::new(RATE, 0, None, 120);
        assert_eq!(line.place(Some(0), 100, 30), placed(0, 0, 70));
        assert_eq!(line.place(Some(70), 100, 100), placed(0, 0, 10));
        assert_eq!(line.place(Some(80), 100, 100), placed(0, 0, 100));
    }

    #[test]
    fn an_edit_list_shifts_and_ends() {
        let mut line = FramePlacement::new(RATE, -20, Some(150), 0);
        assert_eq!(line.place(Some(0), 100, 0), placed(0, 20, 80));
        assert_eq!(line.place(Some(100), 100, 0), placed(0, 0, 70));
        assert_eq!(line.place(Some(200), 100, 0), placed(0, 0, 0));
    }

    #[test]
    fn a_chained_stream_follows_on() {
        let mut line = line();
        line.place(Some(0), 5000, 0);
        for at in [0, 100, 200] {
            assert_eq!(line.place(Some(at), 100, 0), placed(0, 0, 100));
        }
        line.lose_packet();
        assert_eq!(
            line.place(Some(500), 100, 0),
            placed(200, 0, 100),
            "gaps still count in the second stream"
        );
    }

    #[test]
    fn leaps_of_damaged_time_stamps_are_not_believed() {
        let mut line = line();
        line.place(Some(0), 100, 0);
        for at in [i64::MAX, i64::MAX, i64::MIN, i64::MIN, 1 << 40, (1 << 40) + 100] {
            assert_eq!(line.place(Some(at), 100, 0), placed(0, 0, 100));
        }
        assert!(line.leapt());
        assert_eq!(line.now().as_millis(), 700);
    }

    #[test]
    fn a_new_rate_keeps_the_time() {
        let mut line = line();
        line.place(Some(0), 500, 0);
        line.set_rate(2000);
        assert_eq!(line.now().as_millis(), 500);
        assert_eq!(line.place(Some(1000), 100, 0), placed(0, 0, 100));
    }
}
