//! Reports to people or programs: progress on standard error, results on standard output.

use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::args::ReportingArguments;
use super::hiding::{hidden_event, hidden_line};
use super::hint;
use super::saved::SavedCaptions;
use crate::asr::Backend;
use crate::console::{eprint_line, print_json, print_path, visible};
use crate::hide::{Hidden, Hiding};
use crate::recognize::{Event, Progress};
use crate::time::MediaTime;
use crate::transcript::{Language, LanguageScore, join_words};

/// Minimum time between lines of progress if there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Prints an error to standard error.
pub fn error(error: &anyhow::Error) {
    eprint_line(&format!("lectern: {}", explained(error)));
}

/// Warns if the processor is too old for fast recognition.
pub fn warn_of_processor(backend: Backend, quiet: bool) {
    if let Some(warning) = backend.warning().filter(|_| !quiet) {
        eprint_line(&format!("lectern: warning: {warning}"));
    }
}

fn language_event(language: &Language, scores: &[LanguageScore]) -> Value {
    let mut event = json!({ "event": "language", "language": language });
    if !scores.is_empty() {
        let score =
            |found: &LanguageScore| json!({ "language": found.language, "score": thousandths(found.score) });
        event["scores"] = scores.iter().map(score).collect();
    }
    event
}

fn thousandths(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// The language by its own name, and the others that are at all probable.
fn language_line(language: &Language, scores: &[LanguageScore]) -> String {
    const LEAST: f32 = 0.01;
    let percent = |found: &LanguageScore| format!("{:.0} %", found.score * 100.0);
    let sure = scores.first().map_or_else(String::new, |first| format!(", {}", percent(first)));
    let others = scores.iter().skip(1).filter(|found| found.score >= LEAST);
    let others: Vec<_> =
        others.map(|found| format!("{} {}", found.language.described(), percent(found))).collect();
    let others = if others.is_empty() { String::new() } else { format!("; {}", others.join(", ")) };
    format!("the language is {}{sure}{others}", language.described())
}

/// Returns an error on one line with its causes, each once because some errors quote their cause, and with its hint.
pub fn explained(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    if let Some(hint) = hint::of_error(error) {
        text.push_str("; ");
        text.push_str(hint);
    }
    text
}

/// Reports on the recordings of one command, one after the other.
pub struct Reporter {
    json: bool,
    quiet: bool,
    /// Whether recognized words must not be shown immediately.
    hides_words: bool,
    bar: Option<ProgressBar>,
    file: String,
    started: Instant,
    last_line: Instant,
}

impl Reporter {
    pub fn new(arguments: ReportingArguments) -> Self {
        let now = Instant::now();
        let ReportingArguments { json, quiet } = arguments;
        let (bar, file) = (None, String::new());
        Self { json, quiet, hides_words: false, bar, file, started: now, last_line: now }
    }

    /// Stops showing words as they are recognized, if something is hidden in the captions.
    pub fn hiding(self, hiding: &Hiding) -> Self {
        Self { hides_words: hiding.hides_words(), ..self }
    }

    pub fn start(&mut self, file: &Path) {
        self.file = file.display().to_string();
        (self.started, self.last_line) = (Instant::now(), Instant::now());
        self.line(|| json!({ "event": "started" }));
        if !self.json && !self.quiet && std::io::stderr().is_terminal() {
            self.bar = Some(progress_bar(file));
        }
    }

    /// Shows the bar before the first words, which bring the first progress.
    pub fn show_bar(&self) {
        if let Some(bar) = &self.bar {
            bar.tick();
        }
    }

    pub fn event(&mut self, event: &Event) {
        match event {
            Event::LanguageDetected { language, scores } => {
                self.line(|| language_event(language, scores));
                self.note(&language_line(language, scores));
            }
            Event::Recognized(_) if self.hides_words => {}
            Event::Recognized(segment) => self.line(|| {
                let span = segment.span();
                let text = join_words(&segment.words);
                json!({ "event": "segment", "start": seconds(span.start), "end": seconds(span.end), "text": text })
            }),
            Event::Progress(progress) => self.progress(*progress),
        }
    }

    /// Reports a problem that does not stop the work.
    pub fn warn(&self, message: &str) {
        self.line(|| json!({ "event": "warning", "message": message }));
        if !self.quiet {
            self.print(&format!("{}: warning: {message}", self.file));
        }
    }

    /// Reports something about the work itself.
    pub fn note(&self, message: &str) {
        if !self.json && !self.quiet {
            self.print(&format!("{}: {message}", self.file));
        }
    }

    /// Reports what was hidden.
    pub fn hidden(&self, hidden: &[Hidden]) {
        if let Some(event) = hidden_event(hidden) {
            self.line(|| event);
        }
        if let Some(line) = hidden_line(hidden) {
            self.note(&line);
        }
    }

    pub fn done(&mut self, captioned: &SavedCaptions) {
        self.clear();
        let outputs: Vec<_> = captioned.outputs.iter().map(|path| path.display().to_string()).collect();
        let rtf = self.started.elapsed().as_secs_f64() / captioned.duration.as_secs_f64().max(0.001);
        self.line(|| {
            json!({
                "event": "done", "outputs": outputs, "language": captioned.language, "cues": captioned.cues,
                "duration": seconds(captioned.duration), "rtf": (rtf * 10_000.0).round() / 10_000.0,
                "faults": captioned.faults, "speech_bound": captioned.speech_bound,
            })
        });
        if self.json {
            return;
        }
        let took = self.started.elapsed().as_secs_f64();
        self.note(&format!(
            "{}, {} of sound in {took:.1} s (RTF {rtf:.3})",
            counted(captioned.cues, "cue"),
            captioned.duration
        ));
        captioned.outputs.iter().for_each(|output| print_path(output));
    }

    pub fn failed(&mut self, failure: &anyhow::Error) {
        self.clear();
        self.line(|| json!({ "event": "error", "message": explained(failure) }));
        error(failure);
    }

    /// Names the project that holds the captions that could not be written. Printed even with `--quiet`.
    pub fn kept(&self, project: &Path) {
        let shown = project.display();
        self.line(|| json!({ "event": "kept", "project": shown.to_string() }));
        eprint_line(&format!(
            "lectern: the captions are kept in {shown}; open it in the window, or use `lectern convert`"
        ));
    }

    pub fn summary(&self, done: usize, failed: usize) {
        if self.json {
            print_json(&json!({ "event": "summary", "done": done, "failed": failed }));
        }
    }

    fn progress(&mut self, progress: Progress) {
        let elapsed = self.started.elapsed().as_secs_f64();
        let speed = progress.done.as_secs_f64() / elapsed.max(0.001);
        let left =
            progress.total.map(|total| (total - progress.done).as_secs_f64().max(0.0) / speed.max(0.001));
        self.line(|| {
            let total = progress.total.map(seconds);
            json!({ "event": "progress", "done": seconds(progress.done), "total": total, "speed": speed, "seconds_left": left })
        });
        let total = progress.total.map_or("?".to_owned(), clock);
        let left =
            left.map_or(String::new(), |left| format!(", {} left", clock(MediaTime::from_secs_f64(left))));
        let text = format!("{} of {total}, {speed:.1}x{left}", clock(progress.done));
        if let Some(bar) = &self.bar {
            bar.set_length(progress.total.map_or(0, |total| total.as_millis().max(0) as u64));
            bar.set_position(progress.done.as_millis().max(0) as u64);
            bar.set_message(text);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            self.note(&text);
        }
    }

    fn print(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprint_line(line)),
            None => eprint_line(line),
        }
    }

    fn line(&self, object: impl FnOnce() -> Value) {
        if self.json {
            let mut object = object();
            object["file"] = self.file.clone().into();
            print_json(&object);
        }
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn progress_bar(file: &Path) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {msg}");
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // With a length of zero, the bar would be full.
    ProgressBar::new(1)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        .with_prefix(visible(&name).into_owned())
}

fn seconds(time: MediaTime) -> f64 {
    time.as_secs_f64()
}

/// Returns a number of things in English, such as "1 cue" or "2 cues".
pub fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// Returns hours, minutes and seconds.
pub fn clock(time: MediaTime) -> String {
    let clock = time.clock();
    format!("{}:{:02}:{:02}", clock.hours, clock.minutes, clock.seconds)
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn singular_and_plural_differ() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "cue")), ["0 cues", "1 cue", "2 cues"]);
    }

    #[test]
    fn each_cause_is_printed_once() {
        let cause = || Err::<(), _>(std::io::Error::other("disk full"));
        let printed = |context: &str| explained(&cause().with_context(|| context.to_owned()).unwrap_err());
        assert_eq!(printed("a.srt: cannot be written"), "a.srt: cannot be written: disk full");
        assert_eq!(printed("a.srt: disk full; make room"), "a.srt: disk full; make room");
    }
}
