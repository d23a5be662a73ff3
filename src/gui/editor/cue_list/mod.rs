//! The list of cues, in which they are edited. Only visible rows are drawn.

mod columns;
mod current;
mod heights;
mod row;
mod text;

use std::ops::Range;

use egui::{
    Align, Context, EventFilter, Id, Popup, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use columns::Columns;
use heights::Heights;

use crate::document::{Cue, CueId};
use crate::gui::action::Actions;
use crate::gui::command::Menu;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::heard;
use crate::gui::panels::menu;
use crate::gui::state::View;
use crate::gui::words::{say, say_with};
use crate::time::MediaTime;

pub use text::{caret_time, show_styles};

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub struct CueList {
    heights: Heights,
    /// The cue to scroll to.
    wanted: Option<CueId>,
    /// The cue whose text gets the focus, and the position of the text cursor.
    focus: Option<(CueId, Caret)>,
    /// The last position of the text cursor, in bytes of the cue's text.
    pub caret: Option<(CueId, usize)>,
    /// The selected part of a cue's text, in bytes.
    pub marked: Option<(CueId, Range<usize>)>,
    /// While the list follows a transcription: its number, and the scroll offset in the last frame. Unit: points.
    followed: Option<(u64, f32)>,
    /// The misspelled word that the context menu is about: bytes of the cue's text.
    asked: Option<(CueId, Range<usize>)>,
    /// The menu of the current cue is to be opened.
    opens_menu: bool,
    /// That menu is open because of a key, and whether its first entry is still to get the keyboard focus.
    menu_by_key: Option<bool>,
    /// The time being typed.
    typed_time: Option<current::TypedTime>,
}

/// Where the text cursor goes.
#[derive(Clone, Debug)]
pub enum Caret {
    Start,
    End,
    /// Selects this byte range of the text.
    Over(Range<usize>),
}

/// Identifies the list, which has the focus while no text is edited.
pub fn list_id() -> Id {
    Id::unique("cue list")
}

/// Gives the list the keyboard focus.
pub fn focus_list(ctx: &Context) {
    ctx.memory_mut(|memory| memory.request_focus(list_id()));
}

/// Identifies the row of a cue.
fn row_id(cue: CueId) -> Id {
    Id::unique(("cue", cue.0))
}

/// Identifies the field of a cue's text.
pub fn text_id(cue: CueId) -> Id {
    Id::unique(("cue text", cue.0))
}

impl CueList {
    pub fn bring_into_sight(&mut self, cue: CueId) {
        self.wanted = Some(cue);
    }

    /// Moves the focus to the text of a cue.
    pub fn edit_text(&mut self, cue: CueId, caret: Caret) {
        self.wanted = Some(cue);
        self.focus = Some((cue, caret));
    }

    /// Opens the context menu of the current cue.
    pub fn open_menu(&mut self) {
        self.opens_menu = true;
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
        let columns = Columns::new(ui, workspace);
        columns.header(ui, view, &workspace.rows.choice, actions);
        self.heights.update(ui, workspace);
        let area = ui.available_rect_before_wrap();
        self.background(ui, area, workspace);
        // Screen readers find the rows in the list.
        let in_list = UiBuilder::new().accessibility_parent(list_id());
        let shown = ui.scope_builder(in_list, |ui| self.rows(ui, view, workspace, &columns, actions)).inner;
        self.watch_following(workspace, shown, actions);
    }

    /// Draws the visible rows. Returns how far the list is scrolled. Unit: points.
    fn rows(
        &mut self,
        ui: &mut Ui,
        view: &View,
        workspace: &Workspace,
        columns: &Columns,
        actions: &mut Actions,
    ) -> f32 {
        let shown = ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, viewport| {
            let cues = &workspace.document().cues;
            ui.set_height(self.heights.total());
            let (origin, width) = (ui.max_rect().left_top(), ui.available_width());
            let rect = |list: &Heights, row: usize| {
                let top = pos2(origin.x, origin.y + list.top(row));
                Rect::from_min_size(top, vec2(width, list.height(row)))
            };
            let rows = &workspace.rows;
            let wanted = self.wanted.take().and_then(|id| workspace.document().position(id));
            if let Some(row) = wanted.and_then(|place| rows.row(place)) {
                ui.scroll_to_rect(rect(&self.heights, row), scroll_align(&self.heights, row, viewport));
            }
            for row in self.heights.at(viewport.min.y)..rows.len(workspace.document()) {
                let rect = rect(&self.heights, row);
                if rect.top() - origin.y > viewport.max.y {
                    break;
                }
                let Some((place, cue)) = rows.place(row).and_then(|place| Some((place, cues.get(place)?)))
                else {
                    break;
                };
                let is_current = workspace.selection.current() == Some(cue.id);
                self.row(
                    ui,
                    actions,
                    &row::CueRow { view, workspace, columns, cue, place, row, rect, is_current },
                );
            }
            if cues.is_empty() {
                ui.add_space(24.0);
                ui.vertical_centered(|ui| ui.label(say("list-empty")));
            }
        });
        shown.state.clamped_offset().y
    }

    /// Following only scrolls down, so any upward movement is the user's.
    fn watch_following(&mut self, workspace: &Workspace, offset: f32, actions: &mut Actions) {
        let task = workspace.task.as_ref().filter(|task| task.follows);
        let now = task.map(|task| (task.job, offset));
        if self.followed.zip(now).is_some_and(|(before, now)| before.0 == now.0 && now.1 < before.1) {
            actions.ask(EditorAction::StopFollowing);
        }
        self.followed = now;
    }

    /// The area behind the rows, which has the focus if none of their fields has it.
    fn background(&self, ui: &mut Ui, area: Rect, workspace: &Workspace) {
        let response = ui.interact(area, list_id(), Sense::click());
        response.widget_info(|| {
            let label = say_with!("list-name", count = workspace.document().cues.len());
            WidgetInfo::labeled(Role::ListBox, true, label)
        });
        if response.has_focus() {
            let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), arrows));
        }
    }

    fn row(&mut self, ui: &mut Ui, actions: &mut Actions, row: &row::CueRow) {
        let response = row.ground(ui, actions);
        if row.is_current {
            // While the list has the keyboard focus, screen readers treat this row as focused.
            ui.ctx().accesskit_node_builder(list_id(), |list| {
                list.set_active_descendant(response.id.accesskit_id());
            });
        }
        if response.secondary_clicked() {
            self.menu_by_key = None;
            let at = response.interact_pointer_pos().and_then(|pos| row.byte_at(ui, pos));
            self.ask_about(row.view, row.cue, at, actions);
        }
        if row.is_current && std::mem::take(&mut self.opens_menu) {
            self.open_menu_of(ui, row, &response, actions);
        }
        let mut menu = Popup::context_menu(&response);
        if row.is_current && self.menu_by_key.is_some() {
            menu = menu.at_position(pos2(row.columns.text.min, row.rect.top()));
        }
        let is_open = menu.show(|ui| self.menu(ui, row, actions)).is_some();
        if row.is_current && !is_open && self.menu_by_key.take().is_some() {
            focus_list(ui.ctx());
        }
        row.numbers(ui);
        if row.is_current {
            let builder = UiBuilder::new().max_rect(row.rect).id_salt(("current", row.cue.id.0));
            let builder = builder.accessibility_parent(response.id);
            let height = ui.scope_builder(builder, |ui| self.current(ui, row, actions)).inner;
            if self.heights.set_current(row.row, height) {
                ui.ctx().request_repaint();
            }
        } else {
            row.text(ui);
        }
    }
}

