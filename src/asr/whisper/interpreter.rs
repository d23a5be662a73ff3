//! Turns windows into words with one whisper.cpp state.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Instant;

use whisper_cpu::repeats_itself;
use whisper_rs::{WhisperContext, WhisperState, WhisperTokenId};

use super::decode::{self, Attempt, Decoding, Search};
use super::failed;
use super::thread_budget::ThreadBudget;
use crate::asr::words::words_of;
use crate::asr::{CancelToken, Effort, RecognizeError, Request, StageTimes, TimeSpent, timed};
use crate::audio::SAMPLE_RATE;
use crate::time::MediaTime;
use crate::transcript::{Doubt, Language, Segment};

/// Enough for most windows. Beams cost a third more than greedy decoding, which is wrong so often that decoding its
/// worse windows again would cost more. Four beams fill the tiles of the CPU's matrix kernels.
const BEST_SEARCH: Search = Search::Beam { width: 4 };
/// Tried in order while the text looks wrong.
const LAST_SEARCHES: [Search; 2] = [Search::Sample { temperature: 0.4 }, Search::Sample { temperature: 0.8 }];
/// Below this mean log-probability text looks wrong. The limit is that of OpenAI's Whisper.
const DOUBTFUL_BELOW: f32 = -1.0;

/// One whisper.cpp state. For recordings, each state uses a single thread: on a CPU, two states on one core each are
/// faster than one on two cores, and sums do not depend on how work was divided.
pub(super) struct Interpreter {
    context: Arc<WhisperContext>,
    /// Created when it is first needed.
    state: Option<WhisperState>,
    /// Separate, because greedy search costs less than beams.
    drafts: ThreadBudget,
    finals: ThreadBudget,
}

impl Interpreter {
    /// Computes on up to `threads` threads.
    pub fn new(context: Arc<WhisperContext>, threads: NonZeroUsize) -> Self {
        let budget = || ThreadBudget::new(i32::try_from(threads.get()).unwrap_or(i32::MAX));
        Self { context, state: None, drafts: budget(), finals: budget() }
    }

    pub fn detect_language(&mut self, samples: &[f32]) -> Result<Vec<(Language, f32)>, RecognizeError> {
        if !self.context.is_multilingual() {
            return Ok(vec![(Language::new("en"), 1.0)]);
        }
        let state = self.state()?;
        state.pcm_to_mel(samples, 1).map_err(failed)?;
        let (_, probabilities) = state.lang_detect(0, 1).map_err(failed)?;
        let named = probabilities.into_iter().enumerate().filter_map(|(id, probability)| {
            whisper_rs::get_lang_str(i32::try_from(id).ok()?).map(|code| (Language::new(code), probability))
        });
        let mut languages: Vec<_> = named.collect();
        languages.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(languages)
    }

    pub fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let prompt = self.prompt_tokens(request)?;
        let attempt = Attempt { samples, request, prompt: &prompt, cancel };
        let first = match request.effort {
            Effort::Thorough | Effort::Prompt => BEST_SEARCH,
            Effort::Quick | Effort::Draft => Search::Greedy,
        };
        let mut best = self.decode(&attempt, first)?;
        let length = MediaTime::from_samples(samples.len() as u64, SAMPLE_RATE);
        if request.effort == Effort::Draft {
            return Ok(if best.doubt().is_some() { Segment::default() } else { into_segment(best, length) });
        }
        for search in LAST_SEARCHES {
            if request.effort == Effort::Quick || best.doubt().is_none() {
                break;
            }
            let other = self.decode(&attempt, search)?;
            if other.is_better_than(&best) {
                best = other;
            }
        }
        Ok(into_segment(best, length))
    }

    /// Decodes a window, and once more in parts, to measure where the time goes.
    pub fn time_stages(&mut self, samples: &[f32], request: &Request) -> Result<StageTimes, RecognizeError> {
        let (cancel, prompt) = (CancelToken::default(), Vec::new());
        let attempt = Attempt { samples, request, prompt: &prompt, cancel: &cancel };
        let (decoded, whole) = timed(|| self.decode(&attempt, BEST_SEARCH));
        decoded?;
        let state = self.state()?;
        let (done, spectrogram) = timed(|| state.pcm_to_mel(samples, 1));
        done.map_err(failed)?;
        let (done, encoder) = timed(|| state.encode(0, 1));
        done.map_err(failed)?;
        let parts = [spectrogram, encoder];
        let decoder = TimeSpent {
            wall: whole.wall.saturating_sub(parts.iter().map(|part| part.wall).sum()),
            cpu: whole.cpu.map(|cpu| cpu.saturating_sub(parts.iter().filter_map(|part| part.cpu).sum())),
        };
        Ok(StageTimes { spectrogram, encoder, decoder, alignment: None })
    }

    fn decode(&mut self, attempt: &Attempt, search: Search) -> Result<Decoding, RecognizeError> {
        if search != Search::Greedy {
            // whisper.cpp draws samples and the candidates of beams from random numbers that are seeded when a state is
            // created: a new state makes a window independent of earlier ones. The old one is freed first.
            self.state = None;
        }
        let context = Arc::clone(&self.context);
        let (work, start) = (attempt.work(), Instant::now());
        let shift = self.budget(search).shift(work, start);
        let found = decode::decode(&context, self.state()?, attempt, search, shift)?;
        let Some(decoding) = found else {
            self.budget(search).was_late(Instant::now());
            return self.decode(attempt, search);
        };
        self.budget(search).done(shift, work, start.elapsed());
        Ok(decoding)
    }

    fn budget(&mut self, search: Search) -> &mut ThreadBudget {
        if search == Search::Greedy { &mut self.drafts } else { &mut self.finals }
    }

    fn state(&mut self) -> Result<&mut WhisperState, RecognizeError> {
        Ok(match &mut self.state {
            Some(state) => state,
            none => none.insert(
                self.context.create_state().map_err(|error| RecognizeError::Load(error.to_string()))?,
            ),
        })
    }

    /// Returns the tokens of the prompt, of which the model uses the last 224.
    fn prompt_tokens(&self, request: &Request) -> Result<Vec<WhisperTokenId>, RecognizeError> {
        const MOST_CHARACTERS: usize = 4000;
        let Some(vocabulary) = &request.vocabulary else { return Ok(Vec::new()) };
        let text: String = vocabulary.prompt().chars().filter(|&c| c != '\0').take(MOST_CHARACTERS).collect();
        self.context.tokenize(&text, 4 * MOST_CHARACTERS).map_err(failed)
    }
}

impl Decoding {
    /// Returns what looks wrong in it.
    fn doubt(&self) -> Option<Doubt> {
        if repeats_itself(&self.text) {
            Some(Doubt::Repetition)
        } else if self.log_probability < DOUBTFUL_BELOW {
            Some(Doubt::LowProbability)
        } else {
            None
        }
    }

    fn is_better_than(&self, other: &Self) -> bool {
        match (repeats_itself(&self.text), repeats_itself(&other.text)) {
            (false, true) => true,
            (true, false) => false,
            _ => self.log_probability > other.log_probability,
        }
    }
}

fn into_segment(decoding: Decoding, length: MediaTime) -> Segment {
    Segment {
        words: words_of(&decoding.tokens, length),
        average_log_probability: decoding.log_probability,
        doubt: decoding.doubt(),
        ..Segment::default()
    }
}
