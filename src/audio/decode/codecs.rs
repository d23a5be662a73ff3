//! The available decoders, and names for codecs without one.

use std::sync::OnceLock;

use symphonia::core::codecs::audio::well_known::*;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Result;
use symphonia_adapter_libopus::OpusDecoder;

/// Position of the pre-skip in an Opus identification header (RFC 7845, 5.1). Unit: bytes.
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

/// Makes a decoder that returns every sample it decodes: priming and padding are removed later, on the time line.
pub fn decoder(params: &AudioCodecParameters) -> Result<Box<dyn AudioDecoder>> {
    let mut params = params.clone();
    match params.codec {
        // Without the header the decoder does not know the pre-skip, and cannot remove it.
        CODEC_ID_OPUS => params.extra_data = None,
        CODEC_ID_AAC => params.extra_data = params.extra_data.map(|config| aac_core(&config).into()),
        _ => {}
    }
    registry().make_audio_decoder(&params, &AudioDecoderOptions::default().gapless(false))
}

/// Returns whether the codec is MP3, MP2 or MP1.
pub fn is_mpeg(params: &AudioCodecParameters) -> bool {
    matches!(params.codec, CODEC_ID_MP1 | CODEC_ID_MP2 | CODEC_ID_MP3)
}

/// Returns the number of 48 kHz frames that an Opus decoder outputs before the sound starts; zero for other codecs.
pub fn opus_pre_skip(params: &AudioCodecParameters) -> u32 {
    let header = params.extra_data.as_deref().filter(|_| params.codec == CODEC_ID_OPUS);
    match header.and_then(|header| header.get(OPUS_PRE_SKIP)) {
        Some(&[low, high]) => u32::from(u16::from_le_bytes([low, high])),
        _ => 0,
    }
}

/// Returns the configuration of the AAC-LC core of an HE-AAC stream, which contains everything below half the
/// bandwidth; other configurations are unchanged. (AudioSpecificConfig in ISO/IEC 14496-3, 1.6.2.1.)
fn aac_core(config: &[u8]) -> Vec<u8> {
    const LC: u8 = 2;
    const SPECTRAL_BAND_REPLICATION: u8 = 5;
    const PARAMETRIC_STEREO: u8 = 29;
    /// Means that the sample rate is written out.
    const EXPLICIT_RATE: u8 = 15;

    let &[first, second, ..] = config else { return config.to_vec() };
    let kind = first >> 3;
    let rate = (first & 7) << 1 | second >> 7;
    let channels = second >> 3 & 15;
    match kind {
        SPECTRAL_BAND_REPLICATION | PARAMETRIC_STEREO if rate != EXPLICIT_RATE => {
            vec![LC << 3 | rate >> 1, rate << 7 | channels << 3]
        }
        // What follows may signal the same in the backward compatible way.
        LC if rate != EXPLICIT_RATE && channels != 0 => config[..2].to_vec(),
        _ => config.to_vec(),
    }
}

/// Returns the common name of a codec.
pub fn name(codec: AudioCodecId) -> &'static str {
    match codec {
        CODEC_ID_AAC => "MPEG-4 audio other than AAC-LC in mono or stereo (surround sound, for example)",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn he_aac_is_read_by_its_core() {
        // HE-AAC 22.05/44.1 kHz stereo, HE-AAC v2 24/48 kHz, and LC with SBR signalled in the backward compatible way.
        assert_eq!(aac_core(&[0x2b, 0x92, 0x08, 0x00]), [0x13, 0x90]);
        assert_eq!(aac_core(&[0xeb, 0x09, 0x88, 0x00]), [0x13, 0x08]);
        assert_eq!(aac_core(&[0x13, 0x90, 0x56, 0xe5, 0xa0]), [0x13, 0x90]);
    }

    #[test]
    fn other_configurations_stay() {
        for config in [&[0x12, 0x10][..], &[0x17, 0x80, 0, 0, 8], &[], &[1]] {
            assert_eq!(aac_core(config), config);
        }
    }
}
