//! Measures how fast a recognizer follows speech, and chooses the best model that keeps up.

use std::sync::Arc;
use std::time::Duration;

use super::clock::SessionClock;
use super::pace::Pace;
use crate::asr::catalog::{CatalogEntry, Languages, ModelKind, Obtain, Shape};
use crate::asr::locate::{DEFAULT_SPEECH, Listing, list, search_roots};
use crate::asr::{CancelToken, Effort, RecognizeError, Recognizer};
use crate::audio::SAMPLE_RATE;
use crate::machine::Machine;
use crate::recognize::CaptionRequest;
use crate::time::MediaTime;
use crate::transcript::Language;

/// A decoding that takes longer is not repeated, to keep the check short.
const SLOW: Duration = Duration::from_secs(3);
/// The fraction of the time that recognition may use: the rest is for slides, browsers and faster speech.
const MOST_WORK: f64 = 0.5;
/// The latest useful time for a word to become certain.
const LATEST: MediaTime = MediaTime::from_millis(2000);
/// The speeds in the catalogue are estimates. A model is tried if it would keep up at this multiple of its speed.
const TRUST: f64 = 1.5;

/// How long a recognizer takes to decode some audio.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Speed {
    /// Time for a draft.
    pub draft: Duration,
    /// Time for the final words.
    pub utterance: Duration,
    /// Length of the decoded audio.
    pub decoded: MediaTime,
}

impl Speed {
    /// Measures how long the recognizer takes to decode these samples, mono at 16 kHz.
    ///
    /// # Errors
    /// [`RecognizeError`] if the recognizer fails.
    pub fn measure(
        recognizer: &mut impl Recognizer,
        samples: &[f32],
        clock: &Arc<dyn SessionClock>,
        request: &CaptionRequest,
    ) -> Result<Self, RecognizeError> {
        let language = request.language.clone().unwrap_or_else(|| Language::new("en"));
        let mut time = |effort| {
            let request = request.of_window(language.clone(), effort);
            let start = clock.now();
            recognizer.recognize(samples, &request, &CancelToken::default())?;
            Ok::<_, RecognizeError>(clock.now() - start)
        };
        // The first call of a recognizer is slower than later ones; if it is very slow, no second one is needed.
        let first = time(Effort::Draft)?;
        let (draft, utterance) =
            if first > SLOW { (first, first) } else { (time(Effort::Draft)?, time(Effort::Prompt)?) };
        Ok(Self { draft, utterance, decoded: MediaTime::from_samples(samples.len() as u64, SAMPLE_RATE) })
    }

    /// Returns the expected time from when a word is spoken until it is seen, and until it is certain. `None` if there
    /// is no time for drafts, so that words appear only at the end of an utterance.
    pub fn latency(&self) -> Option<(MediaTime, MediaTime)> {
        let mut pace = Pace::default();
        pace.measured(self.draft);
        let step = pace.step()?.as_secs_f64();
        let draft = self.draft.as_secs_f64();
        // On average a word waits half a step for the next draft, and one more step to be certain.
        Some((MediaTime::from_secs_f64(step / 2.0 + draft), MediaTime::from_secs_f64(step * 1.5 + draft)))
    }

    /// Returns the real-time factor of the final decoding: its time divided by the length of the audio.
    pub fn rtf(&self) -> f64 {
        self.utterance.as_secs_f64() / self.decoded.as_secs_f64().max(0.001)
    }

    /// Returns whether captions come in time, with a reserve for other programs.
    pub fn keeps_up(&self) -> bool {
        self.rtf() <= MOST_WORK && self.latency().is_some_and(|(_, certain)| certain <= LATEST)
    }

    /// Returns the speed of a recognizer that is this many times as fast.
    fn times_as_fast(self, factor: f64) -> Self {
        let scaled = |time: Duration| time.div_f64(factor);
        Self { draft: scaled(self.draft), utterance: scaled(self.utterance), ..self }
    }
}

