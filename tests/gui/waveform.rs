//! The waveform under the mouse.

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use lectern::audio::write_wav;

use crate::desk::{Desk, Drive, Window, rows, spoken_times};

/// Two cues that touch, and one apart. Sound begins at 10 s and ends at 12 s.
const CAPTIONS: &str = "1\n00:00:01,000 --> 00:00:03,000\nGood morning, all.\n\n\
    2\n00:00:03,000 --> 00:00:05,000\nPlants eat the light.\n\n\
    3\n00:00:08,000 --> 00:00:09,000\nThat is all.\n";

fn open(desk: &Desk) -> Window {
    let sample = |n: usize| match n / 16_000 {
        10 | 11 if n.is_multiple_of(2) => 0.4,
        10 | 11 => -0.4,
        _ => 0.0005,
    };
    write_wav(&desk.path("lecture.wav"), &(0..16 * 16_000).map(sample).collect::<Vec<_>>()).unwrap();
    let mut window = desk.open(&desk.write("lecture.srt", CAPTIONS));
    window.wait("the sound is there", |window| window.query_by_label("/ 0:16").is_some());
    // All of the recording is in sight.
    window.command("Zoom out");
    window.command("Zoom out");
    window.wait("the end is in sight", |window| window.query_by_label("Out-time of cue 3, drag").is_some());
    window
}

/// Where a time is on the screen.
fn at(window: &Window, seconds: f32) -> Pos2 {
    let start = window.get_by_label("In-time of cue 1, drag").rect();
    let end = window.get_by_label("Out-time of cue 3, drag").rect();
    let second = (end.right() - start.left()) / 8.0;
    Pos2::new(start.left() + (seconds - 1.0) * second, start.center().y)
}

/// Presses the mouse, and moves it in small steps.
fn pull(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(2);
    window.drag_at(from);
    window.run_steps(2);
    for step in 1..=10 {
        window.hover_at(from + (to - from) * (step as f32 / 10.0));
        window.run_steps(1);
    }
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    pull(window, from, to);
    window.drop_at(to);
    window.run_steps(4);
}

/// The times of a cue in seconds.
fn times(window: &Window, number: usize) -> (f32, f32) {
    let (start, length) = spoken_times(window, number);
    (start, start + length)
}

/// Whether times are the same, as far as a row says them and a point of the screen is exact.
fn near(times: (f32, f32), wanted: (f32, f32)) -> bool {
    (times.0 - wanted.0).abs() < 0.15 && (times.1 - wanted.1).abs() < 0.2
}

#[test]
fn edges_that_touch_move_together_and_alone_with_alt() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let (from, to) = (at(&window, 3.0), at(&window, 4.0));
    drag(&mut window, from - vec2(2.0, 0.0), to - vec2(2.0, 0.0));
    assert!(near(times(&window, 1), (1.0, 4.0)), "{:?}", times(&window, 1));
    assert_eq!(times(&window, 1).1, times(&window, 2).0, "the next begins there");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!((times(&window, 1), times(&window, 2)), ((1.0, 3.0), (3.0, 5.0)), "it was one step");
    window.event(egui::Event::ModifiersChanged(Modifiers::ALT));
    let to = at(&window, 2.0);
    drag(&mut window, from - vec2(2.0, 0.0), to - vec2(2.0, 0.0));
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    assert!(near(times(&window, 1), (1.0, 2.0)), "{:?}", times(&window, 1));
    assert_eq!(times(&window, 2), (3.0, 5.0));
}

#[test]
fn a_cue_is_moved_whole_and_snaps_to_the_sound() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let (from, to) = (at(&window, 8.5), at(&window, 10.5));
    drag(&mut window, from, to + vec2(3.0, 0.0));
    assert_eq!(times(&window, 3), (10.0, 11.0), "exactly where sound begins");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(times(&window, 3), (8.0, 9.0));
    window.event(egui::Event::ModifiersChanged(Modifiers::SHIFT));
    // A row says tenths of a second and drops the rest.
    drag(&mut window, from, to - vec2(3.0, 0.0));
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    let (start, end) = times(&window, 3);
    assert!(start < 10.0 && near((start, end), (9.97, 10.97)), "{start} {end}: Shift does without snapping");
}

#[test]
fn a_cue_is_drawn_and_gets_the_keyboard() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let (from, to) = (at(&window, 6.0), at(&window, 7.0));
    drag(&mut window, from, to);
    assert_eq!(rows(&window), 4);
    assert!(near(times(&window, 3), (6.0, 7.0)), "{:?}", times(&window, 3));
    window.typing("And water.");
    assert_eq!(window.texts()[2], "And water.");
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(rows(&window), 3);
}

#[test]
fn escape_takes_a_drag_back() {
    let desk = Desk::new();
    let mut window = open(&desk);
    for (from, to) in [(3.0, 4.0), (8.5, 10.5), (6.0, 7.0)] {
        let (from, to) = (at(&window, from) - vec2(2.0, 0.0), at(&window, to));
        pull(&mut window, from, to);
        window.keys(Modifiers::NONE, Key::Escape);
        window.hover_at(to + vec2(9.0, 0.0));
        window.run_steps(2);
        window.drop_at(to + vec2(9.0, 0.0));
        window.run_steps(4);
        assert_eq!(rows(&window), 3);
        let all = [1, 2, 3].map(|number| times(&window, number));
        assert_eq!(all, [(1.0, 3.0), (3.0, 5.0), (8.0, 9.0)], "nothing has changed");
    }
    window.keys(Modifiers::COMMAND, Key::Z);
    assert!(window.query_by_label_contains("nothing to undo").is_some());
}

#[test]
fn times_are_set_where_the_sound_is() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(2);
    // Two seconds on: the sound is at the end of the cue.
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::NONE, Key::ArrowDown);
    window.keys(Modifiers::ALT, Key::ArrowLeft);
    window.keys(Modifiers::NONE, Key::I);
    assert_eq!(times(&window, 3), (6.0, 9.0), "a letter is enough in the list");
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::NONE, Key::F2);
    window.keys(Modifiers::ALT, Key::O);
    assert_eq!(times(&window, 3), (6.0, 8.0), "and Alt with it while text is edited");
    window.press_row(1);
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::NONE, Key::I);
    assert!(window.query_by_label_contains("leave no time").is_some(), "another cue is there");
}

#[test]
fn a_row_of_cues_is_timed_while_the_sound_goes_on() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::Escape);
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::SHIFT, Key::O);
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::SHIFT, Key::O);
    assert_eq!((times(&window, 1), times(&window, 2)), ((1.0, 3.0), (3.0, 5.0)));
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::NONE, Key::I);
    assert_eq!(times(&window, 3), (7.0, 9.0), "the third is current, and the sound went on");
}
