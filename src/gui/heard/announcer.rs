//! Announces events to screen readers without showing them.

use std::time::{Duration, Instant};

use egui::accesskit::Live;
use egui::{Context, Id, Role};

/// How long a text stays available: screen readers are notified at once, but may ask for it a little later.
const KEPT: Duration = Duration::from_secs(5);

/// Announces each text once: each is a live region of its own, which appears with its text and never changes.
#[derive(Debug, Default)]
pub struct Announcer {
    said: Vec<Said>,
    next: u64,
}

#[derive(Debug)]
struct Said {
    number: u64,
    text: String,
    since: Instant,
}

impl Announcer {
    pub fn say(&mut self, text: String) {
        self.next += 1;
        self.said.push(Said { number: self.next, text, since: Instant::now() });
    }

    /// Adds the texts to the tree that screen readers read.
    pub fn ui(&mut self, ctx: &Context) {
        self.said.retain(|said| said.since.elapsed() < KEPT);
        for Said { number, text, .. } in &self.said {
            ctx.accesskit_node_builder(Id::unique(("said", number)), |node| {
                node.set_role(Role::Status);
                node.set_label(text.clone());
                node.set_live(Live::Polite);
            });
        }
    }
}
