//! `lectern bench --live`: how soon words are seen and certain, on this machine.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::bench::judge_words;
use super::machine;
use crate::eval::{Latencies, Screen, WordErrors};
use crate::session::live::{Clock, FileSource, LiveFiles, LiveOptions, LiveSession};
use crate::session::{Engine, LiveEvent, TranscribeOptions};
use crate::time::MediaTime;
use crate::transcript::Transcript;

pub(super) struct Measured {
    audio: MediaTime,
    latencies: Latencies,
    most_lag: MediaTime,
    /// Errors of the captions, and of what was on the screen.
    words: Option<(WordErrors, WordErrors)>,
}

/// Plays a recording in real time, as `lectern live --input FILE --realtime` does.
pub(super) fn measure(
    engine: &Engine,
    file: &Path,
    reference: Option<&Path>,
    options: &TranscribeOptions,
) -> anyhow::Result<Measured> {
    let engine = engine.live(options.threads);
    let clock: Arc<dyn Clock> = Arc::clone(&engine.clock);
    let source = FileSource::open(file, Arc::clone(&clock), 1.0)?;
    let folder = tempfile::tempdir()?;
    let files = LiveFiles::named(folder.path(), "bench");
    let live = LiveOptions {
        language: options.language.clone(),
        task: options.task,
        prompt: options.prompt.clone(),
        windows: LiveOptions::utterances(),
    };
    let session = LiveSession::start(Box::new(source), engine, &files, live)?;
    let started = clock.now();
    let (mut screen, mut most_lag) = (Screen::default(), MediaTime::ZERO);
    for event in session.events() {
        let at = MediaTime::from_millis((clock.now() - started).as_millis() as i64);
        match event {
            LiveEvent::Tentative { words, .. } => screen.tentative(at, &words),
            LiveEvent::Committed { words, .. } => screen.commit(at, &words),
            LiveEvent::Status(status) => most_lag = most_lag.max(status.lag),
            _ => {}
        }
    }
    let transcript = session.finish()?;
    let spoken: Vec<_> = transcript.words().cloned().collect();
    let latencies = screen.latencies(&spoken, &transcript.language);
    let words = reference.map(|path| judge(path, &transcript, &screen)).transpose()?;
    Ok(Measured { audio: transcript.duration, latencies, most_lag, words })
}

fn judge(
    reference: &Path,
    transcript: &Transcript,
    screen: &Screen,
) -> anyhow::Result<(WordErrors, WordErrors)> {
    let heard = crate::transcript::join_words(transcript.words());
    let language = &transcript.language;
    Ok((judge_words(reference, &heard, language)?, judge_words(reference, &screen.text(), language)?))
}

impl Measured {
    pub fn lines(&self, as_json: bool) -> Vec<String> {
        let percentile = |times: &[MediaTime], percent| {
            Latencies::percentile(times, percent).map_or(0.0, MediaTime::as_secs_f64)
        };
        let Latencies { seen, committed, committed_words, changed } = &self.latencies;
        let both = |times: &[MediaTime]| (percentile(times, 50), percentile(times, 95));
        let ((seen, seen_most), (certain, certain_most)) = (both(seen), both(committed));
        let changes = *changed as f64 / (*committed_words).max(1) as f64;
        let errors = self.words.as_ref().map(|(captions, screen)| (captions.wer(), screen.wer()));
        if as_json {
            let object = json!({
                "machine": machine::describe(), "audio": self.audio.as_secs_f64(),
                "seen_median": seen, "seen_p95": seen_most,
                "committed_median": certain, "committed_p95": certain_most,
                "changes_per_word": changes, "most_lag": self.most_lag.as_secs_f64(),
                "wer": errors.map(|(captions, _)| captions), "screen_wer": errors.map(|(_, screen)| screen),
                "peak_memory_mb": machine::peak_memory_mb(),
            });
            return vec![object.to_string()];
        }
        let mut lines = vec![
            format!("machine          {}", machine::describe()),
            format!("recording        {}, played in real time", self.audio),
            format!(
                "words seen       {seen:.2} s after they were spoken (median), {seen_most:.2} s (95th percentile)"
            ),
            format!("words certain    {certain:.2} s (median), {certain_most:.2} s (95th percentile)"),
            format!("changes          {changes:.2} tentative words for each certain one"),
            format!("greatest lag     {:.1} s", self.most_lag.as_secs_f64()),
        ];
        lines.extend(errors.map(|(captions, screen)| {
            format!("word error rate  {:.2} %, on the screen {:.2} %", 100.0 * captions, 100.0 * screen)
        }));
        lines.extend(machine::peak_memory_mb().map(|memory| format!("peak memory      {memory} MB")));
        lines
    }
}
