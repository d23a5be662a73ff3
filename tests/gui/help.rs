//! Help: the guide, the first steps, and what the program is made of.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::desk::{Desk, Drive, srt};

const SHIFT: Modifiers = Modifiers::SHIFT;

#[test]
fn the_guide_is_read_in_the_language_of_the_window() {
    for (language, title, chapter) in [
        ("english", "Five tasks with Lectern", "4. Put the captions into your course"),
        ("german", "Fünf Aufgaben mit Lectern", "4. Die Untertitel in Ihren Kurs bringen"),
    ] {
        let desk = Desk::new();
        desk.write("settings.toml", format!("window_language = \"{language}\"\n"));
        let mut window = desk.window_of(None, |_| ());
        window.run_steps(2);
        window.keys(SHIFT, Key::F1);
        assert!(window.query_by_label(title).is_some());
        let heading = |window: &crate::desk::Window| {
            let places: Vec<_> = window.query_all_by_label(chapter).map(|node| node.rect().top()).collect();
            places.into_iter().fold(f32::MIN, f32::max)
        };
        let before = heading(&window);
        window.query_all_by_label(chapter).next().unwrap().click();
        window.run_steps(30);
        assert!(heading(&window) < before, "the chapter comes into sight");
        window.keys(Modifiers::NONE, Key::Escape);
        assert!(window.query_by_label(title).is_none());
    }
}

#[test]
fn first_steps_are_shown_until_they_are_closed() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(2);
    assert!(window.query_by_label("The first steps").is_some());
    window.press("Hide the first steps");
    assert!(window.query_by_label("The first steps").is_none());
    window.wait("that is kept", |_| {
        desk.path("settings.toml").exists() && desk.read("settings.toml").contains("hides_first_steps = true")
    });
    drop(window);
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(2);
    assert!(window.query_by_label("The first steps").is_none());
}

#[test]
fn those_who_have_opened_something_know_the_first_steps() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One."])));
    window.keys(Modifiers::COMMAND, Key::W);
    assert!(window.query_by_label("Recent").is_some());
    assert!(window.query_by_label("The first steps").is_none());
}

#[test]
fn about_names_the_build_and_every_licence() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(2);
    window.command("About Lectern");
    let version = format!("Version {}", lectern::build::VERSION);
    assert!(window.query_by_label_contains(&version).is_some());
    assert!(window.query_by_label_contains("instructions").is_some());
    window.get_by_label_contains("The licences of all").click();
    window.run_steps(20);
    let first = lectern::build::LICENCES.lines().next().unwrap();
    assert!(window.query_by_label(first).is_some());
}
