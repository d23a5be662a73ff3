//! Who speaks when: finds the voices of a recording on a CPU.
//!
//! ```no_run
//! use speakers::{Listener, Networks, Wish, Work, who_speaks};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (segmentation, voice) = (std::fs::read("segmentation.safetensors")?, std::fs::read("voice.safetensors")?);
//! let networks = Networks::read(&segmentation, &voice, whisper_cpu::Level::best())?;
//! let (mut listener, mut work, mut windows) = (Listener::default(), Work::default(), Vec::new());
//! let samples: Vec<f32> = vec![0.0; 16_000]; // 16 kHz, mono, from -1 to 1, in pieces of any length
//! let mut stretches = listener.push(&samples);
//! stretches.extend(listener.finish());
//! for stretch in stretches {
//!     windows.extend(networks.hear(&stretch, &mut work)); // or on several threads, joined in order
//! }
//! for turn in who_speaks(&windows, Wish::Any) {
//!     println!("{:.2} to {:.2} s: speaker {}", turn.start, turn.end, turn.speaker);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! 1. [`Listener`] cuts sound into stretches of windows of ten seconds, which overlap by half.
//! 2. [`Networks::hear`] finds up to three voices in each window: when each speaks, and 192 numbers that describe it.
//!    Stretches depend on nothing but their sound, so any number of threads gives the same result.
//! 3. [`who_speaks`] joins similar voices over all windows, and returns from when to when each speaks.
//!
//! While a recording grows, [`Running`] tells who seems to speak, window by window.
//!
//! [`pack`] stores windows in a few bytes, so that speakers can be found again quickly, for another number of speakers
//! or in a part of the recording ([`within`]). [`mean_voice`] describes a person's voice, to compare it ([`likeness`])
//! with voices of other recordings.
//!
//! All sums have one order on every processor. Memory grows with the windows: 4 kB for each five seconds, up to 16 kB
//! where several people talk. Beyond a quarter of an hour, the most similar voices are joined early, so that the time
//! grows with the number of windows, too, and [`Running`] has a bound for each window.
#![warn(missing_docs)]

mod cluster;
mod crowd;
mod filter_bank;
mod hear;
mod listener;
mod packed;
mod running;
mod segmentation;
mod spans;
mod timeline;
mod tree;
mod voice;
mod weights;
mod window;

pub use cluster::Wish;
pub use hear::{Networks, NetworksError, Which, Work};
pub use listener::{Listener, Stretch};
pub use packed::{DamagedVoices, pack, unpack};
pub use running::Running;
pub use segmentation::{FRAMES, WINDOW_SAMPLES};
pub use spans::{likeness, mean_voice, within};
pub use timeline::{Turn, who_speaks};
pub use voice::VOICE;
pub use weights::WeightsError;
pub use window::{Piece, Voice, Window};

/// The sample rate. Unit: Hz.
pub const SAMPLE_RATE: usize = 16_000;
