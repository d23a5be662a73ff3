//! Finds the audio track that has sound.

use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::packet::Packet;

use super::appended::ReadPosition;
use super::input::Input;
use super::open::{audio_tracks, guarded, open_format};
use super::{codecs, copy_samples};

/// Peaks below this are silence, dither or the noise of an open input. -70 dB of full scale.
pub const AUDIBLE: f32 = 3.2e-4;

struct Listener {
    track: u32,
    decoder: Box<dyn AudioDecoder>,
    is_audible: bool,
}

/// Returns the index of the first of `tracks` with sound; 0 if none has any, or if nothing can be read.
///
/// Usually reads only up to the first sound of the first track; the whole file if that track is silent.
pub fn first(input: &Input, tracks: &[u32]) -> usize {
    let Ok(mut format) = open_format(input, None, &ReadPosition::default()) else { return 0 };
    let known = audio_tracks(&format);
    let listen = |&track: &u32| {
        let (_, params) = known.iter().find(|(known, _)| known.id == track)?;
        let decoder = guarded(|| codecs::decoder(params)).ok()?;
        Some(Listener { track, decoder, is_audible: false })
    };
    let mut listeners: Vec<Listener> = tracks.iter().filter_map(listen).collect();
    let mut samples = Vec::new();
    while let Ok(Some(packet)) = guarded(|| format.next_packet()) {
        let listener =
            listeners.iter_mut().find(|listener| listener.track == packet.track_id && !listener.is_audible);
        if let Some(listener) = listener {
            listener.is_audible = has_sound(&mut listener.decoder, &packet, &mut samples);
        }
        if listeners.first().is_none_or(|first| first.is_audible) {
            break;
        }
    }
    let first = listeners.iter().find(|listener| listener.is_audible);
    first.and_then(|first| tracks.iter().position(|&track| track == first.track)).unwrap_or(0)
}

fn has_sound(decoder: &mut Box<dyn AudioDecoder>, packet: &Packet, samples: &mut Vec<f32>) -> bool {
    samples.clear();
    guarded(|| copy_samples(decoder, packet, samples)).is_ok() && is_audible(samples)
}

/// Returns whether these samples are more than silence.
pub fn is_audible(samples: &[f32]) -> bool {
    samples.iter().any(|sample| sample.abs() > AUDIBLE)
}
