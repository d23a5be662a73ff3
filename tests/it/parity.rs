//! The engine beside whisper.cpp: the same model and windows, and each text given to both.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use lectern::audio::{SAMPLE_RATE, read_all};
use whisper_cpu::model::{Vocabulary, ggml};
use whisper_cpu::{Cancel, Level, Model, Options, Transcriber};
use whisper_rs::{WhisperContext, WhisperContextParameters, WhisperState};

/// Samples of a window.
const WINDOW: usize = 18 * SAMPLE_RATE as usize;
/// Where a token is at least as probable as this, both engines agree.
const SURE: f32 = 0.8;
const THREADS: usize = 2;

/// The most probable text token after each token of a text, from whisper.cpp: the first after the prompt.
fn reference(state: &mut WhisperState, sound: &[f32], prompt: &[i32], text: &[u32], end: u32) -> Vec<u32> {
    state.pcm_to_mel(sound, THREADS).unwrap();
    state.encode(0, THREADS).unwrap();
    let mut best = Vec::new();
    // One by one, since only the first scores of a call can be read.
    let tokens = prompt.iter().copied().chain(text.iter().map(|&token| token as i32));
    for (past, token) in tokens.enumerate() {
        state.decode(&[token], past, THREADS).unwrap();
        if past + 1 >= prompt.len() {
            let scores = &state.get_logits().unwrap()[..=end as usize];
            let highest = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
            best.push(highest.0 as u32);
        }
    }
    best
}

fn prompt(vocabulary: &Vocabulary) -> Vec<i32> {
    let language = vocabulary.language_token("en").unwrap();
    [vocabulary.start_of_transcript(), language, vocabulary.transcribe(), vocabulary.no_timestamps()]
        .map(|token| token as i32)
        .to_vec()
}

#[test]
fn the_same_token_is_the_most_probable_one_in_whisper_cpp() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sound, _) = read_all(&root.join("assets/sample/photosynthesis.flac")).unwrap();
    let bytes = fs::read(root.join("models/ggml-base-q8_0.bin")).unwrap();
    let model = Arc::new(Model::new(ggml::read(&bytes).unwrap(), Level::best()));
    whisper_rs::install_logging_hooks();
    let context = WhisperContext::new_from_buffer_with_params(&bytes, WhisperContextParameters::default());
    let mut state = context.unwrap().create_state().unwrap();
    let (vocabulary, options) = (model.vocabulary(), Options::default());
    let (prompt, end) = (prompt(vocabulary), vocabulary.end_of_text());
    let mut transcriber = Transcriber::new(Arc::clone(&model));
    let (mut places, mut differences) = (0, Vec::new());
    for (number, window) in sound.chunks(WINDOW).enumerate() {
        let found = transcriber.transcribe(window, &options, Cancel::never()).unwrap();
        let text: Vec<u32> = found.tokens.iter().map(|token| token.id).collect();
        let ours = transcriber.score(window, &text, &options, Cancel::never()).unwrap();
        let theirs = reference(&mut state, window, &prompt, &text, end);
        assert_eq!(ours.len(), theirs.len());
        places += ours.len();
        for (place, (ours, theirs)) in ours.iter().zip(theirs).enumerate().filter(|(_, (a, b))| a.best != *b)
        {
            let words = (vocabulary.text(&[ours.best]), vocabulary.text(&[theirs]));
            let difference = format!("{number}.{place}: {words:?}");
            assert!(ours.best_log_probability.exp() < SURE, "{difference} {ours:?}");
            differences.push(difference);
        }
    }
    assert!(places > 500, "{places}");
    // Both have weights of 8 bits, and round differently. Of 20 windows of 27 s, 19 of 1808 places differ.
    assert!(differences.len() * 50 <= places, "{} of {places}: {differences:?}", differences.len());
}
