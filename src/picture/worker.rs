//! Runs one ffmpeg at a time, for the newest wish.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, Sender};
use crossbeam::select;

use super::arguments::{self, RATE};
use super::board::{Board, PictureState};
use super::decoding::Decoding;
use super::error::{PictureError, of_failure};
use super::ppm::Image;
use super::wish::{What, Wish};
use super::{PictureFrame, is_video};
use crate::time::{MediaTime, TimeSpan};

/// A program that writes nothing for so long is ended.
const PATIENCE: Duration = Duration::from_secs(20);
const SILENT: PictureError = PictureError::Silent(PATIENCE.as_secs());
/// A newer search waits so long for the one that runs, so that there is something to see on the way.
const TURN: Duration = Duration::from_millis(500);
/// A stream that is so late starts again at the playhead.
const LATE: MediaTime = MediaTime::from_millis(1500);

pub(super) struct Worker {
    pub(super) program: PathBuf,
    pub(super) recording: PathBuf,
    /// Closed when the picture is dropped.
    pub(super) wishes: Receiver<Wish>,
    /// Each with the number of its wish.
    pub(super) frames: Sender<(u64, PictureFrame)>,
    pub(super) board: Arc<Board>,
    pub(super) wake: Box<dyn Fn() + Send>,
}

/// That something else is wanted: the newer wish, or `None` once the picture is dropped.
struct Interrupted(Option<Wish>);

impl Worker {
    /// Fulfils wishes until the picture is dropped.
    pub(super) fn run(self) {
        let mut next = self.wishes.recv().ok();
        while let Some(wish) = next {
            next = match self.fulfil(wish) {
                Ok(()) => self.wishes.recv().ok(),
                Err(Interrupted(next)) => next,
            };
        }
    }

    fn fulfil(&self, Wish { number, what }: Wish) -> Result<(), Interrupted> {
        match what {
            What::Nothing => Ok(()),
            What::Still(at) => self.still(number, at),
            What::Stream(from) => self.stream(number, from),
        }
    }

    /// Decodes one frame.
    fn still(&self, number: u64, at: MediaTime) -> Result<(), Interrupted> {
        let decoding = match Decoding::start(arguments::still(&self.program, &self.recording, at)) {
            Ok(decoding) => decoding,
            Err(failure) => return self.failed(of_failure(failure)),
        };
        let (begun, mut newer) = (Instant::now(), None);
        let image = loop {
            let end = begun + if newer.is_some() { TURN } else { PATIENCE };
            select! {
                recv(decoding.images) -> image => break image,
                recv(self.wishes) -> wish => match wish {
                    Ok(wish) if matches!(wish.what, What::Still(_)) => newer = Some(wish),
                    other => return Err(Interrupted(other.ok())),
                },
                default(end.saturating_duration_since(Instant::now())) => match newer {
                    None => return self.failed(Some(SILENT)),
                    newer => return Err(Interrupted(newer)),
                },
            }
        };
        match image {
            Ok(Ok(image)) => {
                let span = TimeSpan::new(at, at + MediaTime::from_millis(1));
                self.give(number, frame(span, image))?;
            }
            Ok(Err(error)) => self.note_end(decoding, Some(error.kind())),
            Err(_) => self.note_end(decoding, None),
        }
        (self.wake)();
        if newer.is_some() { Err(Interrupted(newer)) } else { Ok(()) }
    }

    /// Decodes frames until there is another wish.
    fn stream(&self, number: u64, from: MediaTime) -> Result<(), Interrupted> {
        let decoding = match Decoding::start(arguments::stream(&self.program, &self.recording, from)) {
            Ok(decoding) => decoding,
            Err(failure) => return self.failed(of_failure(failure)),
        };
        let time = |n: i64| from + MediaTime::from_millis(n * 1000 / RATE);
        let mut n = 0;
        let cut = loop {
            let image = select! {
                recv(decoding.images) -> image => image,
                recv(self.wishes) -> wish => return Err(Interrupted(wish.ok())),
                default(PATIENCE) => return self.failed(Some(SILENT)),
            };
            let image = match image {
                Ok(Ok(image)) => image,
                Ok(Err(error)) => break Some(error.kind()),
                Err(_) => break None,
            };
            let span = TimeSpan::new(time(n), time(n + 1));
            n += 1;
            if span.end <= self.board.playhead() && !decoding.images.is_empty() {
                continue;
            }
            self.give(number, frame(span, image))?;
            let playhead = self.board.playhead();
            if playhead > span.end + LATE {
                return Err(Interrupted(Some(Wish { number, what: What::Stream(playhead) })));
            }
        };
        self.note_end(decoding, cut);
        (self.wake)();
        Ok(())
    }

    /// Gives a frame to the window, unless something else is wanted before it takes it.
    fn give(&self, number: u64, frame: PictureFrame) -> Result<(), Interrupted> {
        self.board.set_state(PictureState::Found);
        select! {
            send(self.frames, (number, frame)) -> sent => sent.map_err(|_| Interrupted(None)),
            recv(self.wishes) -> wish => Err(Interrupted(wish.ok())),
        }
    }

    /// Ends a wish with an error; `None` if the recording just has no picture.
    fn failed(&self, error: Option<PictureError>) -> Result<(), Interrupted> {
        self.note(error);
        (self.wake)();
        Ok(())
    }

    /// Notes how the output of a program ended; `cut` is what was wrong with it.
    fn note_end(&self, decoding: Decoding, cut: Option<io::ErrorKind>) {
        if cut == Some(io::ErrorKind::InvalidData) {
            return self.note(Some(PictureError::Garbage));
        }
        match decoding.finish() {
            Err(failure) => self.note(of_failure(failure)),
            Ok(()) if cut.is_some() => self.note(Some(PictureError::Garbage)),
            // There may be no frame behind the end of the picture.
            Ok(()) => self.board.set_state(PictureState::Found),
        }
    }

    /// Notes an error; `None` if the recording just has no picture.
    fn note(&self, error: Option<PictureError>) {
        let is_expected = is_video(&self.recording) || self.board.state() == PictureState::Found;
        self.board.set_state(match error.filter(|_| is_expected) {
            Some(error) => PictureState::Failed(error),
            None => PictureState::Absent,
        });
    }
}

fn frame(span: TimeSpan, Image { width, height, rgb }: Image) -> PictureFrame {
    PictureFrame { span, width, height, rgb }
}
