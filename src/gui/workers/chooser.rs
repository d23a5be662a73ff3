//! Finds the program that shows file dialogs on this computer.
//!
//! On Linux that is the desktop's portal, or else zenity. rfd gives the same answer if neither is installed as if the
//! user closed the dialog, so this is checked first.

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
    /// May take seconds, as the portal may have to start. `None` if no program shows file dialogs.
    pub fn find() -> Option<Self> {
        if portal_has_dialogs() {
            return Some(Self::Portal);
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_there = |folder: &Path| folder.join("zenity").is_file();
        std::env::split_paths(&path).any(|folder| is_there(&folder)).then_some(Self::Zenity)
    }
}

/// A portal may exist without a program that shows its dialogs; then it lacks the interface.
fn portal_has_dialogs() -> bool {
    let Ok(bus) = zbus::blocking::Connection::session() else { return false };
    let properties = Some("org.freedesktop.DBus.Properties");
    bus.call_method(Some(PORTAL), OBJECT, properties, "Get", &(FILE_CHOOSER, "version")).is_ok()
}
