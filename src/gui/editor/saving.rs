//! Saving, protecting unsaved changes, and recovering them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use egui::Context;

use crate::exchange::{ExportError, InPlace};
use crate::gui::action::{Action, After};
use crate::gui::command::{Command, FileCommand};
use crate::gui::dialogs::loss;
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::workspace::Saving;
use crate::gui::format_names;
use crate::gui::notice::NoticeKind;
use crate::gui::shared::Shared;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Question;
use crate::project::{Access, EXTENSION, ProjectError, Saver, SaverNews};

impl CaptionEditor {
    /// Starts to protect the changes of the open captions against a crash.
    pub(super) fn begin_keeping(&mut self, shared: &Shared<'_>) {
        let Some(workspace) = &mut self.state.workspace else { return };
        let Some(root) = shared.services.recovery_folder.clone() else { return };
        let revision = workspace.editor().revision();
        workspace.saving.has_begun = true;
        shared.workers.begin_keeping(workspace.number, root, workspace.project.clone(), revision);
    }

    pub(super) fn keeping(
        &mut self,
        shared: &mut Shared<'_>,
        number: u64,
        result: Result<Saver, ProjectError>,
    ) {
        let workspace = self.numbered(number);
        match (workspace, result) {
            (Some(workspace), Ok(saver)) => {
                workspace.saver = Some(saver);
                if std::mem::take(&mut workspace.saving.waits) {
                    self.save(shared);
                }
            }
            (None, Ok(saver)) => shared.workers.let_go(saver),
            (workspace, Err(error)) => {
                if let Some(workspace) = workspace {
                    workspace.saving = Saving::default();
                }
                not_kept(shared, &error);
            }
        }
    }

    /// Hands changes to the thread that stores them, and handles its news.
    pub(super) fn keep(&mut self, shared: &mut Shared<'_>, ctx: &Context) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(mut saver) = workspace.saver.take() else { return };
        if workspace.is_dirty() {
            let revision = workspace.editor().revision();
            if let Some(wait) = saver.keep(revision, Instant::now(), || workspace.snapshot()) {
                ctx.request_repaint_after(wait);
            }
        }
        let news: Vec<_> = saver.news().collect();
        workspace.saver = Some(saver);
        for news in news {
            self.saver_reported(shared, news);
        }
    }

