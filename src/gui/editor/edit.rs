//! Changes to the captions.

use egui::Context;

use crate::caption::{merge, repair, repair_all};
use crate::document::ops::{self, Case, Edge, OpError};
use crate::document::style::Style;
use crate::document::{CueId, Document, EditError, Transaction};
use crate::gui::command::EditCommand;
use crate::gui::dialogs::{Dialog, SpeakerDialog};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::cue_list::Caret;
use crate::gui::editor::readings::{Offered, options};
use crate::gui::editor::retiming::Retiming;
use crate::gui::editor::step;
use crate::gui::editor::workspace::Workspace;
use crate::gui::shared::Shared;
use crate::gui::widgets::time_in_words;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Again;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::LeftOut;

/// How far a key moves an edge of a cue: one frame at 25 frames per second. Unit: milliseconds.
const NUDGE: i64 = 40;

impl CaptionEditor {
    pub(in crate::gui) fn run_edit(&mut self, shared: &mut Shared<'_>, ctx: &Context, command: EditCommand) {
        match command {
            EditCommand::Undo => self.undo(shared),
            EditCommand::Redo => self.redo(shared),
            EditCommand::Cut => self.cut_cues(shared, ctx),
            EditCommand::Copy => drop(self.copy_cues(shared, ctx)),
            EditCommand::Paste => self.ask_for_clipboard(ctx),
            EditCommand::Find => self.views.find.open(false),
            EditCommand::Replace => self.views.find.open(true),
            EditCommand::FindNext => self.find_next(false),
            EditCommand::FindPrevious => self.find_next(true),
            EditCommand::SelectAll => self.select_all(),
            EditCommand::Italic => self.toggle_style(shared, &Style::Italic),
            EditCommand::Bold => self.toggle_style(shared, &Style::Bold),
            EditCommand::Underline => self.toggle_style(shared, &Style::Underline),
            EditCommand::UpperCase => self.change_case(shared, Case::Upper),
            EditCommand::LowerCase => self.change_case(shared, Case::Lower),
            EditCommand::TitleCase => self.change_case(shared, Case::Title),
            EditCommand::SentenceCase => self.change_case(shared, Case::Sentence),
            EditCommand::EditText => self.edit_text(),
            EditCommand::Split => self.split(shared),
            EditCommand::MergeWithNext => self.merge(shared),
            EditCommand::InsertAfter => self.insert(shared),
            EditCommand::Delete => self.delete(shared),
            EditCommand::SetSpeaker => self.open_speaker(shared),
            EditCommand::FindSpeakers => self.find_speakers(shared),
            EditCommand::Shift => *shared.dialog = Some(Dialog::Shift(Default::default())),
            EditCommand::StartHere => self.move_edge_here(shared, Edge::In),
            EditCommand::EndHere => self.move_edge_here(shared, Edge::Out),
            EditCommand::EndHereAndNext => self.end_here_and_go_on(shared),
            EditCommand::StartEarlier => self.nudge(shared, Edge::In, -NUDGE),
            EditCommand::StartLater => self.nudge(shared, Edge::In, NUDGE),
            EditCommand::EndEarlier => self.nudge(shared, Edge::Out, -NUDGE),
            EditCommand::EndLater => self.nudge(shared, Edge::Out, NUDGE),
            EditCommand::FitToSpeech => self.fit_to_speech(shared),
            EditCommand::TranscribeAgain => self.transcribe_again(shared),
            EditCommand::TakeAlternative => self.take_alternative(shared),
            EditCommand::InsertLeftOut => self.insert_nearest_left_out(shared),
            EditCommand::TakeBackTerm => self.take_back_term(shared),
            EditCommand::Repair => self.repair_current(shared),
            EditCommand::RepairAll => self.repair_all(shared),
        }
    }

    fn open_speaker(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        let known = workspace.document().cues.iter().filter_map(|cue| cue.speaker.clone()).collect();
        let name = workspace.current().and_then(|cue| cue.speaker.as_deref());
        *shared.dialog = Some(Dialog::Speaker(SpeakerDialog::new(name, known)));
    }

