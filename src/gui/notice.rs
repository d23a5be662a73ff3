//! What the window tells without being asked: short texts that stay out of the way, each with the action that
//! mends what went wrong.

use std::time::{Duration, Instant};

use super::action::Action;

/// Good news leaves by itself.
const SHOWN: Duration = Duration::from_secs(8);
/// More than this at once nobody reads.
const MOST: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Done,
    /// Something is not as it should be, and work goes on.
    Warning,
    /// Something could not be done.
    Error,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub severity: Severity,
    pub text: String,
    /// What can be done about it, and what its button says.
    pub action: Option<(&'static str, Action)>,
    shown_since: Instant,
    number: u64,
}

impl Notice {
    pub fn number(&self) -> u64 {
        self.number
    }
}

/// The notices on the screen, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    next: u64,
}

impl Notices {
    pub fn done(&mut self, text: impl Into<String>) {
        self.show(Severity::Done, text.into(), None);
    }

    pub fn warn(&mut self, text: impl Into<String>) {
        self.show(Severity::Warning, text.into(), None);
    }

    pub fn error(&mut self, text: impl ToString) {
        self.show(Severity::Error, text.to_string(), None);
    }

    /// With a button that does something about it.
    pub fn with_action(
        &mut self,
        severity: Severity,
        text: impl Into<String>,
        label: &'static str,
        action: Action,
    ) {
        self.show(severity, text.into(), Some((label, action)));
    }

    fn show(&mut self, severity: Severity, text: String, action: Option<(&'static str, Action)>) {
        self.list.retain(|notice| notice.text != text);
        if self.list.len() == MOST {
            self.list.remove(0);
        }
        self.next += 1;
        self.list.push(Notice { severity, text, action, shown_since: Instant::now(), number: self.next });
    }

    pub fn dismiss(&mut self, number: u64) {
        self.list.retain(|notice| notice.number != number);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.list.iter()
    }

    /// Lets go of good news that has been there long enough. When to look again, if any is left.
    pub fn expire(&mut self) -> Option<Duration> {
        let leaves = |notice: &Notice| notice.severity == Severity::Done;
        self.list.retain(|notice| !leaves(notice) || notice.shown_since.elapsed() < SHOWN);
        let left = |notice: &Notice| SHOWN.saturating_sub(notice.shown_since.elapsed());
        self.list.iter().filter(|notice| leaves(notice)).map(left).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_shown_once_and_old_ones_make_room() {
        let mut notices = Notices::default();
        for text in ["a", "b", "a", "c", "d", "e"] {
            notices.error(text);
        }
        let texts: Vec<_> = notices.iter().map(|notice| notice.text.as_str()).collect();
        assert_eq!(texts, ["a", "c", "d", "e"]);
        let first = notices.iter().next().unwrap().number();
        notices.dismiss(first);
        assert_eq!(notices.iter().count(), 3);
        assert_eq!(notices.expire(), None, "errors stay until they are dismissed");
    }
}
