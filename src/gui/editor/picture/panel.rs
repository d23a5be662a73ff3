//! Draws the picture, or says what would bring it.

use egui::{Color32, Rect, RichText, Role, Sense, Ui, Vec2, WidgetInfo};

use super::caption;
use super::shown::ShownPicture;
use crate::gui::action::Actions;
use crate::gui::command::{Command, PlayCommand};
use crate::gui::editor::cue_list::cue_at;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::WHOLE_IMAGE;
use crate::gui::words::{InWords, say};
use crate::picture::PictureState;

/// Width divided by height while there is no frame.
const USUAL: f32 = 16.0 / 9.0;

/// Returns the width of the picture divided by its height.
fn aspect(shown: &ShownPicture) -> f32 {
    shown.frame.as_ref().map_or(USUAL, |frame| frame.aspect_ratio())
}

/// Draws the picture at most as high as `height`.
pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, height: f32, actions: &mut Actions) {
    let Some(shown) = &workspace.picture else { return };
    match shown.state() {
        PictureState::Failed(error) => {
            ui.label(RichText::new(error.in_words()).color(view.colors.weak));
        }
        _ => picture(ui, view, workspace, shown, height, actions),
    }
    ui.add_space(SPACE);
}

fn picture(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    shown: &ShownPicture,
    height: f32,
    actions: &mut Actions,
) {
    let aspect = aspect(shown);
    let width = ui.available_width().min(height * aspect);
    let (row, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), width / aspect), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, say("picture-name")));
    if response.clicked() {
        actions.run(Command::Play(PlayCommand::PlayPause));
    }
    let rect = Rect::from_center_size(row.center(), Vec2::new(width, width / aspect));
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, Color32::BLACK);
    if let Some(frame) = &shown.frame {
        painter.image(frame.id(), rect, WHOLE_IMAGE, Color32::WHITE);
    }
    let cue = view.editor.playhead.and_then(|time| cue_at(&workspace.document().cues, time));
    if let Some(cue) = cue {
        caption::paint(&painter, rect, cue);
    }
}