    /// Applies an operation to the open captions, or shows why that is not possible.
    pub(super) fn operate(
        &mut self,
        shared: &mut Shared<'_>,
        operation: impl FnOnce(&Document, CueId) -> Result<Transaction, OpError>,
    ) -> bool {
        let Some(workspace) = self.state.workspace.as_mut() else { return false };
        let before = workspace.editor().revision();
        let result = workspace.operate(operation);
        let step = workspace.editor().undo_label().filter(|_| workspace.editor().revision() != before);
        // Typing and moved times are announced elsewhere.
        if let Some(step) = step.filter(|step| !step::is_followed(step)) {
            shared.announcer.say(say_with!("said-done", step = step::name(step)));
        }
        if let Err(error) = &result {
            shared.notices.error(error.in_words());
        }
        result.is_ok()
    }

    /// Applies a drag as one undo step. A new cue gets the keyboard focus for its text.
    pub(super) fn retime(&mut self, shared: &mut Shared<'_>, retiming: &Retiming) {
        let Some(touching) = self.state.workspace.as_ref().map(Workspace::touching) else { return };
        self.end_run();
        let mut new = None;
        let done = self.operate(shared, |document, free| {
            new = Some(free);
            retiming.propose(document, free, touching)
        });
        self.end_run();
        if let Some(new) = new.filter(|_| done && matches!(retiming, Retiming::Draw(_))) {
            self.go_to(new);
            self.views.list.edit_text(new, Caret::Start);
        }
    }

    pub(super) fn end_run(&mut self) {
        if let Some(workspace) = self.workspace_mut() {
            workspace.end_run();
        }
    }

    pub(super) fn set_speaker(&mut self, shared: &mut Shared<'_>, speaker: Option<&str>) {
        let chosen = self.chosen();
        self.operate(shared, |document, _| ops::set_speaker(document, &chosen, speaker));
    }

    pub(super) fn shift(&mut self, shared: &mut Shared<'_>, by: MediaTime, all: bool) {
        let chosen = self.chosen();
        self.operate(shared, |document, _| {
            let every = || document.cues.iter().map(|cue| cue.id).collect();
            ops::shift(document, &if all { every() } else { chosen }, by)
        });
    }

    fn change_case(&mut self, shared: &mut Shared<'_>, case: Case) {
        let chosen = self.chosen();
        self.operate(shared, |document, _| ops::change_case(document, &chosen, case));
    }

    /// Toggles a style on the selected text of the current cue, or on the selected cues.
    fn toggle_style(&mut self, shared: &mut Shared<'_>, style: &Style) {
        let marked = self.views.list.marked.clone().filter(|(cue, _)| Some(*cue) == self.current());
        let parts = match marked {
            Some((cue, range)) => vec![(cue, Some(range))],
            None => self.chosen().into_iter().map(|cue| (cue, None)).collect(),
        };
        self.operate(shared, |document, _| ops::toggle_style(document, &parts, style));
    }

    /// Moves an edge of the current cue slightly, and announces the new time.
    fn nudge(&mut self, shared: &mut Shared<'_>, edge: Edge, by: i64) {
        let time = |span: TimeSpan| if edge == Edge::In { span.start } else { span.end };
        let span =
            |app: &Self| app.state.workspace.as_ref().and_then(|open| open.current()).map(|cue| cue.span);
        let (Some(cue), Some(before)) = (self.current(), span(self).map(time)) else { return };
        let Some(touching) = self.state.workspace.as_ref().map(Workspace::touching) else { return };
        let to = before + MediaTime::from_millis(by);
        self.operate(shared, |document, _| ops::retime_joined(document, cue, edge, to, touching));
        shared.announcer.say(match (span(self).map(time), edge) {
            (Some(after), Edge::In) if after != before => {
                say_with!("said-starts", time = time_in_words(after))
            }
            (Some(after), Edge::Out) if after != before => {
                say_with!("said-ends", time = time_in_words(after))
            }
            _ => say("said-edge-stays").to_owned(),
        });
    }

    /// Moves an edge of the current cue, and the edge that touches it, to the playback position. If the cue is over by
    /// then, it starts there and keeps its length.
    fn move_edge_here(&mut self, shared: &mut Shared<'_>, edge: Edge) {
        let Some(workspace) = &self.state.workspace else { return };
        let (Some(cue), Some(playhead)) = (workspace.current(), self.state.playhead) else { return };
        let (id, span, touching) = (cue.id, cue.span, workspace.touching());
        self.operate(shared, |document, _| match edge {
            Edge::In if span.end <= playhead => {
                ops::set_span(document, id, span.shifted(playhead - span.start))
            }
            _ => ops::retime_joined(document, id, edge, playhead, touching),
        });
    }

