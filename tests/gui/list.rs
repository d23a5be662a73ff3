//! Long lists.

use crate::desk::{Desk, Drive, row, rows, srt};

#[test]
fn of_ten_thousand_cues_those_in_sight_are_drawn() {
    let desk = Desk::new();
    let texts: Vec<String> = (1..=10_000).map(|n| format!("This is cue {n}.\nIt has two lines.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let file = desk.write("long.srt", srt(&texts));
    let mut window = desk.open(&file);
    assert!((5..40).contains(&rows(&window)), "{} rows", rows(&window));
    window.keys(egui::Modifiers::NONE, egui::Key::End);
    window.run_steps(8);
    assert!((5..40).contains(&rows(&window)), "{} rows", rows(&window));
    let last = row(&window, 10_000).rect();
    assert!(last.bottom() < 780.0, "the last row is in sight: {last:?}");
}
