//! Handles actions and news of recording.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crossbeam::channel::bounded;
use egui::{Context, ViewportCommand};

use super::trouble::{Mend, Trouble};
use super::worker::{Order, RecordingThread, Wanted};
use super::{Choice, Phase, Readers, RecordAction, RecordNews};
use crate::asr::locate;
use crate::audio::capture::InputChoice;
use crate::gui::action::{Action, After};
use crate::gui::app::App;
use crate::gui::command::RecordCommand;
use crate::gui::news::{News, Post};
use crate::gui::notice::{Severity, Subject};
use crate::gui::request::{caption_request, terms};
use crate::gui::state::Page;
use crate::gui::widgets::short_time;
use crate::gui::words::{InWords, decimal, say, say_with};
use crate::gui::workers::Question;
use crate::live::page::{CaptionPage, PageError, PageOptions};
use crate::live::{LevelTrouble, LiveEvent, StopReason, unfinished};
use crate::recognize::CaptionRequest;
use crate::time::MediaTime;
use crate::transcript::Language;

/// Port of the page for browsers; the system chooses one.
const ANY_PORT: u16 = 0;
/// Maximum number of orders that wait for their thread.
const ORDERS: usize = 8;

impl App {
    /// Lists microphones, models and interrupted sessions.
    pub(in crate::gui) fn look_at_studio(&self) {
        let backend = Arc::clone(&self.services.backend);
        self.workers.start("microphones", move |post| {
            post.tell(News::Record { number: 0, news: RecordNews::Microphones(backend.microphones()) });
        });
        let folder = self.recording_folder();
        self.workers.start("unfinished", move |post| {
            // A folder that does not exist contains no sessions.
            let found = unfinished(&folder).unwrap_or_default();
            post.tell(News::Record { number: 0, news: RecordNews::Unfinished(found) });
        });
    }

    fn recording_folder(&self) -> PathBuf {
        let settings = &self.state.settings.recording;
        let folder = settings.folder.clone().or_else(|| self.state.record.default_folder.clone());
        folder.unwrap_or_default()
    }

    fn choice(&self) -> Choice {
        let settings = &self.state.settings;
        Choice {
            input: InputChoice {
                device: settings.recording.microphone.clone(),
                channel: settings.recording.channel,
            },
            // Names and terms can be changed until the recording starts and do not affect the check.
            request: CaptionRequest { vocabulary: None, ..caption_request(settings, self.state.profile()) },
            may_choose: settings.model.is_none(),
            folder: self.recording_folder(),
        }
    }

    /// Shows the recording page.
    pub(in crate::gui) fn show_record_page(&mut self) {
        self.state.page = Page::Record;
        if self.state.record.microphones.as_ref().is_none_or(|found| found.as_ref().is_ok_and(Vec::is_empty))
        {
            self.look_at_studio();
        }
    }

    /// Updates the state of the recording once per frame, and keeps the microphone open during the check.
    pub(in crate::gui) fn follow_recording(&mut self, ctx: &Context) {
        let record = &mut self.state.record;
        record.standing = record.live_state.standing();
        let now = Instant::now();
        let is_open = matches!(record.phase, Phase::Trying { .. } | Phase::Recording { .. });
        let level = if is_open { record.standing.status.level } else { Default::default() };
        record.meter.tell(level, now);
        if let Some(wait) = record.meter.changes_after(now) {
            ctx.request_repaint_after(wait);
        }
        let (news, troubles) = record.live_state.news();
        if !record.is_recording() || !record.standing.is_silent {
            self.state.notices.end(Subject::Silence);
        }
        news.into_iter().for_each(|event| self.tell_of(event));
        troubles.into_iter().for_each(|trouble| self.tell_of_level(trouble));
        self.keep_trying();
    }

    /// Keeps the check running while its page is shown; a new choice restarts it.
    fn keep_trying(&mut self) {
        let is_shown = self.state.page == Page::Record;
        let wanted = self.choice();
        match &self.state.record.phase {
            Phase::Idle if is_shown => self.try_out(wanted),
            Phase::Trying { choice, .. } if !is_shown || **choice != wanted => {
                self.state.record.order(Order::Leave);
                self.state.record.orders = None;
                self.state.record.phase = Phase::Idle;
                if is_shown {
                    self.try_out(wanted);
                }
            }
            _ => {}
        }
    }

    fn try_out(&mut self, choice: Choice) {
        self.state.record.phase = Phase::Trying { choice: Box::new(choice.clone()), result: None };
        self.start_recording_thread("record", choice, RecordingThread::run);
    }

