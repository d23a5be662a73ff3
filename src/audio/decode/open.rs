//! Opens a container and chooses the track to decode.

use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::OnceLock;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::{Hint, Probe, ProbeOptions};
use symphonia::core::formats::well_known::FORMAT_ID_ISOMP4;
use symphonia::core::formats::{FormatOptions, FormatReader, Track};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

use super::appended::ReadPosition;
use super::input::Input;
use super::{audible_track, codecs};
use crate::audio::riff::Wav;
use crate::audio::{AudioError, Damage, mp4, sniff};
use crate::time::MediaTime;

pub type TrackReader = Box<dyn FormatReader>;

/// How many unknown bytes may precede the sound. In a longer run of anything, something that looks like an MP3 frame
/// can be found. Unit: bytes.
const MAX_JUNK: u32 = 64 * 1024;

/// A track that can be decoded.
pub struct ChosenTrack {
    pub track: Track,
    pub params: AudioCodecParameters,
    /// From the container, for MP4.
    pub edit: Option<mp4::Edit>,
    /// There are more edits than can be applied.
    pub is_cut: bool,
    /// From the size, for WAV.
    pub duration: Option<MediaTime>,
}

impl ChosenTrack {
    pub fn new(track: Track, params: AudioCodecParameters) -> Self {
        Self { track, params, edit: None, is_cut: false, duration: None }
    }
}

/// The error that stands for a panic.
pub const GAVE_UP: &str = "the decoder gave up";

/// Runs a demuxer or decoder, which may panic on malicious bytes.
pub fn guarded<T>(run: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(Error::DecodeError(GAVE_UP)))
}

/// Finds the container by its content; names and extensions do not count.
pub fn probe(stream: MediaSourceStream<'static>) -> Result<TrackReader, Error> {
    static PROBE: OnceLock<Probe> = OnceLock::new();
    let probe = PROBE.get_or_init(|| {
        let options = ProbeOptions { max_probe_depth: MAX_JUNK, ..Default::default() };
        let mut probe = Probe::new_with_options(&options);
        symphonia::default::register_enabled_formats(&mut probe);
        probe
    });
    guarded(|| probe.probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default()))
}

/// Opens a container and the first of its audio tracks that has sound. `read` tells how far it has been read.
pub fn open(input: &Input, read: &ReadPosition) -> Result<(TrackReader, ChosenTrack), AudioError> {
    let path = input.path();
    let head = head(input)?;
    if let Some(codec) = sniff::foreign(&head) {
        return Err(unsupported(path, codec));
    }
    if sniff::is_no_sound(&head) {
        return Err(not_audio(path));
    }
    let wav = input.wav();
    let format = open_format(input, wav.as_ref(), read).map_err(|error| probe_error(path, &head, error))?;
    let boxes = if format.format_info().format == FORMAT_ID_ISOMP4 { mp4_tracks(input) } else { Vec::new() };
    let mut chosen = choose(input, &format, &boxes)?;
    chosen.duration = wav.and_then(|wav| wav.duration);
    Ok((format, chosen))
}

/// Opens the container. One that is truncated, or damaged near its end, is only read forwards from its start.
pub fn open_format(input: &Input, wav: Option<&Wav>, read: &ReadPosition) -> Result<TrackReader, Error> {
    let attempt = |may_seek| probe(input.stream(wav, may_seek, read.clone())?);
    attempt(true).or_else(|error| attempt(false).map_err(|_| error))
}

fn choose(input: &Input, format: &TrackReader, boxes: &[mp4::Track]) -> Result<ChosenTrack, AudioError> {
    let path = input.path();
    let audio = audio_tracks(format);
    let supported: Vec<_> = audio.iter().filter(|(_, params)| codecs::supports(params)).collect();
    let at = match supported.len() {
        0 => return Err(no_track(path, format, &audio, boxes)),
        1 => 0,
        _ => audible_track::first(input, &supported.iter().map(|(track, _)| track.id).collect::<Vec<_>>()),
    };
    let (track, params) = supported[at].clone();
    let mut chosen = ChosenTrack::new(track, params);
    if let Some(track) = boxes.iter().find(|track| track.id == chosen.track.id) {
        (chosen.edit, chosen.is_cut) = (track.edit, track.is_cut);
    }
    Ok(chosen)
}

/// Returns all audio tracks, in the order of the container.
pub fn audio_tracks(format: &TrackReader) -> Vec<(Track, AudioCodecParameters)> {
    let params = |track: &Track| match &track.codec_params {
        Some(CodecParameters::Audio(params)) => Some((track.clone(), params.clone())),
        _ => None,
    };
    format.tracks().iter().filter_map(params).collect()
}

fn no_track(
    path: &Path,
    format: &TrackReader,
    audio: &[(Track, AudioCodecParameters)],
    boxes: &[mp4::Track],
) -> AudioError {
    if let Some(track) = boxes.iter().find(|track| track.is_sound) {
        let code = String::from_utf8_lossy(&track.codec);
        return unsupported(path, format!("in the codec “{}”", code.trim()));
    }
    let unknown = || boxes.is_empty() && format.tracks().iter().any(|track| track.track_type().is_none());
    match audio.first() {
        Some((_, params)) => unsupported(path, codecs::name(params.codec)),
        None if unknown() => unsupported(path, "in a codec without a known name"),
        None => AudioError::NoAudioTrack { path: path.to_owned() },
    }
}

/// Reads edit lists. If the demuxer understood a file but this function does not, it has none.
fn mp4_tracks(input: &Input) -> Vec<mp4::Track> {
    let read = || mp4::tracks(&mut input.reader()?, input.len()?);
    read().ok().flatten().unwrap_or_default()
}

/// Returns the first bytes after an ID3v2 tag, which some programs put before any kind of file.
fn head(input: &Input) -> Result<Vec<u8>, AudioError> {
    let read = || {
        let (mut head, mut reader) = (Vec::new(), input.reader()?);
        (&mut reader).take(sniff::HEAD).read_to_end(&mut head)?;
        if let Some(tag) = sniff::id3_len(&head) {
            head.clear();
            reader.seek(SeekFrom::Start(tag))?;
            reader.take(sniff::HEAD).read_to_end(&mut head)?;
        }
        Ok(head)
    };
    let path = input.path();
    match input.len() {
        Ok(0) => Err(AudioError::Empty { path: path.to_owned() }),
        Ok(_) => read().map_err(|error| AudioError::io(path, error)),
        Err(error) => Err(AudioError::io(path, error)),
    }
}

fn probe_error(path: &Path, head: &[u8], error: Error) -> AudioError {
    match error {
        Error::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            AudioError::damaged(path, Damage::Header)
        }
        Error::IoError(error) => AudioError::io(path, error),
        Error::Unsupported(_) if sniff::is_mp4(head) => AudioError::damaged(path, Damage::NoIndex),
        Error::Unsupported(_) => match sniff::wav_codec(head) {
            Some(codec) => unsupported(path, codec),
            None => not_audio(path),
        },
        error => AudioError::damaged(path, error),
    }
}

pub fn unsupported(path: &Path, codec: impl Into<String>) -> AudioError {
    AudioError::UnsupportedCodec { path: path.to_owned(), codec: codec.into() }
}

pub fn not_audio(path: &Path) -> AudioError {
    AudioError::NotAudio { path: path.to_owned(), ffmpeg_failed: false }
}