/// Returns the models of the catalogue that know the language and are installed, or are not and can be downloaded. The
/// best come first: those with the largest encoder, then those with the largest decoder, and of two equal ones the one
/// for English only.
fn best_first(
    listings: &[Listing],
    installed: bool,
    language: Option<&Language>,
) -> Vec<&'static CatalogEntry> {
    let is_english = language.is_some_and(|language| language.primary() == "en");
    let known = |entry: &CatalogEntry| is_english || entry.languages == Languages::Multilingual;
    let there = listings.iter().filter(|listing| listing.path.is_some() == installed);
    let there = there.filter_map(|listing| listing.entry);
    let there = there.filter(|entry| installed || entry.obtain == Obtain::Download);
    let mut models: Vec<_> = there.filter(|entry| entry.kind == ModelKind::Speech && known(entry)).collect();
    let rank = |entry: &CatalogEntry| {
        let shape = entry.shape.unwrap_or(Shape::BASE);
        (shape.encoder_work(), shape.decoder_work(), entry.languages == Languages::English)
    };
    models.sort_by(|a, b| rank(b).partial_cmp(&rank(a)).unwrap_or(std::cmp::Ordering::Equal));
    models
}

/// Returns the installed models that know the language and fit into memory, the best first.
pub fn models_here(language: Option<&Language>) -> Vec<&'static CatalogEntry> {
    models(true, language)
}

/// Returns the models that are not installed but can be downloaded, otherwise like [`models_here`].
pub fn models_to_get(language: Option<&Language>) -> Vec<&'static CatalogEntry> {
    models(false, language)
}

fn models(installed: bool, language: Option<&Language>) -> Vec<&'static CatalogEntry> {
    let machine = Machine::this();
    let mut models = best_first(&list(&search_roots()), installed, language);
    models.retain(|entry| machine.has_room(u64::from(entry.memory_mb) * 1_000_000));
    models
}

