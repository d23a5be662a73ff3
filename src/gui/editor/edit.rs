//! Changes to the captions.

use egui::Context;

use crate::caption::{merge, repair, repair_all};
use crate::document::ops::{self, Case, Edge, OpError};
use crate::document::style::Style;
use crate::document::{CueId, Document, EditError, Transaction};
use crate::gui::app::App;
use crate::gui::command::EditCommand;
use crate::gui::dialogs::{Dialog, SpeakerDialog};
use crate::gui::editor::cue_list::Caret;
use crate::gui::editor::readings::{Offered, options};
use crate::gui::editor::retiming::Retiming;
use crate::gui::editor::step;
use crate::gui::editor::workspace::Workspace;
use crate::gui::widgets::heard_time;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Again;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::LeftOut;

/// How far a key moves an edge of a cue: one frame at 25 frames per second. Unit: milliseconds.
const NUDGE: i64 = 40;

impl App {
    pub(in crate::gui) fn run_edit(&mut self, ctx: &Context, command: EditCommand) {
        match command {
            EditCommand::Undo => self.undo(),
            EditCommand::Redo => self.redo(),
            EditCommand::Cut => self.cut_cues(ctx),
            EditCommand::Copy => drop(self.copy_cues(ctx)),
            EditCommand::Paste => self.ask_for_clipboard(ctx),
            EditCommand::Find => self.find.open(false),
            EditCommand::Replace => self.find.open(true),
            EditCommand::FindNext => self.find_next(false),
            EditCommand::FindPrevious => self.find_next(true),
            EditCommand::SelectAll => self.select_all(),
            EditCommand::Italic => self.toggle_style(&Style::Italic),
            EditCommand::Bold => self.toggle_style(&Style::Bold),
            EditCommand::Underline => self.toggle_style(&Style::Underline),
            EditCommand::UpperCase => self.change_case(Case::Upper),
            EditCommand::LowerCase => self.change_case(Case::Lower),
            EditCommand::TitleCase => self.change_case(Case::Title),
            EditCommand::SentenceCase => self.change_case(Case::Sentence),
            EditCommand::EditText => self.edit_text(),
            EditCommand::Split => self.split(),
            EditCommand::MergeWithNext => self.merge(),
            EditCommand::InsertAfter => self.insert(),
            EditCommand::Delete => self.delete(),
            EditCommand::SetSpeaker => self.open_speaker(),
            EditCommand::FindSpeakers => self.find_speakers(),
            EditCommand::Shift => self.dialog = Some(Dialog::Shift(Default::default())),
            EditCommand::StartHere => self.move_edge_here(Edge::In),
            EditCommand::EndHere => self.move_edge_here(Edge::Out),
            EditCommand::EndHereAndNext => self.end_here_and_go_on(),
            EditCommand::StartEarlier => self.nudge(Edge::In, -NUDGE),
            EditCommand::StartLater => self.nudge(Edge::In, NUDGE),
            EditCommand::EndEarlier => self.nudge(Edge::Out, -NUDGE),
            EditCommand::EndLater => self.nudge(Edge::Out, NUDGE),
            EditCommand::FitToSpeech => self.fit_to_speech(),
            EditCommand::TranscribeAgain => self.transcribe_again(),
            EditCommand::TakeAlternative => self.take_alternative(),
            EditCommand::InsertLeftOut => self.insert_nearest_left_out(),
            EditCommand::TakeBackTerm => self.take_back_term(),
            EditCommand::Repair => self.repair_current(),
            EditCommand::RepairAll => self.repair_all(),
        }
    }

    fn open_speaker(&mut self) {
        let Some(workspace) = &self.state.workspace else { return };
        let known = workspace.document().cues.iter().filter_map(|cue| cue.speaker.clone()).collect();
        let name = workspace.current().and_then(|cue| cue.speaker.as_deref());
        self.dialog = Some(Dialog::Speaker(SpeakerDialog::new(name, known)));
    }

