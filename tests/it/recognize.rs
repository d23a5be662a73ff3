//! From a recording to a transcript, with a recognizer and a detector that need no model.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request, ScriptedRecognizer};
use lectern::audio::{AudioWarning, Recording, write_wav};
use lectern::caption::{DEFAULT_PROFILE, Profile};
use lectern::recognize::{
    CaptionRequest, ChannelWish, Detection, EngineRequest, Event, Resources, TranscribeError,
    TranscribeOptions, Warning, transcribe,
};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Transcript, Word};
use lectern::vad::{FRAME_SAMPLES, VoiceActivityDetector};
use tempfile::TempDir;

/// Takes loud frames for speech.
#[derive(Clone)]
pub struct Loudness;

impl VoiceActivityDetector for Loudness {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        let energy: f32 = frame.iter().map(|sample| sample * sample).sum();
        f32::from(energy / FRAME_SAMPLES as f32 > 1e-3)
    }
}

/// Hears a word in every full second of loud sound, named after how many loud samples the window has.
struct Counting;

impl Recognizer for Counting {
    fn detect_language(
        &mut self,
        _: &[f32],
        _: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        Ok(vec![(Language::new("de"), 0.9), (Language::new("nl"), 0.1)])
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        _: &Request,
        _: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let loud = samples.iter().filter(|sample| sample.abs() > 0.1).count();
        let seconds = samples.len() as i64 / 16_000;
        let words = (0..seconds).map(|second| word(&format!("{loud}-{second}"), second * 1000)).collect();
        Ok(Segment { words, ..Segment::default() })
    }
}

pub fn word(text: &str, start: i64) -> Word {
    Word { probability: 0.9, ..Word::new(text, TimeSpan::from_millis(start, start + 300)) }
}

/// A recording of loud stretches and pauses, in milliseconds: loud first.
pub fn recording(stretches: &[usize]) -> (TempDir, PathBuf) {
    recording_at(0.5, stretches)
}

/// The same where the loud stretches have this level; 1 is full scale.
fn recording_at(level: f32, stretches: &[usize]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sound.wav");
    let mut samples = Vec::new();
    for (index, millis) in stretches.iter().enumerate() {
        let level = if index % 2 == 0 { level } else { 0.0 };
        let wave = |n: usize| if n % 40 < 20 { level } else { -level };
        samples.extend((0..millis * 16).map(wave));
    }
    write_wav(&path, &samples).unwrap();
    (folder, path)
}

/// A request for captions in this language, or in the one that is detected.
pub fn request(language: Option<&str>) -> CaptionRequest {
    let profile = Profile::named(DEFAULT_PROFILE).unwrap();
    let language = language.map(Language::new);
    CaptionRequest { language, ..CaptionRequest::new(EngineRequest::default(), profile) }
}

pub fn options(threads: usize) -> TranscribeOptions {
    let resources = Resources::on(NonZeroUsize::new(threads).unwrap());
    TranscribeOptions { resources, ..TranscribeOptions::new(request(Some("en"))) }
}

fn run<R: Recognizer>(
    path: &Path,
    options: &TranscribeOptions,
    make: impl Fn() -> Result<R, RecognizeError> + Sync,
) -> Result<(Transcript, Vec<Event>), TranscribeError> {
    let mut events = Vec::new();
    let recording = Recording::open(path)?;
    let cancel = CancelToken::default();
    let (transcript, _) =
        transcribe(recording, Loudness, make, options, &cancel, |event| events.push(event))?;
    Ok((transcript, events))
}

#[test]
fn channels_are_recognized_apart_and_merged_by_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.wav");
    // Two people take turns of two seconds; the second one's microphone is quieter.
    let form = hound::WavSpec {
        channels: 2,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = hound::WavWriter::create(&path, form).unwrap();
    for sample in 0..16_000 * 12 {
        let wave = if sample % 40 < 20 { 1.0 } else { -1.0 };
        let is_first = sample / 32_000 % 2 == 0;
        for level in [if is_first { 0.6 } else { 0.0 }, if is_first { 0.0 } else { 0.2 }] {
            file.write_sample((wave * level * 32_767.0) as i16).unwrap();
        }
    }
    file.finalize().unwrap();
    let mut options = options(2);
    options.request.channels = ChannelWish::Apart(vec!["Ada".to_owned()]);
    let (transcript, events) = run(&path, &options, || Ok(Counting)).unwrap();
    let told: Vec<_> = transcript
        .segments
        .iter()
        .map(|segment| {
            // A window begins with some of the silence before its speech.
            let turn = (segment.words[0].span.start.as_millis() + 700) / 2000;
            (segment.speaker.as_deref().unwrap(), segment.channel.unwrap(), turn)
        })
        .collect();
    let mut turns = told.clone();
    turns.dedup();
    let wanted: Vec<_> = (0..6).map(|n| (["Ada", "Channel 2"][n % 2], n % 2, n as i64)).collect();
    assert_eq!(turns, wanted, "{told:?}");
    assert_eq!(transcript.duration.as_millis(), 12_000);
    let done: Vec<_> = events
        .iter()
        .filter_map(|event| if let Event::Progress(progress) = event { Some(progress.done) } else { None })
        .collect();
    assert!(done.is_sorted(), "what is done is done on all channels: {done:?}");
}

