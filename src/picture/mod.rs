//! The picture of a recording that is a video, at the playhead.
//!
//! [`Picture`] is told each time where the playhead is, and returns the frame to show if there is a new one. The program
//! `ffmpeg` decodes on threads apart: one frame while the recording rests or is searched, a stream of frames while it
//! plays. `arguments` is what it is told, `decoding` runs it, `ppm` reads its output, and `worker` decides what runs and when
//! it ends.

mod arguments;
mod board;
mod decoding;
mod error;
mod ppm;
mod wish;
mod worker;

use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam::channel::{Receiver, Sender, bounded};

use crate::time::{MediaTime, TimeSpan};
use board::Board;
use wish::{What, Wish};
use worker::Worker;

pub use crate::ffmpeg::PROGRAM;
pub use board::PictureState;
pub use error::PictureError;

/// Frames that wait for their time.
const AHEAD: usize = 4;
/// A playhead that moves farther at once has been moved by a person, or nobody has looked for a while.
const JUMP: MediaTime = MediaTime::from_millis(1000);

/// A frame of a recording's picture.
pub struct PictureFrame {
    /// When it is shown, on the time line of the recording.
    pub span: TimeSpan,
    /// Unit: pixels.
    pub width: usize,
    /// Unit: pixels.
    pub height: usize,
    /// Red, green and blue of each pixel, row by row from the top left.
    pub rgb: Vec<u8>,
}

/// Extensions of videos; other names may also be of sound alone.
const VIDEOS: [&str; 13] =
    ["mp4", "m4v", "mov", "webm", "mkv", "avi", "ogv", "mpg", "mpeg", "ts", "m2ts", "wmv", "flv"];

/// Returns whether the name says that a recording is a video.
fn is_video(recording: &Path) -> bool {
    let extension = recording.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| VIDEOS.contains(&extension.as_str()))
}

/// The picture of a recording. Dropping it ends the program that decodes it.
pub struct Picture {
    /// `None` only while it is dropped.
    wishes: Option<Sender<Wish>>,
    /// The other end of `wishes`, to take back one that is out of date.
    unheard: Receiver<Wish>,
    wish: Wish,
    /// The number of the oldest wish whose frames are shown: of searches, those on the way to the newest are, too.
    oldest: u64,
    frames: Receiver<(u64, PictureFrame)>,
    /// A frame whose time has not come.
    next: Option<PictureFrame>,
    /// When the frame that was returned last is shown.
    shown: Option<TimeSpan>,
    playhead: MediaTime,
    board: Arc<Board>,
    thread: Option<JoinHandle<()>>,
}

impl Picture {
    /// Prepares to show the picture of a recording with this `program`, usually [`PROGRAM`]. Nothing is started before
    /// the first call of [`Picture::follow`]. `wake` is called when there is something new to see.
    ///
    /// # Errors
    /// [`PictureError::NoThread`]. All other errors are in [`Picture::state`].
    pub fn open(
        recording: &Path,
        program: &Path,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, PictureError> {
        let (wishes, unheard) = bounded(1);
        let (frames_in, frames) = bounded(AHEAD);
        let board = Arc::new(Board::default());
        let worker = Worker {
            program: program.to_owned(),
            recording: recording.to_owned(),
            wishes: unheard.clone(),
            frames: frames_in,
            board: Arc::clone(&board),
            wake: Box::new(wake),
        };
        let thread = thread::Builder::new().name("picture".to_owned()).spawn(move || worker.run());
        let thread = thread.map_err(|error| PictureError::NoThread(error.to_string()))?;
        Ok(Self {
            wishes: Some(wishes),
            unheard,
            wish: Wish { number: 0, what: What::Nothing },
            oldest: 0,
            frames,
            next: None,
            shown: None,
            playhead: MediaTime::ZERO,
            board,
            thread: Some(thread),
        })
    }

    /// Returns what is known of the picture.
    pub fn state(&self) -> PictureState {
        self.board.state()
    }

    /// Goes to the playhead, and returns the frame to show if it is another than before. Never waits.
    pub fn follow(&mut self, playhead: MediaTime, is_playing: bool) -> Option<PictureFrame> {
        let what = match is_playing {
            true if self.is_continued(playhead) => self.wish.what,
            true => What::Stream(playhead),
            false if self.shown.is_some_and(|shown| shown.contains(playhead)) => What::Nothing,
            false => What::Still(playhead),
        };
        self.playhead = playhead;
        self.board.set_playhead(playhead);
        self.want(what);
        let frame = self.due();
        if let Some(frame) = &frame {
            self.shown = Some(frame.span);
        }
        frame
    }

    /// Decodes nothing until the next call of [`Picture::follow`].
    pub fn rest(&mut self) {
        self.want(What::Nothing);
    }

    /// Returns whether the stream that runs leads to this time.
    fn is_continued(&self, playhead: MediaTime) -> bool {
        let is_near = playhead >= self.playhead && playhead <= self.playhead + JUMP;
        matches!(self.wish.what, What::Stream(_)) && is_near
    }

    fn want(&mut self, what: What) {
        if self.wish.what == what {
            return;
        }
        let goes_on = matches!((self.wish.what, what), (What::Still(_), What::Still(_)));
        self.wish = Wish { number: self.wish.number + 1, what };
        if !goes_on {
            self.oldest = self.wish.number;
        }
        self.next = None;
        // A place for it becomes free, if the worker does not take the older one at this moment.
        let _ = self.unheard.try_recv();
        if let Some(wishes) = &self.wishes {
            let _ = wishes.try_send(self.wish);
        }
    }

    /// Returns the newest frame whose time has come.
    fn due(&mut self) -> Option<PictureFrame> {
        let mut due = None;
        while let Some(frame) = self.next.take().or_else(|| self.received()) {
            if matches!(self.wish.what, What::Stream(_)) && frame.span.start > self.playhead {
                self.next = Some(frame);
                break;
            }
            due = Some(frame);
        }
        due
    }

    /// Returns the next frame that is still wanted.
    fn received(&self) -> Option<PictureFrame> {
        let frames = self.frames.try_iter();
        let mut wanted = frames.filter(|(number, _)| *number >= self.oldest).map(|(_, frame)| frame);
        wanted.next()
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        self.wishes = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
