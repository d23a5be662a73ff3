//! Searches for the texts of windows, several at a time.
//!
//! All hypotheses of all windows are rows of the same products, because they need the same weights. A window that is
//! done makes room for the next one at once. The result of a window depends on the window only: rows do not affect each
//! other, and random numbers are seeded by the window's own audio.

mod beam;
mod repetition;
mod rules;
mod sampling;
mod times;

use crate::cancel::{Cancel, Cancelled};
use crate::decoder::{Feed, Sound, Work, step};
use crate::kernels::elementwise::log_sum_exp;
use crate::kernels::math::exp;
use crate::level::Level;
use crate::network::Model;
use crate::terms::{Follow, Terms};

pub use self::repetition::repeats_itself;
pub(crate) use self::times::TIMES_PER_SECOND;
pub use self::times::Timestamps;

use self::rules::Rules;
use self::sampling::Random;

/// Options of the search for a text.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchOptions {
    /// The number of hypotheses (beams); 1 is greedy search.
    pub beams: usize,
    /// How many texts must end before the search stops, as a multiple of the beams. At least 1 (arXiv:2204.05424).
    pub patience: f32,
    /// The `alpha` by which ended texts are compared: their log-probability divided by `((5 + tokens) / 6)^alpha`
    /// (arXiv:1609.08144), or by the number of tokens if `None`.
    pub length_penalty: Option<f32>,
    /// Temperatures at which a text that looks wrong is sampled again, one after the other.
    pub fallback: Vec<f32>,
    /// The number of texts sampled together.
    pub samples: usize,
    /// A text looks wrong if the mean log-probability (natural logarithm) of its tokens is below this.
    pub least_log_probability: f32,
    /// The most tokens of a text; the model has its own limit as well.
    pub most_tokens: usize,
}

impl Default for SearchOptions {
    /// The settings of OpenAI's command, with fewer temperatures.
    fn default() -> Self {
        Self {
            beams: 5,
            patience: 1.0,
            length_penalty: None,
            fallback: vec![0.4, 0.8],
            samples: 5,
            least_log_probability: -1.0,
            most_tokens: 224,
        }
    }
}

/// Why a text looks wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It repeats itself.
    Circular,
    /// Its tokens are improbable; see [`SearchOptions::least_log_probability`].
    Improbable,
}

/// A text that was found for a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hypothesis {
    /// Text tokens, and times where [`Options::timestamps`](crate::Options::timestamps) asks for them.
    pub tokens: Vec<u32>,
    /// The natural logarithm of each token's probability; one more for the end of the text, where it ended.
    pub log_probabilities: Vec<f32>,
    /// What its terms add when texts are compared; see [`TermRules`](crate::TermRules).
    pub bonus: f32,
}

impl Hypothesis {
    /// The log-probability of the text.
    pub fn log_probability(&self) -> f32 {
        self.log_probabilities.iter().sum()
    }

    /// The mean over the tokens and the end.
    pub fn mean_log_probability(&self) -> f32 {
        self.log_probability() / self.log_probabilities.len().max(1) as f32
    }

    fn rank(&self, length_penalty: Option<f32>) -> f32 {
        let tokens = self.log_probabilities.len().max(1) as f32;
        match length_penalty {
            None => (self.log_probability() + self.bonus) / tokens,
            // x^alpha without the C library.
            Some(alpha) => {
                (self.log_probability() + self.bonus)
                    / exp(alpha * crate::kernels::math::ln((5.0 + tokens) / 6.0))
            }
        }
    }
}

/// A window to search.
pub(crate) struct Task {
    /// The number of the window, for the caller.
    pub index: usize,
    pub sound: Sound,
    /// The tokens that the model reads before its text; they end with those of the task. A text that lists terms one
    /// after the other repeats its prompt, and is searched again without it.
    pub prompt: Vec<u32>,
    /// The index of the start-of-transcript token in the prompt.
    pub start: usize,
    pub most_tokens: usize,
    /// Seeds the random numbers.
    pub seed: u64,
    /// Samples of the window, for the caller.
    pub samples: usize,
}

/// The texts that were found.
pub(crate) struct Found {
    pub task: Task,
    /// The best text first.
    pub hypotheses: Vec<Hypothesis>,
    /// The probability that there is no speech.
    pub no_speech: f32,
    /// 0 for beams.
    pub temperature: f32,
    /// What still looks wrong in the best text after all attempts.
    pub doubt: Option<Doubt>,
}

/// An open hypothesis.
#[derive(Clone, Default)]
struct Open {
    text: Hypothesis,
    /// The rows of the prompt's and the text's tokens.
    rows: Vec<u32>,
    /// Where it stands among the terms.
    follow: Follow,
}

/// The current attempt for a window.
enum Attempt {
    Beams,
    /// Sampling at a temperature.
    Samples {
        temperature: f32,
        random: Vec<Random>,
    },
}

/// A window in the batch.
struct Slot {
    task: Task,
    attempt: Attempt,
    /// Empty before the prompt was read.
    prompt_rows: Vec<u32>,
    /// Hypotheses that have not ended.
    open: Vec<Open>,
    ended: Vec<Hypothesis>,
    no_speech: f32,
    /// The number of sampling attempts so far.
    fallbacks: usize,
    /// The best result of earlier attempts.
    best: Option<Candidate>,
}

