//! Which keys run which command: the defaults of the table, unless the user chose others.

use std::collections::BTreeMap;

use egui::{Context, Event, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::command::{Command, Row, TABLE};
use super::words::say;

/// The user's choices, by command id; an empty text removes the keys.
pub type Chosen = BTreeMap<String, String>;

#[derive(Debug)]
pub struct Keymap {
    chosen: Chosen,
    /// All shortcuts, those with more modifiers first, because egui also accepts Ctrl+Shift+Z as Ctrl+Z.
    active: Vec<(KeyboardShortcut, Command)>,
}

impl Keymap {
    /// Choices that name only a modifier key are dropped: an earlier version recorded them by mistake.
    pub fn new(mut chosen: Chosen) -> Self {
        chosen.retain(|_, keys| !read(keys).is_some_and(|shortcut| is_modifier(shortcut.logical_key)));
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

    /// Returns the keys of a command; menus show the first.
    fn shortcuts(&self, row: &Row) -> Vec<KeyboardShortcut> {
        match self.chosen.get(row.id) {
            Some(text) if text.is_empty() => Vec::new(),
            Some(text) => parse(text).map_or_else(|| row.shortcuts.to_vec(), |shortcut| vec![shortcut]),
            None => row.shortcuts.to_vec(),
        }
    }

    /// Returns the keys of a command in readable form; empty if there are none.
    pub fn label(&self, command: Command) -> String {
        self.shortcuts(command.row()).first().map(label).unwrap_or_default()
    }

    pub fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// Returns the other commands that have these keys.
    pub fn taken_by(&self, shortcut: KeyboardShortcut, except: Command) -> Vec<Command> {
        let others = self.active.iter().filter(|(taken, other)| *taken == shortcut && *other != except);
        others.map(|(_, other)| *other).collect()
    }

    /// Assigns new keys to a command and removes them from other commands.
    pub fn choose(&mut self, command: Command, shortcut: Option<KeyboardShortcut>) {
        if let Some(shortcut) = shortcut {
            for other in self.taken_by(shortcut, command) {
                self.chosen.insert(other.row().id.to_owned(), String::new());
            }
        }
        self.chosen.insert(command.row().id.to_owned(), shortcut.as_ref().map(format).unwrap_or_default());
        self.collect();
    }

    /// Resets a command to its default keys.
    pub fn reset(&mut self, command: Command) {
        self.chosen.remove(command.row().id);
        self.collect();
    }

    /// Resets all commands to their default keys.
    pub fn reset_all(&mut self) {
        *self = Self::new(Chosen::new());
    }

    /// Removes pressed shortcuts from the input and returns their commands, in the order of the keys and as often as they
    /// were pressed, since a slow frame has several. `bare` allows shortcuts without modifiers; it is true if nothing or
    /// the list of cues has the focus.
    pub fn pressed(&self, ctx: &Context, bare: bool) -> Vec<Command> {
        ctx.input_mut(|input| {
            let mut pressed = if bare { self.of_clipboard(&mut input.events) } else { Vec::new() };
            let mut has_alt = false;
            input.events.retain(|event| {
                let Some((shortcut, command)) = self.of_key(event, bare) else { return true };
                pressed.push(*command);
                has_alt |= shortcut.modifiers.alt;
                false
            });
            if has_alt {
                // With Alt the system also sends the letter, which a text field would insert.
                input.events.retain(|event| !matches!(event, Event::Text(_)));
            }
            pressed
        })
    }

    /// Returns the shortcut of a pressed key, the one with the most modifiers first.
    fn of_key(&self, event: &Event, bare: bool) -> Option<&(KeyboardShortcut, Command)> {
        let Event::Key { key, modifiers, pressed: true, .. } = event else { return None };
        self.active.iter().find(|(shortcut, _)| {
            (bare || !is_bare(shortcut))
                && shortcut.logical_key == *key
                && modifiers.matches_logically(shortcut.modifiers)
        })
    }

    /// Returns the commands of keys that arrive as clipboard events, not as key events.
    fn of_clipboard(&self, events: &mut Vec<Event>) -> Vec<Command> {
        let is_order = |event: &mut Event| matches!(event, Event::Copy | Event::Cut);
        let key = |event| if event == Event::Cut { Key::X } else { Key::C };
        let keys: Vec<_> = events.extract_if(.., is_order).map(key).collect();
        let command = |key| {
            let shortcut = KeyboardShortcut::new(Modifiers::COMMAND, key);
            self.active.iter().find(|(active, _)| *active == shortcut).map(|(_, command)| *command)
        };
        keys.into_iter().filter_map(command).collect()
    }
}

/// Takes pasted texts out of the input, unless they are for a text field.
pub fn pasted(ctx: &Context, bare: bool) -> Vec<String> {
    let text = |event: &mut Event| matches!(event, Event::Paste(_)) && bare;
    let events = ctx.input_mut(|input| input.events.extract_if(.., text).collect::<Vec<_>>());
    let text = |event| if let Event::Paste(text) = event { Some(text) } else { None };
    events.into_iter().filter_map(text).collect()
}

/// Returns the digit that is pressed, if any, and whether Shift is held. It is detected by the position of the key,
/// because Shift changes the character, differently for each keyboard layout.
pub fn pressed_digit(ctx: &Context) -> Option<(usize, bool)> {
    const DIGITS: [Key; 10] = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Key { key, physical_key, pressed: true, modifiers, .. }
                if !modifiers.command && !modifiers.ctrl && !modifiers.alt =>
            {
                let key = physical_key.unwrap_or(*key);
                let digit = DIGITS.iter().position(|digit| *digit == key)?;
                Some((digit, modifiers.shift))
            }
            _ => None,
        })
    })
}

