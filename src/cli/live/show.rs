//! Shows a live session: its text on standard output, other events on standard error.

use std::path::Path;

use serde_json::json;

use crate::cli::args::ReportingArguments;
use crate::console::{eprint_line, print_json, print_text};
use crate::format::transcribe::stream::{StreamResult, event};
use crate::live::page::CaptionPage;
use crate::live::{LevelTrouble, LevelWatch};
use crate::live::{LiveEvent, LiveStatus, StopReason};
use crate::recognize::LiveTurn;
use crate::time::MediaTime;
use crate::transcript::{Language, Word, join_words};

/// Minimum change of the lag that is reported.
const LAG: MediaTime = MediaTime::from_millis(3000);

pub(super) struct Show {
    pub arguments: ReportingArguments,
    /// The page where browsers see the captions.
    page: Option<CaptionPage>,
    /// Names the session in events.
    name: String,
    language: Option<Language>,
    /// The committed words of the current utterance.
    committed: Vec<Word>,
    /// The last reported lag.
    lag: MediaTime,
    level: LevelWatch,
    /// Whether the recording ended because it could not be written.
    pub is_cut_short: bool,
}

impl Show {
    pub fn new(arguments: ReportingArguments, sound: &Path, page: Option<CaptionPage>) -> Self {
        let name = sound.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (language, committed, lag) = (None, Vec::new(), MediaTime::ZERO);
        Self {
            arguments,
            page,
            name,
            language,
            committed,
            lag,
            level: LevelWatch::default(),
            is_cut_short: false,
        }
    }

    pub fn event(&mut self, event: &LiveEvent) {
        if let Some(page) = &self.page {
            page.show(event);
        }
        match event {
            LiveEvent::Status(status) => self.status(status),
            LiveEvent::LanguageDetected(language) => {
                self.language = Some(language.clone());
                self.note("language", json!(language), &format!("the language is {language}"));
            }
            LiveEvent::Tentative { utterance, words } => self.result(*utterance, words, true),
            LiveEvent::Committed { utterance, words, is_last } => {
                self.committed.extend_from_slice(words);
                if !self.arguments.json {
                    self.text(words, *is_last);
                } else if *is_last {
                    self.result(*utterance, &[], false);
                }
                if *is_last {
                    self.committed.clear();
                }
            }
            LiveEvent::Recognized(_) => {}
            LiveEvent::Speakers(turns) => self.speakers(turns),
            LiveEvent::SpeakersUnknown { reason } => {
                let text = format!("{reason}; the captions do not say who speaks");
                self.note("speakers_unknown", json!(reason.to_string()), &text);
            }
            LiveEvent::DeviceLost { at, reason } => {
                let text = format!("{at}: {reason}; silence is recorded until it is back");
                self.note(
                    "device_lost",
                    json!({ "at": at.as_secs_f64(), "reason": reason.to_string() }),
                    &text,
                );
            }
            LiveEvent::DeviceBack { gap } => {
                let object = json!({ "start": gap.start.as_secs_f64(), "end": gap.end.as_secs_f64() });
                self.note("gap", object, &format!("the input is back; the recording is silent from {gap}"));
            }
            LiveEvent::SoundDropped { at, length } => {
                let object = json!({ "at": at.as_secs_f64(), "length": length.as_secs_f64() });
                let text = format!("{at}: the computer was too busy: {length} of audio is missing");
                self.note("sound_dropped", object, &text);
            }
            LiveEvent::FullQualityStopped { at, reason } => {
                let text = format!("{reason}; the recording continues without full quality from {at}");
                self.note(
                    "full_quality_stopped",
                    json!({ "at": at.as_secs_f64(), "reason": reason.to_string() }),
                    &text,
                );
            }
            LiveEvent::DiskLow { minutes } => {
                let text = format!("the disk will be full in about {minutes} minutes; free some space now");
                self.note("disk_low", json!({ "minutes": minutes }), &text);
            }
            LiveEvent::RecognizerFailed { reason } => {
                self.note(
                    "recognizer_failed",
                    json!(reason.to_string()),
                    &format!("{reason}; the recognizer is restarted"),
                );
            }
            LiveEvent::NotRecognized { span } => {
                let object = json!({ "start": span.start.as_secs_f64(), "end": span.end.as_secs_f64() });
                let text = format!("the speech from {span} could not be recognized; the audio is kept");
                self.note("not_recognized", object, &text);
            }
            LiveEvent::Paused { at } => {
                self.note("paused", json!(at.as_secs_f64()), &format!("paused at {at}"))
            }
            LiveEvent::Resumed { at } => {
                self.note("resumed", json!(at.as_secs_f64()), &format!("resumed at {at}"))
            }
            LiveEvent::Stopped { at, reason } => self.stopped(*at, reason),
        }
    }

