//! Transcribes windows of audio.

mod score;

use std::sync::Arc;

use thiserror::Error;

use crate::align::token_starts;
use crate::cancel::{Cancel, Cancelled};
use crate::decoder::{self, Feed, Sound, step};
use crate::encoder::{self, encode};
use crate::kernels::FloatMode;
use crate::network::Model;
use crate::search::{Batch, Doubt, Found, Hypothesis, SearchOptions, Task as SearchTask, Timestamps};
use crate::segments::{Segment, segments};
use crate::stopwatch::{Stopwatch, TimeSpent};
use crate::terms::Terms;

pub use self::score::Score;

/// The required sample rate, in Hz.
pub const SAMPLE_RATE: usize = 16_000;
/// Samples of a position of the encoder: 20 ms.
const POSITION_SAMPLES: usize = 320;
/// The most tokens of a prompt that are used, as in OpenAI's code: half of the positions, minus one.
const MOST_PROMPT_TOKENS: usize = 223;
/// What to do with the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// Write the words in the language that is spoken.
    #[default]
    Transcribe,
    /// Translate them into English.
    Translate,
}

/// How windows are transcribed.
#[derive(Clone, Debug)]
pub struct Options {
    /// The code of the language that is spoken, such as `de`; see [`Vocabulary::languages`](crate::model::Vocabulary).
    /// English-only models ignore it.
    pub language: String,
    /// What to do with the words.
    pub task: Task,
    /// A prompt, such as names and terms; only its last 223 tokens are used.
    pub prompt: String,
    /// Names and terms that beams prefer; no limit of the prompt applies to them.
    pub terms: Option<Arc<Terms>>,
    /// How to search for the text.
    pub search: SearchOptions,
    /// Seconds of silence to add after the audio, up to the model's 30 s. With less than four, some texts change; with
    /// very little, texts do not end.
    pub room: f32,
    /// The most tokens of a text per second of audio.
    pub tokens_per_second: usize,
    /// The most windows that are decoded together. The first window is decoded alone, then there are two, four and so
    /// on, so that the first text comes soon. More than four are hardly faster, and each takes memory: 17 MB with a
    /// `base` model.
    pub batch: usize,
    /// Whether to find when each token is spoken.
    pub times: bool,
    /// Whether the model also writes when segments start and end, in steps of 20 ms. This may change its words.
    pub timestamps: Option<Timestamps>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            task: Task::Transcribe,
            prompt: String::new(),
            terms: None,
            search: SearchOptions::default(),
            room: 30.0,
            // Faster than any speech, also in scripts with three tokens per letter.
            tokens_per_second: 24,
            batch: 4,
            times: true,
            timestamps: None,
        }
    }
}

/// Part of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its number in the vocabulary.
    pub id: u32,
    /// UTF-8, possibly cut inside a character.
    pub bytes: Vec<u8>,
    /// How probable it was after the tokens before it, from 0 to 1.
    pub probability: f32,
    /// The start, in seconds from the start of the window; 0 without [`Options::times`].
    pub start: f32,
}

/// The text of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// The best text.
    pub tokens: Vec<Token>,
    /// Its segments, one after the other; none without [`Options::timestamps`].
    pub segments: Vec<Segment>,
    /// The natural logarithm of the probability of the best text.
    pub log_probability: f32,
    /// The mean natural logarithm of the probabilities of the tokens and of the end.
    pub mean_log_probability: f32,
    /// The probability that there is no speech, from 0 to 1.
    pub no_speech_probability: f32,
    /// The temperature at which the text was sampled; 0 for beam search.
    pub temperature: f32,
    /// What still looks wrong in the text after all attempts.
    pub doubt: Option<Doubt>,
    /// Of the window.
    pub seconds: f32,
    /// Other texts of the last search, the best first.
    pub alternatives: Vec<Hypothesis>,
}

/// Why windows were not transcribed, or a text was not scored.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum TranscribeError {
    /// The call was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The model does not know the language.
    #[error("the model does not know the language {0:?}")]
    UnknownLanguage(String),
    /// The window is longer than the model allows.
    #[error("a window of {seconds} s is longer than the {most} s that the model takes")]
    TooLong {
        /// Of the window.
        seconds: f32,
        /// Of the model: 30.
        most: f32,
    },
    /// A token is not a text token.
    #[error("{0} is not the number of a text token")]
    NoTextToken(u32),
    /// The text is longer than the model allows after the prompt.
    #[error("a text of {tokens} tokens is longer than the {most} that the model takes")]
    TextTooLong {
        /// Of the text.
        tokens: usize,
        /// Of the model, less those of the prompt.
        most: usize,
    },
}

/// How long the stages took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTimes {
    /// Computing the spectrogram.
    pub spectrogram: TimeSpent,
    /// The encoder.
    pub encoder: TimeSpent,
    /// The decoder, including the keys and values of the audio, and the search.
    pub decoder: TimeSpent,
    /// Finding the times of the tokens.
    pub alignment: TimeSpent,
}

/// Transcribes windows on the caller's thread. Its working memory is reused.
pub struct Transcriber {
    model: Arc<Model>,
    encoder: encoder::Work,
    decoder: decoder::Work,
    times: StageTimes,
}

