//! Which program shows file dialogs on this computer.
//!
//! On Linux that is the desktop's portal or else zenity. rfd answers in the same way where neither is there and where a
//! person closed the dialog, so it is found out beforehand.

use std::path::Path;

/// The portal's interface for file dialogs: https://flatpak.github.io/xdg-desktop-portal/docs/.
const PORTAL: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
const FILE_CHOOSER: &str = "org.freedesktop.portal.FileChooser";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chooser {
    Portal,
    Zenity,
}

impl Chooser {
    /// May take seconds, as starting the portal does. `None` where there is no program for file dialogs.
    pub fn find() -> Option<Self> {
        if portal_has_dialogs() {
            return Some(Self::Portal);
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_there = |folder: &Path| folder.join("zenity").is_file();
        std::env::split_paths(&path).any(|folder| is_there(&folder)).then_some(Self::Zenity)
    }
}

/// A portal may be there without a program that shows its dialogs; then it lacks the interface.
fn portal_has_dialogs() -> bool {
    let Ok(bus) = zbus::blocking::Connection::session() else { return false };
    let properties = Some("org.freedesktop.DBus.Properties");
    bus.call_method(Some(PORTAL), OBJECT, properties, "Get", &(FILE_CHOOSER, "version")).is_ok()
}
