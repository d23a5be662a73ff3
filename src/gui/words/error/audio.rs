//! Recordings, microphones and loudspeakers.

use super::system::cause;
use super::{InWords, shown};
use crate::audio::capture::{CaptureError, DeviceError, DeviceErrorKind};
use crate::audio::playback::PlaybackError;
use crate::audio::{AudioError, AudioWarning, Damage};
use crate::gui::widgets::short_time;
use crate::gui::words::{say, say_with};

impl InWords for AudioError {
    fn in_words(&self) -> String {
        match self {
            Self::NotFound { path } => say_with!("error-audio-not-found", path = shown(path)),
            Self::PermissionDenied { path } => say_with!("error-audio-permission", path = shown(path)),
            Self::NotAFile { path } => say_with!("error-audio-not-a-file", path = shown(path)),
            Self::Empty { path } => say_with!("error-audio-empty", path = shown(path)),
            Self::NoSamples { path } => say_with!("error-audio-no-samples", path = shown(path)),
            Self::NotAudio { path, ffmpeg_failed: false } => {
                say_with!("error-audio-unknown", path = shown(path))
            }
            Self::NotAudio { path, ffmpeg_failed: true } => {
                say_with!("error-audio-unknown-to-ffmpeg", path = shown(path))
            }
            Self::NoAudioTrack { path } => say_with!("error-audio-no-track", path = shown(path)),
            Self::UnsupportedCodec { path, codec } => {
                say_with!("error-audio-codec", path = shown(path), codec = codec)
            }
            Self::Damaged { path, cause } => {
                say_with!("error-audio-damaged", path = shown(path), cause = damage(cause))
            }
            Self::Ffmpeg { path, message } => {
                say_with!("error-audio-ffmpeg", path = shown(path), message = message)
            }
            Self::Io { path, source } => {
                say_with!("error-audio-io", path = shown(path), cause = cause(source))
            }
        }
    }
}

/// Describes damage inside a file: a clause for use in brackets.
fn damage(damage: &Damage) -> String {
    match damage {
        Damage::Header => say("error-damage-header").to_owned(),
        Damage::NoIndex => say("error-damage-no-index").to_owned(),
        Damage::NoSampleRate => say("error-damage-no-rate").to_owned(),
        Damage::SampleRate(rate) => say_with!("error-damage-rate", rate = *rate),
        Damage::Channels(channels) => say_with!("error-damage-channels", channels = *channels),
        Damage::NoPacket => say("error-damage-no-packet").to_owned(),
        Damage::NoNextPart => say("error-damage-no-next-part").to_owned(),
        Damage::AppendedStream => say("error-damage-appended").to_owned(),
        Damage::Decoder(cause) => cause.clone(),
    }
}

impl InWords for AudioWarning {
    fn in_words(&self) -> String {
        match self {
            Self::DamagedPackets { count, first } => {
                say_with!("error-sound-packets", count = *count, first = short_time(*first))
            }
            Self::Gaps { total, first } => {
                say_with!("error-sound-gaps", total = short_time(*total), first = short_time(*first))
            }
            Self::StoppedEarly { at, cause } => {
                say_with!("error-sound-stopped", at = short_time(*at), cause = damage(cause))
            }
            Self::ShorterThanStated { stated, read } => {
                say_with!("error-sound-short", stated = short_time(*stated), read = short_time(*read))
            }
            Self::FormatChanged { at } => say_with!("error-sound-format", at = short_time(*at)),
            Self::TimestampsLeap => say("error-sound-leap").to_owned(),
            Self::CutsIgnored => say("error-sound-cuts").to_owned(),
            Self::ContinuedByFfmpeg { at } => say_with!("error-sound-continued", at = short_time(*at)),
            Self::Faint { decibels } => say_with!("error-sound-faint", decibels = *decibels),
        }
    }
}

impl InWords for CaptureError {
    fn in_words(&self) -> String {
        match self {
            Self::List(cause) => say_with!("error-microphone-list", cause = device_cause(cause)),
            Self::NoDevice => say("error-microphone-none").to_owned(),
            Self::UnknownDevice { name } => say_with!("error-microphone-missing", name = name),
            Self::PermissionDenied { device } => {
                say_with!("error-microphone-permission", device = device)
            }
            Self::Busy { device } => say_with!("error-microphone-busy", device = device),
            Self::NoChannel { device, channel, channels } => say_with!(
                "error-microphone-channel",
                device = device,
                channel = *channel,
                channels = *channels,
            ),
            Self::Lost { device } => say_with!("error-microphone-lost", device = device),
            Self::Failed { device, cause } => {
                say_with!("error-microphone-failed", device = device, cause = device_cause(cause))
            }
        }
    }
}

