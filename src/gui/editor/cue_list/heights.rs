//! Heights and positions of the rows, so that a list of any length is drawn in the same time.

use egui::Ui;

use crate::gui::editor::workspace::{Version, Workspace};
use crate::gui::theme::caption_text;

/// Padding above and below the text of a row. Unit: points.
pub const PADDING: f32 = 7.0;

#[derive(Debug, Default)]
pub struct Heights {
    /// The top of each row, then the bottom of the last one, with the current row counted like any other.
    tops: Vec<f32>,
    line: f32,
    /// The version of the document that this was computed from.
    version: Option<Version>,
    /// The row being edited, and how much taller it is than others with as many lines.
    current: Option<(usize, f32)>,
}

impl Heights {
    pub fn update(&mut self, ui: &Ui, workspace: &Workspace) {
        let line = ui.ctx().fonts_mut(|fonts| fonts.row_height(&caption_text()));
        let place = workspace.selection.current().and_then(|id| workspace.document().position(id));
        if self.current.map(|(place, _)| place) != place {
            self.current = place.map(|place| (place, 0.0));
        }
        let cues = &workspace.document().cues;
        let version = Some(workspace.version());
        if self.version == version && self.line == line {
            return;
        }
        (self.version, self.line) = (version, line);
        self.tops.clear();
        let mut top = 0.0;
        self.tops.push(top);
        self.tops.extend(cues.iter().map(|cue| {
            top += cue.lines().count() as f32 * line + 2.0 * PADDING;
            top
        }));
    }

    /// Sets the measured height of the current row. Returns whether it has changed.
    pub fn set_current(&mut self, place: usize, height: f32) -> bool {
        let more = (height - (self.tops[place + 1] - self.tops[place])).max(0.0);
        let news = self.current.is_none_or(|(_, old)| (old - more).abs() > 0.5);
        self.current = Some((place, more));
        news
    }

    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0) + self.current.map_or(0.0, |(_, more)| more)
    }

    /// Returns the top of a row.
    pub fn top(&self, place: usize) -> f32 {
        let more = self.current.filter(|(current, _)| *current < place).map_or(0.0, |(_, more)| more);
        self.tops[place] + more
    }

    pub fn height(&self, place: usize) -> f32 {
        let more = self.current.filter(|(current, _)| *current == place).map_or(0.0, |(_, more)| more);
        self.tops[place + 1] - self.tops[place] + more
    }

    /// Returns the row at a height, or one before it.
    pub fn at(&self, height: f32) -> usize {
        let lower = height - self.current.map_or(0.0, |(_, more)| more.max(0.0));
        self.tops.partition_point(|top| *top <= lower).saturating_sub(1)
    }
}