/// Returns whether the keys mean something else while typing.
fn is_bare(shortcut: &KeyboardShortcut) -> bool {
    let function = (Key::F1..=Key::F35).contains(&shortcut.logical_key);
    !function && !shortcut.modifiers.command && !shortcut.modifiers.ctrl && !shortcut.modifiers.alt
}

fn count(modifiers: Modifiers) -> u32 {
    [modifiers.alt, modifiers.ctrl, modifiers.shift, modifiers.command].into_iter().map(u32::from).sum()
}

/// Returns whether the key is a modifier, which is no shortcut on its own.
fn is_modifier(key: Key) -> bool {
    use Key::{AltLeft, AltRight, ControlLeft, ControlRight, ShiftLeft, ShiftRight, SuperLeft, SuperRight};
    let modifiers =
        [AltLeft, AltRight, ControlLeft, ControlRight, ShiftLeft, ShiftRight, SuperLeft, SuperRight];
    modifiers.contains(&key)
}

/// Formats keys for the settings.
fn format(shortcut: &KeyboardShortcut) -> String {
    shortcut.format(&ModifierNames::NAMES, false)
}

/// Formats keys for people: `Ctrl+,` and `Alt+Left`.
pub fn label(shortcut: &KeyboardShortcut) -> String {
    let key = match shortcut.logical_key {
        Key::ArrowDown => say("key-down"),
        Key::ArrowLeft => say("key-left"),
        Key::ArrowRight => say("key-right"),
        Key::ArrowUp => say("key-up"),
        Key::Enter => say("key-enter"),
        Key::Space => say("key-space"),
        Key::Delete => say("key-delete"),
        Key::Home => say("key-home"),
        Key::End => say("key-end"),
        Key::Escape => say("key-escape"),
        Key::Tab => say("key-tab"),
        Key::Backspace => say("key-backspace"),
        Key::Insert => say("key-insert"),
        Key::PageUp => say("key-page-up"),
        Key::PageDown => say("key-page-down"),
        key => key.symbol_or_name(),
    };
    let names = ModifierNames {
        ctrl: say("key-ctrl"),
        shift: say("key-shift"),
        alt: say("key-alt"),
        ..ModifierNames::NAMES
    };
    match names.format(&shortcut.modifiers, false) {
        modifiers if modifiers.is_empty() => key.to_owned(),
        modifiers => format!("{modifiers}+{key}"),
    }
}

/// Parses keys from the settings, if they can be a shortcut.
fn parse(text: &str) -> Option<KeyboardShortcut> {
    read(text).filter(|shortcut| !is_modifier(shortcut.logical_key))
}

