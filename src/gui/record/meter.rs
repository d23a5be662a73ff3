//! The level meter.

use std::time::{Duration, Instant};

use egui::{CornerRadius, Rect, Response, Sense, Stroke, Ui, pos2, vec2};

use crate::audio::Level;
use crate::gui::theme::Colors;
use crate::gui::words::{decimal, say, say_with};

/// The quietest level shown, in decibels below full scale.
const FLOOR: f32 = -60.0;
/// Above this level sound is close to clipping. Unit: dBFS.
const LOUD: f32 = -6.0;
/// How long the highest peak stays marked.
const HELD: Duration = Duration::from_millis(1500);
/// How long the clipping warning is shown.
const WARNED: Duration = Duration::from_secs(3);
const HEIGHT: f32 = 14.0;

/// The levels that the meter remembers.
#[derive(Debug, Default)]
pub struct MeterHistory {
    rms: f32,
    peak: Option<(f32, Instant)>,
    clipped: Option<Instant>,
}

impl MeterHistory {
    pub fn tell(&mut self, level: Level, now: Instant) {
        self.rms = level.rms_db();
        let peak = level.peak_db();
        if self.peak.is_none_or(|(held, since)| peak >= held || now - since > HELD) {
            self.peak = Some((peak, now));
        }
        if level.clipped > 0 {
            self.clipped = Some(now);
        }
    }

    pub fn is_clipping(&self, now: Instant) -> bool {
        self.clipped.is_some_and(|since| now - since < WARNED)
    }

    /// Returns when the meter changes without new levels.
    pub fn changes_after(&self, now: Instant) -> Option<Duration> {
        self.clipped.map(|since| WARNED.saturating_sub(now - since)).filter(|wait| !wait.is_zero())
    }

    pub fn ui(&self, ui: &mut Ui, colors: &Colors, width: f32) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
        let (peak, clipping) = (self.peak.map_or(FLOOR, |(peak, _)| peak), self.is_clipping(Instant::now()));
        let at = |level: f32| rect.left() + rect.width() * ((level - FLOOR) / -FLOOR).clamp(0.0, 1.0);
        let painter = ui.painter();
        painter.rect_filled(rect, CornerRadius::same(3), colors.raised);
        let bar = |from: f32, to: f32| Rect::from_min_max(pos2(from, rect.top()), pos2(to, rect.bottom()));
        painter.rect_filled(bar(rect.left(), at(self.rms.min(LOUD))), CornerRadius::same(3), colors.accent);
        if self.rms > LOUD {
            painter.rect_filled(bar(at(LOUD), at(self.rms)), CornerRadius::same(3), colors.error);
        }
        let mark = if peak > LOUD { colors.error } else { colors.text };
        if peak > FLOOR {
            painter.vline(at(peak), rect.y_range(), Stroke::new(2.0, mark));
        }
        painter.rect_stroke(
            rect,
            CornerRadius::same(3),
            Stroke::new(1.0, if clipping { colors.error } else { colors.border }),
            egui::StrokeKind::Inside,
        );
        let text = match (peak > FLOOR, clipping) {
            (_, true) => say_with!("record-level-loud", level = decimal(peak.into(), 0)),
            (true, false) => say_with!("record-level-value", level = decimal(peak.into(), 0)),
            (false, false) => say("record-level-silence").to_owned(),
        };
        response.on_hover_text(say("record-level-hint")).accessible_name(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(peak: f32, clipped: u64) -> Level {
        Level { peak, rms: peak / 2.0, clipped, samples: 100 }
    }

    #[test]
    fn peaks_are_held_and_clipping_is_shown_for_a_while() {
        let (mut meter, start) = (MeterHistory::default(), Instant::now());
        meter.tell(level(1.0, 3), start);
        meter.tell(level(0.1, 0), start + Duration::from_millis(100));
        assert_eq!(meter.peak.map(|(peak, _)| peak), Some(0.0));
        assert!(meter.is_clipping(start + Duration::from_secs(2)));
        assert!(!meter.is_clipping(start + Duration::from_secs(4)));
        meter.tell(level(0.1, 0), start + Duration::from_secs(2));
        assert_eq!(meter.peak.map(|(peak, _)| peak.round()), Some(-20.0));
        assert_eq!(meter.changes_after(start + Duration::from_secs(1)), Some(Duration::from_secs(2)));
        assert_eq!(meter.changes_after(start + Duration::from_secs(9)), None);
    }
}
