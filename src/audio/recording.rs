//! Reads a recording from start to end.

use std::path::Path;
use std::process::Command;

use super::decode::{Decoder, Input, is_audible};
use super::lane::Lane;
use super::{AudioError, AudioWarning, Block, Damage, SAMPLE_RATE};
use crate::ffmpeg::{self, FfmpegFailure, FfmpegProcess};
use crate::time::MediaTime;

/// Minimum number of samples that [`Recording::read`] returns, except at the end: half a second.
const BLOCK: u64 = SAMPLE_RATE as u64 / 2;
/// A file may end this much earlier than it states without a warning.
const SLACK: MediaTime = MediaTime::from_millis(1000);
/// Maximum number of audio tracks that are tried with ffmpeg.
const MAX_TRACKS: usize = 32;

/// A recording opened for reading as 16 kHz mono.
///
/// Of several audio tracks, the first one with sound is read. Sample number `n` is heard `n / 16000` seconds after the
/// start of the recording as players show it: encoder priming is cut off, and a late start or gaps are filled with
/// silence.
pub struct Recording {
    input: Input,
    decoder: Decoder,
    /// Dropped after `decoder`, which holds the other end of its pipe.
    ffmpeg: Option<FfmpegProcess>,
    /// The length that the container states, and whether to rely on it.
    stated: Option<MediaTime>,
    expected: Option<MediaTime>,
    /// ffmpeg has not been tried on this file yet.
    may_ask_ffmpeg: bool,
    takeover: Option<Takeover>,
    /// One of all channels mixed, or one of each channel.
    lanes: Vec<Lane>,
    block: Block,
    /// Number of samples returned so far, of each lane.
    given: u64,
    warnings: Vec<AudioWarning>,
    ended: bool,
}

/// ffmpeg reads the file again after the decoder had to stop.
struct Takeover {
    at: MediaTime,
    /// Samples that were returned before, and must still be dropped from ffmpeg's output.
    repeated: u64,
    /// What was wrong, and remains so if ffmpeg gets no further.
    cause: AudioWarning,
}

