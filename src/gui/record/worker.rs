//! The recording thread: loads microphone and model, checks them, and follows a session to its end.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, RecvTimeoutError, never};
use crossbeam::select;

use super::RecordingChoice;
use super::backend::{LiveModel, RecordingBackend};
use super::live_state::LiveState;
use super::metered_source::MeteredSource;
use super::news::RecordNews;
use super::trouble::{NotRecorded, Trouble};
use crate::asr::locate::ModelRequest;
use crate::audio::seconds_of_space;
use crate::gui::news::{News, Post};
use crate::live::free_space;
use crate::live::{
    LiveFiles, LiveSession, Preflight, PreflightError, Source, Stability, Unfinished, keep_recorded,
};
use crate::project::{Project, ProjectSettings};
use crate::recognize::{CaptionRequest, EngineRequest};
use crate::time::MediaTime;

/// How often the level of the microphone is read before a recording.
const TICK: Duration = Duration::from_millis(40);
/// How often the free disk space is checked.
const LOOK_AT_DISK: Duration = Duration::from_secs(5);

/// What the window requests from the thread.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RecordingOrder {
    Start(Box<Wanted>),
    Pause,
    Resume,
    Stop,
    /// Names a voice, by its number.
    NameVoice(usize, String),
    /// Ends the session and leaves the rest for later, or ends the check.
    Leave,
}

/// Options that are fixed only when a recording starts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// Also keep the sound at the microphone's full quality.
    pub full_quality: bool,
    /// How soon words are certain.
    pub stability: Stability,
    pub request: CaptionRequest,
    /// Names and terms that may be spoken.
    pub terms: Vec<String>,
}

/// What the thread works with.
pub(super) struct RecordingThread {
    /// Distinguishes its news from those of other threads.
    pub number: u64,
    pub backend: Arc<dyn RecordingBackend>,
    pub choice: RecordingChoice,
    /// Names and terms that may be spoken.
    pub terms: Vec<String>,
    pub live_state: Arc<LiveState>,
    pub orders: Receiver<RecordingOrder>,
    /// Locked by the one thread that may use the microphone.
    pub seat: Arc<Mutex<()>>,
}

/// What a recording needs.
type Prepared = (Box<dyn LiveModel>, Box<dyn Source>);

impl RecordingThread {
    /// Checks microphone, disk and model, then waits for the order to record.
    pub fn run(mut self, post: &Post) {
        let _seat = self.seat.lock().unwrap_or_else(PoisonError::into_inner);
        let prepared = self.prepare();
        let (mut model, source) = match prepared {
            Ok(prepared) => prepared,
            Err(trouble) => return self.tell(post, RecordNews::Checked(Err(trouble))),
        };
        self.live_state.clear();
        let mut source = MeteredSource::new(source, Arc::clone(&self.live_state), self.orders.clone());
        let checked = model.check(&mut source, &self.choice.folder, &self.choice.request);
        match checked {
            Ok(mut measured) => {
                model = self.better_model(&mut measured).unwrap_or(model);
                if self.choice.may_choose {
                    let language = self.choice.request.language.as_ref();
                    measured.look_for_better(&self.backend.models_to_get(language));
                }
                self.tell(post, RecordNews::Checked(Ok(measured.findings())));
            }
            Err(PreflightError::Source(_)) if source.is_called() => {}
            Err(error) => return self.tell(post, RecordNews::Checked(Err(error.into()))),
        }
        match self.wait_for_start(&mut source) {
            Ok(Some(wanted)) => {
                let Wanted { full_quality, stability, request, terms } = *wanted;
                (self.choice.request, self.terms) = (request, terms);
                self.record(&*model, source.into_source(), (full_quality, stability), post);
            }
            Ok(None) => {}
            Err(trouble) => self.tell(post, RecordNews::Checked(Err(trouble))),
        }
    }

    /// Resumes an interrupted session.
    pub fn recover(self, unfinished: &Unfinished, post: &Post) {
        self.live_state.clear();
        self.keep(self.reopen(&unfinished.files), &unfinished.files, 0, post);
    }

    fn reopen(&self, files: &LiveFiles) -> Result<LiveSession, NotRecorded> {
        let request = &self.choice.request;
        let model = self.backend.load(&request.engine).map_err(Trouble::from)?;
        Ok(model.recover(files, request.clone())?)
    }

    fn prepare(&self) -> Result<Prepared, Trouble> {
        let model = self.backend.load(&self.choice.request.engine)?;
        Ok((model, self.backend.open(&self.choice.input)?))
    }

