//! Converts samples of a recording to frames of a device: the right ones, at the right speed and rate.

use std::collections::VecDeque;
use std::io;

use crate::audio::SAMPLE_RATE;
use crate::audio::resample::Resampler;
use crate::audio::stretch::Stretcher;

/// Number of samples read at a time: 50 ms.
const BLOCK: usize = SAMPLE_RATE as usize / 20;
/// Number of marks that are remembered: more than loops can begin within the ring.
const MARKS: usize = 256;

/// The result of [`Feed::next`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fed {
    More,
    /// The recording is not decoded that far.
    Waiting,
    /// Everything was output.
    End,
}

/// The stretched sample `stretched` plays sample `source` of the recording.
#[derive(Clone, Copy, Debug)]
struct Mark {
    stretched: u64,
    source: u64,
}

/// Plays on from one sample. A change of position or rate needs a new feed.
pub(super) struct Feed {
    /// The next sample to read.
    at: u64,
    rate: f32,
    looped: Option<(u64, u64)>,
    until: Option<u64>,
    stretcher: Stretcher,
    resampler: Option<Resampler>,
    device_rate: u32,
    stretched: u64,
    marks: VecDeque<Mark>,
    block: Vec<f32>,
}

impl Feed {
    /// `device_rate` is in frames per second. An empty loop is ignored.
    pub fn new(at: u64, rate: f32, looped: Option<(u64, u64)>, until: Option<u64>, device_rate: u32) -> Self {
        let stretcher = Stretcher::new(rate);
        let rate = stretcher.rate();
        let looped = looped.filter(|(start, end)| start < end);
        Self {
            at,
            rate,
            looped,
            until,
            stretcher,
            resampler: Some(Resampler::between(SAMPLE_RATE, device_rate)),
            device_rate,
            stretched: 0,
            marks: VecDeque::from([Mark { stretched: 0, source: at }]),
            block: vec![0.0; BLOCK],
        }
    }

    /// Appends some frames. `read` reads from a sample on and returns the number of samples; `is_complete` says that
    /// there will be no more.
    pub fn next(
        &mut self,
        mut read: impl FnMut(u64, &mut [f32]) -> io::Result<usize>,
        is_complete: bool,
        frames: &mut Vec<f32>,
    ) -> io::Result<Fed> {
        let limit = self.looped.map(|(_, end)| end).or(self.until).unwrap_or(u64::MAX);
        let wanted = limit.saturating_sub(self.at).min(BLOCK as u64) as usize;
        let count = read(self.at, &mut self.block[..wanted])?;
        if count > 0 {
            let mut stretched = Vec::new();
            self.stretcher.push(&self.block[..count], &mut stretched);
            self.at += count as u64;
            self.give(&stretched, frames);
            return Ok(Fed::More);
        }
        if wanted > 0 && !is_complete {
            return Ok(Fed::Waiting);
        }
        self.end_stretch(frames);
        match self.looped.filter(|(start, _)| *start < self.at) {
            Some((start, _)) => {
                self.at = start;
                self.mark();
                Ok(Fed::More)
            }
            None => {
                if let Some(mut resampler) = self.resampler.take() {
                    resampler.finish(frames);
                }
                Ok(Fed::End)
            }
        }
    }

    fn end_stretch(&mut self, frames: &mut Vec<f32>) {
        let mut stretched = Vec::new();
        std::mem::replace(&mut self.stretcher, Stretcher::new(self.rate)).finish(&mut stretched);
        self.give(&stretched, frames);
    }

    fn give(&mut self, stretched: &[f32], frames: &mut Vec<f32>) {
        self.stretched += stretched.len() as u64;
        if let Some(resampler) = &mut self.resampler {
            resampler.push(stretched, frames);
        }
    }

    fn mark(&mut self) {
        if self.marks.len() == MARKS {
            self.marks.pop_front();
        }
        self.marks.push_back(Mark { stretched: self.stretched, source: self.at });
    }