impl Recording {
    /// Opens a sound or video file of any kind and decodes its first packet. Formats that Lectern does not decode
    /// itself are decoded by the program `ffmpeg`, if it is on the PATH.
    ///
    /// # Errors
    /// Every variant of [`AudioError`]. Silence is not an error.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        let meta = std::fs::metadata(path).map_err(|error| AudioError::io(path, error))?;
        if !meta.is_file() {
            return Err(AudioError::NotAFile { path: path.to_owned() });
        }
        let input = Input::File(path.to_owned());
        match Decoder::open(&input) {
            Ok(decoder) => Ok(Self::new(input, decoder, None)),
            Err(error) if error.calls_for_ffmpeg() => match open_with_ffmpeg(path, Times::Stamped) {
                Ok((decoder, process)) => Ok(Self::new(input, decoder, Some(process))),
                Err(failure) => Err(after_ffmpeg(error, failure)),
            },
            Err(error) => Err(error),
        }
    }

    /// Opens a recording in memory, without ffmpeg.
    ///
    /// # Errors
    /// Those of [`Recording::open`], except those of the file system.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, AudioError> {
        Self::in_memory(Input::Bytes(bytes.into()))
    }

    /// Opens the same recording from its start.
    ///
    /// # Errors
    /// Those of opening it, if the file has changed or disappeared.
    pub fn reopen(&self) -> Result<Self, AudioError> {
        let anew = match &self.input {
            Input::File(path) => Self::open(path),
            Input::Bytes(_) => Self::in_memory(self.input.clone()),
        }?;
        Ok(Self { lanes: self.lanes.iter().map(Lane::anew).collect(), ..anew })
    }

    /// The same recording, whose channels at the start are not mixed, but read side by side. Where there are fewer
    /// channels later, the last is read in place of those that are missing. Nothing may have been read before.
    pub fn apart(self) -> Self {
        let lanes = (0..self.decoder.channels()).map(Lane::of_channel).collect();
        Self { lanes, ..self }
    }

    /// The number of sounds that [`Recording::read_each`] reads side by side: 1, or the number of channels.
    pub fn lanes(&self) -> usize {
        self.lanes.len()
    }

    fn in_memory(input: Input) -> Result<Self, AudioError> {
        let decoder = Decoder::open(&input)?;
        Ok(Self { may_ask_ffmpeg: false, ..Self::new(input, decoder, None) })
    }

    fn new(input: Input, decoder: Decoder, ffmpeg: Option<FfmpegProcess>) -> Self {
        Self {
            input,
            stated: decoder.stated_duration(),
            expected: decoder.expected_duration(),
            decoder,
            may_ask_ffmpeg: ffmpeg.is_none(),
            ffmpeg,
            takeover: None,
            lanes: vec![Lane::mixed()],
            block: Block::default(),
            given: 0,
            warnings: Vec::new(),
            ended: false,
        }
    }

    /// Returns the length that the container states; missing in some files and wrong in damaged ones.
    pub fn stated_duration(&self) -> Option<MediaTime> {
        self.stated
    }

    /// Appends the next block, a fraction of a second to a few seconds, of 16 kHz mono samples in -1..1. Returns false
    /// at the end, when nothing was appended. Of channels that are apart, only the first is returned.
    ///
    /// # Errors
    /// None at present: errors after the start end the recording with a warning.
    pub fn read(&mut self, samples: &mut Vec<f32>) -> Result<bool, AudioError> {
        self.read_each(std::slice::from_mut(samples))
    }

    /// Appends the next block of each lane to the samples in its place, as [`Recording::read`] does; all get equally
    /// many. The file is decoded once, however many there are.
    ///
    /// # Errors
    /// As those of [`Recording::read`].
    pub fn read_each(&mut self, samples: &mut [Vec<f32>]) -> Result<bool, AudioError> {
        let before = self.given;
        while !self.ended && self.given - before < BLOCK {
            let starts: Vec<usize> = samples.iter().map(Vec::len).collect();
            let next = self.decoder.next_block(&mut self.block);
            match &next {
                Ok(true) => self.convert(samples),
                _ => self.each(samples, Lane::finish),
            }
            self.count(&starts, samples);
            match next {
                Ok(true) => {}
                Ok(false) => self.finish(None),
                Err(cause) => self.finish(Some(cause)),
            }
        }
        Ok(self.given > before)
    }

    /// Returns the problems that did not stop the reading; complete once [`Recording::read`] has returned false.
    pub fn warnings(&self) -> &[AudioWarning] {
        &self.warnings
    }

    fn now(&self) -> MediaTime {
        MediaTime::from_samples(self.given, SAMPLE_RATE)
    }

    fn each(&mut self, samples: &mut [Vec<f32>], pass: fn(&mut Lane, &mut Vec<f32>)) {
        self.lanes.iter_mut().zip(samples).for_each(|(lane, samples)| pass(lane, samples));
    }

    fn convert(&mut self, samples: &mut [Vec<f32>]) {
        let mut has_changed = false;
        for (lane, samples) in self.lanes.iter_mut().zip(samples) {
            has_changed |= lane.push(&self.block, samples);
        }
        if has_changed {
            self.warnings.push(AudioWarning::FormatChanged { at: self.now() });
        }
    }

    /// Counts the samples from these places on, without those that were returned before.
    fn count(&mut self, starts: &[usize], samples: &mut [Vec<f32>]) {
        let (Some(start), Some(first)) = (starts.first(), samples.first()) else { return };
        let new = first.len() - start;
        let repeated = self.takeover.as_ref().map_or(0, |takeover| takeover.repeated.min(new as u64));
        if let Some(takeover) = &mut self.takeover {
            takeover.repeated -= repeated;
        }
        for (start, samples) in starts.iter().zip(samples) {
            samples.drain(*start..start + repeated as usize);
        }
        self.given += new as u64 - repeated;
    }

    /// Ends the recording; `cause` is what stopped the decoder early.
    fn finish(&mut self, cause: Option<Damage>) {
        self.note_damage();
        let cause = match (cause, self.ffmpeg.take()) {
            // At the end of its output ffmpeg reports whether it was complete. Otherwise it is still writing, and is
            // stopped.
            (None, Some(ffmpeg)) => ffmpeg.finish().err().map(|failure| Damage::Decoder(failure.to_string())),
            (cause, _) => cause,
        };
        match self.takeover.take() {
            Some(takeover) if self.now() - takeover.at > SLACK => {
                self.warnings.push(AudioWarning::ContinuedByFfmpeg { at: takeover.at });
                self.warnings.extend(self.shortage(cause));
            }
            Some(takeover) => self.warnings.push(takeover.cause),
            None => match self.shortage(cause) {
                Some(shortage) if self.ask_ffmpeg(&shortage) => return,
                shortage => self.warnings.extend(shortage),
            },
        }
        self.ended = true;
    }

    fn note_damage(&mut self) {
        if let Some((count, first)) = self.decoder.damaged() {
            self.warnings.push(AudioWarning::DamagedPackets { count, first });
        }
        if self.decoder.ignores_cuts() {
            self.warnings.push(AudioWarning::CutsIgnored);
        }
        let Some(placement) = self.decoder.placement() else { return };
        if let Some((total, first)) = placement.gaps() {
            self.warnings.push(AudioWarning::Gaps { total, first });
        }
        if placement.leapt() {
            self.warnings.push(AudioWarning::TimestampsLeap);
        }
    }

    /// Returns a warning if there is less sound than there should be.
    fn shortage(&self, cause: Option<Damage>) -> Option<AudioWarning> {
        let read = self.now();
        if let Some(cause) = cause {
            return Some(AudioWarning::StoppedEarly { at: read, cause });
        }
        let stated = if self.decoder.is_cut_off() { self.stated } else { self.expected };
        let stated = stated.filter(|&stated| stated - read > SLACK)?;
        Some(AudioWarning::ShorterThanStated { stated, read })
    }

    /// Lets ffmpeg continue, if it is installed: it can handle more kinds of damage.
    fn ask_ffmpeg(&mut self, shortage: &AudioWarning) -> bool {
        if !std::mem::take(&mut self.may_ask_ffmpeg) {
            return false;
        }
        let times = match shortage {
            // Of time stamps that begin anew, ffmpeg would drop everything.
            AudioWarning::StoppedEarly { cause: Damage::AppendedStream, .. } => Times::Counted,
            _ => Times::Stamped,
        };
        let Ok((decoder, process)) = open_with_ffmpeg(self.input.path(), times) else { return false };
        self.decoder = decoder;
        self.ffmpeg = Some(process);
        self.takeover = Some(Takeover { at: self.now(), repeated: self.given, cause: shortage.clone() });
        true
    }
}

