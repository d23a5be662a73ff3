//! Shows what was opened.

use std::path::{Path, PathBuf};

use crate::exchange::{Existing, OpenError, Opened, OpenedCaptions, OpenedProject};
use crate::gui::action::Action;
use crate::gui::command::{Command, FileCommand};
use crate::gui::dialogs::{Dialog, ExistingCaptions};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::workspace::ReadOnly;
use crate::gui::format_names;
use crate::gui::notice::NoticeKind;
use crate::gui::shared::Shared;
use crate::gui::words::{InWords, english, say, say_with};
use crate::gui::workers::SpeakersTask;
use crate::project::{Access, EXTENSION, MediaError, MediaReference, MediaStatus, Project, ProjectError};
use crate::recognize::SpeakerWish;

impl CaptionEditor {
    pub(super) fn opened(
        &mut self,
        shared: &mut Shared<'_>,
        path: &Path,
        result: Result<Opened, OpenError>,
        existing: Vec<Existing>,
    ) {
        if self.state.opening.as_deref() == Some(path) {
            self.state.opening = None;
        }
        match result {
            Ok(Opened::Captions(captions)) => self.show_captions(shared, *captions),
            Ok(Opened::Project(project)) => self.show_project(shared, *project),
            Ok(Opened::Recording(recording)) if !existing.is_empty() => {
                *shared.dialog = Some(Dialog::Existing(ExistingCaptions { recording, captions: existing }));
            }
            Ok(Opened::Recording(path)) if shared.settings.captions_at_once => self.transcribe(shared, path),
            Ok(Opened::Recording(path)) => self.ask_to_caption(shared, path),
            Err(error) => self.not_opened(shared, path, error),
        }
    }

    fn not_opened(&mut self, shared: &mut Shared<'_>, path: &Path, error: OpenError) {
        if matches!(error, OpenError::NotFound { .. } | OpenError::Project(ProjectError::NotFound { .. })) {
            shared.settings.forget_recent(path);
        }
        match error {
            OpenError::Project(ProjectError::Damaged { backup: Some(backup), .. }) => {
                let text = say_with!("notice-project-damaged", path = path.display().to_string());
                let open = Action::Open(backup);
                shared.notices.with_action(NoticeKind::Error, text, say("notice-open-version"), open);
            }
            error => shared.notices.error(error.in_words()),
        }
    }

    fn show_project(&mut self, shared: &mut Shared<'_>, opened: OpenedProject) {
        let OpenedProject { loaded, access, recording } = opened;
        let recovered = self.recovering.take_if(|left| left.path == loaded.path);
        let media = loaded.project.media.as_ref().map(|media| media.path.clone());
        let file = match &recovered {
            Some(left) => left.origin.clone(),
            None => Some(loaded.path),
        };
        if let Some(file) = &file {
            shared.settings.add_recent(file);
        }
        let source = file.clone().unwrap_or_else(|| source_of(&loaded.project));
        let workspace = self.show(shared, loaded.project, &source);
        match (&recovered, access) {
            (Some(_), _) => workspace.mark_saved(u64::MAX),
            (None, Access::ReadOnly) => workspace.read_only = Some(ReadOnly::OpenElsewhere),
            (None, Access::Write(lock)) => workspace.lock = Some(lock),
            (None, Access::NoLock(_)) => {}
        }
        workspace.project = file;
        workspace.recovered = recovered;
        let is_read_only = workspace.read_only.is_some();
        let knows_voices = workspace.document().voices.is_some();
        self.look_for_remembered(shared);
        if !is_read_only {
            self.begin_keeping(shared);
        }
        match recording {
            Some(MediaStatus::InPlace) => media.into_iter().for_each(|path| self.connect(shared, path)),
            Some(MediaStatus::Moved(path)) => self.connect(shared, path),
            Some(MediaStatus::Changed | MediaStatus::Missing) => {
                let name = media.unwrap_or_default();
                let text = say_with!("notice-recording-moved", path = name.display().to_string());
                let choose = Action::Run(Command::File(FileCommand::OpenRecording));
                shared.notices.with_action(NoticeKind::Warning, text, say("notice-choose-recording"), choose);
            }
            None => {}
        }
        // A session that was interrupted, or whose listener has failed, has no speakers.
        let is_lecture = self.unnamed.take().is_some_and(|lecture| lecture == source);
        if is_lecture && !is_read_only {
            match knows_voices {
                true => self.tell_of_speakers(shared),
                false => self.work_on_speakers(shared, SpeakersTask::Find(SpeakerWish::Any)),
            }
        }
        if is_read_only {
            let text = say("notice-open-elsewhere");
            shared.notices.with_action(
                NoticeKind::Warning,
                text,
                say("command-file-save-as"),
                Action::Run(Command::File(FileCommand::SaveAs)),
            );
        }
    }

    pub(super) fn recording_seen(
        &mut self,
        shared: &mut Shared<'_>,
        number: u64,
        result: Result<MediaReference, MediaError>,
    ) {
        let Some(workspace) = self.numbered(number) else {
            return;
        };
        match result {
            Ok(media) => workspace.media = Some(media),
            Err(error) => shared.notices.warn(error.in_words()),
        }
    }

    fn show_captions(&mut self, shared: &mut Shared<'_>, captions: OpenedCaptions) {
        let OpenedCaptions { path, format, document, in_place, repairs, recording } = captions;
        shared.settings.add_recent(&path);
        self.show(shared, Project { document, ..Project::default() }, &path).in_place = in_place;
        self.begin_keeping(shared);
        if let Some(recording) = recording {
            self.connect(shared, recording);
        }
        if let Some(first) = repairs.first() {
            let mut what = english(&first.what).unwrap_or(say("notice-fixed-fault")).to_owned();
            if let Some(line) = first.line {
                what = say_with!("notice-fixed-line", line = line, what = what);
            }
            if repairs.len() > 1 {
                what = say_with!("notice-fixed-more", what = what, count = repairs.len() - 1);
            }
            shared.notices.warn(say_with!("notice-fixed", format = format_names::title(format), what = what));
        }
    }
}

/// Returns the file that a new project was made from, as far as it is known; the project takes its name and folder.
fn source_of(project: &Project) -> PathBuf {
    let title = &project.document.title;
    let name = if title.is_empty() { say("notice-untitled") } else { title };
    // A title may contain path separators, and dots that do not begin an extension.
    let named = PathBuf::from(format!("{}.{EXTENSION}", name.replace(['/', '\\'], "-")));
    let Some(media) = &project.media else { return named };
    match media.path.file_stem().is_some_and(|stem| stem.to_string_lossy() == *title) {
        true => media.path.clone(),
        false => media.path.with_file_name(named),
    }
}
