//! Who speaks: keys, the panel, and finding speakers in a recording.

use std::fs;
use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use lectern::audio::write_wav;
use serde_json::Value;

use crate::desk::{Desk, Drive, Window, label, srt};

const PANEL: (Modifiers, Key) = (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::G);

fn open(desk: &Desk) -> Window {
    let file = desk.write("panel.srt", srt(&["Good morning.", "Why so?", "Because.", "I see.", "Good."]));
    desk.open(&file)
}

/// Chooses a row, with the keyboard in the list: a click on the current row edits its text.
fn choose(window: &mut Window, row: usize) {
    window.press_row(row);
    window.keys(Modifiers::NONE, Key::Escape);
}

/// The speakers of the rows; `-` for none.
fn speakers(window: &Window, rows: usize) -> Vec<String> {
    let speaker = |number| {
        let said = label(window, number);
        ["Speaker 1", "Speaker 2", "Speaker 3", "Ada"]
            .into_iter()
            .find(|name| said.contains(name))
            .unwrap_or("-")
    };
    (1..=rows).map(|number| speaker(number).to_owned()).collect()
}

#[test]
fn number_keys_say_who_speaks() {
    let desk = Desk::new();
    let mut window = open(&desk);
    choose(&mut window, 1);
    window.keys(Modifiers::NONE, Key::Num1);
    assert_eq!(speakers(&window, 5), ["Speaker 1", "-", "-", "-", "-"]);
    choose(&mut window, 2);
    window.keys(Modifiers::SHIFT, Key::Num2);
    assert_eq!(speakers(&window, 5), ["Speaker 1", "Speaker 2", "Speaker 2", "Speaker 2", "Speaker 2"]);
    choose(&mut window, 4);
    window.keys(Modifiers::NONE, Key::Num1);
    choose(&mut window, 3);
    window.keys(Modifiers::SHIFT, Key::Num3);
    assert_eq!(speakers(&window, 5), ["Speaker 1", "Speaker 2", "Speaker 3", "Speaker 1", "Speaker 2"]);
    window.keys(Modifiers::NONE, Key::Num0);
    assert_eq!(speakers(&window, 5)[2], "-");
    window.keys(Modifiers::NONE, Key::Num7);
    assert!(window.query_by_label_contains("There is no speaker 7 yet").is_some());
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(speakers(&window, 5), ["Speaker 1", "Speaker 2", "Speaker 2", "Speaker 1", "Speaker 2"]);
}

#[test]
fn number_keys_write_numbers_in_a_text() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.keys(Modifiers::NONE, Key::Num1);
    window.typing("1");
    assert_eq!(window.texts()[0], "Good morning.1");
    assert_eq!(speakers(&window, 1), ["-"]);
}

#[test]
fn speakers_are_renamed_and_joined() {
    let desk = Desk::new();
    let mut window = open(&desk);
    for (row, key) in [(1, Key::Num1), (2, Key::Num2), (3, Key::Num3)] {
        choose(&mut window, row);
        window.keys(Modifiers::SHIFT, key);
    }
    window.keys(PANEL.0, PANEL.1);
    window.press("Speaker 3: Speaker 3, 60 % · 0:09 · 3 cues");
    window.get_by_label("Name of the speaker").focus();
    window.run_steps(2);
    window.keys(Modifiers::COMMAND, Key::A);
    window.typing("Ada");
    window.press("Rename");
    assert_eq!(speakers(&window, 5), ["Speaker 1", "Speaker 2", "Ada", "Ada", "Ada"]);
    let has_keyboard = |window: &Window, row| window.get_by_label(row).accesskit_node().is_focused();
    assert!(has_keyboard(&window, "Speaker 3: Ada, 60 % · 0:09 · 3 cues"), "the key stays");
    window.press("Join with…");
    window.press("Speaker 1");
    assert_eq!(speakers(&window, 5), ["Speaker 1", "Speaker 2", "Speaker 1", "Speaker 1", "Speaker 1"]);
    assert!(has_keyboard(&window, "Speaker 1: Speaker 1, 80 % · 0:12 · 4 cues"));
    window.press("Speaker 2: Speaker 2, 20 % · 0:03 · 1 cue");
    window.press("Next cue of Speaker 2");
    window.press("Only these cues");
    assert_eq!(window.texts(), ["Why so?, Speaker 2"]);
    window.press("Show all cues in order of time");
    choose(&mut window, 1);
    window.command("Undo");
    assert_eq!(speakers(&window, 5), ["Speaker 1", "Speaker 2", "Ada", "Ada", "Ada"]);
}

#[test]
fn speakers_are_reached_with_the_keyboard() {
    let desk = Desk::new();
    let mut window = open(&desk);
    choose(&mut window, 1);
    window.keys(Modifiers::SHIFT, Key::Num1);
    window.keys(PANEL.0, PANEL.1);
    window.get_by_label("Close speakers").focus();
    window.run_steps(2);
    let row = "Speaker 1: Speaker 1, 100 % · 0:15 · 5 cues";
    let has_row = |window: &Window| window.get_by_label(row).accesskit_node().is_focused();
    for _ in 0..3 {
        if !has_row(&window) {
            window.keys(Modifiers::NONE, Key::Tab);
        }
    }
    assert!(has_row(&window), "the list of speakers is left out");
    window.keys(Modifiers::NONE, Key::Space);
    assert!(window.query_by_label("Name of the speaker").is_some());
}

