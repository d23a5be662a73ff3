//! Handles news from workers.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::exchange::{Existing, ExportError, OpenError, Opened, OpenedCaptions, OpenedProject};
use crate::gui::action::Action;
use crate::gui::app::App;
use crate::gui::command::{Command, FileCommand};
use crate::gui::dialogs::{Dialog, ExistingCaptions, PathDialog};
use crate::gui::editor::workspace::ReadOnly;
use crate::gui::fonts;
use crate::gui::format_names;
use crate::gui::models::{ModelsState, tell_of_better_models};
use crate::gui::news::News;
use crate::gui::notice::{NoticeKind, Subject};
use crate::gui::words::error::cause;
use crate::gui::words::{InWords, english, say, say_with};
use crate::gui::workers::{Captions, Ended, ExportResult, NotTranscribed, Question, SpeakersTask, Update};
use crate::project::{Access, EXTENSION, MediaError, MediaReference, MediaStatus, Project, ProjectError};
use crate::recognize::SpeakerWish;
use crate::time::MediaTime;
use crate::transcript::Segment;

impl App {
    pub(in crate::gui) fn handle_news(&mut self, ctx: &Context, news: News) {
        match news {
            News::Opened { path, result, existing } => self.opened(&path, result, existing),
            News::Answered { question, paths } => self.answered(question, paths),
            News::NoDialog(question) => {
                let below = self.dialog.take();
                self.dialog = Some(Dialog::Path(Box::new(PathDialog::new(question, below))));
            }
            News::PathTaken(path) => {
                if let Some(Dialog::Path(dialog)) = &mut self.dialog {
                    dialog.taken = Some(path);
                }
            }
            News::Transcription { job, update } => self.transcribed(job, update),
            News::Again { workspace, result } => {
                let is_open = self.state.workspace.as_ref().is_some_and(|open| open.number == workspace);
                match result {
                    Ok(heard) if is_open => self.take_over(heard),
                    Ok(_) => {}
                    Err(error) => self.state.notices.warn(error.in_words()),
                }
            }
            News::Second { workspace, result } => self.second_heard(workspace, result),
            News::Speakers { workspace, update } => self.hear_of_speakers(workspace, update),
            News::Remembered { result, is_new } => self.hear_of_remembered(result, is_new),
            News::VoicesExported(result) => self.voices_exported(result),
            News::KnownVoices { workspace, suggestions } => self.hear_suggestions(workspace, suggestions),
            News::Exported(results) => self.exported(results),
            News::SavedInPlace { workspace, revision, result } => {
                self.saved_in_place(ctx, workspace, revision, result);
            }
            News::Keeping { workspace, result } => self.keeping(workspace, result),
            News::NotKept(error) => self.not_kept(&error),
            News::Locked { workspace, path, access } => self.locked(workspace, path, access),
            News::RecordingSeen { workspace, result } => self.recording_seen(workspace, result),
            News::Recoverable(found) => self.state.recoverable = found,
            News::SettingsSaved(result) => {
                self.saves_settings = false;
                if let Err(error) = result {
                    self.state.notices.error(error.in_words());
                }
            }
            News::Fonts { families, face } => {
                self.state.font_families = families;
                ctx.set_fonts(fonts::definitions(face));
            }
            News::Dictionary { number, result } => self.hear_of_dictionary(number, result),
            News::SpellingSuggestions { word, found } => self.hear_of_suggestions(word, found),
            News::Models(models) => self.state.models = Some(models),
            News::NotShown { path, cause: error } => {
                let path = path.display().to_string();
                self.state.notices.error(say_with!(
                    "notice-folder-not-shown",
                    cause = cause(&error),
                    path = path
                ));
            }
            News::Model(news) => self.models(|models, shared| models.handle_news(shared, news)),
            News::Queue(news) => self.queue(|queue, shared| queue.handle_news(shared, news)),
            News::Record { number, news } => {
                self.record(|record, shared| record.handle_news(shared, number, news));
            }
            News::Crashed(what) => {
                self.state.notices.error(say_with!("notice-crashed", task = what));
                self.state.opening = None;
                self.workspace_mut().into_iter().for_each(|open| open.finding = None);
            }
        }
    }

    fn opened(&mut self, path: &Path, result: Result<Opened, OpenError>, existing: Vec<Existing>) {
        if self.state.opening.as_deref() == Some(path) {
            self.state.opening = None;
        }
        match result {
            Ok(Opened::Captions(captions)) => self.show_captions(*captions),
            Ok(Opened::Project(project)) => self.show_project(*project),
            Ok(Opened::Recording(recording)) if !existing.is_empty() => {
                self.dialog = Some(Dialog::Existing(ExistingCaptions { recording, captions: existing }));
            }
            Ok(Opened::Recording(path)) => self.transcribe(path),
            Err(error) => self.not_opened(path, error),
        }
    }

