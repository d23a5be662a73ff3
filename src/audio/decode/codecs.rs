//! The decoders at hand, and names for the codecs that have none.

use std::sync::OnceLock;

use symphonia::core::codecs::audio::well_known::*;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Result;
use symphonia_adapter_libopus::OpusDecoder;

/// Bytes of an Opus identification header up to its pre-skip (RFC 7845, 5.1).
const OPUS_PRE_SKIP: std::ops::Range<usize> = 10..12;

fn registry() -> &'static CodecRegistry {
    static REGISTRY: OnceLock<CodecRegistry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let mut registry = CodecRegistry::new();
        symphonia::default::register_enabled_codecs(&mut registry);
        registry.register_audio_decoder::<OpusDecoder>();
        registry
    })
}

pub fn supports(params: &AudioCodecParameters) -> bool {
    registry().get_audio_decoder(params.codec).is_some()
}

/// A decoder that gives every sample it decodes: cutting priming and padding off is the time line's work.
pub fn decoder(params: &AudioCodecParameters) -> Result<Box<dyn AudioDecoder>> {
    let mut params = params.clone();
    if params.codec == CODEC_ID_OPUS {
        // Without its header the decoder cannot know, and cut, the pre-skip.
        params.extra_data = None;
    }
    registry().make_audio_decoder(&params, &AudioDecoderOptions::default().gapless(false))
}

/// Frames at 48 kHz that an Opus decoder gives before the sound starts; zero for other codecs.
pub fn opus_pre_skip(params: &AudioCodecParameters) -> u32 {
    let header = params.extra_data.as_deref().filter(|_| params.codec == CODEC_ID_OPUS);
    match header.and_then(|header| header.get(OPUS_PRE_SKIP)) {
        Some(&[low, high]) => u32::from(u16::from_le_bytes([low, high])),
        _ => 0,
    }
}

/// What people call a codec.
pub fn name(codec: AudioCodecId) -> &'static str {
    match codec {
        CODEC_ID_AAC => "AAC of a kind other than AAC-LC mono or stereo (such as HE-AAC or 5.1)",
        CODEC_ID_OPUS => "Opus with more than two channels",
        CODEC_ID_AC3 => "Dolby Digital (AC-3)",
        CODEC_ID_EAC3 => "Dolby Digital Plus (E-AC-3)",
        CODEC_ID_AC4 => "Dolby AC-4",
        CODEC_ID_TRUEHD => "Dolby TrueHD",
        CODEC_ID_DCA => "DTS",
        CODEC_ID_ATRAC1 | CODEC_ID_ATRAC3 | CODEC_ID_ATRAC3PLUS | CODEC_ID_ATRAC9 => "ATRAC",
        CODEC_ID_SPEEX => "Speex",
        CODEC_ID_MUSEPACK => "Musepack",
        CODEC_ID_WAVPACK => "WavPack",
        CODEC_ID_MONKEYS_AUDIO => "Monkey's Audio",
        CODEC_ID_TTA => "True Audio",
        CODEC_ID_WMA => "Windows Media Audio",
        CODEC_ID_ADPCM_G722 => "G.722",
        CODEC_ID_ADPCM_G726 | CODEC_ID_ADPCM_G726LE => "G.726",
        CODEC_ID_RA10 | CODEC_ID_RA20 | CODEC_ID_SIPR | CODEC_ID_COOK | CODEC_ID_RALF => "RealAudio",
        CODEC_ID_FLAC => "FLAC of an unusual kind",
        CODEC_ID_MP1 | CODEC_ID_MP2 | CODEC_ID_MP3 => "MPEG audio of an unusual kind",
        CODEC_ID_VORBIS => "Vorbis of an unusual kind",
        CODEC_ID_ALAC => "Apple Lossless of an unusual kind",
        _ => "in a codec without a known name",
    }
}
