//! Reading a recording from start to end.

use std::path::{Path, PathBuf};

use super::decode::{Decoder, Input, is_audible};
use super::ffmpeg::{Failure, Process};
use super::mono::ToMono;
use super::{AudioError, AudioWarning, Block, SAMPLE_RATE};
use crate::time::MediaTime;

/// [`Recording::read`] gives at least this many samples, except at the end: half a second.
const BLOCK: usize = SAMPLE_RATE as usize / 2;
/// A file may end this much earlier than it says without a warning.
const SLACK: MediaTime = MediaTime::from_millis(1000);
/// The number of audio tracks in a file that ffmpeg is asked for.
const MAX_TRACKS: usize = 32;

/// A recording opened for reading as 16 kHz mono.
///
/// Of several audio tracks the first that has sound is read. Sample number `n` is heard `n / 16000` seconds after
/// the start of the recording as players show it: encoder priming is cut off, and a track that starts late or has
/// gaps is filled with silence.
pub struct Recording {
    path: PathBuf,
    decoder: Decoder,
    /// Dropped after `decoder`, which holds the other end of its pipe.
    ffmpeg: Option<Process>,
    mono: Option<ToMono>,
    block: Block,
    given: u64,
    /// Samples at the start that were given before another decoder took over.
    skip: u64,
    warnings: Vec<AudioWarning>,
    ended: bool,
}

impl Recording {
    /// Opens a sound or video file of any kind and decodes its first packet. What Lectern does not decode itself
    /// goes through the program `ffmpeg`, where that is on the PATH.
    ///
    /// # Errors
    /// Every variant of [`AudioError`]. A silent recording is none.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        let meta = std::fs::metadata(path).map_err(|error| AudioError::io(path, error))?;
        if !meta.is_file() {
            return Err(AudioError::NotAFile { path: path.to_owned() });
        }
        match Decoder::open(&Input::File(path.to_owned())) {
            Ok(decoder) => Ok(Self::new(path, decoder, None)),
            Err(error) if error.calls_for_ffmpeg() => match open_with_ffmpeg(path) {
                Ok((decoder, process)) => Ok(Self::new(path, decoder, Some(process))),
                Err(failure) => Err(after_ffmpeg(error, failure)),
            },
            Err(error) => Err(error),
        }
    }

    /// Opens a recording that is in memory. ffmpeg is not asked.
    ///
    /// # Errors
    /// As [`Recording::open`], without those of the file system.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, AudioError> {
        let input = Input::Bytes(bytes.into());
        Decoder::open(&input).map(|decoder| Self::new(input.path(), decoder, None))
    }

    fn new(path: &Path, decoder: Decoder, ffmpeg: Option<Process>) -> Self {
        Self {
            path: path.to_owned(),
            decoder,
            ffmpeg,
            mono: None,
            block: Block::default(),
            given: 0,
            skip: 0,
            warnings: Vec::new(),
            ended: false,
        }
    }

    /// The length that the container states; missing in some files and wrong in damaged ones.
    pub fn stated_duration(&self) -> Option<MediaTime> {
        self.decoder.stated_duration()
    }

    /// Appends the next block, a fraction of a second to a few seconds, of 16 kHz mono samples in -1..1.
    /// False at the end, when nothing was appended.
    ///
    /// # Errors
    /// None so far: what goes wrong after the start ends the recording with a warning.
    pub fn read(&mut self, samples: &mut Vec<f32>) -> Result<bool, AudioError> {
        let before = samples.len();
        while !self.ended && samples.len() - before < BLOCK {
            let start = samples.len();
            match self.decoder.next_block(&mut self.block) {
                Ok(true) => self.convert(samples),
                Ok(false) => self.finish(samples),
                Err(cause) => self.stop(cause, samples),
            }
            let skipped = self.skip.min((samples.len() - start) as u64);
            samples.drain(start..start + skipped as usize);
            self.skip -= skipped;
            self.given += (samples.len() - start) as u64;
        }
        Ok(samples.len() > before)
    }

    /// What went wrong without stopping the reading; complete when [`Recording::read`] has returned false.
    pub fn warnings(&self) -> &[AudioWarning] {
        &self.warnings
    }

    fn now(&self) -> MediaTime {
        MediaTime::from_samples(self.given, SAMPLE_RATE)
    }

    fn convert(&mut self, samples: &mut Vec<f32>) {
        if let Some(old) = self.mono.take_if(|mono| !mono.accepts(&self.block)) {
            old.finish(samples);
            self.warnings.push(AudioWarning::FormatChanged { at: self.now() });
        }
        let new = || ToMono::new(self.block.rate, self.block.channels);
        self.mono.get_or_insert_with(new).push(&self.block, samples);
    }

    fn finish(&mut self, samples: &mut Vec<f32>) {
        if let Some(Err(Failure::Said(cause))) = self.ffmpeg.take().map(Process::finish) {
            self.warnings.push(AudioWarning::StoppedEarly { at: self.now(), cause });
        }
        self.end(samples);
        let read = MediaTime::from_samples(self.given + samples.len() as u64, SAMPLE_RATE);
        if let Some(stated) = self.decoder.expected_duration().filter(|&stated| stated - read > SLACK) {
            self.warnings.push(AudioWarning::ShorterThanStated { stated, read });
        }
    }

    /// Something keeps the decoder from going on. ffmpeg may know a way around it.
    fn stop(&mut self, cause: String, samples: &mut Vec<f32>) {
        self.warnings.push(AudioWarning::StoppedEarly { at: self.now(), cause });
        self.end(samples);
    }

    fn end(&mut self, samples: &mut Vec<f32>) {
        self.ended = true;
        if let Some(mono) = self.mono.take() {
            mono.finish(samples);
        }
        if let Some((count, first)) = self.decoder.damaged() {
            self.warnings.push(AudioWarning::DamagedPackets { count, first });
        }
        if self.decoder.leapt() {
            self.warnings.push(AudioWarning::TimestampsLeap);
        }
    }
}

