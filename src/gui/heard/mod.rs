//! Support for screen readers: events are announced once, everything has a name, and keys reach everything.

mod areas;
mod name;
mod voice;
mod watch;

pub use areas::{Area, Areas, Drawing, focus_next};
pub use name::{around, dialog, live, window};
pub use voice::Voice;
pub use watch::ScreenWatch;