/// Reads what [`format`] wrote.
fn read(text: &str) -> Option<KeyboardShortcut> {
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

/// Removes the currently pressed keys from the input and returns them as a new shortcut. Modifiers alone are not
/// enough.
pub fn take_pressed(ctx: &Context) -> Option<KeyboardShortcut> {
    let events = ctx.input_mut(|input| {
        let is_typed = |event: &mut Event| matches!(event, Event::Key { .. } | Event::Text(_));
        input.events.extract_if(.., is_typed).collect::<Vec<_>>()
    });
    events.iter().find_map(|event| match event {
        Event::Key { key, pressed: true, modifiers, .. } if !is_modifier(*key) => {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::command::{AppCommand, EditCommand, FileCommand, GoCommand, PlayCommand};

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
        keymap.choose(Command::Edit(EditCommand::Split), parse("Ctrl+J"));
        assert_eq!(keymap.label(Command::Edit(EditCommand::Split)), "Ctrl+J");
        assert_eq!(keymap.label(Command::Edit(EditCommand::MergeWithNext)), "");
        keymap.reset(Command::Edit(EditCommand::MergeWithNext));
        keymap.reset(Command::Edit(EditCommand::Split));
        assert!(keymap.chosen().is_empty());
        assert_eq!(keymap.label(Command::Edit(EditCommand::Split)), "Alt+Enter");
    }

    #[test]
    fn a_modifier_alone_is_no_shortcut() {
        let held = |key| Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        let pressed = |events| {
            let ctx = Context::default();
            let mut pressed = None;
            let input = egui::RawInput { events, ..egui::RawInput::default() };
            let _ = ctx.run_ui(input, |ui| pressed = take_pressed(ui.ctx()));
            pressed
        };
        assert_eq!(pressed(vec![held(Key::ControlLeft)]), None);
        assert_eq!(pressed(vec![held(Key::ControlLeft), held(Key::E)]), parse("Ctrl+E"));
    }

    #[test]
    fn a_letter_that_comes_with_a_shortcut_is_not_typed() {
        let key = Event::Key {
            key: Key::I,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::ALT,
        };
        let ctx = Context::default();
        let events = vec![key, Event::Text("i".to_owned())];
        let input = egui::RawInput { events, ..egui::RawInput::default() };
        let mut pressed = Vec::new();
        let _ = ctx.run_ui(input, |ui| {
            pressed = Keymap::new(Chosen::new()).pressed(ui.ctx(), false);
            assert!(ui.input(|input| input.events.is_empty()));
        });
        assert_eq!(pressed, [Command::Edit(EditCommand::StartHere)]);
    }

    #[test]
    fn keys_of_one_frame_count_each_and_in_their_order() {
        let key =
            |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        let down = || key(Key::ArrowDown, Modifiers::NONE);
        let events =
            vec![down(), down(), key(Key::J, Modifiers::COMMAND), down(), key(Key::A, Modifiers::NONE)];
        let ctx = Context::default();
        let input = egui::RawInput { events, ..egui::RawInput::default() };
        let mut pressed = Vec::new();
        let _ = ctx.run_ui(input, |ui| {
            pressed = Keymap::new(Chosen::new()).pressed(ui.ctx(), true);
            assert_eq!(ui.input(|input| input.events.len()), 1, "the letter is nobody's");
        });
        let (down, merge) = (Command::Go(GoCommand::NextCue), Command::Edit(EditCommand::MergeWithNext));
        assert_eq!(pressed, [down, down, merge, down]);
    }

    #[test]
    fn settings_that_name_a_modifier_alone_are_healed() {
        let choice = |id: &str, keys: &str| (id.to_owned(), keys.to_owned());
        let keymap = Keymap::new(Chosen::from([
            choice("file.save", "ControlLeft"),
            choice("file.export", "Ctrl+Shift+ShiftRight"),
            choice("cue.split", "Ctrl+M"),
            choice("of.another.version", "Ctrl+Nonsense"),
        ]));
        let ids: Vec<_> = keymap.chosen().keys().map(String::as_str).collect();
        assert_eq!(ids, ["cue.split", "of.another.version"]);
        assert_eq!(keymap.label(Command::File(FileCommand::Save)), "Ctrl+S");
        assert_eq!(keymap.label(Command::Edit(EditCommand::Split)), "Ctrl+M");
    }

    #[test]
    fn keys_are_shown_as_they_are_printed_on_them() {
        let keymap = Keymap::new(Chosen::new());
        assert_eq!(keymap.label(Command::App(AppCommand::Settings)), "Ctrl+,");
        assert_eq!(keymap.label(Command::Edit(EditCommand::StartHere)), "Alt+I");
        assert_eq!(keymap.label(Command::Play(PlayCommand::Back)), "Alt+Left");
    }
}
