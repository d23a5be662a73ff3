//! Draws the captions for the audience.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::epaint::{ClippedShape, Primitive};
use egui::{Color32, Galley, Key, Pos2, Rect, Sense, Shape, Ui, ViewportCommand, ViewportId, pos2};

use super::look::{Measure, ScreenColors, lines};
use super::roll::Roll;
use crate::gui::record::LiveState;
use crate::gui::words::say;
use crate::live::LiveText;
use crate::settings::{Audience, AudiencePlace};
use crate::transcript::join_words;

/// Key of the text shown before the first words.
const WAITING: &str = "audience-waiting";

/// What the user did to the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreenRequests {
    pub closes: bool,
    pub toggles_full_screen: bool,
}

pub struct Screen {
    live_state: Arc<LiveState>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    audience: Audience,
    zoom: f32,
    /// The text to show, and its version.
    text: LiveText,
    seen: u64,
    roll: Roll,
    /// The measure with which the rows were counted.
    measure: Option<Measure>,
    requests: ScreenRequests,
}

/// Rows of text, and the position of their first row relative to the first visible one.
type Placed = (Arc<Galley>, isize);

impl Screen {
    pub fn new(live_state: Arc<LiveState>) -> Self {
        Self { live_state, state: Mutex::default() }
    }

    /// Sets how captions look from now on.
    pub fn set_look(&self, audience: &Audience, zoom: f32, ctx: &egui::Context) {
        let mut state = self.lock();
        if state.audience != *audience || state.zoom != zoom {
            (state.audience, state.zoom) = (audience.clone(), zoom);
            ctx.request_repaint_of(super::id());
        }
    }

    pub fn take_requests(&self) -> ScreenRequests {
        std::mem::take(&mut self.lock().requests)
    }

    pub fn ui(&self, ui: &mut Ui, is_embedded: bool) {
        let mut state = self.lock();
        if let Some((version, text)) = self.live_state.text_since(state.seen) {
            state.take(version, text);
        }
        let size = if is_embedded { state.size(ui.available_width()) } else { ui.available_size() };
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let response = response.accessible_name(state.spoken());
        if !is_embedded {
            if response.drag_started() {
                ui.ctx().send_viewport_cmd(ViewportCommand::StartDrag);
            }
            state.listen(ui, response.double_clicked());
        }
        let measure = Measure::new(&state.audience, state.zoom, rect.width());
        let palette = ScreenColors::of(state.audience.colors);
        ui.painter().rect_filled(rect.expand(1.0), 0.0, palette.ground);
        let placed = state.lay_out(ui, &measure, palette);
        let block = block(rect, &measure, &state.audience);
        paint(ui, &placed, &measure, block, palette, state.audience.mirrored.then_some(rect));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take(&mut self, version: u64, text: LiveText) {
        if text.current() < self.roll.finished() {
            // A new session has started.
            self.measure = None;
        }
        (self.seen, self.text) = (version, text);
    }

    /// Returns the size for a window without one of its own.
    fn size(&self, width: f32) -> egui::Vec2 {
        egui::vec2(width.max(320.0), super::look::block_height(&self.audience) / self.zoom.max(0.1))
    }

    fn listen(&mut self, ui: &Ui, is_double_clicked: bool) {
        let (closes, leaves, keys) = ui.input(|input| {
            let leaves = input.key_pressed(Key::Escape);
            (input.viewport().close_requested(), leaves, input.key_pressed(Key::F11))
        });
        let is_full = self.audience.place == AudiencePlace::FullScreen;
        self.requests.closes |= closes || leaves && !is_full;
        self.requests.toggles_full_screen |= is_double_clicked || keys || leaves && is_full;
        if self.requests != ScreenRequests::default() {
            ui.ctx().request_repaint_of(ViewportId::ROOT);
        }
    }

    /// Returns the text of the current utterance: the final part and the tentative part.
    fn current(&self) -> (String, String) {
        let committed = self.text.committed();
        if !self.audience.tentative {
            return (committed, String::new());
        }
        let words = self.text.tentative();
        let mut tentative = join_words(words);
        if !committed.is_empty() && words.first().is_some_and(|word| word.space_before) {
            tentative.insert(0, ' ');
        }
        (committed, tentative)
    }

    /// Returns the text for screen readers: the last utterance and the current one.
    fn spoken(&self) -> String {
        let (committed, tentative) = self.current();
        let last = self.text.finished().next_back().map(|(_, text)| text).unwrap_or_default();
        let text = format!("{last} {committed}{tentative}");
        if text.trim().is_empty() { say(WAITING).to_owned() } else { text.trim().to_owned() }
    }

    /// Lays out the last utterances with their positions, the current one first.
    fn lay_out(&mut self, ui: &Ui, measure: &Measure, palette: ScreenColors) -> Vec<Placed> {
        if self.measure.as_ref() != Some(measure) {
            (self.measure, self.roll) = (Some(measure.clone()), Roll::default());
        }
        let galley = |text: &str, tentative: &str| {
            ui.ctx().fonts_mut(|fonts| fonts.layout_job(measure.job(text, tentative, palette)))
        };
        if self.text.is_empty() {
            return vec![(galley("", say(WAITING)), 0)];
        }
        for (number, text) in self.text.finished() {
            if number >= self.roll.finished() {
                self.roll.finish(number, galley(text, "").rows.len());
            }
        }
        let (committed, tentative) = self.current();
        let current = galley(&committed, &tentative);
        let rows = if committed.is_empty() && tentative.is_empty() { 0 } else { current.rows.len() };
        let first = self.roll.first_row(rows, lines(&self.audience));
        let mut at = -first;
        let mut placed = vec![(current, at)];
        for (_, text) in self.text.finished().rev() {
            if at <= 0 {
                break;
            }
            let galley = galley(text, "");
            at -= galley.rows.len() as isize;
            placed.push((galley, at));
        }
        placed
    }
}

/// Returns the area of the lines: at the bottom of a full screen, in the middle of a window.
fn block(rect: Rect, measure: &Measure, audience: &Audience) -> Rect {
    let height = measure.line_height() * lines(audience) as f32;
    let top = match audience.place {
        AudiencePlace::FullScreen => rect.bottom() - height - measure.margin(),
        _ => rect.center().y - height / 2.0,
    };
    Rect::from_min_size(pos2(rect.left() + measure.margin(), top), egui::vec2(measure.width, height))
}

fn paint(
    ui: &Ui,
    placed: &[Placed],
    measure: &Measure,
    block: Rect,
    palette: ScreenColors,
    mirror: Option<Rect>,
) {
    // Descenders of the last line reach below the block.
    let clip = block.expand2(egui::vec2(measure.margin(), 0.0));
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    for (galley, row) in placed {
        let at = pos2(block.left(), block.top() + *row as f32 * measure.line_height());
        match mirror {
            None => painter.galley(at, Arc::clone(galley), palette.text),
            Some(rect) => mirrored(ui, galley, at, palette.text, rect).into_iter().for_each(|shape| {
                painter.add(shape);
            }),
        }
    }
}

/// Returns text mirrored about the vertical centre line of a rectangle.
fn mirrored(ui: &Ui, galley: &Arc<Galley>, at: Pos2, color: Color32, rect: Rect) -> Vec<Shape> {
    let shape = Shape::galley(at, Arc::clone(galley), color);
    let clipped = ClippedShape::new(Rect::EVERYTHING, shape);
    let meshes = ui.ctx().tessellate(vec![clipped], ui.ctx().pixels_per_point());
    let flipped = meshes.into_iter().filter_map(|clipped| match clipped.primitive {
        Primitive::Mesh(mut mesh) => {
            for vertex in &mut mesh.vertices {
                vertex.pos.x = rect.left() + rect.right() - vertex.pos.x;
            }
            Some(Shape::mesh(mesh))
        }
        Primitive::Callback(_) => None,
    });
    flipped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::fonts;
    use crate::live::LiveEvent;
    use crate::time::TimeSpan;
    use crate::transcript::Word;

    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word::new(text, TimeSpan::default());
        text.split_whitespace().map(word).collect()
    }