/// Hears loud speech as English and soft speech as German, and says which.
struct Tongues;

impl Recognizer for Tongues {
    fn detect_language(
        &mut self,
        samples: &[f32],
        _: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        let loudest = samples.iter().copied().fold(0.0, f32::max);
        let [first, second] = if loudest > 0.4 { ["en", "de"] } else { ["de", "en"] };
        Ok(vec![(Language::new(first), 0.9), (Language::new("nl"), 0.06), (Language::new(second), 0.04)])
    }

    fn recognize(
        &mut self,
        _: &[f32],
        request: &Request,
        _: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        Ok(Segment { words: vec![word(request.language.tag(), 0)], ..Segment::default() })
    }
}

#[test]
fn each_stretch_is_recognized_in_its_own_language() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.wav");
    let phrase = |level: f32| {
        let wave = move |n: usize| if n % 40 < 20 { level } else { -level };
        (0..16_000 * 3 / 2).map(wave).chain(std::iter::repeat_n(0.0, 8000))
    };
    let samples: Vec<f32> = [0.5, 0.5, 0.2, 0.2, 0.2, 0.5].into_iter().flat_map(phrase).collect();
    write_wav(&path, &samples).unwrap();
    let mut options = options(2);
    options.request.language = None;
    let candidates = ["en-GB", "de"].map(Language::new).to_vec();
    options.request.detection = Detection { candidates, changes: true };
    let (transcript, events) = run(&path, &options, || Ok(Tongues)).unwrap();
    let told: Vec<_> = transcript
        .segments
        .iter()
        .map(|segment| {
            // A stretch begins with the half second of silence before it.
            let second = (segment.words[0].span.start.as_millis() + 700) / 1000;
            (segment.language.as_ref().unwrap().tag(), segment.words[0].text.as_str(), second)
        })
        .collect();
    assert_eq!(told, [("en-GB", "en-GB", 0), ("de", "de", 4), ("en-GB", "en-GB", 10)]);
    assert!(events.iter().any(|event| {
        matches!(event, Event::LanguageDetected { language, .. } if language.tag() == "en-GB")
    }));
}

/// Half an hour of two-second sentences with pauses.
fn long_recording() -> (TempDir, PathBuf) {
    recording(&[2048, 512].repeat(240))
}

/// The words that are heard at this level, and what is told of the sound.
fn heard_at(level: f32) -> (Vec<Word>, Vec<AudioWarning>) {
    let (_folder, path) = recording_at(level, &[2048, 512, 2048]);
    let recording = Recording::open(&path).unwrap();
    let (transcript, warnings) =
        transcribe(recording, Loudness, || Ok(Counting), &options(1), &CancelToken::default(), |_| ())
            .unwrap();
    assert_eq!(transcript.duration.as_millis(), 4608);
    let of_audio = |warning| match warning {
        Warning::Audio(warning) => warning,
        Warning::Speakers(error) => panic!("{error}"),
    };
    (transcript.words().cloned().collect(), warnings.into_iter().map(of_audio).collect())
}

#[test]
fn a_faint_recording_is_made_louder_where_nobody_is_heard() {
    let (words, warnings) = heard_at(0.5);
    assert!(!words.is_empty() && warnings.is_empty());
    assert_eq!(heard_at(0.005), (words, vec![AudioWarning::Faint { decibels: 46 }]));
    assert_eq!(heard_at(0.0003), (Vec::new(), Vec::new()), "noise of the microphone");
    assert_eq!(heard_at(0.02), (Vec::new(), Vec::new()), "loud enough to be heard if it were speech");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (_folder, path) = long_recording();
    let (one, _) = run(&path, &options(1), || Ok(Counting)).unwrap();
    let (four, events) = run(&path, &options(4), || Ok(Counting)).unwrap();
    assert!(one.segments.len() > 10, "{} segments", one.segments.len());
    assert_eq!(one, four);
    let told: Vec<_> = events
        .into_iter()
        .filter_map(|event| if let Event::Recognized(s) = event { Some(s) } else { None })
        .collect();
    assert_eq!(told, four.segments, "events come in the order of the recording");
}

