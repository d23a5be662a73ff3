//! Handles actions and news of recording.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crossbeam::channel::bounded;
use egui::Context;

use super::trouble::{Remedy, Trouble};
use super::worker::{RecordingOrder, RecordingThread, Wanted};
use super::{Phase, Readers, RecordAction, RecordNews, RecordState, RecordingChoice};
use crate::asr::locate;
use crate::audio::capture::InputChoice;
use crate::gui::action::{Action, After};
use crate::gui::command::RecordCommand;
use crate::gui::editor::action::EditorAction;
use crate::gui::news::{News, Post};
use crate::gui::notice::{NoticeKind, Notices, Subject};
use crate::gui::queue::QueueAction;
use crate::gui::request::{caption_request, profile, stability, terms};
use crate::gui::shared::Shared;
use crate::gui::state::Page;
use crate::gui::widgets::short_time;
use crate::gui::words::{InWords, decimal, say, say_with};
use crate::gui::workers::Question;
use crate::live::page::{CaptionPage, PageError, PageOptions};
use crate::live::{LevelTrouble, LiveEvent, StopReason, unfinished};
use crate::recognize::CaptionRequest;
use crate::settings::Settings;
use crate::time::MediaTime;
use crate::transcript::Language;

/// Port of the page for browsers; the system chooses one.
const ANY_PORT: u16 = 0;
/// Maximum number of orders that wait for their thread.
const ORDERS: usize = 8;

impl RecordState {
    /// Lists microphones, models and interrupted sessions.
    pub fn look_around(&self, shared: &Shared<'_>) {
        let backend = Arc::clone(&shared.services.backend);
        shared.workers.start("microphones", move |post| {
            post.tell(News::Record { number: 0, news: RecordNews::Microphones(backend.microphones()) });
        });
        let folder = self.folder(shared.settings);
        shared.workers.start("unfinished", move |post| {
            // A folder that does not exist contains no sessions.
            let found = unfinished(&folder).unwrap_or_default();
            post.tell(News::Record { number: 0, news: RecordNews::Unfinished(found) });
        });
    }

    fn folder(&self, settings: &Settings) -> PathBuf {
        let settings = &settings.recording;
        let folder = settings.folder.clone().or_else(|| self.default_folder.clone());
        folder.unwrap_or_default()
    }

    fn choice(&self, settings: &Settings) -> RecordingChoice {
        RecordingChoice {
            input: InputChoice {
                device: settings.recording.microphone.clone(),
                channel: settings.recording.channel,
            },
            // Names and terms can be changed until the recording starts and do not affect the check.
            request: CaptionRequest { vocabulary: None, ..caption_request(settings, profile(settings)) },
            may_choose: settings.model.is_none(),
            folder: self.folder(settings),
        }
    }

    /// Shows the recording page.
    pub fn show_page(&mut self, shared: &mut Shared<'_>) {
        *shared.page = Page::Record;
        if self.microphones.as_ref().is_none_or(|found| found.as_ref().is_ok_and(Vec::is_empty)) {
            self.look_around(shared);
        }
    }

    /// Updates the state of the recording once per frame, and keeps the microphone open during the check.
    pub fn follow(&mut self, shared: &mut Shared<'_>, ctx: &Context) {
        self.standing = self.live_state.standing();
        let now = Instant::now();
        let is_open = matches!(self.phase, Phase::Trying { .. } | Phase::Recording { .. });
        let level = if is_open { self.standing.status.level } else { Default::default() };
        self.meter.tell(level, now);
        if let Some(wait) = self.meter.changes_after(now) {
            ctx.request_repaint_after(wait);
        }
        let (news, troubles) = self.live_state.news();
        if !self.is_recording() || !self.standing.is_silent {
            shared.notices.end(Subject::Silence);
        }
        news.into_iter().for_each(|event| self.tell_of(shared.notices, event));
        troubles.into_iter().for_each(|trouble| tell_of_level(shared.notices, trouble));
        self.keep_trying(shared);
    }

    /// Keeps the check running while its page is shown; a new choice restarts it.
    fn keep_trying(&mut self, shared: &Shared<'_>) {
        let is_shown = *shared.page == Page::Record;
        let wanted = self.choice(shared.settings);
        match &self.phase {
            Phase::Idle if is_shown => self.try_out(shared, wanted),
            Phase::Trying { choice, .. } if !is_shown || **choice != wanted => {
                self.order(RecordingOrder::Leave);
                self.orders = None;
                self.phase = Phase::Idle;
                if is_shown {
                    self.try_out(shared, wanted);
                }
            }
            _ => {}
        }
    }

