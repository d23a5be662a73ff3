//! Notices: short texts that stay out of the way, each with the action that fixes the problem.

use std::time::{Duration, Instant};

use super::action::Action;

/// Good news and hints disappear after this time.
const SHOWN: Duration = Duration::from_secs(8);
/// The maximum number of notices shown at once.
const MOST: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something succeeded.
    Done,
    /// Something is wrong, but work continues.
    Warning,
    /// Something failed.
    Error,
}

/// The subject of a warning, which disappears when the subject is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The open captions.
    Captions,
    /// A command that was unavailable.
    Obstacle,
    /// The doubtful word visited last.
    Doubt,
    /// The microphone delivers no sound.
    Silence,
    /// The microphone was unplugged.
    Microphone,
    /// The current recording.
    Recording,
    /// The lecture recorded last.
    Lecture,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub severity: NoticeKind,
    pub text: String,
    /// An action that helps, with the label of its button.
    pub action: Option<(&'static str, Action)>,
    about: Option<Subject>,
    /// It disappears after a few seconds.
    is_brief: bool,
    shown_since: Instant,
    number: u64,
}

impl Notice {
    /// Good news disappears soon, a warning together with the open captions, an error when dismissed.
    fn new(severity: NoticeKind, text: String) -> Self {
        Self {
            severity,
            text,
            action: None,
            about: (severity == NoticeKind::Warning).then_some(Subject::Captions),
            is_brief: severity == NoticeKind::Done,
            shown_since: Instant::now(),
            number: 0,
        }
    }

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
        self.show(Notice::new(NoticeKind::Done, text.into()));
    }

    /// Shows a warning about the open captions.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.warn_of(Subject::Captions, text);
    }

    /// Shows a warning that disappears when its subject is over.
    pub fn warn_of(&mut self, subject: Subject, text: impl Into<String>) {
        self.show(Notice { about: Some(subject), ..Notice::new(NoticeKind::Warning, text.into()) });
    }

    /// Shows why a command is unavailable. Disappears by itself.
    pub fn hint(&mut self, text: impl Into<String>) {
        let hint = Notice::new(NoticeKind::Warning, text.into());
        self.show(Notice { about: Some(Subject::Obstacle), is_brief: true, ..hint });
    }

    /// Shows a remark on a doubtful word, in place of the one for the previous word.
    pub fn doubt(&mut self, text: impl Into<String>) {
        self.end(Subject::Doubt);
        self.show(Notice { about: Some(Subject::Doubt), ..Notice::new(NoticeKind::Done, text.into()) });
    }

    /// Shows a warning that stays until dismissed.
    pub fn remind(&mut self, text: impl Into<String>) {
        self.show(Notice { about: None, ..Notice::new(NoticeKind::Warning, text.into()) });
    }

    pub fn error(&mut self, text: impl Into<String>) {
        self.show(Notice::new(NoticeKind::Error, text.into()));
    }

    /// Shows a notice with a button that helps.
    pub fn with_action(
        &mut self,
        severity: NoticeKind,
        text: impl Into<String>,
        label: &'static str,
        action: Action,
    ) {
        self.show(Notice { action: Some((label, action)), ..Notice::new(severity, text.into()) });
    }

    /// Shows good news with a button, until dismissed.
    pub fn tip(&mut self, text: String, label: &'static str, action: Action) {
        let tip = Notice::new(NoticeKind::Done, text);
        self.show(Notice { action: Some((label, action)), is_brief: false, ..tip });
    }

    fn show(&mut self, notice: Notice) {
        self.list.retain(|other| other.text != notice.text);
        if self.list.len() == MOST {
            self.list.remove(0);
        }
        self.next += 1;
        self.list.push(Notice { number: self.next, ..notice });
    }

    pub fn dismiss(&mut self, number: u64) {
        self.list.retain(|notice| notice.number != number);
    }

    /// Removes the warnings about this subject.
    pub fn end(&mut self, subject: Subject) {
        self.list.retain(|notice| notice.about != Some(subject));
    }

    pub fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.list.iter()
    }

    /// Removes brief notices that were shown long enough. Returns when to check again, if any are left.
    pub fn expire(&mut self) -> Option<Duration> {
        self.list.retain(|notice| !notice.is_brief || notice.shown_since.elapsed() < SHOWN);
        let left = |notice: &Notice| SHOWN.saturating_sub(notice.shown_since.elapsed());
        self.list.iter().filter(|notice| notice.is_brief).map(left).min()
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

    #[test]
    fn warnings_leave_with_what_they_are_about() {
        let mut notices = Notices::default();
        notices.warn("these captions");
        notices.warn_of(Subject::Silence, "no sound");
        notices.remind("the settings");
        notices.hint("not now");
        assert!(notices.expire().is_some(), "a hint leaves by itself");
        for (over, left) in [
            (Subject::Silence, &["these captions", "the settings", "not now"][..]),
            (Subject::Obstacle, &["these captions", "the settings"]),
            (Subject::Captions, &["the settings"]),
        ] {
            notices.end(over);
            assert_eq!(notices.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>(), left);
        }
    }
}