impl Transcriber {
    /// Creates a transcriber; it allocates its working memory when it is used.
    pub fn new(model: Arc<Model>) -> Self {
        Self {
            model,
            encoder: encoder::Work::default(),
            decoder: decoder::Work::default(),
            times: StageTimes::default(),
        }
    }

    /// How long the stages of all calls so far took.
    pub fn stage_times(&self) -> StageTimes {
        self.times
    }

    /// Transcribes one window of up to 30 s: samples of 16 kHz mono audio, from -1 to 1.
    ///
    /// # Errors
    /// [`TranscribeError`] if it is cancelled, the window is too long, or the model does not know the language.
    pub fn transcribe(
        &mut self,
        samples: &[f32],
        options: &Options,
        cancel: Cancel,
    ) -> Result<Transcript, TranscribeError> {
        let mut window = Some(samples);
        let mut found = None;
        let next = &mut |_| window.take();
        self.transcribe_each(options, cancel, next, &mut |_, transcript| found = Some(transcript))?;
        found.ok_or(TranscribeError::Cancelled(Cancelled))
    }

    /// Transcribes windows as they come, several at a time, each in the form that [`Transcriber::transcribe`] takes.
    /// `next` gets the number of windows in work, and returns another window, or `None` if there is none at present;
    /// the call returns when none is in work and `next` returns `None`. `done` gets the index of a window, in the order
    /// of `next`, and its text. The text of a window does not depend on the other windows.
    ///
    /// # Errors
    /// [`TranscribeError`] if it is cancelled, a window is too long, or the model does not know the language. Windows
    /// that were finished before have been passed to `done`.
    pub fn transcribe_each<W: AsRef<[f32]>>(
        &mut self,
        options: &Options,
        cancel: Cancel,
        next: &mut dyn FnMut(usize) -> Option<W>,
        done: &mut dyn FnMut(usize, Transcript),
    ) -> Result<(), TranscribeError> {
        let _mode = FloatMode::ieee();
        let model = Arc::clone(&self.model);
        let prompt = Prompt::new(&model, options)?;
        let mut batch = Batch::new(&model, &options.search, options.timestamps, options.terms.as_deref());
        let (mut count, mut most) = (0, 1);
        loop {
            while batch.len() < most
                && let Some(window) = next(batch.len())
            {
                batch.push(self.task(count, window.as_ref(), &prompt, options, cancel)?);
                count += 1;
            }
            if batch.len() == 0 {
                return Ok(());
            }
            let mut watch = Stopwatch::start();
            let found = batch.advance(&mut self.decoder, cancel)?;
            watch.lap(&mut self.times.decoder);
            for found in found {
                most = (2 * most).min(options.batch.max(1));
                let index = found.task.index;
                let mut watch = Stopwatch::start();
                let transcript = self.transcript(found, &prompt, options, cancel)?;
                watch.lap(&mut self.times.alignment);
                done(index, transcript);
            }
        }
    }