    fn try_out(&mut self, shared: &Shared<'_>, choice: RecordingChoice) {
        self.phase = Phase::Trying { choice: Box::new(choice.clone()), result: None };
        self.start_thread(shared, "record", choice, RecordingThread::run);
    }

    fn start_thread(
        &mut self,
        shared: &Shared<'_>,
        name: &'static str,
        choice: RecordingChoice,
        work: impl FnOnce(RecordingThread, &Post) + Send + 'static,
    ) {
        let (sender, orders) = bounded(ORDERS);
        self.orders = Some(sender);
        self.number += 1;
        let recording = RecordingThread {
            number: self.number,
            backend: Arc::clone(&shared.services.backend),
            choice,
            terms: terms(shared.settings),
            live_state: Arc::clone(&self.live_state),
            orders,
            seat: Arc::clone(&self.seat),
        };
        shared.workers.start(name, move |post| work(recording, post));
    }

    pub fn run(&mut self, shared: &mut Shared<'_>, command: RecordCommand) {
        match command {
            RecordCommand::RecordPage => self.open_page(shared),
            RecordCommand::StartRecording => self.start(shared),
            RecordCommand::PauseRecording => {
                self.order(if self.standing.is_paused {
                    RecordingOrder::Resume
                } else {
                    RecordingOrder::Pause
                });
            }
            RecordCommand::StopRecording => self.stop(),
            RecordCommand::ShowAudience => shared.audience.toggle(),
            RecordCommand::ShowCaptionPage => self.toggle_caption_page(shared),
        }
    }

    fn open_page(&mut self, shared: &mut Shared<'_>) {
        match self.is_busy() {
            true => self.show_page(shared),
            false => shared.leave(After::Record),
        }
    }

    fn start(&mut self, shared: &mut Shared<'_>) {
        shared.notices.end(Subject::Lecture);
        shared.actions.ask(Action::Queue(QueueAction::GiveWay));
        let settings = &*shared.settings;
        let wanted = Wanted {
            full_quality: settings.recording.full_quality,
            stability: stability(settings),
            request: caption_request(settings, profile(settings)),
            terms: terms(settings),
        };
        self.order(RecordingOrder::Start(Box::new(wanted)));
        self.phase = Phase::Starting;
    }

    fn stop(&mut self) {
        self.order(RecordingOrder::Stop);
        self.phase = Phase::Finishing { recovered: None };
    }

    pub fn act(&mut self, shared: &mut Shared<'_>, action: RecordAction) {
        match action {
            RecordAction::LookAgain | RecordAction::Remedy(Remedy::LookAgain) => self.look_again(shared),
            RecordAction::Remedy(Remedy::ShowModels) => match locate::user_folder() {
                Some(folder) => shared.workers.show_folder(folder),
                None => self.look_again(shared),
            },
            RecordAction::AskFolder | RecordAction::Remedy(Remedy::ChooseFolder) => {
                let folder = Some(self.folder(shared.settings));
                shared.ask(Question::RecordingFolder { folder });
            }
            RecordAction::Recover(place) => self.recover(shared, place),
            RecordAction::SetReaders(readers) => self.set_readers(shared, readers),
            RecordAction::NameVoice(voice, name) => {
                self.order(RecordingOrder::NameVoice(voice, name.clone()));
                self.voices.insert(voice, name);
            }
            RecordAction::NotNow(place) => {
                if place < self.unfinished.len() {
                    self.unfinished.remove(place);
                }
            }
        }
    }

    fn look_again(&mut self, shared: &Shared<'_>) {
        self.microphones = None;
        self.look_around(shared);
        shared.workers.list_models();
        if matches!(self.phase, Phase::Trying { .. }) {
            self.order(RecordingOrder::Leave);
            self.phase = Phase::Idle;
        }
    }

    fn recover(&mut self, shared: &mut Shared<'_>, place: usize) {
        if self.is_busy() || place >= self.unfinished.len() {
            return;
        }
        let unfinished = self.unfinished.remove(place);
        *shared.page = Page::Record;
        self.phase = Phase::Finishing { recovered: Some(unfinished.clone()) };
        let choice = self.choice(shared.settings);
        self.start_thread(shared, "recover", choice, move |recording, post| {
            recording.recover(&unfinished, post)
        });
    }

