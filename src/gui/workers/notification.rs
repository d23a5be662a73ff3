//! Desktop notifications, for when the window is not in view.

use std::sync::Arc;

use super::Workers;

/// Shows a title and a text outside the window.
pub type Notify = Arc<dyn Fn(&str, &str) + Send + Sync>;

impl Workers {
    pub fn notify(&self, notify: Notify, title: String, text: String) {
        self.start("notification", move |_| notify(&title, &text));
    }
}

/// Shows a desktop notification; does nothing on a desktop without them.
pub fn notify_on_desktop(title: &str, text: &str) {
    let mut notification = notify_rust::Notification::new();
    // The window says the same to users who come back to it.
    let _ = notification.appname("Lectern").summary(title).body(text).show();
}
