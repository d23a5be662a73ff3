//! Captions recordings, as a whole or in part.

use std::path::PathBuf;

use crate::asr::CancelToken;
use crate::gui::dialogs::{CaptionDialog, Dialog};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::models::tell_of_better_models;
use crate::gui::notice::{NoticeKind, Subject};
use crate::gui::request::{caption_request, profile, remembering, terms, transcribe_options};
use crate::gui::shared::Shared;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{
    AgainJob, CaptioningJob, Captions, Ended, NotTranscribed, SecondJob, SpeakersTask, Update,
};
use crate::project::Project;
use crate::recognize::{SpeakerWish, TranscribeOptions, to_document};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Segment, Transcript};

impl CaptionEditor {
    /// Asks with what to caption a recording.
    pub(super) fn ask_to_caption(&self, shared: &mut Shared<'_>, recording: PathBuf) {
        *shared.dialog = Some(Dialog::Caption(CaptionDialog::new(recording)));
    }

    /// Asks with what to caption the open recording again.
    pub(super) fn caption_again(&self, shared: &mut Shared<'_>) {
        let open = self.state.workspace.as_ref();
        if let Some(recording) = open.and_then(|workspace| workspace.recording.clone()) {
            self.ask_to_caption(shared, recording);
        }
    }

    pub fn transcribe(&mut self, shared: &mut Shared<'_>, path: PathBuf) {
        let request = caption_request(shared.settings, profile(shared.settings));
        let language = request.language.clone().unwrap_or_default();
        let document = to_document(Transcript { language, ..Transcript::default() }, &path, &request);
        self.show(shared, Project { document, ..Project::default() }, &path);
        self.begin_keeping(shared);
        self.connect(shared, path);
        self.start_transcription(shared);
    }

    /// Captions the rest of the recording.
    pub(super) fn start_transcription(&mut self, shared: &Shared<'_>) {
        let terms = terms(shared.settings);
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(recording) = workspace.recording.clone() else { return };
        workspace.set_vocabulary(terms);
        self.last_job += 1;
        let cancel = CancelToken::default();
        let before = workspace.document().clone();
        let editor = workspace.editor();
        let has_history = editor.undo_label().or(editor.redo_label()).is_some();
        workspace.begin_task(self.last_job, cancel.clone());
        let options = transcribe_options(shared.settings, workspace.profile().clone());
        let options = remembering(options, shared.remembered);
        let options = TranscribeOptions {
            request: options.request.with_language(known(&before.language)),
            from: workspace.recognized_until.unwrap_or_default(),
            ..options
        };
        let job = CaptioningJob { number: self.last_job, recording, options, before, has_history, cancel };
        shared.workers.transcribe(job, shared.services.engines.clone());
    }

    /// Starts a second recognizer on a recording that was just captioned, if one is installed and enabled.
    fn ask_second(&mut self, shared: &Shared<'_>) {
        let settings = &*shared.settings;
        if settings.no_second_opinion || settings.low_memory {
            return;
        }
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(recording) = workspace.recording.clone() else { return };
        let document = workspace.document();
        let options = transcribe_options(shared.settings, workspace.profile().clone());
        let engines = &shared.services.engines;
        let Some(engine) = engines.second(&options.request.engine, &document.language) else { return };
        let transcript = Transcript {
            language: document.language.clone(),
            segments: document.segments.clone(),
            ..Transcript::default()
        };
        let cancel = CancelToken::default();
        workspace.second = Some(cancel.clone());
        let job = SecondJob { workspace: workspace.number, recording, engine, options, transcript, cancel };
        shared.workers.ask_second(job, engines.clone());
    }

    pub(super) fn cancel_second(&mut self) {
        if let Some(second) = self.workspace_mut().and_then(|workspace| workspace.second.take()) {
            second.cancel();
        }
    }

    /// Recognizes the selected cues again.
    pub(super) fn transcribe_again(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        let Some(soundtrack) = &workspace.soundtrack else { return };
        let document = workspace.document();
        let cues = workspace.chosen();
        let spans = cues.iter().filter_map(|id| document.cue(*id)).map(|cue| cue.span);
        let Some(span) = spans.reduce(TimeSpan::joined) else { return };
        let language = document.language.clone();
        let options = transcribe_options(shared.settings, workspace.profile().clone());
        let request = options.request.with_language(known(&language));
        let job = AgainJob {
            workspace: workspace.number,
            cues,
            span,
            sound: soundtrack.sound().clone(),
            options: TranscribeOptions { request, ..options },
            language,
        };
        shared.workers.transcribe_again(job, shared.services.engines.clone());
        shared.notices.done(say("notice-listening-again"));
    }

    pub(super) fn cancel_transcription(&mut self) {
        let task = self.state.workspace.as_ref().and_then(|workspace| workspace.task.as_ref());
        if let Some(task) = task {
            task.cancel.cancel();
        }
    }