/// Reads a whole recording. For short files: an hour takes 230 MB.
///
/// # Errors
/// Those of [`Recording::open`].
pub fn read_all(path: &Path) -> Result<(Vec<f32>, Vec<AudioWarning>), AudioError> {
    let mut recording = Recording::open(path)?;
    let mut samples = Vec::new();
    while recording.read(&mut samples)? {}
    Ok((samples, recording.warnings))
}

/// Where ffmpeg places what it decodes.
#[derive(Clone, Copy)]
enum Times {
    /// At the time stamps of the file, with silence where the track has gaps or starts late.
    Stamped,
    /// One packet after the other.
    Counted,
}

impl Times {
    /// Returns the filter of ffmpeg.
    fn filter(self) -> &'static str {
        match self {
            Self::Stamped => "aresample=async=1:first_pts=0",
            Self::Counted => "asetpts=N/SR/TB",
        }
    }
}

/// Starts ffmpeg on the first audio track with sound; on the first of all if none has any.
fn open_with_ffmpeg(path: &Path, times: Times) -> Result<(Decoder, FfmpegProcess), FfmpegFailure> {
    for track in 0..MAX_TRACKS {
        match has_sound(path, track, times) {
            Ok(true) => return start_ffmpeg(path, track, times),
            Ok(false) => {}
            Err(failure) if track == 0 => return Err(failure),
            Err(_) => break,
        }
    }
    start_ffmpeg(path, 0, times)
}

fn start_ffmpeg(path: &Path, track: usize, times: Times) -> Result<(Decoder, FfmpegProcess), FfmpegFailure> {
    start_ffmpeg_with(path, track, times, true).or_else(|failure| match failure {
        FfmpegFailure::NotInstalled => Err(failure),
        FfmpegFailure::NoSuchTrack | FfmpegFailure::Said(_) => start_ffmpeg_with(path, track, times, false),
    })
}

fn start_ffmpeg_with(
    path: &Path,
    track: usize,
    times: Times,
    has_video: bool,
) -> Result<(Decoder, FfmpegProcess), FfmpegFailure> {
    let (process, pipe) = FfmpegProcess::start(command(path, track, times, has_video))?;
    match Decoder::open_pipe(path, pipe) {
        Ok(decoder) => Ok((decoder, process)),
        Err(error) => Err(process.finish().err().unwrap_or_else(|| FfmpegFailure::Said(error.to_string()))),
    }
}

/// Returns the command that writes audio track `track` (from 0) as a WAV file into a pipe: 32-bit float samples at the
/// track's own sample rate. To know how late the track starts, ffmpeg must also read the video, if there is one.
fn command(path: &Path, track: usize, times: Times, has_video: bool) -> Command {
    let mut command = ffmpeg::command(Path::new(ffmpeg::PROGRAM), &[], path);
    command.args(["-map", &format!("0:a:{track}"), "-vn", "-sn", "-dn"]).args([
        "-af",
        times.filter(),
        "-c:a",
        "pcm_f32le",
        "-f",
        "wav",
        "pipe:1",
    ]);
    if has_video {
        // Time stamps are relative to the first stream in use.
        command.args(["-map", "0:v:0", "-c", "copy", "-f", "null", "-"]);
    }
    command
}

fn has_sound(path: &Path, track: usize, times: Times) -> Result<bool, FfmpegFailure> {
    let (mut decoder, _process) = start_ffmpeg(path, track, times)?;
    let mut block = Block::default();
    while decoder.next_block(&mut block).map_err(|damage| FfmpegFailure::Said(damage.to_string()))? {
        if is_audible(&block.samples) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the error to report if ffmpeg did not help.
fn after_ffmpeg(error: AudioError, failure: FfmpegFailure) -> AudioError {
    match (error, failure) {
        (error, FfmpegFailure::NotInstalled) => error,
        (AudioError::NotAudio { path, .. }, _) => AudioError::NotAudio { path, ffmpeg_failed: true },
        (AudioError::UnsupportedCodec { path, .. }, FfmpegFailure::NoSuchTrack) => {
            AudioError::NoAudioTrack { path }
        }
        (AudioError::UnsupportedCodec { path, .. }, FfmpegFailure::Said(message)) => {
            AudioError::Ffmpeg { path, message }
        }
        (error, _) => error,
    }
}
