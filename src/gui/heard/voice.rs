//! What has happened, said by screen readers and not shown.

use std::time::{Duration, Instant};

use egui::accesskit::Live;
use egui::{Context, Id, Role};

/// How long a text can be found: screen readers hear of it at once, and may ask for it a little later.
const KEPT: Duration = Duration::from_secs(5);

/// Says each text once: each is a live region of its own, which comes with its text and never changes.
#[derive(Debug, Default)]
pub struct Voice {
    said: Vec<Said>,
    next: u64,
}

#[derive(Debug)]
struct Said {
    number: u64,
    text: String,
    since: Instant,
}

impl Voice {
    pub fn say(&mut self, text: String) {
        self.next += 1;
        self.said.push(Said { number: self.next, text, since: Instant::now() });
    }

    /// Puts what is to be said into the tree that screen readers read.
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
