//! The sizes of a model.

use super::ReadError;
use super::vocabulary::Special;

/// The sizes of a Whisper model (`ModelDimensions` in OpenAI's model.py). A [`read`](super::ggml::read)
/// model's are within the limits that each field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// Tokens, including special ones: 51 864 in English-only models, 51 865 in multilingual ones, 51 866
    /// from large-v3 on.
    pub vocabulary: usize,
    /// Positions of the encoder's output: 1500 for 30 s, two frames of 10 ms each. At most 4096.
    pub audio_positions: usize,
    /// Numbers that describe a position, in the encoder as in the decoder: 64 for each head. At
    /// most 4096.
    pub state: usize,
    /// Attention heads in an encoder layer.
    pub encoder_heads: usize,
    /// Layers of the encoder. At most 128.
    pub encoder_layers: usize,
    /// Positions of the decoder, including the prompt: 448. At least 8, at most 4096.
    pub text_positions: usize,
    /// Attention heads in a decoder layer, as many as in an encoder layer.
    pub decoder_heads: usize,
    /// Layers of the decoder. At most 128.
    pub decoder_layers: usize,
    /// Bands of the mel spectrum: 80, or 128 from large-v3 on.
    pub mel_bands: usize,
}

impl Dimensions {
    /// Dimensions of a head, in every Whisper model.
    pub const HEAD_WIDTH: usize = 64;

    /// Checks that a Whisper model may have these dimensions.
    ///
    /// # Errors
    /// [`ReadError::Dimension`] names the first one that no Whisper model has.
    pub(super) fn check(self) -> Result<Self, ReadError> {
        let fits_state = |heads: usize| heads == self.state / Self::HEAD_WIDTH;
        let state_fits = self.state.is_multiple_of(Self::HEAD_WIDTH) && (64..=4096).contains(&self.state);
        let fields = [
            ("vocabulary", self.vocabulary, Special::of(self.vocabulary).is_some()),
            ("audio_positions", self.audio_positions, (1..=4096).contains(&self.audio_positions)),
            ("state", self.state, state_fits),
            ("encoder_heads", self.encoder_heads, fits_state(self.encoder_heads)),
            ("encoder_layers", self.encoder_layers, (1..=128).contains(&self.encoder_layers)),
            ("text_positions", self.text_positions, (8..=4096).contains(&self.text_positions)),
            ("decoder_heads", self.decoder_heads, fits_state(self.decoder_heads)),
            ("decoder_layers", self.decoder_layers, (1..=128).contains(&self.decoder_layers)),
            ("mel_bands", self.mel_bands, matches!(self.mel_bands, 80 | 128)),
        ];
        match fields.into_iter().find(|&(_, _, fits)| !fits) {
            Some((name, value, _)) => Err(ReadError::Dimension { name, value }),
            None => Ok(self),
        }
    }

    /// Whether the model knows languages other than English.
    pub fn is_multilingual(&self) -> bool {
        self.vocabulary > 51_864
    }
}
