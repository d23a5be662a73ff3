//! Heights and positions of the rows, so that a list of any length is drawn in the same time.

use egui::Ui;

use crate::gui::editor::version::Version;
use crate::gui::editor::workspace::Workspace;
use crate::gui::theme::caption_text;

/// Padding above and below the text of a row. Unit: points.
pub const PADDING: f32 = 7.0;

#[derive(Debug, Default)]
pub struct Heights {
    /// The top of each row, then the bottom of the last one, with the current row counted like any other.
    tops: Vec<f32>,
    line: f32,
    /// The version of the document and the revision of the rows that this was computed from.
    of: Option<(Version, u64)>,
    /// The row being edited, and how much taller it is than others with as many lines.
    current: Option<(usize, f32)>,
}

impl Heights {
    pub fn update(&mut self, ui: &Ui, workspace: &Workspace) {
        let line = ui.ctx().fonts_mut(|fonts| fonts.row_height(&caption_text()));
        let rows = &workspace.rows;
        let current = workspace.selection.current().and_then(|id| workspace.document().position(id));
        let row = current.and_then(|place| rows.row(place));
        if self.current.map(|(row, _)| row) != row {
            self.current = row.map(|row| (row, 0.0));
        }
        let of = Some((workspace.version(), rows.revision));
        if self.of == of && self.line == line {
            return;
        }
        (self.of, self.line) = (of, line);
        self.tops.clear();
        let mut top = 0.0;
        self.tops.push(top);
        self.tops.extend(rows.cues(workspace.document()).map(|cue| {
            top += cue.lines().count() as f32 * line + 2.0 * PADDING;
            top
        }));
    }

    /// Sets the measured height of the current row. Returns whether it has changed.
    pub fn set_current(&mut self, row: usize, height: f32) -> bool {
        let more = (height - (self.tops[row + 1] - self.tops[row])).max(0.0);
        let news = self.current.is_none_or(|(_, old)| (old - more).abs() > 0.5);
        self.current = Some((row, more));
        news
    }

    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0) + self.current.map_or(0.0, |(_, more)| more)
    }

    /// Returns the top of a row.
    pub fn top(&self, row: usize) -> f32 {
        let more = self.current.filter(|(current, _)| *current < row).map_or(0.0, |(_, more)| more);
        self.tops[row] + more
    }

    pub fn height(&self, row: usize) -> f32 {
        let more = self.current.filter(|(current, _)| *current == row).map_or(0.0, |(_, more)| more);
        self.tops[row + 1] - self.tops[row] + more
    }

    /// Returns the row at a height, or one before it.
    pub fn at(&self, height: f32) -> usize {
        let lower = height - self.current.map_or(0.0, |(_, more)| more.max(0.0));
        self.tops.partition_point(|top| *top <= lower).saturating_sub(1)
    }
}
