//! Support for screen readers: events are announced once, everything has a name, and keys reach everything.

mod announcer;
mod areas;
mod name;
mod watch;

pub use announcer::Announcer;
pub use areas::{Area, Areas, Drawing, focus_next};
pub use name::{around, dialog, live, window};
pub use watch::ScreenWatch;
