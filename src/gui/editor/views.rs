//! The views of the open captions: bars, sound, the panel at the side, and the list.

use egui::{CentralPanel, Frame, Margin, Panel, Rect, Ui, Vec2};

use super::cue_list::{CueList, text_id};
use super::find::Find;
use super::picture::panel;
use super::picture::shown::ShownPicture;
use super::problems::Problems;
use super::speakers::SpeakersPanel;
use super::waveform::Waveform;
use super::workspace::Workspace;
use super::{sieve, transport};
use crate::gui::action::Actions;
use crate::gui::heard::{Area, Drawing};
use crate::gui::panels::{progress, status, toolbar};
use crate::gui::state::View;

/// Height that the waveform leaves to the bars and a few rows of the list. Unit: points.
const BESIDE_SOUND: f32 = 220.0;
/// Usual width of the panel beside the list, without and with the picture. Unit: points.
const SIDE: f32 = 300.0;
const WIDE_SIDE: f32 = 380.0;
/// The part of the height that the picture may take from what is below it.
const MOST_PICTURE: f32 = 0.5;

/// What the views remember for themselves.
#[derive(Default)]
pub struct EditorViews {
    pub list: CueList,
    pub find: Find,
    pub waveform: Waveform,
    problems: Problems,
    speakers: SpeakersPanel,
}

/// Returns the frame of a bar.
pub fn bar(view: &View) -> Frame {
    Frame::new().fill(view.colors.panel).inner_margin(Margin::symmetric(8, 4))
}

impl EditorViews {
    /// Draws the captions in a window of this size. Returns the room between the bars.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View,
        workspace: &Workspace,
        window: Vec2,
        areas: &mut Drawing,
        actions: &mut Actions,
    ) -> Rect {
        Panel::bottom("status").frame(bar(view)).show(ui, |ui| {
            areas.area(ui, Area::Status, |ui| status::ui(ui, view, workspace, actions));
        });
        Panel::top("tools").frame(bar(view)).show(ui, |ui| {
            areas.area(ui, Area::Tools, |ui| toolbar::ui(ui, view, workspace, actions));
        });
        self.sound(ui, view, workspace, window.y, areas, actions);
        let room = ui.available_rect_before_wrap();
        self.side(ui, view, workspace, window.x, areas, actions);
        CentralPanel::default().frame(Frame::new().fill(view.colors.surface)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.above(ui, view, workspace, areas, actions);
            self.list.ui(ui, view, workspace, actions);
            areas.note(Area::List, ui.max_rect());
            let text = workspace.selection.current().filter(|_| workspace.read_only.is_none());
            if let Some(text) = text.and_then(|cue| ui.ctx().read_response(text_id(cue))) {
                areas.note(Area::Text, text.rect);
            }
        });
        room
    }

    /// Draws the waveform below the list; `height` is that of the window.
    fn sound(
        &mut self,
        ui: &mut Ui,
        view: &View,
        workspace: &Workspace,
        height: f32,
        areas: &mut Drawing,
        actions: &mut Actions,
    ) {
        let soundtrack = workspace.soundtrack.as_ref().filter(|_| view.editor.shows_waveform());
        let Some(soundtrack) = soundtrack else { return };
        let least = 110.0_f32.min(0.3 * height);
        let most = (0.6 * height).min(height - BESIDE_SOUND).max(least);
        let panel = Panel::bottom("sound")
            .frame(bar(view))
            .default_size(190.0_f32.min(0.35 * height))
            .size_range(least..=most);
        panel.resizable(true).show(ui, |ui| {
            areas.area(ui, Area::Sound, |ui| {
                transport::ui(ui, view, soundtrack, actions);
                self.waveform.ui(ui, view, workspace, soundtrack, actions);
            });
        });
    }

    /// Draws the picture, and the panel beside the list; `width` is that of the window.
    fn side(
        &mut self,
        ui: &mut Ui,
        view: &View,
        workspace: &Workspace,
        width: f32,
        areas: &mut Drawing,
        actions: &mut Actions,
    ) {
        let is_there = workspace.picture.as_ref().is_some_and(ShownPicture::is_there);
        let has_picture = is_there && view.editor.shows_picture(&view.state.settings);
        let below = match has_picture {
            _ if view.editor.shows_speakers => Some(Area::Speakers),
            _ if view.editor.shows_problems() && workspace.task.is_none() => Some(Area::Problems),
            true => None,
            false => return,
        };
        let usual: f32 = if has_picture { WIDE_SIDE } else { SIDE };
        let side = |name: &'static str| {
            Panel::right(name)
                .frame(Frame::new().fill(view.colors.panel).inner_margin(12))
                .default_size(usual.min(0.36 * width))
                .size_range(220.0_f32.min(0.3 * width)..=520.0_f32.min(0.45 * width))
        };
        let panel = match below {
            _ if has_picture => side("picture"),
            Some(Area::Speakers) => side("speakers"),
            _ => side("problems"),
        };
        panel.show(ui, |ui| {
            if has_picture {
                let most = ui.available_height() * if below.is_some() { MOST_PICTURE } else { 1.0 };
                areas.area(ui, Area::Picture, |ui| panel::ui(ui, view, workspace, most, actions));
            }
            match below {
                Some(Area::Speakers) => {
                    areas.area(ui, Area::Speakers, |ui| self.speakers.ui(ui, view, workspace, actions));
                }
                Some(_) => {
                    areas.area(ui, Area::Problems, |ui| self.problems.ui(ui, view, workspace, actions))
                }
                None => {}
            }
        });
    }

    /// Draws the bars above the list.
    fn above(
        &mut self,
        ui: &mut Ui,
        view: &View,
        workspace: &Workspace,
        areas: &mut Drawing,
        actions: &mut Actions,
    ) {
        if !self.find.is_open && !workspace.rows.is_open && !progress::is_shown(workspace) {
            return;
        }
        let bars = |ui: &mut Ui| {
            progress::ui(ui, view, workspace, actions);
            if self.find.is_open {
                self.find.ui(ui, view, workspace, actions);
            }
            if workspace.rows.is_open {
                sieve::ui(ui, view, workspace, actions);
            }
        };
        // The panel around it is as large as the list below it, too.
        ui.scope(|ui| areas.area(ui, Area::Above, bars));
    }
}