/// The context menu of a row.
impl CueList {
    /// Remembers the misspelled word at a byte of a cue's text for the menu, and asks for suggestions.
    fn ask_about(&mut self, view: &View, cue: &Cue, at: Option<usize>, actions: &mut Actions) {
        let range = at.and_then(|at| view.editor.spelling.unknown_at(&cue.text, at));
        self.asked = range.map(|range| (cue.id, range));
        if let Some((_, range)) = self.asked.clone().filter(|_| view.available.editing) {
            actions.ask(EditorAction::Suggest(cue.text[range].to_owned()));
        }
    }

    /// Opens the menu at the beginning of the cue's text, about the word at the text cursor.
    fn open_menu_of(&mut self, ui: &Ui, row: &row::CueRow, ground: &Response, actions: &mut Actions) {
        let caret = self.caret.filter(|(cue, _)| *cue == row.cue.id).map(|(_, at)| at);
        self.ask_about(row.view, row.cue, caret, actions);
        Popup::open_id(ui.ctx(), Popup::default_response_id(ground));
        self.menu_by_key = Some(true);
    }

    fn menu(&mut self, ui: &mut Ui, row: &row::CueRow, actions: &mut Actions) {
        if !ui.is_sizing_pass() && self.menu_by_key == Some(true) {
            self.menu_by_key = Some(false);
            heard::focus_next(ui);
        }
        ui.set_min_width(230.0);
        let asked = self.asked.as_ref().filter(|(cue, _)| *cue == row.cue.id && row.view.available.editing);
        if let Some((cue, range)) = asked
            && let Some(word) = row.cue.text.get(range.clone())
        {
            spelling_entries(ui, row.view, (*cue, range, word), actions);
            ui.separator();
        }
        menu::entries(ui, row.view, actions, Menu::Cue);
    }
}

/// Shows suggestions for a misspelled word, and an entry that adds it to the terms.
fn spelling_entries(
    ui: &mut Ui,
    view: &View,
    (cue, range, word): (CueId, &Range<usize>, &str),
    actions: &mut Actions,
) {
    match view.editor.spelling.suggestions(word) {
        None => drop(ui.label("…")),
        Some([]) => drop(ui.label(say("spelling-no-suggestions"))),
        Some(suggestions) => {
            for with in suggestions {
                if ui.button(RichText::new(with).strong()).clicked() {
                    let (range, word, with) = (range.clone(), word.to_owned(), with.clone());
                    actions.ask(EditorAction::Respell { cue, range, word, with });
                }
            }
        }
    }
    if ui.button(say("spelling-add")).on_hover_text(say("spelling-add-hint")).clicked() {
        actions.ask(EditorAction::AddTerm(word.to_owned()));
    }
}

/// Leaves a visible row where it is; scrolls a hidden one to the middle.
fn scroll_align(heights: &Heights, row: usize, viewport: Rect) -> Option<Align> {
    let (top, bottom) = (heights.top(row), heights.top(row) + heights.height(row));
    let near = top > viewport.min.y - 200.0 && bottom < viewport.max.y + 200.0;
    (!near).then_some(Align::Center)
}

/// Returns the cue that is on screen at a time.
pub fn cue_at(cues: &[Cue], time: MediaTime) -> Option<&Cue> {
    let after = cues.partition_point(|cue| cue.span.start <= time);
    cues[..after].last().filter(|cue| cue.span.contains(time))
}
