//! How the waveform looks.

use std::sync::Arc;

use egui::{Align2, Color32, FontId, Mesh, Painter, Rangef, Rect, Stroke, Ui, pos2};

use super::Waveform;
use super::drag::Grip;
use super::hold::{Change, HeldEdge};
use crate::audio::Peak;
use crate::document::Cue;
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::speakers::badge;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::widgets::{full_time, short_time};
use crate::gui::words::{decimal, say, say_with};
use crate::time::TimeSpan;

/// Narrower regions have no edges. Unit: points.
const NARROW: f32 = 4.0;
/// Height of the line in the speaker's colour. Unit: points.
const STRIP: f32 = 4.0;
/// Height of the time ruler at the top. Unit: points.
pub(super) const RULER: f32 = 18.0;

/// Over a spectrogram, how much the ground of cues covers, and that behind their text.
const OVER_SOUND: f32 = 0.25;
const BEHIND_TEXT: f32 = 0.85;

/// The inputs of a drawn wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Drawn {
    span: TimeSpan,
    body: Rect,
    color: Color32,
    ready: u64,
}

impl Waveform {
    pub(super) fn regions(
        &self,
        ui: &Ui,
        view: &View,
        workspace: &Workspace,
        change: Option<&Change>,
        body: Rect,
    ) {
        let painter = ui.painter_at(body);
        let current = workspace.selection.current();
        let usual = ground(view, false);
        // Regions as narrow as pixels are drawn together.
        let mut narrow = Rangef::NOTHING;
        let fill = |x: Rangef, color| {
            if x.min <= x.max {
                painter.rect_filled(Rect::from_x_y_ranges(x, body.y_range()), 0.0, color);
            }
        };
        for (_, cue) in self.in_sight(workspace) {
            let x = self.x_range(change.map_or(cue.span, |change| change.span_of(cue)));
            let is_current = current == Some(cue.id);
            if x.span() < NARROW && !is_current {
                if x.min > narrow.max + 1.0 {
                    fill(std::mem::replace(&mut narrow, Rangef::NOTHING), usual);
                }
                narrow = Rangef::new(narrow.min.min(x.min), narrow.max.max(x.max));
                continue;
            }
            fill(std::mem::replace(&mut narrow, Rangef::NOTHING), usual);
            self.region(ui, view, workspace, (cue, is_current), x, body);
        }
        fill(narrow, usual);
        for new in change.iter().flat_map(|change| change.drawn()) {
            self.region(ui, view, workspace, (new, true), self.x_range(new.span), body);
        }
    }

    fn x_range(&self, span: TimeSpan) -> Rangef {
        Rangef::new(self.scale.x(span.start), self.scale.x(span.end))
    }

    fn region(
        &self,
        ui: &Ui,
        view: &View,
        workspace: &Workspace,
        (cue, is_current): (&Cue, bool),
        x: Rangef,
        body: Rect,
    ) {
        let painter = ui.painter_at(body);
        painter.rect_filled(Rect::from_x_y_ranges(x, body.y_range()), 0.0, ground(view, is_current));
        let edge = if is_current { view.colors.accent } else { view.colors.border };
        for x in [x.min, x.max] {
            painter.vline(x, body.y_range(), Stroke::new(if is_current { 2.0 } else { 1.0 }, edge));
        }
        let speaker = cue.speaker.as_deref().and_then(|name| workspace.speakers().place(name));
        if let Some(place) = speaker {
            let strip = Rangef::new(body.top(), body.top() + STRIP);
            painter.rect_filled(Rect::from_x_y_ranges(x, strip), 0.0, badge::color(place));
            if x.span() > badge::SIZE + 8.0 {
                badge::paint(&painter, pos2(x.min + 2.0, body.top()), place);
            }
        }
        if x.span() > 30.0 {
            let clip = Rect::from_x_y_ranges(x, body.y_range()).shrink(4.0).intersect(body);
            let text = cue.text.replace('\n', " ");
            let font = FontId::proportional(12.0);
            let painter = ui.painter_at(clip);
            let galley = painter.layout_no_wrap(text, font, view.colors.text);
            let at = Align2::LEFT_BOTTOM.anchor_size(clip.left_bottom(), galley.size());
            if view.state.settings.shows_spectrogram {
                painter.rect_filled(at, 2.0, view.colors.surface.gamma_multiply(BEHIND_TEXT));
            }
            painter.galley(at.min, galley, view.colors.text);
        }
    }

    pub(super) fn wave(&mut self, ui: &Ui, view: &View, soundtrack: &Soundtrack, body: Rect) {
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

    pub(super) fn ruler(&self, ui: &Ui, view: &View, rect: Rect) {
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

    /// Draws the hovered edge, the times of the dragged cue, and the playhead.
    pub(super) fn lines(
        &self,
        ui: &Ui,
        view: &View,
        soundtrack: &Soundtrack,
        (edges, change): (&[HeldEdge], Option<&Change>),
        body: Rect,
    ) {
        let painter = ui.painter_at(body);
        if self.drag.is_none() {
            for edge in edges.iter().filter(|edge| edge.is_hovered()) {
                painter.vline(edge.x, body.y_range(), Stroke::new(3.0, view.colors.accent));
            }
        }
        if let Some(span) = change.and_then(Change::shown) {
            self.times(&painter, view, span, body);
        }
        let x = self.scale.x(soundtrack.position());
        let height = Rangef::new(body.top() - RULER, body.bottom());
        ui.painter().with_clip_rect(body.expand2(egui::vec2(0.0, RULER))).vline(
            x,
            height,
            Stroke::new(1.5, view.colors.accent),
        );
    }

    /// Draws the times of the dragged cue, and the keys that change the drag.
    fn times(&self, painter: &Painter, view: &View, span: TimeSpan, body: Rect) {
        let seconds = decimal(span.duration().as_secs_f64(), 2);
        let (from, to) = (full_time(span.start), full_time(span.end));
        let mut text = say_with!("sound-drag-times", from = from, to = to, seconds = seconds);
        let hint = match self.drag.as_ref().map(|drag| &drag.grip) {
            Some(Grip::Edge(..)) => say("sound-edge-hint"),
            _ => say("sound-drag-hint"),
        };
        text = format!("{text}   {hint}");
        let galley = painter.layout_no_wrap(text, FontId::proportional(12.5), view.colors.text);
        let x = self.scale.x(span.start).max(body.left()) + 5.0;
        let right = (body.right() - galley.size().x - 5.0).max(body.left());
        let at = pos2(x.min(right), body.top() + 3.0);
        painter.rect_filled(Rect::from_min_size(at, galley.size()).expand(3.0), 3.0, view.colors.panel);
        painter.galley(at, galley, view.colors.text);
    }
}

/// Returns the ground of a cue, through which a spectrogram is seen.
fn ground(view: &View, is_current: bool) -> Color32 {
    let color = if is_current { view.colors.current_region } else { view.colors.region };
    if view.state.settings.shows_spectrogram { color.gamma_multiply(OVER_SOUND) } else { color }
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