#[test]
fn the_rest_of_a_recording_is_recognized_alone() {
    let (_folder, path) = long_recording();
    let (whole, events) = run(&path, &options(1), || Ok(Counting)).unwrap();
    let done = |event: &Event| if let Event::Progress(progress) = event { Some(progress.done) } else { None };
    let times: Vec<_> = events.iter().filter_map(done).collect();
    for known in [1, times.len() / 2, times.len()] {
        let options = TranscribeOptions { from: times[known - 1], ..options(2) };
        let (rest, _) = run(&path, &options, || Ok(Counting)).unwrap();
        assert_eq!(rest.segments, whole.segments[known..], "after {known} windows");
        assert_eq!(rest.duration, whole.duration);
    }
}

#[test]
fn words_follow_each_other_inside_the_recording() {
    let (_folder, path) = long_recording();
    let (transcript, _) = run(&path, &options(3), || Ok(Counting)).unwrap();
    let spans: Vec<_> = transcript.words().map(|word| word.span).collect();
    assert!(spans.iter().all(|span| span.start <= span.end && span.end <= transcript.duration));
    assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn the_language_is_detected_once_and_told() {
    let (_folder, path) = long_recording();
    let options = TranscribeOptions { request: request(None), ..options(3) };
    let (transcript, events) = run(&path, &options, || Ok(Counting)).unwrap();
    assert_eq!(transcript.language, Language::new("de"));
    let is_told = |event: &&Event| match event {
        Event::LanguageDetected { language, scores } => {
            let scores: Vec<_> = scores.iter().map(|found| (found.language.tag(), found.score)).collect();
            assert_eq!(scores, [("de", 0.9), ("nl", 0.1)]);
            *language == Language::new("de")
        }
        _ => false,
    };
    let told = events.iter().filter(is_told).count();
    assert_eq!(told, 1);
}

#[test]
fn words_begin_and_end_with_the_speech_around_them() {
    let (_folder, path) = recording(&[0, 1024, 1024, 512, 2048, 4096]);
    let script = vec![Ok(Segment {
        words: vec![word("Good", 750), word("morning.", 1250), word("Sit", 2250), word("down.", 2850)],
        ..Segment::default()
    })];
    let make = || Ok(ScriptedRecognizer { script: script.clone().into(), ..ScriptedRecognizer::default() });
    let (transcript, _) = run(&path, &options(1), make).unwrap();
    let spans: Vec<_> =
        transcript.words().map(|word| (word.span.start.as_millis(), word.span.end.as_millis())).collect();
    assert_eq!((spans[0].0, spans[1].1), (1024, 2048));
    assert_eq!((spans[2].0, spans[3].1), (2560, 4608));
}

#[test]
fn speech_that_was_left_out_is_decoded_again() {
    let (_folder, path) = recording(&[0, 512, 2048, 512, 3072, 1024]);
    let first = Segment { words: vec![word("Only", 100), word("this.", 1500)], ..Segment::default() };
    let rest = Segment { words: vec![word("Not", 300), word("that.", 2000)], ..Segment::default() };
    let script = vec![Ok(first), Ok(rest)];
    let make = || Ok(ScriptedRecognizer { script: script.clone().into(), ..ScriptedRecognizer::default() });
    let (transcript, _) = run(&path, &options(1), make).unwrap();
    let texts: Vec<_> = transcript.words().map(|word| word.text.as_str()).collect();
    assert_eq!(texts, ["Only", "this.", "Not", "that."]);
    assert_eq!(transcript.words().nth(2).unwrap().span.start.as_millis(), 3072);
}

#[test]
fn half_heard_words_in_half_heard_speech_are_dropped() {
    /// How sure it is that loud frames are speech.
    #[derive(Clone)]
    struct Sure(f32);

    impl VoiceActivityDetector for Sure {
        fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
            self.0 * Loudness.speech_probability(frame)
        }
    }

    let (_folder, path) = recording(&[512, 2048, 1024]);
    let heard = |detector: Sure, average_log_probability| {
        let words = vec![word("Let", 100), word("me", 800), word("out!", 1500)];
        let segment = Segment { words, average_log_probability, ..Segment::default() };
        let make = || {
            let script = [Ok(segment.clone())].into();
            Ok(ScriptedRecognizer { script, ..ScriptedRecognizer::default() })
        };
        let recording = Recording::open(&path).unwrap();
        let cancel = CancelToken::default();
        let (transcript, _) = transcribe(recording, detector, make, &options(1), &cancel, |_| ()).unwrap();
        transcript.words().count()
    };
    assert_eq!(heard(Sure(0.6), -0.6), 0);
    assert_eq!(heard(Sure(0.6), -0.3), 3);
    assert_eq!(heard(Sure(1.0), -0.6), 3);
}

