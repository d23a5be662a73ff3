//! Files of the captions: opens, connects to a recording, exports and closes them.

use std::path::{Path, PathBuf};

use crate::caption::Profile;
use crate::exchange::ExportError;
use crate::gui::action::{Action, After};
use crate::gui::command::{Command, FileCommand};
use crate::gui::dialogs::{Dialog, ExportDialog, ExportPlan};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::picture::shown::ShownPicture;
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::workspace::Workspace;
use crate::gui::notice::{NoticeKind, Subject};
use crate::gui::request::profile;
use crate::gui::shared::Shared;
use crate::gui::state::Page;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{ExportJob, ExportResult, Question};
use crate::hide::Hiding;
use crate::project::Project;

impl CaptionEditor {
    pub(in crate::gui) fn run_on_files(&mut self, shared: &mut Shared<'_>, command: FileCommand) {
        match command {
            FileCommand::OpenFile => shared.ask(Question::Open),
            FileCommand::OpenRecording => shared.ask(Question::Recording),
            FileCommand::ContinueCaptioning => self.start_transcription(shared),
            FileCommand::CaptionAgain => self.caption_again(shared),
            FileCommand::Save => self.save(shared),
            FileCommand::SaveAs => self.save_as(shared),
            FileCommand::Export => self.open_export(shared),
            FileCommand::CloseFile => shared.leave(After::Close),
        }
    }

    fn open_export(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        let plan = proposed_export(workspace);
        *shared.dialog = Some(Dialog::Export(Box::new(ExportDialog::new(plan))));
    }

    pub(in crate::gui) fn open(&mut self, shared: &mut Shared<'_>, path: PathBuf) {
        // An absolute path, so that messages and the list of recent files stay valid in any folder.
        let path = std::path::absolute(&path).unwrap_or(path);
        *shared.page = Page::Captions;
        self.state.opening = Some(path.clone());
        shared.workers.open(path, shared.settings.recent.clone());
    }

    /// Shows what was opened from `source`.
    pub(super) fn show(
        &mut self,
        shared: &mut Shared<'_>,
        project: Project,
        source: &Path,
    ) -> &mut Workspace {
        self.close(shared);
        self.last_workspace += 1;
        let own = project.settings.profile.as_deref().and_then(Profile::named);
        let profile = own.unwrap_or_else(|| profile(shared.settings));
        let mut workspace = Workspace::new(self.last_workspace, project, source, profile);
        workspace.doubt_from(shared.settings.doubts.least_chance());
        self.state.workspace.insert(workspace)
    }

    /// Closes the open captions; their threads end in the background.
    pub(in crate::gui) fn close(&mut self, shared: &mut Shared<'_>) {
        self.views.find.close();
        self.cancel_transcription();
        self.cancel_second();
        self.cancel_finding();
        shared.notices.end(Subject::Captions);
        shared.notices.end(Subject::Obstacle);
        if let Some(mut workspace) = self.state.workspace.take() {
            if let Some(saver) = &mut workspace.saver {
                saver.forget();
            }
            shared.workers.let_go(workspace);
        }
    }

    /// Connects the open captions to their recording.
    pub(in crate::gui) fn connect(&mut self, shared: &mut Shared<'_>, recording: PathBuf) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        shared.workers.look_at_recording(workspace.number, recording.clone());
        if let Some(folder) = &shared.services.sound_folder {
            match Soundtrack::open(&recording, folder, shared.wake.clone()) {
                Ok(soundtrack) => workspace.soundtrack = Some(soundtrack),
                Err(error) => shared.notices.error(error.in_words()),
            }
        }
        match ShownPicture::open(&recording, &shared.services.ffmpeg, shared.wake.clone()) {
            Ok(picture) => {
                let other = workspace.picture.replace(picture);
                other.into_iter().for_each(|other| shared.workers.let_go(other));
            }
            Err(error) => shared.notices.error(error.in_words()),
        }
        workspace.recording = Some(recording);
    }

    pub(super) fn set_profile(&mut self, name: &str) {
        if let (Some(workspace), Some(profile)) = (self.state.workspace.as_mut(), Profile::named(name)) {
            workspace.set_profile(profile);
        }
    }

    pub(super) fn export(&mut self, shared: &Shared<'_>, plan: ExportPlan) {
        let Some(workspace) = &self.state.workspace else { return };
        let document = workspace.document().clone();
        let (files, options) = (plan.files(&document), plan.options());
        let ExportPlan { overwrite, hiding, .. } = plan;
        shared.workers.export(ExportJob { document, options, files, overwrite, hiding });
    }
}

/// Returns what the export dialog proposes.
fn proposed_export(workspace: &Workspace) -> ExportPlan {
    let stem = Path::new(&workspace.name).file_stem().unwrap_or_default().to_string_lossy();
    ExportPlan {
        folder: workspace.folder.clone(),
        name: stem.into_owned(),
        formats: vec!["srt", "vtt"],
        language_in_name: false,
        word_times: false,
        overwrite: false,
        hiding: Hiding::default(),
    }
}

/// Says which files were written, and which were not.
pub(super) fn exported(shared: &mut Shared<'_>, results: Vec<ExportResult>) {
    let folder = results.first().and_then(|first| first.path.parent()).map(Path::to_owned);
    let done = results.iter().filter(|result| result.result.is_ok()).count();
    if done > 0 {
        let text = say_with!("notice-written", count = done);
        match folder {
            Some(folder) => {
                let show = Action::ShowFolder(folder);
                shared.notices.with_action(NoticeKind::Done, text, say("notice-open-folder"), show);
            }
            None => shared.notices.done(text),
        }
    }
    for ExportResult { result, .. } in results {
        match result {
            Ok(()) => {}
            Err(error @ ExportError::Exists { .. }) => {
                let again = Action::Run(Command::File(FileCommand::Export));
                shared.notices.with_action(
                    NoticeKind::Warning,
                    error.in_words(),
                    say("notice-export-again"),
                    again,
                );
            }
            Err(error) => shared.notices.error(error.in_words()),
        }
    }
}
