//! Captions for many recordings: a folder tree or a list, on one machine or on many.
//!
//! Each recording is a [`Job`]. Its result, its claim by a process and the windows recognized so far are small files in
//! a state folder ([`Store`]), so that a batch can be killed at any time and run again on any machine. The work is done
//! by processes ([`Process`]) that can crash without harm to the rest.

mod capacity;
mod claim;
mod decide;
mod job;
mod list;
pub mod notify;
mod perform;
mod plan;
mod queue;
mod reason;
mod record;
mod report;
mod run;
mod scan;
mod shard;
mod store;
mod watch;
mod windows;
mod worker;

pub use crate::files::free_space;
pub use capacity::{Capacity, memory_of};
pub use claim::{Claim, Claims, LEASE, Taken};
pub use decide::{Decision, Skip, are_there, decide};
pub use job::{Job, JobId, Output, OwnOptions, tidy};
pub use list::{ListError, Listed, RecordingList, read as read_list};
pub use perform::{CachedTranscriber, JobError, JobOptions, Order, perform, recognition, settings_digest};
pub use plan::{Destination, JobSource, ListedOptionsError, jobs, measure};
pub use queue::Queue;
pub use reason::{FailureReason, ModelFault, ProcessEnd, RecordingFault, SystemError, Unusable};
pub use record::{Audio, Captioned, Cause, DoubtfulSpan, Failure, JobResult, Record, Written};
pub use report::{Entry, EntryState, Report, Totals};
pub use run::{BatchError, BatchEvent, JobNews, LEAST_SPACE, run};
pub use scan::{FileFilter, PatternError, ScanError};
pub use shard::{Shard, ShardError};
pub use store::{STATE_FOLDER, Store, StoreError, user_folder};
pub use watch::Watch;
pub use windows::{Remembering, WindowStore};
pub use worker::{Message, Process, WORKER_COMMAND, WorkError, Worker, read_options, serve, worker_command};
