//! Opening, saving, exporting, and captioning recordings.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::asr::CancelToken;
use crate::caption::Profile;
use crate::gui::action::After;
use crate::gui::app::App;
use crate::gui::command::FileCommand;
use crate::gui::dialogs::{Dialog, ExportDialog, ExportPlan};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::speakers::SpeakerAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::notice::Subject;
use crate::gui::request::{caption_request, profile, remembering, terms, transcribe_options};
use crate::gui::state::{Page, State};
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{AgainJob, CaptioningJob, ExportJob, Question, SecondJob};
use crate::project::Project;
use crate::recognize::{TranscribeOptions, to_document};
use crate::settings::Settings;
use crate::time::TimeSpan;
use crate::transcript::{Language, Transcript};

impl State {
    /// Returns what the export dialog proposes.
    pub fn export_name(&self, workspace: &Workspace) -> ExportPlan {
        let stem = Path::new(&workspace.name).file_stem().unwrap_or_default().to_string_lossy();
        ExportPlan {
            folder: workspace.folder.clone(),
            name: stem.into_owned(),
            formats: vec!["srt", "vtt"],
            language_in_name: false,
            word_times: false,
            overwrite: false,
        }
    }
}

impl App {
    pub(super) fn run_on_files(&mut self, ctx: &Context, command: FileCommand) {
        match command {
            FileCommand::OpenFile => self.ask_for_file(),
            FileCommand::OpenRecording => self.ask_for_recording(),
            FileCommand::ContinueCaptioning => self.start_transcription(),
            FileCommand::Save => self.save(),
            FileCommand::SaveAs => self.save_as(),
            FileCommand::Export => self.open_export(),
            FileCommand::CloseFile => self.leave(ctx, After::Close),
        }
    }

    fn open_export(&mut self) {
        let Some(workspace) = &self.state.workspace else { return };
        let name = self.state.export_name(workspace);
        self.dialog = Some(Dialog::Export(Box::new(ExportDialog::new(name))));
    }

    pub(super) fn ask_for_file(&mut self) {
        self.workers.ask(&*self.services.dialogs, Question::Open);
    }

    pub(super) fn ask_for_recording(&mut self) {
        self.workers.ask(&*self.services.dialogs, Question::Recording);
    }

    pub(super) fn ask_export_folder(&mut self, folder: PathBuf) {
        self.workers.ask(&*self.services.dialogs, Question::ExportFolder { folder: Some(folder) });
    }

    /// Opens a file, after a question if changes would be lost.
    pub(in crate::gui) fn ask_to_open(&mut self, path: PathBuf) {
        if self.state.record.is_busy() {
            let path = path.display().to_string();
            return self.state.notices.hint(say_with!("notice-recording-first", path = path));
        }
        match self.would_lose() {
            true => self.dialog = Some(Dialog::Unsaved(After::Open(path))),
            false => self.open(path),
        }
    }

    pub(in crate::gui) fn open(&mut self, path: PathBuf) {
        // An absolute path, so that messages and the list of recent files stay valid in any folder.
        let path = std::path::absolute(&path).unwrap_or(path);
        self.state.page = Page::Captions;
        self.state.opening = Some(path.clone());
        self.workers.open(path, self.state.settings.recent.clone());
    }

    /// Returns whether leaving the captions would lose changes.
    pub(in crate::gui) fn would_lose(&self) -> bool {
        self.state.workspace.as_ref().is_some_and(Workspace::is_dirty)
    }

    pub(super) fn forget_recent(&mut self, path: &Path) {
        self.state.settings.recent.retain(|other| other != path);
    }

    /// Shows what was opened from `source`.
    pub(super) fn show(&mut self, project: Project, source: &Path) -> &mut Workspace {
        self.find.close();
        self.let_go();
        self.last_workspace += 1;
        let own = project.settings.profile.as_deref().and_then(Profile::named);
        let profile = own.unwrap_or_else(|| profile(&self.state.settings));
        let mut workspace = Workspace::new(self.last_workspace, project, source, profile);
        workspace.doubt_from(self.state.settings.doubts.least_chance());
        self.state.workspace.insert(workspace)
    }

    /// Closes the open captions; their threads end in the background.
    pub(super) fn let_go(&mut self) {
        self.cancel_transcription();
        self.cancel_second();
        self.act_on_speakers(SpeakerAction::CancelFinding);
        self.state.notices.end(Subject::Captions);
        self.state.notices.end(Subject::Obstacle);
        if let Some(mut workspace) = self.state.workspace.take() {
            if let Some(saver) = &mut workspace.saver {
                saver.forget();
            }
            self.workers.let_go(workspace);
        }
    }

