//! Which keys run which command: those of the table, unless a person chose others.

use std::collections::BTreeMap;

use egui::{Context, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::command::{Command, Row, TABLE};

/// What a person chose, by the id of the command; an empty text takes the keys away.
pub type Chosen = BTreeMap<String, String>;

#[derive(Debug)]
pub struct Keymap {
    chosen: Chosen,
    /// All shortcuts, those with more modifiers first: egui takes Ctrl+Shift+Z for Ctrl+Z as well.
    active: Vec<(KeyboardShortcut, Command)>,
}

impl Keymap {
    pub fn new(chosen: Chosen) -> Self {
        let mut keymap = Self { chosen, active: Vec::new() };
        keymap.collect();
        keymap
    }

    fn collect(&mut self) {
        self.active = TABLE
            .iter()
            .flat_map(|row| self.shortcuts(row).into_iter().map(move |shortcut| (shortcut, row.command)))
            .collect();
        self.active.sort_by_key(|(shortcut, _)| std::cmp::Reverse(count(shortcut.modifiers)));
    }

    /// The keys of a command, the one to show first.
    fn shortcuts(&self, row: &Row) -> Vec<KeyboardShortcut> {
        match self.chosen.get(row.id) {
            Some(text) => parse(text).into_iter().collect(),
            None => row.shortcuts.to_vec(),
        }
    }

    /// The keys of a command as people read them; empty without.
    pub fn label(&self, command: Command) -> String {
        self.shortcuts(command.row()).first().map(format).unwrap_or_default()
    }

    pub fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// Gives a command new keys, which other commands lose.
    pub fn choose(&mut self, command: Command, shortcut: Option<KeyboardShortcut>) {
        if let Some(shortcut) = shortcut {
            let others: Vec<_> = self.active.iter().filter(|(taken, _)| *taken == shortcut).collect();
            let others: Vec<_> = others.into_iter().map(|(_, other)| *other).collect();
            for other in others.into_iter().filter(|other| *other != command) {
                self.chosen.insert(other.row().id.to_owned(), String::new());
            }
        }
        self.chosen.insert(command.row().id.to_owned(), shortcut.as_ref().map(format).unwrap_or_default());
        self.collect();
    }

    /// Back to the keys of the table.
    pub fn reset(&mut self, command: Command) {
        self.chosen.remove(command.row().id);
        self.collect();
    }

    /// Takes the commands whose keys were pressed out of the input. Bare keys belong to what has the keyboard;
    /// `bare` tells whether that is nothing, or the list of cues.
    pub fn pressed(&self, ctx: &Context, bare: bool) -> Vec<Command> {
        ctx.input_mut(|input| {
            let mut pressed = Vec::new();
            for (shortcut, command) in &self.active {
                if (bare || !is_bare(shortcut)) && input.consume_shortcut(shortcut) {
                    pressed.push(*command);
                }
            }
            pressed
        })
    }
}

/// Keys that mean something else while somebody types.
fn is_bare(shortcut: &KeyboardShortcut) -> bool {
    let function = (Key::F1..=Key::F35).contains(&shortcut.logical_key);
    !function && !shortcut.modifiers.command && !shortcut.modifiers.ctrl && !shortcut.modifiers.alt
}

fn count(modifiers: Modifiers) -> u32 {
    [modifiers.alt, modifiers.ctrl, modifiers.shift, modifiers.command].into_iter().map(u32::from).sum()
}

pub fn format(shortcut: &KeyboardShortcut) -> String {
    shortcut.format(&ModifierNames::NAMES, false)
}

/// Reads what [`format`] wrote.
fn parse(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = text.trim();
    for (name, modifier) in [
        ("Ctrl+", Modifiers::COMMAND),
        ("Cmd+", Modifiers::COMMAND),
        ("Alt+", Modifiers::ALT),
        ("Shift+", Modifiers::SHIFT),
    ]
    .repeat(2)
    {
        if let Some(after) = rest.strip_prefix(name) {
            (modifiers, rest) = (modifiers.plus(modifier), after);
        }
    }
    Some(KeyboardShortcut::new(modifiers, Key::from_name(rest)?))
}

/// The keys that are pressed now, for a person who chooses new ones.
pub fn pressed_now(ctx: &Context) -> Option<KeyboardShortcut> {
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Key { key, pressed: true, modifiers, .. } => {
                let command = Modifiers { command: false, mac_cmd: false, ..*modifiers };
                let modifiers = if modifiers.command {
                    Modifiers { ctrl: false, ..command }.plus(Modifiers::COMMAND)
                } else {
                    command
                };
                Some(KeyboardShortcut::new(modifiers, *key))
            }
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_of_the_table_is_read_as_it_is_written() {
        for row in TABLE {
            for shortcut in row.shortcuts {
                assert_eq!(parse(&format(shortcut)), Some(*shortcut), "{}", format(shortcut));
            }
        }
        assert_eq!(parse("Ctrl+Nonsense"), None);
    }

    #[test]
    fn new_keys_are_taken_from_the_command_that_had_them() {
        let mut keymap = Keymap::new(Chosen::new());
        keymap.choose(Command::Split, parse("Ctrl+J"));
        assert_eq!(keymap.label(Command::Split), "Ctrl+J");
        assert_eq!(keymap.label(Command::MergeWithNext), "");
        keymap.reset(Command::MergeWithNext);
        keymap.reset(Command::Split);
        assert!(keymap.chosen().is_empty());
        assert_eq!(keymap.label(Command::Split), "Alt+Enter");
    }
}