    /// Applies an operation to the open captions, or shows why that is not possible.
    pub(in crate::gui) fn operate(
        &mut self,
        operation: impl FnOnce(&Document, CueId) -> Result<Transaction, OpError>,
    ) -> bool {
        let Some(workspace) = self.state.workspace.as_mut() else { return false };
        let before = workspace.editor().revision();
        let result = workspace.operate(operation);
        let step = workspace.editor().undo_label().filter(|_| workspace.editor().revision() != before);
        // Typing and moved times are announced elsewhere.
        if let Some(step) = step.filter(|step| !step::is_followed(step)) {
            self.voice.say(say_with!("said-done", step = step::name(step)));
        }
        if let Err(error) = &result {
            self.state.notices.error(error.in_words());
        }
        result.is_ok()
    }

    fn chosen(&self) -> Vec<CueId> {
        self.state.workspace.as_ref().map(|workspace| workspace.chosen()).unwrap_or_default()
    }

    pub(super) fn current(&self) -> Option<CueId> {
        self.state.workspace.as_ref()?.selection.current()
    }

    /// Applies a drag as one undo step. A new cue gets the keyboard focus for its text.
    pub(in crate::gui) fn retime(&mut self, retiming: &Retiming) {
        let Some(touching) = self.state.workspace.as_ref().map(Workspace::touching) else { return };
        self.end_run();
        let mut new = None;
        let done = self.operate(|document, free| {
            new = Some(free);
            retiming.propose(document, free, touching)
        });
        self.end_run();
        if let Some(new) = new.filter(|_| done && matches!(retiming, Retiming::Draw(_))) {
            self.go_to(new);
            self.list.edit_text(new, Caret::Start);
        }
    }

    pub(in crate::gui) fn end_run(&mut self) {
        if let Some(workspace) = self.workspace_mut() {
            workspace.end_run();
        }
    }

    pub(in crate::gui) fn set_speaker(&mut self, speaker: Option<&str>) {
        let chosen = self.chosen();
        self.operate(|document, _| ops::set_speaker(document, &chosen, speaker));
    }

    pub(in crate::gui) fn shift(&mut self, by: MediaTime, all: bool) {
        let chosen = self.chosen();
        self.operate(|document, _| {
            let every = || document.cues.iter().map(|cue| cue.id).collect();
            ops::shift(document, &if all { every() } else { chosen }, by)
        });
    }

    fn change_case(&mut self, case: Case) {
        let chosen = self.chosen();
        self.operate(|document, _| ops::change_case(document, &chosen, case));
    }

    /// Toggles a style on the selected text of the current cue, or on the selected cues.
    fn toggle_style(&mut self, style: &Style) {
        let marked = self.list.marked.clone().filter(|(cue, _)| Some(*cue) == self.current());
        let parts = match marked {
            Some((cue, range)) => vec![(cue, Some(range))],
            None => self.chosen().into_iter().map(|cue| (cue, None)).collect(),
        };
        self.operate(|document, _| ops::toggle_style(document, &parts, style));
    }

    /// Moves an edge of the current cue slightly, and announces the new time.
    fn nudge(&mut self, edge: Edge, by: i64) {
        let time = |span: TimeSpan| if edge == Edge::In { span.start } else { span.end };
        let span =
            |app: &Self| app.state.workspace.as_ref().and_then(|open| open.current()).map(|cue| cue.span);
        let (Some(cue), Some(before)) = (self.current(), span(self).map(time)) else { return };
        let Some(touching) = self.state.workspace.as_ref().map(Workspace::touching) else { return };
        let to = before + MediaTime::from_millis(by);
        self.operate(|document, _| ops::retime_joined(document, cue, edge, to, touching));
        self.voice.say(match (span(self).map(time), edge) {
            (Some(after), Edge::In) if after != before => say_with!("said-starts", time = heard_time(after)),
            (Some(after), Edge::Out) if after != before => say_with!("said-ends", time = heard_time(after)),
            _ => say("said-edge-stays").to_owned(),
        });
    }

