//! The window for those who hear it: what happens is said once, everything has a name, and keys lead everywhere.

mod areas;
mod name;
mod voice;
mod watch;

pub use areas::{Area, Areas, Drawing, focus_next};
pub use name::{around, live, window};
pub use voice::Voice;
pub use watch::Watch;
