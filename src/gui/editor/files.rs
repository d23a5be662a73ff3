//! Files of the captions: opens, connects to a recording, exports and closes them.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::caption::Profile;
use crate::exchange::ExportError;
use crate::gui::action::{Action, After};
use crate::gui::app::App;
use crate::gui::command::{Command, FileCommand};
use crate::gui::dialogs::{Dialog, ExportDialog, ExportPlan};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::speakers::SpeakerAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::notice::{NoticeKind, Subject};
use crate::gui::request::profile;
use crate::gui::state::{Page, State};
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{ExportJob, ExportResult, Question};
use crate::project::Project;

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
    pub(in crate::gui) fn run_on_files(&mut self, ctx: &Context, command: FileCommand) {
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

    pub(in crate::gui) fn open_export(&mut self) {
        let Some(workspace) = &self.state.workspace else { return };
        let name = self.state.export_name(workspace);
        self.dialog = Some(Dialog::Export(Box::new(ExportDialog::new(name))));
    }

    pub(in crate::gui) fn ask_for_file(&mut self) {
        self.workers.ask(&*self.services.dialogs, Question::Open);
    }

    pub(in crate::gui) fn ask_for_recording(&mut self) {
        self.workers.ask(&*self.services.dialogs, Question::Recording);
    }

    pub(in crate::gui) fn ask_export_folder(&mut self, folder: PathBuf) {
        self.workers.ask(&*self.services.dialogs, Question::ExportFolder { folder: Some(folder) });
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

    /// Shows what was opened from `source`.
    pub(in crate::gui) fn show(&mut self, project: Project, source: &Path) -> &mut Workspace {
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
    pub(in crate::gui) fn let_go(&mut self) {
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
    pub(in crate::gui) fn connect(&mut self, recording: PathBuf) {
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

    pub(in crate::gui) fn set_profile(&mut self, name: &str) {
        if let (Some(workspace), Some(profile)) = (self.state.workspace.as_mut(), Profile::named(name)) {
            workspace.set_profile(profile);
        }
    }

    pub(in crate::gui) fn export(&mut self, plan: ExportPlan) {
        let Some(workspace) = &self.state.workspace else { return };
        let document = workspace.document().clone();
        let (files, options) = (plan.files(&document), plan.options());
        self.workers.export(ExportJob { document, options, files, overwrite: plan.overwrite });
    }

    pub(in crate::gui) fn exported(&mut self, results: Vec<ExportResult>) {
        let folder = results.first().and_then(|first| first.path.parent()).map(Path::to_owned);
        let done = results.iter().filter(|result| result.result.is_ok()).count();
        if done > 0 {
            let text = say_with!("notice-written", count = done);
            match folder {
                Some(folder) => {
                    let show = Action::ShowFolder(folder);
                    self.state.notices.with_action(NoticeKind::Done, text, say("notice-open-folder"), show);
                }
                None => self.state.notices.done(text),
            }
        }
        for ExportResult { result, .. } in results {
            match result {
                Ok(()) => {}
                Err(error @ ExportError::Exists { .. }) => {
                    let again = Action::Run(Command::File(FileCommand::Export));
                    self.state.notices.with_action(
                        NoticeKind::Warning,
                        error.in_words(),
                        say("notice-export-again"),
                        again,
                    );
                }
                Err(error) => self.state.notices.error(error.in_words()),
            }
        }
    }
}