    /// Moves an edge of the current cue, and the edge that touches it, to the playback position. If the cue is over by
    /// then, it starts there and keeps its length.
    fn move_edge_here(&mut self, edge: Edge) {
        let Some(workspace) = &self.state.workspace else { return };
        let (Some(cue), Some(playhead)) = (workspace.current(), self.state.playhead) else { return };
        let (id, span, touching) = (cue.id, cue.span, workspace.touching());
        self.operate(|document, _| match edge {
            Edge::In if span.end <= playhead => {
                ops::set_span(document, id, span.shifted(playhead - span.start))
            }
            _ => ops::retime_joined(document, id, edge, playhead, touching),
        });
    }

    /// Ends the cue at the playback position and selects the next, to time cue after cue during playback.
    fn end_here_and_go_on(&mut self) {
        self.move_edge_here(Edge::Out);
        if let Some(next) = self.state.workspace.as_ref().and_then(|workspace| workspace.neighbour(1)) {
            self.go_to(next);
        }
    }

    pub(in crate::gui) fn fit_to_speech(&mut self) {
        if let Some(current) = self.current() {
            self.operate(|document, _| ops::retime_to_speech(document, current));
        }
    }

    /// Replaces the cues that were recognized again.
    pub(in crate::gui) fn take_over(&mut self, heard: Again) {
        let Again { cues, span, new, segments } = heard;
        let done = self.operate(|document, free| ops::take_over(document, free, &cues, new, span, segments));
        if done && let Some(current) = self.current() {
            self.list.bring_into_sight(current);
        }
    }