    fn saver_reported(&mut self, shared: &mut Shared<'_>, news: SaverNews) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        match news {
            SaverNews::Saved { revision, .. } => {
                workspace.mark_saved(revision);
                shared.announcer.say(say_with!("said-saved", name = &workspace.name));
                if let Some(left) = workspace.recovered.take() {
                    shared.workers.discard(left);
                }
                if let Some(after) = self.after_saving.take() {
                    shared.leave(after);
                }
            }
            SaverNews::NotSaved { error, .. } => {
                self.after_saving = None;
                let other = Action::Run(Command::File(FileCommand::SaveAs));
                shared.notices.with_action(
                    NoticeKind::Error,
                    error.in_words(),
                    say("notice-save-elsewhere"),
                    other,
                );
            }
            SaverNews::Kept { .. } => {
                if let Some(left) = workspace.recovered.take() {
                    shared.workers.discard(left);
                }
            }
            SaverNews::NotKept { error } => not_kept(shared, &error),
        }
    }

    pub(super) fn save(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(path) = workspace.project.clone() else { return self.save_in_place(shared) };
        let (revision, project) = (workspace.editor().revision(), workspace.snapshot());
        workspace.end_run();
        let Some(saver) = &mut workspace.saver else {
            // The saver has not started yet, as just after opening, or in a window that was read-only so far.
            workspace.saving.waits = true;
            if !workspace.saving.has_begun {
                self.begin_keeping(shared);
            }
            return;
        };
        if let Err(error) = saver.save(project, path, revision) {
            self.after_saving = None;
            shared.notices.error(error.in_words());
        }
    }

    /// Saves to the file that the captions were opened from, if it can hold everything; otherwise asks for a project.
    fn save_in_place(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(file) = workspace.in_place.clone() else { return self.save_as(shared) };
        let lost: Vec<_> = file.losses(workspace.document()).iter().map(loss::text).collect();
        if !lost.is_empty() {
            let (format, lost) = (format_names::title(file.format()), lost.join("; "));
            shared.notices.warn(say_with!("notice-not-in-place", format = format, lost = lost));
            return self.save_as(shared);
        }
        workspace.end_run();
        let (number, revision) = (workspace.number, workspace.editor().revision());
        shared.workers.save_in_place(number, revision, file, workspace.document().clone());
    }

    pub(super) fn saved_in_place(
        &mut self,
        shared: &mut Shared<'_>,
        number: u64,
        revision: u64,
        result: Result<InPlace, ExportError>,
    ) {
        let Some(workspace) = self.numbered(number) else {
            return;
        };
        match result {
            Ok(file) => {
                workspace.in_place = Some(file);
                workspace.mark_saved(revision);
                shared.announcer.say(say_with!("said-saved", name = &workspace.name));
                if let Some(after) = self.after_saving.take() {
                    shared.leave(after);
                }
            }
            Err(error) => {
                self.after_saving = None;
                let other = Action::Run(Command::File(FileCommand::SaveAs));
                let label = say("notice-save-elsewhere");
                shared.notices.with_action(NoticeKind::Error, error.in_words(), label, other);
            }
        }
    }

    pub(super) fn save_as(&mut self, shared: &Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        let stem = PathBuf::from(&workspace.name).with_extension(EXTENSION);
        let folder = Some(workspace.folder.clone()).filter(|folder| !folder.as_os_str().is_empty());
        let question = Question::SaveAs { folder, name: stem.display().to_string() };
        shared.ask(question);
    }

    /// Saves to a chosen path, once no other save is running.
    pub(in crate::gui) fn save_to(&mut self, shared: &mut Shared<'_>, path: PathBuf) {
        let Some(workspace) = &self.state.workspace else { return };
        let path = if path.extension().is_some() { path } else { path.with_extension(EXTENSION) };
        match workspace.project.as_ref() == Some(&path) {
            true => self.save(shared),
            false => shared.workers.lock(workspace.number, path),
        }
    }

    pub(super) fn locked(&mut self, shared: &mut Shared<'_>, number: u64, path: PathBuf, access: Access) {
        let Some(workspace) = self.numbered(number) else {
            return;
        };
        workspace.lock = match access {
            Access::Write(lock) => Some(lock),
            Access::NoLock(_) => None,
            Access::ReadOnly => {
                self.after_saving = None;
                let text = say_with!("notice-name-taken", path = path.display().to_string());
                let other = Action::Run(Command::File(FileCommand::SaveAs));
                return shared.notices.with_action(NoticeKind::Error, text, say("notice-choose-name"), other);
            }
        };
        workspace.name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        workspace.folder = path.parent().map(PathBuf::from).unwrap_or_default();
        if workspace.task.is_none() {
            workspace.read_only = None;
        }
        workspace.project = Some(path.clone());
        // This file contains nothing yet.
        workspace.mark_saved(u64::MAX);
        shared.settings.add_recent(&path);
        self.save(shared);
    }

    pub(in crate::gui) fn save_then(&mut self, shared: &mut Shared<'_>, after: After) {
        self.after_saving = Some(after);
        // Cues that arrive during the save would be unsaved again.
        match self.state.workspace.as_ref().is_some_and(|open| open.task.is_some()) {
            true => self.cancel_transcription(),
            false => self.save(shared),
        }
    }

    pub(super) fn recover(&mut self, shared: &Shared<'_>, place: usize) {
        if place < self.state.recoverable.len() {
            let left = self.state.recoverable.remove(place);
            self.state.opening = Some(left.path.clone());
            shared.workers.open(left.path.clone(), Vec::new());
            self.recovering = Some(left);
        }
    }

    pub(super) fn discard_recovered(&mut self, shared: &Shared<'_>, path: &Path) {
        if let Some(place) = self.state.recoverable.iter().position(|left| left.path == path) {
            shared.workers.discard(self.state.recoverable.remove(place));
        }
    }
}

/// Says that unsaved changes are not protected.
pub(super) fn not_kept(shared: &mut Shared<'_>, error: &ProjectError) {
    let text = say_with!("notice-not-kept", error = error.in_words());
    shared.notices.with_action(
        NoticeKind::Warning,
        text,
        say("notice-save-now"),
        Action::Run(Command::File(FileCommand::Save)),
    );
}
