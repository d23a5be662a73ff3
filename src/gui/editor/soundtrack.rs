//! The sound of the open captions: its waveform and playback.

use std::path::Path;

use crate::audio::playback::{PlaybackError, Player};
use crate::audio::{AudioError, DecodedCopy, Spectrogram};
use crate::gui::wake::Wake;
use crate::gui::words::InWords;
use crate::time::{MediaTime, TimeSpan};

/// The available playback speeds.
pub const RATES: [f32; 7] = [0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0];

pub struct Soundtrack {
    sound: DecodedCopy,
    player: Player,
    spectrogram: Spectrogram,
    rate: f32,
    looped: Option<TimeSpan>,
}

/// Why a recording cannot be played.
#[derive(Debug)]
pub enum SoundtrackError {
    Audio(AudioError),
    Playback(PlaybackError),
}

impl From<AudioError> for SoundtrackError {
    fn from(error: AudioError) -> Self {
        Self::Audio(error)
    }
}

impl From<PlaybackError> for SoundtrackError {
    fn from(error: PlaybackError) -> Self {
        Self::Playback(error)
    }
}

impl InWords for SoundtrackError {
    fn in_words(&self) -> String {
        match self {
            Self::Audio(error) => error.in_words(),
            Self::Playback(error) => error.in_words(),
        }
    }
}

impl Soundtrack {
    /// Starts decoding a recording into the cache folder. Returns at once.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn open(recording: &Path, cache: &Path, wake: Wake) -> Result<Self, SoundtrackError> {
        let wakes = [wake.clone(), wake.clone(), wake].map(|wake| move || wake());
        let [of_sound, of_player, of_spectrogram] = wakes;
        let sound = DecodedCopy::open(recording, cache, of_sound)?;
        let player = Player::new(sound.clone(), of_player)?;
        let spectrogram = Spectrogram::open(sound.clone(), of_spectrogram)?;
        Ok(Self { sound, player, spectrogram, rate: 1.0, looped: None })
    }

    pub fn sound(&self) -> &DecodedCopy {
        &self.sound
    }

    pub fn spectrogram(&self) -> &Spectrogram {
        &self.spectrogram
    }

    pub fn position(&self) -> MediaTime {
        self.player.position()
    }

    pub fn duration(&self) -> MediaTime {
        self.sound.with_peaks(|peaks| peaks.duration())
    }

    pub fn is_playing(&self) -> bool {
        self.player.is_playing()
    }

    pub fn rate(&self) -> f32 {
        self.rate
    }

    pub fn is_looped(&self) -> bool {
        self.looped.is_some()
    }

    pub fn toggle(&self) {
        if self.is_playing() {
            self.player.pause();
        } else {
            self.player.play();
        }
    }

    pub fn play_from(&self, time: MediaTime) {
        self.player.seek(time);
        self.player.play();
    }

    pub fn play_span(&self, span: TimeSpan) {
        self.player.play_span(span);
    }

    pub fn seek(&self, time: MediaTime) {
        self.player.seek(time.max(MediaTime::ZERO).min(self.duration()));
    }

    pub fn set_rate(&mut self, rate: f32) {
        self.rate = rate;
        self.player.set_rate(rate);
    }

    /// Changes to the next higher or lower speed.
    pub fn change_rate(&mut self, up: bool) {
        let place = RATES.iter().position(|rate| *rate >= self.rate).unwrap_or(RATES.len() - 1);
        let next = if up { (place + 1).min(RATES.len() - 1) } else { place.saturating_sub(1) };
        self.set_rate(RATES[next]);
    }

    /// Repeats a span; `None` stops repeating.
    pub fn set_loop(&mut self, span: Option<TimeSpan>) {
        if self.looped != span {
            self.looped = span;
            self.player.set_loop(span);
        }
    }

    /// Returns why playback stopped, once.
    pub fn take_error(&self) -> Option<PlaybackError> {
        self.player.take_error()
    }
}
