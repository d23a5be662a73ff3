//! Whisper through whisper.cpp. The only place, together with its submodules, that knows whisper-rs.

mod alignment;
mod decode;

use std::sync::Arc;
use std::time::Instant;

use whisper_rs::{WhisperContext, WhisperContextParameters, WhisperState, WhisperTokenId};

use self::decode::{Attempt, Decoding, Search};
use super::model::SpeechModel;
use super::quality::repeats_itself;
use super::{CancelToken, RecognizeError, Recognizer, Request, StageTimes};
use crate::audio::SAMPLE_RATE;
use crate::time::MediaTime;
use crate::transcript::{Doubt, Language, Segment};

/// Windows that decode greedily with a mean log-probability below this are decoded again with more care.
const CAREFUL_BELOW: f32 = -0.25;
/// Below this, text is doubtful whatever was tried. The limit is that of OpenAI's Whisper.
const DOUBTFUL_BELOW: f32 = -1.0;
/// Tried in order while the text looks wrong: beams first, then chance. Four beams fill the tiles of the CPU's
/// matrix kernels; a fifth would cost as much again as the four.
const CAREFUL_SEARCHES: [Search; 3] =
    [Search::Beam { width: 4 }, Search::Sample { temperature: 0.4 }, Search::Sample { temperature: 0.8 }];

/// A model in memory, shared by any number of recognizers.
#[derive(Clone)]
pub struct WhisperModel {
    context: Arc<WhisperContext>,
}

impl WhisperModel {
    /// Hands the bytes of a whole model to whisper.cpp, which copies them: they can be dropped afterwards.
    pub fn new(model: &SpeechModel) -> Result<Self, RecognizeError> {
        // Without a back end for logs, the hooks keep whisper.cpp from writing to the terminal.
        whisper_rs::install_logging_hooks();
        let mut parameters = WhisperContextParameters::default();
        parameters.dtw_parameters(alignment::parameters(&model.header));
        let context = WhisperContext::new_from_buffer_with_params(&model.bytes, parameters)
            .map_err(|error| RecognizeError::Load(error.to_string()))?;
        Ok(Self { context: Arc::new(context) })
    }

    /// A recognizer with working memory of its own, for the thread that calls this.
    pub fn recognizer(&self) -> Result<WhisperRecognizer, RecognizeError> {
        Ok(WhisperRecognizer { context: Arc::clone(&self.context), state: new_state(&self.context)? })
    }
}

fn new_state(context: &WhisperContext) -> Result<WhisperState, RecognizeError> {
    context.create_state().map_err(|error| RecognizeError::Load(error.to_string()))
}

/// One whisper.cpp state. It computes on a single thread: on a CPU, two states on a core each are faster than
/// one on two cores, and sums do not depend on how work was divided.
pub struct WhisperRecognizer {
    context: Arc<WhisperContext>,
    state: WhisperState,
}

impl Recognizer for WhisperRecognizer {
    fn detect_language(&mut self, samples: &[f32]) -> Result<Vec<(Language, f32)>, RecognizeError> {
        if !self.context.is_multilingual() {
            return Ok(vec![(Language::new("en"), 1.0)]);
        }
        self.state.pcm_to_mel(samples, 1).map_err(failed)?;
        let (_, probabilities) = self.state.lang_detect(0, 1).map_err(failed)?;
        let named = probabilities.into_iter().enumerate().filter_map(|(id, probability)| {
            whisper_rs::get_lang_str(i32::try_from(id).ok()?).map(|code| (Language::new(code), probability))
        });
        let mut languages: Vec<_> = named.collect();
        languages.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(languages)
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let prompt = self.prompt_tokens(request)?;
        let attempt = Attempt { samples, request, prompt: &prompt, cancel };
        let mut best = self.decode(&attempt, Search::Greedy)?;
        if best.log_probability < CAREFUL_BELOW || repeats_itself(&best.text) {
            for search in CAREFUL_SEARCHES {
                let other = self.decode(&attempt, search)?;
                if is_better(&other, &best) {
                    best = other;
                }
                if best.log_probability >= DOUBTFUL_BELOW && !repeats_itself(&best.text) {
                    break;
                }
            }
        }
        let length = MediaTime::from_samples(samples.len() as u64, SAMPLE_RATE);
        Ok(into_segment(best, length))
    }
}

impl WhisperRecognizer {
    /// Decodes a window greedily, and once more in parts, to see where the time goes.
    pub fn time_stages(&mut self, samples: &[f32], request: &Request) -> Result<StageTimes, RecognizeError> {
        let (cancel, prompt) = (CancelToken::default(), Vec::new());
        let start = Instant::now();
        self.decode(&Attempt { samples, request, prompt: &prompt, cancel: &cancel }, Search::Greedy)?;
        let whole = start.elapsed();
        let start = Instant::now();
        self.state.pcm_to_mel(samples, 1).map_err(failed)?;
        let spectrogram = start.elapsed();
        let start = Instant::now();
        self.state.encode(0, 1).map_err(failed)?;
        let encoder = start.elapsed();
        Ok(StageTimes { spectrogram, encoder, decoder: whole.saturating_sub(spectrogram + encoder) })
    }

    fn decode(&mut self, attempt: &Attempt, search: Search) -> Result<Decoding, RecognizeError> {
        if matches!(search, Search::Sample { .. }) {
            // whisper.cpp seeds its random numbers when a state is made: a fresh one makes chance repeatable.
            self.state = new_state(&self.context)?;
        }
        decode::decode(&self.context, &mut self.state, attempt, search)
    }

    /// The tokens of the prompt, of which the model uses the last 224.
    fn prompt_tokens(&self, request: &Request) -> Result<Vec<WhisperTokenId>, RecognizeError> {
        const MOST_CHARACTERS: usize = 4000;
        let Some(prompt) = &request.prompt else { return Ok(Vec::new()) };
        let text: String = prompt.chars().filter(|&c| c != '\0').take(MOST_CHARACTERS).collect();
        self.context.tokenize(&text, 4 * MOST_CHARACTERS).map_err(failed)
    }
}

fn is_better(new: &Decoding, old: &Decoding) -> bool {
    let loops = (repeats_itself(&new.text), repeats_itself(&old.text));
    match loops {
        (false, true) => true,
        (true, false) => false,
        _ => new.log_probability > old.log_probability,
    }
}

fn into_segment(decoding: Decoding, length: MediaTime) -> Segment {
    let doubt = if repeats_itself(&decoding.text) {
        Some(Doubt::Repetition)
    } else if decoding.log_probability < DOUBTFUL_BELOW {
        Some(Doubt::LowProbability)
    } else {
        None
    };
    Segment {
        words: super::words::words_of(&decoding.tokens, length),
        average_log_probability: decoding.log_probability,
        doubt,
    }
}

fn failed(error: whisper_rs::WhisperError) -> RecognizeError {
    RecognizeError::Failed(error.to_string())
}
