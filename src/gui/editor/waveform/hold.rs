//! Starts, shows and ends drags of edges, cues and empty sound.

use egui::{CursorIcon, Id, Key, Modifiers, Rangef, Rect, Response, Role, Sense, Ui, WidgetInfo};

use super::drag::{Drag, Grip};
use super::snap::Marks;
use super::{GRIP, Waveform, cue_at};
use crate::document::ops::Edge;
use crate::document::{Cue, CueId, Edit, Transaction};
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::selection::Choosing;
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::workspace::Workspace;
use crate::gui::words::say_with;
use crate::time::{MediaTime, TimeSpan};

/// At a coarser scale, a drag moves the view. Unit: time of a point.
const COARSE: MediaTime = MediaTime::from_millis(100);

/// An edge in sight.
pub(super) struct HeldEdge {
    cue: CueId,
    span: TimeSpan,
    edge: Edge,
    pub(super) x: f32,
    response: Response,
}

impl HeldEdge {
    pub(super) fn is_hovered(&self) -> bool {
        self.response.hovered()
    }
}

/// What a drag would do.
pub(super) struct Change {
    step: Transaction,
    /// The cue that is dragged, or the new one.
    about: CueId,
}

impl Change {
    /// Returns the span that a cue would have.
    pub(super) fn span_of(&self, cue: &Cue) -> TimeSpan {
        self.changed().find(|new| new.id == cue.id).map_or(cue.span, |new| new.span)
    }

    /// Returns the new cues.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &Cue> {
        self.step.edits.iter().filter_map(|edit| match edit {
            Edit::Insert(cue) => Some(cue),
            _ => None,
        })
    }

    /// Returns the span to show as text.
    pub(super) fn shown(&self) -> Option<TimeSpan> {
        self.changed().find(|cue| cue.id == self.about).map(|cue| cue.span)
    }

    fn changed(&self) -> impl Iterator<Item = &Cue> {
        self.step.edits.iter().filter_map(|edit| match edit {
            Edit::Insert(cue) | Edit::Replace(cue) => Some(cue),
            _ => None,
        })
    }
}