/// Returns the best of `models`, which are sorted, that keeps up; `None` if that is the default model, which has this
/// `speed`. `measure` loads and tries a model; it returns `None` for one that cannot be used.
pub(super) fn choose<M>(
    speed: Speed,
    models: &[&'static CatalogEntry],
    mut measure: impl FnMut(&'static CatalogEntry) -> Option<(M, Speed)>,
) -> Option<(&'static CatalogEntry, M, Speed)> {
    let is_default = |entry: &CatalogEntry| entry.name == DEFAULT_SPEECH;
    let better = models.iter().take_while(|entry| !(is_default(entry) && speed.keeps_up()));
    // One of two equally slow models is enough.
    let might = |entry: &CatalogEntry| {
        !is_default(entry) && speed.times_as_fast(TRUST * relative_speed(entry)).keeps_up()
    };
    better.filter(|entry| might(entry)).find_map(|entry| {
        let (model, speed) = measure(entry)?;
        speed.keeps_up().then_some((*entry, model, speed))
    })
}

/// Returns the first of `models`, which are sorted, that is better than the one with this `speed`, and would keep up
/// according to the catalogue.
pub(super) fn better(
    speed: Speed,
    used: &CatalogEntry,
    models: &[&'static CatalogEntry],
) -> Option<&'static CatalogEntry> {
    let speed_of = |entry: &CatalogEntry| relative_speed(entry) / relative_speed(used);
    let is_better = |entry: &&CatalogEntry| speed_of(entry) < 0.9;
    let mut better = models.iter().copied().filter(is_better);
    better.find(|entry| speed.times_as_fast(speed_of(entry)).keeps_up())
}

fn relative_speed(entry: &CatalogEntry) -> f64 {
    entry.shape.map_or(1.0, Shape::relative_speed)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::asr::catalog::Catalog;

    /// Makes listings in which these models are installed.
    fn listings(there: &[&str]) -> Vec<Listing> {
        let listing = |entry: &'static CatalogEntry| Listing {
            name: entry.name.clone(),
            entry: Some(entry),
            path: there.contains(&entry.name.as_str()).then(|| PathBuf::from(&entry.file)),
        };
        Catalog::builtin().models().iter().map(listing).collect()
    }

    fn names(there: &[&str], language: Option<&str>) -> Vec<&'static str> {
        let language = language.map(Language::new);
        best_first(&listings(there), true, language.as_ref())
            .iter()
            .map(|entry| entry.name.as_str())
            .collect()
    }

    /// Returns the speed of a recognizer that takes this long for a draft of six seconds, and twice as long for the
    /// final words.
    fn speed(draft: u64) -> Speed {
        let draft = Duration::from_millis(draft);
        Speed { draft, utterance: 2 * draft, decoded: MediaTime::from_millis(6000) }
    }

    #[test]
    fn models_are_sorted_by_how_well_they_know_the_language() {
        let there = ["silero", "tiny", "base-q8_0", "base.en", "small", "large-v3-turbo"];
        assert_eq!(names(&there, Some("de")), ["large-v3-turbo", "small", "base-q8_0", "tiny"]);
        assert_eq!(names(&there, None), names(&there, Some("de")));
        assert_eq!(names(&there, Some("en-GB")), ["large-v3-turbo", "small", "base.en", "base-q8_0", "tiny"]);
    }

    /// Returns which model is chosen, and which were tried, if the default model takes `base` ms for a draft, and each
    /// other one as long as the catalogue says, times `surprise`.
    fn chosen(base: u64, surprise: f64) -> (Option<&'static str>, Vec<&'static str>) {
        let listed = listings(&["tiny", "base-q8_0", "small", "medium", "large-v3-q5_0"]);
        let mut tried = Vec::new();
        let found = choose(speed(base), &best_first(&listed, true, None), |entry| {
            tried.push(entry.name.as_str());
            Some(((), speed(base).times_as_fast(relative_speed(entry) / surprise)))
        });
        (found.map(|(entry, ..)| entry.name.as_str()), tried)
    }

    #[test]
    fn the_best_model_that_keeps_up_is_chosen_by_trying() {
        assert_eq!(chosen(30, 1.0), (Some("large-v3-q5_0"), vec!["large-v3-q5_0"]));
        assert_eq!(chosen(70, 1.0), (Some("medium"), vec!["medium"]));
        // It is slower than expected.
        assert_eq!(chosen(30, 2.0), (Some("medium"), vec!["large-v3-q5_0", "medium"]));
        // The default model stays if no better one keeps up.
        assert_eq!(chosen(500, 1.0), (None, vec![]));
        assert_eq!(chosen(250, 1.5), (None, vec!["small"]));
        // A smaller one is better than one that falls behind.
        assert_eq!(chosen(1200, 1.0), (Some("tiny"), vec!["tiny"]));
        assert_eq!(chosen(9000, 1.0), (None, vec![]));
    }

    #[test]
    fn what_is_worth_getting_is_better_and_keeps_up() {
        let catalog = Catalog::builtin();
        let listed = listings(&["silero", "base-q8_0", "small"]);
        let others = best_first(&listed, false, None);
        assert!(others.iter().all(|entry| entry.obtain == Obtain::Download && entry.name != "small"));
        let get = |used: &str, draft| {
            let better = better(speed(draft), catalog.find(used).unwrap(), &others);
            better.map(|entry| entry.name.as_str())
        };
        assert_eq!(get("base-q8_0", 70), Some("large-v3-turbo"));
        assert_eq!(get("base-q8_0", 500), None, "nothing better keeps up");
        assert_eq!(get("large-v3", 70), None, "there is none");
        // An installed model is not downloaded again.
        assert_ne!(get("base-q8_0", 250), Some("small"));
    }

    #[test]
    fn a_model_that_cannot_be_used_is_passed_over() {
        let listed = listings(&["base-q8_0", "small", "medium"]);
        let usable = |entry: &'static CatalogEntry| (entry.name == "small").then_some(((), speed(100)));
        let found = choose(speed(30), &best_first(&listed, true, None), usable);
        assert_eq!(found.map(|(entry, ..)| entry.name.as_str()), Some("small"));
    }

    #[test]
    fn latency_follows_from_the_cost_of_a_draft() {
        let millis = |draft| {
            let (seen, certain) = speed(draft).latency().unwrap();
            (seen.as_millis(), certain.as_millis())
        };
        assert_eq!(millis(50), (175, 425));
        assert_eq!(millis(300), (600, 1200));
        assert!(speed(800).keeps_up() && !speed(900).keeps_up());
    }
}
