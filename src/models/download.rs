//! Downloads models; an interrupted download continues where it stopped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;
use ureq::Agent;

use super::network::NetworkFault;
use super::origin::Provenance;
use super::part::{Part, path_of};
use super::source::ModelSource;
use super::transfer::{Blocks, Reply, RetryPolicy, agent, ask_for, wait};
use crate::asr::CancelToken;
use crate::asr::catalog::CatalogEntry;
use crate::asr::locate::ModelFile;
use crate::asr::model::verify;
use crate::files::free_space;

/// Space that is left free on the disk. Unit: bytes.
const LEFT_FREE: u64 = 50_000_000;

/// Progress of a download. Unit: bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DownloadProgress {
    /// Bytes on the disk.
    pub done: u64,
    /// Size of the whole file, as the catalogue or the server states it.
    pub total: Option<u64>,
}

/// A model that has been downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// The file of the model.
    pub path: PathBuf,
    /// Number of bytes received over the network in this call.
    pub received: u64,
}

/// Why a model was not downloaded. Received bytes stay on the disk for the next time, unless they were wrong.
#[derive(Debug, Error)]
pub enum DownloadError {
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Another process is downloading the same model.
    #[error("{name} is being downloaded already")]
    Busy {
        /// Name of the model.
        name: String,
    },
    /// There is not enough space on the disk.
    #[error("{} has {} MB left, and {} MB are needed", folder.display(), free / 1_000_000, needed.div_ceil(1_000_000))]
    DiskFull {
        /// The folder for models.
        folder: PathBuf,
        /// Free space, in bytes.
        free: u64,
        /// Bytes still to come, plus the space that is left free.
        needed: u64,
    },
    /// The file cannot be written.
    #[error("{}: {cause}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
    /// The server cannot be reached, or breaks off repeatedly.
    #[error("{host} cannot be reached: {cause}")]
    Network {
        /// Host of the server.
        host: String,
        /// The error of the last try.
        cause: NetworkFault,
    },
    /// The server refuses to send the file.
    #[error("{host} answered with status {status}")]
    Refused {
        /// Host of the server.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// The server's file is not the one in the catalogue.
    #[error("{host} sent a file that is not the {name} of the catalogue")]
    WrongFile {
        /// Host of the server.
        host: String,
        /// Name of the model.
        name: String,
    },
}

/// Downloads a model into a folder, which is created if needed. An existing complete file with this name is left
/// unchanged; `on_progress` is called from time to time.
///
/// # Errors
/// Every variant of [`DownloadError`].
pub fn download(
    entry: &'static CatalogEntry,
    source: &ModelSource,
    folder: &Path,
    patience: RetryPolicy,
    cancel: &CancelToken,
    on_progress: &mut dyn FnMut(DownloadProgress),
) -> Result<Downloaded, DownloadError> {
    let path = folder.join(&entry.file);
    if is_whole(entry, &path) {
        return Ok(Downloaded { path, received: 0 });
    }
    let unwritable = |cause| DownloadError::Unwritable { path: path_of(&path), cause };
    fs::create_dir_all(folder).map_err(unwritable)?;
    let part = Part::open(&path, &entry.checksum).map_err(|cause| match cause.kind() {
        io::ErrorKind::WouldBlock => DownloadError::Busy { name: entry.name.clone() },
        _ => unwritable(cause),
    })?;
    let agent = agent(source, patience);
    let total = entry.bytes;
    let mut run =
        Run { entry, source, folder, agent, patience, cancel, part, total, received: 0, on_progress };
    let ended = run.all();
    let Run { part, received, .. } = run;
    if let Err(failure) = ended {
        let is_empty = part.length() == 0;
        drop(part);
        if is_empty {
            // If it cannot be removed, the next download begins with it.
            let _ = super::store::discard(entry, folder);
        }
        return Err(failure);
    }
    tracing::info!(model = entry.name, host = source.host(), received, "downloaded");
    part.finish(&path).map_err(unwritable)?;
    let origin = Provenance::now(source.to_string(), entry.checksum.to_string(), Some(entry.licence.clone()));
    origin.write(&path).map_err(unwritable)?;
    Ok(Downloaded { path, received })
}

fn is_whole(entry: &'static CatalogEntry, path: &Path) -> bool {
    let file = ModelFile { name: entry.name.clone(), path: path.to_owned(), entry: Some(entry) };
    path.is_file() && verify(&file).is_ok()
}

struct Run<'a> {
    entry: &'static CatalogEntry,
    source: &'a ModelSource,
    folder: &'a Path,
    agent: Agent,
    patience: RetryPolicy,
    cancel: &'a CancelToken,
    part: Part,
    /// Size of the whole file in bytes, from the catalogue or else from the server.
    total: Option<u64>,
    received: u64,
    on_progress: &'a mut dyn FnMut(DownloadProgress),
}

/// The result of a try.
enum Tried {
    /// The file is complete, judging by its length.
    Whole,
    /// It broke off, and may continue.
    Broken { cause: NetworkFault, after: Option<Duration> },
}