    fn start_recording_thread(
        &mut self,
        name: &'static str,
        choice: Choice,
        work: impl FnOnce(RecordingThread, &Post) + Send + 'static,
    ) {
        let terms = terms(&self.state.settings);
        let record = &mut self.state.record;
        let (sender, orders) = bounded(ORDERS);
        record.orders = Some(sender);
        record.number += 1;
        let recording = RecordingThread {
            number: record.number,
            backend: Arc::clone(&self.services.backend),
            choice,
            terms,
            live_state: Arc::clone(&record.live_state),
            orders,
            seat: Arc::clone(&record.seat),
        };
        self.workers.start(name, move |post| work(recording, post));
    }

    pub(in crate::gui) fn run_on_recording(&mut self, ctx: &Context, command: RecordCommand) {
        let record = &mut self.state.record;
        match command {
            RecordCommand::RecordPage => self.open_record_page(ctx),
            RecordCommand::StartRecording => self.start_recording(),
            RecordCommand::PauseRecording => {
                record.order(if record.standing.is_paused { Order::Resume } else { Order::Pause });
            }
            RecordCommand::StopRecording => self.stop_recording(),
            RecordCommand::ShowAudience => self.state.audience.toggle(),
            RecordCommand::ShowCaptionPage => self.toggle_page(),
        }
    }

    fn open_record_page(&mut self, ctx: &Context) {
        match self.state.record.is_busy() {
            true => self.show_record_page(),
            false => self.leave(ctx, After::Record),
        }
    }

    fn start_recording(&mut self) {
        self.state.notices.end(Subject::Lecture);
        if self.state.queue.is_running() {
            self.pause_queue();
            self.state.notices.done(say("lecture-queue-paused"));
        }
        let settings = &self.state.settings;
        let wanted = Wanted {
            full_quality: settings.recording.full_quality,
            request: caption_request(settings, self.state.profile()),
            terms: terms(settings),
        };
        let record = &mut self.state.record;
        record.order(Order::Start(Box::new(wanted)));
        record.phase = Phase::Starting;
    }

    fn stop_recording(&mut self) {
        let record = &mut self.state.record;
        record.order(Order::Stop);
        record.phase = Phase::Finishing { recovered: None };
    }

    pub(in crate::gui) fn act_on_recording(&mut self, action: RecordAction) {
        match action {
            RecordAction::LookAgain | RecordAction::Mend(Mend::LookAgain) => self.look_again(),
            RecordAction::Mend(Mend::ShowModels) => match locate::user_folder() {
                Some(folder) => self.workers.show_folder(folder),
                None => self.look_again(),
            },
            RecordAction::AskFolder | RecordAction::Mend(Mend::ChooseFolder) => {
                let folder = Some(self.recording_folder());
                self.workers.ask(&*self.services.dialogs, Question::RecordingFolder { folder });
            }
            RecordAction::Recover(place) => self.recover_session(place),
            RecordAction::SetReaders(readers) => self.set_readers(readers),
            RecordAction::NotNow(place) => {
                if place < self.state.record.unfinished.len() {
                    self.state.record.unfinished.remove(place);
                }
            }
        }
    }

    fn look_again(&mut self) {
        self.state.record.microphones = None;
        self.look_at_studio();
        self.workers.list_models();
        if matches!(self.state.record.phase, Phase::Trying { .. }) {
            self.state.record.order(Order::Leave);
            self.state.record.phase = Phase::Idle;
        }
    }

    fn recover_session(&mut self, place: usize) {
        if self.state.record.is_busy() || place >= self.state.record.unfinished.len() {
            return;
        }
        let unfinished = self.state.record.unfinished.remove(place);
        self.state.page = Page::Record;
        self.state.record.phase = Phase::Finishing { recovered: Some(unfinished.clone()) };
        let choice = self.choice();
        self.start_recording_thread("recover", choice, move |recording, post| {
            recording.recover(&unfinished, post)
        });
    }

    /// Closes the window. A recording is stopped and saved first; recognition of the rest is left for later.
    pub(in crate::gui) fn stop_and_quit(&mut self, ctx: &Context) {
        self.pause_queue();
        let record = &mut self.state.record;
        record.then_quits = true;
        match record.phase {
            Phase::Starting | Phase::Recording { .. } => {
                self.stop_recording();
                self.state.page = Page::Record;
            }
            // The rest can be recognized after the next start.
            Phase::Finishing { .. } => record.order(Order::Leave),
            Phase::Idle | Phase::Trying { .. } => self.quit(ctx),
        }
    }

    fn toggle_page(&mut self) {
        match self.state.record.page.is_some() {
            true => self.end_page(),
            false => self.open_page(None),
        }
    }

    /// Tells browsers that the lecture has ended.
    fn end_page(&mut self) {
        match self.take_page() {
            // Dropped here, so that browsers are told before the window closes.
            Some(page) if self.state.record.then_quits => drop(page),
            Some(page) => self.workers.let_go(page),
            None => {}
        }
    }

    fn take_page(&mut self) -> Option<CaptionPage> {
        self.state.record.page = None;
        self.state.record.live_state.set_page(None)
    }

