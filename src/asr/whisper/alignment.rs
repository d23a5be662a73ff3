//! The attention heads of a model that show when a token is spoken.

use whisper_rs::{DtwMode, DtwModelPreset, DtwParameters};

use crate::asr::ggml::WhisperHeader;

/// Returns parameters for token times by dynamic time warping over the heads that OpenAI published for its models.
pub(super) fn parameters(header: &WhisperHeader) -> DtwParameters<'static> {
    DtwParameters { mode: mode(header), ..DtwParameters::default() }
}

fn mode(header: &WhisperHeader) -> DtwMode<'static> {
    use DtwModelPreset::{
        Base, BaseEn, LargeV2, LargeV3, LargeV3Turbo, Medium, MediumEn, Small, SmallEn, Tiny, TinyEn,
    };
    const MELS_OF_LARGE_V3: u32 = 128;
    let model_preset = match (header.n_audio_layer, header.n_text_layer, header.is_multilingual()) {
        (4, 4, true) => Tiny,
        (4, 4, false) => TinyEn,
        (6, 6, true) => Base,
        (6, 6, false) => BaseEn,
        (12, 12, true) => Small,
        (12, 12, false) => SmallEn,
        (24, 24, true) => Medium,
        (24, 24, false) => MediumEn,
        (32, 32, true) if header.n_mels == MELS_OF_LARGE_V3 => LargeV3,
        (32, 32, true) => LargeV2,
        (32, 4, true) => LargeV3Turbo,
        // For distilled and unknown models, the upper half of the decoder aligns best.
        (_, layers, _) => return DtwMode::TopMost { n_top: (layers as i32 / 2).max(1) },
    };
    DtwMode::ModelPreset { model_preset }
}
