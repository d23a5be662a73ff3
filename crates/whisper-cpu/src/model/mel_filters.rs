//! The filters from frequencies to mel bands, for models whose files lack them.

use super::FREQUENCIES;

/// The distance between frequencies: 16 kHz over the 400 samples of a transform. Unit: Hz.
const STEP: f64 = 40.0;

/// The natural logarithm of 6.4, the factor by which the frequency grows in 27 mel above the linear part.
const LN_6_4: f64 = 1.856_297_990_365_626_3;
/// The natural logarithm of 8: from 1 kHz to 8 kHz, the highest.
const LN_8: f64 = 2.079_441_541_679_835_7;

/// A row of [`FREQUENCIES`] weights for each band, on Slaney's mel scale from 0 to 8 kHz with his normalization. The
/// bits are those of the filters that OpenAI published, computed by `librosa.filters.mel`, so the steps and their
/// precisions are librosa's.
pub fn mel_filters(bands: usize) -> Vec<f32> {
    let edges: Vec<f64> = (0..bands + 2).map(|i| edge(i, bands)).collect();
    let rows = edges.windows(3).flat_map(|edges| {
        let (low, middle, high) = (edges[0], edges[1], edges[2]);
        (0..FREQUENCIES).map(move |i| {
            let frequency = i as f64 * STEP;
            let rising = (frequency - low) / (middle - low);
            let falling = (high - frequency) / (high - middle);
            let triangle = rising.min(falling) as f32;
            // Not `max`, which may give -0.0.
            let triangle = if triangle > 0.0 { triangle } else { 0.0 };
            (f64::from(triangle) * (2.0 / (high - low))) as f32
        })
    });
    rows.collect()
}

/// The frequency at the `i`-th of `bands + 2` equal steps on the mel scale: linear up to 1 kHz (15 mel), logarithmic
/// above. Unit: Hz.
fn edge(i: usize, bands: usize) -> f64 {
    let highest = 15.0 + 27.0 * LN_8 / LN_6_4;
    let mel = highest * i as f64 / (bands + 1) as f64;
    if mel < 15.0 { mel * 200.0 / 3.0 } else { 1000.0 * exp((mel - 15.0) * LN_6_4 / 27.0) }
}

/// The exponential of a number from 0 to 3, by its series: the same on every system, unlike `f64::exp`.
fn exp(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for i in 1..40 {
        term *= x / f64::from(i);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CRC-32 (IEEE) of the little-endian bits.
    fn crc(numbers: &[f32]) -> u32 {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
        !bytes.fold(!0, |crc, byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
        })
    }

    #[test]
    fn the_bits_are_those_that_openai_published() {
        // Of mel_80 and mel_128 in whisper/assets/mel_filters.npz of openai-whisper 20250625, with the one
        // -0.0 of each as 0.0.
        assert_eq!(crc(&mel_filters(80)), 0xd120_e546);
        assert_eq!(crc(&mel_filters(128)), 0x6484_d17e);
    }
}
