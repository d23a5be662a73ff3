//! The program in a real window: what only the system's windows and keys can show.
#![cfg(target_os = "linux")]

mod screen;

use screen::Screen;

/// Where a second monitor would be. Pixels from the left.
const ELSEWHERE: i32 = 1500;
/// A recording of keys that goes wrong is tried again, more slowly each time.
const TRIES: u64 = 5;

#[test]
fn the_captions_for_the_audience_are_a_window_that_can_be_moved() {
    let screen = Screen::new();
    let _lectern = screen.start_lectern(&[]);
    screen.wait("the window is there", || screen.titles() == ["Lectern"]);
    screen.focus("Lectern");
    screen.press("F11");
    screen.wait("there are two windows", || screen.titles() == ["Captions", "Lectern"]);
    let main = screen.window("Lectern");
    screen.move_to("Captions", ELSEWHERE, 100);
    screen.wait("it has moved", || screen.window("Captions").left >= ELSEWHERE);
    assert_eq!(screen.window("Lectern"), main, "the main window stays where it is");
    screen.focus("Captions");
    screen.press("F11");
    screen.wait("it fills the screen", || screen.window("Captions").width == screen::WIDTH);
    screen.press("F11");
    screen.wait("it is a window again", || screen.window("Captions").width < screen::WIDTH);
    screen.press("Escape");
    screen.wait("it is closed", || screen.titles() == ["Lectern"]);
}

#[test]
fn a_shortcut_with_ctrl_is_recorded_and_works() {
    let screen = Screen::new();
    let _lectern = screen.start_lectern(&[]);
    screen.wait("the window is there", || screen.titles() == ["Lectern"]);
    screen.focus("Lectern");
    let is_recorded = || screen.settings().contains("\"record.audience\" = \"Ctrl+Shift+Y\"");
    for pause in (1..=TRIES).map(|n| 200 * n) {
        for keys in ["Escape", "Escape", "F1", "a", "u", "d", "i", "Tab", "Return", "ctrl+shift+y", "Escape"]
        {
            screen.press(keys);
            std::thread::sleep(std::time::Duration::from_millis(pause));
        }
        if is_recorded() {
            break;
        }
    }
    screen.wait("the keys are kept", is_recorded);
    screen.press("F11");
    screen.press("ctrl+shift+y");
    screen.wait("there are two windows", || screen.titles() == ["Captions", "Lectern"]);
}

#[test]
fn the_title_names_the_file_and_what_is_not_saved() {
    let screen = Screen::new();
    let file = screen.write("lecture.srt", "1\n00:00:01,000 --> 00:00:04,000\nGood morning.\n");
    let _lectern = screen.start_lectern(&[file.as_path()]);
    screen.wait("the file is open", || screen.titles() == ["lecture.srt – Lectern"]);
    screen.focus("lecture.srt – Lectern");
    screen.press("ctrl+shift+n");
    screen.wait("it is changed", || screen.titles() == ["*lecture.srt – Lectern"]);
    screen.press("ctrl+z");
    screen.wait("it is as before", || screen.titles() == ["lecture.srt – Lectern"]);
}

#[test]
fn menus_are_opened_and_walked_with_real_keys() {
    let screen = Screen::new();
    let file = screen.write("lecture.srt", "1\n00:00:01,000 --> 00:00:04,000\nGood morning.\n");
    let _lectern = screen.start_lectern(&[file.as_path()]);
    screen.wait("the file is open", || screen.titles() == ["lecture.srt – Lectern"]);
    screen.focus("lecture.srt – Lectern");
    let (clean, changed) = (["lecture.srt – Lectern"], ["*lecture.srt – Lectern"]);
    let walk = |what: &str, keys: &[&str], titles: &[&str]| {
        // Keys that a menu was not there for yet are pressed again, more slowly.
        for pause in (1..=TRIES).map(|n| 200 * n) {
            for key in keys {
                screen.press(key);
                std::thread::sleep(std::time::Duration::from_millis(pause));
            }
            if screen.titles() == titles {
                return;
            }
            ["Escape", "Escape"].iter().for_each(|key| screen.press(key));
        }
        screen.wait(what, || screen.titles() == titles);
    };
    walk("Alt and a letter open a menu, a letter finds an entry", &["alt+c", "i", "Return"], &changed);
    walk("F10 and arrows do as well", &["Escape", "F10", "Right", "Return"], &clean);
    walk("Alt and a letter type nothing", &["F2", "alt+e", "Escape", "Escape"], &clean);
}
