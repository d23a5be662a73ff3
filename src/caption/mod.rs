//! Turns timed words into readable cues, and checks the rules of cues.
//!
//! [`compose`] and [`check`] share their measures (`wrap`), their rules ([`Profile`]) and their view of where a line
//! may end (`lexicon`, `breaks`): what the composer avoids is what the checker reports.

mod breaks;
mod check;
mod compose;
mod cost;
mod flatten;
mod join;
mod layout;
mod lexicon;
mod merge;
mod passage;
mod recompose;
mod repair;
mod rules;
mod scripts;
mod timing;
mod token;
mod turns;
mod violation;
mod wrap;

pub use breaks::BreakFault;
pub use check::{check, check_breaks};
pub use compose::compose;
pub use merge::merge;
pub use recompose::recompose;
pub use repair::{REPAIR_REACH, RepairError, Repairable, repair, repair_all, repairable};
pub use rules::{DEFAULT_PROFILE, Limit, Profile, ProfileError};
pub use violation::{Rule, Severity, Violation};
pub use wrap::columns;