    /// The probability of each language of the model in a window, the most probable first: codes as in
    /// [`Options::language`], and probabilities that add up to 1.
    ///
    /// # Errors
    /// [`TranscribeError`] if it is cancelled, or the window is too long.
    pub fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: Cancel,
    ) -> Result<Vec<(&'static str, f32)>, TranscribeError> {
        let _mode = FloatMode::ieee();
        let model = Arc::clone(&self.model);
        let vocabulary = &model.vocabulary;
        if !vocabulary.is_multilingual() {
            return Ok(vec![("en", 1.0)]);
        }
        let mut sound = self.sound(samples, f32::INFINITY, cancel)?;
        let rows = [sound.new_row()];
        let feed = Feed { window: 0, token: vocabulary.start_of_transcript(), rows: &rows };
        step(&model, &mut [&mut sound], &[feed], &mut self.decoder, None, cancel)?;
        let mut scores = Vec::new();
        self.decoder.logits(&model.decoder.special_logits, std::iter::once(0), &mut scores);
        let first_special = vocabulary.end_of_text() + 1;
        let score = |code| Some(scores[(vocabulary.language_token(code)? - first_special) as usize]);
        let named = vocabulary.languages().iter().filter_map(|&code| Some((code, score(code)?)));
        let mut languages: Vec<(&'static str, f32)> = named.collect();
        let all: Vec<f32> = languages.iter().map(|language| language.1).collect();
        let total = crate::kernels::elementwise::log_sum_exp(model.level, &all);
        for (_, score) in &mut languages {
            *score = crate::kernels::math::exp(*score - total);
        }
        languages.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(languages)
    }

    fn task(
        &mut self,
        index: usize,
        samples: &[f32],
        prompt: &Prompt,
        options: &Options,
        cancel: Cancel,
    ) -> Result<SearchTask, TranscribeError> {
        let seconds = samples.len() / SAMPLE_RATE + 1;
        Ok(SearchTask {
            index,
            sound: self.sound(samples, options.room, cancel)?,
            prompt: prompt.tokens.clone(),
            start: prompt.start,
            most_tokens: seconds.saturating_mul(options.tokens_per_second),
            seed: hash(samples),
            samples: samples.len(),
        })
    }

    /// The encoder's output for a window, in the form that the decoder reads.
    fn sound(&mut self, samples: &[f32], room: f32, cancel: Cancel) -> Result<Sound, TranscribeError> {
        /// The positions of one vector, so that rounding up to it costs nothing.
        const STEP: usize = 16;
        let most = self.model.dimensions.audio_positions;
        let sounding = samples.len().div_ceil(POSITION_SAMPLES);
        if sounding > most {
            let second = |samples: usize| samples as f32 / SAMPLE_RATE as f32;
            let (seconds, most) = (second(samples.len()), second(most * POSITION_SAMPLES));
            return Err(TranscribeError::TooLong { seconds, most });
        }
        let room = (room.max(0.0) * (SAMPLE_RATE / POSITION_SAMPLES) as f32) as usize;
        let positions = sounding.saturating_add(room).clamp(1, most).next_multiple_of(STEP).min(most);
        let mut watch = Stopwatch::start();
        let spectrogram = self.model.mel.spectrogram(self.model.level, samples, 2 * positions);
        watch.lap(&mut self.times.spectrogram);
        let encoded = encode(&self.model, &spectrogram, positions, &mut self.encoder, cancel)?;
        watch.lap(&mut self.times.encoder);
        let sound = Sound::new(&self.model, encoded, &mut self.decoder, cancel)?;
        watch.lap(&mut self.times.decoder);
        Ok(sound)
    }

    fn transcript(
        &mut self,
        found: Found,
        prompt: &Prompt,
        options: &Options,
        cancel: Cancel,
    ) -> Result<Transcript, Cancelled> {
        let Found { mut task, mut hypotheses, no_speech, temperature, doubt } = found;
        let best = if hypotheses.is_empty() { Hypothesis::default() } else { hypotheses.remove(0) };
        let seconds = task.samples as f32 / SAMPLE_RATE as f32;
        let first_time = self.model.vocabulary.first_timestamp();
        let segments = match options.timestamps {
            Some(_) => segments(&best.tokens, first_time, seconds),
            None => Vec::new(),
        };
        let (log_probability, mean_log_probability) = (best.log_probability(), best.mean_log_probability());
        let words = best.tokens.into_iter().zip(best.log_probabilities).filter(|&(id, _)| id < first_time);
        let (tokens, log_probabilities): (Vec<u32>, Vec<f32>) = words.unzip();
        let starts = if options.times && !tokens.is_empty() {
            let sounding = task.samples.div_ceil(POSITION_SAMPLES);
            let work = &mut self.decoder;
            token_starts(&self.model, &mut task.sound, &prompt.for_times, &tokens, sounding, work, cancel)?
        } else {
            vec![0.0; tokens.len()]
        };
        let token = |((id, log_probability), start)| Token {
            id,
            bytes: self.model.vocabulary.bytes_of(id).to_vec(),
            probability: crate::kernels::math::exp(log_probability),
            start,
        };
        Ok(Transcript {
            tokens: tokens.into_iter().zip(log_probabilities).zip(starts).map(token).collect(),
            segments,
            log_probability,
            mean_log_probability,
            no_speech_probability: no_speech,
            temperature,
            doubt,
            seconds,
            alternatives: hypotheses,
        })
    }
}

/// The tokens that the model reads before its text.
struct Prompt {
    tokens: Vec<u32>,
    /// The index of the start-of-transcript token.
    start: usize,
    /// The tokens before the text when word times are found: no prompt, and no times of segments.
    for_times: Vec<u32>,
}

impl Prompt {
    fn new(model: &Model, options: &Options) -> Result<Self, TranscribeError> {
        let vocabulary = &model.vocabulary;
        let mut tokens = Vec::new();
        if !options.prompt.trim().is_empty() {
            let text = vocabulary.encode(&format!(" {}", options.prompt.trim()));
            let most = MOST_PROMPT_TOKENS.min(model.dimensions.text_positions / 2 - 1);
            tokens.push(vocabulary.start_of_prev());
            tokens.extend(&text[text.len().saturating_sub(most)..]);
        }
        let start = tokens.len();
        tokens.push(vocabulary.start_of_transcript());
        if vocabulary.is_multilingual() {
            let unknown = || TranscribeError::UnknownLanguage(options.language.clone());
            tokens.push(vocabulary.language_token(&options.language).ok_or_else(unknown)?);
            tokens.push(match options.task {
                Task::Transcribe => vocabulary.transcribe(),
                Task::Translate => vocabulary.translate(),
            });
        }
        let mut for_times = tokens[start..].to_vec();
        for_times.push(vocabulary.no_timestamps());
        if options.timestamps.is_none() {
            tokens.push(vocabulary.no_timestamps());
        }
        Ok(Self { tokens, start, for_times })
    }
}

/// FNV-1a over the samples.
fn hash(samples: &[f32]) -> u64 {
    samples.iter().fold(0xcbf2_9ce4_8422_2325, |hash, sample| {
        (hash ^ u64::from(sample.to_bits())).wrapping_mul(0x100_0000_01b3)
    })
}
