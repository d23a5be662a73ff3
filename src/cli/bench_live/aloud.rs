//! A recording that the loudspeaker plays and the microphone hears.

use std::path::Path;

use super::Follow;
use crate::audio::Sound;
use crate::audio::capture::InputChoice;
use crate::audio::playback::Player;
use crate::session::live::{MicrophoneSource, Source};
use crate::time::MediaTime;

/// How long the microphone is listened to after the recording has ended.
const AFTER: MediaTime = MediaTime::from_millis(3000);

/// Opens both; the recording is played when it is followed. Its decoded copy is kept in `folder`.
pub(super) fn open(recording: &Path, folder: &Path) -> anyhow::Result<(Box<dyn Source>, Follow)> {
    let source = MicrophoneSource::open(InputChoice::default())?;
    let player = Player::new(Sound::open(recording, folder, || ())?, || ())?;
    let (mut is_asked, mut ended) = (false, None);
    let follow = move |now: MediaTime| {
        if !is_asked {
            player.play();
            is_asked = true;
        }
        if let Some(error) = player.take_error() {
            return Err(error.into());
        }
        Ok(!player.is_playing() && now - *ended.get_or_insert(now) > AFTER)
    };
    Ok((Box::new(source), Box::new(follow)))
}