#[test]
fn silence_gives_no_words_and_no_calls() {
    let (_folder, path) = recording(&[0, 60_000]);
    let make = || -> Result<Counting, _> {
        Err(RecognizeError::Failed("nobody may ask for a recognizer".to_owned()))
    };
    let (transcript, _) = run(&path, &options(2), make).unwrap();
    assert_eq!(transcript.segments, []);
    assert_eq!(transcript.duration.as_millis(), 60_000);
}

#[test]
fn an_error_of_one_window_ends_the_work_with_it() {
    let (_folder, path) = long_recording();
    let calls = AtomicUsize::new(0);
    let make = || {
        let script = if calls.fetch_add(1, Ordering::SeqCst) == 0 {
            vec![Err(RecognizeError::Failed("no memory".to_owned()))]
        } else {
            Vec::new()
        };
        Ok(ScriptedRecognizer { script: script.into(), ..ScriptedRecognizer::default() })
    };
    let error = run(&path, &options(2), make).unwrap_err();
    assert!(matches!(error, TranscribeError::Recognize(RecognizeError::Failed(_))), "{error}");
}

#[test]
fn a_single_word_at_the_beginning_does_not_tell_the_language() {
    /// Takes short windows for Welsh, and says which language it was asked to write.
    struct Hasty;
    impl Recognizer for Hasty {
        fn detect_language(
            &mut self,
            samples: &[f32],
            _: &CancelToken,
        ) -> Result<Vec<(Language, f32)>, RecognizeError> {
            let code = if samples.len() < 3 * 16_000 { "cy" } else { "de" };
            Ok(vec![(Language::new(code), 0.6)])
        }
        fn recognize(
            &mut self,
            _: &[f32],
            request: &Request,
            _: &CancelToken,
        ) -> Result<Segment, RecognizeError> {
            Ok(Segment { words: vec![word(&request.language.primary(), 100)], ..Segment::default() })
        }
    }
    // "Good morning", and half a minute until all have sat down.
    let (_folder, path) = recording(&[700, 30_000, 9000, 500]);
    for threads in [1, 3] {
        let options = TranscribeOptions { request: request(None), ..options(threads) };
        let (transcript, _) = run(&path, &options, || Ok(Hasty)).unwrap();
        assert_eq!(transcript.language, Language::new("de"));
        // The greeting, and the lecture: one word is not enough for its nine seconds, so it is asked for more.
        let asked: Vec<_> = transcript.words().map(|word| word.text.as_str()).collect();
        assert_eq!(asked, ["de", "de", "de"]);
    }
}

#[test]
fn a_panic_of_the_recognizer_is_an_error() {
    struct Panicking;
    impl Recognizer for Panicking {
        fn detect_language(
            &mut self,
            _: &[f32],
            _: &CancelToken,
        ) -> Result<Vec<(Language, f32)>, RecognizeError> {
            panic!("on purpose, to see it caught")
        }
        fn recognize(&mut self, _: &[f32], _: &Request, _: &CancelToken) -> Result<Segment, RecognizeError> {
            panic!("on purpose, to see it caught")
        }
    }
    let (_folder, path) = long_recording();
    for language in [None, Some(Language::new("en"))] {
        let options =
            TranscribeOptions { request: CaptionRequest { language, ..request(None) }, ..options(2) };
        let error = run(&path, &options, || Ok(Panicking)).unwrap_err();
        assert!(matches!(error, TranscribeError::Recognize(RecognizeError::Stopped)), "{error}");
    }
}

#[test]
fn cancelling_ends_the_work() {
    let (_folder, path) = long_recording();
    let cancel = CancelToken::default();
    let token = cancel.clone();
    let result = transcribe(
        Recording::open(&path).unwrap(),
        Loudness,
        || Ok(ScriptedRecognizer::default()),
        &options(2),
        &cancel,
        |_| token.cancel(),
    );
    assert!(matches!(result, Err(TranscribeError::Cancelled)));
}