    /// Puts what else may have been said in the place of the word at the text cursor, or of the first doubtful one. Again,
    /// it brings the next text, and after the last of them what stood there at first.
    fn take_alternative(&mut self) {
        let at = self.list.caret;
        let from = self.state.settings.doubts.least_chance();
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
            self.state.notices.hint(say("obstacle-no-alternative").to_owned());
            return;
        };
        let (text, range) = alternative.put_into(&cue.text);
        self.end_run();
        self.operate(|document, _| ops::set_text(document, cue.id, &text));
        self.end_run();
        self.list.edit_text(cue.id, Caret::Over(range));
        match place {
            Some((0, _)) => self.state.notices.hint(say("alternative-first").to_owned()),
            Some((number, count)) => {
                self.state.notices.hint(say_with!("alternative-of", number = number, count = count));
            }
            None => {}
        }
    }

    /// Takes the term from the vocabulary at the text cursor back, or the first of the current cue.
    fn take_back_term(&mut self) {
        let Some(current) = self.current() else { return };
        let at = self.list.caret.filter(|(id, _)| *id == current).map(|(_, at)| at);
        self.end_run();
        self.operate(|document, _| ops::take_back_term(document, current, at));
        self.end_run();
    }

    /// Splits the current cue at the text cursor, or in the middle of its text if the cursor was never in it.
    pub(in crate::gui) fn split(&mut self) {
        let Some(current) = self.current() else { return };
        let caret = self.list.caret.filter(|(cue, _)| *cue == current).map(|(_, at)| at);
        let mut second = None;
        let done = self.operate(|document, free| {
            second = Some(free);
            let text = document.cue(current).map_or("", |cue| &cue.text);
            ops::split(document, free, current, caret.unwrap_or_else(|| middle(text)))
        });
        if let Some(second) = second.filter(|_| done) {
            self.go_to(second);
            self.list.edit_text(second, Caret::Start);
        }
    }

    /// Merges the selected cues, or the current one with the next, and breaks the lines again.
    pub(in crate::gui) fn merge(&mut self) {
        let chosen = self.chosen();
        let Some(profile) = self.state.workspace.as_ref().map(|open| open.profile().clone()) else { return };
        let done = self.operate(|document, _| merge(document, &chosen, &profile));
        if let Some(first) = chosen.first().filter(|_| done) {
            self.go_to(*first);
        }
    }

    /// Inserts an empty cue after the current one and moves the focus to it.
    pub(in crate::gui) fn insert(&mut self) {
        let current = self.current();
        let mut new = None;
        let done = self.operate(|document, free| {
            new = Some(free);
            match current {
                Some(current) => ops::insert_after(document, free, current),
                None => ops::insert_at(document, free, MediaTime::ZERO),
            }
        });
        if let Some(new) = new.filter(|_| done) {
            self.go_to(new);
            self.list.edit_text(new, Caret::Start);
        }
    }

    pub(in crate::gui) fn delete(&mut self) {
        let chosen = self.chosen();
        if self.operate(|document, _| ops::delete(document, &chosen))
            && let Some(current) = self.current()
        {
            self.list.bring_into_sight(current);
        }
    }

    pub(in crate::gui) fn undo(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let result = workspace.undo();
        self.show_step(result, "said-undone");
    }

    pub(in crate::gui) fn redo(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let result = workspace.redo();
        self.show_step(result, "said-redone");
    }

    /// Shows the result of a step; a step with a label is also announced, by the message with this key.
    fn show_step(&mut self, result: Result<Option<String>, EditError>, key: &'static str) {
        match result {
            Ok(label) => label.into_iter().for_each(|label| {
                self.voice.say(say_with!(key, step = step::name(&label)));
            }),
            Err(error) => self.state.notices.error(error.in_words()),
        }
        if let Some(current) = self.current() {
            self.list.bring_into_sight(current);
        }
    }

    pub(in crate::gui) fn repair_current(&mut self) {
        if let Some(current) = self.current() {
            self.repair(current);
        }
    }

    pub(in crate::gui) fn repair(&mut self, cue: CueId) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let free = workspace.editor().free_id();
        let result = repair(workspace.document(), free, cue, workspace.profile());
        match result.map(|step| (step.label.clone().into_owned(), workspace.apply(step))) {
            Ok((label, applied)) => self.show_step(applied.map(|()| Some(label)), "said-done"),
            Err(error) => self.state.notices.hint(error.in_words()),
        }
    }

    pub(in crate::gui) fn repair_all(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let free = workspace.editor().free_id();
        let (step, mended) = repair_all(workspace.document(), free, workspace.profile());
        match workspace.apply(step) {
            Ok(()) => {
                let left = workspace.checks.faults();
                let repaired = say_with!("notice-repaired", count = mended);
                self.state.notices.done(match left {
                    0 => repaired,
                    _ => say_with!("notice-repaired-left", repaired = repaired, left = left),
                });
            }
            Err(error) => self.state.notices.error(error.in_words()),
        }
    }

    pub(in crate::gui) fn replace_one(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        if let Some(step) = self.find.replace(workspace) {
            if let Err(error) = workspace.apply(step) {
                self.state.notices.error(error.in_words());
            }
            self.find_next(false);
        }
    }

    /// Takes a passage into the captions, and shows where.
    pub(in crate::gui) fn insert_left_out(&mut self, passage: &LeftOut) {
        let mut cue = None;
        let done = self.operate(|document, free| {
            let (id, step) = ops::insert_left_out(document, free, passage)?;
            cue = Some(id);
            Ok(step)
        });
        if let Some(cue) = cue.filter(|_| done) {
            self.visit(cue);
            self.list.edit_text(cue, Caret::End);
        }
    }

    /// Takes the passage into the captions that is nearest to the current cue.
    pub(in crate::gui) fn insert_nearest_left_out(&mut self) {
        let Some(workspace) = &self.state.workspace else { return };
        let here = workspace.current().map(|cue| cue.span.start).unwrap_or_default();
        let passages = ops::left_out(workspace.document());
        if let Some(passage) = passages.min_by_key(|passage| passage.span.start.abs_diff(here)).cloned() {
            self.insert_left_out(&passage);
        }
    }

    pub(in crate::gui) fn dismiss_left_out(&mut self, passage: &LeftOut) {
        self.operate(|document, _| ops::dismiss_left_out(document, passage));
    }

    pub(in crate::gui) fn replace_all(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some((step, number)) = self.find.replace_all(workspace) else { return };
        match workspace.apply(step) {
            Ok(()) => self.state.notices.done(say_with!("notice-replaced", count = number)),
            Err(error) => self.state.notices.error(error.in_words()),
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
