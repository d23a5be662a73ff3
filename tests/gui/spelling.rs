//! Spelling, by a small dictionary of the test's own.

use std::fs;

use egui::{Event, Key, Modifiers, PointerButton, vec2};
use egui_kittest::kittest::Queryable;

use crate::desk::{Desk, Drive, Window, label, rows, srt};

const LECTURE: [&str; 3] = ["Good mornig, all.", "Plants eat the light.", "Hoare's lihgt is all."];

/// A computer with a dictionary of a language, which has these words.
fn desk(name: &str, words: &[&str]) -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("dictionaries")).unwrap();
    desk.write(&format!("dictionaries/{name}.aff"), "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
    desk.write(&format!("dictionaries/{name}.dic"), format!("{}\n{}\n", words.len(), words.join("\n")));
    desk
}

fn english() -> Desk {
    desk("en_US", &["good", "morning", "all", "plants", "eat", "the", "light", "is"])
}

fn open(desk: &Desk, name: &str) -> Window {
    let mut window = desk.open(&desk.write(name, srt(&LECTURE)));
    window.wait("the words are checked", |window| label(window, 1).contains("not in the dictionary: mornig"));
    window
}

#[test]
fn unknown_words_are_visited_and_corrected_by_keys() {
    let desk = english();
    let mut window = open(&desk, "lecture.en.srt");
    assert!(!label(&window, 2).contains("not in the dictionary"));
    assert!(label(&window, 3).contains("not in the dictionary: Hoare's, lihgt"));
    window.keys(Modifiers::COMMAND, Key::F7);
    assert!(window.query_by_label("Not in the dictionary: mornig").is_some());
    window.wait("there is a suggestion", |window| window.query_by_label("morning").is_some());
    window.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(window.texts()[0], "Good morning, all.");
    window.wait("the next one is shown", |window| {
        window.query_by_label("Not in the dictionary: Hoare's").is_some()
    });
    window.press("Skip");
    window.wait("there is a suggestion", |window| window.query_by_label("light").is_some());
    window.press("light");
    assert!(window.texts()[2].starts_with("Hoare's light is all."));
    window.press("Close");
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert!(window.texts()[0].starts_with("Good mornig"), "a step each");
}

#[test]
fn the_list_shows_captions_with_unknown_words_only() {
    let desk = english();
    let mut window = open(&desk, "lecture.en.srt");
    window.press_row(1);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.press("Cues that are shown");
    window.press("With words not in the dictionary");
    window.wait("two are left", |window| rows(window) == 2);
    assert!(label(&window, 3).contains("lihgt"));
}

#[test]
fn a_word_is_made_one_of_the_terms() {
    let desk = english();
    let mut window = open(&desk, "lecture.en.srt");
    window.press_row(3);
    window.keys(Modifiers::COMMAND, Key::F7);
    window.wait("the word is shown", |window| {
        window.query_by_label("Not in the dictionary: Hoare's").is_some()
    });
    window.press("Add to names and terms");
    window.press("Close");
    assert!(label(&window, 3).contains("not in the dictionary: lihgt"), "{}", label(&window, 3));
    window.wait("the term is kept", |_| {
        desk.path("settings.toml").exists() && desk.read("settings.toml").contains("Hoare")
    });
}

#[test]
fn the_menu_of_a_word_offers_what_may_be_meant() {
    let desk = english();
    let mut window = open(&desk, "lecture.en.srt");
    window.press_row(1);
    let field = window.get_by_label("Text of cue 1").rect();
    let pos = field.left_top() + vec2(70.0, 14.0);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        window.event(Event::PointerButton { pos, button, pressed, modifiers });
        window.run_steps(3);
    }
    window.wait("there is a suggestion", |window| window.query_by_label("morning").is_some());
    window.press("morning");
    assert_eq!(window.texts()[0], "Good morning, all.");
}

#[test]
fn the_language_of_captions_that_name_none_is_found_by_their_words() {
    let words = ["die", "blätter", "der", "bäume", "und", "wir", "sehen", "das", "licht"];
    let desk = desk("de_DE", &words);
    let text = "Die Blätter der Bäume und wir sehen das Licht";
    let file = desk.write("a.srt", srt(&[text, text, &format!("{text} der Blatter")]));
    let mut window = desk.open(&file);
    window
        .wait("the words are checked", |window| label(window, 3).contains("not in the dictionary: Blatter"));
    let english = desk.write("b.srt", srt(&["Plants eat the light of the sun and the leaves are green."; 3]));
    let mut window = desk.open(&english);
    window.command("Check the spelling");
    window.wait("it says why not", |window| {
        window.query_by_label_contains("The language of these captions is not known").is_some()
    });
}

#[test]
fn without_a_dictionary_the_settings_say_so() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("lecture.en.srt", srt(&LECTURE)));
    window.keys(Modifiers::COMMAND, Key::Comma);
    window.wait("it is told", |window| {
        window.query_by_label_contains("This computer has no dictionary for “en”").is_some()
    });
    window.press("Mark words that the dictionary does not know");
    window.run_steps(4);
    assert!(window.query_by_label_contains("no dictionary").is_none());
    assert!(!label(&window, 1).contains("not in the dictionary"));
}