impl Waveform {
    pub(super) fn edges(&self, ui: &Ui, workspace: &Workspace, body: Rect) -> Vec<HeldEdge> {
        if workspace.read_only.is_some() {
            return Vec::new();
        }
        let mut edges = Vec::new();
        for (place, cue) in self.in_sight(workspace).filter(|(_, cue)| self.can_be_held(workspace, cue)) {
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
                let name = say_with!(key, number = place + 1);
                response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, &name));
                edges.push(HeldEdge { cue: cue.id, span: cue.span, edge, x, response });
            }
        }
        edges
    }

    /// Starts, continues and ends a drag. Returns what it would change now.
    pub(super) fn hold(
        &mut self,
        ui: &Ui,
        workspace: &Workspace,
        soundtrack: &Soundtrack,
        (ground, edges): (&Response, &[HeldEdge]),
        body: Rect,
        actions: &mut Actions,
    ) -> Option<Change> {
        if let Some(edge) = edges.iter().find(|edge| edge.response.drag_started()) {
            let grip = Grip::Edge(edge.cue, edge.edge);
            self.take_hold(ui, workspace, grip, (edge.cue, edge.span), actions);
        } else if ground.drag_started_by(egui::PointerButton::Primary) {
            self.take_hold_of_ground(ui, workspace, body, actions);
        }
        let drag = self.drag.as_mut()?;
        if drag.grip == Grip::View {
            self.scale.scroll(-ground.drag_delta().x);
        }
        // A pointer outside the window has no position, and the button may be released there.
        if let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) {
            drag.now = self.scale.time(pointer.x);
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            drag.grip = Grip::Nothing;
        }
        let change = self.change(ui, workspace, soundtrack, actions);
        if !ui.input(|input| input.pointer.primary_down()) {
            self.drag = None;
        }
        change
    }

    /// Returns what the drag would change, and asks for it once the button is released.
    fn change(
        &self,
        ui: &Ui,
        workspace: &Workspace,
        soundtrack: &Soundtrack,
        actions: &mut Actions,
    ) -> Option<Change> {
        let drag = self.drag.as_ref()?;
        let (modifiers, is_down) = ui.input(|input| (input.modifiers, input.pointer.primary_down()));
        let snap = if modifiers.shift { MediaTime::ZERO } else { self.scale.duration(GRIP) };
        let marks = self.marks(workspace, soundtrack, drag);
        let wanted = drag.wanted(&marks, snap, modifiers.alt || modifiers.command)?;
        let (document, free) = (workspace.document(), workspace.editor().free_id());
        let step = wanted.propose(document, free, workspace.touching()).ok()?;
        let about = match &drag.grip {
            Grip::Edge(cue, _) => *cue,
            Grip::Cues(cues) => *cues.first()?,
            _ => free,
        };
        if !is_down && !step.is_empty() {
            actions.ask(EditorAction::Retime(wanted));
        }
        Some(Change { step, about })
    }

    /// Returns what edges snap to near the pointer and near the ends of a cue that is moved whole.
    fn marks(&self, workspace: &Workspace, soundtrack: &Soundtrack, drag: &Drag) -> Marks {
        let (document, gap) = (workspace.document(), workspace.profile().min_gap);
        let moved: Vec<CueId> = match &drag.grip {
            Grip::Edge(cue, edge) => {
                let neighbour = crate::document::ops::touching(document, *cue, *edge, workspace.touching());
                [*cue].into_iter().chain(neighbour.map(|cue| cue.id)).collect()
            }
            Grip::Cues(cues) => cues.clone(),
            _ => Vec::new(),
        };
        let around = drag
            .span
            .shifted(drag.now - drag.from)
            .joined(TimeSpan::new(drag.now.min(drag.from), drag.now.max(drag.from)));
        let reach = self.scale.duration(2.0 * GRIP);
        let span = TimeSpan::new(around.start - reach, around.end + reach);
        let sound = soundtrack.sound();
        let mut marks = sound.with_peaks(|peaks| Marks::within(span, document, &moved, gap, peaks));
        marks.starts.push(soundtrack.position());
        marks.ends.push(soundtrack.position());
        marks
    }

    fn take_hold_of_ground(&mut self, ui: &Ui, workspace: &Workspace, body: Rect, actions: &mut Actions) {
        let Some(pressed) = ui.input(|input| input.pointer.press_origin()) else { return };
        let time = self.scale.time(pressed.x);
        let is_coarse = self.scale.duration(1.0) > COARSE;
        let under = cue_at(&workspace.document().cues, time);
        let (grip, of) = match under {
            _ if workspace.read_only.is_some() || !body.contains(pressed) || is_coarse => (Grip::View, None),
            None => (Grip::Empty, None),
            Some(cue) if !self.can_be_held(workspace, cue) => (Grip::View, None),
            Some(cue) if workspace.selection.is_chosen(cue.id) => (Grip::Cues(workspace.chosen()), Some(cue)),
            Some(cue) => (Grip::Cues(vec![cue.id]), Some(cue)),
        };
        let none = (CueId::default(), TimeSpan::new(time, time));
        self.take_hold(ui, workspace, grip, of.map_or(none, |cue| (cue.id, cue.span)), actions);
    }

    fn take_hold(
        &mut self,
        ui: &Ui,
        workspace: &Workspace,
        grip: Grip,
        (cue, span): (CueId, TimeSpan),
        actions: &mut Actions,
    ) {
        let Some(pressed) = ui.input(|input| input.pointer.press_origin()) else { return };
        let is_cue = matches!(grip, Grip::Edge(..) | Grip::Cues(_));
        if is_cue && !workspace.selection.is_chosen(cue) {
            self.shown = Some(cue);
            actions.ask(EditorAction::Choose(cue, Choosing::Only));
        }
        let from = self.scale.time(pressed.x);
        self.drag = Some(Drag { grip, from, now: from, span });
    }
}
