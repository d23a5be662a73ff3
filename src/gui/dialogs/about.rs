//! The version of the program, its build and its parts.

use egui::{CollapsingHeader, RichText, ScrollArea, TextStyle, Ui};

use super::{Then, heading};
use crate::asr::cpu;
use crate::build;
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::words::{InWords, say, say_with};

/// Keys of the shipped models, each with its licences.
const MODELS: [(&str, &[&str]); 3] =
    [("about-whisper", &["MIT"]), ("about-silero", &["MIT"]), ("about-speakers", &["MIT", "Apache 2.0"])];

/// Height of the list of licences. Unit: points.
const LIST: f32 = 200.0;

pub fn ui(ui: &mut Ui, view: &View) -> Then {
    super::set_width(ui, 480.0);
    heading(ui, "Lectern");
    let weak = |text: String| RichText::new(text).color(view.colors.weak);
    ui.label(build_line());
    ui.label(engine_line());
    ui.add_space(SMALL_SPACE);
    ui.label(say("about-purpose"));
    ui.label(say("about-updates"));
    ui.add_space(SPACE);
    ui.label(weak(say_with!("about-licence", one = "MIT", other = "Apache 2.0")));
    for (model, licences) in MODELS {
        ui.label(weak(say_with!("about-part", part = say(model), licence = licences.join(", "))));
    }
    CollapsingHeader::new(say_with!("about-parts", count = build::LICENCES.lines().count()))
        .show(ui, licences);
    ui.add_space(SPACE);
    if ui.button(say("button-close")).clicked() { Then::Closes } else { Then::Stays }
}

/// Returns `Version 0.1.0 (0f1e2d3c4b5a), x86_64-linux`.
fn build_line() -> String {
    let version = match build::commit() {
        Some(commit) => format!("{} ({commit})", build::VERSION),
        None => build::VERSION.to_owned(),
    };
    say_with!("about-version", version = version, target = build::target())
}

fn engine_line() -> String {
    match cpu::level() {
        Ok(level) => say_with!("about-engine", instructions = level.to_string()),
        Err(error) => error.in_words(),
    }
}

/// Shows the licences. Only visible lines are drawn.
fn licences(ui: &mut Ui) {
    let lines: Vec<_> = build::LICENCES.lines().collect();
    let height = ui.text_style_height(&TextStyle::Small);
    ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show_rows(
        ui,
        height,
        lines.len(),
        |ui, rows| {
            for line in &lines[rows] {
                ui.label(RichText::new(*line).text_style(TextStyle::Small));
            }
        },
    );
}
