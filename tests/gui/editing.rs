//! Correcting captions.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::{Desk, Drive, Window, label, row, rows, srt};

const LECTURE: [&str; 3] = ["Good morning, all.", "Plants eat the light.", "That is all for today."];

fn open(desk: &Desk) -> Window {
    let file = desk.write("lecture.srt", srt(&LECTURE));
    desk.open(&file)
}

#[test]
fn text_is_edited_in_place_and_undone() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(2);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" And water.");
    assert_eq!(window.texts()[1], "Plants eat the light. And water.");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), LECTURE, "typing is one step");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.texts()[1], "Plants eat the light. And water.");
}

#[test]
fn a_listed_term_is_told_and_taken_back_in_one_step() {
    let desk = Desk::new();
    let words = r#"[{"text":"Says","start_ms":0,"end_ms":400},
        {"text":"Galerkin.","start_ms":400,"end_ms":900,"vocabulary":"first","without_vocabulary":"gallery"}]"#;
    let file = format!(
        r#"{{"format":"lectern-transcript","version":1,"cues":[
            {{"start_ms":0,"end_ms":2000,"text":"Says Galerkin.","words":{words}}}]}}"#
    );
    let mut window = desk.open(&desk.write("lecture.json", file));
    assert!(label(&window, 1).contains("1 of your names and terms"), "{}", label(&window, 1));
    window.press_row(1);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::F4);
    assert_eq!(window.texts(), ["Says gallery."]);
    assert!(!label(&window, 1).contains("names and terms"));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), ["Says Galerkin."]);
    assert!(label(&window, 1).contains("1 of your names and terms"));
}

#[test]
fn other_readings_come_one_after_the_other() {
    let desk = Desk::new();
    let words = r#"[{"text":"Says","start_ms":0,"end_ms":400},
        {"text":"gallery.","start_ms":400,"end_ms":900,"probability":0.2}]"#;
    let readings = ["Says gallery.", "Says Galerkin.", "Says galaxy."]
        .map(|text| format!(r#"{{"text":"{text}","confidence":0.3}}"#))
        .join(",");
    let file = format!(
        r#"{{"format":"lectern-transcript","version":1,"cues":[
            {{"start_ms":0,"end_ms":2000,"text":"Says gallery.","words":{words}}}],
            "segments":[{{"words":{words},
                "alternatives":[{{"first_word":0,"words":2,"readings":[{readings}]}}]}}]}}"#
    );
    let mut window = desk.open(&desk.write("lecture.json", file));
    window.press_row(1);
    for wanted in ["Says Galerkin.", "Says galaxy.", "Says gallery."] {
        window.keys(Modifiers::NONE, Key::F4);
        assert_eq!(window.texts(), [wanted]);
    }
}

#[test]
fn cues_are_split_and_merged() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    for _ in 0..5 {
        window.keys(Modifiers::NONE, Key::ArrowLeft);
    }
    window.keys(Modifiers::ALT, Key::Enter);
    assert_eq!(window.texts()[..2], ["Good morning,", "all."]);
    window.keys(Modifiers::NONE, Key::Escape);
    window.press_row(1);
    window.keys(Modifiers::COMMAND, Key::J);
    assert_eq!(window.texts()[0], "Good morning, all.");
    window.command("Undo");
    window.command("Undo");
    assert_eq!(window.texts(), LECTURE);
}

#[test]
fn cues_are_inserted_and_deleted() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(3);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.typing("Any questions?");
    assert_eq!(window.texts()[3], "Any questions?");
    window.keys(Modifiers::NONE, Key::Escape);
    window.keys(Modifiers::NONE, Key::Delete);
    assert_eq!(window.texts(), LECTURE);
}

#[test]
fn several_cues_are_chosen_and_changed_together() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    assert!(window.query_by_label("3 selected").is_some());
    window.command("UPPER CASE");
    assert_eq!(window.texts()[0], "GOOD MORNING, ALL.");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), LECTURE, "one step for all");
}

#[test]
fn words_are_found_and_replaced() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.keys(Modifiers::COMMAND, Key::H);
    window.typing("all");
    assert!(window.query_by_label("2 matches").is_some());
    window.keys(Modifiers::NONE, Key::F3);
    assert!(window.query_by_label("1 of 2").is_some());
    window.get_by_label("Replace with").focus();
    window.run_steps(2);
    window.typing("everyone");
    window.press("Replace all");
    assert_eq!(window.texts()[0], "Good morning, everyone.");
    assert_eq!(window.texts()[2], "That is everyone for today.");
    assert!(window.query_by_label("2 places replaced").is_some());
}

