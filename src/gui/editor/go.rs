//! Navigation in the captions.

use egui::Context;

use crate::document::CueId;
use crate::gui::command::{Command, EditCommand, GoCommand};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::cue_list::{Caret, focus_list};
use crate::gui::editor::rows::Choice;
use crate::gui::editor::selection::Choosing;
use crate::gui::editor::workspace::Workspace;
use crate::gui::editor::{doubt, sieve};
use crate::gui::shared::Shared;

impl CaptionEditor {
    pub(in crate::gui) fn run_go(&mut self, shared: &mut Shared<'_>, ctx: &Context, command: GoCommand) {
        match command {
            GoCommand::NextCue => self.go_by(1, ctx),
            GoCommand::PreviousCue => self.go_by(-1, ctx),
            GoCommand::NextCueEditing => self.go_editing(1),
            GoCommand::PreviousCueEditing => self.go_editing(-1),
            GoCommand::FirstCue => self.go_by(isize::MIN, ctx),
            GoCommand::LastCue => self.go_by(isize::MAX, ctx),
            GoCommand::NextDoubtful => self.go_doubtful(shared, false),
            GoCommand::PreviousDoubtful => self.go_doubtful(shared, true),
            GoCommand::NextProblem => self.go_problem(shared, false),
            GoCommand::PreviousProblem => self.go_problem(shared, true),
            GoCommand::NextUnknown => self.go_unknown(shared),
            GoCommand::NextOfSpeaker => self.visit_speaker(shared, None, false),
            GoCommand::PreviousOfSpeaker => self.visit_speaker(shared, None, true),
            GoCommand::FollowNewest => self.follow_newest(true),
            GoCommand::FilterCues => self.open_sieve(ctx),
        }
    }

    pub(super) fn choose(&mut self, cue: CueId, how: Choosing) {
        let Some(workspace) = self.workspace_mut() else { return };
        workspace.choose(cue, how);
        workspace.end_run();
        workspace.follow_newest(false);
    }

    /// Starts or stops following the newest cue while a recording is captioned.
    pub(super) fn follow_newest(&mut self, follows: bool) {
        if let Some(newest) = self.workspace_mut().and_then(|workspace| workspace.follow_newest(follows)) {
            self.views.list.bring_into_sight(newest);
        }
    }

    pub(super) fn select_all(&mut self) {
        if let Some(workspace) = self.workspace_mut() {
            workspace.choose_all();
        }
    }

    fn open_sieve(&mut self, ctx: &Context) {
        if let Some(workspace) = self.workspace_mut() {
            workspace.rows.is_open = true;
            ctx.memory_mut(|memory| memory.request_focus(sieve::field_id()));
        }
    }

    pub(super) fn close_find(&mut self, ctx: &Context) {
        self.views.find.close();
        focus_list(ctx);
    }

    pub(super) fn show_rows(&mut self, choice: Choice) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        workspace.rows.is_open |= !choice.is_plain();
        workspace.rows.choice = choice;
        self.show_current();
    }

    /// Shows all cues in order of time again.
    pub(super) fn close_rows(&mut self, ctx: &Context) {
        self.show_rows(Choice::default());
        self.workspace_mut().into_iter().for_each(|workspace| workspace.rows.is_open = false);
        focus_list(ctx);
    }

    /// Selects only this cue, and shows it.
    pub(super) fn go_to(&mut self, cue: CueId) {
        self.choose(cue, Choosing::Only);
        self.views.list.bring_into_sight(cue);
    }

    /// Goes to a cue as a click does: playback continues with this cue.
    pub(super) fn visit(&mut self, cue: CueId) {
        self.go_to(cue);
        let document = self.state.workspace.as_ref().map(Workspace::document);
        if let Some(cue) = document.and_then(|document| document.cue(cue)) {
            self.seek(cue.span.start);
        }
    }

    fn go_by(&mut self, cues: isize, ctx: &Context) {
        let Some(cue) = self.state.workspace.as_ref().and_then(|workspace| workspace.neighbour(cues)) else {
            return;
        };
        self.visit(cue);
        focus_list(ctx);
    }

    fn go_editing(&mut self, cues: isize) {
        if let Some(cue) = self.state.workspace.as_ref().and_then(|workspace| workspace.neighbour(cues)) {
            self.visit(cue);
            self.views.list.edit_text(cue, Caret::End);
        }
    }

    pub(in crate::gui) fn edit_text(&mut self) {
        if let Some(cue) = self.current() {
            self.views.list.edit_text(cue, Caret::End);
        }
    }

    fn go_problem(&mut self, shared: &Shared<'_>, backwards: bool) {
        let Some(workspace) = &self.state.workspace else { return };
        let checks = &workspace.checks;
        let fault = workspace.next_where(backwards, |cue| checks.has_fault(cue.id));
        let with_suggestions = shared.settings.suggestions;
        let any =
            || workspace.next_where(backwards, |cue| checks.of(cue.id, with_suggestions).next().is_some());
        if let Some(cue) = fault.or_else(any) {
            self.visit(cue);
        }
    }

    /// Goes to the next doubtful word, the most doubtful first.
    fn go_doubtful(&mut self, shared: &mut Shared<'_>, backwards: bool) {
        let from = shared.settings.doubts.least_chance();
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let cues = &workspace.document().cues;
        let Some(found) = doubt::next(cues, from, workspace.last_doubt, backwards) else { return };
        let keys = shared.keymap.label(Command::Edit(EditCommand::TakeAlternative));
        let document = workspace.document();
        let cue = document.cue(found.cue);
        let remark =
            cue.and_then(|cue| doubt::remark(cue, &document.segments, found.range.start, from, &keys));
        workspace.last_doubt = Some(found.rank);
        self.visit(found.cue);
        remark.into_iter().for_each(|remark| shared.notices.doubt(remark.replace('\n', ". ")));
        self.views.list.edit_text(found.cue, Caret::Over(found.range));
    }

    pub(super) fn find_next(&mut self, backwards: bool) {
        let Some(workspace) = &self.state.workspace else { return };
        if !self.views.find.is_open {
            self.views.find.open(false);
            return;
        }
        if let Some(found) = self.views.find.go(workspace, backwards) {
            self.visit(found.cue);
        }
    }

    pub(super) fn go_to_match(&mut self, number: usize) {
        if let Some(found) = self.views.find.go_to(number) {
            self.visit(found.cue);
        }
    }
}
