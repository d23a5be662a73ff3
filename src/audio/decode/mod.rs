//! Containers and codecs: the only code that uses Symphonia.

mod appended;
mod audible_track;
mod codecs;
mod input;
mod open;
mod ticks;

use std::path::Path;
use std::process::ChildStdout;

use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::errors::{Error, Result as Decoded};
use symphonia::core::formats::well_known::FORMAT_ID_FLAC;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, TimeBase, Timestamp};

pub(super) use audible_track::is_audible;
pub(super) use input::Input;

use appended::{AppendedStream, ReadPosition};
use open::{ChosenTrack, TrackReader, guarded, unsupported};
use ticks::{frames, time};

use super::frame_placement::FramePlacement;
use super::{AudioError, Block, Damage};
use crate::time::MediaTime;

/// Sample rates outside this range are errors in the header. Unit: samples per second.
const RATES: std::ops::RangeInclusive<u32> = 1_000..=768_000;
const MAX_CHANNELS: usize = 256;
/// Reading ends after this many consecutive errors of the demuxer.
const MAX_FAILURES: u32 = 64;
/// A track is skipped if this many packets at its start cannot be decoded.
const MAX_DAMAGED_START: u64 = 200;
/// Silence is output in pieces of this many seconds.
const SILENT_BLOCK: u64 = 1;

impl From<Error> for Damage {
    fn from(error: Error) -> Self {
        Self::Decoder(error.to_string())
    }
}

/// Decodes the first track with sound of one recording, block by block.
pub(super) struct Decoder {
    format: TrackReader,
    codec: Box<dyn AudioDecoder>,
    chosen: ChosenTrack,
    time_base: TimeBase,
    placement: Option<FramePlacement>,
    /// The time stamps of packets are no longer valid.
    unstamped: bool,
    /// The last decoded packet, interleaved.
    decoded: Block,
    /// Frames of silence before `decoded`.
    silence: u64,
    damaged: Option<(u64, MediaTime)>,
    is_cut_off: bool,
    /// For FLAC files.
    appended: Option<AppendedStream>,
}

impl Decoder {
    pub fn open(input: &Input) -> Result<Self, AudioError> {
        let read = ReadPosition::default();
        let (format, chosen) = open::open(input, &read)?;
        let appended = (format.format_info().format == FORMAT_ID_FLAC).then(|| AppendedStream::new(read));
        Self::start(input.path(), format, chosen, appended)
    }

    /// Decodes the output of a program: a container with one track. `path` is for errors.
    pub fn open_pipe(path: &Path, stdout: ChildStdout) -> Result<Self, AudioError> {
        let format = open::probe(input::pipe(stdout)).map_err(|error| AudioError::damaged(path, error))?;
        let first = open::audio_tracks(&format).into_iter().next();
        let (track, params) = first.ok_or_else(|| AudioError::NoAudioTrack { path: path.to_owned() })?;
        Self::start(path, format, ChosenTrack::new(track, params), None)
    }

    fn start(
        path: &Path,
        format: TrackReader,
        chosen: ChosenTrack,
        appended: Option<AppendedStream>,
    ) -> Result<Self, AudioError> {
        check(chosen.params.sample_rate, chosen.params.channels.as_ref().map(|channels| channels.count()))
            .map_err(|cause| AudioError::damaged(path, cause))?;
        let codec = guarded(|| codecs::decoder(&chosen.params)).map_err(|error| match error {
            Error::Unsupported(_) => unsupported(path, codecs::name(chosen.params.codec)),
            error => AudioError::damaged(path, error),
        })?;
        let counted = || chosen.params.sample_rate.and_then(TimeBase::try_from_recip);
        let time_base = chosen.track.time_base.or_else(counted);
        let time_base = time_base.ok_or_else(|| AudioError::damaged(path, Damage::NoSampleRate))?;
        let mut decoder = Self {
            format,
            codec,
            chosen,
            time_base,
            placement: None,
            unstamped: false,
            decoded: Block::default(),
            silence: 0,
            damaged: None,
            is_cut_off: false,
            appended,
        };
        match (decoder.advance(), &decoder.damaged) {
            (Ok(true), _) => Ok(decoder),
            (Ok(false), None) => Err(AudioError::NoSamples { path: path.to_owned() }),
            // Any bytes may occasionally look like a frame of MP3 or AAC.
            (Ok(false), Some(_)) if decoder.is_stream() => Err(open::not_audio(path)),
            (Ok(false), Some(_)) => Err(AudioError::damaged(path, Damage::NoPacket)),
            (Err(cause), _) => Err(AudioError::damaged(path, cause)),
        }
    }