#[test]
fn all_matches_are_listed_and_lead_to_their_cues() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.keys(Modifiers::COMMAND, Key::F);
    window.typing("all");
    assert!(window.query_by_label("Cue 1, 0:01: Good morning, all.").is_some());
    window.press("Cue 3, 0:09: That is all for today.");
    assert!(window.query_by_label("2 of 2").is_some());
    assert!(row(&window, 3).accesskit_node().is_selected().unwrap_or(false));
    window.get_by_label("Cue 1, 0:01: Good morning, all.").focus();
    window.run_steps(2);
    window.keys(Modifiers::NONE, Key::Enter);
    assert!(row(&window, 1).accesskit_node().is_selected().unwrap_or(false), "with the keyboard, too");
    assert!(window.query_by_label("1 of 2").is_some());
}

#[test]
fn the_list_is_filtered_and_sorted() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(3);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.typing("light");
    assert_eq!(window.texts(), LECTURE[1..], "the current cue stays");
    assert!(label(&window, 2).starts_with("Cue 2, Plants eat"), "numbers stay");
    assert!(window.query_by_label("2 of 3 cues").is_some());
    window.press_row(2);
    assert_eq!(window.texts(), LECTURE[1..2], "it was left");
    window.keys(Modifiers::NONE, Key::F2);
    window.keys(Modifiers::COMMAND, Key::A);
    window.typing("And water.");
    assert_eq!(window.texts(), ["And water."], "the one that is edited stays, whatever is in it");
    window.keys(Modifiers::COMMAND, Key::Z);
    window.press("Show all cues in order of time");
    assert_eq!(window.texts(), LECTURE);
    window.press("Sort by reading speed");
    assert_eq!(window.texts(), [LECTURE[2], LECTURE[1], LECTURE[0]]);
    window.press_row(3);
    window.keys(Modifiers::NONE, Key::ArrowDown);
    assert!(row(&window, 2).accesskit_node().is_selected().unwrap_or(false), "arrows go by the list");
}

#[test]
fn what_is_hidden_is_not_changed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.typing("all");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    window.command("UPPER CASE");
    window.press("Show all cues in order of time");
    assert_eq!(window.texts(), ["GOOD MORNING, ALL.", LECTURE[1], "THAT IS ALL FOR TODAY."]);
}

#[test]
fn merging_breaks_the_lines_anew() {
    let desk = Desk::new();
    let texts = ["We begin with the\nleaves of a tree,", "and go on with its roots."];
    let mut window = desk.open(&desk.write("lecture.srt", srt(&texts)));
    window.press_row(1);
    window.keys(Modifiers::COMMAND, Key::J);
    let field = window.get_by_label("Text of cue 1");
    assert_eq!(
        field.value().as_deref(),
        Some("We begin with the leaves of a tree,\nand go on with its roots.")
    );
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts().len(), 2);
}

/// What the window has put into the clipboard.
fn copied(window: &Window) -> Option<String> {
    let mut texts = window.output().platform_output.commands.iter().filter_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    texts.next_back()
}

#[test]
fn cues_are_cut_and_put_in_elsewhere() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::Escape);
    window.event(egui::Event::Cut);
    let mut clip = None;
    window.wait("the cue is gone", |window| {
        clip = clip.take().or_else(|| copied(window));
        rows(window) == 2
    });
    let clip = clip.unwrap();
    assert_eq!(clip, "1\n00:00:01,000 --> 00:00:04,000\nGood morning, all.\n\n");
    window.press_row(2);
    window.event(egui::Event::Paste(clip));
    window.run_steps(4);
    assert_eq!(window.texts(), [LECTURE[1], LECTURE[2], LECTURE[0]]);
    assert!(label(&window, 3).contains("at 12 seconds, 3.0 seconds long"), "{}", label(&window, 3));
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), LECTURE, "a step each");
}

