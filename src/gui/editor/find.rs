//! Find and replace, above the list.

use std::collections::HashSet;
use std::rc::Rc;

use egui::{Align, Button, Frame, Id, Layout, RichText, TextEdit, Ui};

use crate::document::search::{Finder, Match, Query, SearchError};
use crate::document::{CueId, Transaction};
use crate::gui::action::Actions;
use crate::gui::command::{Command, EditCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::hits::{self, Shown};
use crate::gui::editor::version::Version;
use crate::gui::editor::workspace::Workspace;
use crate::gui::heard::live;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::close_button;
use crate::gui::words::{InWords, say, say_with};

/// The search and its matches.
#[derive(Debug, Default)]
pub struct Find {
    pub is_open: bool,
    pub with_replace: bool,
    query: Query,
    replacement: String,
    /// The cues that were selected when the search was limited to them.
    within: Option<HashSet<CueId>>,
    finder: Option<Result<Finder, SearchError>>,
    matches: Rc<Vec<Match>>,
    at: Option<usize>,
    /// The version of the document that was searched.
    version: Option<Version>,
    wants_focus: bool,
    /// The match became another since the list of them was drawn.
    is_news: bool,
}

fn field_id() -> Id {
    Id::unique("find")
}

impl Find {
    pub fn open(&mut self, with_replace: bool) {
        (self.is_open, self.wants_focus) = (true, true);
        self.with_replace |= with_replace;
    }

    pub fn close(&mut self) {
        self.is_open = false;
        self.with_replace = false;
    }

    /// Returns all matches while the panel is open.
    pub fn found(&self) -> Rc<Vec<Match>> {
        if self.is_open { Rc::clone(&self.matches) } else { Rc::default() }
    }

    /// Searches again if the document or the query has changed.
    pub fn update(&mut self, workspace: &Workspace) {
        let version = Some(workspace.version());
        if !self.is_open || self.version == version {
            return;
        }
        self.version = version;
        self.matches = match &self.finder {
            Some(Ok(finder)) => Rc::new(finder.find_all(workspace.document(), self.within.as_ref())),
            _ => Rc::default(),
        };
        self.at = self.at.filter(|at| *at < self.matches.len());
    }

    fn look_for(&mut self, workspace: &Workspace) {
        self.finder = (!self.query.pattern.is_empty()).then(|| Finder::new(&self.query));
        (self.version, self.at) = (None, None);
        self.update(workspace);
    }

    /// Goes to the next (or previous) match relative to the current cue and match, and returns it.
    pub fn go(&mut self, workspace: &Workspace, backwards: bool) -> Option<Match> {
        self.update(workspace);
        let count = self.matches.len();
        if count == 0 {
            return None;
        }
        let current = workspace.selection.current();
        let on_match = self.at.filter(|at| Some(self.matches[*at].cue) == current);
        let at = match (on_match, backwards) {
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
            (None, _) => self.beside(workspace, backwards),
        };
        self.go_to(at)
    }

    /// Goes to a match, and gives it.
    pub fn go_to(&mut self, at: usize) -> Option<Match> {
        let found = self.matches.get(at).cloned()?;
        (self.at, self.is_news) = (Some(at), true);
        Some(found)
    }

    /// Returns the first match from the current cue on, or the last one before it.
    fn beside(&self, workspace: &Workspace, backwards: bool) -> usize {
        let document = workspace.document();
        let current = workspace.selection.current().and_then(|id| document.position(id)).unwrap_or(0);
        let is_before = |found: &Match| document.position(found.cue).is_some_and(|place| place < current);
        let before = self.matches.partition_point(is_before);
        let count = self.matches.len();
        if backwards { (before + count - 1) % count } else { before % count }
    }

    /// Replaces the current match.
    pub fn replace(&self, workspace: &Workspace) -> Option<Transaction> {
        let finder = self.finder.as_ref()?.as_ref().ok()?;
        finder.replace(workspace.document(), self.matches.get(self.at?)?, &self.replacement)
    }

    /// Replaces all matches and returns their number.
    pub fn replace_all(&self, workspace: &Workspace) -> Option<(Transaction, usize)> {
        let finder = self.finder.as_ref()?.as_ref().ok()?;
        Some(finder.replace_all(workspace.document(), self.within.as_ref(), &self.replacement))
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
        Frame::new().fill(view.colors.panel).inner_margin(SPACE).show(ui, |ui| {
            ui.horizontal(|ui| {
                self.pattern(ui, workspace, actions);
                self.options(ui, workspace);
                self.steps(ui, view, actions);
            });
            if self.with_replace && workspace.read_only.is_none() {
                ui.horizontal(|ui| self.replacement(ui, actions));
            }
            if let Some(Err(error)) = &self.finder {
                ui.label(RichText::new(format!("⚠ {}", error.in_words())).color(view.colors.error));
            }
            let shown = Shown { at: self.at, is_news: std::mem::take(&mut self.is_news) };
            hits::ui(ui, view, workspace, &self.matches, &shown, actions);
        });
    }

    fn pattern(&mut self, ui: &mut Ui, workspace: &Workspace, actions: &mut Actions) {
        let field = TextEdit::singleline(&mut self.query.pattern)
            .id(field_id())
            .hint_text(say("find-field"))
            .desired_width(240.0)
            .return_key(None);
        let response = ui.add(field).accessible_name(say("find-field"));
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.changed() {
            self.look_for(workspace);
        }
        if response.has_focus() {
            let (enter, back) =
                ui.input(|input| (input.key_pressed(egui::Key::Enter), input.modifiers.shift));
            if enter {
                actions.run(if back {
                    Command::Edit(EditCommand::FindPrevious)
                } else {
                    Command::Edit(EditCommand::FindNext)
                });
            }
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            actions.ask(EditorAction::CloseFind);
        }
    }

    fn options(&mut self, ui: &mut Ui, workspace: &Workspace) {
        let before = self.query.clone();
        let mut toggle = |on: &mut bool, face: &str, name: &str| {
            let button = Button::selectable(*on, face).frame_when_inactive(true);
            if ui.add(button).accessible_name(name).on_hover_text(name).clicked() {
                *on = !*on;
            }
        };
        toggle(&mut self.query.match_case, "Aa", say("find-match-case"));
        toggle(&mut self.query.whole_word, "W", say("find-whole-words"));
        toggle(&mut self.query.is_regex, ".*", say("find-regex"));
        let mut within = self.within.is_some();
        toggle(&mut within, say("find-selected"), say("find-selected-hint"));
        if within != self.within.is_some() {
            self.within = within.then(|| workspace.chosen().into_iter().collect());
            self.version = None;
        }
        if before != self.query {
            self.look_for(workspace);
        }
    }

    fn steps(&self, ui: &mut Ui, view: &View, actions: &mut Actions) {
        let text = match (self.at, self.matches.len()) {
            _ if self.query.pattern.is_empty() => String::new(),
            (_, 0) => say("find-nothing").to_owned(),
            (Some(at), all) => say_with!("part-of-whole", part = at + 1, whole = all),
            (None, all) => say_with!("find-count", count = all),
        };
        let some = !self.matches.is_empty();
        for (face, command) in
            [("⏶", Command::Edit(EditCommand::FindPrevious)), ("⏷", Command::Edit(EditCommand::FindNext))]
        {
            let button = ui.add_enabled(some, Button::new(face)).accessible_name(command.row().name());
            if button.on_hover_text(command.row().name()).clicked() {
                actions.run(command);
            }
        }
        live(&ui.label(RichText::new(text).color(view.colors.weak)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if close_button(ui, say("find-close")).clicked() {
                actions.ask(EditorAction::CloseFind);
            }
        });
    }

    fn replacement(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let field = TextEdit::singleline(&mut self.replacement)
            .hint_text(say("find-replacement"))
            .desired_width(240.0);
        ui.add(field).accessible_name(say("find-replacement"));
        if ui.add_enabled(self.at.is_some(), Button::new(say("button-replace"))).clicked() {
            actions.ask(EditorAction::ReplaceOne);
        }
        if ui.add_enabled(!self.matches.is_empty(), Button::new(say("find-replace-all"))).clicked() {
            actions.ask(EditorAction::ReplaceAll);
        }
    }
}