    /// Ends the cue at the playback position and selects the next, to time cue after cue during playback.
    fn end_here_and_go_on(&mut self, shared: &mut Shared<'_>) {
        self.move_edge_here(shared, Edge::Out);
        if let Some(next) = self.state.workspace.as_ref().and_then(|workspace| workspace.neighbour(1)) {
            self.go_to(next);
        }
    }

    fn fit_to_speech(&mut self, shared: &mut Shared<'_>) {
        if let Some(current) = self.current() {
            self.operate(shared, |document, _| ops::retime_to_speech(document, current));
        }
    }

    /// Replaces the cues that were recognized again.
    pub(super) fn take_over(&mut self, shared: &mut Shared<'_>, again: Again) {
        let Again { cues, span, new, segments } = again;
        let done =
            self.operate(shared, |document, free| ops::take_over(document, free, &cues, new, span, segments));
        if done {
            self.show_current();
        }
    }

    /// Puts what else may have been said in the place of the word at the text cursor, or of the first doubtful one. Again,
    /// it brings the next text, and after the last of them what stood there at first.
    fn take_alternative(&mut self, shared: &mut Shared<'_>) {
        let at = self.views.list.caret;
        let from = shared.settings.doubts.least_chance();
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(cue) = workspace.current().cloned() else { return };
        let again = workspace.offered.as_mut().and_then(|offered| offered.next(&cue));
        let taken = again.or_else(|| {
            let at = at.filter(|(id, _)| *id == cue.id).map(|(_, at)| at);
            let found = options(&cue, &workspace.document().segments, at, from);
            workspace.offered = Offered::new(&cue, &found);
            found.into_iter().next()
        });
        let place = workspace.offered.as_ref().map(Offered::place).filter(|(_, count)| *count > 1);
        let Some(alternative) = taken else {
            shared.notices.hint(say("obstacle-no-alternative").to_owned());
            return;
        };
        let (text, range) = alternative.put_into(&cue.text);
        self.end_run();
        self.operate(shared, |document, _| ops::set_text(document, cue.id, &text));
        self.end_run();
        self.views.list.edit_text(cue.id, Caret::Over(range));
        match place {
            Some((0, _)) => shared.notices.hint(say("alternative-first").to_owned()),
            Some((number, count)) => {
                shared.notices.hint(say_with!("alternative-of", number = number, count = count));
            }
            None => {}
        }
    }

    /// Takes the term from the vocabulary at the text cursor back, or the first of the current cue.
    fn take_back_term(&mut self, shared: &mut Shared<'_>) {
        let Some(current) = self.current() else { return };
        let at = self.views.list.caret.filter(|(id, _)| *id == current).map(|(_, at)| at);
        self.end_run();
        self.operate(shared, |document, _| ops::take_back_term(document, current, at));
        self.end_run();
    }

    /// Splits the current cue at the text cursor, or in the middle of its text if the cursor was never in it.
    pub(super) fn split(&mut self, shared: &mut Shared<'_>) {
        let Some(current) = self.current() else { return };
        let caret = self.views.list.caret.filter(|(cue, _)| *cue == current).map(|(_, at)| at);
        let mut second = None;
        let done = self.operate(shared, |document, free| {
            second = Some(free);
            let text = document.cue(current).map_or("", |cue| &cue.text);
            ops::split(document, free, current, caret.unwrap_or_else(|| middle(text)))
        });
        if let Some(second) = second.filter(|_| done) {
            self.go_to(second);
            self.views.list.edit_text(second, Caret::Start);
        }
    }

    /// Merges the selected cues, or the current one with the next, and breaks the lines again.
    fn merge(&mut self, shared: &mut Shared<'_>) {
        let chosen = self.chosen();
        let Some(profile) = self.state.workspace.as_ref().map(|open| open.profile().clone()) else { return };
        let done = self.operate(shared, |document, _| merge(document, &chosen, &profile));
        if let Some(first) = chosen.first().filter(|_| done) {
            self.go_to(*first);
        }
    }