/// Reads a whole recording. For short files: an hour takes 230 MB.
///
/// # Errors
/// As [`Recording::open`].
pub fn read_all(path: &Path) -> Result<(Vec<f32>, Vec<AudioWarning>), AudioError> {
    let mut recording = Recording::open(path)?;
    let mut samples = Vec::new();
    while recording.read(&mut samples)? {}
    Ok((samples, recording.warnings))
}

/// Starts ffmpeg on the first audio track that has sound; on the first of all if none has.
fn open_with_ffmpeg(path: &Path) -> Result<(Decoder, Process), Failure> {
    for track in 0..MAX_TRACKS {
        match has_sound(path, track) {
            Ok(true) => return start_ffmpeg(path, track),
            Ok(false) => {}
            Err(failure) if track == 0 => return Err(failure),
            Err(_) => break,
        }
    }
    start_ffmpeg(path, 0)
}

fn start_ffmpeg(path: &Path, track: usize) -> Result<(Decoder, Process), Failure> {
    let (process, pipe) = Process::start(path, track)?;
    match Decoder::open_pipe(path, pipe) {
        Ok(decoder) => Ok((decoder, process)),
        Err(error) => Err(process.finish().err().unwrap_or_else(|| Failure::Said(error.to_string()))),
    }
}

fn has_sound(path: &Path, track: usize) -> Result<bool, Failure> {
    let (mut decoder, _process) = start_ffmpeg(path, track)?;
    let mut block = Block::default();
    while decoder.next_block(&mut block).map_err(Failure::Said)? {
        if is_audible(&block.samples) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The error to show when ffmpeg could not help.
fn after_ffmpeg(error: AudioError, failure: Failure) -> AudioError {
    match (error, failure) {
        (error, Failure::NotInstalled) => error,
        (AudioError::NotAudio { path, .. }, _) => AudioError::NotAudio { path, ffmpeg_failed: true },
        (AudioError::UnsupportedCodec { path, .. }, Failure::Said(said))
            if said.contains("matches no streams") =>
        {
            AudioError::NoAudioTrack { path }
        }
        (AudioError::UnsupportedCodec { path, .. }, Failure::Said(message)) => {
            AudioError::Ffmpeg { path, message }
        }
        (error, _) => error,
    }
}
