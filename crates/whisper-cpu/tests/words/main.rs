//! The words of a short recording with a real model: the same to the bit at every level, beside any other windows.

mod terms;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use whisper_cpu::{
    Cancel, Cancelled, Level, Model, Options, SAMPLE_RATE, SearchOptions, Timestamps, TranscribeError,
    Transcriber, Transcript, model::ggml,
};

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn model(level: Level) -> Arc<Model> {
    let bytes = std::fs::read(in_repository("models/ggml-base-q8_0.bin")).unwrap();
    Arc::new(Model::new(ggml::read(&bytes).unwrap(), level))
}

/// The model at the best level.
fn best() -> Arc<Model> {
    static MODEL: OnceLock<Arc<Model>> = OnceLock::new();
    Arc::clone(MODEL.get_or_init(|| model(Level::best())))
}

/// The beginning of the sample lecture: 12.5 s.
fn lecture() -> Vec<f32> {
    sound("lecture.wav")
}

fn sound(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let reader = hound::WavReader::open(path).unwrap();
    reader.into_samples::<i16>().map(|sample| f32::from(sample.unwrap()) / 32768.0).collect()
}

fn text(model: &Model, found: &Transcript) -> String {
    let tokens: Vec<u32> = found.tokens.iter().map(|token| token.id).collect();
    model.vocabulary().text(&tokens).trim().to_owned()
}

/// FNV-1a over tokens, the bits of their probabilities and of their times.
fn hash(found: &Transcript) -> u64 {
    let bits = |token: &whisper_cpu::Token| [token.id, token.probability.to_bits(), token.start.to_bits()];
    let numbers = found.tokens.iter().flat_map(bits).chain([found.mean_log_probability.to_bits()]);
    numbers
        .fold(0xcbf2_9ce4_8422_2325, |hash, number| (hash ^ u64::from(number)).wrapping_mul(0x100_0000_01b3))
}

/// With the room of a live session: a full window would take plain Rust half a minute.
fn options() -> Options {
    Options { room: 4.0, ..Options::default() }
}

#[test]
fn every_level_gives_the_bits_that_are_written_here() {
    // A change of an order of float operations or of a polynomial changes this number, and may change words: compare
    // the word error rates of both samples before you update it.
    const BITS: u64 = 0xb0c4_9ee4_bd8a_28c5;
    for level in Level::available() {
        let model = model(level);
        let found =
            Transcriber::new(Arc::clone(&model)).transcribe(&lecture(), &options(), Cancel::never()).unwrap();
        assert_eq!(
            text(&model, &found),
            "Good morning, everyone. Today we are going to look at photosynthesis, which is how plants turn light into \
             sugar. Before we start, please remember that the laboratory report is due on Thursday. Let me begin.",
            "{level}"
        );
        assert_eq!(hash(&found), BITS, "{level}: {:#x}", hash(&found));
    }
}

#[test]
fn a_window_does_not_depend_on_those_beside_it() {
    let sound = lecture();
    let windows: Vec<&[f32]> =
        vec![&sound, &sound[..80_000], &sound[60_000..], &sound[16_000..150_000], &sound];
    let mut alone = Transcriber::new(best());
    let expected: Vec<u64> = windows
        .iter()
        .map(|window| hash(&alone.transcribe(window, &options(), Cancel::never()).unwrap()))
        .collect();
    for batch in [1, 3, 8] {
        let mut found = vec![0; windows.len()];
        let mut waiting = windows.iter();
        let options = Options { batch, ..options() };
        let done = &mut |number: usize, transcript: Transcript| found[number] = hash(&transcript);
        let next = &mut |_| waiting.next();
        Transcriber::new(best()).transcribe_each(&options, Cancel::never(), next, done).unwrap();
        assert_eq!(found, expected, "{batch} side by side");
    }
}

#[test]
fn tokens_are_timed_where_they_are_spoken() {
    let model = best();
    let found =
        Transcriber::new(Arc::clone(&model)).transcribe(&lecture(), &options(), Cancel::never()).unwrap();
    assert!(found.tokens.is_sorted_by(|a, b| a.start <= b.start));
    let start = |word: &str| {
        let token = found.tokens.iter().find(|token| token.bytes.trim_ascii() == word.as_bytes());
        token.unwrap_or_else(|| panic!("{word}")).start
    };
    // The path through the attention begins with the window, and so does the first token.
    for (word, at) in [("Good", 0.0), ("Today", 2.5), ("Before", 7.6)] {
        assert!((start(word) - at).abs() < 0.4, "{word} at {}", start(word));
    }
}