    /// Replaces the content of `block` by the next block; false at the end. An error is what stopped reading early.
    pub fn next_block(&mut self, block: &mut Block) -> Result<bool, Damage> {
        if self.silence == 0 && self.decoded.samples.is_empty() && !self.advance()? {
            return Ok(false);
        }
        block.rate = self.decoded.rate;
        block.channels = self.decoded.channels;
        block.samples.clear();
        if self.silence == 0 {
            std::mem::swap(&mut block.samples, &mut self.decoded.samples);
        } else {
            let frames = self.silence.min(SILENT_BLOCK * u64::from(block.rate));
            self.silence -= frames;
            block.samples.resize(frames as usize * block.channels, 0.0);
        }
        Ok(true)
    }

    /// Returns the number of channels of what was decoded last.
    pub fn channels(&self) -> usize {
        self.decoded.channels
    }

    /// The length that the container states for the track, or else for the whole file.
    pub fn stated_duration(&self) -> Option<MediaTime> {
        if let Some(edit) = self.chosen.edit.filter(|edit| edit.length > 0) {
            let ticks = edit.delay.saturating_add(edit.length);
            return Some(MediaTime::from_samples(ticks, edit.movie_scale));
        }
        if self.chosen.duration.is_some() {
            return self.chosen.duration;
        }
        let media = self.format.media_info();
        let (duration, base) = match self.chosen.track.duration {
            Some(duration) => (duration, self.time_base),
            None => (media.duration?, media.time_base?),
        };
        let time = time(base, duration);
        (time > MediaTime::ZERO).then_some(time)
    }

    /// Returns the length that this track must have if the file is complete; `None` if it is not known for certain.
    pub fn expected_duration(&self) -> Option<MediaTime> {
        let track = &self.chosen.track;
        let is_guess = codecs::is_mpeg(&self.chosen.params) && track.delay.is_none();
        let is_of_all_tracks = track.duration.is_none() && self.format.tracks().len() > 1;
        self.stated_duration().filter(|_| !is_guess && !is_of_all_tracks)
    }

    /// Returns whether the file ended within a packet.
    pub fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    /// Returns the number of packets that could not be decoded, and the time of the first one.
    pub fn damaged(&self) -> Option<(u64, MediaTime)> {
        self.damaged
    }

    /// Returns whether an edit list with more than one cut was ignored.
    pub fn ignores_cuts(&self) -> bool {
        self.chosen.is_cut
    }

    /// Returns the placement of the packets; `None` before the first one.
    pub fn placement(&self) -> Option<&FramePlacement> {
        self.placement.as_ref()
    }