/// The result of an attempt.
struct Candidate {
    /// The best first.
    hypotheses: Vec<Hypothesis>,
    temperature: f32,
    is_circular: bool,
    mean_log_probability: f32,
}

impl Candidate {
    fn is_better_than(&self, other: &Self) -> bool {
        match (self.is_circular, other.is_circular) {
            (false, true) => true,
            (true, false) => false,
            _ => self.mean_log_probability > other.mean_log_probability,
        }
    }

    /// Whether the best text lists terms one after the other.
    fn recites(&self, terms: &Terms, model: &Model) -> bool {
        let best = self.hypotheses.first();
        best.is_some_and(|best| terms.are_recited(model.vocabulary.text(&best.tokens).as_bytes()))
    }

    fn doubt(&self, options: &SearchOptions) -> Option<Doubt> {
        match self.is_circular {
            true => Some(Doubt::Circular),
            false if self.mean_log_probability < options.least_log_probability => Some(Doubt::Improbable),
            false => None,
        }
    }
}

/// Windows that are searched together.
pub(crate) struct Batch<'a> {
    model: &'a Model,
    options: &'a SearchOptions,
    rules: Rules<'a>,
    slots: Vec<Slot>,
    text_logits: Vec<f32>,
    special_logits: Vec<f32>,
    /// Both, if times are requested.
    all_logits: Vec<f32>,
}

impl<'a> Batch<'a> {
    pub fn new(
        model: &'a Model,
        options: &'a SearchOptions,
        timestamps: Option<Timestamps>,
        terms: Option<&'a Terms>,
    ) -> Self {
        let rules = Rules::new(model.level, &model.vocabulary, timestamps, terms);
        let (text_logits, special_logits, all_logits) = Default::default();
        Self { model, options, rules, slots: Vec::new(), text_logits, special_logits, all_logits }
    }

    /// Windows in work.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Adds a window.
    pub fn push(&mut self, task: Task) {
        // The times of tokens need a place for the end of the text, too.
        let room = self.model.dimensions.text_positions.saturating_sub(task.prompt.len() + 1);
        let most_tokens = task.most_tokens.min(self.options.most_tokens).min(room).max(1);
        self.slots.push(Slot {
            task: Task { most_tokens, ..task },
            attempt: Attempt::Beams,
            prompt_rows: Vec::new(),
            open: vec![Open::default()],
            ended: Vec::new(),
            no_speech: 0.0,
            fallbacks: 0,
            best: None,
        });
    }

    /// Continues every window by a token, and returns the windows that are done.
    pub fn advance(&mut self, work: &mut Work, cancel: Cancel) -> Result<Vec<Found>, Cancelled> {
        let outputs = self.feed(work, cancel)?;
        let decoder = &self.model.decoder;
        let (text_tokens, special_tokens) = (decoder.text_logits.outputs(), decoder.special_logits.outputs());
        let starts = outputs.iter().filter_map(|of| of.start);
        let ends = outputs.iter().flat_map(|of| of.ends.clone());
        let ends_with_times = ends.clone().filter(|_| self.rules.has_times());
        work.logits(&decoder.special_logits, starts.clone().chain(ends_with_times), &mut self.special_logits);
        work.logits(&decoder.text_logits, starts.chain(ends), &mut self.text_logits);
        let mut special = self.special_logits.chunks_exact(special_tokens);
        let mut text = self.text_logits.chunks_exact_mut(text_tokens);
        for (slot, _) in self.slots.iter_mut().zip(&outputs).filter(|(_, of)| of.start.is_some()) {
            if let (Some(text), Some(special)) = (text.next(), special.next()) {
                slot.no_speech = no_speech(self.model, text, special);
            }
        }
        if self.rules.has_times() {
            self.all_logits.clear();
            for (text, special) in text.zip(special) {
                self.all_logits.extend_from_slice(text);
                self.all_logits.extend_from_slice(special);
            }
            text = self.all_logits.chunks_exact_mut(text_tokens + special_tokens);
        }
        for (slot, of) in self.slots.iter_mut().zip(&outputs) {
            let rows: Vec<_> = text.by_ref().take(of.ends.len()).collect();
            slot.advance(self.model.level, self.options, &self.rules, rows);
        }
        Ok(self.take_done())
    }

