//! One call of whisper.cpp: a window in, tokens out.

use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperState, WhisperTokenData, WhisperTokenId,
};

use super::failed;
use super::thread_budget::Shift;
use crate::asr::words::Token;
use crate::asr::{CancelToken, Effort, RecognizeError, Request, Task};
use crate::time::MediaTime;

/// Positions of the encoder for 30 s, less those that do not fill a tile of the CPU's matrix kernels. The twelve
/// that are left out would cost a fifth of the time of a window.
const MOST_POSITIONS: i32 = 1488;
const POSITIONS_TILE: i32 = 16;
/// 16 kHz samples that one position stands for.
const SAMPLES_PER_POSITION: usize = 320;
const POSITIONS_A_SECOND: i32 = 50;
/// The encoder computes the positions of the sound and so many of silence after it. With 128 and fewer the decoder
/// repeats itself without end now and then; measured on lectures, as is that more than 256 give no better words.
const ROOM: i32 = 256;
/// For live captions, where latency counts.
const ROOM_OF_PROMPTS: i32 = 208;
/// Drafts come again soon: with this room one of a hundred repeats itself, and all come a tenth sooner.
const ROOM_OF_DRAFTS: i32 = 160;
/// With less room than this the decoder runs on after the sound: half a second.
const LEAST_ROOM: i32 = 25;
/// Nobody speaks faster than this, also in scripts of which a letter is three tokens; more is a loop.
const MOST_TOKENS_A_SECOND: i32 = 24;
/// A draft that runs on is not worth waiting for.
const MOST_TOKENS_A_SECOND_OF_DRAFTS: i32 = 12;

/// How the decoder chooses among probable texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Search {
    /// The most probable token, each time.
    Greedy,
    /// The most probable of `width` texts.
    Beam { width: i32 },
    /// Tokens by chance, more adventurous the higher the temperature; the best of five texts.
    Sample { temperature: f32 },
}

/// What to decode; the same for every search that is tried.
pub(super) struct Attempt<'a> {
    /// 16 kHz mono, at most 30 s.
    pub samples: &'a [f32],
    pub request: &'a Request,
    /// What the model reads before it listens.
    pub prompt: &'a [WhisperTokenId],
    pub cancel: &'a CancelToken,
}

impl Attempt<'_> {
    /// Positions of the encoder that the sound takes.
    fn positions(&self) -> i32 {
        (self.samples.len() / SAMPLES_PER_POSITION) as i32
    }

    /// Seconds of sound that the encoder computes, with the silence after it: what a decoding costs grows with it.
    pub fn work(&self) -> f64 {
        f64::from(self.positions() + room(self.request.effort)) / f64::from(POSITIONS_A_SECOND)
    }
}

/// When whisper.cpp is to give up.
struct Watch<'a> {
    cancel: &'a AtomicBool,
    until: Option<Instant>,
}

/// What one search found.
pub(super) struct Decoding {
    pub tokens: Vec<Token>,
    /// The tokens' text; incomplete characters are replaced.
    pub text: String,
    /// Mean over the tokens of text and the times between them.
    pub log_probability: f32,
}

/// Decodes a window; `None` when the time of the shift was over before.
pub(super) fn decode(
    context: &WhisperContext,
    state: &mut WhisperState,
    attempt: &Attempt,
    search: Search,
    shift: Shift,
) -> Result<Option<Decoding>, RecognizeError> {
    if attempt.cancel.is_cancelled() {
        return Err(RecognizeError::Cancelled);
    }
    let language = language_code(context, attempt.request)?;
    let watch = Watch { cancel: attempt.cancel.flag(), until: shift.until };
    let mut parameters = parameters(attempt, search, &language);
    parameters.set_n_threads(shift.threads);
    #[expect(unsafe_code, reason = "whisper-rs has no safe callback that can be trusted")]
    // SAFETY: the callback reads a `Watch` behind this pointer, which outlives the call of `full`; whisper.cpp keeps
    // the pointer no longer than that call. The safe setter is not used: it leaks its closure at every call and
    // misreads the type of a plain closure.
    unsafe {
        parameters.set_abort_callback(Some(gives_up));
        parameters.set_abort_callback_user_data(ptr::from_ref(&watch).cast_mut().cast());
    }
    let result = state.full(parameters, attempt.samples);
    // A cancelled call returns an error like any other, so check the reasons first.
    if attempt.cancel.is_cancelled() {
        return Err(RecognizeError::Cancelled);
    }
    if result.is_err() && watch.is_late() {
        return Ok(None);
    }
    result.map_err(failed)?;
    collect(context, state).map(Some)
}

