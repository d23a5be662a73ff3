//! Use of the menus by keys: `Alt` and a letter opens one, arrows move within it and to its neighbours, and a letter
//! goes to the next entry that begins with it.

use egui::{Context, Event, FocusDirection, Id, Key, Modifiers, Order, Popup, Response, Ui};

use crate::gui::command::Menu;

/// The state of the keyboard in the menus.
#[derive(Debug, Default)]
pub struct MenuKeys {
    /// The menu to open.
    wanted: Option<Menu>,
    /// Whether the focus is about to move to the first entry of the open menu.
    enters: bool,
    /// The menu that was open in the last frame.
    open: Option<Menu>,
    /// The control that had the keyboard focus before.
    before: Option<Id>,
}

impl MenuKeys {
    pub fn open(&mut self, menu: Menu) {
        self.wanted = Some(menu);
    }

    /// Takes keys out of the input before anything is drawn. `Alt` with a letter counts only if `takes_letters` is set.
    pub fn take_input(&mut self, ctx: &Context, takes_letters: bool) {
        if let Some(open) = self.open {
            let step = ctx.input(|input| {
                let pressed = |key| input.key_pressed(key) && input.modifiers.is_none();
                isize::from(pressed(Key::ArrowRight)) - isize::from(pressed(Key::ArrowLeft))
            });
            if step != 0 {
                // Otherwise egui would move the focus from the menu to its name.
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
                self.wanted = Some(beside(open, step));
            }
        }
        // On macOS, Alt types characters.
        if takes_letters && !cfg!(target_os = "macos") {
            let wanted = Menu::ALL.into_iter().find(|menu| takes_letter(ctx, *menu));
            self.wanted = wanted.or(self.wanted);
        }
    }

    /// Opens or enters the menu whose name was just drawn, as requested.
    pub fn follow(&mut self, ui: &Ui, menu: Menu, name: &Response, is_open: bool) {
        let goes_down = name.has_focus() && !is_open && ui.input(|input| input.key_pressed(Key::ArrowDown));
        if self.wanted.take_if(|wanted| *wanted == menu).is_some() || goes_down {
            let focused = ui.memory(|memory| memory.focused());
            if self.open.is_none() {
                self.before = focused.filter(|focused| *focused != name.id);
            }
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            Popup::open_id(ui.ctx(), Popup::default_response_id(name));
            name.request_focus();
            self.enters = true;
            ui.ctx().request_repaint();
        }
        match is_open {
            true => self.open = Some(menu),
            // Otherwise the menu beside it is about to be.
            false if self.open == Some(menu) && !self.enters => self.closed(ui),
            false => {}
        }
    }

    /// Returns the keyboard focus to the earlier control, unless another control has it by now. That of an entry that
    /// was chosen is not drawn any more.
    fn closed(&mut self, ui: &Ui) {
        self.open = None;
        let focused =
            ui.memory(|memory| memory.focused()).and_then(|focused| ui.ctx().read_response(focused));
        if let Some(before) = self.before.take()
            && focused.is_none_or(|focused| focused.layer_id.order == Order::Foreground)
        {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
    }

    /// Moves the keyboard focus among the available entries of an open menu; each comes with its name.
    pub fn among(&mut self, ui: &Ui, entries: &[(Response, String)]) {
        if ui.is_sizing_pass() {
            return;
        }
        let first = entries.first().map(|(response, _)| response);
        if std::mem::take(&mut self.enters) {
            first.into_iter().for_each(Response::request_focus);
        }
        let Some(letter) = letter(ui) else { return };
        let begins = |(_, name): &&(Response, String)| name.to_lowercase().starts_with(&letter);
        let current = entries.iter().position(|(response, _)| response.has_focus()).map_or(0, |at| at + 1);
        let (before, after) = entries.split_at(current);
        if let Some((response, _)) = after.iter().chain(before).find(begins) {
            response.request_focus();
        }
    }
}

/// Returns the menu some places further in the bar.
fn beside(menu: Menu, step: isize) -> Menu {
    let count = Menu::ALL.len();
    let place = Menu::ALL.iter().position(|other| *other == menu).unwrap_or(0);
    Menu::ALL[(place + count).saturating_add_signed(step) % count]
}

/// Takes `Alt` with the letter of a menu out of the input, together with the character that it would type.
fn takes_letter(ctx: &Context, menu: Menu) -> bool {
    let Some(key) = Key::from_name(&menu.letter().to_uppercase()) else { return false };
    ctx.input_mut(|input| {
        let is_pressed = input.consume_key(Modifiers::ALT, key);
        if is_pressed {
            let types = |event: &Event| matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(menu.letter()));
            input.events.retain(|event| !types(event));
        }
        is_pressed
    })
}

/// Returns a letter that was typed.
fn letter(ui: &Ui) -> Option<String> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Text(text) if !input.modifiers.any() => Some(text.to_lowercase()),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};

    #[test]
    fn every_menu_has_a_letter_of_its_own_that_is_in_its_name() {
        for language in [WordsLanguage::English, WordsLanguage::German] {
            in_language(language, || {
                let letters: HashSet<_> = Menu::ALL.iter().map(|menu| menu.letter()).collect();
                assert_eq!(letters.len(), Menu::ALL.len(), "{language:?}");
                for menu in Menu::ALL {
                    assert!(menu.name().contains(menu.letter()), "{}", menu.name());
                    assert!(Key::from_name(&menu.letter().to_uppercase()).is_some(), "{}", menu.name());
                }
            });
        }
    }

    #[test]
    fn the_last_menu_is_beside_the_first() {
        assert_eq!(beside(Menu::Help, 1), Menu::File);
        assert_eq!(beside(Menu::File, -1), Menu::Help);
        assert_eq!(beside(Menu::Edit, 1), Menu::Cue);
    }
}