    /// Closes the window. A recording is stopped and saved first; recognition of the rest is left for later.
    pub fn stop_and_quit(&mut self, shared: &mut Shared<'_>) {
        self.then_quits = true;
        match self.phase {
            Phase::Starting | Phase::Recording { .. } => {
                self.stop();
                *shared.page = Page::Record;
            }
            // The rest can be recognized after the next start.
            Phase::Finishing { .. } => self.order(RecordingOrder::Leave),
            Phase::Idle | Phase::Trying { .. } => quit(shared),
        }
    }

    fn toggle_caption_page(&mut self, shared: &Shared<'_>) {
        match self.page.is_some() {
            true => self.end_caption_page(shared),
            false => self.open_caption_page(shared, None),
        }
    }

    /// Tells browsers that the lecture has ended.
    fn end_caption_page(&mut self, shared: &Shared<'_>) {
        match self.take_caption_page() {
            // Dropped here, so that browsers are told before the window closes.
            Some(page) if self.then_quits => drop(page),
            Some(page) => shared.workers.let_go(page),
            None => {}
        }
    }

    fn take_caption_page(&mut self) -> Option<CaptionPage> {
        self.page = None;
        self.live_state.set_page(None)
    }

    /// Opens a page once the one `before`, which uses its port, is closed.
    fn open_caption_page(&mut self, shared: &Shared<'_>, before: Option<CaptionPage>) {
        let language = shared.settings.language.as_ref().map(Language::new);
        let kept_in = shared.services.page_file.clone();
        if std::mem::replace(&mut self.opens_page, true) {
            return;
        }
        let (readers, backend) = (self.readers, Arc::clone(&shared.services.backend));
        shared.workers.start("page", move |post| {
            drop(before);
            let host = match readers {
                Readers::ThisComputer => Some(Ipv4Addr::LOCALHOST.into()),
                Readers::Network => backend.network_address(),
            };
            let opened = host.ok_or(PageError::NoNetwork);
            let options =
                |host| PageOptions { kept_in, language, ..PageOptions::at((host, ANY_PORT).into()) };
            let opened = opened.and_then(|host| CaptionPage::open(options(host)));
            post.tell(News::Record { number: 0, news: RecordNews::Page(opened) });
        });
    }

    /// Sets who may read the page; an open page is replaced.
    fn set_readers(&mut self, shared: &Shared<'_>, readers: Readers) {
        self.readers = readers;
        if let Some(page) = self.take_caption_page() {
            self.open_caption_page(shared, Some(page));
        }
    }

    pub fn handle_news(&mut self, shared: &mut Shared<'_>, number: u64, news: RecordNews) {
        if number != 0 && number != self.number {
            return;
        }
        match news {
            RecordNews::Microphones(found) => {
                self.microphones = Some(found.map_err(Trouble::from));
            }
            RecordNews::Unfinished(found) => self.unfinished = found,
            RecordNews::Checked(found) => {
                if let Phase::Trying { result, .. } = &mut self.phase {
                    *result = Some(found);
                } else if let Err(trouble) = found {
                    // It failed before it started.
                    self.not_recorded(shared, &trouble);
                }
            }
            RecordNews::Started(files) => {
                if matches!(self.phase, Phase::Starting) {
                    self.phase = Phase::Recording { files };
                }
            }
            RecordNews::Ended(Ok(project)) => self.recorded(shared, project),
            RecordNews::Ended(Err(error)) => self.not_recorded(shared, &error),
            RecordNews::Page(Ok(page)) => {
                self.opens_page = false;
                self.page = Some(page.url());
                let taken_port = page.taken_port();
                self.live_state.set_page(Some(page));
                if let Some(port) = taken_port {
                    let text = say_with!("lecture-port-taken", port = port.to_string());
                    shared.notices.warn_of(Subject::Recording, text);
                }
            }
            RecordNews::Page(Err(error)) => {
                self.opens_page = false;
                shared.notices.error(error.in_words());
            }
        }
    }