    fn not_opened(&mut self, path: &Path, error: OpenError) {
        if matches!(error, OpenError::NotFound { .. } | OpenError::Project(ProjectError::NotFound { .. })) {
            self.forget_recent(path);
        }
        match error {
            OpenError::Project(ProjectError::Damaged { backup: Some(backup), .. }) => {
                let text = say_with!("notice-project-damaged", path = path.display().to_string());
                let open = Action::Open(backup);
                self.state.notices.with_action(NoticeKind::Error, text, say("notice-open-version"), open);
            }
            error => self.state.notices.error(error.in_words()),
        }
    }

    fn show_project(&mut self, opened: OpenedProject) {
        let OpenedProject { loaded, access, recording } = opened;
        let recovered = self.recovering.take_if(|left| left.path == loaded.path);
        let media = loaded.project.media.as_ref().map(|media| media.path.clone());
        let file = match &recovered {
            Some(left) => left.origin.clone(),
            None => Some(loaded.path),
        };
        if let Some(file) = &file {
            self.state.settings.add_recent(file);
        }
        let source = file.clone().unwrap_or_else(|| source_of(&loaded.project));
        let workspace = self.show(loaded.project, &source);
        match (&recovered, access) {
            (Some(_), _) => workspace.mark_saved(u64::MAX),
            (None, Access::ReadOnly) => workspace.read_only = Some(ReadOnly::OpenElsewhere),
            (None, Access::Write(lock)) => workspace.lock = Some(lock),
            (None, Access::NoLock(_)) => {}
        }
        workspace.project = file;
        workspace.recovered = recovered;
        let is_read_only = workspace.read_only.is_some();
        self.look_for_remembered();
        if !is_read_only {
            self.begin_keeping();
        }
        match recording {
            Some(MediaStatus::InPlace) => media.into_iter().for_each(|path| self.connect(path)),
            Some(MediaStatus::Moved(path)) => self.connect(path),
            Some(MediaStatus::Changed | MediaStatus::Missing) => {
                let name = media.unwrap_or_default();
                let text = say_with!("notice-recording-moved", path = name.display().to_string());
                let choose = Action::Run(Command::File(FileCommand::OpenRecording));
                self.state.notices.with_action(
                    NoticeKind::Warning,
                    text,
                    say("notice-choose-recording"),
                    choose,
                );
            }
            None => {}
        }
        // Live captions have no speakers.
        let is_lecture = self.state.record.unnamed.take().is_some_and(|lecture| lecture == source);
        if is_lecture && !is_read_only {
            self.work_on_speakers(SpeakersTask::Find(SpeakerWish::Any));
        }
        if is_read_only {
            let text = say("notice-open-elsewhere");
            self.state.notices.with_action(
                NoticeKind::Warning,
                text,
                say("command-file-save-as"),
                Action::Run(Command::File(FileCommand::SaveAs)),
            );
        }
    }

    fn recording_seen(&mut self, number: u64, result: Result<MediaReference, MediaError>) {
        let Some(workspace) = self.state.workspace.as_mut().filter(|open| open.number == number) else {
            return;
        };
        match result {
            Ok(media) => workspace.media = Some(media),
            Err(error) => self.state.notices.warn(error.in_words()),
        }
    }

    fn show_captions(&mut self, captions: OpenedCaptions) {
        let OpenedCaptions { path, format, document, in_place, repairs, recording } = captions;
        self.state.settings.add_recent(&path);
        self.show(Project { document, ..Project::default() }, &path).in_place = in_place;
        self.begin_keeping();
        if let Some(recording) = recording {
            self.connect(recording);
        }
        if let Some(first) = repairs.first() {
            let mut what = english(&first.what).unwrap_or(say("notice-fixed-fault")).to_owned();
            if let Some(line) = first.line {
                what = say_with!("notice-fixed-line", line = line, what = what);
            }
            if repairs.len() > 1 {
                what = say_with!("notice-fixed-more", what = what, count = repairs.len() - 1);
            }
            self.state.notices.warn(say_with!(
                "notice-fixed",
                format = format_names::title(format),
                what = what
            ));
        }
    }

    /// Handles the answer of a dialog; no path if it was closed.
    pub(super) fn answered(&mut self, question: Question, paths: Vec<PathBuf>) {
        self.dialog = self.dialog.take().and_then(Dialog::without_path);
        if paths.is_empty() && matches!(question, Question::SaveAs { .. }) {
            self.after_saving = None;
        }
        paths.into_iter().for_each(|path| self.answered_with(&question, path));
    }

    fn answered_with(&mut self, question: &Question, path: PathBuf) {
        match question {
            Question::Open => self.ask_to_open(path),
            Question::Recording => {
                self.connect(path);
            }
            Question::QueueFiles | Question::QueueFolder => {
                self.queue(|queue, shared| queue.add(shared, vec![path]));
            }
            Question::ModelFile => ModelsState::import(&mut self.shared(), path),
            Question::SaveAs { .. } => self.save_to(path),
            Question::VoicesFile { .. } => self.export_voices(path),
            Question::RecordingFolder { .. } => self.state.settings.recording.folder = Some(path),
            Question::ExportFolder { .. } => {
                if let Some(Dialog::Export(dialog)) = &mut self.dialog {
                    dialog.plan.folder = path;
                }
            }
        }
    }

