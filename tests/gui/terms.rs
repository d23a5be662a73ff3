//! Names and terms from course material, and the report which were heard.

use egui_kittest::kittest::Queryable;

use crate::desk::{Desk, Drive, srt};

const MATERIAL: &str = "The podocyte wraps the vessel. Lost podocytes do not come back. By the method of Galerkin; \
    Galerkin had it first.\n";

#[test]
fn terms_of_course_material_are_chosen_and_added() {
    let desk = Desk::new();
    desk.dialogs.answer(desk.write("slides.txt", MATERIAL));
    let mut window = desk.open(&desk.write("lecture.en.srt", srt(&["The podocyte is lost."])));
    window.command("Names and terms from course material…");
    window.wait("terms are found", |window| window.query_by_label("podocyte").is_some());
    assert!(window.query_by_label("Galerkin").is_some());
    window.press("podocyte");
    window.press("Add 1 term");
    window.wait("the settings have it", |_| {
        std::fs::read_to_string(desk.path("settings.toml"))
            .is_ok_and(|text| text.contains("Galerkin") && !text.contains("podocyte"))
    });
}

#[test]
fn material_that_cannot_be_read_says_why() {
    let desk = Desk::new();
    desk.dialogs.answer(desk.write("slides.pptx", b"PK\x03\x04 and no more"));
    let mut window = desk.open(&desk.write("lecture.en.srt", srt(&["One."])));
    window.command("Names and terms from course material…");
    window.wait("the fault is told", |window| window.query_by_label_contains("It is damaged.").is_some());
    assert!(window.query_by_label_contains("There are no names or terms").is_some());
}

#[test]
fn the_report_tells_which_terms_were_heard_and_goes_there() {
    let desk = Desk::new();
    desk.write("settings.toml", "vocabulary = \"podocyte\\nGalerkin\"\n");
    let texts = ["One.", "The podocyte is lost.", "A podocyte is small."];
    let mut window = desk.open(&desk.write("lecture.en.srt", srt(&texts)));
    window.command("Names and terms heard…");
    window.wait("the captions are searched", |window| window.query_by_label("1 of 2 were heard.").is_some());
    assert!(window.query_by_label("2 ×").is_some() && window.query_by_label("not heard").is_some());
    let place = window.query_all_by_label_contains("podocyte at ").next().map(|node| node.click());
    assert!(place.is_some());
    window.run_steps(4);
    assert!(window.query_by_label("1 of 2 were heard.").is_none(), "the dialog is closed");
}
