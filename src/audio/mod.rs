//! Sound: recordings and microphones in, 16 kHz mono out.
pub const SAMPLE_RATE: u32 = 16_000;
