//! Whisper on the CPU through the crate `whisper-cpu`.

use std::env;
use std::sync::Arc;

use whisper_cpu::model::ggml;
use whisper_cpu::{
    Cancel, Hypothesis, Level, Model, Options, SearchOptions, Terms, TranscribeError, Transcriber, Transcript,
};

use super::backend::SlowProcessor;
use super::catalog::DECODER_COST;
use super::listed::{Listed, spelled_as_listed};
use super::model::SpeechModel;
use super::readings::{Text, readings};
use super::without_list::note_what_stands_without;
use super::words::{Token, words_of};
use super::{CancelToken, Effort, RecognizeError, Recognizer, Request, StageTimes, Task, Vocabulary};
use crate::time::MediaTime;
use crate::transcript::{Doubt, Language, Segment};

/// The instruction set to compute with, at or below the best one of this processor.
const LEVEL_VARIABLE: &str = "LECTERN_CPU_LEVEL";

/// Silence that is computed after the sound. Unit: seconds.
const ROOM: f32 = 30.0;
/// The same for live captions, where latency counts. Unit: seconds.
const ROOM_OF_PROMPTS: f32 = 4.0;
/// The same for drafts, which are soon replaced. Unit: seconds.
const ROOM_OF_DRAFTS: f32 = 3.2;
/// Nobody speaks this fast; a draft that runs on is not worth waiting for. Unit: tokens per second.
const MOST_TOKENS_OF_DRAFTS: usize = 12;

/// A model in memory, shared by any number of recognizers.
#[derive(Clone)]
pub struct CpuModel {
    model: Arc<Model>,
}

impl CpuModel {
    /// Packs a whole model for the best instruction set of this processor, or for the one named by the variable
    /// `LECTERN_CPU_LEVEL`.
    ///
    /// # Errors
    /// If the engine cannot read the model, or the processor lacks the instruction set.
    pub fn new(model: &SpeechModel) -> Result<Self, RecognizeError> {
        let weights = ggml::read(&model.bytes).map_err(|error| RecognizeError::Load(error.to_string()))?;
        Ok(Self { model: Arc::new(Model::new(weights, level()?)) })
    }

    /// Returns the instruction set that it is packed for.
    pub fn level(&self) -> Level {
        self.model.level()
    }

    /// Creates a recognizer with its own working memory.
    pub fn recognizer(&self) -> CpuRecognizer {
        let transcriber = Transcriber::new(Arc::clone(&self.model));
        CpuRecognizer { model: Arc::clone(&self.model), transcriber, listed: None }
    }
}

/// Returns the instruction set for recognition.
///
/// # Errors
/// If the variable `LECTERN_CPU_LEVEL` names an instruction set that this processor lacks.
pub fn level() -> Result<Level, RecognizeError> {
    let Ok(name) = env::var(LEVEL_VARIABLE) else { return Ok(Level::best()) };
    let named = name.parse::<Level>().map_err(|error| error.to_string());
    let available = named.and_then(|level| {
        level.is_available().then_some(level).ok_or_else(|| format!("this processor has no {level}"))
    });
    let variable = LEVEL_VARIABLE.to_owned();
    available.map_err(|reason| RecognizeError::InstructionSet { variable, name, reason })
}

/// Returns the time of a multiplication in the decoder divided by that in the encoder. It is the higher the faster the
/// encoder is, because few rows share the weights that the decoder reads.
///
/// Measured with AVX2 on the sample lecture with `base` and `tiny.en`, and with AVX-512 VNNI with the shapes of `small` and
/// `large-v3-turbo`. AVX-VNNI is between them by the times in `docs/performance.md`; the others are taken to be like those
/// of their kind.
pub fn decoder_cost() -> f64 {
    match level().unwrap_or(Level::Scalar) {
        Level::Scalar | Level::Avx2 | Level::Neon => 1.5,
        Level::AvxVnni => 2.0,
        Level::Avx512Vnni | Level::Amx | Level::NeonDotprod => DECODER_COST,
    }
}

/// Returns a warning if recognition is slow with this as the best instruction set.
pub(super) fn warning(best: Level) -> Option<SlowProcessor> {
    let slow = if cfg!(target_arch = "x86_64") { SlowProcessor::NoAvx2 } else { SlowProcessor::Unknown };
    (best == Level::Scalar).then_some(slow)
}

/// A recognizer with Lectern's own engine, which computes on the calling thread.
pub struct CpuRecognizer {
    model: Arc<Model>,
    transcriber: Transcriber,
    /// The last vocabulary, and its prepared form.
    listed: Option<(Vocabulary, Listed)>,
}

impl CpuRecognizer {
    /// Returns the options for a request. The prepared vocabulary is cached for the next one.
    fn options(&mut self, request: &Request) -> Options {
        let Some(vocabulary) = &request.vocabulary else { return options(request) };
        let last = self.listed.take().filter(|(last, _)| last == vocabulary);
        let (_, listed) = self
            .listed
            .insert(last.unwrap_or_else(|| (vocabulary.clone(), Listed::new(&self.model, vocabulary))));
        let Listed { prompt, terms } = listed.clone();
        Options { prompt, terms: Some(terms), ..options(request) }
    }

    /// Measures how long the stages of recognizing a window take.
    ///
    /// # Errors
    /// Those of [`Recognizer::recognize`].
    pub fn time_stages(mut self, samples: &[f32], request: &Request) -> Result<StageTimes, RecognizeError> {
        self.recognize(samples, request, &CancelToken::default())?;
        let times = self.transcriber.stage_times();
        Ok(StageTimes {
            spectrogram: times.spectrogram,
            encoder: times.encoder,
            decoder: times.decoder,
            alignment: Some(times.alignment),
        })
    }
}