    /// Gives each new window its prompt, and each hypothesis of the others its last token.
    fn feed(&mut self, work: &mut Work, cancel: Cancel) -> Result<Vec<Outputs>, Cancelled> {
        self.slots.iter_mut().for_each(Slot::take_rows);
        let (mut sounds, mut feeds, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
        for (window, slot) in self.slots.iter_mut().enumerate() {
            let Slot { task, prompt_rows, open, .. } = slot;
            let first = feeds.len();
            if open[0].text.tokens.is_empty() {
                for (i, &token) in task.prompt.iter().enumerate() {
                    feeds.push(Feed { window, token, rows: &prompt_rows[..=i] });
                }
                let last = feeds.len() - 1;
                outputs.push(Outputs { start: Some(first + task.start), ends: last..last + 1 });
            } else {
                for Open { text, rows, .. } in open {
                    feeds.push(Feed { window, token: text.tokens[text.tokens.len() - 1], rows });
                }
                outputs.push(Outputs { start: None, ends: first..feeds.len() });
            }
            sounds.push(&mut task.sound);
        }
        step(self.model, &mut sounds, &feeds, work, None, cancel)?;
        Ok(outputs)
    }

    fn take_done(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        for i in (0..self.slots.len()).rev() {
            if self.slots[i].open.is_empty() && self.slots[i].is_done(self.model, self.options, &self.rules) {
                found.push(self.slots.remove(i).finish(self.options));
            }
        }
        found.reverse();
        found
    }
}

/// Which outputs of a step belong to a window.
struct Outputs {
    /// The output of the start-of-transcript token, if the prompt was read.
    start: Option<usize>,
    /// The outputs of the hypotheses' last tokens; one for all of them if the prompt was read.
    ends: std::ops::Range<usize>,
}

/// The probability of the no-speech token at the start of the transcript.
fn no_speech(model: &Model, text: &[f32], special: &[f32]) -> f32 {
    let first_special = model.vocabulary.end_of_text() + 1;
    let of_all = [log_sum_exp(model.level, text), log_sum_exp(model.level, special)];
    let token = (model.vocabulary.no_speech() - first_special) as usize;
    exp(special[token] - log_sum_exp(model.level, &of_all))
}

impl Slot {
    /// Allocates a row for each token that is fed next.
    fn take_rows(&mut self) {
        let Self { task, prompt_rows, open, .. } = self;
        if open[0].text.tokens.is_empty() {
            *prompt_rows = task.prompt.iter().map(|_| task.sound.new_row()).collect();
            open.iter_mut().for_each(|open| open.rows.clone_from(prompt_rows));
        } else {
            open.iter_mut().for_each(|open| open.rows.push(task.sound.new_row()));
        }
    }

    fn advance(&mut self, level: Level, options: &SearchOptions, rules: &Rules, rows: Vec<&mut [f32]>) {
        let Self { task, attempt, open, ended, .. } = self;
        let most = task.most_tokens;
        match attempt {
            Attempt::Beams => beam::advance(open, ended, rows, rules, level, options, most),
            Attempt::Samples { temperature, random } => {
                sampling::advance(open, ended, rows, rules, level, *temperature, random, most);
            }
        }
        self.task.sound.keep_rows(self.open.iter().map(|open| &open.rows[..]));
    }

    /// Keeps the result of the attempt if it is better, and starts another attempt if it looks wrong.
    fn is_done(&mut self, model: &Model, options: &SearchOptions, rules: &Rules) -> bool {
        let found = self.candidate(model, options);
        if self.task.start > 0 && rules.terms.is_some_and(|terms| found.recites(terms, model)) {
            self.begin_without_prompt();
            return false;
        }
        let is_doubtful = found.doubt(options).is_some();
        if self.best.as_ref().is_none_or(|best| found.is_better_than(best)) {
            self.best = Some(found);
        }
        let Some(&temperature) = options.fallback.get(self.fallbacks).filter(|_| is_doubtful) else {
            return true;
        };
        let seed = self.task.seed.wrapping_add(self.fallbacks as u64);
        let random = (0..options.samples.max(1)).map(|sample| Random::new(seed, sample)).collect();
        self.attempt = Attempt::Samples { temperature, random };
        self.open = vec![Open::default(); options.samples.max(1)];
        self.fallbacks += 1;
        false
    }

    /// Starts the first attempt again, without what the model reads before its text.
    fn begin_without_prompt(&mut self) {
        self.task.prompt.drain(..self.task.start);
        self.task.start = 0;
        (self.attempt, self.fallbacks, self.best) = (Attempt::Beams, 0, None);
        self.open = vec![Open::default()];
    }

    fn candidate(&mut self, model: &Model, options: &SearchOptions) -> Candidate {
        let mut hypotheses = std::mem::take(&mut self.ended);
        hypotheses.sort_by(|a, b| b.rank(options.length_penalty).total_cmp(&a.rank(options.length_penalty)));
        let best = hypotheses.first();
        let text = best.map_or_else(String::new, |best| model.vocabulary.text(&best.tokens));
        Candidate {
            temperature: match self.attempt {
                Attempt::Beams => 0.0,
                Attempt::Samples { temperature, .. } => temperature,
            },
            is_circular: repeats_itself(&text),
            mean_log_probability: best.map_or(f32::MIN, Hypothesis::mean_log_probability),
            hypotheses,
        }
    }

    fn finish(self, options: &SearchOptions) -> Found {
        let doubt = self.best.as_ref().and_then(|best| best.doubt(options));
        let (hypotheses, temperature) =
            self.best.map_or_else(Default::default, |best| (best.hypotheses, best.temperature));
        Found { task: self.task, hypotheses, no_speech: self.no_speech, temperature, doubt }
    }
}
