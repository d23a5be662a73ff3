//! The feed thread: writes audio from the source to the spool, whatever else fails.

use std::sync::Arc;
use std::time::Duration;

use crossbeam::channel::{Receiver, TryRecvError};

use super::clock::SessionClock;
use super::disk::{DiskState, DiskWatch};
use super::event::{LiveEvent, LiveStatus, StopReason};
use super::event_sender::EventSender;
use super::journal::{Journal, JournalEntry};
use super::source::{Source, SourceRead};
use super::spool_progress::Tail;
use crate::audio::{AudioError, FullQuality, SAMPLE_RATE, Spool};
use crate::time::{MediaTime, TimeSpan};

/// How often the source is read.
const TICK: Duration = Duration::from_millis(40);
const SYNC_EVERY: Duration = Duration::from_secs(1);
const STATUS_EVERY: Duration = Duration::from_millis(100);
/// If a round takes longer than this, the computer has slept. Some clocks count that time; the recording does not.
const ASLEEP: Duration = Duration::from_secs(60);
/// How often to try to reopen a lost device.
const REOPEN_EVERY: Duration = Duration::from_secs(1);

/// A request of the user to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecorderCommand {
    Pause,
    Resume,
    Stop,
}

/// The only writer of the spool.
pub(super) struct Recorder {
    pub source: Box<dyn Source>,
    pub spool: Spool,
    pub journal: Journal,
    pub clock: Arc<dyn SessionClock>,
    pub tail: Arc<Tail>,
    pub commands: Receiver<RecorderCommand>,
    pub outbox: EventSender,
    /// The audio as the device delivers it, while it is kept.
    pub full: Option<FullQuality>,
    pub disk: DiskWatch,
}

/// The state of the source.
enum Input {
    Open,
    /// The source is lost. Silence is recorded from sample `from` on, which was at the time `since`.
    Lost {
        from: u64,
        since: Duration,
        next_try: Duration,
    },
}

struct State {
    input: Input,
    /// When the source last delivered audio.
    last_sound: Duration,
    is_paused: bool,
    /// The time of this round, read once, so that the computer sleeps only between rounds.
    now: Duration,
    next_sync: Duration,
    next_status: Duration,
    samples: Vec<f32>,
    /// The same audio as the device delivered it.
    original: Vec<f32>,
}

impl Recorder {
    /// Records until the user stops it, the source ends, or the disk is full. The recording is then complete on the
    /// disk.
    pub fn run(mut self) {
        let reason = self.record();
        if let StopReason::Unwritable(_) | StopReason::DiskFull = reason {
            // The last write may be incomplete; repairing the header needs no space.
            let _ = crate::audio::repair_spool(self.spool.path());
        }
        self.outbox.post(LiveEvent::Stopped { at: self.now(), reason });
        self.tail.end();
        self.outbox.finish();
    }

    fn record(&mut self) -> StopReason {
        let start = self.clock.now();
        let mut state = State {
            input: Input::Open,
            last_sound: start,
            is_paused: false,
            now: start,
            next_sync: start + SYNC_EVERY,
            next_status: start,
            samples: Vec::new(),
            original: Vec::new(),
        };
        loop {
            let stop = self.tick(&mut state).unwrap_or_else(|error| Some(unwritable(error)));
            if let Some(reason) = stop {
                self.close_gap(&state);
                let synced = self.take_rest(&mut state).and_then(|()| self.spool.sync());
                self.keep_full(FullQuality::sync);
                return synced.err().map_or(reason, unwritable);
            }
            self.outbox.retry();
            self.clock.sleep(TICK);
        }
    }

    /// Runs one round. Returns the reason to stop, if any.
    fn tick(&mut self, state: &mut State) -> Result<Option<StopReason>, AudioError> {
        self.begin_round(state);
        let asked = self.obey(state);
        let ended = self.take_sound(state)?;
        let now = state.now;
        if now >= state.next_sync {
            self.spool.sync()?;
            self.keep_full(FullQuality::sync);
            state.next_sync = now + SYNC_EVERY;
        }
        if now >= state.next_status {
            let (recorded, lag) = (self.now(), self.tail.lag());
            self.outbox.offer(LiveEvent::Status(LiveStatus { recorded, lag, level: self.source.level() }));
            state.next_status = now + STATUS_EVERY;
        }
        let others = self.full.as_ref().and_then(FullQuality::format).map_or(0, |form| form.bytes_a_second());
        match self.disk.check(now, others) {
            DiskState::Enough => {}
            DiskState::Low { minutes } => self.outbox.post(LiveEvent::DiskLow { minutes }),
            DiskState::Full => return Ok(Some(StopReason::DiskFull)),
        }
        Ok(match (asked, ended) {
            (true, _) => Some(StopReason::Asked),
            (_, true) => Some(StopReason::EndOfInput),
            _ => None,
        })
    }

    /// Reads the clock. A gap does not grow while the computer sleeps.
    fn begin_round(&mut self, state: &mut State) {
        let now = self.clock.now();
        let slept = now.saturating_sub(std::mem::replace(&mut state.now, now));
        if slept > ASLEEP {
            state.last_sound += slept;
            if let Input::Lost { since, .. } = &mut state.input {
                *since += slept;
            }
        }
    }