impl Recognizer for CpuRecognizer {
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        let detected = self.transcriber.detect_language(samples, Cancel::when(cancel.flag()))?;
        Ok(detected.into_iter().map(|(code, probability)| (Language::new(code), probability)).collect())
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let options = self.options(request);
        let found = self.transcriber.transcribe(samples, &options, Cancel::when(cancel.flag()))?;
        Ok(segment(&self.model, found, request, options.terms.as_deref()))
    }

    fn recognize_each(
        &mut self,
        request: &Request,
        cancel: &CancelToken,
        next: &mut dyn FnMut(usize) -> Option<Vec<f32>>,
        done: &mut dyn FnMut(usize, Segment),
    ) -> Result<(), RecognizeError> {
        let options = self.options(request);
        let model = Arc::clone(&self.model);
        let terms = options.terms.as_deref();
        let mut done = |number, found| done(number, segment(&model, found, request, terms));
        let cancel = Cancel::when(cancel.flag());
        Ok(self.transcriber.transcribe_each(&options, cancel, next, &mut done)?)
    }
}

fn options(request: &Request) -> Options {
    let options = Options {
        language: request.language.primary(),
        task: match request.task {
            Task::Transcribe => whisper_cpu::Task::Transcribe,
            Task::Translate => whisper_cpu::Task::Translate,
        },
        ..Options::default()
    };
    // A search with fewer beams finds fewer texts; drafts and quick looks have no other texts.
    let search = SearchOptions {
        beams: request.alternatives.max(SearchOptions::default().beams),
        ..SearchOptions::default()
    };
    match request.effort {
        Effort::Thorough => Options { room: ROOM, search, ..options },
        Effort::Quick => Options { search: greedy(), room: ROOM_OF_PROMPTS, ..options },
        Effort::Prompt => Options { room: ROOM_OF_PROMPTS, search, ..options },
        Effort::Draft => Options {
            room: ROOM_OF_DRAFTS,
            search: greedy(),
            tokens_per_second: MOST_TOKENS_OF_DRAFTS,
            ..options
        },
    }
}

fn greedy() -> SearchOptions {
    SearchOptions { beams: 1, fallback: Vec::new(), ..SearchOptions::default() }
}

/// Converts a transcript. Drafts that look wrong are returned without their words.
fn segment(model: &Model, found: Transcript, request: &Request, terms: Option<&Terms>) -> Segment {
    let doubt = found.doubt.map(|doubt| match doubt {
        whisper_cpu::Doubt::Circular => Doubt::Repetition,
        whisper_cpu::Doubt::Improbable => Doubt::LowProbability,
    });
    if request.effort == Effort::Draft && doubt.is_some() {
        return Segment::default();
    }
    let time = |seconds: f32| MediaTime::from_secs_f64(seconds.into());
    let token = |token: whisper_cpu::Token| Token {
        bytes: token.bytes,
        probability: token.probability,
        start: time(token.start),
        listed: None,
    };
    let end = time(found.seconds);
    let tokens: Vec<_> = found.tokens.into_iter().map(token).collect();
    let wants_readings = request.alternatives > 1;
    let others = if wants_readings || terms.is_some() {
        other_texts(model, found.alternatives, terms)
    } else {
        Vec::new()
    };
    let words = match terms {
        None => words_of(&tokens, end),
        Some(terms) => {
            let mut words = words_of(&spelled_as_listed(tokens, terms, end), end);
            note_what_stands_without(&mut words, &others);
            words
        }
    };
    let alternatives = match wants_readings {
        true => readings(&words, found.log_probability, &others, request.alternatives),
        false => Vec::new(),
    };
    let average_log_probability = found.mean_log_probability;
    Segment { words, average_log_probability, doubt, alternatives, ..Segment::default() }
}

/// The words of other texts that the search has found, without times; the most probable text first.
fn other_texts(model: &Model, mut others: Vec<Hypothesis>, terms: Option<&Terms>) -> Vec<Text> {
    others.sort_by(|one, other| other.log_probability().total_cmp(&one.log_probability()));
    let first_time = model.vocabulary().first_timestamp();
    let token = |id: &u32| Token {
        bytes: model.vocabulary().bytes_of(*id).to_vec(),
        probability: 1.0,
        start: MediaTime::ZERO,
        listed: None,
    };
    let words = |text: &Hypothesis| {
        let tokens: Vec<Token> = text.tokens.iter().filter(|id| **id < first_time).map(token).collect();
        let tokens = match terms {
            Some(terms) => spelled_as_listed(tokens, terms, MediaTime::ZERO),
            None => tokens,
        };
        (words_of(&tokens, MediaTime::ZERO), text.log_probability())
    };
    others.iter().map(words).collect()
}

impl From<TranscribeError> for RecognizeError {
    fn from(error: TranscribeError) -> Self {
        match error {
            TranscribeError::Cancelled(_) => Self::Cancelled,
            TranscribeError::UnknownLanguage(code) => Self::UnknownLanguage(code),
            error => Self::Failed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_processor_without_fast_instructions_is_warned_of() {
        let warned: Vec<_> = Level::ALL.into_iter().filter(|level| warning(*level).is_some()).collect();
        assert_eq!(warned, [Level::Scalar]);
    }
}
