//! A running program and the images that it writes.

use std::io::{self, BufReader};
use std::process::{ChildStdout, Command};
use std::thread;

use crossbeam::channel::{Receiver, Sender, bounded};

use super::ppm::{self, Image};
use crate::ffmpeg::{FfmpegFailure, FfmpegProcess};

/// A program that decodes. Dropping it ends it at once.
pub(super) struct Decoding {
    /// Closed at the end of the output; an error is the last.
    pub(super) images: Receiver<io::Result<Image>>,
    process: FfmpegProcess,
}

impl Decoding {
    /// Starts a command of `arguments`.
    pub(super) fn start(command: Command) -> Result<Self, FfmpegFailure> {
        let (process, output) = FfmpegProcess::start(command)?;
        let (images_in, images) = bounded(1);
        // Reading cannot be given up, so a thread of its own does it, which ends with the program.
        let reader = thread::Builder::new().name("picture-reader".to_owned());
        let reader = reader.spawn(move || read_all(output, &images_in));
        reader.map_err(|error| FfmpegFailure::Said(error.to_string()))?;
        Ok(Self { images, process })
    }

    /// Waits for the program, whose output has ended.
    pub(super) fn finish(self) -> Result<(), FfmpegFailure> {
        self.process.finish()
    }
}

fn read_all(output: ChildStdout, images: &Sender<io::Result<Image>>) {
    let mut output = BufReader::new(output);
    while let Some(image) = ppm::read(&mut output).transpose() {
        let is_last = image.is_err();
        if images.send(image).is_err() || is_last {
            return;
        }
    }
}