    /// Returns the sample of the recording that a frame plays. Frames are counted from the first of this feed.
    pub fn position(&self, frame: u64) -> u64 {
        let frame = u128::from(frame) * u128::from(SAMPLE_RATE) / u128::from(self.device_rate.max(1));
        let played = u64::try_from(frame).unwrap_or(u64::MAX).min(self.stretched);
        let next = self.marks.partition_point(|mark| mark.stretched <= played);
        let Some(mark) = next.checked_sub(1).and_then(|last| self.marks.get(last)) else { return self.at };
        mark.source + ((played - mark.stretched) as f64 * f64::from(self.rate)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: u64 = 32_000;

    /// Two seconds whose samples encode their position.
    fn read(at: u64, samples: &mut [f32]) -> io::Result<usize> {
        let count = LENGTH.saturating_sub(at).min(samples.len() as u64) as usize;
        for (n, sample) in (at..).zip(&mut samples[..count]) {
            *sample = n as f32 / LENGTH as f32;
        }
        Ok(count)
    }

    /// Returns up to `most` frames.
    fn played(feed: &mut Feed, most: usize) -> Vec<f32> {
        let mut frames = Vec::new();
        while frames.len() < most && feed.next(read, true, &mut frames).unwrap() != Fed::End {}
        frames
    }

    #[test]
    fn a_recording_is_played_to_its_end() {
        let mut feed = Feed::new(8000, 1.0, None, None, SAMPLE_RATE);
        let frames = played(&mut feed, usize::MAX);
        assert_eq!(frames.len(), 24_000);
        assert_eq!(frames[100], 8100.0 / 32_000.0);
        assert_eq!((feed.position(0), feed.position(1000), feed.position(24_000)), (8000, 9000, LENGTH));
    }

    #[test]
    fn rates_change_the_length_and_the_places() {
        for (rate, device, frames) in [(2.0, 48_000, 48_000), (0.5, 44_100, 176_400), (1.5, 16_000, 21_333)] {
            let mut feed = Feed::new(0, rate, None, None, device);
            assert_eq!(played(&mut feed, usize::MAX).len(), frames);
            assert!(feed.position(frames as u64 / 2).abs_diff(LENGTH / 2) < 4, "at {rate}");
        }
    }

    #[test]
    fn a_loop_goes_round_without_a_gap() {
        let mut feed = Feed::new(0, 1.0, Some((1000, 4000)), None, SAMPLE_RATE);
        let frames = played(&mut feed, 20_000);
        for (frame, place) in [(0, 0), (3999, 3999), (4000, 1000), (6999, 3999), (7000, 1000), (10_500, 1500)]
        {
            assert_eq!(frames[frame], place as f32 / 32_000.0, "frame {frame}");
            assert_eq!(feed.position(frame as u64), place, "frame {frame}");
        }
    }

    #[test]
    fn loops_that_make_no_sense_end() {
        let end = LENGTH as usize;
        for looped in [(4000, 4000), (5000, 4000), (2 * LENGTH, 3 * LENGTH)] {
            let mut feed = Feed::new(0, 1.0, Some(looped), None, SAMPLE_RATE);
            assert_eq!(played(&mut feed, 10 * end).len(), end, "{looped:?}");
        }
    }

    #[test]
    fn a_span_ends_where_it_should() {
        let mut feed = Feed::new(1000, 1.0, None, Some(3000), SAMPLE_RATE);
        assert_eq!(played(&mut feed, usize::MAX).len(), 2000);
    }

    #[test]
    fn what_is_not_decoded_is_waited_for() {
        let mut feed = Feed::new(LENGTH, 1.0, None, None, SAMPLE_RATE);
        let mut frames = Vec::new();
        assert_eq!(feed.next(read, false, &mut frames).unwrap(), Fed::Waiting);
        assert_eq!(feed.next(read, true, &mut frames).unwrap(), Fed::End);
        assert!(frames.is_empty());
    }
}