    fn transcribed(&mut self, job: u64, update: Update) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(task) = workspace.task.as_mut().filter(|task| task.job == job) else { return };
        let is_sound = !matches!(update, Update::Ended(Ended::Not { .. }));
        if let Some(recording) =
            workspace.recording.as_ref().filter(|_| is_sound && workspace.project.is_none())
        {
            self.state.settings.add_recent(recording);
        }
        match update {
            Update::Language(language) => workspace.add_language(language),
            Update::Recognized { cues, segments, done, total, elapsed } => {
                (task.done, task.total, task.elapsed) = (done, total, elapsed);
                let follows = task.follows;
                workspace.append(cues, segments, done);
                self.follow_newest(follows);
            }
            Update::Ended(ended) => self.transcription_ended(ended),
        }
    }

    fn second_heard(&mut self, number: u64, result: Result<Vec<Segment>, NotTranscribed>) {
        let workspace = self.state.workspace.as_mut().filter(|open| open.number == number);
        let Some(workspace) = workspace else { return };
        workspace.second = None;
        match result {
            Ok(segments) => {
                workspace.add_opinions(&segments);
                let count = workspace.checks.all_doubtful_words();
                self.state.notices.done(say_with!("notice-second-opinion", count = count));
            }
            Err(error) => {
                self.state.notices.warn(say_with!("notice-no-second-opinion", error = error.in_words()))
            }
        }
    }

    fn transcription_ended(&mut self, ended: Ended) {
        self.state.notices.end(Subject::Obstacle);
        match ended {
            Ended::Whole { captions, warnings } => {
                let rtf = self.workspace_mut().and_then(|open| open.task.as_ref()?.rtf());
                let task = self.state.workspace.as_ref().and_then(|open| open.task.as_ref());
                let was_continued = task.is_some_and(|task| task.from > MediaTime::ZERO);
                let knows_voices = captions.voices.is_some();
                let cues = self.show_transcribed(captions);
                self.tell_of_captions("notice-ready", say_with!("cue-count", count = cues));
                if let Some(workspace) = self.workspace_mut() {
                    workspace.recognized_until = None;
                    workspace.ready = Some(workspace.document().cues.len());
                }
                for warning in warnings {
                    self.state.notices.warn(warning.in_words());
                }
                if was_continued && knows_voices {
                    // The recognizer has named only the speakers of the new part.
                    self.work_on_speakers(SpeakersTask::Find(SpeakerWish::Any));
                }
                self.look_for_remembered();
                self.ask_second();
                if let Some(rtf) = rtf {
                    tell_of_better_models(&mut self.shared(), rtf);
                }
            }
            Ended::Partly { captions, error } => {
                let cues = self.show_transcribed(captions);
                match error {
                    Some(error) => {
                        let error = error.in_words();
                        self.tell_of_captions("notice-failed", error.clone());
                        self.state.notices.error(say_with!(
                            "notice-failed-kept",
                            error = error,
                            count = cues
                        ));
                    }
                    None => self.state.notices.done(say_with!("notice-stopped-kept", count = cues)),
                }
            }
            Ended::Not { error } => {
                let error = error.in_words();
                self.tell_of_captions("notice-failed", error.clone());
                self.not_transcribed(error);
            }
        }
        if self.after_saving.is_some() {
            self.save();
        }
    }

    /// Notifies the user on the desktop about the open captions. `key` is that of the title.
    fn tell_of_captions(&mut self, key: &'static str, text: String) {
        let name = self.state.workspace.as_ref().map_or("", |workspace| &workspace.name);
        let title = say_with!(key, name = name);
        self.shared().tell_outside(title, text);
    }

    /// Shows the final captions. Returns the number of cues.
    fn show_transcribed(&mut self, captions: Captions) -> usize {
        let Some(workspace) = self.state.workspace.as_mut() else { return 0 };
        workspace.complete(captions);
        if let Some(current) = workspace.selection.current() {
            self.list.bring_into_sight(current);
        }
        workspace.document().cues.len()
    }

    /// Handles a failed transcription: if there were no captions before, there is nothing to show.
    fn not_transcribed(&mut self, error: String) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        workspace.end_task();
        match workspace.recording.clone().filter(|_| workspace.document().cues.is_empty()) {
            Some(recording) => {
                self.after_saving = None;
                self.let_go();
                let again = Action::Transcribe(recording);
                self.state.notices.with_action(NoticeKind::Error, error, say("button-try-again"), again);
            }
            None => self.state.notices.error(error),
        }
    }

    fn exported(&mut self, results: Vec<ExportResult>) {
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