    /// Carries out the pending commands. Returns true to stop.
    fn obey(&mut self, state: &mut State) -> bool {
        let at = self.now();
        loop {
            let command = match self.commands.try_recv() {
                Err(TryRecvError::Empty) => return false,
                Ok(RecorderCommand::Stop) | Err(TryRecvError::Disconnected) => return true,
                Ok(command) => command,
            };
            let pauses = command == RecorderCommand::Pause;
            if pauses != state.is_paused {
                let event = if pauses { LiveEvent::Paused { at } } else { LiveEvent::Resumed { at } };
                self.outbox.post(event);
            }
            state.is_paused = pauses;
            if let Input::Lost { from, since, .. } = &mut state.input {
                // No silence is recorded during a pause, so the gap continues from here.
                (*from, *since) = (self.spool.written(), state.now);
            }
        }
    }

    /// Spools new audio, or silence while the device is lost. Returns true if the source has ended.
    fn take_sound(&mut self, state: &mut State) -> Result<bool, AudioError> {
        state.samples.clear();
        let read = match &mut state.input {
            Input::Open => self.source.read(&mut state.samples),
            Input::Lost { next_try, .. } if state.now >= *next_try => {
                *next_try = state.now + REOPEN_EVERY;
                if self.source.reopen().is_ok() {
                    // Opening may take long.
                    self.begin_round(state);
                    self.fill_gap(state)?;
                    self.close_gap(state);
                    (state.input, state.last_sound) = (Input::Open, state.now);
                }
                return Ok(false);
            }
            Input::Lost { .. } => {
                self.fill_gap(state)?;
                return Ok(false);
            }
        };
        if !state.samples.is_empty() {
            state.last_sound = state.now;
            if !state.is_paused {
                self.append(&state.samples)?;
            }
        }
        self.take_original(state);
        match read {
            Ok(SourceRead::End) => return Ok(true),
            Ok(SourceRead::Sound { dropped: 0 }) => {}
            Ok(SourceRead::Sound { dropped }) => {
                let length = MediaTime::from_samples(dropped, SAMPLE_RATE);
                self.outbox.post(LiveEvent::SoundDropped { at: self.now(), length });
            }
            Err(error) => {
                let at = self.now();
                self.outbox.post(LiveEvent::DeviceLost { at, reason: Arc::new(error) });
                // Some devices are silent for seconds before they are reported as lost.
                let (from, since) = (self.spool.written(), state.last_sound);
                state.input = Input::Lost { from, since, next_try: state.now + REOPEN_EVERY };
            }
        }
        Ok(false)
    }

    /// Writes the audio of the device to the full-quality file, if there is one.
    fn take_original(&mut self, state: &mut State) {
        state.original.clear();
        let Some(format) = self.full.as_ref().and_then(|_| self.source.original(&mut state.original)) else {
            return;
        };
        let until = self.spool.written();
        if !state.is_paused && !state.original.is_empty() {
            self.keep_full(|full| full.append(format, &state.original, until));
        }
    }

    /// Works on the full-quality file; if that fails, the recording continues without it.
    fn keep_full(&mut self, work: impl FnOnce(&mut FullQuality) -> Result<(), AudioError>) {
        let Some(Err(error)) = self.full.as_mut().map(work) else { return };
        self.full = None;
        self.outbox.post(LiveEvent::FullQualityStopped { at: self.now(), reason: Arc::new(error) });
    }

    /// Spools the audio that is left in the source at the end.
    fn take_rest(&mut self, state: &mut State) -> Result<(), AudioError> {
        state.samples.clear();
        if matches!(state.input, Input::Open) && !state.is_paused {
            self.source.finish(&mut state.samples);
            self.append(&state.samples)?;
        }
        Ok(())
    }

    fn append(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        self.spool.append(samples)?;
        self.tail.set_written(self.spool.written());
        Ok(())
    }

    /// Records silence for the time since the device was lost, so that later times stay correct.
    fn fill_gap(&mut self, state: &State) -> Result<(), AudioError> {
        const BLOCK: u64 = SAMPLE_RATE as u64;
        let Input::Lost { from, since, .. } = state.input else { return Ok(()) };
        if state.is_paused {
            return Ok(());
        }
        let passed = (state.now - since).as_micros() as u64 * u64::from(SAMPLE_RATE) / 1_000_000;
        while self.spool.written() < from + passed {
            let missing = (from + passed - self.spool.written()).min(BLOCK);
            self.append(&vec![0.0; missing as usize])?;
        }
        Ok(())
    }

    /// Ends the gap and notes it in the journal, if there is one.
    fn close_gap(&mut self, state: &State) {
        let Input::Lost { from, .. } = state.input else { return };
        let gap = TimeSpan::new(MediaTime::from_samples(from, SAMPLE_RATE), self.now());
        // The recording has silence there even if the gap cannot be noted.
        let _ = self.journal.write(&JournalEntry::Gap(gap));
        self.outbox.post(LiveEvent::DeviceBack { gap });
    }

    /// Returns the length of the recording so far.
    fn now(&self) -> MediaTime {
        MediaTime::from_samples(self.spool.written(), SAMPLE_RATE)
    }
}

fn unwritable(error: AudioError) -> StopReason {
    match error {
        AudioError::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            StopReason::DiskFull
        }
        error => StopReason::Unwritable(Arc::new(error)),
    }
}
