//! The spectrogram of a decoded recording, in tiles that a thread computes when they are wanted.

mod columns;
mod tile;

use std::thread::{self, JoinHandle};

use crossbeam::channel::{Receiver, Sender, bounded};

use super::{AudioError, DecodedCopy};
use columns::Columns;

pub use tile::{SpectrogramTile, TileKey};

/// Tiles that were computed and not yet taken.
const READY: usize = 8;

/// Computes tiles on a thread, which ends when this is dropped.
pub struct Spectrogram {
    /// `None` only while it is dropped.
    wishes: Option<Sender<Vec<TileKey>>>,
    /// The other end of `wishes`, to take back what is no longer wanted.
    unheard: Receiver<Vec<TileKey>>,
    tiles: Receiver<SpectrogramTile>,
    thread: Option<JoinHandle<()>>,
}

impl Spectrogram {
    /// Starts the thread. `wake` is called for each tile that is ready.
    ///
    /// # Errors
    /// [`AudioError::Io`] if the thread cannot be started.
    pub fn open(sound: DecodedCopy, wake: impl Fn() + Send + 'static) -> Result<Self, AudioError> {
        let (wishes, unheard) = bounded(1);
        let (tiles_in, tiles) = bounded(READY);
        let orders = unheard.clone();
        let work = move || compute(&sound, &orders, &tiles_in, wake);
        let thread = thread::Builder::new().name("spectrogram".to_owned()).spawn(work);
        let thread = thread.map_err(|error| AudioError::io("spectrogram".as_ref(), error))?;
        Ok(Self { wishes: Some(wishes), unheard, tiles, thread: Some(thread) })
    }

    /// Asks for these tiles, in this order, instead of those that were asked for before and are not begun.
    pub fn want(&self, tiles: Vec<TileKey>) {
        let _ = self.unheard.try_recv();
        if let Some(wishes) = &self.wishes {
            let _ = wishes.try_send(tiles);
        }
    }

    /// Returns the next tile that is ready.
    pub fn take(&self) -> Option<SpectrogramTile> {
        self.tiles.try_recv().ok()
    }
}

impl Drop for Spectrogram {
    fn drop(&mut self) {
        self.wishes = None;
        // A thread that waits for a place can end.
        self.tiles = crossbeam::channel::never();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn compute(
    sound: &DecodedCopy,
    orders: &Receiver<Vec<TileKey>>,
    tiles: &Sender<SpectrogramTile>,
    wake: impl Fn(),
) {
    let mut columns = Columns::new();
    while let Ok(mut wanted) = orders.recv() {
        wanted.reverse();
        while let Some(key) = wanted.pop() {
            let Ok(tile) = SpectrogramTile::compute(key, sound, &mut columns) else { continue };
            if tiles.send(tile).is_err() {
                return;
            }
            wake();
            if !orders.is_empty() {
                break;
            }
        }
    }
}