    /// Inserts an empty cue after the current one and moves the focus to it.
    pub(super) fn insert(&mut self, shared: &mut Shared<'_>) {
        let current = self.current();
        let mut new = None;
        let done = self.operate(shared, |document, free| {
            new = Some(free);
            match current {
                Some(current) => ops::insert_after(document, free, current),
                None => ops::insert_at(document, free, MediaTime::ZERO),
            }
        });
        if let Some(new) = new.filter(|_| done) {
            self.go_to(new);
            self.views.list.edit_text(new, Caret::Start);
        }
    }

    pub(super) fn delete(&mut self, shared: &mut Shared<'_>) {
        let chosen = self.chosen();
        if self.operate(shared, |document, _| ops::delete(document, &chosen)) {
            self.show_current();
        }
    }

    pub(super) fn undo(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let result = workspace.undo();
        self.show_step(shared, result, "said-undone");
    }

    pub(super) fn redo(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let result = workspace.redo();
        self.show_step(shared, result, "said-redone");
    }

    /// Shows the result of a step; a step with a label is also announced, by the message with this key.
    fn show_step(
        &mut self,
        shared: &mut Shared<'_>,
        result: Result<Option<String>, EditError>,
        key: &'static str,
    ) {
        match result {
            Ok(label) => label.into_iter().for_each(|label| {
                shared.announcer.say(say_with!(key, step = step::name(&label)));
            }),
            Err(error) => shared.notices.error(error.in_words()),
        }
        self.show_current();
    }

    fn repair_current(&mut self, shared: &mut Shared<'_>) {
        if let Some(current) = self.current() {
            self.repair(shared, current);
        }
    }

    pub(super) fn repair(&mut self, shared: &mut Shared<'_>, cue: CueId) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let free = workspace.editor().free_id();
        let result = repair(workspace.document(), free, cue, workspace.profile());
        match result.map(|step| (step.label.clone().into_owned(), workspace.apply(step))) {
            Ok((label, applied)) => self.show_step(shared, applied.map(|()| Some(label)), "said-done"),
            Err(error) => shared.notices.hint(error.in_words()),
        }
    }

    fn repair_all(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let free = workspace.editor().free_id();
        let (step, count) = repair_all(workspace.document(), free, workspace.profile());
        match workspace.apply(step) {
            Ok(()) => {
                let left = workspace.checks.faults();
                let repaired = say_with!("notice-repaired", count = count);
                shared.notices.done(match left {
                    0 => repaired,
                    _ => say_with!("notice-repaired-left", repaired = repaired, left = left),
                });
            }
            Err(error) => shared.notices.error(error.in_words()),
        }
    }

    pub(super) fn replace_one(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        if let Some(step) = self.views.find.replace(workspace) {
            if let Err(error) = workspace.apply(step) {
                shared.notices.error(error.in_words());
            }
            self.find_next(false);
        }
    }

    /// Takes a passage into the captions, and shows where.
    pub(super) fn insert_left_out(&mut self, shared: &mut Shared<'_>, passage: &LeftOut) {
        let mut cue = None;
        let done = self.operate(shared, |document, free| {
            let (id, step) = ops::insert_left_out(document, free, passage)?;
            cue = Some(id);
            Ok(step)
        });
        if let Some(cue) = cue.filter(|_| done) {
            self.visit(cue);
            self.views.list.edit_text(cue, Caret::End);
        }
    }

    /// Takes the passage into the captions that is nearest to the current cue.
    fn insert_nearest_left_out(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        let here = workspace.current().map(|cue| cue.span.start).unwrap_or_default();
        let passages = ops::left_out(workspace.document());
        if let Some(passage) = passages.min_by_key(|passage| passage.span.start.abs_diff(here)).cloned() {
            self.insert_left_out(shared, &passage);
        }
    }

    pub(super) fn dismiss_left_out(&mut self, shared: &mut Shared<'_>, passage: &LeftOut) {
        self.operate(shared, |document, _| ops::dismiss_left_out(document, passage));
    }

    pub(super) fn replace_all(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some((step, number)) = self.views.find.replace_all(workspace) else { return };
        match workspace.apply(step) {
            Ok(()) => shared.notices.done(say_with!("notice-replaced", count = number)),
            Err(error) => shared.notices.error(error.in_words()),
        }
    }
}

/// Returns the end of a word near the middle of a text, or the first line break if there is one.
fn middle(text: &str) -> usize {
    if let Some(line_end) = text.find('\n') {
        return line_end;
    }
    let half = text.len() / 2;
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    spaces.min_by_key(|at| at.abs_diff(half)).unwrap_or(0)
}
