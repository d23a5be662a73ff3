//! Saving, protecting unsaved changes, and recovering them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use egui::Context;

use crate::exchange::{ExportError, InPlace};
use crate::gui::action::{Action, After};
use crate::gui::app::App;
use crate::gui::command::{Command, FileCommand};
use crate::gui::dialogs::loss;
use crate::gui::editor::workspace::Saving;
use crate::gui::format_names;
use crate::gui::notice::NoticeKind;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Question;
use crate::project::{Access, EXTENSION, ProjectError, Saver, SaverNews};

impl App {
    /// Starts to protect the changes of the open captions against a crash.
    pub(in crate::gui) fn begin_keeping(&mut self) {
        let Some(workspace) = &mut self.state.workspace else { return };
        let Some(root) = self.services.recovery_folder.clone() else { return };
        let revision = workspace.editor().revision();
        workspace.saving.has_begun = true;
        self.workers.begin_keeping(workspace.number, root, workspace.project.clone(), revision);
    }

    pub(in crate::gui) fn keeping(&mut self, number: u64, result: Result<Saver, ProjectError>) {
        let workspace = self.state.workspace.as_mut().filter(|workspace| workspace.number == number);
        match (workspace, result) {
            (Some(workspace), Ok(saver)) => {
                workspace.saver = Some(saver);
                if std::mem::take(&mut workspace.saving.waits) {
                    self.save();
                }
            }
            (None, Ok(saver)) => self.workers.let_go(saver),
            (workspace, Err(error)) => {
                if let Some(workspace) = workspace {
                    workspace.saving = Saving::default();
                }
                self.not_kept(&error);
            }
        }
    }

