//! One call of whisper.cpp: decodes a window to tokens.

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

/// Positions of the encoder for 30 s, without those that do not fill a tile of the CPU's matrix kernels. The twelve
/// omitted positions would cost a fifth of the time of a window.
const MOST_POSITIONS: i32 = 1488;
const POSITIONS_TILE: i32 = 16;
/// 16 kHz samples per position.
const SAMPLES_PER_POSITION: usize = 320;
const POSITIONS_A_SECOND: i32 = 50;
/// Positions of silence that the encoder computes after the sound. With 128 or fewer the decoder sometimes repeats
/// itself endlessly; more than 256 give no better words. Measured on lectures.
const ROOM: i32 = 256;
/// The same for live captions, where latency counts.
const ROOM_OF_PROMPTS: i32 = 208;
/// The same for drafts, which are soon replaced: one in a hundred repeats itself, and all come a tenth sooner.
const ROOM_OF_DRAFTS: i32 = 160;
/// With less silence than this, half a second, the decoder continues beyond the sound.
const LEAST_ROOM: i32 = 25;
/// Nobody speaks faster than this, even in scripts with three tokens per letter; more is a loop.
const MOST_TOKENS_A_SECOND: i32 = 24;
/// A draft that runs on is not worth waiting for.
const MOST_TOKENS_A_SECOND_OF_DRAFTS: i32 = 12;

/// How the decoder chooses among probable texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Search {
    /// The most probable token at each step.
    Greedy,
    /// The most probable of `width` texts.
    Beam { width: i32 },
    /// Random tokens, less predictable at higher temperature; the best of five texts.
    Sample { temperature: f32 },
}

/// What to decode; the same for every search.
pub(super) struct Attempt<'a> {
    /// 16 kHz mono, at most 30 s.
    pub samples: &'a [f32],
    pub request: &'a Request,
    /// The text that the model reads first.
    pub prompt: &'a [WhisperTokenId],
    pub cancel: &'a CancelToken,
}

impl Attempt<'_> {
    /// Returns the number of encoder positions that the sound takes.
    fn positions(&self) -> i32 {
        (self.samples.len() / SAMPLES_PER_POSITION) as i32
    }

    /// Returns the seconds of sound that the encoder computes, including the silence after it: the cost of decoding is
    /// proportional.
    pub fn work(&self) -> f64 {
        f64::from(self.positions() + room(self.request.effort)) / f64::from(POSITIONS_A_SECOND)
    }
}

/// When whisper.cpp should give up.
struct AbortWatch<'a> {
    cancel: &'a AtomicBool,
    until: Option<Instant>,
}

/// The result of one search.
pub(super) struct Decoding {
    pub tokens: Vec<Token>,
    /// The tokens' text; incomplete characters are replaced.
    pub text: String,
    /// Mean over the tokens of text and the times between them.
    pub log_probability: f32,
}

/// Decodes a window; `None` if the time of the shift ran out.
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
    let watch = AbortWatch { cancel: attempt.cancel.flag(), until: shift.until };
    let mut parameters = parameters(attempt, search, &language);
    parameters.set_n_threads(shift.threads);
    #[expect(unsafe_code, reason = "whisper-rs has no safe callback that can be trusted")]
    // SAFETY: the callback reads an `AbortWatch` through this pointer, which outlives the call of `full`; whisper.cpp does
    // not keep the pointer after that call. The safe setter is not used: it leaks its closure at every call and
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
    // whisper.cpp's own fallback would draw random numbers that depend on earlier windows.
    parameters.set_temperature_inc(0.0);
    // It takes the probability of silence from the scores of an earlier call: never let it drop text for that.
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
    // One encoder run per window; the caller finds and decodes what the decoder leaves out.
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

/// Returns the number of positions to compute for the positions of sound: no more than needed, in whole tiles.
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

impl AbortWatch<'_> {
    fn is_late(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// # Safety
/// `watch` must point to an [`AbortWatch`] that outlives the call.
#[expect(unsafe_code, reason = "whisper.cpp calls it with a plain pointer")]
unsafe extern "C" fn gives_up(watch: *mut c_void) -> bool {
    // SAFETY: the caller guarantees it.
    let watch = unsafe { &*watch.cast::<AbortWatch>() };
    watch.cancel.load(Ordering::Relaxed) || watch.is_late()
}

/// Returns whisper.cpp's code for the language.
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
    Token { bytes: bytes.to_vec(), probability: data.p, start: centiseconds(data.t_dtw), listed: None }
}
