//! Converts the clocks of containers to positions on the time line.

use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::formats::FormatId;
use symphonia::core::formats::well_known::{
    FORMAT_ID_ADTS, FORMAT_ID_CAF, FORMAT_ID_FLAC, FORMAT_ID_MP1, FORMAT_ID_MP2, FORMAT_ID_MP3, FORMAT_ID_OGG,
};
use symphonia::core::units::{Duration, TimeBase};

use super::codecs::{is_mpeg, opus_pre_skip};
use super::open::ChosenTrack;
use crate::audio::frame_placement::{FramePlacement, scale};
use crate::audio::mp4::Edit;
use crate::time::MediaTime;

/// Makes a placement at `rate` whose first packet is stamped `first`.
pub fn placement(
    chosen: &ChosenTrack,
    format: FormatId,
    base: TimeBase,
    rate: u32,
    first: i64,
) -> FramePlacement {
    let track = &chosen.track;
    let pre_skip = scale(i64::from(opus_pre_skip(&chosen.params)), rate, 48_000);
    let is_sane = |edit: &Edit| {
        let length = track.duration.map_or(0, Duration::get);
        length == 0 || edit.start.unsigned_abs() < length
    };
    let (mut shift, mut end) = (0, None);
    if let Some(edit) = chosen.edit.filter(is_sane) {
        let movie = |ticks: u64| scale(i64::try_from(ticks).unwrap_or(i64::MAX), rate, edit.movie_scale);
        shift = movie(edit.delay).saturating_sub(frames(base, edit.start, rate));
        end = (edit.length > 0).then(|| movie(edit.delay.saturating_add(edit.length)));
    } else if chosen.params.codec == CODEC_ID_OPUS && (-pre_skip..=0).contains(&first) {
        // The header is exact; containers round, and some writers get it wrong.
        shift = -pre_skip - first;
    }
    if format == FORMAT_ID_OGG && first > 0 {
        // Cut from a longer stream, whose stamps continue.
        shift = -first;
    }
    if format == FORMAT_ID_CAF && track.padding.is_some() {
        end = track.num_frames.and_then(|frames| i64::try_from(frames).ok());
    }
    let padding = match track.padding {
        Some(padding) => u64::from(padding),
        // The demuxer guesses the lengths of MP3 files and would cut off sound.
        None if is_mpeg(&chosen.params) => 0,
        None => u64::from(rate),
    };
    let placement = FramePlacement::new(rate, shift, end, padding);
    if format == FORMAT_ID_FLAC { placement.exact() } else { placement }
}

/// Returns whether these are frames without a container, whose time stamps are only counted.
pub fn is_stream(format: FormatId) -> bool {
    matches!(format, FORMAT_ID_ADTS | FORMAT_ID_MP1 | FORMAT_ID_MP2 | FORMAT_ID_MP3)
}

/// Converts ticks to frames at `rate`.
pub fn frames(base: TimeBase, ticks: i64, rate: u32) -> i64 {
    let ticks = i128::from(ticks) * i128::from(base.numer.get()) * i128::from(rate);
    let denom = i128::from(base.denom.get());
    let frames = (ticks + denom / 2).div_euclid(denom);
    frames.clamp(i128::from(i64::MIN / 2), i128::from(i64::MAX / 2)) as i64
}

pub fn time(base: TimeBase, duration: Duration) -> MediaTime {
    let millis =
        i128::from(duration.get()) * 1000 * i128::from(base.numer.get()) / i128::from(base.denom.get());
    MediaTime::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}