#[test]
fn a_text_is_scored_as_it_was_found() {
    let model = best();
    let mut transcriber = Transcriber::new(Arc::clone(&model));
    let found = transcriber.transcribe(&lecture(), &options(), Cancel::never()).unwrap();
    let text: Vec<u32> = found.tokens.iter().map(|token| token.id).collect();
    let mut score = |text: &[u32]| transcriber.score(&lecture(), text, &options(), Cancel::never());
    let scores = score(&text).unwrap();
    assert_eq!(scores.len(), text.len() + 1);
    for (token, score) in found.tokens.iter().zip(&scores) {
        // The search leaves out some tokens, so that the others are more probable there.
        assert!(score.log_probability.exp() <= token.probability + 1e-3, "{score:?} {token:?}");
        assert!(score.log_probability <= score.best_log_probability, "{score:?}");
        assert_eq!(score.best == token.id, score.log_probability == score.best_log_probability);
    }
    let of_text =
        |scores: &[whisper_cpu::Score]| scores.iter().map(|score| score.log_probability).sum::<f32>();
    let other: Vec<u32> = text.iter().rev().copied().collect();
    assert!(of_text(&scores) > of_text(&score(&other).unwrap()) + 50.0);
    assert_eq!(score(&[]).unwrap().len(), 1, "the end of a text without words");
    let end = model.vocabulary().end_of_text();
    assert_eq!(score(&[end]), Err(TranscribeError::NoTextToken(end)));
    assert_eq!(score(&[1; 500]), Err(TranscribeError::TextTooLong { tokens: 500, most: 444 }));
}

#[test]
fn segments_have_the_times_that_the_model_says() {
    let model = best();
    let options = Options { timestamps: Some(Timestamps::default()), ..options() };
    let found =
        Transcriber::new(Arc::clone(&model)).transcribe(&lecture(), &options, Cancel::never()).unwrap();
    assert!(text(&model, &found).starts_with("Good morning"), "{}", text(&model, &found));
    assert!(found.segments.len() > 1, "{:?}", found.segments);
    let mut now = (0, 0.0);
    for segment in &found.segments {
        assert!(segment.tokens.start == now.0 && segment.start >= now.1, "{segment:?} after {now:?}");
        assert!(!segment.tokens.is_empty() && segment.end > segment.start, "{segment:?}");
        now = (segment.tokens.end, segment.end);
    }
    assert!(now.0 == found.tokens.len() && now.1 <= found.seconds);
    let first = found.segments[0].tokens.clone();
    assert!(found.tokens[first.end - 1].bytes.ends_with(b"."), "segments of a lecture are sentences");
    for alternative in &found.alternatives {
        let times = alternative.tokens.iter().filter(|&&token| token >= model.vocabulary().first_timestamp());
        assert!(times.is_sorted());
    }
}

#[test]
fn the_language_is_found() {
    let found = Transcriber::new(best()).detect_language(&lecture(), Cancel::never()).unwrap();
    assert_eq!(found.len(), 99);
    assert_eq!(found[0].0, "en");
    assert!(found[0].1 > 0.9, "{:?}", &found[..3]);
    let total: f32 = found.iter().map(|language| language.1).sum();
    assert!((total - 1.0).abs() < 1e-4);
}

#[test]
fn silence_is_told_apart_from_speech() {
    let mut transcriber = Transcriber::new(best());
    let speech = transcriber.transcribe(&lecture(), &options(), Cancel::never()).unwrap();
    let silence = transcriber.transcribe(&[0.0; 48_000], &options(), Cancel::never()).unwrap();
    assert!(speech.no_speech_probability < 0.2, "{}", speech.no_speech_probability);
    assert!(silence.no_speech_probability > speech.no_speech_probability);
}

#[test]
fn a_prompt_gives_the_spelling_of_names() {
    let model = best();
    let mut transcriber = Transcriber::new(Arc::clone(&model));
    let options = Options { prompt: "FOTO-Synthesis".to_owned(), ..options() };
    let found = transcriber.transcribe(&lecture(), &options, Cancel::never()).unwrap();
    assert!(text(&model, &found).contains("Thursday"), "{}", text(&model, &found));
}

#[test]
fn a_doubtful_text_is_sampled_anew_and_by_the_same_chance_each_time() {
    let search = SearchOptions { least_log_probability: 0.0, ..SearchOptions::default() };
    let options = Options { search, ..options() };
    let sampled = || Transcriber::new(best()).transcribe(&lecture(), &options, Cancel::never()).unwrap();
    let first = sampled();
    assert!(first.doubt.is_some());
    assert_eq!(hash(&first), hash(&sampled()));
}

#[test]
fn more_than_a_window_is_refused_and_so_is_an_unknown_language() {
    let mut transcriber = Transcriber::new(best());
    let long = vec![0.0; 31 * SAMPLE_RATE];
    let error = transcriber.transcribe(&long, &options(), Cancel::never()).unwrap_err();
    assert_eq!(error, TranscribeError::TooLong { seconds: 31.0, most: 30.0 });
    let options = Options { language: "tlh".to_owned(), ..options() };
    let error = transcriber.transcribe(&lecture(), &options, Cancel::never()).unwrap_err();
    assert_eq!(error, TranscribeError::UnknownLanguage("tlh".to_owned()));
}

#[test]
fn a_cancelled_call_ends_and_the_next_one_works() {
    let mut transcriber = Transcriber::new(best());
    let flag = AtomicBool::new(false);
    let sound = lecture();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(20));
            flag.store(true, Ordering::Relaxed);
        });
        let windows = &mut |_| Some(&sound);
        let ended = transcriber.transcribe_each(&options(), Cancel::when(&flag), windows, &mut |_, _| ());
        assert_eq!(ended, Err(TranscribeError::Cancelled(Cancelled)), "windows come without end");
    });
    let found = transcriber.transcribe(&sound, &options(), Cancel::never()).unwrap();
    assert!(!found.tokens.is_empty());
}
