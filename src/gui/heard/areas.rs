//! The areas of the window. Two keys move the keyboard focus between them.

use egui::{Context, FocusDirection, Rect, Role, Ui, UiKind};

use super::name;
use crate::gui::words::say;

/// An area, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    Menu,
    Tools,
    /// A page instead of captions, such as the start page.
    Page,
    /// A bar above the list, such as find.
    Above,
    List,
    /// The text of the current cue.
    Text,
    Picture,
    Speakers,
    Problems,
    Sound,
    Status,
    Notices,
}

impl Area {
    /// Returns the panel around it and the key of its name; `None` if its controls say enough.
    fn around(self) -> Option<(UiKind, Role, &'static str)> {
        match self {
            Self::Menu => Some((UiKind::TopPanel, Role::Pane, "area-menu")),
            Self::Tools => Some((UiKind::TopPanel, Role::Toolbar, "area-tools")),
            Self::Page => Some((UiKind::CentralPanel, Role::Pane, "area-page")),
            Self::Speakers => Some((UiKind::RightPanel, Role::Pane, "area-speakers")),
            Self::Problems => Some((UiKind::RightPanel, Role::Pane, "area-problems")),
            Self::Sound => Some((UiKind::BottomPanel, Role::Pane, "area-sound")),
            Self::Status => Some((UiKind::BottomPanel, Role::Pane, "area-status")),
            Self::Notices => Some((UiKind::GenericArea, Role::Pane, "area-notices")),
            Self::Above | Self::List | Self::Text | Self::Picture => None,
        }
    }
}

/// The visible areas.
#[derive(Debug, Default)]
pub struct Areas {
    shown: Vec<(Area, Rect)>,
    wanted: Option<Area>,
}

impl Areas {
    /// Starts a frame.
    pub fn begin(&mut self) -> Drawing {
        Drawing { shown: Vec::new(), wanted: self.wanted.take() }
    }

    pub fn end(&mut self, drawing: Drawing) {
        self.shown = drawing.shown;
        self.shown.sort_by_key(|(area, _)| *area);
    }

    /// Returns the area that gets the keyboard focus next: the one after the current area, or before it. If no area has
    /// it, the first or the last.
    pub fn next(&self, ctx: &Context, backwards: bool) -> Option<Area> {
        let count = self.shown.len();
        let current = self.current(ctx);
        let place = match (self.shown.iter().position(|(area, _)| Some(*area) == current), backwards) {
            (None, false) => 0,
            (None, true) => count.checked_sub(1)?,
            (Some(place), false) => (place + 1) % count,
            (Some(place), true) => (place + count - 1) % count,
        };
        self.shown.get(place).map(|(area, _)| *area)
    }

    /// Returns the area with the keyboard focus. Some areas are inside others, so the smallest counts.
    fn current(&self, ctx: &Context) -> Option<Area> {
        let focused = ctx.memory(|memory| memory.focused())?;
        let place = ctx.read_response(focused)?.rect.center();
        let around = self.shown.iter().filter(|(_, rect)| rect.contains(place));
        around.min_by(|(_, one), (_, other)| one.area().total_cmp(&other.area())).map(|(area, _)| *area)
    }

    /// Gives the area the keyboard focus when it is drawn.
    pub fn ask_for(&mut self, area: Area) {
        self.wanted = Some(area);
    }
}

/// The areas of the frame being drawn.
#[derive(Debug)]
pub struct Drawing {
    shown: Vec<(Area, Rect)>,
    wanted: Option<Area>,
}

impl Drawing {
    /// Draws an area, names it, and gives its first control the keyboard focus if requested.
    pub fn area<R>(&mut self, ui: &mut Ui, area: Area, draw: impl FnOnce(&mut Ui) -> R) -> R {
        if let Some((kind, role, key)) = area.around() {
            name::around(ui, kind, role, say(key));
        }
        if self.wanted.take_if(|wanted| *wanted == area).is_some() {
            focus_next(ui);
        }
        let result = draw(ui);
        self.note(area, ui.min_rect());
        result
    }

    /// Records a rectangle of the area.
    pub fn note(&mut self, area: Area, rect: Rect) {
        self.shown.push((area, rect));
    }
}

/// Gives the keyboard focus to the control that is drawn next.
pub fn focus_next(ui: &Ui) {
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
        memory.move_focus(FocusDirection::Next);
    });
}
