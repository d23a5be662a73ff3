//! The guide.

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, FontId, Grid, Id, Key, Label, Response, RichText, Sense, Ui, vec2};

use super::{Then, heading};
use crate::gui::guide::{Block, Look, TextRun, blocks, text};
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SMALL_SPACE, SPACE};
use crate::gui::words::{language, say};

/// How far the keys scroll. Unit: points.
const STEP: f32 = 60.0;
const PAGE: f32 = 400.0;
const SIZE: f32 = 15.0;

#[derive(Debug)]
pub struct GuideDialog {
    blocks: Vec<Block>,
    /// The heading to scroll to.
    wanted: Option<usize>,
}

impl Default for GuideDialog {
    fn default() -> Self {
        Self { blocks: blocks(text(language())), wanted: None }
    }
}

impl GuideDialog {
    pub fn ui(&mut self, ui: &mut Ui, view: &View) -> Then {
        let width = super::set_width(ui, 720.0);
        let mut then = Then::Stays;
        let wanted = self.wanted.take();
        for (place, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Heading { is_title: true, text } => {
                    heading(ui, text);
                    if ui.button(say("button-close")).clicked() {
                        then = Then::Closes;
                    }
                    self.wanted = chapters(ui, view, &self.blocks);
                }
                Block::Heading { text, .. } => {
                    ui.add_space(LARGE_SPACE);
                    let response = focusable(ui, Label::new(RichText::new(text).size(18.0).strong()));
                    if wanted == Some(place) {
                        response.scroll_to_me(Some(egui::Align::TOP));
                        response.request_focus();
                    }
                }
                Block::Paragraph(runs) => {
                    ui.add_space(SMALL_SPACE);
                    focusable(ui, Label::new(job(view, runs)).wrap());
                }
                Block::Code(code) => {
                    ui.add_space(SMALL_SPACE);
                    focusable(ui, Label::new(RichText::new(code).monospace()));
                }
                Block::Table(rows) => table(ui, view, rows, width, place),
            }
        }
        scroll(ui);
        then
    }
}

/// Shows links to the chapters. Returns the place of the one that was clicked.
fn chapters(ui: &mut Ui, view: &View, blocks: &[Block]) -> Option<usize> {
    let mut pressed = None;
    for (place, block) in blocks.iter().enumerate() {
        if let Block::Heading { is_title: false, text } = block {
            let link = Button::new(RichText::new(text).color(view.colors.accent)).frame(false);
            if ui.add(link).clicked() {
                pressed = Some(place);
            }
        }
    }
    pressed
}

/// Lets the keyboard focus go from paragraph to paragraph, so that each is read out.
fn focusable(ui: &mut Ui, label: Label) -> Response {
    let response = ui.add(label.selectable(false).sense(Sense::focusable_noninteractive()));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let color = ui.visuals().selection.stroke.color;
        ui.painter().rect_stroke(response.rect.expand(2.0), 2.0, (1.0, color), egui::StrokeKind::Outside);
    }
    response
}

fn table(ui: &mut Ui, view: &View, rows: &[Vec<Vec<TextRun>>], width: f32, place: usize) {
    ui.add_space(SPACE);
    Grid::new(Id::unique(("table", place))).striped(true).spacing(vec2(LARGE_SPACE, SMALL_SPACE)).show(
        ui,
        |ui| {
            for row in rows {
                for cell in row {
                    let share = width / row.len() as f32 - LARGE_SPACE;
                    let mut job = job(view, cell);
                    job.wrap.max_width = share;
                    focusable(ui, Label::new(job));
                }
                ui.end_row();
            }
        },
    );
}

fn job(view: &View, runs: &[TextRun]) -> LayoutJob {
    let mut job = LayoutJob::default();
    for TextRun { text, look } in runs {
        let plain = TextFormat::simple(FontId::proportional(SIZE), view.colors.text);
        let format = match look {
            Look::Plain => plain,
            Look::Strong => TextFormat { color: view.colors.accent, ..plain },
            Look::Typed => {
                TextFormat { font_id: FontId::monospace(SIZE - 1.0), background: view.colors.panel, ..plain }
            }
        };
        job.append(text, 0.0, format);
    }
    job
}

/// Scrolls by keys.
fn scroll(ui: &Ui) {
    let by = ui.input(|input| {
        let pressed = |key| f32::from(u8::from(input.key_pressed(key)));
        STEP * (pressed(Key::ArrowUp) - pressed(Key::ArrowDown))
            + PAGE * (pressed(Key::PageUp) - pressed(Key::PageDown))
    });
    if by != 0.0 {
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
        ui.scroll_with_delta(vec2(0.0, by));
    }
}
