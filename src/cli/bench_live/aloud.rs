//! A recording that the loudspeaker plays and the microphone hears.

use std::path::Path;

use super::{Aloud, Follow};
use crate::audio::Sound;
use crate::audio::capture::InputChoice;
use crate::audio::playback::Player;
use crate::session::live::{MicrophoneSource, Source};
use crate::time::MediaTime;

/// How long the microphone is listened to after the recording has ended.
const AFTER: MediaTime = MediaTime::from_millis(2000);

/// Opens both; the recording is played when it is followed. Its decoded copy is kept in `folder`.
pub(super) fn open(recording: &Path, folder: &Path) -> anyhow::Result<(Box<dyn Source>, Follow)> {
    let source = MicrophoneSource::open(InputChoice::default())?;
    let sound = Sound::open(recording, folder, || ())?;
    let player = Player::new(sound, || ())?;
    let mut aloud = Aloud { origin: None, is_over: false };
    let (mut is_asked, mut ended) = (false, None);
    let follow = move |now: MediaTime| {
        if !is_asked {
            player.play();
            is_asked = true;
        }
        if let Some(error) = player.take_error() {
            return Err(error.into());
        }
        let position = player.position();
        if !player.is_playing() {
            aloud.is_over = now - *ended.get_or_insert(now) > AFTER;
        } else if position > MediaTime::ZERO {
            // The position moves on in steps; right after one it is true.
            let origin = now - position;
            aloud.origin = Some(aloud.origin.map_or(origin, |earlier| origin.min(earlier)));
        }
        Ok(aloud)
    };
    Ok((Box::new(source), Box::new(follow)))
}