/// Words a known kind of error of the sound system; otherwise returns its own text.
fn device_cause(error: &DeviceError) -> String {
    use DeviceErrorKind::{
        DeviceBusy, DeviceChanged, DeviceNotAvailable, HostUnavailable, PermissionDenied, ResourceExhausted,
        StreamInvalidated, UnsupportedConfig,
    };
    let words = match error.kind() {
        DeviceBusy => say("error-cause-device-busy"),
        DeviceNotAvailable => say("error-cause-device-gone"),
        DeviceChanged | StreamInvalidated => say("error-cause-device-changed"),
        HostUnavailable => say("error-cause-no-sound-system"),
        PermissionDenied => say("error-cause-permission"),
        ResourceExhausted => say("error-cause-resources"),
        UnsupportedConfig => say("error-cause-sound-format"),
        _ => return error.to_string(),
    };
    words.to_owned()
}

impl InWords for PlaybackError {
    fn in_words(&self) -> String {
        match self {
            Self::NoDevice => say("error-playback-no-device").to_owned(),
            Self::Device(cause) => say_with!("error-playback-device", cause = device_cause(cause)),
            Self::Format(format) => say_with!("error-playback-format", format = format.to_string()),
            Self::Read(source) => say_with!("error-playback-read", cause = cause(source)),
            Self::Thread(source) => say_with!("error-thread", cause = cause(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};
    use std::path::PathBuf;

    use super::super::tests::check;
    use super::*;
    use crate::time::MediaTime;

    #[test]
    fn recordings() {
        let path = || PathBuf::from("/w/a.wav");
        check(&[
            &AudioError::NotFound { path: path() },
            &AudioError::PermissionDenied { path: path() },
            &AudioError::NotAFile { path: path() },
            &AudioError::Empty { path: path() },
            &AudioError::NoSamples { path: path() },
            &AudioError::NotAudio { path: path(), ffmpeg_failed: false },
            &AudioError::NotAudio { path: path(), ffmpeg_failed: true },
            &AudioError::NoAudioTrack { path: path() },
            &AudioError::UnsupportedCodec { path: path(), codec: "Opus".to_owned() },
            &AudioError::Damaged { path: path(), cause: Damage::Decoder("bad header".to_owned()) },
            &AudioError::Ffmpeg { path: path(), message: "bad header".to_owned() },
            &AudioError::Io { path: path(), source: io::Error::from(ErrorKind::TimedOut) },
        ]);
    }

    #[test]
    fn causes_of_the_sound_system() {
        use DeviceErrorKind as ErrorKind;
        let kinds = [
            ErrorKind::DeviceBusy,
            ErrorKind::DeviceNotAvailable,
            ErrorKind::DeviceChanged,
            ErrorKind::HostUnavailable,
            ErrorKind::PermissionDenied,
            ErrorKind::ResourceExhausted,
            ErrorKind::UnsupportedConfig,
        ];
        let errors = kinds.map(|kind| PlaybackError::Device(kind.into()));
        check(&errors.iter().map(|error| error as &dyn InWords).collect::<Vec<_>>());
    }

    #[test]
    fn damages() {
        let damages = [
            Damage::Header,
            Damage::NoIndex,
            Damage::NoSampleRate,
            Damage::SampleRate(3),
            Damage::Channels(999),
            Damage::NoPacket,
            Damage::NoNextPart,
            Damage::AppendedStream,
        ];
        let errors = damages.map(|cause| AudioError::Damaged { path: "/w/a.wav".into(), cause });
        check(&errors.iter().map(|error| error as &dyn InWords).collect::<Vec<_>>());
    }

    #[test]
    fn warnings() {
        let (at, later) = (MediaTime::from_millis(1000), MediaTime::from_millis(5000));
        check(&[
            &AudioWarning::DamagedPackets { count: 1, first: at },
            &AudioWarning::DamagedPackets { count: 2, first: at },
            &AudioWarning::Gaps { total: at, first: at },
            &AudioWarning::StoppedEarly { at, cause: Damage::NoPacket },
            &AudioWarning::ShorterThanStated { stated: later, read: at },
            &AudioWarning::FormatChanged { at },
            &AudioWarning::TimestampsLeap,
            &AudioWarning::CutsIgnored,
            &AudioWarning::ContinuedByFfmpeg { at },
            &AudioWarning::Faint { decibels: 50 },
        ]);
    }

    #[test]
    fn devices() {
        let (microphones, speakers) = (CaptureError::one_of_each(), PlaybackError::one_of_each());
        let microphones = microphones.iter().map(|error| error as &dyn InWords);
        let all: Vec<_> = microphones.chain(speakers.iter().map(|error| error as &dyn InWords)).collect();
        check(&all);
    }
}
