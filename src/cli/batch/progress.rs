//! Shows the progress of a batch: bars on a terminal, lines elsewhere, events for programs.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Zoned};
use serde_json::{Value, json};

use super::super::args::ReportingArguments;
use super::super::hint::explained_skip;
use super::super::report::{clock, counted};
use super::plan::BatchPlan;
use crate::batch::{BatchEvent, Capacity, Failure, JobId, JobNews, Order, Record, Report, Skip};
use crate::console::{eprint_line, print_json, visible};
use crate::time::MediaTime;

/// Minimum time between lines of progress if there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// Shows the progress of a batch.
pub struct BatchProgress {
    json: bool,
    quiet: bool,
    bars: Option<Bars>,
    tally: Tally,
    last_line: Instant,
}

/// A bar for the whole batch at the bottom, and above it one for each running recording.
struct Bars {
    all: MultiProgress,
    whole: ProgressBar,
    running: HashMap<JobId, ProgressBar>,
}

/// The progress of the whole batch.
struct Tally {
    started: Instant,
    jobs: usize,
    ended: usize,
    /// Length of all recordings, as far as their files state it.
    audio: MediaTime,
    /// Length of the finished recordings.
    done: MediaTime,
    /// The progress of the running recordings.
    running: HashMap<JobId, MediaTime>,
}

impl BatchProgress {
    pub fn new(arguments: ReportingArguments) -> Self {
        let ReportingArguments { json, quiet } = arguments;
        let draws = !json && !quiet && std::io::stderr().is_terminal();
        let now = Instant::now();
        Self { json, quiet, bars: draws.then(Bars::new), tally: Tally::new(now), last_line: now }
    }

    /// Adds the jobs of a plan.
    pub fn planned(&mut self, plan: &BatchPlan) {
        let lengths = plan.orders.iter().filter_map(|order| order.job.stated);
        let audio = lengths.fold(MediaTime::ZERO, |sum, length| sum + length);
        self.tally.jobs += plan.orders.len();
        self.tally.audio += audio;
        self.line(|| {
            json!({
                "event": "planned", "recordings": plan.orders.len(), "skipped": plan.skipped.len(),
                "failed": plan.failed.len(), "audio": audio.as_secs_f64(),
            })
        });
        self.note(&format!(
            "{} to caption ({} of audio), {} skipped, {} that cannot be captioned",
            counted(plan.orders.len(), "recording"),
            clock(audio),
            plan.skipped.len(),
            plan.failed.len()
        ));
        if let Some(bars) = &self.bars {
            bars.whole.set_length(millis(self.tally.audio));
        }
    }

    pub fn sharing(&self, capacity: Capacity) {
        let Capacity { workers, threads } = capacity;
        self.line(|| json!({ "event": "sharing", "workers": workers, "threads": threads }));
        let (recordings, each) = (counted(workers.get(), "recording"), counted(threads.get(), "recognizer"));
        self.note(&format!("{recordings} at a time, with {each} each"));
    }

    pub fn skipped(&mut self, file: &Path, skip: Skip) {
        let reason = explained_skip(skip);
        self.line(|| json!({ "event": "skipped", "file": file, "reason": skip.name(), "message": reason }));
        if skip != Skip::Captioned {
            self.note(&format!("{}: {reason}", file.display()));
        }
    }

    pub fn failed(&self, file: &Path, failure: &Failure) {
        let (cause, message) = (failure.cause.name(), &failure.message);
        self.line(|| json!({ "event": "error", "file": file, "cause": cause, "message": message }));
        self.print(&format!("lectern: {message}"));
    }

    pub fn event(&mut self, event: &BatchEvent) {
        let (order, file) = (&*event.job, &*event.job.job.input);
        let named = |event: &str| json!({ "event": event, "file": file });
        match &event.news {
            JobNews::Started => {
                self.line(|| named("started"));
                self.start(order);
            }
            JobNews::LanguageDetected(language) => {
                self.line(|| json!({ "event": "language", "file": file, "language": language }));
            }
            JobNews::Progress(progress) => {
                let (done, total) = (progress.done, progress.total);
                self.line(|| {
                    let total = total.map(MediaTime::as_secs_f64);
                    json!({ "event": "progress", "file": file, "done": done.as_secs_f64(), "total": total })
                });
                self.tally.running.insert(order.job.id.clone(), done);
                self.whole();
                if let Some(bar) = self.bars.as_ref().and_then(|bars| bars.running.get(&order.job.id)) {
                    bar.set_position(millis(done));
                    bar.set_message(format!("{} of {}", clock(done), total.map_or("?".to_owned(), clock)));
                }
            }
            JobNews::HeldBy(machine) => {
                self.line(|| json!({ "event": "held", "file": file, "machine": machine }));
            }
            JobNews::Retrying(how) => {
                self.line(|| json!({ "event": "retrying", "file": file, "message": how.to_string() }));
                self.note(&format!(
                    "{}: its process crashed ({how}); it is tried again, alone",
                    file.display()
                ));
                self.end_bar(order);
            }
            JobNews::Interrupted => {
                self.line(|| named("interrupted"));
                self.end(order);
            }
            JobNews::Skipped(skip) => {
                self.skipped(file, *skip);
                self.end(order);
            }
            JobNews::Failed(failure) => {
                self.failed(file, failure);
                self.end(order);
            }
            JobNews::Captioned(record) => self.captioned(order, record),
        }
    }

