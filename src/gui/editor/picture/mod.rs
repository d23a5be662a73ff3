//! The picture of the open captions' recording: follows the playhead, and is drawn with the cue that is on it.

mod caption;
mod follow;
pub mod panel;
pub mod shown;
mod spot;