    /// Connects the open captions to their recording.
    pub(super) fn connect(&mut self, recording: PathBuf) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        self.workers.look_at_recording(workspace.number, recording.clone());
        if let Some(folder) = &self.services.sound_folder {
            match Soundtrack::open(&recording, folder, self.wake.clone()) {
                Ok(soundtrack) => workspace.soundtrack = Some(soundtrack),
                Err(error) => self.state.notices.error(error.in_words()),
            }
        }
        workspace.recording = Some(recording);
    }

    pub(super) fn transcribe(&mut self, path: PathBuf) {
        let request = caption_request(&self.state.settings, profile(&self.state.settings));
        let language = request.language.clone().unwrap_or_default();
        let document = to_document(Transcript { language, ..Transcript::default() }, &path, &request);
        self.show(Project { document, ..Project::default() }, &path);
        self.begin_keeping();
        self.connect(path);
        self.start_transcription();
    }

    /// Captions the rest of the recording.
    pub(super) fn start_transcription(&mut self) {
        let terms = terms(&self.state.settings);
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(recording) = workspace.recording.clone() else { return };
        workspace.set_vocabulary(terms);
        self.last_job += 1;
        let cancel = CancelToken::default();
        let before = workspace.document().clone();
        let editor = workspace.editor();
        let has_history = editor.undo_label().or(editor.redo_label()).is_some();
        workspace.begin_task(self.last_job, cancel.clone());
        let options = transcribe_options(&self.state.settings, workspace.profile().clone());
        let options = remembering(options, &self.state.remembered);
        let options = TranscribeOptions {
            request: options.request.with(known(&before.language), None),
            from: workspace.recognized_until.unwrap_or_default(),
            ..options
        };
        let job = CaptioningJob { number: self.last_job, recording, options, before, has_history, cancel };
        self.workers.transcribe(job, self.services.engines.clone());
    }

    /// Starts a second recognizer on a recording that was just captioned, if one is installed and enabled.
    pub(super) fn ask_second(&mut self) {
        let settings = &self.state.settings;
        if settings.no_second_opinion || settings.low_memory {
            return;
        }
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(recording) = workspace.recording.clone() else { return };
        let document = workspace.document();
        let options = transcribe_options(&self.state.settings, workspace.profile().clone());
        let engines = &self.services.engines;
        let Some(engine) = engines.second(&options.request.engine, &document.language) else { return };
        let transcript = Transcript {
            language: document.language.clone(),
            segments: document.segments.clone(),
            ..Transcript::default()
        };
        let cancel = CancelToken::default();
        workspace.second = Some(cancel.clone());
        let job = SecondJob { workspace: workspace.number, recording, engine, options, transcript, cancel };
        self.workers.ask_second(job, engines.clone());
    }

    fn cancel_second(&mut self) {
        if let Some(second) = self.workspace_mut().and_then(|workspace| workspace.second.take()) {
            second.cancel();
        }
    }

    /// Recognizes the selected cues again.
    pub(in crate::gui) fn transcribe_again(&mut self) {
        let Some(workspace) = &self.state.workspace else { return };
        let Some(soundtrack) = &workspace.soundtrack else { return };
        let document = workspace.document();
        let cues = workspace.chosen();
        let spans = cues.iter().filter_map(|id| document.cue(*id)).map(|cue| cue.span);
        let Some(span) = spans.reduce(TimeSpan::joined) else { return };
        let language = document.language.clone();
        let options = transcribe_options(&self.state.settings, workspace.profile().clone());
        let request = options.request.with(known(&language), None);
        let job = AgainJob {
            workspace: workspace.number,
            cues,
            span,
            sound: soundtrack.sound().clone(),
            options: TranscribeOptions { request, ..options },
            language,
        };
        self.workers.transcribe_again(job, self.services.engines.clone());
        self.state.notices.done(say("notice-listening-again"));
    }

    pub(in crate::gui) fn cancel_transcription(&mut self) {
        let task = self.state.workspace.as_ref().and_then(|workspace| workspace.task.as_ref());
        if let Some(task) = task {
            task.cancel.cancel();
        }
    }

    pub(super) fn set_profile(&mut self, name: &str) {
        if let (Some(workspace), Some(profile)) = (self.state.workspace.as_mut(), Profile::named(name)) {
            workspace.set_profile(profile);
        }
    }

    pub(super) fn change_settings(&mut self, settings: Settings) {
        if settings.no_second_opinion {
            self.cancel_second();
        }
        self.state.settings = settings;
        let from = self.state.settings.doubts.least_chance();
        self.workspace_mut().into_iter().for_each(|workspace| workspace.doubt_from(from));
    }

    pub(super) fn export(&mut self, plan: ExportPlan) {
        let Some(workspace) = &self.state.workspace else { return };
        let document = workspace.document().clone();
        let (files, options) = (plan.files(&document), plan.options());
        self.workers.export(ExportJob { document, options, files, overwrite: plan.overwrite });
    }
}

/// Returns the language of captions, if it was given or detected.
fn known(language: &Language) -> Option<Language> {
    Some(language.clone()).filter(|language| *language != Language::default())
}
