//! Everything by keyboard.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::{Desk, Drive, row, srt};

#[test]
fn the_palette_names_what_is_in_the_way() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One.", "Two."]));
    let mut window = desk.open(&file);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.typing("play or");
    assert!(window.get_by_label("Play or pause").accesskit_node().is_disabled());
    window.keys(Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Command").is_none(), "Escape closes it");
}

#[test]
fn arrows_go_from_cue_to_cue_and_keep_the_keyboard() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One.", "Two.", "Three."]));
    let mut window = desk.open(&file);
    window.keys(Modifiers::NONE, Key::ArrowDown);
    window.keys(Modifiers::NONE, Key::ArrowDown);
    assert!(row(&window, 3).accesskit_node().is_selected().unwrap_or(false));
    window.keys(Modifiers::NONE, Key::Home);
    assert!(row(&window, 1).accesskit_node().is_selected().unwrap_or(false));
    window.keys(Modifiers::NONE, Key::Enter);
    window.typing("!");
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.typing("?");
    assert_eq!(window.texts(), ["One.!", "Two.?", "Three."]);
}

#[test]
fn shortcuts_are_changed_and_kept() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One.", "Two."]));
    let mut window = desk.open(&file);
    window.keys(Modifiers::NONE, Key::F1);
    window.get_by_label("Keys of Merge with the next").scroll_to_me();
    window.run_steps(4);
    window.press("Keys of Merge with the next");
    window.keys(Modifiers::COMMAND, Key::M);
    window.keys(Modifiers::NONE, Key::Escape);
    window.wait("the settings are kept", |_| {
        std::fs::read_to_string(desk.path("settings.toml")).is_ok_and(|text| text.contains("Ctrl+M"))
    });
    drop(window);
    let mut window = desk.open(&file);
    window.press_row(1);
    window.keys(Modifiers::COMMAND, Key::M);
    assert_eq!(window.texts(), ["One. Two."]);
}

/// Whether the settings are on the disk, without this text.
fn is_without(desk: &Desk, text: &str) -> bool {
    std::fs::read_to_string(desk.path("settings.toml")).is_ok_and(|settings| !settings.contains(text))
}

#[test]
fn keys_that_another_command_has_are_asked_about() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One.", "Two."]));
    let mut window = desk.open(&file);
    window.keys(Modifiers::NONE, Key::F1);
    window.typing("merge");
    assert!(window.query_by_label("Keys of Export…").is_none(), "only what is searched for is shown");
    window.press("Keys of Merge with the next");
    window.keys(Modifiers::COMMAND, Key::ControlLeft);
    assert!(window.query_by_label_contains("already belongs").is_none(), "Ctrl alone is not enough");
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(window.query_by_label_contains("Ctrl+E already belongs to: Export…").is_some());
    window.press("Leave it");
    window.press("Keys of Merge with the next");
    window.keys(Modifiers::COMMAND, Key::E);
    window.press("Use it for: Merge with the next");
    window.keys(Modifiers::NONE, Key::Escape);
    window.press_row(1);
    window.keys(Modifiers::COMMAND, Key::E);
    assert_eq!(window.texts(), ["One. Two."]);
    window.keys(Modifiers::NONE, Key::F1);
    window.press("Reset all");
    window.wait("the settings are kept", |_| is_without(&desk, "Ctrl+E"));
}

#[test]
fn a_modifier_that_was_recorded_as_a_shortcut_is_healed() {
    let desk = Desk::new();
    desk.write("settings.toml", "[shortcuts]\n\"file.export\" = \"ControlLeft\"\n");
    let file = desk.write("a.srt", srt(&["One."]));
    let mut window = desk.open(&file);
    window.keys(Modifiers::COMMAND, Key::ControlLeft);
    assert!(window.query_by_label("Export captions").is_none());
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(window.query_by_label("Export captions").is_some());
    window.wait("the settings are healed", |_| is_without(&desk, "ControlLeft"));
}

#[test]
fn escape_and_a_click_outside_close_a_drop_down_before_its_dialog() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One."]));
    let mut window = desk.open(&file);
    let is_open = |window: &egui_kittest::Harness<'_, _>| window.query_by_label("High contrast").is_some();
    window.keys(Modifiers::COMMAND, Key::Comma);
    window.get_by_role_and_label(egui::Role::ComboBox, "Colours").click();
    window.run_steps(4);
    assert!(is_open(&window));
    window.keys(Modifiers::NONE, Key::Escape);
    assert!(!is_open(&window) && window.query_by_label("Settings").is_some());
    window.get_by_role_and_label(egui::Role::ComboBox, "Colours").click();
    window.run_steps(4);
    assert!(is_open(&window));
    let outside = egui::pos2(8.0, 790.0);
    window.hover_at(outside);
    window.run_steps(2);
    window.drag_at(outside);
    window.run_steps(2);
    window.drop_at(outside);
    window.run_steps(4);
    assert!(!is_open(&window) && window.query_by_label("Settings").is_some());
    window.keys(Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Settings").is_none());
}

#[test]
fn menus_tick_what_is_shown() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One."]));
    let mut window = desk.open(&file);
    let ticked = |window: &mut crate::desk::Window| {
        window.press("View");
        let entry = window.get_by_role_and_label(egui::Role::MenuItemCheckBox, "Problems");
        let ticked = entry.accesskit_node().toggled();
        window.keys(Modifiers::NONE, Key::Escape);
        ticked
    };
    let before = ticked(&mut window);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    assert_ne!(before, ticked(&mut window));
}

#[test]
fn a_click_on_the_text_of_a_cue_chooses_it_alone() {
    let desk = Desk::new();
    let file = desk.write("a.srt", srt(&["One.", "Two."]));
    let mut window = desk.open(&file);
    window.press_row(1);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    assert!(window.query_by_label("2 selected").is_some());
    window.press("Text of cue 1");
    assert!(window.query_by_label("2 selected").is_none());
}