    /// Hands changes to the thread that stores them, and handles its news.
    pub(in crate::gui) fn keep(&mut self, ctx: &Context) {
        self.keep_settings();
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
            self.hear_saver(ctx, news);
        }
    }

    fn hear_saver(&mut self, ctx: &Context, news: SaverNews) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        match news {
            SaverNews::Saved { revision, .. } => {
                workspace.mark_saved(revision);
                self.voice.say(say_with!("said-saved", name = &workspace.name));
                if let Some(left) = workspace.recovered.take() {
                    self.workers.discard(left);
                }
                if let Some(after) = self.after_saving.take() {
                    self.leave(ctx, after);
                }
            }
            SaverNews::NotSaved { error, .. } => {
                self.after_saving = None;
                let other = Action::Run(Command::File(FileCommand::SaveAs));
                self.state.notices.with_action(
                    NoticeKind::Error,
                    error.in_words(),
                    say("notice-save-elsewhere"),
                    other,
                );
            }
            SaverNews::Kept { .. } => {
                if let Some(left) = workspace.recovered.take() {
                    self.workers.discard(left);
                }
            }
            SaverNews::NotKept { error } => self.not_kept(&error),
        }
    }

    pub(in crate::gui) fn not_kept(&mut self, error: &ProjectError) {
        let text = say_with!("notice-not-kept", error = error.in_words());
        self.state.notices.with_action(
            NoticeKind::Warning,
            text,
            say("notice-save-now"),
            Action::Run(Command::File(FileCommand::Save)),
        );
    }

    pub(in crate::gui) fn save(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(path) = workspace.project.clone() else { return self.save_in_place() };
        let (revision, project) = (workspace.editor().revision(), workspace.snapshot());
        workspace.end_run();
        let Some(saver) = &mut workspace.saver else {
            // The saver has not started yet, as just after opening, or in a window that was read-only so far.
            workspace.saving.waits = true;
            if !workspace.saving.has_begun {
                self.begin_keeping();
            }
            return;
        };
        if let Err(error) = saver.save(project, path, revision) {
            self.after_saving = None;
            self.state.notices.error(error.in_words());
        }
    }

    /// Saves to the file that the captions were opened from, if it can hold everything; otherwise asks for a project.
    fn save_in_place(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(file) = workspace.in_place.clone() else { return self.save_as() };
        let lost: Vec<_> = file.losses(workspace.document()).iter().map(loss::text).collect();
        if !lost.is_empty() {
            let (format, lost) = (format_names::title(file.format()), lost.join("; "));
            self.state.notices.warn(say_with!("notice-not-in-place", format = format, lost = lost));
            return self.save_as();
        }
        workspace.end_run();
        let (number, revision) = (workspace.number, workspace.editor().revision());
        self.workers.save_in_place(number, revision, file, workspace.document().clone());
    }

    pub(in crate::gui) fn saved_in_place(
        &mut self,
        ctx: &Context,
        number: u64,
        revision: u64,
        result: Result<InPlace, ExportError>,
    ) {
        let Some(workspace) = self.state.workspace.as_mut().filter(|open| open.number == number) else {
            return;
        };
        match result {
            Ok(file) => {
                workspace.in_place = Some(file);
                workspace.mark_saved(revision);
                self.voice.say(say_with!("said-saved", name = &workspace.name));
                if let Some(after) = self.after_saving.take() {
                    self.leave(ctx, after);
                }
            }
            Err(error) => {
                self.after_saving = None;
                let other = Action::Run(Command::File(FileCommand::SaveAs));
                let label = say("notice-save-elsewhere");
                self.state.notices.with_action(NoticeKind::Error, error.in_words(), label, other);
            }
        }
    }

    pub(in crate::gui) fn save_as(&mut self) {
        let Some(workspace) = &self.state.workspace else { return };
        let stem = PathBuf::from(&workspace.name).with_extension(EXTENSION);
        let folder = Some(workspace.folder.clone()).filter(|folder| !folder.as_os_str().is_empty());
        let question = Question::SaveAs { folder, name: stem.display().to_string() };
        self.workers.ask(&*self.services.dialogs, question);
    }

    /// Saves to a chosen path, once no other save is running.
    pub(in crate::gui) fn save_to(&mut self, path: PathBuf) {
        let Some(workspace) = &self.state.workspace else { return };
        let path = if path.extension().is_some() { path } else { path.with_extension(EXTENSION) };
        match workspace.project.as_ref() == Some(&path) {
            true => self.save(),
            false => self.workers.lock(workspace.number, path),
        }
    }

    pub(in crate::gui) fn locked(&mut self, number: u64, path: PathBuf, access: Access) {
        let Some(workspace) = self.state.workspace.as_mut().filter(|open| open.number == number) else {
            return;
        };
        workspace.lock = match access {
            Access::Write(lock) => Some(lock),
            Access::NoLock(_) => None,
            Access::ReadOnly => {
                self.after_saving = None;
                let text = say_with!("notice-name-taken", path = path.display().to_string());
                let other = Action::Run(Command::File(FileCommand::SaveAs));
                return self.state.notices.with_action(
                    NoticeKind::Error,
                    text,
                    say("notice-choose-name"),
                    other,
                );
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
        self.state.settings.add_recent(&path);
        self.save();
    }

    pub(in crate::gui) fn save_then(&mut self, after: After) {
        self.after_saving = Some(after);
        // Cues that arrive during the save would be unsaved again.
        match self.state.workspace.as_ref().is_some_and(|open| open.task.is_some()) {
            true => self.cancel_transcription(),
            false => self.save(),
        }
    }

    pub(in crate::gui) fn recover(&mut self, place: usize) {
        if place < self.state.recoverable.len() {
            let left = self.state.recoverable.remove(place);
            self.state.opening = Some(left.path.clone());
            self.workers.open(left.path.clone(), Vec::new());
            self.recovering = Some(left);
        }
    }

    pub(in crate::gui) fn discard_recovered(&mut self, path: &Path) {
        if let Some(place) = self.state.recoverable.iter().position(|left| left.path == path) {
            self.workers.discard(self.state.recoverable.remove(place));
        }
    }

    /// Saves changed settings, one save at a time.
    fn keep_settings(&mut self) {
        if self.saves_settings || self.state.settings == self.kept_settings {
            return;
        }
        let Some(path) = self.services.settings_file.clone() else { return };
        self.kept_settings = self.state.settings.clone();
        self.saves_settings = true;
        self.workers.save_settings(self.state.settings.clone(), path);
    }
}