    pub(super) fn transcribed(&mut self, shared: &mut Shared<'_>, job: u64, update: Update) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(task) = workspace.task.as_mut().filter(|task| task.job == job) else { return };
        let is_sound = !matches!(update, Update::Ended(Ended::Not { .. }));
        if let Some(recording) =
            workspace.recording.as_ref().filter(|_| is_sound && workspace.project.is_none())
        {
            shared.settings.add_recent(recording);
        }
        match update {
            Update::Language(language) => workspace.add_language(language),
            Update::Recognized { cues, segments, done, total, elapsed } => {
                (task.done, task.total, task.elapsed) = (done, total, elapsed);
                let follows = task.follows;
                workspace.append(cues, segments, done);
                self.follow_newest(follows);
            }
            Update::Ended(ended) => self.transcription_ended(shared, ended),
        }
    }

    pub(super) fn second_ended(
        &mut self,
        shared: &mut Shared<'_>,
        number: u64,
        result: Result<Vec<Segment>, NotTranscribed>,
    ) {
        let Some(workspace) = self.numbered(number) else { return };
        workspace.second = None;
        match result {
            Ok(segments) => {
                workspace.add_opinions(&segments);
                let count = workspace.checks.all_doubtful_words();
                shared.notices.done(say_with!("notice-second-opinion", count = count));
            }
            Err(error) => {
                shared.notices.warn(say_with!("notice-no-second-opinion", error = error.in_words()))
            }
        }
    }

    fn transcription_ended(&mut self, shared: &mut Shared<'_>, ended: Ended) {
        shared.notices.end(Subject::Obstacle);
        match ended {
            Ended::Whole { captions, warnings } => {
                let rtf = self.workspace_mut().and_then(|open| open.task.as_ref()?.rtf());
                let task = self.state.workspace.as_ref().and_then(|open| open.task.as_ref());
                let was_continued = task.is_some_and(|task| task.from > MediaTime::ZERO);
                let knows_voices = captions.voices.is_some();
                let cues = self.show_transcribed(captions);
                self.tell_of_captions(shared, "notice-ready", say_with!("cue-count", count = cues));
                if let Some(workspace) = self.workspace_mut() {
                    workspace.recognized_until = None;
                    workspace.ready = Some(workspace.document().cues.len());
                }
                for warning in warnings {
                    shared.notices.warn(warning.in_words());
                }
                if was_continued && knows_voices {
                    // The recognizer has named only the speakers of the new part.
                    self.work_on_speakers(shared, SpeakersTask::Find(SpeakerWish::Any));
                }
                self.look_for_remembered(shared);
                self.ask_second(shared);
                if let Some(rtf) = rtf {
                    tell_of_better_models(shared, rtf);
                }
            }
            Ended::Partly { captions, error } => {
                let cues = self.show_transcribed(captions);
                match error {
                    Some(error) => {
                        let error = error.in_words();
                        self.tell_of_captions(shared, "notice-failed", error.clone());
                        shared.notices.error(say_with!("notice-failed-kept", error = error, count = cues));
                    }
                    None => shared.notices.done(say_with!("notice-stopped-kept", count = cues)),
                }
            }
            Ended::Not { error } => {
                let error = error.in_words();
                self.tell_of_captions(shared, "notice-failed", error.clone());
                self.not_transcribed(shared, error);
            }
        }
        if self.after_saving.is_some() {
            self.save(shared);
        }
    }

    /// Notifies the user on the desktop about the open captions. `key` is that of the title.
    fn tell_of_captions(&mut self, shared: &Shared<'_>, key: &'static str, text: String) {
        let name = self.state.workspace.as_ref().map_or("", |workspace| &workspace.name);
        let title = say_with!(key, name = name);
        shared.tell_outside(title, text);
    }

    /// Shows the final captions. Returns the number of cues.
    fn show_transcribed(&mut self, captions: Captions) -> usize {
        let Some(workspace) = self.state.workspace.as_mut() else { return 0 };
        workspace.complete(captions);
        let cues = workspace.document().cues.len();
        self.show_current();
        cues
    }

    /// Handles a failed transcription: if there were no captions before, there is nothing to show.
    fn not_transcribed(&mut self, shared: &mut Shared<'_>, error: String) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        workspace.end_task();
        match workspace.recording.clone().filter(|_| workspace.document().cues.is_empty()) {
            Some(recording) => {
                self.after_saving = None;
                self.close(shared);
                let again = EditorAction::Transcribe(recording).into();
                shared.notices.with_action(NoticeKind::Error, error, say("button-try-again"), again);
            }
            None => shared.notices.error(error),
        }
    }
}

/// Returns the language of captions, if it was given or detected.
fn known(language: &Language) -> Option<Language> {
    Some(language.clone()).filter(|language| *language != Language::default())
}
