//! The waveform with the cues over it. Their edges and the cues themselves can be dragged, and new ones are drawn.

mod drag;
mod hold;
mod paint;
mod scale;
mod snap;
mod spectrogram;

use std::sync::Arc;

use egui::{Mesh, PointerButton, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use drag::Drag;
use paint::{Drawn, RULER};
use scale::Scale;
use spectrogram::SpectrogramView;

use super::cue_list::cue_at;
use crate::document::{Cue, CueId};
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::words::say;
use crate::time::MediaTime;

/// Distance from which the pointer grabs an edge, and to which dragging snaps. Unit: points.
const GRIP: f32 = 5.0;

/// What the panel remembers between frames.
#[derive(Default)]
pub struct Waveform {
    scale: Scale,
    /// The wave drawn last, and what it was made from.
    wave: Option<(Drawn, Arc<Mesh>)>,
    spectrogram: SpectrogramView,
    /// The cue that the view last scrolled to.
    shown: Option<CueId>,
    /// The drag in progress.
    drag: Option<Drag>,
}

impl Waveform {
    pub fn zoom(&mut self, factor: f32) {
        self.scale.zoom(factor, None);
    }

    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View,
        workspace: &Workspace,
        soundtrack: &Soundtrack,
        actions: &mut Actions,
    ) {
        let size = ui.available_size().max(vec2(50.0, 40.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, say("sound-waveform")));
        self.scale.fit(rect, soundtrack.duration().max(last_time(workspace)));
        self.steer(ui, &response);
        self.go_after(view, workspace, soundtrack);
        let body = Rect::from_min_max(pos2(rect.left(), rect.top() + RULER), rect.max);
        let edges = self.edges(ui, workspace, body);
        let change = self.hold(ui, workspace, soundtrack, (&response, &edges), body, actions);
        ui.painter_at(rect).rect_filled(rect, 0.0, view.colors.surface);
        let shows_spectrogram = view.state.settings.shows_spectrogram;
        if shows_spectrogram {
            let sound = (workspace, soundtrack);
            self.spectrogram.paint(ui, view.colors, sound, &self.scale, body);
        }
        self.regions(ui, view, workspace, change.as_ref(), body);
        if !shows_spectrogram {
            self.wave(ui, view, soundtrack, body);
        }
        self.ruler(ui, view, rect);
        self.lines(ui, view, soundtrack, (&edges, change.as_ref()), body);
        self.click(&response, workspace, actions);
    }

    /// Handles the wheel, which moves the view and with Ctrl zooms, and the middle button, which drags the view.
    fn steer(&mut self, ui: &Ui, response: &Response) {
        if response.contains_pointer() {
            let (scroll, zoom, pointer) =
                ui.input(|input| (input.smooth_scroll_delta, input.zoom_delta(), input.pointer.hover_pos()));
            if zoom != 1.0 {
                self.scale.zoom(zoom, pointer.map(|pos| pos.x));
            }
            self.scale.scroll(-(scroll.x + scroll.y));
        }
        if response.dragged_by(PointerButton::Middle) {
            self.scale.scroll(-response.drag_delta().x);
        }
    }

    /// Keeps the moving playhead in view, and the current cue when it changes.
    fn go_after(&mut self, view: &View, workspace: &Workspace, soundtrack: &Soundtrack) {
        let position = soundtrack.position();
        if soundtrack.is_playing() && view.editor.follows && self.drag.is_none() {
            self.scale.turn_page(position);
        }
        let current = workspace.current();
        if current.map(|cue| cue.id) != self.shown {
            if let Some(cue) = current {
                self.scale.show(cue.span);
            }
            self.shown = current.map(|cue| cue.id);
        }
    }

    /// Returns the visible cues with their indexes.
    fn in_sight<'a>(&self, workspace: &'a Workspace) -> impl Iterator<Item = (usize, &'a Cue)> + use<'a> {
        let cues = &workspace.document().cues;
        let span = self.scale.span();
        let first = cues.partition_point(|cue| cue.span.start < span.start).saturating_sub(1);
        let in_sight = move |(_, cue): &(usize, &Cue)| cue.span.start <= span.end;
        cues.iter().enumerate().skip(first).take_while(in_sight)
    }

    /// Returns whether a cue is wide enough to be dragged.
    fn can_be_held(&self, workspace: &Workspace, cue: &Cue) -> bool {
        let width = self.scale.x(cue.span.end) - self.scale.x(cue.span.start);
        width > 3.0 * GRIP || workspace.selection.current() == Some(cue.id)
    }

    /// Handles a click: goes to its time, and to the cue there.
    fn click(&self, response: &Response, workspace: &Workspace, actions: &mut Actions) {
        let Some(pos) = response.interact_pointer_pos().filter(|_| response.clicked()) else { return };
        let time = self.scale.time(pos.x);
        if let Some(cue) = cue_at(&workspace.document().cues, time) {
            actions.ask(EditorAction::GoTo(cue.id));
        }
        actions.ask(EditorAction::Seek(time));
    }
}

fn last_time(workspace: &Workspace) -> MediaTime {
    workspace.document().cues.last().map(|cue| cue.span.end).unwrap_or_default()
}
