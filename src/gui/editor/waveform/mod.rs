//! The waveform with the cues over it. The edges of cues can be dragged.

mod scale;

use std::sync::Arc;

use egui::{Align2, CursorIcon, Id, PointerButton, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo};
use egui::{Color32, FontId, Mesh, Rangef, pos2, vec2};

use scale::Scale;

use super::cue_list::cue_at;
use crate::audio::Peak;
use crate::document::ops::Edge;
use crate::document::{Cue, CueId};
use crate::gui::action::{Action, Actions};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::widgets::short_time;
use crate::gui::words::{say, say_with};
use crate::time::{MediaTime, TimeSpan};

/// Distance from which the pointer grabs an edge, and to which dragging snaps. Unit: points.
const GRIP: f32 = 5.0;
/// Narrower regions have no edges. Unit: points.
const NARROW: f32 = 4.0;
/// Height of the time ruler at the top. Unit: points.
const RULER: f32 = 18.0;

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub struct Waveform {
    scale: Scale,
    /// The wave drawn last, and what it was made from.
    wave: Option<(Drawn, Arc<Mesh>)>,
    /// The cue that the view last scrolled to.
    shown: Option<(CueId, MediaTime)>,
    /// The edge being dragged.
    drag: Option<(CueId, Edge)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Drawn {
    span: TimeSpan,
    body: Rect,
    color: Color32,
    ready: u64,
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
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, view.colors.surface);
        let body = Rect::from_min_max(pos2(rect.left(), rect.top() + RULER), rect.max);
        self.regions(ui, view, workspace, body);
        self.wave(ui, view, soundtrack, body);
        self.ruler(ui, view, rect);
        self.edges(ui, view, workspace, body, actions);
        let x = self.scale.x(soundtrack.position());
        painter.vline(x, rect.y_range(), Stroke::new(1.5, view.colors.accent));
        self.click(&response, workspace, actions);
    }

    /// Handles wheel and drag, which move the view; with Ctrl the wheel zooms.
    fn steer(&mut self, ui: &Ui, response: &Response) {
        if response.hovered() {
            let (scroll, zoom, pointer) =
                ui.input(|input| (input.smooth_scroll_delta, input.zoom_delta(), input.pointer.hover_pos()));
            if zoom != 1.0 {
                self.scale.zoom(zoom, pointer.map(|pos| pos.x));
            }
            self.scale.scroll(-(scroll.x + scroll.y));
        }
        if response.dragged_by(PointerButton::Middle)
            || response.dragged_by(PointerButton::Primary) && self.drag.is_none()
        {
            self.scale.scroll(-response.drag_delta().x);
        }
    }

    /// Keeps the moving playhead in view, and the current cue when it changes.
    fn go_after(&mut self, view: &View, workspace: &Workspace, soundtrack: &Soundtrack) {
        let position = soundtrack.position();
        if soundtrack.is_playing() && view.state.follows {
            self.scale.turn_page(position);
        }
        let current = workspace.current().map(|cue| (cue.id, cue.span.start));
        if current.map(|(id, _)| id) != self.shown.map(|(id, _)| id) {
            if let Some(cue) = workspace.current() {
                self.scale.show(cue.span);
            }
            self.shown = current;
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

    fn regions(&self, ui: &Ui, view: &View, workspace: &Workspace, body: Rect) {
        let painter = ui.painter_at(body);
        let current = workspace.selection.current();
        // Regions as narrow as pixels are drawn together.
        let mut narrow = Rangef::NOTHING;
        let ground = |x: Rangef, color| {
            if x.min <= x.max {
                painter.rect_filled(Rect::from_x_y_ranges(x, body.y_range()), 0.0, color);
            }
        };
        for (_, cue) in self.in_sight(workspace) {
            let x = Rangef::new(self.scale.x(cue.span.start), self.scale.x(cue.span.end));
            let is_current = current == Some(cue.id);
            if x.span() < NARROW && !is_current {
                if x.min > narrow.max + 1.0 {
                    ground(std::mem::replace(&mut narrow, Rangef::NOTHING), view.colors.region);
                }
                narrow = Rangef::new(narrow.min.min(x.min), narrow.max.max(x.max));
                continue;
            }
            ground(std::mem::replace(&mut narrow, Rangef::NOTHING), view.colors.region);
            ground(x, if is_current { view.colors.current_region } else { view.colors.region });
            let edge = if is_current { view.colors.accent } else { view.colors.border };
            for x in [x.min, x.max] {
                painter.vline(x, body.y_range(), Stroke::new(if is_current { 2.0 } else { 1.0 }, edge));
            }
            if x.span() > 30.0 {
                let clip = Rect::from_x_y_ranges(x, body.y_range()).shrink(4.0).intersect(body);
                let text = cue.text.replace('\n', " ");
                let font = FontId::proportional(12.0);
                let at = clip.left_bottom();
                ui.painter_at(clip).text(at, Align2::LEFT_BOTTOM, text, font, view.colors.text);
            }
        }
        ground(narrow, view.colors.region);
    }

    fn wave(&mut self, ui: &Ui, view: &View, soundtrack: &Soundtrack, body: Rect) {
        let (span, color) = (self.scale.span(), view.colors.wave);
        let drawn = Drawn { span, body, color, ready: soundtrack.sound().ready() };
        let wave = match &self.wave {
            Some((old, wave)) if *old == drawn => wave,
            _ => {
                let columns = body.width().round().max(1.0) as usize;
                let peaks = soundtrack.sound().with_peaks(|peaks| peaks.columns(span, columns));
                &self.wave.insert((drawn, Arc::new(mesh(&peaks, body, color)))).1
            }
        };
        ui.painter_at(body).add(Arc::clone(wave));
    }

    fn ruler(&self, ui: &Ui, view: &View, rect: Rect) {
        let painter = ui.painter_at(rect);
        for time in self.scale.ticks() {
            let x = self.scale.x(time);
            painter.vline(
                x,
                Rangef::new(rect.top() + RULER - 5.0, rect.top() + RULER),
                (1.0, view.colors.weak),
            );
            let at = pos2(x + 3.0, rect.top() + 1.0);
            painter.text(
                at,
                Align2::LEFT_TOP,
                short_time(time),
                FontId::proportional(11.5),
                view.colors.weak,
            );
        }
    }

    fn edges(&mut self, ui: &Ui, view: &View, workspace: &Workspace, body: Rect, actions: &mut Actions) {
        if workspace.read_only.is_some() {
            return;
        }
        let current = workspace.selection.current();
        let width = |cue: &Cue| self.scale.x(cue.span.end) - self.scale.x(cue.span.start);
        let can_be_held = |cue: &Cue| width(cue) > 3.0 * GRIP || current == Some(cue.id);
        let cues: Vec<_> = self.in_sight(workspace).filter(|(_, cue)| can_be_held(cue)).collect();
        for (place, cue) in cues {
            for (edge, time, key) in
                [(Edge::In, cue.span.start, "cue-in-edge"), (Edge::Out, cue.span.end, "cue-out-edge")]
            {
                let x = self.scale.x(time);
                if !body.x_range().contains(x) {
                    continue;
                }
                // If two cues touch, each edge is grabbed from its own side.
                let side = if edge == Edge::In { Rangef::new(x, x + GRIP) } else { Rangef::new(x - GRIP, x) };
                let grip = Rect::from_x_y_ranges(side, body.y_range());
                let id = Id::unique(("edge", cue.id.0, edge == Edge::In));
                let response =
                    ui.interact(grip, id, Sense::DRAG).on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Splitter, true, say_with!(key, number = place + 1))
                });
                if response.hovered() || response.dragged() {
                    ui.painter_at(body).vline(x, body.y_range(), Stroke::new(3.0, view.colors.accent));
                }
                self.drag_edge(&response, cue, edge, actions);
            }
        }
    }

    fn drag_edge(&mut self, response: &Response, cue: &Cue, edge: Edge, actions: &mut Actions) {
        if response.drag_started() {
            self.drag = Some((cue.id, edge));
            self.shown = Some((cue.id, cue.span.start));
            actions.ask(Action::EndRun);
        }
        if let Some(pos) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            let snap = self.scale.duration(GRIP);
            actions.ask(Action::MoveEdge { cue: cue.id, edge, to: self.scale.time(pos.x), snap });
        }
        if response.drag_stopped() {
            self.drag = None;
            actions.ask(Action::EndRun);
        }
    }

    /// Handles a click: goes to its time, and to the cue there.
    fn click(&self, response: &Response, workspace: &Workspace, actions: &mut Actions) {
        let Some(pos) = response.interact_pointer_pos().filter(|_| response.clicked()) else { return };
        let time = self.scale.time(pos.x);
        if let Some(cue) = cue_at(&workspace.document().cues, time) {
            actions.ask(Action::GoTo(cue.id));
        }
        actions.ask(Action::Seek(time));
    }
}

/// Draws a bar for each column.
fn mesh(peaks: &[Peak], body: Rect, color: Color32) -> Mesh {
    let middle = body.center().y - 6.0;
    let half = (body.height() - 22.0) / 2.0;
    let y = |sample: i16| middle - f32::from(sample) / 32_768.0 * half;
    let mut mesh = Mesh::default();
    for (n, peak) in peaks.iter().enumerate() {
        let left = body.left() + n as f32;
        let bar = Rect::from_min_max(pos2(left, y(peak.max) - 0.5), pos2(left + 1.0, y(peak.min) + 0.5));
        mesh.add_colored_rect(bar, color);
    }
    mesh
}

fn last_time(workspace: &Workspace) -> MediaTime {
    workspace.document().cues.last().map(|cue| cue.span.end).unwrap_or_default()
}