    /// Returns the visible lines after each event, with three lines of about twenty characters.
    fn seen(events: &[LiveEvent]) -> Vec<Vec<String>> {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::definitions(None));
        let live_state = Arc::new(LiveState::new(Arc::new(|| ())));
        let screen = Screen::new(Arc::clone(&live_state));
        let frame = || {
            let mut seen = Vec::new();
            let _ = ctx.run_ui(egui::RawInput::default(), |ui| seen = screen.lines_seen(ui));
            seen
        };
        frame();
        events
            .iter()
            .map(|event| {
                live_state.show(event.clone());
                frame()
            })
            .collect()
    }

    impl Screen {
        fn lines_seen(&self, ui: &Ui) -> Vec<String> {
            let mut state = self.lock();
            if let Some((version, text)) = self.live_state.text_since(state.seen) {
                state.take(version, text);
            }
            let audience = Audience { lines: 3, size: 20, ..Audience::default() };
            let measure = Measure::new(&audience, 1.0, 220.0);
            state.audience = audience;
            let mut lines = vec![String::new(); 3];
            for (galley, first) in state.lay_out(ui, &measure, ScreenColors::of(Default::default())) {
                for (row, at) in galley.rows.iter().zip(first..) {
                    if let Some(line) = usize::try_from(at).ok().and_then(|at| lines.get_mut(at)) {
                        *line = row.text().trim_end().to_owned();
                    }
                }
            }
            lines
        }
    }

    #[test]
    fn lines_fill_up_roll_and_stay() {
        let committed = |text, is_last| LiveEvent::Committed { utterance: 0, words: words(text), is_last };
        let tentative = |text| LiveEvent::Tentative { utterance: 0, words: words(text) };
        let seen = seen(&[
            committed("One two three four.", true),
            tentative("Five"),
            committed("Five six seven eight nine ten eleven twelve.", true),
            tentative("Thirteen fourteen fifteen sixteen"),
            committed("Thirteen.", true),
            committed("Fourteen.", true),
        ]);
        assert_eq!(seen[0], ["One two three four.", "", ""]);
        assert_eq!(seen[1], ["One two three four.", "Five", ""]);
        assert_eq!(seen[2], ["Five six seven eight", "nine ten eleven", "twelve."]);
        assert_eq!(seen[3], ["twelve.", "Thirteen fourteen", "fifteen sixteen"]);
        assert_eq!(seen[4], ["twelve.", "Thirteen.", ""], "nothing comes down again");
        assert_eq!(seen[5], ["twelve.", "Thirteen.", "Fourteen."]);
    }
}
