//! WAV files in the forms that recorders write, and in those that they should not.

use lectern::audio::{AudioError, Recording, SAMPLE_RATE, WavWriter, read_all, write_wav};
use proptest::prelude::*;

use super::read_bytes;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xfffe;
const OPEN: u32 = u32::MAX;

/// The parts of a WAV file, which a test changes before it is put together.
#[derive(Clone)]
struct Wav {
    magic: [u8; 4],
    riff_size: Option<u32>,
    /// Chunks before the format.
    before: Vec<u8>,
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
    extension: Vec<u8>,
    data_size: Option<u32>,
    data: Vec<u8>,
    after: Vec<u8>,
}

impl Wav {
    fn new(tag: u16, bits: u16, data: Vec<u8>) -> Self {
        Self {
            magic: *b"RIFF",
            riff_size: None,
            before: Vec::new(),
            tag,
            channels: 1,
            rate: SAMPLE_RATE,
            bits,
            extension: Vec::new(),
            data_size: None,
            data,
            after: Vec::new(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let frame = self.channels.wrapping_mul(self.bits / 8);
        let mut format = Vec::new();
        format.extend(self.tag.to_le_bytes());
        format.extend(self.channels.to_le_bytes());
        format.extend(self.rate.to_le_bytes());
        format.extend(self.rate.wrapping_mul(u32::from(frame)).to_le_bytes());
        format.extend(frame.to_le_bytes());
        format.extend(self.bits.to_le_bytes());
        format.extend(&self.extension);
        let mut body = b"WAVE".to_vec();
        body.extend(&self.before);
        body.extend(chunk(b"fmt ", None, &format));
        body.extend(chunk(b"data", self.data_size, &self.data));
        body.extend(&self.after);
        chunk(&self.magic, self.riff_size, &body)
    }
}

fn chunk(name: &[u8; 4], size: Option<u32>, content: &[u8]) -> Vec<u8> {
    let size = size.unwrap_or(content.len() as u32);
    [name, &size.to_le_bytes()[..], content].concat()
}

/// A quarter of a second of a tone at half level.
fn tone() -> Vec<f32> {
    (0..4000).map(|n| 0.5 * (n as f32 * 0.173).sin()).collect()
}

fn encode<const N: usize>(encode: impl Fn(f32) -> [u8; N]) -> Vec<u8> {
    tone().into_iter().flat_map(encode).collect()
}

fn s16() -> Wav {
    Wav::new(PCM, 16, encode(|s| ((s * 32_768.0) as i16).to_le_bytes()))
}

fn read(wav: &Wav) -> Vec<f32> {
    let (samples, warnings) = read_bytes(wav.bytes()).unwrap();
    assert_eq!(warnings, []);
    samples
}

fn error(wav: &Wav) -> AudioError {
    read_bytes(wav.bytes()).expect_err("this file is not readable")
}

fn assert_tone(wav: &Wav, step: f32, what: &str) {
    let samples = read(wav);
    assert_eq!(samples.len(), 4000, "{what}");
    let difference = samples.iter().zip(tone()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(difference <= step, "{what}: {difference}");
}

fn extensible(valid_bits: u16, tag: u16) -> Vec<u8> {
    let mut extension = 22_u16.to_le_bytes().to_vec();
    extension.extend(valid_bits.to_le_bytes());
    extension.extend(4_u32.to_le_bytes());
    extension.extend(tag.to_le_bytes());
    extension.extend(b"\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71");
    extension
}

#[test]
fn all_widths_are_read() {
    let s24 = encode(|s| {
        let [low, middle, high, _] = ((s * 8_388_608.0) as i32).to_le_bytes();
        [low, middle, high]
    });
    assert_tone(&Wav::new(PCM, 8, encode(|s| [(s * 128.0 + 128.0) as u8])), 0.01, "8 bits");
    assert_tone(&s16(), 4e-5, "16 bits");
    assert_tone(&Wav::new(PCM, 24, s24.clone()), 1e-6, "24 bits");
    assert_tone(
        &Wav::new(PCM, 32, encode(|s| ((s * 2_147_483_648.0) as i32).to_le_bytes())),
        1e-6,
        "32 bits",
    );
    assert_tone(&Wav::new(FLOAT, 32, encode(f32::to_le_bytes)), 0.0, "32-bit float");
    assert_tone(&Wav::new(FLOAT, 64, encode(|s| f64::from(s).to_le_bytes())), 0.0, "64-bit float");
    let extension = extensible(24, PCM);
    assert_tone(&Wav { extension, ..Wav::new(EXTENSIBLE, 24, s24) }, 1e-6, "extensible");
    let extension = extensible(32, FLOAT);
    assert_tone(
        &Wav { extension, ..Wav::new(EXTENSIBLE, 32, encode(f32::to_le_bytes)) },
        0.0,
        "extensible float",
    );
}

#[test]
fn headers_of_interrupted_and_streaming_recorders_are_repaired() {
    let list = chunk(b"LIST", None, b"INFOISFT\x04\0\0\0abc\0");
    let ds64 = chunk(b"ds64", None, &[8072_u64, 8000, 4000].map(u64::to_le_bytes).concat());
    let cases = [
        ("data of size zero", Wav { data_size: Some(0), riff_size: Some(36), ..s16() }),
        ("data of size zero in nothing", Wav { data_size: Some(0), riff_size: Some(0), ..s16() }),
        ("a stream", Wav { data_size: Some(OPEN), riff_size: Some(OPEN), ..s16() }),
        ("a stream of 2 GiB", Wav { data_size: Some(0x7fff_ffdb), riff_size: Some(0x7fff_ffff), ..s16() }),
        ("a wrong outer size", Wav { riff_size: Some(100), ..s16() }),
        ("chunks around the sound", Wav { before: list.clone(), after: list.clone(), ..s16() }),
        ("a format with an empty extension", Wav { extension: vec![0, 0], ..s16() }),
        ("a format with an odd extension", Wav { extension: vec![4, 0, 1, 2, 3, 4], ..s16() }),
        (
            "RF64",
            Wav {
                magic: *b"RF64",
                riff_size: Some(OPEN),
                before: ds64,
                data_size: Some(OPEN),
                after: list,
                ..s16()
            },
        ),
    ];
    for (what, wav) in cases {
        assert_tone(&wav, 4e-5, what);
    }
}

#[test]
fn an_empty_recording_is_told() {
    let empty = Wav { data: Vec::new(), ..s16() };
    assert!(matches!(error(&empty), AudioError::NoSamples { .. }));
    let tagged = Wav { data: Vec::new(), after: chunk(b"LIST", None, b"INFO"), ..s16() };
    assert!(matches!(error(&tagged), AudioError::NoSamples { .. }));
}

#[test]
fn impossible_headers_are_damage() {
    let cases = [
        ("no samples a second", Wav { rate: 0, ..s16() }),
        ("too many samples a second", Wav { rate: u32::MAX, ..s16() }),
        ("no channels", Wav { channels: 0, ..s16() }),
        ("65535 channels", Wav { channels: u16::MAX, ..s16() }),
        ("no bits", Wav { bits: 0, ..s16() }),
        ("13 bits", Wav { bits: 13, ..s16() }),
    ];
    for (what, wav) in cases {
        let error = error(&wav);
        assert!(matches!(error, AudioError::Damaged { .. }), "{what}: {error}");
    }
}

#[test]
fn an_unknown_codec_is_named() {
    let error = error(&Wav { tag: 0x0031, ..s16() });
    assert!(matches!(&error, AudioError::UnsupportedCodec { codec, .. } if codec == "GSM 6.10"), "{error}");
    let text = error.to_string();
    assert!(text.contains("GSM 6.10") && text.contains("install ffmpeg"), "{text}");
}

#[test]
fn what_is_no_number_is_silence() {
    let mut samples = tone();
    (samples[10], samples[20], samples[30]) = (f32::NAN, f32::INFINITY, -7.0);
    let data = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
    let got = read(&Wav::new(FLOAT, 32, data));
    assert_eq!((got[10], got[20], got[30]), (0.0, 0.0, -1.0));
    assert_eq!(got[40..], samples[40..]);
}

#[test]
fn channels_that_would_cancel_are_not_averaged() {
    let pair = |right: fn(f32) -> f32| {
        let data = tone().into_iter().flat_map(|s| [s, right(s)]).flat_map(f32::to_le_bytes).collect();
        read(&Wav { channels: 2, ..Wav::new(FLOAT, 32, data) })
    };
    let level = |samples: &[f32]| super::compare::rms(&samples[1000..]);
    let expected = level(&tone());
    for (what, samples) in [("opposite", pair(|s| -s)), ("silent", pair(|_| 0.0)), ("equal", pair(|s| s))] {
        assert!((level(&samples) - expected).abs() < 0.01 * expected, "{what}: {}", level(&samples));
    }
}

#[test]
fn channels_side_by_side_are_those_that_are_read_alone() {
    // Another rate than ours, so that each is resampled, and longer than what is read at once.
    let sound = |step: f32| (0..150_000).map(move |n| 0.4 * (n as f32 * step).sin());
    let steps = [0.011, 0.173, 0.4];
    let alone = |step| {
        let data = sound(step).flat_map(f32::to_le_bytes).collect();
        read(&Wav { rate: 44_100, ..Wav::new(FLOAT, 32, data) })
    };
    let frames = (0..150_000).flat_map(|n| steps.map(|step| 0.4 * (n as f32 * step).sin()));
    let data = frames.flat_map(f32::to_le_bytes).collect();
    let whole = Wav { channels: 3, rate: 44_100, ..Wav::new(FLOAT, 32, data) };
    let mut recording = Recording::from_bytes(whole.bytes()).unwrap().apart();
    let mut lanes = vec![Vec::new(); recording.lanes()];
    while recording.read_each(&mut lanes).unwrap() {}
    assert!(lanes == steps.map(alone), "the same to the bit");
    let mut again = recording.reopen().unwrap();
    let mut first = Vec::new();
    while again.read(&mut first).unwrap() {}
    assert!(first == lanes[0] && again.lanes() == 3);
}

#[test]
fn our_own_files_read_back() {
    let path = tempfile::tempdir().unwrap();
    let path = path.path().join("spool.wav");
    let mut writer = WavWriter::create(&path).unwrap();
    writer.write(&[0.5, -0.25]).unwrap();
    writer.flush().unwrap();
    assert_eq!(read_all(&path).unwrap().0, [0.5, -0.25], "after a flush the file is whole");
    writer.write(&[2.0, -2.0]).unwrap();
    writer.finish().unwrap();
    assert_eq!(read_all(&path).unwrap().0, [0.5, -0.25, 32_767.0 / 32_768.0, -1.0]);
}

#[test]
fn writing_where_nobody_may_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = write_wav(&folder.path().join("none/speech.wav"), &[0.0]).unwrap_err();
    assert!(matches!(error, AudioError::NotFound { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn sixteen_bits_are_written_back_unchanged(samples in prop::collection::vec(any::<i16>(), 1..500)) {
        let path = tempfile::tempdir().unwrap();
        let path = path.path().join("speech.wav");
        let samples: Vec<f32> = samples.into_iter().map(|s| f32::from(s) / 32_768.0).collect();
        write_wav(&path, &samples).unwrap();
        prop_assert_eq!(read_all(&path).unwrap().0, samples);
    }
}