    /// Returns the best model that keeps up with the measured sound, if the user has not chosen one. Stops trying
    /// models when an order to record arrives.
    fn better_model(&self, measured: &mut Preflight) -> Option<Box<dyn LiveModel>> {
        if !self.choice.may_choose {
            return None;
        }
        let request = &self.choice.request;
        measured.choose(&self.backend.models(request.language.as_ref()), |entry, recorded| {
            if !self.orders.is_empty() {
                return None;
            }
            let model = ModelRequest::Name(entry.name.clone());
            let model =
                self.backend.load(&EngineRequest { model, ..self.choice.request.engine.clone() }).ok()?;
            let speed = model.speed(recorded, request).ok()?;
            Some((model, speed))
        })
    }

    /// Reads the microphone to keep the meter live. Returns the options when the recording starts, `None` if the user
    /// leaves.
    fn wait_for_start(&self, source: &mut MeteredSource) -> Result<Option<Box<Wanted>>, Trouble> {
        let mut samples = Vec::new();
        loop {
            match self.orders.recv_timeout(TICK) {
                Ok(RecordingOrder::Start(wanted)) => return Ok(Some(wanted)),
                Ok(RecordingOrder::Leave) | Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => {
                    samples.clear();
                    let read = source.read(&mut samples);
                    if let Err(error) = read.map(drop)
                        && !source.is_called()
                    {
                        return Err(error.into());
                    }
                }
            }
        }
    }

    fn record(
        &self,
        model: &dyn LiveModel,
        mut source: Box<dyn Source>,
        (full_quality, stability): (bool, Stability),
        post: &Post,
    ) {
        self.live_state.clear();
        let mut files = LiveFiles::named(&self.choice.folder, &LiveFiles::name_of_now());
        let mut beside = 0;
        if full_quality {
            files = files.with_full_quality();
            beside = source.original(&mut Vec::new()).map_or(0, |form| form.bytes_a_second());
        }
        let request = self.choice.request.clone();
        let session = model.start(source, &files, request, stability).map_err(NotRecorded::from);
        if session.is_ok() {
            self.tell(post, RecordNews::Started(files.clone()));
        }
        self.keep(session, &files, beside, post);
    }

    /// Follows a session to its end and saves the result. `beside` is the extra bytes per second written beside its
    /// sound.
    fn keep(&self, session: Result<LiveSession, NotRecorded>, files: &LiveFiles, beside: u64, post: &Post) {
        let result = session.and_then(|session| {
            self.follow(&session, &files.sound, beside);
            self.save(session, files)
        });
        self.tell(post, RecordNews::Ended(result));
    }

    /// Forwards events to the live state and orders to the session, until the session has ended.
    fn follow(&self, session: &LiveSession, sound: &Path, beside: u64) {
        let mut orders = self.orders.clone();
        let mut next_look = Instant::now();
        loop {
            select! {
                recv(session.events()) -> event => match event {
                    Ok(event) => self.live_state.show(event),
                    Err(_) => return,
                },
                recv(orders) -> order => match order {
                    Ok(RecordingOrder::Pause) => session.pause(),
                    Ok(RecordingOrder::Resume) => session.resume(),
                    Ok(RecordingOrder::Stop) => session.stop(),
                    Ok(RecordingOrder::Leave) => session.abandon(),
                    Ok(RecordingOrder::NameVoice(voice, name)) => session.name_voice(voice, &name),
                    Ok(RecordingOrder::Start(_)) => {}
                    // The window was closed.
                    Err(_) => {
                        session.abandon();
                        orders = never();
                    }
                },
            }
            if Instant::now() >= next_look {
                next_look = Instant::now() + LOOK_AT_DISK;
                self.live_state.set_room(room(sound, beside));
            }
        }
    }

    fn save(&self, session: LiveSession, files: &LiveFiles) -> Result<PathBuf, NotRecorded> {
        let transcript = session.finish()?;
        let request = &self.choice.request;
        let settings = ProjectSettings {
            profile: Some(request.profile.name.clone()),
            language: request.language.as_ref().map(|language| language.tag().to_owned()),
            model: None,
        };
        let project = Project { settings, vocabulary: self.terms.clone(), ..Project::default() };
        Ok(keep_recorded(transcript, files, request, project)?)
    }

    fn tell(&self, post: &Post, news: RecordNews) {
        post.tell(News::Record { number: self.number, news });
    }
}

/// Returns how much audio the disk of this file has space for, with `beside` extra bytes per second.
fn room(file: &Path, beside: u64) -> Option<MediaTime> {
    Some(MediaTime::from_millis(seconds_of_space(free_space(file)?, beside) as i64 * 1000))
}