#[test]
fn captions_of_other_programs_are_put_in() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(3);
    let other =
        "7\r\n01:00:00,000 --> 01:00:01,000\r\nOne.\r\n\r\n8\r\n01:00:02,000 --> 01:00:03,500\r\nTwo.\r\n";
    window.event(egui::Event::Paste(other.to_owned()));
    window.run_steps(4);
    assert!(label(&window, 4).contains("One., at 12 seconds, 1.0 seconds long"), "{}", label(&window, 4));
    assert!(label(&window, 5).contains("Two., at 14 seconds, 1.5 seconds long"), "the time between stays");
    assert!(window.query_by_label("2 selected").is_some());
    window.event(egui::Event::Paste("Only words.".to_owned()));
    window.run_steps(4);
    assert!(window.query_by_label_contains("holds no captions").is_some());
    assert_eq!(rows(&window), 5);
}

#[test]
fn in_a_field_the_clipboard_is_for_text() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.event(egui::Event::Paste(" Hello.".to_owned()));
    window.run_steps(4);
    assert_eq!(window.texts()[0], "Good morning, all. Hello.");
    assert_eq!(rows(&window), 3);
}

#[test]
fn a_broken_rule_is_shown_and_repaired() {
    let desk = Desk::new();
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    let file = desk.write("long.srt", srt(&["Short.", long]));
    let mut window = desk.open(&file);
    assert!(window.query_by_label_contains("Cue 2: 80 characters in a line").is_some());
    window.press("Repair cue 2");
    assert!(window.query_by_label_contains("characters in a line").is_none());
    assert_eq!(window.texts().join(" "), format!("Short. {long}"), "words move, none changes");
}

#[test]
fn what_cannot_be_repaired_has_no_button() {
    let desk = Desk::new();
    let cue = |speaker: &str, start: f64, end: f64| {
        format!(
            "00:0{start:.3} --> 00:0{end:.3}\n<v {speaker}>There is no room at all\nfor these many words.\n\n"
        )
    };
    // Between what two others say, no layout makes time.
    let text = ["WEBVTT\n\n", &cue("Ada", 0.0, 3.2), &cue("Bob", 3.2, 3.5), &cue("Ada", 3.5, 6.7)].concat();
    let mut window = desk.open(&desk.write("packed.vtt", text));
    assert!(window.query_by_label_contains("Cue 2: 150 characters per second, at most 21").is_some());
    assert!(window.query_by_label_contains("the speech is too fast").is_none(), "nobody knows the speech");
    assert!(window.query_by_label("3 problems under the “Lecture” rules. 2 suggestions.").is_some());
    for name in ["Repair cue 2", "Repair all cues"] {
        assert!(window.query_by_label(name).is_none(), "{name}");
    }
    window.press_row(2);
    window.keys(Modifiers::COMMAND, Key::Period);
    assert!(window.query_by_label_contains("Nothing in this cue can be fixed automatically").is_some());
}

#[test]
fn suggestions_are_shown_on_request_and_the_choice_is_kept() {
    let desk = Desk::new();
    // 34 columns, of which 32 are aimed for.
    let file = desk.write("lecture.srt", srt(&["This line has thirty-four columns.", "Fine."]));
    let mut window = desk.open(&file);
    assert!(window.query_by_label("Meets the “Lecture” rules. 1 suggestion.").is_some());
    assert!(window.query_by_label("✔ meets the rules").is_some());
    let shown = |window: &Window| window.query_all_by_label_contains("(aim for 32 or fewer)").count() > 0;
    assert!(!shown(&window) && !label(&window, 1).contains("aim for"));
    window.press("Show suggestions");
    assert!(shown(&window) && label(&window, 1).contains("34 characters in a line (aim for 32 or fewer)"));
    assert!(window.query_by_label("1 suggestion").is_some());
    window.wait("the choice is kept", |_| {
        desk.path("settings.toml").exists() && desk.read("settings.toml").contains("suggestions = true")
    });
    window.command("Suggestions");
    assert!(!shown(&window));
}

#[test]
fn times_are_typed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    let field = window.get_by_label("Out-time of cue 1");
    field.focus();
    window.run_steps(2);
    window.keys(Modifiers::COMMAND, Key::A);
    window.typing("3.25");
    window.keys(Modifiers::NONE, Key::Enter);
    let field = window.get_by_label("Out-time of cue 1");
    assert_eq!(field.value().as_deref(), Some("00:00:03.250"));
}

#[test]
fn a_speaker_is_set() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(2);
    window.command("Set the speaker");
    window.typing("Ada");
    window.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(window.texts()[1], "Plants eat the light., Ada");
}
