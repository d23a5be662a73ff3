//! How the table of commands is written: rows, and the keys in them.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{Command, Menu, Need, Row};

pub(super) const fn row(
    command: Command,
    id: &'static str,
    key: &'static str,
    menu: Menu,
    need: Need,
) -> Row {
    Row { command, id, key, menu, begins_group: false, need, shortcuts: &[] }
}

impl Row {
    pub(super) const fn keys(mut self, shortcuts: &'static [KeyboardShortcut]) -> Self {
        self.shortcuts = shortcuts;
        self
    }

    pub(super) const fn group(mut self) -> Self {
        self.begins_group = true;
        self
    }
}

pub(super) const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}
pub(super) const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}
pub(super) const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}
pub(super) const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}
pub(super) const fn alt_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT.plus(Modifiers::SHIFT), key)
}
pub(super) const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}