    fn captioned(&mut self, order: &Order, record: &Record) {
        let Some(captioned) = record.captioned() else { return };
        let file = &order.job.input;
        self.line(|| {
            let outputs: Vec<_> = order.job.outputs.iter().map(|output| &output.path).collect();
            json!({
                "event": "done", "file": file, "outputs": outputs, "language": captioned.language,
                "duration": captioned.duration.as_secs_f64(), "seconds": captioned.seconds, "cues": captioned.cues,
                "faults": captioned.faults, "doubtful": captioned.doubtful,
                "estimated_wer": captioned.estimated_wer, "warnings": captioned.warnings,
                "recognized": captioned.recognized, "remembered": captioned.remembered,
            })
        });
        for warning in &captioned.warnings {
            self.note(&format!("{}: warning: {warning}", file.display()));
        }
        self.end(order);
    }

    /// Reports a problem that concerns no single recording.
    pub fn warn(&self, message: &str) {
        self.line(|| json!({ "event": "warning", "message": message }));
        self.print(&format!("lectern: warning: {message}"));
    }

    /// Removes the bars and reports the totals.
    pub fn finish(&mut self, report: &Report) {
        if let Some(bars) = self.bars.take() {
            let _ = bars.all.clear();
        }
        let totals = report.totals();
        self.line(|| {
            let mut line = json!(totals);
            line["event"] = "summary".into();
            line["elapsed"] = self.tally.started.elapsed().as_secs_f64().into();
            line
        });
    }

    fn start(&mut self, order: &Order) {
        let length = order.job.stated.unwrap_or_default();
        if let Some(bars) = &mut self.bars {
            bars.start(order, length);
        }
    }

    fn end(&mut self, order: &Order) {
        self.tally.running.remove(&order.job.id);
        self.tally.ended += 1;
        self.tally.done += order.job.stated.unwrap_or_default();
        self.end_bar(order);
        self.whole();
    }

    fn end_bar(&mut self, order: &Order) {
        if let Some(bars) = &mut self.bars
            && let Some(bar) = bars.running.remove(&order.job.id)
        {
            bar.finish_and_clear();
            bars.all.remove(&bar);
        }
    }

    fn whole(&mut self) {
        let text = self.tally.text();
        if let Some(bars) = &self.bars {
            bars.whole.set_position(millis(self.tally.so_far()));
            bars.whole.set_message(text);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            self.note(&text);
        }
    }

    fn note(&self, message: &str) {
        if !self.json && !self.quiet {
            self.print(message);
        }
    }

    fn print(&self, line: &str) {
        // `suspend` of several bars panics when their terminal was closed.
        if let Some(bars) = &self.bars {
            let _ = bars.all.clear();
        }
        eprint_line(line);
        if let Some(bars) = &self.bars {
            bars.whole.tick();
        }
    }

    fn line(&self, object: impl FnOnce() -> Value) {
        if self.json {
            print_json(&object());
        }
    }
}

impl Bars {
    fn new() -> Self {
        let all = MultiProgress::new();
        let whole = all.add(ProgressBar::new(0).with_style(style("{wide_bar} {msg}")));
        Self { all, whole, running: HashMap::new() }
    }

    fn start(&mut self, order: &Order, length: MediaTime) {
        let name = order.job.input.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bar = ProgressBar::new(millis(length)).with_style(style("  {prefix:30!} {bar:20} {msg}"));
        let bar = self.all.insert_before(&self.whole, bar.with_prefix(visible(&name).into_owned()));
        self.running.insert(order.job.id.clone(), bar);
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn millis(time: MediaTime) -> u64 {
    time.as_millis().max(0) as u64
}

impl Tally {
    fn new(started: Instant) -> Self {
        Self {
            started,
            jobs: 0,
            ended: 0,
            audio: MediaTime::ZERO,
            done: MediaTime::ZERO,
            running: HashMap::new(),
        }
    }

    fn so_far(&self) -> MediaTime {
        self.running.values().fold(self.done, |sum, done| sum + *done)
    }

    /// Returns the number of recordings, hours of audio, speed and the expected end.
    fn text(&self) -> String {
        let (done, elapsed) = (self.so_far(), self.started.elapsed().as_secs_f64());
        let speed = done.as_secs_f64() / elapsed.max(0.001);
        let hours = |time: MediaTime| time.as_secs_f64() / 3600.0;
        let end = if done > MediaTime::ZERO {
            let left = (self.audio - done).as_secs_f64().max(0.0) / speed.max(0.001);
            let end = Zoned::now().checked_add(SignedDuration::from_secs_f64(left.min(1e9)));
            end.map_or(String::new(), |end| format!(", ends {}", end.strftime("%a %H:%M")))
        } else {
            String::new()
        };
        format!(
            "{} of {}, {:.1} of {:.1} h, {speed:.1}x{end}",
            self.ended,
            counted(self.jobs, "recording"),
            hours(done),
            hours(self.audio)
        )
    }
}