    /// Opens the saved captions of a session, or closes the window.
    fn recorded(&mut self, shared: &mut Shared<'_>, project: PathBuf) {
        self.end(shared);
        if self.then_quits {
            return quit(shared);
        }
        *shared.page = Page::Captions;
        shared.notices.done(say_with!("lecture-saved", path = project.display().to_string()));
        let name = project.file_name().unwrap_or_default().to_string_lossy().into_owned();
        shared.tell_outside(say("lecture-saved-title").to_owned(), name);
        if shared.settings.speakers {
            shared.actions.ask(EditorAction::FindSpeakersIn(project.clone()));
        }
        shared.leave(After::Open(project));
    }

    fn not_recorded(&mut self, shared: &mut Shared<'_>, error: &dyn InWords) {
        self.end(shared);
        if self.then_quits {
            return quit(shared);
        }
        let again = Action::Record(RecordAction::LookAgain);
        shared.notices.with_action(NoticeKind::Error, error.in_words(), say("button-look-again"), again);
        self.look_around(shared);
    }

    fn end(&mut self, shared: &mut Shared<'_>) {
        if matches!(self.phase, Phase::Recording { .. } | Phase::Finishing { .. }) {
            self.end_caption_page(shared);
        }
        (self.phase, self.orders) = (Phase::Idle, None);
        self.voices.clear();
        self.live_state.clear();
        shared.audience.close();
        shared.notices.end(Subject::Microphone);
        shared.notices.end(Subject::Recording);
    }

    /// Shows notices for session events.
    fn tell_of(&mut self, notices: &mut Notices, event: LiveEvent) {
        match event {
            LiveEvent::DeviceLost { reason, .. } => notices.warn_of(
                Subject::Microphone,
                say_with!("lecture-microphone-lost", reason = reason.in_words()),
            ),
            LiveEvent::DeviceBack { gap } => {
                notices.end(Subject::Microphone);
                let (from, to) = (short_time(gap.start), short_time(gap.end));
                let text = say_with!("lecture-microphone-back", from = from, to = to);
                notices.warn_of(Subject::Lecture, text);
            }
            LiveEvent::SoundDropped { at, length } => {
                let (seconds, at) = (decimal(length.as_secs_f64(), 1), short_time(at));
                let text = say_with!("lecture-sound-dropped", seconds = seconds, at = at);
                notices.warn_of(Subject::Lecture, text);
            }
            LiveEvent::FullQualityStopped { reason, .. } => {
                let text = say_with!("lecture-full-quality-stopped", reason = reason.in_words());
                notices.warn_of(Subject::Lecture, text);
            }
            LiveEvent::DiskLow { minutes } => {
                let text = say_with!("lecture-disk-low", minutes = minutes);
                notices.warn_of(Subject::Recording, text);
            }
            LiveEvent::RecognizerFailed { reason } => {
                let text = say_with!("lecture-recognizer-failed", reason = reason.in_words());
                notices.warn_of(Subject::Recording, text);
            }
            LiveEvent::NotRecognized { span } => {
                let (from, to) = (short_time(span.start), short_time(span.end));
                let text = say_with!("lecture-not-recognized", from = from, to = to);
                notices.warn_of(Subject::Lecture, text);
            }
            LiveEvent::SpeakersUnknown { reason } => {
                let text = say_with!("error-no-speakers", reason = reason.in_words());
                notices.warn_of(Subject::Lecture, text);
            }
            LiveEvent::Stopped { at, reason } => self.stopped(notices, at, reason),
            _ => {}
        }
    }

    fn stopped(&mut self, notices: &mut Notices, at: MediaTime, reason: StopReason) {
        let at = short_time(at);
        match reason {
            StopReason::Asked => {}
            StopReason::EndOfInput => {
                notices.warn_of(Subject::Lecture, say_with!("lecture-sound-ended", at = at));
            }
            StopReason::DiskFull => notices.error(say_with!("lecture-disk-full", at = at)),
            StopReason::Unwritable(cause) => {
                notices.error(say_with!("lecture-unwritable", at = at, cause = cause.in_words()))
            }
        }
        if self.is_recording() {
            self.phase = Phase::Finishing { recovered: None };
        }
    }
}

fn tell_of_level(notices: &mut Notices, trouble: LevelTrouble) {
    match trouble {
        // The meter shows it for as long as it lasts.
        LevelTrouble::Clipping => notices.hint(say("lecture-clipping")),
        LevelTrouble::Silent => notices.warn_of(Subject::Silence, say("lecture-silent")),
    }
}

fn quit(shared: &mut Shared<'_>) {
    shared.actions.ask(Action::DiscardThen(After::Quit));
}