    /// Tells who seems to speak. The text is already printed, so only JSON has it.
    fn speakers(&self, turns: &[LiveTurn]) {
        if self.arguments.json {
            let turn = |LiveTurn { span, voice }: &LiveTurn| json!({ "start": span.start.as_secs_f64(), "end": span.end.as_secs_f64(), "voice": voice });
            let turns: Vec<_> = turns.iter().map(turn).collect();
            print_json(&json!({ "event": "speakers", "turns": turns }));
        }
    }

    fn status(&mut self, status: &LiveStatus) {
        match self.level.follow(status) {
            Some(LevelTrouble::Clipping) => {
                self.note(
                    "clipping",
                    json!(true),
                    "the sound is too loud and clipped: turn the microphone down",
                );
            }
            Some(LevelTrouble::Silent) => {
                let text = "no sound for ten seconds: is the microphone muted, or the wrong one?";
                self.note("silent", json!(true), text);
            }
            None => {}
        }
        if self.arguments.json {
            let LiveStatus { recorded, lag, level } = status;
            print_json(&json!({
                "event": "status", "recorded": recorded.as_secs_f64(), "lag": lag.as_secs_f64(),
                "peak_db": rounded(level.peak_db()), "rms_db": rounded(level.rms_db()), "clipped": level.clipped,
            }));
        } else if status.lag.abs_diff(self.lag) >= LAG {
            self.lag = status.lag;
            let seconds = status.lag.as_secs_f64();
            self.print(&format!("the captions are {seconds:.0} s behind; no sound is lost"));
        }
    }

    fn stopped(&mut self, at: MediaTime, reason: &StopReason) {
        self.is_cut_short = matches!(reason, StopReason::DiskFull | StopReason::Unwritable(_));
        let why = match reason {
            StopReason::Asked => "the recording was stopped".to_owned(),
            StopReason::EndOfInput => "the input has ended".to_owned(),
            StopReason::DiskFull => "the disk is full: the recording was stopped".to_owned(),
            StopReason::Unwritable(cause) => format!("the recording was stopped: {cause}"),
        };
        let text =
            format!("{why} at {at}; the rest is being recognized (press Ctrl-C to leave that for later)");
        self.note("stopped", json!({ "at": at.as_secs_f64(), "reason": why }), &text);
    }

    /// Prints committed words as they come, one utterance per line.
    fn text(&self, words: &[Word], is_last: bool) {
        let is_first = self.committed.len() == words.len();
        let mut text = join_words(words);
        if !is_first && words.first().is_some_and(|word| word.space_before) {
            text.insert(0, ' ');
        }
        if is_last && !self.committed.is_empty() {
            text.push('\n');
        }
        print_text(&text);
    }

    fn result(&self, utterance: u64, unstable: &[Word], is_partial: bool) {
        if !self.arguments.json || self.committed.is_empty() && unstable.is_empty() {
            return;
        }
        let (id, language) = (format!("{}-{utterance}", self.name), self.language.as_ref());
        let result = StreamResult { id: &id, language, stable: &self.committed, unstable, is_partial };
        print_json(&event(&result));
    }

    fn note(&self, event: &str, detail: serde_json::Value, text: &str) {
        if self.arguments.json {
            print_json(&json!({ "event": event, "detail": detail }));
        } else {
            self.print(text);
        }
    }

    fn print(&self, text: &str) {
        if !self.arguments.quiet {
            eprint_line(&format!("lectern: {text}"));
        }
    }
}

fn rounded(decibels: f32) -> f64 {
    (f64::from(decibels) * 10.0).round() / 10.0
}