impl Run<'_> {
    /// Tries until the file is complete and correct.
    fn all(&mut self) -> Result<(), DownloadError> {
        let (mut failures, mut is_second) = (0, false);
        loop {
            let before = self.part.length();
            let tried = if self.total == Some(before) { Tried::Whole } else { self.once()? };
            match tried {
                Tried::Whole if self.part.checksum() == self.entry.checksum => return Ok(()),
                // The earlier part may have been of another file.
                Tried::Whole if !is_second => {
                    is_second = true;
                    self.clear()?;
                }
                Tried::Whole => {
                    self.clear()?;
                    let (host, name) = (self.host(), self.entry.name.clone());
                    return Err(DownloadError::WrongFile { host, name });
                }
                Tried::Broken { cause, after } => {
                    failures = if self.part.length() > before { 0 } else { failures + 1 };
                    if failures >= self.patience.tries {
                        return Err(DownloadError::Network { host: self.host(), cause });
                    }
                    let pause = self.patience.pause * 2u32.saturating_pow(failures.saturating_sub(1));
                    wait(after.unwrap_or(pause).min(self.patience.longest_pause), self.cancel);
                }
            }
            if self.cancel.is_cancelled() {
                return Err(DownloadError::Cancelled);
            }
        }
    }

    /// Sends one request for the missing bytes.
    fn once(&mut self) -> Result<Tried, DownloadError> {
        let missing_from = self.part.length();
        let answer = ask_for(&self.agent, self.source, missing_from, self.cancel);
        let answer = match answer.map_err(|cause| self.unwritable(cause))? {
            Some(Ok(answer)) => answer,
            Some(Err(error)) => return self.failed(&error),
            None => return Err(DownloadError::Cancelled),
        };
        let (start, total, body) = match answer {
            Reply::Bytes { start, total, body } => (start, total, body),
            // The existing part is as long as the server's file, or longer.
            Reply::NothingMore => return Ok(Tried::Whole),
            Reply::Busy { status, after } => {
                return Ok(Tried::Broken { cause: NetworkFault::Status(status), after });
            }
            Reply::Refused { status } => return Err(DownloadError::Refused { host: self.host(), status }),
        };
        if start == 0 && missing_from > 0 {
            self.clear()?;
        } else if start != missing_from {
            return Ok(Tried::Broken { cause: NetworkFault::OtherPart, after: None });
        }
        if let (Some(known), Some(said)) = (self.entry.bytes, total)
            && known != said
        {
            let (host, name) = (self.host(), self.entry.name.clone());
            return Err(DownloadError::WrongFile { host, name });
        }
        self.total = self.entry.bytes.or(total);
        self.make_room()?;
        let blocks = Blocks::of(body).map_err(|cause| self.unwritable(cause))?;
        self.receive(&blocks)
    }

    fn receive(&mut self, blocks: &Blocks) -> Result<Tried, DownloadError> {
        loop {
            self.report();
            let block = match blocks.next(self.cancel) {
                None => return Err(DownloadError::Cancelled),
                Some(Ok(block)) => block,
                Some(Err(error)) => return Ok(Tried::Broken { cause: (&error).into(), after: None }),
            };
            if block.is_empty() {
                let is_short = self.total.is_some_and(|total| self.part.length() < total);
                let cause = NetworkFault::CutOff;
                return Ok(if is_short { Tried::Broken { cause, after: None } } else { Tried::Whole });
            }
            self.received += block.len() as u64;
            if self.total.is_some_and(|total| self.part.length() + block.len() as u64 > total) {
                // Longer than the file, so the bytes are those of another one.
                self.clear()?;
                return Ok(Tried::Whole);
            }
            self.part.append(&block).map_err(|cause| self.unwritable(cause))?;
        }
    }

    fn failed(&self, error: &ureq::Error) -> Result<Tried, DownloadError> {
        let cause = error.into();
        match error {
            ureq::Error::TooManyRedirects
            | ureq::Error::RedirectFailed
            | ureq::Error::RequireHttpsOnly(_)
            | ureq::Error::BadUri(_) => Err(DownloadError::Network { host: self.host(), cause }),
            _ => Ok(Tried::Broken { cause, after: None }),
        }
    }

    fn make_room(&self) -> Result<(), DownloadError> {
        let Some(total) = self.total else { return Ok(()) };
        let needed = total.saturating_sub(self.part.length()) + LEFT_FREE;
        match free_space(self.folder) {
            Some(free) if free < needed => {
                Err(DownloadError::DiskFull { folder: self.folder.to_owned(), free, needed })
            }
            _ => Ok(()),
        }
    }

    fn clear(&mut self) -> Result<(), DownloadError> {
        self.part.clear(&self.entry.checksum).map_err(|cause| self.unwritable(cause))
    }

    fn report(&mut self) {
        (self.on_progress)(DownloadProgress { done: self.part.length(), total: self.total });
    }

    fn host(&self) -> String {
        self.source.host().to_owned()
    }

    fn unwritable(&self, cause: io::Error) -> DownloadError {
        DownloadError::Unwritable { path: path_of(&self.folder.join(&self.entry.file)), cause }
    }
}