fn parameters<'a>(attempt: &Attempt<'a>, search: Search, language: &'a str) -> FullParams<'a, 'a> {
    let mut parameters = FullParams::new(match search {
        Search::Greedy => SamplingStrategy::Greedy { best_of: 1 },
        Search::Beam { width } => SamplingStrategy::BeamSearch { beam_size: width, patience: -1.0 },
        Search::Sample { .. } => SamplingStrategy::Greedy { best_of: 5 },
    });
    if let Search::Sample { temperature } = search {
        parameters.set_temperature(temperature);
    }
    // whisper.cpp's own fallback would draw random numbers that depend on the windows before.
    parameters.set_temperature_inc(0.0);
    // It reads the probability of silence from the scores of an earlier call: never let it drop text for that.
    parameters.set_no_speech_thold(2.0);
    let positions = attempt.positions();
    if positions + LEAST_ROOM <= MOST_POSITIONS {
        parameters.set_audio_ctx(cut_positions(positions, attempt.request.effort));
    }
    let tokens = match attempt.request.effort {
        Effort::Draft => MOST_TOKENS_A_SECOND_OF_DRAFTS,
        Effort::Quick | Effort::Prompt | Effort::Thorough => MOST_TOKENS_A_SECOND,
    };
    parameters.set_max_tokens(tokens * (positions / POSITIONS_A_SECOND + 1));
    parameters.set_language(Some(language));
    parameters.set_translate(attempt.request.task == Task::Translate);
    parameters.set_no_context(true);
    // One encoder run a window; what the decoder leaves out is found and decoded by the caller.
    parameters.set_single_segment(true);
    parameters.set_token_timestamps(true);
    parameters.set_suppress_nst(true);
    parameters.set_print_special(false);
    parameters.set_print_progress(false);
    parameters.set_print_realtime(false);
    parameters.set_print_timestamps(false);
    parameters.set_tokens(attempt.prompt);
    parameters
}

/// Positions to compute for sound of so many: no more than it needs, in whole tiles.
fn cut_positions(positions: i32, effort: Effort) -> i32 {
    let tiles = (positions + room(effort)) / POSITIONS_TILE + 1;
    (tiles * POSITIONS_TILE).min(MOST_POSITIONS)
}

fn room(effort: Effort) -> i32 {
    match effort {
        Effort::Thorough => ROOM,
        Effort::Quick | Effort::Prompt => ROOM_OF_PROMPTS,
        Effort::Draft => ROOM_OF_DRAFTS,
    }
}

impl Watch<'_> {
    fn is_late(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// # Safety
/// `watch` points to a [`Watch`] that outlives the call.
#[expect(unsafe_code, reason = "whisper.cpp calls it with a plain pointer")]
unsafe extern "C" fn gives_up(watch: *mut c_void) -> bool {
    // SAFETY: as the caller promises.
    let watch = unsafe { &*watch.cast::<Watch>() };
    watch.cancel.load(Ordering::Relaxed) || watch.is_late()
}

/// The code that whisper.cpp knows the language by.
fn language_code(context: &WhisperContext, request: &Request) -> Result<String, RecognizeError> {
    if !context.is_multilingual() {
        return Ok("en".to_owned());
    }
    let code = request.language.primary();
    match whisper_rs::get_lang_id(&code) {
        Some(_) => Ok(code),
        None => Err(RecognizeError::UnknownLanguage(code)),
    }
}

fn collect(context: &WhisperContext, state: &WhisperState) -> Result<Decoding, RecognizeError> {
    let mut tokens = Vec::new();
    let mut log_probabilities = Vec::new();
    for segment in state.as_iter() {
        for index in 0..segment.n_tokens() {
            let Some(token) = segment.get_token(index) else { continue };
            let data = token.token_data();
            log_probabilities.push(data.plog);
            if data.id < context.token_eot() {
                tokens.push(to_token(&data, token.to_bytes().map_err(failed)?));
            }
        }
    }
    let text = tokens.iter().flat_map(|token| token.bytes.clone()).collect::<Vec<_>>();
    let count = log_probabilities.len().max(1) as f32;
    Ok(Decoding {
        tokens,
        text: String::from_utf8_lossy(&text).into_owned(),
        log_probability: log_probabilities.iter().sum::<f32>() / count,
    })
}

fn to_token(data: &WhisperTokenData, bytes: &[u8]) -> Token {
    let centiseconds = |time: i64| MediaTime::from_millis(time.max(0) * 10);
    Token { bytes: bytes.to_vec(), probability: data.p, start: centiseconds(data.t_dtw) }
}
