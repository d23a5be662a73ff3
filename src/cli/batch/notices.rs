//! Sends notifications about a batch.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use super::super::outcome::Outcome;
use super::args::BatchArguments;
use crate::batch::notify::{Notification, Notifier, Patience, Policy, Recipient};
use crate::batch::{BatchEvent, Failure, JobNews, Report};

/// How long to wait at the end for notifications to be sent.
const GRACE: Duration = Duration::from_secs(20);

/// Sends notifications, if a recipient was passed.
pub struct Notifications(Option<Notifier>);

impl Notifications {
    pub fn new(arguments: &BatchArguments) -> anyhow::Result<Self> {
        let Some(recipient) = &arguments.notify else { return Ok(Self(None)) };
        let policy = arguments.notify_filter.as_deref().map(Policy::from_json).transpose()?;
        let recipient = Recipient::from_argument(recipient)?;
        let notifier = Notifier::new(recipient, policy.unwrap_or_default(), Patience::default());
        Ok(Self(Some(notifier.context("notifications cannot be sent; close other programs and try again")?)))
    }

    pub fn event(&mut self, event: &BatchEvent) {
        let file = &event.job.job.input;
        match &event.news {
            JobNews::Captioned(record) => {
                let warned = record.captioned().is_some_and(|captioned| !captioned.warnings.is_empty());
                let message = format!("{} has captions", file.display());
                let warnings = if warned { "some" } else { "none" };
                self.send(about("captioned", file, message).with("warnings", warnings));
            }
            JobNews::Failed(failure) => self.failed(file, failure),
            JobNews::Retrying(how) => {
                let message = format!("{}: its process crashed ({how}); it is tried again", file.display());
                self.send(about("retrying", file, message));
            }
            _ => {}
        }
    }

    pub fn failed(&mut self, file: &Path, failure: &Failure) {
        self.send(about("failed", file, failure.message.clone()).with("cause", failure.cause.name()));
    }

    /// Sends a notification about the end. Returns the errors of all notifications.
    pub fn finish(mut self, report: &Report, outcome: Outcome) -> Vec<String> {
        let totals = report.totals();
        let message = format!(
            "the batch has ended: {} of {} recordings have captions, {} failed",
            totals.captioned, totals.recordings, totals.failed
        );
        let outcome = match outcome {
            Outcome::Done => "done",
            Outcome::PartlyFailed => "partly_failed",
            Outcome::NothingDone => "failed",
            Outcome::Interrupted => "interrupted",
        };
        self.send(Notification::new(message).with("event", "finished").with("outcome", outcome));
        self.0.map(|notifier| notifier.close(GRACE)).unwrap_or_default()
    }

    fn send(&mut self, notification: Notification) {
        if let Some(notifier) = &mut self.0 {
            let machine = sysinfo::System::host_name().unwrap_or_default();
            notifier.tell(notification.with("machine", machine));
        }
    }
}

fn about(event: &str, file: &Path, message: String) -> Notification {
    Notification::new(message).with("event", event).with("file", file.display().to_string())
}