    /// Decodes packets until one has audible frames.
    fn advance(&mut self) -> Result<bool, Damage> {
        let mut failures = 0;
        loop {
            match guarded(|| self.format.next_packet()) {
                Ok(Some(packet)) if packet.track_id == self.chosen.track.id => {
                    failures = 0;
                    if let Some(appended) = &mut self.appended {
                        appended.pass(&packet)?;
                    }
                    if self.decode(packet)? {
                        return Ok(true);
                    }
                }
                Ok(Some(_)) => {}
                Ok(None) => return self.end(),
                Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    self.is_cut_off = true;
                    return self.end();
                }
                Err(Error::IoError(error)) => return Err(Error::IoError(error).into()),
                Err(Error::ResetRequired) => self.restart()?,
                Err(error) if failures == MAX_FAILURES => return Err(error.into()),
                Err(_) => failures += 1,
            }
        }
    }

    fn end(&mut self) -> Result<bool, Damage> {
        self.appended.as_mut().map_or(Ok(()), AppendedStream::finish).map(|()| false)
    }

    /// Decodes one packet; true if it has audible frames.
    fn decode(&mut self, mut packet: Packet) -> Result<bool, Damage> {
        let padding = packet.trim_end;
        (packet.trim_start, packet.trim_end) = (Duration::ZERO, Duration::ZERO);
        self.decoded.samples.clear();
        let decoded = guarded(|| copy_samples(&mut self.codec, &packet, &mut self.decoded.samples));
        let (rate, channels) = match decoded.or_else(|error| self.decode_anew(&packet).ok_or(error)) {
            Ok(spec) => spec,
            Err(error) => return self.skip_damaged(error),
        };
        if self.decoded.samples.is_empty() {
            return Ok(false);
        }
        check(Some(rate), Some(channels))?;
        (self.decoded.rate, self.decoded.channels) = (rate, channels);
        self.place(packet.pts, padding);
        Ok(self.silence > 0 || !self.decoded.samples.is_empty())
    }

    /// Makes another decoder and tries the packet again: MPEG audio may change its sample rate or channels.
    fn decode_anew(&mut self, packet: &Packet) -> Option<(u32, usize)> {
        let mut codec = guarded(|| codecs::decoder(&self.chosen.params))
            .ok()
            .filter(|_| codecs::is_mpeg(&self.chosen.params))?;
        self.decoded.samples.clear();
        let spec = guarded(|| copy_samples(&mut codec, packet, &mut self.decoded.samples)).ok()?;
        self.codec = codec;
        Some(spec)
    }

    fn skip_damaged(&mut self, error: Error) -> Result<bool, Damage> {
        if matches!(error, Error::DecodeError(open::GAVE_UP)) {
            // A decoder that panicked cannot be used any further.
            self.codec = guarded(|| codecs::decoder(&self.chosen.params))?;
        }
        let now = self.placement.as_mut().map(|placement| {
            placement.lose_packet();
            placement.now()
        });
        let (count, _) = self.damaged.get_or_insert((0, now.unwrap_or_default()));
        *count += 1;
        if now.is_none() && *count > MAX_DAMAGED_START { Err(error.into()) } else { Ok(false) }
    }

    /// Cuts `decoded` to its audible part, and notes the silence before it.
    fn place(&mut self, pts: Timestamp, padding: Duration) {
        let (rate, channels) = (self.decoded.rate, self.decoded.channels);
        let at = frames(self.time_base, pts.get(), rate);
        // Frames without a container are counted, not stamped, in units of the first one's sample rate.
        self.unstamped |= self.is_stream() && self.placement.as_ref().is_some_and(|line| line.rate() != rate);
        let padding = frames(self.time_base, padding.get().cast_signed(), rate).unsigned_abs();
        let mut placement = self.placement.take().unwrap_or_else(|| self.new_timeline(rate, at));
        placement.set_rate(rate);
        let placed =
            placement.place((!self.unstamped).then_some(at), self.decoded.samples.len() / channels, padding);
        self.placement = Some(placement);
        self.silence = placed.silence;
        self.decoded.samples.truncate((placed.skip + placed.keep) * channels);
        self.decoded.samples.drain(..placed.skip * channels);
    }

    fn new_timeline(&self, rate: u32, first: i64) -> FramePlacement {
        ticks::placement(&self.chosen, self.format.format_info().format, self.time_base, rate, first)
    }

    /// Returns whether the file is frames without a container.
    fn is_stream(&self) -> bool {
        ticks::is_stream(self.format.format_info().format)
    }

    /// Handles a change of tracks, as when one Ogg stream follows another.
    fn restart(&mut self) -> Result<(), Damage> {
        let first = open::audio_tracks(&self.format).into_iter().find(|(_, params)| codecs::supports(params));
        let (track, params) = first.ok_or(Damage::NoNextPart)?;
        self.codec = guarded(|| codecs::decoder(&params))?;
        self.time_base = track.time_base.unwrap_or(self.time_base);
        self.chosen = ChosenTrack::new(track, params);
        Ok(())
    }
}

/// Decodes a packet and appends its samples, interleaved, finite and in -1..1. Returns the sample rate and the number
/// of channels.
fn copy_samples(
    decoder: &mut Box<dyn AudioDecoder>,
    packet: &Packet,
    samples: &mut Vec<f32>,
) -> Decoded<(u32, usize)> {
    let audio = decoder.decode(packet)?;
    let (rate, channels) = (audio.spec().rate(), audio.spec().channels().count());
    audio.copy_to_vec_interleaved(samples);
    for sample in samples.iter_mut() {
        *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
    }
    Ok((rate, channels))
}

fn check(rate: Option<u32>, channels: Option<usize>) -> Result<(), Damage> {
    match (rate, channels) {
        (Some(rate), _) if !RATES.contains(&rate) => Err(Damage::SampleRate(rate)),
        (_, Some(channels)) if !(1..=MAX_CHANNELS).contains(&channels) => Err(Damage::Channels(channels)),
        _ => Ok(()),
    }
}