    /// Opens a page once the one `before`, which uses its port, is closed.
    fn open_page(&mut self, before: Option<CaptionPage>) {
        let language = self.state.settings.language.as_ref().map(Language::new);
        let kept_in = self.services.page_file.clone();
        let record = &mut self.state.record;
        if std::mem::replace(&mut record.opens_page, true) {
            return;
        }
        let (readers, backend) = (record.readers, Arc::clone(&self.services.backend));
        self.workers.start("page", move |post| {
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
    fn set_readers(&mut self, readers: Readers) {
        self.state.record.readers = readers;
        if let Some(page) = self.take_page() {
            self.open_page(Some(page));
        }
    }

    pub(in crate::gui) fn hear_of_recording(&mut self, ctx: &Context, number: u64, news: RecordNews) {
        if number != 0 && number != self.state.record.number {
            return;
        }
        let record = &mut self.state.record;
        match news {
            RecordNews::Microphones(found) => {
                record.microphones = Some(found.map_err(Trouble::from));
            }
            RecordNews::Unfinished(found) => record.unfinished = found,
            RecordNews::Checked(found) => {
                if let Phase::Trying { result, .. } = &mut record.phase {
                    *result = Some(found);
                } else if let Err(trouble) = found {
                    // It failed before it started.
                    self.not_recorded(ctx, &trouble);
                }
            }
            RecordNews::Started(files) => {
                if matches!(record.phase, Phase::Starting) {
                    record.phase = Phase::Recording { files };
                }
            }
            RecordNews::Ended(Ok(project)) => self.recorded(ctx, project),
            RecordNews::Ended(Err(error)) => self.not_recorded(ctx, &error),
            RecordNews::Page(Ok(page)) => {
                record.opens_page = false;
                record.page = Some(page.url());
                let taken_port = page.taken_port();
                record.live_state.set_page(Some(page));
                if let Some(port) = taken_port {
                    let text = say_with!("lecture-port-taken", port = port.to_string());
                    self.state.notices.warn_of(Subject::Recording, text);
                }
            }
            RecordNews::Page(Err(error)) => {
                record.opens_page = false;
                self.state.notices.error(error.in_words());
            }
        }
    }

    /// Opens the saved captions of a session, or closes the window.
    fn recorded(&mut self, ctx: &Context, project: PathBuf) {
        self.end_recording();
        if self.state.record.then_quits {
            return self.quit(ctx);
        }
        self.state.page = Page::Captions;
        self.state.notices.done(say_with!("lecture-saved", path = project.display().to_string()));
        let name = project.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.tell_outside(say("lecture-saved-title").to_owned(), name);
        self.leave(ctx, After::Open(project));
    }

    fn not_recorded(&mut self, ctx: &Context, error: &dyn InWords) {
        self.end_recording();
        if self.state.record.then_quits {
            return self.quit(ctx);
        }
        let again = Action::Record(RecordAction::LookAgain);
        self.state.notices.with_action(Severity::Error, error.in_words(), say("button-look-again"), again);
        self.look_at_studio();
    }

    fn end_recording(&mut self) {
        if matches!(self.state.record.phase, Phase::Recording { .. } | Phase::Finishing { .. }) {
            self.end_page();
        }
        let record = &mut self.state.record;
        (record.phase, record.orders) = (Phase::Idle, None);
        record.live_state.clear();
        self.state.audience.close();
        self.state.notices.end(Subject::Microphone);
        self.state.notices.end(Subject::Recording);
    }

    fn quit(&mut self, ctx: &Context) {
        self.may_quit = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Shows notices for session events.
    fn tell_of(&mut self, event: LiveEvent) {
        let notices = &mut self.state.notices;
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
            LiveEvent::Stopped { at, reason } => self.stopped(at, reason),
            _ => {}
        }
    }

    fn tell_of_level(&mut self, trouble: LevelTrouble) {
        let notices = &mut self.state.notices;
        match trouble {
            // The meter shows it for as long as it lasts.
            LevelTrouble::Clipping => {
                notices.hint(say("lecture-clipping"));
            }
            LevelTrouble::Silent => notices.warn_of(Subject::Silence, say("lecture-silent")),
        }
    }

    fn stopped(&mut self, at: MediaTime, reason: StopReason) {
        let at = short_time(at);
        match reason {
            StopReason::Asked => {}
            StopReason::EndOfInput => {
                self.state.notices.warn_of(Subject::Lecture, say_with!("lecture-sound-ended", at = at));
            }
            StopReason::DiskFull => self.state.notices.error(say_with!("lecture-disk-full", at = at)),
            StopReason::Unwritable(cause) => {
                self.state.notices.error(say_with!("lecture-unwritable", at = at, cause = cause.in_words()))
            }
        }
        if self.state.record.is_recording() {
            self.state.record.phase = Phase::Finishing { recovered: None };
        }
    }
}