/// Ten seconds in which two people talk on the telephone.
fn conversation(path: &Path) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/speakers/tests/data/reference.safetensors");
    let bytes = fs::read(data).unwrap();
    let (length, rest) = bytes.split_first_chunk::<8>().unwrap();
    let (head, data) = rest.split_at(u64::from_le_bytes(*length) as usize);
    let head: Value = serde_json::from_slice(head).unwrap();
    let offset = |i: usize| head["sound"]["data_offsets"][i].as_u64().unwrap() as usize;
    let samples = data[offset(0)..offset(1)].as_chunks::<2>().0;
    let samples: Vec<f32> = samples.iter().map(|&b| f32::from(i16::from_le_bytes(b)) / 32768.0).collect();
    write_wav(path, &samples).unwrap();
}

#[test]
fn speakers_are_found_in_the_recording_and_again_in_the_project() {
    let desk = Desk::new();
    conversation(&desk.path("call.wav"));
    let captions = desk.write("call.srt", srt(&["one two three four", "five six seven eight"]));
    let mut window = desk.open(&captions);
    window.keys(PANEL.0, PANEL.1);
    window.press("Find speakers");
    window.wait("speakers are found", |window| window.query_by_label("2 speakers").is_some());
    assert!(window.query_by_label("Forget the voices").is_some());
    desk.dialogs.answer(desk.path("call.lectern"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("the project is saved", |_| desk.path("call.lectern").exists());
    drop(window);
    // The sound is not needed any more.
    fs::remove_file(desk.path("call.wav")).unwrap();
    let mut window = desk.open(&desk.path("call.lectern"));
    window.keys(PANEL.0, PANEL.1);
    window.press("Find again");
    window.wait("speakers are found again", |window| window.query_by_label("2 speakers").is_some());
    window.press("Forget the voices");
    assert!(window.query_by_label("Find again").is_none());
}

/// The conversation with its speakers, one of whose voices is remembered as that of Dr. Okafor.
fn with_remembered(desk: &Desk) -> Window {
    conversation(&desk.path("call.wav"));
    let captions = desk.write("call.srt", srt(&["one two three four", "five six seven eight"]));
    let mut window = desk.open(&captions);
    window.command("Find speakers");
    window.wait("speakers are found", |window| window.query_by_label("2 speakers").is_some());
    window.query_all_by_label_contains(" % · ").next().unwrap().click();
    window.run_steps(4);
    window.press("Remember this voice…");
    window.get_by_label("Name of the person").focus();
    window.run_steps(2);
    window.typing("Dr. Okafor");
    window.press("Remember");
    assert!(!desk.path("voices.json").exists(), "nobody was asked");
    window.press("I have asked this person");
    window.press("Remember");
    window.wait("it is remembered", |window| window.query_by_label("The voice is remembered").is_some());
    window
}

/// Presses something that may be out of sight, at the end of the panel.
fn press_below(window: &mut Window, name: &str) {
    window.get_by_label(name).click_accesskit();
    window.run_steps(4);
}

#[test]
fn remembered_voices_are_in_a_project_only_if_that_is_ticked() {
    const TICK: &str = "Pass on the remembered voices with this project";
    let desk = Desk::new();
    let mut window = with_remembered(&desk);
    desk.dialogs.answer(desk.path("call.lectern"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("the project is saved", |_| desk.path("call.lectern").exists());
    assert!(!desk.read("call.lectern").contains("\"remembered\""));
    let is_passed_on = |_: &Window| desk.read("call.lectern").contains("\"remembered\"");
    press_below(&mut window, TICK);
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("the voice is in the project", is_passed_on);
    press_below(&mut window, TICK);
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is no longer", |window| !is_passed_on(window));
    press_below(&mut window, TICK);
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is again", is_passed_on);
    drop(window);
    // Somebody else opens it.
    let other = Desk::new();
    let project = other.write("call.lectern", desk.read("call.lectern"));
    let mut window = other.open(&project);
    window.keys(PANEL.0, PANEL.1);
    press_below(&mut window, "Remember them on this computer");
    window.wait("it is remembered", |_| other.path("voices.json").exists());
    assert!(other.read("voices.json").contains("Dr. Okafor"));
    window.wait("nothing is new", |window| window.query_by_label("Remember them on this computer").is_none());
}

#[test]
fn a_voice_is_remembered_only_after_the_question_and_forgotten_in_the_settings() {
    let desk = Desk::new();
    let mut window = with_remembered(&desk);
    assert!(desk.read("voices.json").contains("Dr. Okafor"));
    assert!(label(&window, 1).contains("Dr. Okafor") || label(&window, 2).contains("Dr. Okafor"));
    window.keys(Modifiers::COMMAND, Key::Comma);
    desk.dialogs.answer(desk.path("mine.json"));
    window.get_by_label("Export…").click_accesskit();
    window.wait("it is exported", |_| desk.path("mine.json").exists());
    window.get_by_label("Forget the voice of Dr. Okafor").click_accesskit();
    window
        .wait("it is forgotten", |window| window.query_by_label("Forget the voice of Dr. Okafor").is_none());
    assert!(!desk.read("voices.json").contains("Dr. Okafor"));
}
